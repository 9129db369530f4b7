//! `GET /api/comments/changes`: what happened in a conversation since a moment.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maqal_contract::limits::CHANGES_MAX;
use maqal_contract::{Changes, ProblemType, validate};

use crate::openapi::ChangesProblems;
use crate::problem::Refusal;
use crate::query::parameters;
use crate::reply;
use crate::store::Store;

/// A moment that is still to come, which counts as now.
pub(super) const NOW: u64 = u64::MAX;

/// The changes of a conversation.
///
/// # Errors
/// A parameter cannot be read, or the database fails.
#[utoipa::path(
    get,
    path = "/api/comments/changes",
    operation_id = "listChanges",
    summary = "Read what happened in a conversation since a moment",
    description = "Each comment that came, changed or went, once, as it is now. Ask again with `live` as `since`: at once \
                   where there is `more`, else after a while; or listen to `stream`.",
    params(
        ("thread" = String, Query, description = "The conversation; at most 2048 bytes of UTF-8", min_length = 1,
            max_length = 2048, example = "https://news.example/a/42"),
        ("since" = Option<String>, Query, description = "The `live` of a page or of the answer before; now if not given",
            example = "42"),
    ),
    responses(
        (status = 200, description = "The changes", body = Changes,
            headers(("ETag" = String, description = "Names this state of the answer"))),
        (status = 304, description = "The client has this state already (`If-None-Match`)"),
        ChangesProblems,
    )
)]
pub async fn changes(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (thread, since) = asked(query.as_deref())?;
    let changes = store.changes(&thread, since.unwrap_or(NOW), CHANGES_MAX).await?;
    reply::revalidated(&headers, &changes)
}

/// The conversation, and the moment where one is given.
pub(super) fn asked(query: Option<&str>) -> Result<(String, Option<u64>), Refusal> {
    let [thread, since] = parameters(query, ["thread", "since"])?;
    let thread = validate::thread(&thread.unwrap_or_default())
        .map_err(|error| Refusal::new(ProblemType::Malformed, format!("The parameter {}.", error.detail)))?;
    let since = since.filter(|since| !since.is_empty());
    Ok((thread, since.map(|since| moment("parameter since", &since)).transpose()?))
}

/// A moment as we write it; `place` names where it stands.
pub(super) fn moment(place: &str, text: &str) -> Result<u64, Refusal> {
    let digits = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    digits.ok_or_else(|| {
        let why = format!("The {place} is no moment of this endpoint; leave it out to begin now.");
        Refusal::new(ProblemType::Malformed, why)
    })
}
