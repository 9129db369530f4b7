//! What stands between the card and the endpoint, and fails as the test wants.
//!
//! An event stream is passed on as it comes. It waits at no gate and counts nowhere: tests count what a card asks for,
//! and a card listens all the while. One that is open stays open when a fault begins, unless that is
//! [`Fault::Refused`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, header};
use maqal_contract::Problem;
use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;

use crate::client;
use crate::gate::Gate;
use crate::http::{Reply, Server, answer};

/// How the way to the endpoint fails.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Nothing listens.
    Refused,
    /// The connection is taken, and nothing ever comes.
    Stalled,
    /// The request is passed on after a while.
    Slow(Duration),
    /// An answer of this status that says nothing more; seconds of `Retry-After` where given.
    Status(u16, Option<u32>),
    /// Problem details (RFC 9457).
    Problem(Box<Problem>),
    /// A page of HTML, as a captive portal sends.
    Html,
    /// The request is passed on, and half of its answer comes back.
    Truncated,
    /// The request is passed on, and JSON of another shape comes back.
    WrongShape,
    /// The request is passed on, and the connection is cut before its answer.
    LostAnswer,
    /// The request is passed on, and its answer lacks the headers that let the page read it (CORS).
    NoCors,
    /// The request is passed on, and its answer may be kept for an hour.
    Kept,
    /// The connection is cut before the request is passed on.
    Cut,
    /// The request is passed on at once, and its answer comes after a while.
    Late(Duration),
    /// An answer of this status without a content.
    Empty(u16),
    /// A page of HTML of this status, as a gateway sends.
    Page(u16),
    /// The request is passed on; its answer waits at [`Proxy::answers`], and then meets this fault.
    Stored(Box<Fault>),
}

/// A request that reached the proxy, preflights and event streams left out.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The path with the query.
    pub path: String,
    /// The `Idempotency-Key` header.
    pub key: Option<String>,
    /// The body.
    pub body: String,
}

#[derive(Debug)]
struct State {
    upstream: String,
    allowed: String,
    fault: Option<Fault>,
    recorded: Vec<Recorded>,
    /// The methods of the requests that came, whether they have passed the gate or not.
    arrived: Vec<Method>,
    hanging: usize,
}

/// A stalled request that the browser still waits for.
struct Hanging(Arc<Mutex<State>>);

impl Hanging {
    fn new(state: &Arc<Mutex<State>>) -> Self {
        locked(state).hanging += 1;
        Self(state.clone())
    }
}

impl Drop for Hanging {
    fn drop(&mut self) {
        locked(&self.0).hanging -= 1;
    }
}

/// The proxy.
#[derive(Debug)]
pub struct Proxy {
    server: Server,
    state: Arc<Mutex<State>>,
    /// What every request but a preflight and a stream waits at.
    pub gate: Arc<Gate>,
    /// What the answers wait at that meet [`Fault::Stored`].
    pub answers: Arc<Gate>,
}

impl Proxy {
    /// A proxy that passes everything on to `upstream`, for pages of the origin `allowed`.
    pub async fn start(upstream: &str, allowed: &str) -> Self {
        let state = State {
            upstream: upstream.to_owned(),
            allowed: allowed.to_owned(),
            fault: None,
            recorded: Vec::new(),
            arrived: Vec::new(),
            hanging: 0,
        };
        let state = Arc::new(Mutex::new(state));
        let (gate, answers) = (Arc::new(Gate::default()), Arc::new(Gate::default()));
        let server = Server::start({
            let (state, gate, answers) = (state.clone(), gate.clone(), answers.clone());
            move |request| {
                let (state, gate, answers) = (state.clone(), gate.clone(), answers.clone());
                let lives_on = request.method() == Method::POST && !gate.is_open();
                let replying = async move {
                    if counts(&request) {
                        locked(&state).arrived.push(request.method().clone());
                        gate.pass().await;
                    }
                    reply(state, &answers, request).await
                };
                Box::pin(async move {
                    if !lives_on {
                        return replying.await;
                    }
                    // A comment that was under way goes its way, even where the browser has given it up meanwhile.
                    tokio::spawn(replying).await.unwrap_or(Reply::HangUp)
                })
            }
        });
        Self { server: server.await, state, gate, answers }
    }

