//! One origin of the benchmark: files and answers, all compressed alike, and counted as they leave.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};

use crate::bench::files::{AHEAD, AT_ONCE, compressed};
use crate::http::{Reply, Replying, Server, answer, content_type};

/// What has left the benchmark's servers.
#[derive(Debug, Default)]
pub struct Traffic(Mutex<Counts>);

/// The requests and the bytes of their answers, heads included.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// How many requests came, those included that a browser asks for permission by (CORS).
    pub requests: u64,
    /// How many bytes were answered.
    pub bytes: u64,
    last: Option<Instant>,
}

impl Traffic {
    /// Counts from nothing again.
    pub fn reset(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Counts::default();
    }

    /// What was counted so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether nothing was answered for so long.
    #[must_use]
    pub fn is_quiet(&self, long: Duration) -> bool {
        self.counts().last.is_none_or(|last| last.elapsed() >= long)
    }

    fn count(&self, reply: &Reply) {
        let bytes = match reply {
            Reply::Answer(response) => head_length(response.headers()) + response.body().len() as u64,
            Reply::Stream(response) => head_length(response.headers()),
            Reply::HangUp => 0,
        };
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.requests += 1;
        counts.bytes += bytes;
        counts.last = Some(Instant::now());
    }
}

/// A status line, each header in its line, and an empty one.
fn head_length(headers: &HeaderMap) -> u64 {
    let lines: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    (lines + "HTTP/1.1 200 OK\r\n\r\n".len()) as u64
}

/// Files by their paths, compressed ahead of time.
#[derive(Clone, Debug, Default)]
pub struct Files(HashMap<String, Response<Bytes>>);

impl Files {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a file more, which browsers may keep for a day.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: &[u8]) -> Self {
        let mut response = encoded(answer(200, content_type(path), compressed(bytes, AHEAD)));
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        self.0.insert(path.to_owned(), response);
        self
    }

    /// With a file of the disk.
    #[must_use]
    pub fn with_file(self, path: &str, file: &Path) -> Self {
        let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.with(path, &bytes)
    }
}

/// What answers where no file is.
pub type Api = Box<dyn Fn(Request<Bytes>) -> Replying + Send + Sync>;

/// Answers compressed before, by what they say: the same is not compressed twice, and no opening waits for it.
type Known = Arc<Mutex<HashMap<Bytes, Bytes>>>;

/// Starts an origin.
pub async fn start(traffic: Arc<Traffic>, files: Files, api: Api) -> Server {
    let (files, api, known) = (Arc::new(files), Arc::new(api), Known::default());
    Server::start(move |request| {
        let (files, api, known, traffic) = (files.clone(), api.clone(), known.clone(), traffic.clone());
        Box::pin(async move {
            let is_read = request.method() == Method::GET;
            let file = files.0.get(request.uri().path()).filter(|_| is_read).cloned();
            let reply = match file {
                Some(file) => Reply::Answer(file),
                None => match api(request).await {
                    Reply::Answer(response) => Reply::Answer(compress(response, &known)),
                    other => other,
                },
            };
            traffic.count(&reply);
            reply
        })
    })
    .await
}

fn compress(response: Response<Bytes>, known: &Known) -> Response<Bytes> {
    let (head, body) = response.into_parts();
    if body.is_empty() {
        return Response::from_parts(head, body);
    }
    let found = known.lock().unwrap_or_else(PoisonError::into_inner).get(&body).cloned();
    let small = found.unwrap_or_else(|| {
        let small = compressed(&body, AT_ONCE);
        known.lock().unwrap_or_else(PoisonError::into_inner).insert(body, small.clone());
        small
    });
    encoded(Response::from_parts(head, small))
}

fn encoded(mut response: Response<Bytes>) -> Response<Bytes> {
    response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    response
}

#[cfg(test)]
mod tests {
    use super::{Api, Files, Traffic, start};
    use crate::client;
    use crate::http::{Reply, answer};
    use bytes::Bytes;
    use http::{Request, header};
    use std::sync::Arc;
    use std::time::Duration;

    #[tokio::test]
    async fn files_and_answers_leave_compressed_and_counted() {
        let traffic = Arc::new(Traffic::default());
        let api: Api = Box::new(|_| Box::pin(async { Reply::Answer(answer(200, "text/plain", "b".repeat(10_000))) }));
        let server = start(traffic.clone(), Files::new().with("/a.js", &[b'a'; 10_000]), api).await;
        for path in ["/a.js", "/b"] {
            let request = Request::get(server.origin() + path).body(Bytes::new()).unwrap();
            let answer = client::send(request).await.unwrap();
            assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br", "{path}");
            assert!(answer.body().len() < 100, "{path}");
        }
        let counts = traffic.counts();
        assert_eq!(counts.requests, 2);
        assert!((100..1000).contains(&counts.bytes), "{}", counts.bytes);
        assert!(!traffic.is_quiet(Duration::from_secs(60)));
        traffic.reset();
        assert!(traffic.is_quiet(Duration::from_secs(60)));
    }
}
