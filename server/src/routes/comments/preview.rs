//! `POST /api/comments/preview`: shows a text as a comment's would be shown.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::Response;
use maqal_contract::{Preview, Rendered, unicode, validate};
use serde::Deserialize;
use serde_json::Value;

use super::edit::unstored;
use crate::markdown;
use crate::openapi::PreviewProblems;
use crate::problem::Refusal;
use crate::request::{self, Texts};

/// Shows a text as a comment's would be shown.
///
/// # Errors
/// The request is not of the contract's form.
#[utoipa::path(
    post,
    path = "/api/comments/preview",
    operation_id = "previewComment",
    summary = "Render a text as a comment's, without storing it",
    description = "A text of which nothing can be seen is no mistake here: its HTML is empty.",
    request_body(content = Preview),
    responses((status = 200, description = "The text as HTML", body = Rendered), PreviewProblems)
)]
pub async fn preview(headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    let draft: Draft = request::object(&headers, &body)?;
    let mut texts = Texts::default();
    let typed = texts.take("body", draft.body).unwrap_or_default();
    if !texts.errors.is_empty() {
        return Err(texts.refuse(Vec::new()));
    }
    let html = if unicode::is_visible(&typed) {
        markdown::render(&validate::body(&typed).map_err(|error| Refusal::validation(vec![error]))?)
    } else {
        String::new()
    };
    Ok(unstored(&Rendered { html }))
}

/// [`Preview`] before its field is known to be there and to be a string.
#[derive(Deserialize)]
struct Draft {
    #[serde(default)]
    body: Value,
}
