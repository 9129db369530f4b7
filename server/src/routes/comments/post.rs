//! `POST /api/comments`: adds one comment, once.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;
use maqal_contract::limits::{IDEMPOTENCY_KEY_MAX, IDEMPOTENCY_KEY_MIN};
use maqal_contract::{FieldError, IdempotencyKey, NewComment, Posted, ProblemType, Reason, validate};
use serde::Deserialize;
use serde_json::Value;

use super::{IDEMPOTENCY_REPLAYED, PATH};
use crate::openapi::PostProblems;
use crate::problem::Refusal;
use crate::reply;
use crate::store::{Added, Store};

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
                   answer is the same. Fields that are not listed here are ignored.",
    params(
        ("Idempotency-Key" = String, Header, description = "Names this submission: 16 to 128 visible ASCII characters, \
            such as a random UUID, with or without quotes", min_length = 16, max_length = 128,
            example = "8e03978e-40d5-43e8-bc93-6894a57f9324"),
    ),
    request_body(content = NewComment, description = "At most 131072 bytes, unless the operator set another limit"),
    responses(
        (status = 201, description = "The comment is stored, and stays stored", body = Posted, headers(
            ("Location" = String, description = "The comment's own address"),
            ("Idempotency-Replayed" = String, description = "`true` where the comment was stored before; absent otherwise"),
        )),
        PostProblems,
    )
)]
pub async fn post(State(store): State<Store>, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    if !is_json(&headers) {
        return Err(Refusal::of(ProblemType::UnsupportedMediaType));
    }
    let key = key(&headers)?;
    let comment = validate::new_comment(&read(&body)?).map_err(Refusal::validation)?;
    match store.add(&key, &comment).await? {
        Added::New(posted) => Ok(created(&posted, false)),
        Added::Replayed(posted) => Ok(created(&posted, true)),
        Added::KeyReused => {
            Err(Refusal::new(ProblemType::IdempotencyKeyReused, "Send this comment with a key of its own."))
        }
    }
}

fn created(posted: &Posted, replayed: bool) -> Response {
    let mut response = reply::json(StatusCode::CREATED, reply::JSON, posted);
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

/// `application/json`, with any parameters. Nothing else: a page can send `text/plain` to any server without asking
/// it first, but not JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media_type.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(reply::JSON))
}

fn key(headers: &HeaderMap) -> Result<IdempotencyKey, Refusal> {
    let refuse = |why: String| Refusal::new(ProblemType::IdempotencyKeyMissing, why);
    let mut values = headers.get_all(IDEMPOTENCY_KEY_HEADER).iter();
    match (values.next(), values.next()) {
        (None, _) => Err(refuse("The header is missing; send a random UUID for each comment.".to_owned())),
        (Some(_), Some(_)) => Err(refuse("The header stands there more than once.".to_owned())),
        (Some(value), None) => value.to_str().ok().and_then(IdempotencyKey::parse).ok_or_else(|| {
            refuse(format!("The key is not {IDEMPOTENCY_KEY_MIN} to {IDEMPOTENCY_KEY_MAX} visible ASCII characters."))
        }),
    }
}

/// [`NewComment`] before its fields are known to be there and to be strings, so that one answer can name every
/// field that is refused.
#[derive(Deserialize)]
struct Draft {
    #[serde(default)]
    thread: Value,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    body: Value,
}

/// Reads the three fields; a missing one is empty.
fn read(json: &[u8]) -> Result<NewComment, Refusal> {
    let malformed = |why: String| Refusal::new(ProblemType::Malformed, why);
    // serde would also take the fields of a struct from an array.
    if !json.trim_ascii_start().starts_with(b"{") {
        return Err(malformed("The body is not a JSON object.".to_owned()));
    }
    let draft: Draft = serde_json::from_slice(json).map_err(|error| malformed(format!("The body: {error}.")))?;
    let mut errors = Vec::new();
    let mut text = |field: &str, value: Value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        _ => {
            errors.push(FieldError {
                field: field.to_owned(),
                pointer: format!("#/{field}"),
                reason: Reason::Other,
                max: None,
                detail: format!("{field} is not a string"),
            });
            String::new()
        }
    };
    let comment = NewComment {
        name: text("name", draft.name),
        body: text("body", draft.body),
        thread: text("thread", draft.thread),
        ..NewComment::default()
    };
    if errors.is_empty() {
        return Ok(comment);
    }
    // The fields that are strings are checked too, so that all refused ones are named at once.
    let others = validate::new_comment(&comment).err().unwrap_or_default();
    let others = others.into_iter().filter(|other| errors.iter().all(|error| error.field != other.field));
    let mut all: Vec<_> = others.collect();
    all.extend(errors);
    Err(Refusal::validation(all))
}

#[cfg(test)]
mod tests {
    use super::read;
    use maqal_contract::problem::Problem;
    use maqal_contract::{ProblemType, Reason};

    fn problem(json: &[u8]) -> Problem {
        read(json).unwrap_err().problem().clone()
    }

    #[test]
    fn fields_that_are_not_there_are_empty_and_unknown_ones_are_ignored() {
        let comment = read(br#" {"body":"b","thread":"t","later":{"a":[1]}}"#).unwrap();
        assert_eq!((comment.thread.as_str(), comment.name.as_str(), comment.body.as_str()), ("t", "", "b"));
    }

    #[test]
    fn a_field_that_is_no_string_is_named_beside_those_refused_for_another_reason() {
        let refused = problem(br#"{"thread":"t","name":["x"],"body":" "}"#);
        let named: Vec<_> = refused.errors.iter().map(|e| (e.field.as_str(), e.reason)).collect();
        assert_eq!(named, [("body", Reason::Missing), ("name", Reason::Other)]);
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
