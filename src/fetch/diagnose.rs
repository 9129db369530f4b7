//! Why a request got no answer: browsers keep it from scripts, so it is found out from outside, for the developer.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{WindowListenerHandle, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use web_sys::{
    RequestCache, RequestMode, RequestRedirect, ResponseType, SecurityPolicyViolationEvent as Violation,
    SecurityPolicyViolationEventDisposition as Disposition,
};

use super::{Ask, Cause, Undelivered};
use crate::url::origin_here;

/// What stands between the page and an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Obstacle {
    /// An `https:` page and an `http:` address (W3C Mixed Content, section 4.4).
    MixedContent,
    /// The page's Content-Security-Policy (CSP 3, section 6.1.2).
    Policy,
    /// There is an answer, and no page of another origin may read it (Fetch Standard, "CORS protocol").
    Cors,
    /// There is a redirect, and what it leads to may not be read.
    Redirect,
    /// The answer begins and does not end.
    Cut,
    /// Nothing answers a page of another origin.
    NoServer,
    /// Nothing answers a page of its own origin.
    NoOwnServer,
}

impl Obstacle {
    /// The cause and the fix. `origin` is the server's, `page` the page's own, as the browser writes them.
    fn sentence(self, url: &str, origin: &str, page: &str) -> String {
        // A file, or a frame in a sandbox, is of no origin that a header can name.
        let page = if page.starts_with("http") { page } else { "*" };
        let parts: [&str; 4] = match self {
            Self::MixedContent => [
                "no answer from ",
                url,
                ": an https page may not fetch from http (mixed content): serve it over https",
                "",
            ],
            Self::Policy => [
                "no answer: the page's Content-Security-Policy forbids it: add ",
                origin,
                " (and where it redirects to) to connect-src, or to default-src where the policy has no connect-src",
                "",
            ],
            Self::Cors => [
                url,
                " answers, but lets no page of another origin read it (CORS): let it send the header Access-Control-Allow-Origin: ",
                page,
                "",
            ],
            Self::Redirect => [
                url,
                " redirects to where this page may not read (CORS): give the address that it ends at, and let that send the header \
                 Access-Control-Allow-Origin: ",
                page,
                "",
            ],
            Self::Cut => [
                url,
                " answers, but the answer broke off before its end: look into the server's log, and at what stands before it",
                "",
                "",
            ],
            Self::NoServer => [
                "no answer from ",
                url,
                ": no server answers there; check the address, that the server runs and that its certificate is valid; where other programs get an \
                 answer, let it send the header Access-Control-Allow-Origin: ",
                page,
            ],
            Self::NoOwnServer => [
                "no answer from ",
                url,
                ": check the address, that the server runs and that its certificate is valid",
                "",
            ],
        };
        parts.concat()
    }

    fn tell(self, url: &str) -> String {
        self.sentence(url, &origin_of(url), &origin_here())
    }
}

/// The sentence for a request that got no answer, as far as that is known without another one.
pub(super) fn unanswered(cause: &Cause, url: &str, error: &str) -> String {
    let why = match cause {
        Cause::Offline => "the device is offline",
        Cause::TimedOut => "it took more than 20 seconds: find out what makes the server slow",
        _ => {
            "check that the server runs, that it sends Access-Control-Allow-Origin for this page (CORS), and that the page's connect-src policy allows it"
        }
    };
    ["no answer from ", url, ": ", why, " (", error, ")"].concat()
}

/// Finds out what kept an answer away, where nobody knows yet: it asks once or twice more, in ways that give no answer
/// to read, but tell whether there is one. Nothing is read, kept or sent along.
pub async fn explain(url: &str, undelivered: Undelivered) -> Undelivered {
    let Undelivered { mut failure, blocked } = undelivered;
    if failure.cause != Cause::Unreachable || blocked {
        return Undelivered { failure, blocked };
    }
    let foreign = origin_of(url) != origin_here();
    if foreign && probe(url, RequestMode::NoCors, RequestRedirect::Follow).await.is_none() {
        failure.detail = Obstacle::NoServer.tell(url);
        return Undelivered { failure, blocked };
    }
    // A redirect that is not followed gives an answer without a content, where the redirect itself may be read.
    let obstacle = match probe(url, RequestMode::Cors, RequestRedirect::Manual).await {
        Some(ResponseType::Opaqueredirect) => Obstacle::Redirect,
        Some(_) => Obstacle::Cut,
        None if foreign => Obstacle::Cors,
        None => Obstacle::NoOwnServer,
    };
    failure.detail = obstacle.tell(url);
    // No return of the network changes what the server lets pages read.
    Undelivered { failure, blocked: matches!(obstacle, Obstacle::Cors | Obstacle::Redirect) }
}

