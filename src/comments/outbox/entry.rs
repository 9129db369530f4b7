//! A submitted comment that is not acknowledged, and where it stands.

use maqal_contract::validate::Field;
use maqal_contract::{ProblemType, Reason};

use crate::engines::Submission;
use crate::fetch::{Cause, Failure};
use crate::storage::Kept;

/// A submitted comment that is not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was submitted.
    pub submission: Submission,
    /// Where it is kept.
    pub kept: Kept,
    /// Where it stands.
    pub state: EntryState,
    /// How often this page has tried to send it.
    pub(super) attempts: u32,
}

/// Where an [`Entry`] stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// It is on its way; `slow` once it takes its time.
    Sending {
        /// Whether it takes long.
        slow: bool,
    },
    /// Another tab has it.
    Elsewhere,
    /// It did not get through, and is sent again; why, where this page knows.
    Waiting(Option<Failure>),
    /// It waits until the host page says who the reader is; what the endpoint had against its last word, where it got one.
    Unsigned(Option<Failure>),
    /// The endpoint refused it; it is not sent again as it is.
    Refused(Failure),
}

impl EntryState {
    /// Whether it is being sent, here or elsewhere.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        matches!(self, Self::Sending { .. } | Self::Elsewhere)
    }

    /// What `failure` makes of a comment; the host page vouches for its author where `is_vouched_for`.
    pub(super) fn after(failure: Failure, is_vouched_for: bool) -> Self {
        use ProblemType::{IdentityExpired, IdentityInvalid, IdentityRequired};
        match failure.cause.problem() {
            Some(IdentityExpired | IdentityInvalid | IdentityRequired) if is_vouched_for => {
                Self::Unsigned(Some(failure))
            }
            _ if failure.cause.is_passing() => Self::Waiting(Some(failure)),
            _ => Self::Refused(failure),
        }
    }
}

/// Whether `cause` is that the comment replied to is not there, or no more.
#[must_use]
pub fn parent_is_gone(cause: &Cause) -> bool {
    let Cause::Refused(_, Some(problem)) = cause else { return false };
    problem.errors.iter().any(|e| e.reason == Reason::Unknown && Field::from_name(&e.field) == Some(Field::Parent))
}

#[cfg(test)]
mod tests {
    use super::{EntryState, parent_is_gone};
    use crate::fetch::{Cause, Failure};

    fn failure(status: u16, json: &str) -> Failure {
        let cause = Cause::of_answer(status, Some("application/problem+json"), None, json);
        Failure { cause, detail: String::new() }
    }

    #[test]
    fn an_expired_identity_makes_the_host_readers_comment_wait_and_refuses_anothers() {
        let expired = failure(401, r#"{"type":"urn:maqal:problem:identity-expired"}"#);
        assert!(matches!(EntryState::after(expired.clone(), true), EntryState::Unsigned(Some(_))));
        assert!(matches!(EntryState::after(expired, false), EntryState::Refused(_)));
    }

    #[test]
    fn what_may_pass_waits_and_what_does_not_is_refused() {
        assert!(matches!(EntryState::after(failure(503, ""), true), EntryState::Waiting(Some(_))));
        for status in [400, 401, 403, 404, 422] {
            assert!(matches!(EntryState::after(failure(status, ""), false), EntryState::Refused(_)), "{status}");
        }
    }

    #[test]
    fn a_parent_that_is_gone_is_told_from_other_refusals() {
        let refused = |field, reason| {
            failure(422, &format!(r#"{{"type":"x","errors":[{{"field":"{field}","reason":"{reason}"}}]}}"#)).cause
        };
        assert!(parent_is_gone(&refused("parent", "unknown")));
        assert!(!parent_is_gone(&refused("parent", "other")));
        assert!(!parent_is_gone(&refused("body", "unknown")));
        assert!(!parent_is_gone(&Cause::NotFound(404)));
    }
}
