//! Reads a request's headers and its JSON, so that one answer can name every field that is refused.

use axum::http::{HeaderMap, header};
use maqal_contract::limits::{IDEMPOTENCY_KEY_MAX, IDEMPOTENCY_KEY_MIN};
use maqal_contract::{FieldError, IdempotencyKey, ProblemType, Reason};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Refusal;
use crate::reply;

/// The JSON object in `body`.
///
/// # Errors
/// [`ProblemType::UnsupportedMediaType`], and [`ProblemType::Malformed`] for what is not an object of this form.
pub fn object<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Refusal> {
    if !is_json(headers) {
        return Err(Refusal::of(ProblemType::UnsupportedMediaType));
    }
    let malformed = |why: String| Refusal::new(ProblemType::Malformed, why);
    // serde would also take the fields of a struct from an array.
    if !body.trim_ascii_start().starts_with(b"{") {
        return Err(malformed("The body is not a JSON object.".to_owned()));
    }
    serde_json::from_slice(body).map_err(|error| malformed(format!("The body: {error}.")))
}

/// `application/json`, with any parameters. Nothing else: a page can send `text/plain` to any server without asking
/// it first, but not JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media_type.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(reply::JSON))
}

/// The unguessable name in the header `name`, which must stand there once.
///
/// # Errors
/// A problem of the kind `missing` that says what is wrong with it.
pub fn key(headers: &HeaderMap, name: &str, missing: ProblemType) -> Result<IdempotencyKey, Refusal> {
    let refuse = |why: String| Refusal::new(missing, why);
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Err(refuse(format!("The header {name} is missing; a random UUID is a good value."))),
        (Some(_), Some(_)) => Err(refuse(format!("The header {name} stands there more than once."))),
        (Some(value), None) => value.to_str().ok().and_then(IdempotencyKey::parse).ok_or_else(|| {
            refuse(format!("{name} is not {IDEMPOTENCY_KEY_MIN} to {IDEMPOTENCY_KEY_MAX} visible ASCII characters."))
        }),
    }
}

/// Takes texts from JSON values, and notes those that are none.
#[derive(Default)]
pub struct Texts {
    /// The fields that are not strings.
    pub errors: Vec<FieldError>,
}

impl Texts {
    /// The text; `None` where nothing is given.
    pub fn take(&mut self, field: &str, value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            Value::Null => None,
            _ => {
                self.errors.push(refused(field, Reason::Other, "is not a string"));
                None
            }
        }
    }

    /// Refuses all fields that were no strings, and those of `others` that were.
    #[must_use]
    pub fn refuse(self, others: Vec<FieldError>) -> Refusal {
        let mut all: Vec<_> =
            others.into_iter().filter(|other| self.errors.iter().all(|error| error.field != other.field)).collect();
        all.extend(self.errors);
        Refusal::validation(all)
    }
}

/// A field that is refused; `why` goes on from its name.
#[must_use]
pub fn refused(field: &str, reason: Reason, why: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        pointer: format!("#/{field}"),
        reason,
        max: None,
        detail: format!("{field} {why}"),
    }
}
