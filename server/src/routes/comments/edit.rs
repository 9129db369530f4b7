//! `PATCH /api/comments/{id}`: changes a comment.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use maqal_contract::{Comment, Edit, ProblemType, Reason, validate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::id::Id;
use crate::access::Access;
use crate::openapi::EditProblems;
use crate::problem::Refusal;
use crate::reply;
use crate::request::{self, Texts, refused};
use crate::state::Rules;
use crate::store::{Edited, Store};

/// Changes a comment.
///
/// # Errors
/// The request is not of the contract's form, the comment is not this reader's to change, or the database fails.
#[utoipa::path(
    patch,
    path = "/api/comments/{id}",
    operation_id = "editComment",
    summary = "Change a comment",
    description = "Its author may change the text until `editable_until`; a moderator may change everything at any \
                   time. What is not given stays. The same change again changes nothing, and is answered alike.",
    params(("id" = String, Path, description = "The comment's `id`", example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11")),
    request_body(content = Edit),
    security(("secret" = []), ("moderator" = []), ("identity" = [])),
    responses((status = 200, description = "The comment as it is now", body = Comment), EditProblems)
)]
pub async fn edit(
    State(store): State<Store>,
    State(rules): State<Arc<Rules>>,
    access: Access,
    Id(id): Id,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let edit = request::object::<Draft>(&headers, &body)?.read()?;
    match store.edit(&id, &edit, &access, rules.edit_window).await? {
        Edited::Done(comment) => Ok(unstored(&*comment)),
        Edited::Unknown => Err(Id::not_found()),
        Edited::NotAuthor => Err(not_author()),
        Edited::NotModerator => {
            let why = "Only a moderator may set pinned, featured and state.";
            Err(Refusal::new(ProblemType::NotAuthor, why))
        }
        Edited::TooLate => Err(too_late()),
        Edited::PinnedReply => {
            let why = "is for top-level comments, and this is a reply";
            Err(Refusal::validation(vec![refused("pinned", Reason::Other, why)]))
        }
    }
}

/// The answer to a request without the right secret.
pub(super) fn not_author() -> Refusal {
    Refusal::new(ProblemType::NotAuthor, "Send the comment's secret: Authorization: Bearer SECRET.")
}

/// The answer to an author who comes too late.
pub(super) fn too_late() -> Refusal {
    Refusal::new(ProblemType::EditWindowClosed, "Its author could change it until the editable_until of its answer.")
}

/// An answer that no cache keeps.
pub(super) fn unstored<T: Serialize>(value: &T) -> Response {
    let mut response = reply::json(StatusCode::OK, reply::JSON, value);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// [`Edit`] before its fields are known to be of their types.
#[derive(Deserialize)]
struct Draft {
    #[serde(default)]
    body: Value,
    #[serde(default)]
    pinned: Value,
    #[serde(default)]
    featured: Value,
    #[serde(default)]
    state: Value,
}

impl Draft {
    fn read(self) -> Result<Edit, Refusal> {
        let mut texts = Texts::default();
        let mut others = Vec::new();
        let body =
            texts.take("body", self.body).map(|text| validate::body(&text)).transpose().unwrap_or_else(|error| {
                others.push(error);
                None
            });
        let mut edit = Edit { body, ..Edit::default() };
        let yes_or_no = "is neither true nor false";
        take(self.pinned, "pinned", yes_or_no, &mut edit.pinned, &mut texts);
        take(self.featured, "featured", yes_or_no, &mut edit.featured, &mut texts);
        take(self.state, "state", "is not published, pending or deleted", &mut edit.state, &mut texts);
        if others.is_empty() && texts.errors.is_empty() { Ok(edit) } else { Err(texts.refuse(others)) }
    }
}

fn take<'de, T>(value: Value, field: &str, why: &str, into: &mut Option<T>, texts: &mut Texts)
where
    Option<T>: Deserialize<'de>,
{
    match Option::<T>::deserialize(value) {
        Ok(given) => *into = given,
        Err(_other_type) => texts.errors.push(refused(field, Reason::Other, why)),
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use maqal_contract::{Edit, Reason, State};

    fn read(json: &str) -> Result<Edit, Vec<(String, Reason)>> {
        let draft: Draft = serde_json::from_str(json).unwrap();
        draft.read().map_err(|refusal| refusal.problem().errors.iter().map(|e| (e.field.clone(), e.reason)).collect())
    }

    #[test]
    fn what_is_not_given_stays() {
        assert_eq!(read("{}"), Ok(Edit::default()));
        assert_eq!(read(r#"{"body":null,"pinned":null,"state":null}"#), Ok(Edit::default()));
        let whole =
            Edit { body: Some("نص".into()), pinned: Some(true), featured: Some(false), state: Some(State::Pending) };
        assert_eq!(read(r#"{"body":" نص ","pinned":true,"featured":false,"state":"pending"}"#), Ok(whole));
    }

    #[test]
    fn every_field_of_another_type_is_named() {
        let refused = read(r#"{"body":" ","pinned":1,"featured":"yes","state":"hidden"}"#).unwrap_err();
        let named: Vec<_> = refused.iter().map(|(field, reason)| (field.as_str(), *reason)).collect();
        let other = Reason::Other;
        assert_eq!(named, [("body", Reason::Missing), ("pinned", other), ("featured", other), ("state", other)]);
    }
}
