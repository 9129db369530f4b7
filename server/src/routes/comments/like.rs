//! `PUT` and `DELETE /api/comments/{id}/like`: a reader likes a comment, or no more.

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maqal_contract::reader::READER_HEADER;
use maqal_contract::{Likes, ProblemType};

use super::edit::unstored;
use super::id::Id;
use crate::author::Identity;
use crate::openapi::ReaderProblems;
use crate::problem::Refusal;
use crate::request;
use crate::secret::Reader;
use crate::store::Store;

/// Notes that a reader likes a comment.
///
/// # Errors
/// There is no such comment, the reader has no name, or the database fails.
#[utoipa::path(
    put,
    path = "/api/comments/{id}/like",
    operation_id = "likeComment",
    summary = "Like a comment",
    description = "Once for each reader: liking it again changes nothing.",
    params(
        ("id" = String, Path, description = "The comment's `id`", example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11"),
        ("Maqal-Reader" = Option<String>, Header, description = "A random name of the reader's device: 16 to 128 \
            visible ASCII characters. Needed unless the host page vouches for the reader", min_length = 16,
            max_length = 128, example = "0b0e0c3a-6d8c-4d27-9d2b-5b0c6a1f7e90"),
    ),
    security((), ("identity" = [])),
    responses((status = 200, description = "How it stands now", body = Likes), ReaderProblems)
)]
pub async fn like(
    State(store): State<Store>,
    identity: Option<Extension<Identity>>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    set(&store, &id, &reader(&headers, identity)?, true).await
}

/// Notes that a reader does not like a comment any more.
///
/// # Errors
/// There is no such comment, the reader has no name, or the database fails.
#[utoipa::path(
    delete,
    path = "/api/comments/{id}/like",
    operation_id = "unlikeComment",
    summary = "Take a like back",
    description = "Where there was none, nothing changes.",
    params(
        ("id" = String, Path, description = "The comment's `id`", example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11"),
        ("Maqal-Reader" = Option<String>, Header, description = "The name that the like was given with",
            min_length = 16, max_length = 128, example = "0b0e0c3a-6d8c-4d27-9d2b-5b0c6a1f7e90"),
    ),
    security((), ("identity" = [])),
    responses((status = 200, description = "How it stands now", body = Likes), ReaderProblems)
)]
pub async fn unlike(
    State(store): State<Store>,
    identity: Option<Extension<Identity>>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    set(&store, &id, &reader(&headers, identity)?, false).await
}

async fn set(store: &Store, id: &str, reader: &Reader, liked: bool) -> Result<Response, Refusal> {
    store.like(id, reader, liked).await?.map(|likes| unstored(&likes)).ok_or_else(Id::not_found)
}

/// Whose like or report it is: the reader whom the host page knows, or else the device that names itself.
pub(super) fn reader(headers: &HeaderMap, identity: Option<Extension<Identity>>) -> Result<Reader, Refusal> {
    match identity {
        Some(Extension(identity)) => Ok(Reader::Subject(identity.subject)),
        None => request::key(headers, READER_HEADER, ProblemType::ReaderMissing).map(Reader::Device),
    }
}
