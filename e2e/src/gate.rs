//! A gate that a server's answers wait at, until the test opens it: slowness without a clock.

use tokio::sync::watch;

/// The gate; open at first.
#[derive(Debug)]
pub struct Gate(watch::Sender<bool>);

impl Default for Gate {
    fn default() -> Self {
        Self(watch::Sender::new(true))
    }
}

impl Gate {
    /// From now on whoever comes waits.
    pub fn close(&self) {
        self.0.send_replace(false);
    }

    /// Lets everybody through, those who wait first.
    pub fn open(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the gate is open.
    pub async fn pass(&self) {
        // The sender lives as long as `self`.
        let _ = self.0.subscribe().wait_for(|is_open| *is_open).await;
    }
}
