//! Reads a request's body whole, up to a limit, before anything else looks at it.
//!
//! Also a refused request is read, within reason: a server that answers and closes while the client is still sending
//! makes the client's system throw the answer away, and the reader would see "network error" instead of the reason.

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use maqal_contract::ProblemType;

use crate::problem::Refusal;

/// How much of a body that is too large is read and thrown away, in bytes, so that its sender hears the answer.
const DRAIN_MAX: u64 = 4 * 1024 * 1024;

/// Gives the inner service a body that is complete and at most `max` bytes long, or answers `413`.
pub async fn buffer(State(max): State<usize>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // A client that asked first (RFC 9110, section 10.1.1) has sent nothing yet, so there is nothing to read away.
    let asks_first = parts.headers.contains_key(header::EXPECT);
    match read(body, max, asks_first).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn read(mut body: Body, max: usize, asks_first: bool) -> Result<Bytes, Refusal> {
    let too_large = || Refusal::new(ProblemType::TooLarge, format!("At most {max} bytes are taken."));
    let promised = body.size_hint().lower();
    if promised > DRAIN_MAX || (asks_first && promised > max as u64) {
        return Err(too_large());
    }
    let (mut kept, mut seen) = (Vec::new(), 0_u64);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_broken| Refusal::new(ProblemType::Malformed, "The body broke off."))?;
        let Ok(data) = frame.into_data() else { continue };
        seen += data.len() as u64;
        if seen <= max as u64 {
            kept.extend_from_slice(&data);
        } else if seen > DRAIN_MAX {
            break;
        } else {
            kept = Vec::new();
        }
    }
    if seen > max as u64 { Err(too_large()) } else { Ok(kept.into()) }
}
