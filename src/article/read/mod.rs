//! Readers: from what a publisher has, one file per source format, to an [`Article`]. Pure but for [`light_dom`].

pub mod html_text;
pub mod json_ld;
pub mod light_dom;
pub mod plain_text;

use std::fmt;

use super::model::Article;
use maqal_contract::unicode::is_visible;

/// Longest source that is read, in bytes of UTF-8.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// An article, and what in its source was not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// What was left out or put right.
    pub warnings: Vec<Warning>,
}

/// A field that was left out, or put right, because its value is not what the format says. For the developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The field, by its name in the format.
    pub field: &'static str,
    /// What was found there.
    pub found: &'static str,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`")?;
        f.write_str(self.field)?;
        f.write_str("`: ")?;
        f.write_str(self.found)
    }
}

/// Why a source gives no article. `Display` is for the developer: the cause and the way on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing in it can be seen.
    Empty,
    /// Longer than [`MAX_BYTES`].
    TooLarge {
        /// Its length in bytes of UTF-8.
        bytes: usize,
        /// The longest that is read.
        limit: usize,
    },
    /// Not text in UTF-8: NUL, or many bytes that could not be decoded.
    Binary,
    /// A page or a fragment of HTML.
    Html,
    /// Another format.
    Unsupported {
        /// Its media type.
        content_type: String,
    },
    /// Not well-formed JSON.
    Json {
        /// Where the error is, from 1.
        line: usize,
        /// In that line, from 1, in characters.
        column: usize,
    },
    /// JSON that holds no article.
    NotAnArticle {
        /// The types that it holds instead.
        types: Vec<String>,
        /// Where it has no types: the names of its members.
        keys: Vec<String>,
    },
    /// An article without a text.
    NoBody {
        /// The type of the article.
        ty: String,
        /// The names of its members.
        keys: Vec<String>,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty, or nothing in it can be seen; give it the article's text"),
            Self::TooLarge { bytes, limit } => {
                write!(f, "it has {bytes} bytes, and at most {limit} are read; is this the right address?")
            }
            Self::Binary => {
                f.write_str("it is not text in UTF-8; save it as UTF-8 (windows-1256 and UTF-16 are not read)")
            }
            Self::Html => f.write_str(
                "it is an HTML page; give the address of a plain text (text/plain) or of schema.org JSON-LD \
                 (application/ld+json), or put the HTML inside the element and leave `src` out",
            ),
            Self::Unsupported { content_type } => {
                f.write_str("its type is ")?;
                f.write_str(content_type)?;
                f.write_str("; what is read is text/plain and schema.org JSON-LD (application/ld+json)")
            }
            Self::Json { line, column } => {
                write!(f, "it is not well-formed JSON: the error is in line {line}, column {column}")
            }
            Self::NotAnArticle { types, keys } => {
                f.write_str("it is JSON, but no schema.org article (`@type` NewsArticle, BlogPosting, Report or another article) was found, ")?;
                if types.is_empty() { listed(f, "only members named ", keys) } else { listed(f, "only ", types) }
            }
            Self::NoBody { ty, keys } => {
                f.write_str("its ")?;
                f.write_str(ty)?;
                f.write_str(" has no `articleBody` with a text in it, ")?;
                listed(f, "only ", keys)
            }
        }
    }
}

fn listed(f: &mut fmt::Formatter<'_>, before: &str, names: &[String]) -> fmt::Result {
    if names.is_empty() {
        return f.write_str("nor anything else");
    }
    f.write_str(before)?;
    for (n, name) in names.iter().enumerate() {
        f.write_str(if n == 0 { "`" } else { ", `" })?;
        f.write_str(name)?;
        f.write_str("`")?;
    }
    Ok(())
}

/// What a source is.
enum Format {
    Text,
    Json,
}

/// Reads the article in `text`, which came with the header `Content-Type: content_type`, if with any.
///
/// The header decides where it is precise. Where it is missing, or one that servers send for want of a better
/// (`text/plain`, `application/octet-stream`), JSON and HTML are told by how they begin.
///
/// # Errors
/// [`ReadError`], which says what was found and what is read.
pub fn read(content_type: Option<&str>, text: &str) -> Result<Reading, ReadError> {
    // The type first: a picture is named as one, not as text in another encoding.
    let format = format(content_type, text)?;
    check(text)?;
    match format {
        Format::Text => plain_text::read(text),
        Format::Json => json_ld::read(text),
    }
}

/// Refuses what is no text in any format: the same for each reader.
fn check(text: &str) -> Result<(), ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    if text.starts_with("%PDF-") {
        return Err(ReadError::Unsupported { content_type: "application/pdf".to_owned() });
    }
    // A decoder puts U+FFFD where bytes are not UTF-8: here and there it is a blemish, everywhere another encoding.
    let undecoded = text.matches('\u{FFFD}').count();
    if text.contains('\0') || undecoded * 3 > text.len() / 10 {
        return Err(ReadError::Binary);
    }
    if is_visible(text) { Ok(()) } else { Err(ReadError::Empty) }
}

fn format(content_type: Option<&str>, text: &str) -> Result<Format, ReadError> {
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "text/json" => Ok(Format::Json),
        json if json.ends_with("+json") => Ok(Format::Json),
        ""
        | "text/plain"
        | "text/markdown"
        | "text/x-markdown"
        | "application/octet-stream"
        | "binary/octet-stream"
        | "text/javascript"
        | "application/javascript" => by_shape(text),
        // What a script sends that sets no type.
        "text/html" if looks_like_json(text) => Ok(Format::Json),
        "text/html" | "application/xhtml+xml" => Err(ReadError::Html),
        _ => Err(ReadError::Unsupported { content_type: essence }),
    }
}

