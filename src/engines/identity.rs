//! A reader whom the host page knows: what its token says, for showing it. Whether that is true, the endpoint alone can
//! tell.

use std::fmt;

use maqal_contract::identity::Claims;
use maqal_contract::{Badge, name};

use crate::url::HttpUrl;

/// A reader whom the host page knows, as its token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The token as it travels.
    pub token: String,
    /// The name to show.
    pub name: String,
    /// The picture to show.
    pub picture: Option<HttpUrl>,
    /// What the reader is to the host.
    pub badge: Option<Badge>,
}

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityFault {
    /// It is no JSON Web Token with the claims of the contract.
    Unreadable,
    /// Its time is over.
    Expired,
}

impl fmt::Display for IdentityFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<maqal-card>: the property `identity` cannot be used: ")?;
        f.write_str(match self {
            Self::Unreadable => {
                "it is not a signed JSON Web Token (RFC 7519) with the claims sub, name and exp. Give element.identity = \
                 \"header.payload.signature\", as your server signed it."
            }
            Self::Expired => "its time (exp) is over. Give a fresh one.",
        })
    }
}

impl Identity {
    /// Reads the token of a reader at `now`, in milliseconds since the epoch.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn read(token: &str, now: f64) -> Result<Self, IdentityFault> {
        let token = token.trim();
        let claims = claims(token).ok_or(IdentityFault::Unreadable)?;
        let name = name::vouched(&claims.name).ok_or(IdentityFault::Unreadable)?;
        if claims.exp as f64 * 1000.0 <= now {
            return Err(IdentityFault::Expired);
        }
        let picture = claims.picture.and_then(|url| HttpUrl::parse(&url, &url).ok());
        Ok(Self { token: token.to_owned(), name, picture, badge: claims.badge })
    }
}

/// What the payload of a token in compact form says (RFC 7515, section 7.1).
fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    serde_json::from_slice(&base64url(payload)?).ok()
}

/// Decodes base64url without padding (RFC 4648, section 5).
fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            // The upper bits have left already.
            out.push((bits >> count & 0xFF) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Identity, IdentityFault, base64url};

    /// {"sub":"7","name":"سلمى العلوي","badge":"staff","exp":2000000000}
    const PAYLOAD: &str =
        "eyJzdWIiOiI3IiwibmFtZSI6Itiz2YTZhdmJINin2YTYudmE2YjZiiIsImJhZGdlIjoic3RhZmYiLCJleHAiOjIwMDAwMDAwMDB9";

    #[test]
    fn a_token_says_who_the_reader_is() {
        let token = format!("e30.{PAYLOAD}.c2ln");
        let identity = Identity::read(&token, 1.9e12).unwrap();
        assert_eq!((identity.name.as_str(), identity.badge), ("سلمى العلوي", Some(maqal_contract::Badge::Staff)));
        assert_eq!(identity.token, token);
    }

    #[test]
    fn a_token_whose_time_is_over_or_that_cannot_be_read_is_told_so() {
        assert_eq!(Identity::read(&format!("e30.{PAYLOAD}.c2ln"), 2.0e12), Err(IdentityFault::Expired));
        for token in ["", "e30", "e30.e30.c2ln", &format!("e30.{PAYLOAD}"), "e30.!!.c2ln", &format!("a.{PAYLOAD}.b.c")]
        {
            assert_eq!(Identity::read(token, 0.0), Err(IdentityFault::Unreadable), "{token}");
        }
    }

    #[test]
    fn base64url_is_read_without_padding() {
        assert_eq!(base64url("").unwrap(), b"");
        assert_eq!(base64url("_-A").unwrap(), [0xFF, 0xE0]);
        assert_eq!(base64url("TWFxYWw").unwrap(), b"Maqal");
        assert_eq!(base64url("TWFx+w"), None);
    }
}