    /// The origin.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// The endpoint's address through the proxy.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.origin() + crate::endpoint::PATH
    }

    /// Every request from now on meets `fault`.
    pub async fn fail(&self, fault: Fault) {
        let refused = fault == Fault::Refused;
        self.state().fault = Some(fault);
        if refused {
            self.server.shut().await;
        } else {
            self.server.open().await;
        }
    }

    /// Every request from now on is passed on.
    pub async fn heal(&self) {
        self.state().fault = None;
        self.server.open().await;
    }

    /// The endpoint is elsewhere now.
    pub fn lead_to(&self, upstream: &str) {
        upstream.clone_into(&mut self.state().upstream);
    }

    /// The requests of `method` so far.
    #[must_use]
    pub fn recorded(&self, method: &Method) -> Vec<Recorded> {
        self.state().recorded.iter().filter(|request| request.method == *method).cloned().collect()
    }

    /// How many requests of `method` have come so far; some may wait at the gate.
    #[must_use]
    pub fn arrived(&self, method: &Method) -> usize {
        self.state().arrived.iter().filter(|arrived| *arrived == method).count()
    }

    /// How many requests hang: stalled, and not given up by the browser.
    #[must_use]
    pub fn hanging(&self) -> usize {
        self.state().hanging
    }

    fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn reply(state: Arc<Mutex<State>>, answers: &Gate, request: Request<Bytes>) -> Reply {
    let (upstream, allowed, fault) = {
        let mut state = locked(&state);
        if counts(&request) {
            state.recorded.push(record(&request));
        }
        (state.upstream.clone(), state.allowed.clone(), state.fault.clone())
    };
    match fault {
        Some(Fault::Stored(fault)) if request.method() == Method::POST => {
            let passed = pass(&upstream, request).await;
            answers.pass().await;
            meet(&state, &allowed, Some(*fault), Passing::Passed(passed)).await
        }
        Some(Fault::Stored(_)) => pass(&upstream, request).await,
        fault => meet(&state, &allowed, fault, Passing::Asked { upstream, request }).await,
    }
}

/// A request on its way to the endpoint.
enum Passing {
    /// It is not passed on yet.
    Asked { upstream: String, request: Request<Bytes> },
    /// It was passed on, and this is the answer.
    Passed(Reply),
}

impl Passing {
    fn is_preflight(&self) -> bool {
        matches!(self, Self::Asked { request, .. } if request.method() == Method::OPTIONS)
    }

    fn counts(&self) -> bool {
        match self {
            Self::Asked { request, .. } => counts(request),
            Self::Passed(_) => true,
        }
    }

    async fn pass(self) -> Reply {
        match self {
            Self::Asked { upstream, request } => pass(&upstream, request).await,
            Self::Passed(reply) => reply,
        }
    }
}

