//! `GET /api/comments/count`: the lengths of many conversations at once.

use std::collections::BTreeMap;

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maqal_contract::limits::COUNTS_MAX;
use maqal_contract::{Counts, ProblemType, validate};

use crate::openapi::CountProblems;
use crate::problem::Refusal;
use crate::query;
use crate::reply;
use crate::store::Store;

/// The lengths of many conversations.
///
/// # Errors
/// A parameter cannot be read, or the database fails.
#[utoipa::path(
    get,
    path = "/api/comments/count",
    operation_id = "countComments",
    summary = "Read the lengths of many conversations",
    description = "Each conversation that is asked for is in the answer, under its name as it was asked for.",
    params(
        ("thread" = Vec<String>, Query, description = "A conversation; stands there once for each, up to 100 times",
            min_items = 1, max_items = 100, style = Form, explode, example = json!(["https://news.example/a/42"])),
    ),
    responses(
        (status = 200, description = "The lengths", body = Counts,
            headers(("ETag" = String, description = "Names this state of the answer"))),
        (status = 304, description = "The client has this state already (`If-None-Match`)"),
        CountProblems,
    )
)]
pub async fn count(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let malformed = |why: String| Refusal::new(ProblemType::Malformed, why);
    let asked = query::all(query.as_deref(), "thread")?;
    if asked.is_empty() {
        return Err(malformed("The parameter thread is required, once for each conversation.".to_owned()));
    }
    if asked.len() > COUNTS_MAX {
        return Err(malformed(format!("The parameter thread stands there more than {COUNTS_MAX} times.")));
    }
    let threads: Vec<_> = asked
        .iter()
        .map(|text| validate::thread(text))
        .collect::<Result<_, _>>()
        .map_err(|error| malformed(format!("The parameter {}.", error.detail)))?;
    let known = store.counts(&threads).await?;
    let count = |thread: &String| known.get(thread).copied().unwrap_or_default();
    let counts: BTreeMap<_, _> = asked.into_iter().zip(threads.iter().map(count)).collect();
    reply::revalidated(&headers, &Counts { counts })
}
