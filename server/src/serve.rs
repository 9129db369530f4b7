//! Accepts connections and hands their requests to the router, until it is asked to stop.
//!
//! `axum::serve` would do but for two things: a client that never finishes its headers, and an end to waiting when the
//! endpoint stops.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::Service;

use crate::client::Peer;

/// How long a client may take for the headers of a request, and be silent between two requests.
const HEADER_TIMEOUT: Duration = Duration::from_secs(20);

/// The largest request line and headers together, in bytes: a thread of 2048 bytes, percent-encoded, is three times as
/// long.
const HEADERS_MAX: usize = 64 * 1024;

/// Connections at one time, beside those that listen to changes; more wait in the system's queue.
const CONNECTIONS_MAX: usize = 4_096;

/// How long to wait when the system has no more file descriptors: trying again at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Serves `app`, of whose answers `streams` may last as long as their clients like, on `listener` until `stop` is done.
/// Returns what waits for the requests then under way.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    streams: u32,
    stop: impl Future<Output = ()>,
) -> GracefulShutdown {
    let watched = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX + streams as usize));
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer, place) = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let app = app.clone();
        let service = service_fn(move |request| answer(app.clone(), peer, request));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(HEADERS_MAX);
        let connection = watched.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%peer, %error, "a connection ended early");
            }
            drop(place);
        });
    }
    // Dropping the listener turns new clients away at once; they are not left waiting in the queue.
    watched
}

/// The next connection, and its place among [`CONNECTIONS_MAX`].
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<tokio::sync::OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there is always a place in the end.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Answers are small and complete; waiting to fill a packet would only delay them.
                let _best_effort = stream.set_nodelay(true);
                return (stream, peer, place);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn answer(
    mut app: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<axum::response::Response, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer));
    app.call(request).await
}
