//! `GET /openapi.json`.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::openapi::DOCUMENT;
use crate::reply;

/// The endpoint's description.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "openapi",
    summary = "This document",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = serde_json::Value))
)]
pub async fn document(headers: HeaderMap) -> Response {
    reply::revalidated_text(&headers, DOCUMENT.clone().into_bytes())
}