fn by_shape(text: &str) -> Result<Format, ReadError> {
    if looks_like_json(text) {
        return Ok(Format::Json);
    }
    if let Some(after) = start(text).strip_prefix('<') {
        let word = after.get(..4).unwrap_or(after).to_ascii_lowercase();
        if matches!(word.as_str(), "?xml" | "rss " | "feed") {
            return Err(ReadError::Unsupported { content_type: "XML".to_owned() });
        }
        if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
            return Err(ReadError::Html);
        }
    }
    Ok(Format::Text)
}

/// Whether `text` begins as an object or a list of objects does: no prose begins so.
fn looks_like_json(text: &str) -> bool {
    let text = start(text);
    text.strip_prefix('{').is_some_and(|after| start(after).starts_with(['"', '}']))
        || text.strip_prefix('[').is_some_and(|after| start(after).starts_with(['{', ']']))
}

fn start(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, ReadError, read};
    use crate::article::model::Body;

    const PROSE: &str = "عاد القارب إلى الميناء قبل الظهر، وعلى متنه شباك لم ينسجها أحد من أهله.";
    const JSON: &str = r#"{"@type":"NewsArticle","headline":"عنوان","articleBody":"نصّ المقال."}"#;

    fn title_of(content_type: Option<&str>, text: &str) -> Option<String> {
        read(content_type, text).unwrap().article.title
    }

    #[test]
    fn json_is_read_by_its_type_and_by_its_shape() {
        let types = [
            Some("application/ld+json"),
            Some("application/json; charset=utf-8"),
            Some("Application/Activity+JSON"),
            Some("text/plain"),
            Some("application/octet-stream"),
            Some("text/html; charset=UTF-8"),
            Some(""),
            None,
        ];
        for content_type in types {
            assert_eq!(title_of(content_type, JSON).as_deref(), Some("عنوان"), "{content_type:?}");
        }
        let padded = format!("\u{FEFF}\r\n [\n {JSON}]");
        assert_eq!(title_of(Some("text/plain"), &padded).as_deref(), Some("عنوان"));
    }

    #[test]
    fn prose_is_read_as_prose_though_it_begins_with_a_bracket() {
        for content_type in
            [None, Some("text/plain;charset=utf-8"), Some("application/octet-stream"), Some("text/markdown")]
        {
            for text in [
                PROSE,
                "[١] حاشية في أول النص.",
                "{هكذا} بدأ النص.",
                "<٣ كيلومترات> عن المدينة.",
                "[تحديث] عاد القارب.",
            ] {
                let Body::Text(blocks) = read(content_type, text).unwrap().article.body else { panic!("not text") };
                assert_eq!(blocks.len(), 1, "{text}");
            }
        }
    }

    #[test]
    fn a_page_of_html_is_named_as_such() {
        for (content_type, text) in [
            (Some("text/html"), "<!DOCTYPE html><html><body><p>x"),
            (Some("text/html; charset=utf-8"), PROSE),
            (Some("application/xhtml+xml"), "<html/>"),
            (Some("text/plain"), "\u{FEFF}\n<!doctype html>\n<title>x</title>"),
            (None, "<html lang=ar>"),
            (None, "<p>نص</p>"),
        ] {
            assert_eq!(read(content_type, text), Err(ReadError::Html), "{text}");
        }
        assert!(ReadError::Html.to_string().contains("text/plain"));
    }

    #[test]
    fn other_formats_are_refused_by_name() {
        for (content_type, text, named) in [
            (Some("application/pdf"), PROSE, "application/pdf"),
            (Some("text/xml; charset=utf-8"), "<rss/>", "text/xml"),
            (Some("image/svg+xml"), "<svg/>", "image/svg+xml"),
            (Some("image/png"), "\u{FFFD}PNG\0\0", "image/png"),
            (None, "%PDF-1.7 ...", "application/pdf"),
            (None, "<?xml version='1.0'?><rss/>", "XML"),
        ] {
            let error = read(content_type, text).unwrap_err();
            assert_eq!(error, ReadError::Unsupported { content_type: named.to_owned() });
            assert!(error.to_string().contains(named));
        }
    }

    #[test]
    fn what_nobody_can_see_is_empty() {
        for text in ["", " \r\n\t", "\u{FEFF}", "\u{202E}\u{200F}\u{2069}", "\u{A0}\n\u{3000}"] {
            for content_type in [None, Some("text/plain"), Some("application/json")] {
                assert_eq!(read(content_type, text), Err(ReadError::Empty), "{text:?}");
            }
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_told_from_a_blemish() {
        assert_eq!(read(None, "PK\u{3}\u{4}\0\0"), Err(ReadError::Binary));
        let windows_1256 = [0xE3, 0xDE, 0xC7, 0xE1, b' ', 0xE3, 0xDF, 0xCA, 0xE6, 0xC8, b' ', 0xC8, 0xDB, 0xED, 0xD1];
        assert_eq!(read(Some("text/plain"), &String::from_utf8_lossy(&windows_1256)), Err(ReadError::Binary));
        assert!(read(Some("text/plain"), &PROSE.replace("أحد", "أ\u{FFFD}د")).is_ok());
    }

    #[test]
    fn the_limit_is_the_last_length_that_is_read() {
        let line = "سطر من النص.\n";
        let mut text = line.repeat(MAX_BYTES / line.len());
        text.push_str(&" ".repeat(MAX_BYTES - text.len()));
        assert!(read(None, &text).is_ok());
        text.push('.');
        assert_eq!(read(None, &text), Err(ReadError::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES }));
    }
}
