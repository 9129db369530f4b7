//! `DELETE /api/comments/{id}`: takes a comment away.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::edit::{not_author, too_late};
use super::id::Id;
use crate::access::Access;
use crate::openapi::DeleteProblems;
use crate::problem::Refusal;
use crate::state::Rules;
use crate::store::{Removed, Store};

/// Takes a comment away.
///
/// # Errors
/// The comment is not this reader's to delete, or the database fails.
#[utoipa::path(
    delete,
    path = "/api/comments/{id}",
    operation_id = "deleteComment",
    summary = "Delete a comment",
    description = "Its author may do so until `editable_until`, a moderator at any time. Where replies stand under it, \
                   a placeholder without name and text stays. Deleting it again changes nothing.",
    params(("id" = String, Path, description = "The comment's `id`", example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11")),
    security(("secret" = []), ("moderator" = []), ("identity" = [])),
    responses((status = 204, description = "It is gone"), DeleteProblems)
)]
pub async fn delete(
    State(store): State<Store>,
    State(rules): State<Arc<Rules>>,
    access: Access,
    Id(id): Id,
) -> Result<StatusCode, Refusal> {
    match store.remove(&id, &access, rules.edit_window).await? {
        Removed::Done => Ok(StatusCode::NO_CONTENT),
        Removed::Unknown => Err(Id::not_found()),
        Removed::NotAuthor => Err(not_author()),
        Removed::TooLate => Err(too_late()),
    }
}
