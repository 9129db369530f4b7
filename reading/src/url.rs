//! Addresses that are safe to fetch or to link to: absolute, and of a scheme on the list.

use std::fmt;

/// An absolute `http:` or `https:` URL, as the browser's own parser writes it (WHATWG URL).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HttpUrl(String);

/// Why a reference is not an [`HttpUrl`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// The browser's parser refuses it.
    NotAUrl,
    /// It carries a user name or a password, which `fetch` refuses.
    Credentials,
    /// It is a URL of another scheme; the scheme is given with its colon (`javascript:`).
    Scheme(String),
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAUrl => f.write_str("it is not a URL"),
            Self::Credentials => f.write_str("it carries a user name or a password, which browsers do not fetch with"),
            Self::Scheme(scheme) => write!(f, "its scheme is {scheme} and only http: and https: are fetched"),
        }
    }
}

impl HttpUrl {
    /// Resolves `reference` against `base` with the browser's parser.
    ///
    /// # Errors
    /// [`UrlError`], which says whether the parser or the scheme was the obstacle.
    pub fn parse(reference: &str, base: &str) -> Result<Self, UrlError> {
        let url = web_sys::Url::new_with_base(reference.trim(), base).map_err(|_| UrlError::NotAUrl)?;
        match url.protocol().as_str() {
            "http:" | "https:" if !(url.username().is_empty() && url.password().is_empty()) => {
                Err(UrlError::Credentials)
            }
            "http:" | "https:" => Ok(Self(url.href())),
            other => Err(UrlError::Scheme(other.to_owned())),
        }
    }

    /// The URL in full.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its scheme, host and port, as the browser writes an origin (HTML, section 7.1.1).
    #[must_use]
    pub fn origin(&self) -> &str {
        let start = self.0.find(':').map_or(0, |at| at + 3);
        let length = self.0[start..].find(['/', '?', '#']).unwrap_or(self.0.len() - start);
        &self.0[..start + length]
    }

    /// Its host name, without a port.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = self.origin().split_once(':').map_or("", |(_, rest)| rest.trim_start_matches('/'));
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !port.is_empty() => host,
            _ => authority,
        }
    }

    /// The URL without its fragment: what names the resource itself.
    #[must_use]
    pub fn without_fragment(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(bare, _)| bare)
    }
}

/// The canonical address of a page, else its own (RFC 6596); `None` where what it calls canonical may not be fetched.
#[must_use]
pub fn of_page(document: &web_sys::Document) -> Option<HttpUrl> {
    let here = document.url().ok()?;
    let link = document.query_selector("link[rel='canonical'][href]").ok().flatten();
    let href = link.and_then(|link| link.get_attribute("href"));
    HttpUrl::parse(href.as_deref().unwrap_or(&here), &here).ok()
}

/// The address of the page that the card stands on, fragment included. It is the document's and not the window's location:
/// in the frame that holds a card where the page forbids WebAssembly (`embed/inside.js`), the first is the page's own.
#[must_use]
pub fn here() -> Option<String> {
    web_sys::window()?.document()?.url().ok()
}

/// The origin of that page, as the browser writes it; `null` or empty where it has none.
#[must_use]
pub fn origin_here() -> String {
    here().and_then(|here| web_sys::Url::new(&here).ok()).map(|here| here.origin()).unwrap_or_default()
}

/// A URL that a link may carry: `http:`, `https:`, `mailto:` or `tel:`; anything else, and what
/// carries a user's name, is `None`.
#[must_use]
pub fn link(reference: &str, base: &str) -> Option<String> {
    let url = web_sys::Url::new_with_base(reference, base).ok()?;
    // `https://bank.example@evil.example/` says another name than it leads to.
    if !(url.username().is_empty() && url.password().is_empty()) {
        return None;
    }
    matches!(url.protocol().as_str(), "http:" | "https:" | "mailto:" | "tel:").then(|| url.href())
}

#[cfg(test)]
mod tests {
    use super::HttpUrl;

    #[test]
    fn an_origin_and_a_host_are_parts_of_the_address() {
        for (url, origin, host) in [
            ("https://a.example/x//y?z#w", "https://a.example", "a.example"),
            ("http://a.example:8080/", "http://a.example:8080", "a.example"),
            ("http://[::1]:80/", "http://[::1]:80", "[::1]"),
            ("http://[::1]/", "http://[::1]", "[::1]"),
        ] {
            let url = HttpUrl(url.to_owned());
            assert_eq!((url.origin(), url.host()), (origin, host));
        }
    }
}
