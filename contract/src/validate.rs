//! The checks that the widget makes before it sends, and the endpoint makes again before it stores.

use crate::comment::NewComment;
use crate::limits::{BODY_MAX_CHARS, NAME_MAX_CHARS, THREAD_MAX_BYTES};
use crate::problem::{FieldError, Reason};
use crate::unicode::{is_visible, single_line};

/// A field of [`NewComment`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The author's name.
    Name,
    /// The text.
    Body,
    /// The conversation.
    Thread,
}

impl Field {
    /// The field's name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Body => "body",
            Self::Thread => "thread",
        }
    }

    /// The field of that JSON name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Name, Self::Body, Self::Thread].into_iter().find(|f| f.as_str() == name)
    }
}

/// The name as it is shown: on one line, without controls. Fails where nothing of it can be seen, or it is longer
/// than [`NAME_MAX_CHARS`].
///
/// # Errors
/// [`FieldError`] on the field `name`.
pub fn name(raw: &str) -> Result<String, FieldError> {
    let shown = single_line(raw);
    check(Field::Name, raw, shown.chars().count(), NAME_MAX_CHARS)?;
    Ok(shown)
}

/// The text as typed, less the white space around it. Fails where nothing of it can be seen, or it is longer than
/// [`BODY_MAX_CHARS`].
///
/// # Errors
/// [`FieldError`] on the field `body`.
pub fn body(raw: &str) -> Result<String, FieldError> {
    let text = raw.trim();
    check(Field::Body, raw, text.chars().count(), BODY_MAX_CHARS)?;
    Ok(text.to_owned())
}

/// The conversation's name. Fails where nothing of it can be seen, or it is longer than [`THREAD_MAX_BYTES`].
///
/// # Errors
/// [`FieldError`] on the field `thread`.
pub fn thread(raw: &str) -> Result<String, FieldError> {
    let text = raw.trim();
    check(Field::Thread, raw, text.len(), THREAD_MAX_BYTES)?;
    Ok(text.to_owned())
}

/// Checks every field and returns the comment as it is to be stored.
///
/// # Errors
/// Every field that was refused, in the order name, body, thread.
pub fn new_comment(raw: &NewComment) -> Result<NewComment, Vec<FieldError>> {
    match (name(&raw.name), body(&raw.body), thread(&raw.thread)) {
        (Ok(name), Ok(body), Ok(thread)) => Ok(NewComment { thread, name, body }),
        (name, body, thread) => Err([name.err(), body.err(), thread.err()].into_iter().flatten().collect()),
    }
}

fn check(field: Field, raw: &str, length: usize, max: usize) -> Result<(), FieldError> {
    let unit = if matches!(field, Field::Thread) { "bytes" } else { "characters" };
    let (reason, detail) = if raw.trim().is_empty() {
        (Reason::Missing, "is required".to_owned())
    } else if !is_visible(raw) {
        (Reason::Invisible, "holds only characters that cannot be seen".to_owned())
    } else if length > max {
        (Reason::TooLong, format!("has {length} {unit}; at most {max} are taken"))
    } else {
        return Ok(());
    };
    Err(FieldError {
        field: field.as_str().to_owned(),
        pointer: format!("#/{}", field.as_str()),
        max: (reason == Reason::TooLong).then_some(max),
        reason,
        detail: format!("{} {detail}", field.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::{body, name, new_comment, thread};
    use crate::comment::NewComment;
    use crate::limits::{BODY_MAX_CHARS, NAME_MAX_CHARS};
    use crate::problem::Reason;

    #[test]
    fn a_name_of_only_bidi_controls_is_invisible() {
        assert_eq!(name("\u{202E}\u{2066}\u{200F}").unwrap_err().reason, Reason::Invisible);
    }

    #[test]
    fn a_name_loses_its_controls_and_its_lines() {
        assert_eq!(name(" سلمى\n\u{202E}العلوي ").unwrap(), "سلمى العلوي");
    }

    #[test]
    fn lengths_count_characters_and_not_bytes() {
        assert!(name(&"م".repeat(NAME_MAX_CHARS)).is_ok());
        let refused = name(&"م".repeat(NAME_MAX_CHARS + 1)).unwrap_err();
        assert_eq!((refused.reason, refused.max), (Reason::TooLong, Some(NAME_MAX_CHARS)));
        assert!(body(&"ب".repeat(BODY_MAX_CHARS)).is_ok());
        assert_eq!(body(&"ب".repeat(1 << 20)).unwrap_err().reason, Reason::TooLong);
    }

    #[test]
    fn a_body_keeps_what_was_typed_inside() {
        assert_eq!(body("\n سطر\n\n\u{200F}سطر ثانٍ  \n").unwrap(), "سطر\n\n\u{200F}سطر ثانٍ");
    }

    #[test]
    fn every_refused_field_is_named() {
        let empty = NewComment { thread: String::new(), name: " ".into(), body: "\u{200B}".into() };
        let refused = new_comment(&empty).unwrap_err();
        let named: Vec<_> = refused.iter().map(|e| (e.field.as_str(), e.pointer.as_str(), e.reason)).collect();
        assert_eq!(
            named,
            [
                ("name", "#/name", Reason::Missing),
                ("body", "#/body", Reason::Invisible),
                ("thread", "#/thread", Reason::Missing)
            ]
        );
        assert!(thread("https://news.example/a/42").is_ok());
    }
}
