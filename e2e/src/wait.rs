//! Waiting for something to become true; never for a time to pass.

use std::future::Future;
use std::time::{Duration, Instant};

/// How long something may take that is expected at once. Generous: two cores, and two browsers on them.
pub const SOON: Duration = Duration::from_secs(30);

/// The pause between two looks.
pub const PAUSE: Duration = Duration::from_millis(40);

/// Looks again and again until `look` finds something, and returns that. Fails the test where it does not within
/// [`SOON`].
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let end = Instant::now() + SOON;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < end, "it did not come true within {SOON:?}: {what}");
        tokio::time::sleep(PAUSE).await;
    }
}
