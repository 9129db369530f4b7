//! How long a request may take, and how many may be under way at once.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maqal_contract::ProblemType;
use tokio::sync::Semaphore;

use crate::problem::Refusal;

/// How long a client waits before it comes back to an endpoint that is short of places.
const COME_BACK_AFTER: Duration = Duration::from_secs(1);

/// Ends a request that takes longer than `allowed`, its body's arrival included, with `504`.
///
/// A comment whose request ends so may still have been stored; its idempotency key makes another try harmless.
pub async fn timeout(State(allowed): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(allowed, next.run(request)).await {
        Ok(response) => response,
        Err(_elapsed) => Refusal::new(ProblemType::Timeout, "The request took too long; trying again is safe.")
            .retry_after(COME_BACK_AFTER)
            .into_response(),
    }
}

/// Refuses a request with `503` at once where `places` are all taken: a queue would only make everybody slow.
pub async fn shed(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_full) => Refusal::new(ProblemType::Unavailable, "The endpoint is busy; trying again is safe.")
            .retry_after(COME_BACK_AFTER)
            .into_response(),
    }
}
