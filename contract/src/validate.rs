//! The checks that the widget makes before it sends, and the endpoint makes again before it stores.

use crate::comment::NewComment;
use crate::limits::{
    BODY_MAX_CHARS, EMAIL_MAX_BYTES, NAME_MAX_CHARS, NOTE_MAX_CHARS, THREAD_MAX_BYTES, WEBSITE_MAX_BYTES,
};
use crate::name;
use crate::problem::{FieldError, Reason};
use crate::unicode::{is_invisible, is_visible};

/// A field of [`NewComment`], or of a [`Report`](crate::Report).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The author's name.
    Name,
    /// The text.
    Body,
    /// The conversation.
    Thread,
    /// The comment that is replied to.
    Parent,
    /// The author's e-mail address.
    Email,
    /// The author's own address.
    Website,
    /// A report's note.
    Note,
}

impl Field {
    /// The field's name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Body => "body",
            Self::Thread => "thread",
            Self::Parent => "parent",
            Self::Email => "email",
            Self::Website => "website",
            Self::Note => "note",
        }
    }

    /// The field of that JSON name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Name, Self::Body, Self::Thread, Self::Parent, Self::Email, Self::Website, Self::Note]
            .into_iter()
            .find(|field| field.as_str() == name)
    }
}

/// The name as it is shown: see [`name::clean`]. Fails where nothing of it can be seen, it is longer than
/// [`NAME_MAX_CHARS`], or it says nothing or may pass for another's: see [`name::check`].
///
/// # Errors
/// [`FieldError`] on the field `name`.
pub fn name(raw: &str) -> Result<String, FieldError> {
    let shown = name::clean(raw);
    check(Field::Name, raw, shown.chars().count(), NAME_MAX_CHARS)?;
    match name::check(&shown) {
        Ok(()) => Ok(shown),
        Err(reason) => Err(refused(Field::Name, reason, disguise(reason))),
    }
}

/// Why [`name::check`] refuses, in English.
const fn disguise(reason: Reason) -> &'static str {
    match reason {
        Reason::MixedScripts => "mixes, in one word, scripts whose letters look alike",
        Reason::LookAlike => "is written in letters that pass for those of another script, or are dressed as signs",
        _ => "holds no letter, no digit and no picture",
    }
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

/// An e-mail address as an HTML form takes it (HTML, section 4.8.1.5): what is before the `@` and after it is there, and
/// holds no white space and no second `@`. An empty one is none.
///
/// # Errors
/// [`FieldError`] on the field `email`.
pub fn email(raw: &str) -> Result<Option<String>, FieldError> {
    let text = raw.trim();
    if text.is_empty() {
        return Ok(None);
    }
    check(Field::Email, raw, text.len(), EMAIL_MAX_BYTES)?;
    let holds = text.split_once('@').is_some_and(|(local, domain)| {
        let labels = domain.split('.');
        !local.is_empty()
            && !domain.contains('@')
            && labels.clone().count() > 1
            && labels.clone().all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
    });
    let plain =
        text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(c) && !"<>(),;:\"\\[]".contains(c));
    if holds && plain { Ok(Some(text.to_owned())) } else { Err(malformed(Field::Email, "is not an e-mail address")) }
}

/// The address of an author's website: `http` or `https`, with a host. One without a scheme gets `https`. An empty one
/// is none.
///
/// # Errors
/// [`FieldError`] on the field `website`.
pub fn website(raw: &str) -> Result<Option<String>, FieldError> {
    let text = raw.trim();
    if text.is_empty() {
        return Ok(None);
    }
    check(Field::Website, raw, text.len(), WEBSITE_MAX_BYTES)?;
    let refused = || malformed(Field::Website, "is not the address of a website");
    let whole = if text.contains("://") { text.to_owned() } else { ["https://", text].concat() };
    let (scheme, rest) = whole.split_once("://").ok_or_else(refused)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _port)| host);
    let plain =
        whole.chars().all(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(c) && !"<>\"\\^`{|}".contains(c));
    let holds = (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && !authority.contains('@')
        && host.split('.').count() > 1
        && host.split('.').all(|label| !label.is_empty());
    if plain && holds { Ok(Some(whole)) } else { Err(refused()) }
}

/// The `id` of the comment that is replied to. An empty one is none.
#[must_use]
pub fn parent(raw: &str) -> Option<String> {
    Some(raw.trim()).filter(|id| !id.is_empty()).map(str::to_owned)
}

/// A report's note, less the white space around it. An empty one is none.
///
/// # Errors
/// [`FieldError`] on the field `note`.
pub fn note(raw: &str) -> Result<Option<String>, FieldError> {
    let text = raw.trim();
    if !is_visible(text) {
        return Ok(None);
    }
    check(Field::Note, raw, text.chars().count(), NOTE_MAX_CHARS)?;
    Ok(Some(text.to_owned()))
}

