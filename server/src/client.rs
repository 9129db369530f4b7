//! Whose request it is: the peer's address, or what a trusted proxy says of it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

/// The address at the other end of the connection; [`serve`](crate::serve) puts it into each request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// One client, for the rate limit: an IPv4 address, or the /64 network that one IPv6 subscriber has to himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

impl Client {
    /// The client at `address`; an IPv4 address mapped into IPv6 is the IPv4 address.
    #[must_use]
    pub fn at(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)).into(),
            v4 @ IpAddr::V4(_) => v4,
        })
    }

    /// The client that sent a request with these headers.
    ///
    /// With `trusted_proxy`, the last address in `X-Forwarded-For` counts: the one that our own proxy appended, and the
    /// only one that the client could not make up. Without a readable one the peer counts, as it does without a proxy.
    #[must_use]
    pub fn of(peer: Option<Peer>, headers: &HeaderMap, trusted_proxy: bool) -> Self {
        let forwarded = trusted_proxy
            .then(|| headers.get_all("x-forwarded-for").iter().next_back())
            .flatten()
            .and_then(|value| value.to_str().ok())
            .and_then(|value| address(value.rsplit(',').next()?.trim()));
        let peer = peer.map_or(Ipv6Addr::UNSPECIFIED.into(), |Peer(peer)| peer.ip());
        Self::at(forwarded.unwrap_or(peer))
    }
}

/// Some proxies append the port, and put IPv6 into brackets for it.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|a| a.ip())).or_else(bare)
}

#[cfg(test)]
mod tests {
    use super::{Client, Peer};
    use axum::http::{HeaderMap, HeaderValue};

    fn client(address: &str) -> Client {
        Client::at(address.parse().unwrap())
    }

    fn seen(forwarded: &[&'static str], trusted: bool) -> Client {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        Client::of(Some(Peer("192.0.2.1:4000".parse().unwrap())), &headers, trusted)
    }

    #[test]
    fn a_subscriber_is_one_client_whatever_address_he_takes_in_his_network() {
        assert_eq!(client("2001:db8:1:2::1"), client("2001:db8:1:2:ffff::9"));
        assert_ne!(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
        assert_eq!(client("::ffff:192.0.2.7"), client("192.0.2.7"));
        assert_ne!(client("192.0.2.7"), client("192.0.2.8"));
    }

    #[test]
    fn forwarded_addresses_count_only_behind_a_trusted_proxy() {
        assert_eq!(seen(&["203.0.113.9"], false), client("192.0.2.1"));
        assert_eq!(seen(&["203.0.113.9"], true), client("203.0.113.9"));
    }

    #[test]
    fn of_many_forwarded_addresses_the_one_our_proxy_added_counts() {
        assert_eq!(seen(&["10.0.0.1, 203.0.113.9"], true), client("203.0.113.9"));
        assert_eq!(seen(&["10.0.0.1", "198.51.100.4,203.0.113.9:5123"], true), client("203.0.113.9"));
        assert_eq!(seen(&["[2001:db8::1]:443"], true), client("2001:db8::"));
    }

    #[test]
    fn a_forwarded_address_that_cannot_be_read_leaves_the_peer() {
        for bad in ["", "unknown", "1.2.3", "203.0.113.9,"] {
            assert_eq!(seen(&[bad], true), client("192.0.2.1"), "{bad:?}");
        }
    }
}
