//! `POST /api/comments/{id}/reports`: a reader tells the operator of a comment.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use maqal_contract::{Reason, Report, ReportReason, validate};
use serde::Deserialize;
use serde_json::Value;

use super::id::Id;
use super::like::reader;
use crate::author::Identity;
use crate::openapi::ReportProblems;
use crate::problem::Refusal;
use crate::request::{self, Texts, refused};
use crate::store::Store;

/// Tells the operator of a comment.
///
/// # Errors
/// There is no such comment, the request is not of the contract's form, or the database fails.
#[utoipa::path(
    post,
    path = "/api/comments/{id}/reports",
    operation_id = "reportComment",
    summary = "Report a comment to the operator",
    description = "Once for each reader and comment: what a reader reports after that is answered alike and not kept.",
    params(
        ("id" = String, Path, description = "The comment's `id`", example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11"),
        ("Maqal-Reader" = Option<String>, Header, description = "A random name of the reader's device: 16 to 128 \
            visible ASCII characters. Needed unless the host page vouches for the reader", min_length = 16,
            max_length = 128, example = "0b0e0c3a-6d8c-4d27-9d2b-5b0c6a1f7e90"),
    ),
    security((), ("identity" = [])),
    request_body(content = Report),
    responses((status = 204, description = "The operator can read it"), ReportProblems)
)]
pub async fn report(
    State(store): State<Store>,
    identity: Option<Extension<Identity>>,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let report = request::object::<Draft>(&headers, &body)?.read()?;
    let reader = reader(&headers, identity)?;
    if store.report(&id, &reader, &report).await? { Ok(StatusCode::NO_CONTENT) } else { Err(Id::not_found()) }
}

/// [`Report`] before its fields are known to be there and to be strings.
#[derive(Deserialize)]
struct Draft {
    #[serde(default)]
    reason: Value,
    #[serde(default)]
    note: Value,
}

impl Draft {
    fn read(self) -> Result<Report, Refusal> {
        let mut texts = Texts::default();
        let mut others = Vec::new();
        let word = texts.take("reason", self.reason);
        let reason =
            word.as_deref().and_then(|word| ReportReason::ALL.into_iter().find(|known| known.as_str() == word));
        match word {
            None => others.push(refused("reason", Reason::Missing, "is required")),
            Some(_) if reason.is_none() => others.push(refused("reason", Reason::Unknown, "is none of the known ones")),
            Some(_) => {}
        }
        let note = validate::note(&texts.take("note", self.note).unwrap_or_default());
        match (reason, note) {
            (Some(reason), Ok(note)) if texts.errors.is_empty() => Ok(Report { reason, note }),
            (_, note) => {
                others.extend(note.err());
                Err(texts.refuse(others))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use maqal_contract::{Reason, Report, ReportReason};

    fn read(json: &str) -> Result<Report, Vec<(String, Reason)>> {
        let draft: Draft = serde_json::from_str(json).unwrap();
        draft.read().map_err(|refusal| refusal.problem().errors.iter().map(|e| (e.field.clone(), e.reason)).collect())
    }

    #[test]
    fn a_report_has_one_of_the_reasons_and_may_have_a_note() {
        for reason in ReportReason::ALL {
            let json = format!(r#"{{"reason":"{}","note":" "}}"#, reason.as_str());
            assert_eq!(read(&json), Ok(Report { reason, note: None }));
        }
        let noted = Report { reason: ReportReason::Other, note: Some("لأن".into()) };
        assert_eq!(read(r#"{"reason":"other","note":" لأن "}"#), Ok(noted));
    }

    #[test]
    fn every_refused_field_is_named_once() {
        let long = "ن".repeat(1_001);
        for (json, expected) in [
            ("{}".to_owned(), vec![("reason", Reason::Missing)]),
            (r#"{"reason":"boring"}"#.to_owned(), vec![("reason", Reason::Unknown)]),
            (r#"{"reason":7,"note":[]}"#.to_owned(), vec![("reason", Reason::Other), ("note", Reason::Other)]),
            (format!(r#"{{"note":"{long}"}}"#), vec![("reason", Reason::Missing), ("note", Reason::TooLong)]),
        ] {
            let refused = read(&json).unwrap_err();
            let named: Vec<_> = refused.iter().map(|(field, reason)| (field.as_str(), *reason)).collect();
            assert_eq!(named, expected, "{json:.40}");
        }
    }
}
