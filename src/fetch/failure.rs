//! A failed request, sorted by what a reader can do about it.

use std::fmt;

use maqal_contract::{Problem, ProblemType, problem::PROBLEM_MEDIA_TYPE};

/// A failed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, as far as a reader is concerned.
    pub cause: Cause,
    /// What the developer needs to know, in English.
    pub detail: String,
}

/// What a failed request means for what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The device has no network.
    Offline,
    /// No answer: the network, DNS, TLS, CORS, mixed content or a content policy. The browser does not tell which; see
    /// [`super::diagnose`].
    Unreachable,
    /// No answer within the time limit.
    TimedOut,
    /// 502, 503, 504, or an empty 500: something before the server answered for it. Seconds of `Retry-After` where given.
    Gateway(u16, Option<u32>),
    /// Another 5xx.
    Server(u16),
    /// 429. Seconds of `Retry-After` where given.
    Throttled(Option<u32>),
    /// 404 or 410.
    NotFound(u16),
    /// 401 or 403, and nothing that says what it has against this reader.
    Forbidden(u16),
    /// Another 4xx, or one whose problem is the reader's, with the problem details where the server sent any (RFC 9457).
    Refused(u16, Option<Box<Problem>>),
    /// The answer is not what was asked for.
    Garbage,
}

impl Cause {
    /// The cause that an answer with `status` (not 2xx) means; `retry_after` in seconds.
    #[must_use]
    pub fn of_answer(status: u16, content_type: Option<&str>, retry_after: Option<u32>, text: &str) -> Self {
        let problem = || {
            let is_problem = content_type.is_some_and(|ty| ty.starts_with(PROBLEM_MEDIA_TYPE));
            is_problem.then(|| serde_json::from_str::<Problem>(text).ok().map(Box::new)).flatten()
        };
        match status {
            429 => Self::Throttled(retry_after),
            502..=504 => Self::Gateway(status, retry_after),
            // Some proxies (Trunk's among them) answer an empty 500 for a server that does not run.
            500 if text.is_empty() => Self::Gateway(status, retry_after),
            // One that says when to come again is down for a while, whatever its number.
            500.. if retry_after.is_some() => Self::Gateway(status, retry_after),
            500.. => Self::Server(status),
            404 | 410 => Self::NotFound(status),
            401 | 403 => match problem() {
                Some(problem) if is_the_readers(&problem) => Self::Refused(status, Some(problem)),
                _ => Self::Forbidden(status),
            },
            _ => Self::Refused(status, problem()),
        }
    }

    /// The kind of problem, where the server named one of ours.
    #[must_use]
    pub fn problem(&self) -> Option<ProblemType> {
        match self {
            Self::Refused(_, Some(problem)) => ProblemType::from_uri(&problem.kind),
            _ => None,
        }
    }

    /// Whether the same request may succeed later, so that it is tried again by itself.
    ///
    /// An answer that makes no sense may come from a captive portal or a proxy: it is tried again. The idempotency key
    /// makes that harmless.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        !matches!(self, Self::NotFound(_) | Self::Forbidden(_) | Self::Refused(..))
    }

    /// When the server wants to be asked again, in seconds (RFC 9110, section 10.2.3).
    #[must_use]
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Gateway(_, seconds) | Self::Throttled(seconds) => *seconds,
            _ => None,
        }
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Gateway(status, _)
            | Self::Server(status)
            | Self::NotFound(status)
            | Self::Forbidden(status)
            | Self::Refused(status, _) => Some(*status),
            Self::Throttled(_) => Some(429),
            Self::Offline | Self::Unreachable | Self::TimedOut | Self::Garbage => None,
        }
    }
}

/// Whether `problem` is with who the reader is, and not with the page.
fn is_the_readers(problem: &Problem) -> bool {
    use ProblemType::{EditWindowClosed, IdentityExpired, IdentityInvalid, IdentityRequired, NotAuthor};
    let kind = ProblemType::from_uri(&problem.kind);
    matches!(kind, Some(NotAuthor | EditWindowClosed | IdentityInvalid | IdentityExpired | IdentityRequired))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::Cause;

    fn of(status: u16) -> Cause {
        Cause::of_answer(status, Some("text/plain"), Some(7), "body")
    }

    #[test]
    fn each_status_is_sorted_by_what_comes_next() {
        assert_eq!(of(404), Cause::NotFound(404));
        assert_eq!(of(410), Cause::NotFound(410));
        assert_eq!(of(401), Cause::Forbidden(401));
        assert_eq!(of(403), Cause::Forbidden(403));
        assert_eq!(of(400), Cause::Refused(400, None));
        assert_eq!(of(429), Cause::Throttled(Some(7)));
        assert_eq!(of(503), Cause::Gateway(503, Some(7)));
        assert_eq!(of(500), Cause::Gateway(500, Some(7)));
        assert_eq!(Cause::of_answer(500, None, None, "body"), Cause::Server(500));
        assert_eq!(Cause::of_answer(500, None, None, ""), Cause::Gateway(500, None));
    }

    #[test]
    fn problem_details_are_read_where_their_type_says_so() {
        let json = r#"{"type":"about:blank","title":"no","status":422,"detail":"too long"}"#;
        let Cause::Refused(422, Some(problem)) = Cause::of_answer(422, Some("application/problem+json"), None, json)
        else {
            panic!("the problem was not read")
        };
        assert_eq!(problem.detail.as_deref(), Some("too long"));
        assert_eq!(Cause::of_answer(422, Some("application/json"), None, json), Cause::Refused(422, None));
    }

    #[test]
    fn a_refusal_of_the_reader_is_told_from_one_of_the_page() {
        for kind in ["edit-window-closed", "not-author", "identity-expired", "identity-invalid", "identity-required"] {
            let json = format!(r#"{{"type":"urn:maqal:problem:{kind}"}}"#);
            let cause = Cause::of_answer(403, Some("application/problem+json"), None, &json);
            assert!(cause.problem().is_some_and(|problem| problem.uri().ends_with(kind)), "{kind}");
        }
        let json = r#"{"type":"urn:maqal:problem:origin-not-allowed"}"#;
        assert_eq!(Cause::of_answer(403, Some("application/problem+json"), None, json), Cause::Forbidden(403));
    }
}