async fn meet(state: &Arc<Mutex<State>>, allowed: &str, fault: Option<Fault>, passing: Passing) -> Reply {
    let preflight = passing.is_preflight();
    match fault {
        None => passing.pass().await,
        Some(Fault::Refused | Fault::Cut) => Reply::HangUp,
        Some(Fault::Late(pause)) if !preflight => {
            let passed = passing.pass().await;
            tokio::time::sleep(pause).await;
            passed
        }
        Some(Fault::Late(_) | Fault::Stored(_)) => passing.pass().await,
        Some(Fault::Slow(pause)) => {
            if !preflight {
                tokio::time::sleep(pause).await;
            }
            passing.pass().await
        }
        Some(Fault::NoCors) => without_cors(passing.pass().await),
        Some(Fault::Kept) => {
            let mut passed = passing.pass().await;
            if let Some(headers) = passed.headers_mut() {
                headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
            }
            passed
        }
        // Whoever answers for the endpoint answers the preflight too: the page is let in and learns what is wrong.
        Some(_) if preflight => with_cors(answer(204, "text/plain", ""), allowed),
        Some(Fault::Stalled) => {
            let _hanging = passing.counts().then(|| Hanging::new(state));
            std::future::pending().await
        }
        Some(Fault::Status(status, retry_after)) => {
            let mut response = answer(status, "text/plain", format!("{status}"));
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            with_cors(response, allowed)
        }
        Some(Fault::Empty(status)) => with_cors(answer(status, "text/plain", ""), allowed),
        Some(Fault::Page(status)) => {
            with_cors(answer(status, "text/html", "<!doctype html><h1>Bad gateway</h1>"), allowed)
        }
        Some(Fault::Problem(problem)) => {
            let json = serde_json::to_vec(&problem).expect("a problem serialises");
            with_cors(answer(problem.status, maqal_contract::problem::PROBLEM_MEDIA_TYPE, json), allowed)
        }
        Some(Fault::Html) => {
            let portal = "<!doctype html><title>Sign in</title><h1>Welcome to the hotel's network</h1>";
            with_cors(answer(200, "text/html", portal), allowed)
        }
        Some(Fault::Truncated) => match passing.pass().await {
            Reply::Answer(response) => {
                let half = response.body().slice(..response.body().len() / 2);
                with_cors(answer(200, "application/json", half), allowed)
            }
            other => other,
        },
        Some(Fault::WrongShape) => {
            passing.pass().await;
            with_cors(answer(200, "application/json", r#"{"status":"ok","data":[1,2,3]}"#), allowed)
        }
        Some(Fault::LostAnswer) => {
            passing.pass().await;
            Reply::HangUp
        }
    }
}

/// Whether `request` is one of those that a card sends, and neither the browser's own nor a stream.
fn counts(request: &Request<Bytes>) -> bool {
    request.method() != Method::OPTIONS && !request.uri().path().ends_with("/stream")
}

fn record(request: &Request<Bytes>) -> Recorded {
    let key = request.headers().get(IDEMPOTENCY_KEY_HEADER);
    Recorded {
        method: request.method().clone(),
        path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
        key: key.and_then(|value| value.to_str().ok()).map(str::to_owned),
        body: String::from_utf8_lossy(request.body()).into_owned(),
    }
}

/// Passes `request` on to the origin `upstream`; where that gives no answer, nor do we.
pub(crate) async fn pass(upstream: &str, mut request: Request<Bytes>) -> Reply {
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    *request.uri_mut() = format!("{upstream}{path}").parse().expect("an origin and a path make an address");
    request.headers_mut().remove(header::HOST);
    request.headers_mut().remove(header::CONNECTION);
    // Where the endpoint was killed, so is the connection.
    let Ok(mut response) = client::open(request).await else { return Reply::HangUp };
    response.headers_mut().remove(header::TRANSFER_ENCODING);
    if response.headers().get(header::CONTENT_TYPE).is_some_and(|media_type| media_type == "text/event-stream") {
        return Reply::Stream(response);
    }
    client::read(response).await.map_or(Reply::HangUp, Reply::Answer)
}

fn with_cors(mut response: Response<Bytes>, allowed: &str) -> Reply {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_str(allowed).expect("an origin is a header"));
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, idempotency-key"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "link, retry-after"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Reply::Answer(response)
}

fn without_cors(mut reply: Reply) -> Reply {
    if let Some(headers) = reply.headers_mut() {
        let cors: Vec<HeaderName> =
            headers.keys().filter(|name| name.as_str().starts_with("access-control-")).cloned().collect();
        for name in cors {
            headers.remove(name);
        }
    }
    reply
}
