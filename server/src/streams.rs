//! Who listens to changes: how many may, and that all are let go when the endpoint stops.

use std::sync::Arc;
use std::time::Duration;

use maqal_contract::ProblemType;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::config::Limits;
use crate::problem::Refusal;

/// How long a client waits before it asks again for a place among those who listen, which are not soon free.
const COME_BACK_AFTER: Duration = Duration::from_secs(30);

/// The places of those who listen. Clones share them.
#[derive(Clone)]
pub struct Streams {
    places: Arc<Semaphore>,
    ended: watch::Sender<bool>,
    heartbeat: Duration,
}

/// A place among those who listen; free again once it is dropped.
pub struct Place {
    _permit: OwnedSemaphorePermit,
    ended: watch::Receiver<bool>,
    /// How often something must go to the client.
    pub heartbeat: Duration,
}

impl Streams {
    /// As many as `limits` allow.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limits.max_streams as usize)),
            ended: watch::Sender::new(false),
            heartbeat: limits.stream_heartbeat(),
        }
    }

    /// A place.
    ///
    /// # Errors
    /// [`ProblemType::Unavailable`] where none is free, or the endpoint stops.
    pub fn place(&self) -> Result<Place, Refusal> {
        let refuse = |why: &str| Refusal::new(ProblemType::Unavailable, why).retry_after(COME_BACK_AFTER);
        if *self.ended.borrow() {
            return Err(refuse("The endpoint is stopping."));
        }
        let permit = Arc::clone(&self.places).try_acquire_owned();
        let permit = permit.map_err(|_full| refuse("Too many listen already; ask for `changes` now and then."))?;
        Ok(Place { _permit: permit, ended: self.ended.subscribe(), heartbeat: self.heartbeat })
    }

    /// Ends all streams at once, and lets none begin.
    pub fn end(&self) {
        self.ended.send_replace(true);
    }
}

impl Place {
    /// Waits until the endpoint stops.
    pub async fn ended(&mut self) {
        // An error says that the endpoint is gone altogether.
        let _ended_or_gone = self.ended.wait_for(|ended| *ended).await;
    }

    /// Whether the endpoint stops.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        *self.ended.borrow()
    }
}
