//! `POST /api/comments`: adds one comment, once.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;
use maqal_contract::identity::IDENTITY_HEADER;
use maqal_contract::{NewComment, Posted, ProblemType, Reason, validate};
use serde::Deserialize;
use serde_json::Value;

use super::{IDEMPOTENCY_REPLAYED, PATH};
use crate::author::Identity;
use crate::openapi::PostProblems;
use crate::problem::Refusal;
use crate::reply;
use crate::request::{self, Texts, refused};
use crate::state::Rules;
use crate::store::{Added, Store, Stored, Submission};

/// Adds a comment.
///
/// # Errors
/// The request is not of the contract's form, or the database fails.
#[utoipa::path(
    post,
    path = "/api/comments",
    operation_id = "postComment",
    summary = "Add a comment, once",
    description = "A submission may be repeated with the same key until it is answered: it is stored once, and each \
                   answer is the same, or says how the comment stands by then. Fields that are not listed here are \
                   ignored. Where new comments wait for a moderator, the answer's `state` says so. \
                   Where the host page vouches for the author, name, picture and badge are from there, and `name` \
                   need not be given.",
    params(
        ("Idempotency-Key" = String, Header, description = "Names this submission: 16 to 128 visible ASCII characters, \
            such as a random UUID, with or without quotes", min_length = 16, max_length = 128,
            example = "8e03978e-40d5-43e8-bc93-6894a57f9324"),
    ),
    security((), ("identity" = [])),
    request_body(content = NewComment, description = "At most 131072 bytes, unless the operator set another limit"),
    responses(
        (status = 201, description = "The comment is stored, and stays stored", body = Posted, headers(
            ("Location" = String, description = "The comment's own address"),
            ("Idempotency-Replayed" = String, description = "`true` where the comment was stored before; absent otherwise"),
        )),
        PostProblems,
    )
)]
pub async fn post(
    State(store): State<Store>,
    State(rules): State<Arc<Rules>>,
    identity: Option<Extension<Identity>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let identity = identity.map(|Extension(identity)| identity);
    if rules.require_identity && identity.is_none() {
        let why = format!("Only readers whom the host page knows may write here; send the header {IDENTITY_HEADER}.");
        return Err(Refusal::new(ProblemType::IdentityRequired, why));
    }
    let draft: Draft = request::object(&headers, &body)?;
    let key = request::key(&headers, IDEMPOTENCY_KEY_HEADER, ProblemType::IdempotencyKeyMissing)?;
    let comment = draft.read(identity.as_ref())?;
    let submission = Submission { key: &key, comment: &comment, identity: identity.as_ref(), pending: rules.moderate };
    match store.add(submission).await? {
        Added::New(stored) => Ok(created(stored, rules.edit_window, false)),
        Added::Replayed(stored) => Ok(created(stored, rules.edit_window, true)),
        Added::KeyReused => {
            Err(Refusal::new(ProblemType::IdempotencyKeyReused, "Send this comment with a key of its own."))
        }
        Added::UnknownParent => Err(Refusal::validation(vec![refused(
            "parent",
            Reason::Unknown,
            "names no comment of this conversation that can be replied to",
        )])),
    }
}

