//! At most so many requests that change something from one client in a while (GCRA, by `governor`).

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use maqal_contract::ProblemType;

use crate::client::{Client, Peer};
use crate::config::Limits;
use crate::problem::Refusal;

/// After so many requests, clients that have been quiet long enough are forgotten.
const SWEEP_EVERY: u32 = 1024;

/// So many likes or previews are let through where one comment is: a reader clicks and types more than he sends, and
/// none of it may keep his comment from being taken.
const LIGHT: u32 = 10;

/// The state of [`check`]; clones share it.
#[derive(Clone)]
pub struct RateLimit(Option<Arc<Inner>>);

struct Inner {
    limiter: DefaultKeyedRateLimiter<Client>,
    clock: DefaultClock,
    trusted_proxy: bool,
    checks: AtomicU32,
}

impl RateLimit {
    /// The limit that `limits` asks for on comments, and on what changes them; none where its rate or its burst is 0.
    #[must_use]
    pub fn of_comments(limits: &Limits) -> Self {
        Self::new(limits, 1)
    }

    /// The limit on likes and previews, which is a kinder one.
    #[must_use]
    pub fn of_light_requests(limits: &Limits) -> Self {
        Self::new(limits, LIGHT)
    }

    fn new(limits: &Limits, times: u32) -> Self {
        let often = |number: u32| NonZeroU32::new(number.saturating_mul(times));
        let (Some(rate), Some(burst)) = (often(limits.rate_per_minute), often(limits.rate_burst)) else {
            return Self(None);
        };
        Self(Some(Arc::new(Inner {
            limiter: RateLimiter::hashmap(Quota::per_minute(rate).allow_burst(burst)),
            clock: DefaultClock::default(),
            trusted_proxy: limits.trust_forwarded_for,
            checks: AtomicU32::new(0),
        })))
    }
}

/// Refuses a request of a client that has sent too many, with `429` (RFC 6585, section 4) and `Retry-After`.
pub async fn check(State(limit): State<RateLimit>, request: Request, next: Next) -> Response {
    if let RateLimit(Some(inner)) = &limit {
        let peer = request.extensions().get::<Peer>().copied();
        let client = Client::of(peer, request.headers(), inner.trusted_proxy);
        if inner.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            inner.limiter.retain_recent();
        }
        if let Err(until) = inner.limiter.check_key(&client) {
            return Refusal::new(ProblemType::RateLimited, "This address has sent too much; wait, then try again.")
                .retry_after(until.wait_time_from(inner.clock.now()))
                .into_response();
        }
    }
    next.run(request).await
}
