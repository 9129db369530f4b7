//! A small HTTP server inside the test: it answers, or hangs up; a handler that never ends is a server that hangs.

use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Either, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What becomes of a request.
#[derive(Debug)]
pub enum Reply {
    /// An answer.
    Answer(Response<Bytes>),
    /// An answer that is passed on as it comes.
    Stream(Response<Incoming>),
    /// The connection is closed without one.
    HangUp,
}

impl Reply {
    /// The answer, or another one in place of none.
    #[must_use]
    pub fn or_else(self, other: impl FnOnce() -> Response<Bytes>) -> Self {
        match self {
            Self::Answer(_) | Self::Stream(_) => self,
            Self::HangUp => Self::Answer(other()),
        }
    }

    /// The answer's headers, where there is one.
    pub fn headers_mut(&mut self) -> Option<&mut HeaderMap> {
        match self {
            Self::Answer(response) => Some(response.headers_mut()),
            Self::Stream(response) => Some(response.headers_mut()),
            Self::HangUp => None,
        }
    }
}

/// The reply to come.
pub type Replying = Pin<Box<dyn Future<Output = Reply> + Send>>;

type Handler = Arc<dyn Fn(Request<Bytes>) -> Replying + Send + Sync>;

/// A server on a port of its own; it ends when dropped.
pub struct Server {
    address: SocketAddr,
    handler: Handler,
    accepting: Mutex<Option<Accepting>>,
}

/// The task that accepts connections and owns them.
struct Accepting(JoinHandle<()>);

impl Drop for Accepting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The handler asked for the connection to be closed.
#[derive(Debug)]
struct HungUp;

impl fmt::Display for HungUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hung up, as the test wants")
    }
}

impl std::error::Error for HungUp {}

/// Listens on a port that no server of this process has had: to a browser, what it keeps of an origin is of this one only.
async fn listen() -> (TcpListener, SocketAddr) {
    static HAD: Mutex<BTreeSet<SocketAddr>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a bound listener has an address");
        if HAD.lock().unwrap_or_else(PoisonError::into_inner).insert(address) {
            return (listener, address);
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Server {
    /// Starts a server that replies by `handler`.
    pub async fn start(handler: impl Fn(Request<Bytes>) -> Replying + Send + Sync + 'static) -> Self {
        let (listener, address) = listen().await;
        let handler: Handler = Arc::new(handler);
        let accepting = Accepting(tokio::spawn(accept(listener, handler.clone())));
        Self { address, handler, accepting: Mutex::new(Some(accepting)) }
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops listening and cuts all connections: from now on they are refused.
    pub async fn shut(&self) {
        let accepting = self.accepting.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(accepting) = accepting {
            accepting.0.abort();
            crate::wait::until("the port is closed", || async {
                TcpStream::connect(self.address).await.is_err().then_some(())
            })
            .await;
        }
    }

    /// Listens again, on the same port.
    pub async fn open(&self) {
        if self.accepting.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            return;
        }
        let listener = TcpListener::bind(self.address).await.expect("the port is still ours");
        let accepting = Accepting(tokio::spawn(accept(listener, self.handler.clone())));
        self.accepting.lock().unwrap_or_else(PoisonError::into_inner).replace(accepting);
    }
}

async fn accept(listener: TcpListener, handler: Handler) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        while connections.try_join_next().is_some() {}
        let handler = handler.clone();
        connections.spawn(async move {
            let service = service_fn(move |request| serve(handler.clone(), request));
            // One request for each connection: a browser sends a request again by itself, unseen by the page, where a
            // connection that served it before is cut. The tests count requests.
            let connection = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
            // An error is a client that has gone, or that we hung up on.
            let _ = connection.await;
        });
    }
}

/// A complete body, or one that is still to come.
type Body = Either<Full<Bytes>, Incoming>;

async fn serve(handler: Handler, request: Request<Incoming>) -> Result<Response<Body>, HungUp> {
    let (head, body) = request.into_parts();
    let Ok(body) = body.collect().await else { return Err(HungUp) };
    match handler(Request::from_parts(head, body.to_bytes())).await {
        Reply::Answer(response) => Ok(response.map(|body| Either::Left(Full::new(body)))),
        Reply::Stream(response) => Ok(response.map(Either::Right)),
        Reply::HangUp => Err(HungUp),
    }
}

/// An answer of `status` with `content_type` and `body`.
#[must_use]
pub fn answer(status: u16, content_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let response = Response::builder().status(status).header(http::header::CONTENT_TYPE, content_type);
    response.body(body.into()).expect("a status and a type of ours make a response")
}

/// The type of a file, by the end of its name.
#[must_use]
pub fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        _ => "application/octet-stream",
    }
}
