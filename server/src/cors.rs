//! Which pages may use the endpoint: CORS (the Fetch standard, "HTTP CORS protocol") from a configured list.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header, uri::Authority};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maqal_contract::ProblemType;
use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;
use maqal_contract::identity::IDENTITY_HEADER;
use maqal_contract::live::LAST_EVENT_ID_HEADER;
use maqal_contract::reader::READER_HEADER;
use tower_http::cors::{AllowOrigin, CorsLayer};
use url::Url;

use crate::problem::Refusal;
use crate::routes::comments::IDEMPOTENCY_REPLAYED;

/// How long a browser may remember a preflight's answer (browsers have lower caps of their own).
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(3_600);

/// One value of `--allow-origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowedOrigin {
    /// `*`: every page. No cookies are used, so a page gains nothing that its visitors' own programs could not do.
    Any,
    /// This origin, as a browser writes it in the `Origin` header: lower case, no default port, punycode.
    One(HeaderValue),
}

/// Why a text is no origin, as a sentence for whoever typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnOrigin(String);

impl fmt::Display for NotAnOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotAnOrigin {}

impl FromStr for AllowedOrigin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let text = text.trim();
        let refuse = |why: &str| Err(NotAnOrigin(format!("{why}; an origin is like https://news.example")));
        match text {
            "*" => return Ok(Self::Any),
            // What a sandboxed frame sends.
            "null" => return Ok(Self::One(HeaderValue::from_static("null"))),
            "" => return refuse("it is empty"),
            _ => {}
        }
        let Ok(url) = Url::parse(text) else { return refuse("it is not an address with a scheme and a host") };
        if !matches!(url.scheme(), "http" | "https") {
            return refuse("its scheme is neither http nor https");
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return refuse("it has more than a scheme, a host and a port");
        }
        if url.host_str().is_some_and(|host| host.contains('*')) {
            return refuse("it has a wildcard, which browsers do not know; give each origin");
        }
        match HeaderValue::try_from(url.origin().ascii_serialization()) {
            Ok(origin) => Ok(Self::One(origin)),
            Err(_not_ascii) => refuse("its host cannot be written in a header"),
        }
    }
}

/// Every origin that may use the endpoint.
#[derive(Clone, Debug)]
pub enum Origins {
    /// Every page.
    Any,
    /// The pages of these origins.
    Of(Arc<[HeaderValue]>),
}

impl FromIterator<AllowedOrigin> for Origins {
    fn from_iter<I: IntoIterator<Item = AllowedOrigin>>(allowed: I) -> Self {
        let listed = allowed.into_iter().map(|origin| match origin {
            AllowedOrigin::Any => None,
            AllowedOrigin::One(origin) => Some(origin),
        });
        listed.collect::<Option<Arc<[_]>>>().map_or(Self::Any, Self::Of)
    }
}

impl Origins {
    /// The layer that answers preflights and puts the CORS headers on every answer, errors included.
    pub fn layer(&self) -> CorsLayer {
        let allowed = match self {
            Self::Any => AllowOrigin::any(),
            Self::Of(listed) => AllowOrigin::list(listed.iter().cloned()),
        };
        let ours = [IDEMPOTENCY_KEY_HEADER, READER_HEADER, IDENTITY_HEADER, LAST_EVENT_ID_HEADER];
        let ours = ours.iter().filter_map(|name| HeaderName::from_bytes(name.as_bytes()).ok());
        CorsLayer::new()
            .allow_origin(allowed)
            .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
            .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION].into_iter().chain(ours).collect::<Vec<_>>())
            .expose_headers([header::LINK, header::LOCATION, header::RETRY_AFTER, IDEMPOTENCY_REPLAYED])
            .max_age(PREFLIGHT_MAX_AGE)
    }

    fn allow(&self, origin: &HeaderValue) -> bool {
        match self {
            Self::Any => true,
            Self::Of(listed) => listed.contains(origin),
        }
    }
}

/// Refuses what a page of a foreign origin sends to change something: without CORS headers the page could not read the
/// answer, but the comment would stand there.
///
/// A page that the endpoint's own host serves is not foreign; nor is a program, which sends no `Origin`.
pub async fn refuse_foreign(State(origins): State<Origins>, request: Request, next: Next) -> Response {
    if !request.method().is_safe()
        && let Some(origin) = request.headers().get(header::ORIGIN)
        && !origins.allow(origin)
        && !same_host(origin, request.headers().get(header::HOST))
    {
        let detail =
            "Pages of this origin may change nothing here; the endpoint's operator can add it with --allow-origin.";
        return Refusal::new(ProblemType::OriginNotAllowed, detail).into_response();
    }
    next.run(request).await
}

/// Whether `origin` is that of a page on the host and port that the request was sent to. The scheme is not compared:
/// behind a proxy that ends TLS we do not know ours.
fn same_host(origin: &HeaderValue, host: Option<&HeaderValue>) -> bool {
    let authority = |text: &str| text.parse::<Authority>().ok();
    let origin = origin.to_str().ok().and_then(|origin| authority(origin.split_once("://")?.1));
    let host = host.and_then(|host| authority(host.to_str().ok()?));
    origin.is_some() && origin == host
}

#[cfg(test)]
mod tests {
    use super::{AllowedOrigin, Origins, same_host};
    use axum::http::HeaderValue;

    fn one(text: &'static str) -> AllowedOrigin {
        AllowedOrigin::One(HeaderValue::from_static(text))
    }

    #[test]
    fn an_origin_is_taken_as_a_browser_would_write_it() {
        for (typed, sent) in [
            ("https://news.example", "https://news.example"),
            ("https://news.example/", "https://news.example"),
            (" HTTPS://News.Example:443 ", "https://news.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://أخبار.example", "https://xn--igbicxr.example"),
            ("null", "null"),
        ] {
            assert_eq!(typed.parse(), Ok(one(sent)), "{typed}");
        }
        assert_eq!("*".parse(), Ok(AllowedOrigin::Any));
    }

    #[test]
    fn what_is_no_origin_is_refused_with_the_reason() {
        for (typed, reason) in [
            ("", "empty"),
            ("news.example", "scheme and a host"),
            ("https://", "scheme and a host"),
            ("ftp://news.example", "neither http nor https"),
            ("file:///home/me", "neither http nor https"),
            ("https://news.example/blog", "more than a scheme"),
            ("https://news.example?x", "more than a scheme"),
            ("https://me@news.example", "more than a scheme"),
            ("https://*.news.example", "wildcard"),
        ] {
            let why = typed.parse::<AllowedOrigin>().unwrap_err().to_string();
            assert!(why.contains(reason), "{typed}: {why}");
        }
    }

    #[test]
    fn one_star_among_the_origins_means_every_page() {
        let star = [one("https://a.example"), AllowedOrigin::Any].into_iter().collect();
        assert!(matches!(star, Origins::Any));
        assert!(matches!(std::iter::empty().collect(), Origins::Of(none) if none.is_empty()));
    }

    #[test]
    fn a_page_of_the_endpoints_own_host_is_not_foreign() {
        let host = HeaderValue::from_static("talk.example:8787");
        for (origin, same) in [
            ("http://talk.example:8787", true),
            ("https://TALK.example:8787", true),
            ("http://talk.example", false),
            ("http://other.example:8787", false),
            ("null", false),
        ] {
            assert_eq!(same_host(&HeaderValue::from_static(origin), Some(&host)), same, "{origin}");
        }
        assert!(!same_host(&HeaderValue::from_static("null"), None));
    }
}
