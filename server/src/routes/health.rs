//! `GET /health`.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::openapi::HealthProblems;
use crate::problem::Refusal;
use crate::reply;
use crate::store::Store;

/// The endpoint is well.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`; an endpoint that is not answers with a problem.
    #[schema(example = "ok")]
    status: &'static str,
}

/// Whether the endpoint and its database answer, for whatever watches over them.
///
/// # Errors
/// The database does not answer.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    summary = "Whether the endpoint and its database answer",
    responses((status = 200, description = "They do", body = Health), HealthProblems)
)]
pub async fn check(State(store): State<Store>) -> Result<Response, Refusal> {
    store.ping().await?;
    let mut response = reply::json(StatusCode::OK, reply::JSON, &Health { status: "ok" });
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
