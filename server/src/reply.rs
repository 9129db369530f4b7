//! Answers in JSON: plain ones, and those that a browser may keep and revalidate.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maqal_contract::ProblemType;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::problem::Refusal;

/// The media type of JSON (RFC 8259, section 11).
pub const JSON: &str = "application/json";

/// `value` as JSON.
pub fn json<T: Serialize>(status: StatusCode, media_type: &'static str, value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => typed(status, media_type, bytes),
        // Our types have string keys and finite numbers, so this is a fault of a later change, not of the client.
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// `value` as JSON that a cache may keep but must revalidate each time: `no-cache` with a strong `ETag`, and `304`
/// where the client has it already (RFC 9110, section 13.1.2).
///
/// # Errors
/// [`ProblemType::Internal`] where `value` cannot be written as JSON.
pub fn revalidated<T: Serialize>(request: &HeaderMap, value: &T) -> Result<Response, Refusal> {
    let bytes = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer could not be written as JSON");
        Refusal::of(ProblemType::Internal)
    })?;
    Ok(revalidated_text(request, bytes))
}

/// As [`revalidated`], for JSON that is written already.
pub fn revalidated_text(request: &HeaderMap, bytes: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(&bytes)[..15]));
    let mut response = if matches(request, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        typed(StatusCode::OK, JSON, bytes)
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Whether `If-None-Match` names `tag`, by the weak comparison that RFC 9110, section 13.1.2 asks for. Our tags hold
/// no comma, so splitting there cannot match wrongly.
fn matches(request: &HeaderMap, tag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|named| named == "*" || named.strip_prefix("W/").unwrap_or(named) == tag)
}

fn typed(status: StatusCode, media_type: &'static str, bytes: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, media_type)], Body::from(bytes)).into_response()
}