fn created(stored: Stored, window: Duration, replayed: bool) -> Response {
    let until = (!window.is_zero()).then(|| humantime::format_rfc3339_millis(stored.created + window).to_string());
    let posted = Posted { comment: stored.comment, secret: stored.secret, editable_until: until };
    let mut response = reply::json(StatusCode::CREATED, reply::JSON, &posted);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(location) = HeaderValue::try_from(format!("{PATH}/{}", posted.comment.id)) {
        headers.insert(header::LOCATION, location);
    }
    if replayed {
        headers.insert(IDEMPOTENCY_REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

/// [`NewComment`] before its fields are known to be there and to be strings.
#[derive(Deserialize)]
struct Draft {
    #[serde(default)]
    thread: Value,
    #[serde(default)]
    parent: Value,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    email: Value,
    #[serde(default)]
    website: Value,
    #[serde(default)]
    body: Value,
}

impl Draft {
    /// Checks all fields; a missing one is empty. Where the host page vouches for the author, he has his name from it.
    fn read(self, identity: Option<&Identity>) -> Result<NewComment, Refusal> {
        let mut texts = Texts::default();
        let typed = texts.take("name", self.name).unwrap_or_default();
        let comment = NewComment {
            name: identity.map_or(typed, |identity| identity.name.clone()),
            body: texts.take("body", self.body).unwrap_or_default(),
            thread: texts.take("thread", self.thread).unwrap_or_default(),
            parent: texts.take("parent", self.parent),
            email: texts.take("email", self.email),
            website: texts.take("website", self.website),
        };
        match validate::new_comment(&comment) {
            Ok(comment) if texts.errors.is_empty() => Ok(comment),
            Ok(_) => Err(texts.refuse(Vec::new())),
            Err(others) => Err(texts.refuse(others)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::author::Identity;
    use crate::problem::Refusal;
    use crate::request;
    use axum::http::{HeaderMap, HeaderValue, header};
    use maqal_contract::problem::Problem;
    use maqal_contract::{NewComment, ProblemType, Reason};

    fn read(json: &[u8], identity: Option<&Identity>) -> Result<NewComment, Refusal> {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        request::object::<Draft>(&headers, json)?.read(identity)
    }

    fn problem(json: &[u8]) -> Problem {
        read(json, None).unwrap_err().problem().clone()
    }

    #[test]
    fn what_need_not_be_given_may_be_absent_null_or_empty_and_unknown_fields_are_ignored() {
        let comment =
            read(br#" {"name":"n","body":"b","thread":"t","email":"","parent":null,"later":{"a":[1]}}"#, None);
        let whole = NewComment { thread: "t".into(), name: "n".into(), body: "b".into(), ..NewComment::default() };
        assert_eq!(comment.unwrap(), whole);
    }

    #[test]
    fn a_field_that_is_no_string_is_named_beside_those_refused_for_another_reason() {
        let refused = problem(br#"{"thread":"t","name":["x"],"body":" ","email":"x","parent":7}"#);
        let named: Vec<_> = refused.errors.iter().map(|e| (e.field.as_str(), e.reason)).collect();
        let expected = [
            ("body", Reason::Missing),
            ("email", Reason::Malformed),
            ("name", Reason::Other),
            ("parent", Reason::Other),
        ];
        assert_eq!(named, expected);
    }

    #[test]
    fn the_hosts_name_takes_the_place_of_the_one_that_was_typed_or_not() {
        let identity = Identity { subject: "7".into(), name: "سلمى".into(), avatar: None, badge: None };
        for json in [r#"{"thread":"t","body":"b"}"#, r#"{"thread":"t","name":"غيرها","body":"b"}"#] {
            assert_eq!(read(json.as_bytes(), Some(&identity)).unwrap().name, "سلمى");
        }
    }

    #[test]
    fn what_is_no_json_object_is_malformed() {
        let nested = "[".repeat(10_000);
        let deep = format!(r#"{{"name":{nested}"#);
        let cases: [&[u8]; 10] = [
            b"",
            b"null",
            b"\"text\"",
            br#"["t","n","b"]"#,
            br#"{"thread":"t""#,
            br#"{"name":"a","name":"b"}"#,
            br#"{"name":"\ud800"}"#,
            b"{\"name\":\"\xff\"}",
            br#"{"name":"a"} {"name":"b"}"#,
            deep.as_bytes(),
        ];
        for json in cases {
            let refused = problem(json);
            let shown = String::from_utf8_lossy(&json[..json.len().min(40)]);
            assert_eq!(refused.kind, ProblemType::Malformed.uri(), "{shown}");
            assert!(refused.detail.is_some_and(|detail| detail.contains("body")), "{shown}");
        }
    }
}
