//! Ctrl-C, SIGTERM and SIGHUP, taken as a wish to end in order.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// The user's wish to end, once given.
#[derive(Debug)]
pub struct Interrupt(Option<Receiver<()>>);

impl Interrupt {
    /// Takes over the signals; once in a run.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn listen() -> Result<Self> {
        let (sender, receiver) = channel();
        ctrlc::set_handler(move || {
            // Fails only when nobody listens any more: then we are ending already.
            let _ = sender.send(());
        })
        .context("cannot listen for Ctrl-C")?;
        Ok(Self(Some(receiver)))
    }

    /// One that never comes.
    #[cfg(test)]
    pub fn never() -> Self {
        Self(None)
    }

    /// Waits a while.
    ///
    /// # Errors
    /// When the user interrupts.
    pub fn pause(&self, duration: Duration) -> Result<()> {
        match self.0.as_ref().map(|receiver| receiver.recv_timeout(duration)) {
            Some(Ok(())) => bail!("interrupted"),
            Some(Err(RecvTimeoutError::Timeout)) => {}
            Some(Err(RecvTimeoutError::Disconnected)) | None => std::thread::sleep(duration),
        }
        Ok(())
    }
}
