//! Starts the endpoint from its configuration, and ends it in order.

use std::fmt;
use std::future::Future;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::app;
use crate::config::Config;
use crate::serve::serve;
use crate::signals::Signals;
use crate::state::App;
use crate::store::{OpenError, Store};

/// How long the database may take to close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

/// Why the endpoint could not start: a sentence that names the option.
#[derive(Debug)]
pub enum StartError {
    /// The database cannot be used.
    Database(PathBuf, OpenError),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The system refuses signal handlers.
    Signals(io::Error),
    /// This option needs a key to verify readers' tokens with, and there is none.
    NoIdentityKey(&'static str),
    /// New comments would wait for moderators, and nobody could be one.
    NoModerators,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(path, error) => write!(f, "the database {} (--database): {error}", path.display()),
            Self::Listen(address, error) => {
                write!(f, "the address {address} (--listen): {error}; give another, or port 0 for any free one")
            }
            Self::NoIdentityKey(option) => {
                write!(f, "no reader could be known ({option}); give the --identity-secret or the --identity-key too")
            }
            Self::NoModerators => {
                write!(f, "every new comment would wait for ever (--moderate); give the moderators a --moderator-token")
            }
            Self::Signals(error) => write!(f, "the system refuses signal handlers: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

/// Runs the endpoint until SIGTERM or SIGINT; a second signal cuts short what the first one waits for.
///
/// Once it listens, standard output gets one line, `listening on http://ADDRESS:PORT`.
///
/// # Errors
/// [`StartError`] where it cannot start.
pub async fn run(config: Config) -> Result<(), StartError> {
    if config.moderate && config.moderator_token.is_none() {
        return Err(StartError::NoModerators);
    }
    if let Some(option) = config.identities.lacks_key() {
        return Err(StartError::NoIdentityKey(option));
    }
    let mut signals = Signals::listen().map_err(StartError::Signals)?;
    let store =
        Store::open(&config.database).await.map_err(|error| StartError::Database(config.database.clone(), error))?;
    let bound = async {
        let listener = TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    let (listener, address) = bound.await.map_err(|error| StartError::Listen(config.listen, error))?;

    if config.allow_origins.is_empty() {
        tracing::warn!("no page of another origin may use this endpoint; add each with --allow-origin");
    }
    let app = App::new(store.clone(), &config);
    let streams = app.streams.clone();
    let router = app::router(app, &config);
    tracing::info!(%address, database = %config.database.display(), version = env!("CARGO_PKG_VERSION"), "listening");
    announce(address);

    let stop = async {
        let signal = signals.next().await;
        tracing::info!(signal, "stopping: requests under way may finish");
        // They would never finish by themselves; their pages come back to the next process.
        streams.end();
    };
    let under_way = serve(listener, router, config.limits.max_streams, stop).await;
    tokio::select! {
        () = under_way.shutdown() => {}
        () = tokio::time::sleep(config.limits.shutdown_grace()) => tracing::warn!("stopping: the grace is over"),
        signal = signals.next() => tracing::warn!(signal, "stopping at once"),
    }
    close(store.close()).await;
    Ok(())
}

/// Standard output may be closed; the log has the address too.
fn announce(address: SocketAddr) {
    let mut out = io::stdout().lock();
    let _best_effort = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
}

async fn close(closing: impl Future<Output = ()>) {
    match tokio::time::timeout(CLOSE_TIMEOUT, closing).await {
        Ok(()) => tracing::info!("stopped"),
        // Nothing acknowledged is lost: it is in the write-ahead log.
        Err(_elapsed) => tracing::warn!("stopped without closing the database, which something still used"),
    }
}
