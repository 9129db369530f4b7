//! Every error answer: problem details (RFC 9457) as an HTTP response.

use std::any::Any;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maqal_contract::identity::IDENTITY_HEADER;
use maqal_contract::problem::PROBLEM_MEDIA_TYPE;
use maqal_contract::{FieldError, Problem, ProblemType};

use crate::reply;

/// A request that was not done, and why.
#[derive(Clone, Debug)]
pub struct Refusal {
    problem: Problem,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// A refusal of a known kind, with what is particular to this occurrence.
    #[must_use]
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        Self { problem: Problem::new(kind, detail.into()), retry_after: None }
    }

    /// A refusal that says no more than its kind does.
    #[must_use]
    pub fn of(kind: ProblemType) -> Self {
        Self { problem: Problem::new(kind, None), retry_after: None }
    }

    /// A refusal of the fields in `errors`.
    #[must_use]
    pub fn validation(errors: Vec<FieldError>) -> Self {
        Self { problem: Problem::validation(errors), retry_after: None }
    }

    /// Adds `Retry-After` (RFC 9110, section 10.2.3), in whole seconds, rounded up, at least one.
    #[must_use]
    pub fn retry_after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }

    /// What is said to the client.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = reply::json(status, PROBLEM_MEDIA_TYPE, &self.problem);
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110, section 15.5.2, wants it. No browser asks for a password on its account.
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(IDENTITY_HEADER));
        }
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, whole_seconds(wait).into());
        }
        response
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1)
}

/// The answer where a handler panicked. The panic hook has logged where; the client learns nothing of it.
#[must_use]
pub fn from_panic(_panic: Box<dyn Any + Send + 'static>) -> Response {
    Refusal::of(ProblemType::Internal).into_response()
}

#[cfg(test)]
mod tests {
    use super::whole_seconds;
    use std::time::Duration;

    #[test]
    fn a_wait_is_rounded_up_so_that_a_client_never_comes_early() {
        for (wait, seconds) in [(0, 1), (1, 1), (999, 1), (1000, 1), (1001, 2), (2000, 2)] {
            assert_eq!(whole_seconds(Duration::from_millis(wait)), seconds, "{wait} ms");
        }
    }
}
