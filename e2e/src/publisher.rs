//! A publisher's own server, on another origin than the page: it answers as told, and remembers what it was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};

use crate::gate::Gate;
use crate::http::{Reply, Server, answer};

/// The server.
#[derive(Debug)]
pub struct Publisher {
    server: Server,
    state: Arc<Mutex<State>>,
    /// What every request waits at, once it is noted.
    pub gate: Arc<Gate>,
}

#[derive(Debug, Default)]
struct State {
    /// What is answered at a path, in this order; the last one stays.
    answers: HashMap<String, VecDeque<Response<Bytes>>>,
    asked: Vec<Asked>,
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The method; a preflight's is `OPTIONS`.
    pub method: Method,
    /// The path.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
}

impl Publisher {
    /// A server that has nothing yet.
    pub async fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let gate = Arc::new(Gate::default());
        let server = Server::start({
            let (state, gate) = (state.clone(), gate.clone());
            move |request| {
                let response = reply(&mut locked(&state), &request);
                let gate = gate.clone();
                Box::pin(async move {
                    gate.pass().await;
                    Reply::Answer(response)
                })
            }
        });
        Self { server: server.await, state, gate }
    }

    /// The origin.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// The address of `path`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        self.origin() + path
    }

    /// From now on `path` has these answers, one after the other; the last one stays. One with an `ETag` becomes a 304
    /// for whoever has it already.
    pub fn put(&self, path: &str, answers: impl IntoIterator<Item = Response<Bytes>>) {
        locked(&self.state).answers.insert(path.to_owned(), answers.into_iter().collect());
    }

    /// The requests for `path` so far, preflights among them.
    #[must_use]
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        locked(&self.state).asked.iter().filter(|asked| asked.path == path).cloned().collect()
    }

    /// Refuses all connections from now on.
    pub async fn shut(&self) {
        self.server.shut().await;
    }
}

/// An answer with these headers that pages of any origin may read.
#[must_use]
pub fn readable(status: u16, body: impl Into<Bytes>, headers: &[(&'static str, &str)]) -> Response<Bytes> {
    let mut response = answer(status, "application/ld+json", body);
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    for (name, value) in headers {
        let value = HeaderValue::from_str(value).expect("a header of a test is one");
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    response
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn reply(state: &mut State, request: &Request<Bytes>) -> Response<Bytes> {
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    state.asked.push(Asked { method: request.method().clone(), path: path.clone(), headers });
    let Some(answers) = state.answers.get_mut(&path) else { return readable(404, format!("no {path}"), &[]) };
    let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
    let mut response = next.expect("a test gives each path an answer");
    let tag = response.headers().get(header::ETAG);
    if tag.is_some() && tag == request.headers().get(header::IF_NONE_MATCH) {
        *response.status_mut() = http::StatusCode::NOT_MODIFIED;
        *response.body_mut() = Bytes::new();
    }
    response
}