/// The kind of the answer to one more request, ended at its headers.
async fn probe(url: &str, mode: RequestMode, redirect: RequestRedirect) -> Option<ResponseType> {
    // Not into the cache: what is kept there would be taken for an answer once the server has been put right.
    let ask = Ask { mode, redirect, cache: RequestCache::NoStore, may_be_handed: false, ..Ask::get(url, "*/*") };
    let (response, _abort) = ask.send().await.ok()?;
    Some(response.type_())
}

/// Looks out for what the browser itself refuses to send, while the request for `url` is made.
pub(super) struct Lookout {
    refused: Rc<RefCell<Vec<String>>>,
    listener: Option<WindowListenerHandle>,
}

impl Lookout {
    pub(super) fn new() -> Self {
        let refused = Rc::new(RefCell::new(Vec::new()));
        let seen = refused.clone();
        // Fired at the document; it bubbles (CSP 3, section 5.5).
        let listener = window_event_listener_untyped("securitypolicyviolation", move |event| {
            let event: &Violation = event.unchecked_ref();
            // A policy that only reports lets the request through.
            if event.effective_directive() == "connect-src" && event.disposition() == Disposition::Enforce {
                seen.borrow_mut().push(event.blocked_uri());
            }
        });
        Self { refused, listener: Some(listener) }
    }

    /// The sentence for a request for `url` that the browser itself refused to send, else `None`.
    pub(super) fn blocked(&self, url: &str) -> Option<String> {
        // What is reported has no fragment.
        let bare = url.split('#').next().unwrap_or(url);
        let obstacle = if self.refused.borrow().iter().any(|refused| refused == bare) {
            Obstacle::Policy
        } else if is_mixed_content(&origin_here(), url) {
            Obstacle::MixedContent
        } else {
            return None;
        };
        Some(obstacle.tell(url))
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        if let Some(listener) = self.listener.take() {
            listener.remove();
        }
    }
}

/// Whether a page of the origin `page` may not fetch `url`, because it is not encrypted. Loopback addresses are let
/// through (W3C Secure Contexts, section 3.1, "potentially trustworthy origin").
fn is_mixed_content(page: &str, url: &str) -> bool {
    let Some(after) = url.strip_prefix("http://").filter(|_| page.starts_with("https:")) else { return false };
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    // The browser's parser has put the host into small letters, and its address into four numbers.
    let host = match authority.split_once(']') {
        Some((v6, _)) => v6.trim_start_matches('['),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let loopback = host == "::1" || host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.");
    !loopback
}

fn origin_of(url: &str) -> String {
    web_sys::Url::new(url).map_or_else(|_| url.to_owned(), |url| url.origin())
}

#[cfg(test)]
mod tests {
    use super::{Obstacle, is_mixed_content};

    #[test]
    fn an_https_page_does_not_fetch_from_http_but_from_its_own_machine() {
        let page = "https://news.example";
        for url in ["http://a.example/x", "http://10.0.0.1:8000/", "http://localhost.example/", "http://[2001:db8::1]/"]
        {
            assert!(is_mixed_content(page, url), "{url}");
        }
        for url in [
            "https://a.example/",
            "http://localhost:3000/x",
            "http://api.localhost/",
            "http://127.0.0.1/",
            "http://[::1]:80/",
        ] {
            assert!(!is_mixed_content(page, url), "{url}");
        }
        assert!(!is_mixed_content("http://news.example", "http://a.example/x"));
    }

    #[test]
    fn the_sentences_name_what_is_to_be_written_where() {
        let tell = |obstacle: Obstacle, page| obstacle.sentence("https://a.example/1.json", "https://a.example", page);
        let page = "https://news.example";
        assert!(tell(Obstacle::Cors, page).ends_with("Access-Control-Allow-Origin: https://news.example"));
        assert!(tell(Obstacle::Redirect, page).ends_with("Access-Control-Allow-Origin: https://news.example"));
        assert!(
            tell(Obstacle::Policy, page).contains("add https://a.example (and where it redirects to) to connect-src")
        );
        assert!(tell(Obstacle::MixedContent, page).ends_with("serve it over https"));
        assert!(tell(Obstacle::NoServer, page).contains("no server answers there; check the address"));
    }

    #[test]
    fn a_page_without_an_origin_is_let_in_by_a_star() {
        for page in ["null", "file://"] {
            let sentence = Obstacle::Cors.sentence("https://a.example/1.json", "https://a.example", page);
            assert!(sentence.ends_with("Access-Control-Allow-Origin: *"), "{sentence}");
        }
    }
}
