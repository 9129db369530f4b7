//! One line in the log for each request, and an id by which to find it.
//!
//! Neither queries nor bodies are logged: they hold what readers wrote and what they read.

use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use uuid::Uuid;

/// The header that tells a client the id under which its request stands in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How much of a path is logged, in bytes.
const PATH_MAX: usize = 200;

/// Logs the request once it is answered, or once its client has gone away.
pub async fn record(request: Request, next: Next) -> Response {
    let mut entry = Entry {
        id: Uuid::now_v7().simple().to_string(),
        method: request.method().clone(),
        path: shortened(request.uri().path()).to_owned(),
        start: Instant::now(),
        status: None,
    };
    let mut response = next.run(request).await;
    entry.status = Some(response.status().as_u16());
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::try_from(&entry.id) {
        headers.insert(REQUEST_ID, id);
    }
    response
}

fn shortened(path: &str) -> &str {
    &path[..path.floor_char_boundary(PATH_MAX)]
}

/// Written when it is dropped: the future of a request whose client goes away is dropped, never finished.
struct Entry {
    id: String,
    method: Method,
    path: String,
    start: Instant,
    status: Option<u16>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        let Self { id, method, path, start, status } = self;
        let latency_ms = start.elapsed().as_secs_f64() * 1_000.0;
        match status {
            Some(status) => tracing::info!(%method, path, status, latency_ms, request_id = id, "request"),
            None => tracing::info!(%method, path, latency_ms, request_id = id, "request abandoned by its client"),
        }
    }
}