/// Checks every field and returns the comment as it is to be stored. Whether the comment that it replies to is there,
/// only the endpoint knows.
///
/// # Errors
/// Every field that was refused, in the order name, body, thread, email, website.
pub fn new_comment(raw: &NewComment) -> Result<NewComment, Vec<FieldError>> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let email = email(&optional(&raw.email));
    let website = website(&optional(&raw.website));
    match (name(&raw.name), body(&raw.body), thread(&raw.thread), email, website) {
        (Ok(name), Ok(body), Ok(thread), Ok(email), Ok(website)) => {
            Ok(NewComment { thread, parent: parent(&optional(&raw.parent)), name, email, website, body })
        }
        (name, body, thread, email, website) => {
            Err([name.err(), body.err(), thread.err(), email.err(), website.err()].into_iter().flatten().collect())
        }
    }
}

fn malformed(field: Field, why: &str) -> FieldError {
    refused(field, Reason::Malformed, why)
}

fn refused(field: Field, reason: Reason, why: &str) -> FieldError {
    let field = field.as_str();
    FieldError {
        field: field.to_owned(),
        pointer: ["#/", field].concat(),
        reason,
        max: None,
        detail: [field, " ", why].concat(),
    }
}

fn check(field: Field, raw: &str, length: usize, max: usize) -> Result<(), FieldError> {
    let unit = if matches!(field, Field::Thread | Field::Email | Field::Website) { "bytes" } else { "characters" };
    let (reason, detail) = if raw.trim().is_empty() {
        (Reason::Missing, "is required".to_owned())
    } else if !is_visible(raw) {
        (Reason::Invisible, "holds only characters that cannot be seen".to_owned())
    } else if length > max {
        (Reason::TooLong, format!("has {length} {unit}; at most {max} are taken"))
    } else {
        return Ok(());
    };
    Err(FieldError { max: (reason == Reason::TooLong).then_some(max), ..refused(field, reason, &detail) })
}

#[cfg(test)]
mod tests {
    use super::{body, email, name, new_comment, note, thread, website};
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
    fn a_name_that_hides_or_fakes_is_refused_with_its_reason() {
        for (given, reason) in [
            ("...", Reason::NoLetter),
            ("\u{64E}\u{651}", Reason::NoLetter),
            ("S\u{430}lma", Reason::MixedScripts),
            ("\u{430}\u{441}\u{430}", Reason::LookAlike),
        ] {
            let refused = name(given).unwrap_err();
            assert_eq!((refused.field.as_str(), refused.reason), ("name", reason), "{given:?}");
        }
        assert_eq!(name("سلم\u{200B}ى").unwrap(), "سلمى");
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
        let empty = NewComment { name: " ".into(), body: "\u{200B}".into(), ..NewComment::default() };
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

    #[test]
    fn an_email_address_is_taken_as_a_form_takes_it() {
        for good in ["salma@news.example", " a.b+c@mail.news.example ", "سلمى@بريد.example"] {
            assert_eq!(email(good).unwrap().as_deref(), Some(good.trim()));
        }
        assert_eq!(email("  ").unwrap(), None);
        for bad in
            ["salma", "@news.example", "salma@", "a@b", "a b@c.example", "a@b@c.example", "a@.example", "<a@b.c>"]
        {
            assert_eq!(email(bad).unwrap_err().reason, Reason::Malformed, "{bad}");
        }
        let long = email(&format!("{}@news.example", "a".repeat(300))).unwrap_err();
        assert_eq!((long.reason, long.pointer.as_str()), (Reason::TooLong, "#/email"));
    }

    #[test]
    fn a_website_is_http_and_has_a_host() {
        for (given, taken) in [
            ("https://salma.example/مدونة", "https://salma.example/مدونة"),
            ("HTTP://salma.example:8080?x=1", "HTTP://salma.example:8080?x=1"),
            ("salma.example", "https://salma.example"),
        ] {
            assert_eq!(website(given).unwrap().as_deref(), Some(taken));
        }
        assert_eq!(website("").unwrap(), None);
        for bad in [
            "javascript:alert(1)",
            "javascript://a.example/%0Aalert(1)",
            "ftp://a.example",
            "https://",
            "salma",
            "https://me:pw@a.example",
            "https://a.example/ b",
        ] {
            assert_eq!(website(bad).unwrap_err().reason, Reason::Malformed, "{bad}");
        }
    }

    #[test]
    fn a_note_of_nothing_is_none() {
        assert_eq!(note(" \u{200F} ").unwrap(), None);
        assert_eq!(note(&"ن".repeat(1001)).unwrap_err().reason, Reason::TooLong);
    }
}
