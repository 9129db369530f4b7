//! `GET /api/comments/{id}`: where a new comment's `Location` leads.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maqal_contract::Comment;

use super::id::Id;
use crate::access::Access;
use crate::openapi::OneProblems;
use crate::problem::Refusal;
use crate::reply;
use crate::store::Store;

/// One comment.
///
/// # Errors
/// There is none of this id, or the database fails.
#[utoipa::path(
    get,
    path = "/api/comments/{id}",
    operation_id = "readComment",
    summary = "Read one comment",
    description = "One that waits for a moderator is read by its author only, who proves himself with its secret or by his identity.",
    params(("id" = String, Path, description = "The comment's `id`", example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11")),
    security((), ("secret" = []), ("moderator" = []), ("identity" = [])),
    responses(
        (status = 200, description = "The comment", body = Comment,
            headers(("ETag" = String, description = "Names this state of the comment"))),
        (status = 304, description = "The client has this state already (`If-None-Match`)"),
        OneProblems,
    )
)]
pub async fn one(
    State(store): State<Store>,
    access: Access,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    match store.one(&id, &access).await? {
        Some(comment) => reply::revalidated(&headers, &comment),
        None => Err(Id::not_found()),
    }
}
