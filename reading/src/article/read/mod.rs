//! Readers: from what a publisher has, one file per source format, to an [`Article`]. Pure functions, but for the parser
//! of [`markup`](crate::markup).
//!
//! | file | format |
//! | --- | --- |
//! | `json` | which of the JSON formats it is |
//! | `json_value` | what those share: lenient access to values |
//! | `usual` | JSON-LD of the usual shape, with little code |
//! | `json_ld`, `json_feed`, `blogger`, `wordpress`, `oembed` | the JSON formats |
//! | `xml` | which of the XML formats it is |
//! | `atom`, `rss` | the XML formats |
//! | `feed` | what those two share |
//! | `html_page` | a whole page: its JSON-LD, its Open Graph, its markup |
//! | `html_article` | an article's own markup, in a page or inside the element |
//! | `outline` | a page's elements in one row, without those that are no part of its article |
//! | `plain_text` | text without markup |
//! | `body` | foreign HTML as an article's body, and what only shows once title, picture and body stand together |

pub mod atom;
mod blogger;
pub mod body;
mod feed;
pub mod html_article;
pub mod html_page;
pub mod html_text;
pub mod json;
mod json_feed;
pub mod json_ld;
mod json_value;
pub mod light_dom;
mod oembed;
mod outline;
pub mod plain_text;
pub mod rss;
pub mod usual;
mod wordpress;
pub mod xml;

use std::fmt;

use super::model::Article;
use crate::markup::ParseError;
use maqal_contract::unicode::is_visible;

/// Longest source that is read, in bytes of UTF-8.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A document that may hold an article.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The header `Content-Type`, if it came with one.
    pub content_type: Option<&'a str>,
    /// Where it came from, after redirects.
    pub address: &'a str,
    /// Which of several articles is wanted: its identifier or its address. Without it the first is.
    pub item: Option<&'a str>,
    /// What it says.
    pub text: &'a str,
}

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
    /// Not text: NUL, or many bytes that could not be decoded.
    Binary,
    /// A web page where the address or the media type promises something else.
    HtmlInstead {
        /// What promises it: the ending of the address with its dot, or the media type.
        promised: String,
        /// The page's title.
        title: Option<String>,
    },
    /// A web page without an article.
    NoArticleInHtml {
        /// The page's title.
        title: Option<String>,
    },
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
    /// Not well-formed XML; the parser's own words.
    Xml(String),
    /// XML of another format.
    UnknownXml {
        /// The name of its root element.
        root: String,
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
        /// What the article is, by its name in the format.
        ty: String,
        /// Where the text is looked for, by its name in the format.
        wanted: &'static str,
        /// The names of its members.
        keys: Vec<String>,
    },
    /// What only leads to a page, and does not say to which.
    NoPage {
        /// What it is, by its name in the format.
        ty: String,
    },
    /// An article that its publisher protects by a password.
    Protected,
    /// A feed, or a list, without any article.
    NoItems,
    /// None of its articles is the one that is wanted.
    NoSuchItem {
        /// What was wanted.
        item: String,
        /// The identifiers of those it has; not all where it has many.
        known: Vec<String>,
    },
    /// The page's Trusted Types let nobody parse.
    Forbidden,
}

impl From<ParseError> for ReadError {
    fn from(error: ParseError) -> Self {
        match error {
            ParseError::Forbidden => Self::Forbidden,
            ParseError::Xml(detail) => Self::Xml(detail),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty, or nothing in it can be seen; give it the article's text"),
            Self::TooLarge { bytes, limit } => {
                write!(f, "it has {bytes} bytes, and at most {limit} are read; is this the right address?")
            }
            Self::Binary => f.write_str(
                "it is not text, or its encoding is not the one it is sent as; save it as UTF-8, or name its encoding in \
                 Content-Type (`text/plain; charset=windows-1256`)",
            ),
            Self::HtmlInstead { promised, title } => {
                f.write_str("it is an HTML page")?;
                titled(f, title.as_deref())?;
                f.write_str(if promised.starts_with('.') { ", though its address ends in " } else { ", though it is sent as " })?;
                f.write_str(promised)?;
                f.write_str(
                    ": servers answer so for an address that they do not know, or before a log-in. Open it in a private \
                     window, and correct `src`",
                )
            }
            Self::NoArticleInHtml { title } => {
                f.write_str("it is an HTML page")?;
                titled(f, title.as_deref())?;
                f.write_str(
                    " without an article: looked for JSON-LD of schema.org, Open Graph (`og:title` with `og:url`), and an \
                     `article`, `main` or `itemprop=articleBody` with text in it. Is it drawn by a script? Then give the \
                     address of its data",
                )
            }
            Self::Unsupported { content_type } => {
                f.write_str("its type is ")?;
                f.write_str(content_type)?;
                f.write_str("; what is read is ")?;
                f.write_str(FORMATS)
            }
            Self::Json { line, column } => {
                write!(f, "it is not well-formed JSON: the error is in line {line}, column {column}")
            }
            Self::Xml(detail) => {
                f.write_str("it is not well-formed XML: ")?;
                f.write_str(detail)
            }
            Self::UnknownXml { root } if root == "oembed" => {
                f.write_str("it is oEmbed in XML, which is not read: ask for JSON, with the parameter `format=json` in `src`")
            }
            Self::UnknownXml { root } => {
                f.write_str("it is XML, but neither an Atom nor an RSS feed: its root is `")?;
                f.write_str(root)?;
                f.write_str("`, and `feed`, `entry`, `rss` or `RDF` was looked for")
            }
            Self::NotAnArticle { types, keys } => {
                f.write_str("it is JSON, but no article was found in it, ")?;
                if types.is_empty() { listed(f, "only members named ", keys) } else { listed(f, "only ", types) }?;
                f.write_str(
                    ". Looked for: schema.org JSON-LD (`@type` NewsArticle, BlogPosting, Report or another article), JSON \
                     Feed (`version` and `items`), a Blogger feed (`feed` or `entry` with `$t`), a WordPress post \
                     (`title.rendered`, `content.rendered`), oEmbed (`version` 1.0 and `type`)",
                )
            }
            Self::NoBody { ty, wanted, keys } => {
                f.write_str("its ")?;
                f.write_str(ty)?;
                f.write_str(" has no `")?;
                f.write_str(wanted)?;
                f.write_str("` with a text in it, ")?;
                listed(f, "only ", keys)
            }
            Self::NoPage { ty } => {
                f.write_str("its ")?;
                f.write_str(ty)?;
                f.write_str(" holds no text and names no page: add the parameter `url`, the page's address, to `src`")
            }
            Self::Protected => {
                f.write_str("it is protected by a password: publish it, or give the address of a public article")
            }
            Self::NoItems => f.write_str("it is a feed without any article in it"),
            Self::NoSuchItem { item, known } => {
                f.write_str("none of its articles is the one that `item` names, \"")?;
                f.write_str(item)?;
                f.write_str("\"; it has ")?;
                listed(f, "", known)
            }
            Self::Forbidden => f.write_str(
                "this page's Trusted Types let nobody parse it: allow our policy (`trusted-types maqal`) in its \
                 Content-Security-Policy",
            ),
        }
    }
}

/// What is read, for an error.
const FORMATS: &str =
    "schema.org JSON-LD, JSON Feed, a Blogger JSON feed, WordPress REST, oEmbed, Atom, RSS, HTML and plain text";

fn titled(f: &mut fmt::Formatter<'_>, title: Option<&str>) -> fmt::Result {
    let Some(title) = title else { return Ok(()) };
    f.write_str(" (its title is \"")?;
    f.write_str(title)?;
    f.write_str("\")")
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

/// What a document is.
enum Format {
    Text,
    Json,
    Xml,
    Html,
}

/// Reads the article in `document`.
///
/// `Content-Type` decides where it is precise. Where it is missing, or one that servers send for want of a better
/// (`text/plain`, `application/octet-stream`), JSON, XML and HTML are told by how they begin.
///
/// # Errors
/// [`ReadError`], which says what was looked for and what was found.
pub fn read(document: &Document) -> Result<Reading, ReadError> {
    // The type first: a picture is named as one, not as text in another encoding.
    let format = format(document)?;
    check(document.text)?;
    let mut reading = match format {
        Format::Text => plain_text::read(document.text),
        Format::Json => json::read(document),
        Format::Xml => xml::read(document),
        Format::Html => html_page::read(document),
    }?;
    body::finish(&mut reading.article);
    Ok(reading)
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

fn format(document: &Document) -> Result<Format, ReadError> {
    let essence =
        document.content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "text/json" if looks_like_feed(document.text) => Ok(Format::Xml),
        "application/json" | "text/json" => Ok(Format::Json),
        json if json.ends_with("+json") || json == "application/json+oembed" => Ok(Format::Json),
        "application/xhtml+xml" => Ok(Format::Html),
        // What a script sends that sets no type.
        "text/html" if looks_like_json(document.text) => Ok(Format::Json),
        "text/html" => Ok(if looks_like_feed(document.text) { Format::Xml } else { Format::Html }),
        "image/svg+xml" | "application/mathml+xml" => Err(ReadError::Unsupported { content_type: essence }),
        "application/xml" | "text/xml" => Ok(Format::Xml),
        xml if xml.ends_with("+xml") || xml.ends_with("/xml+oembed") => Ok(Format::Xml),
        ""
        | "text/plain"
        | "text/markdown"
        | "text/x-markdown"
        | "application/octet-stream"
        | "binary/octet-stream" => Ok(by_shape(document.text)),
        // Old feeds come as a call of a function.
        "text/javascript" | "application/javascript" | "application/x-javascript" => {
            Ok(if json::unwrapped(start(document.text)).is_some() { Format::Json } else { by_shape(document.text) })
        }
        _ => Err(ReadError::Unsupported { content_type: essence }),
    }
}

fn by_shape(text: &str) -> Format {
    if looks_like_json(text) {
        return Format::Json;
    }
    if looks_like_feed(text) {
        return Format::Xml;
    }
    match start(text).strip_prefix('<') {
        Some(after) if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') => Format::Html,
        _ => Format::Text,
    }
}

/// Whether `text` begins as an object or a list of objects does: no prose begins so.
fn looks_like_json(text: &str) -> bool {
    let text = start(text);
    text.strip_prefix('{').is_some_and(|after| start(after).starts_with(['"', '}']))
        || text.strip_prefix('[').is_some_and(|after| start(after).starts_with(['{', ']']))
}

/// Whether `text` begins as XML does that is not XHTML.
fn looks_like_feed(text: &str) -> bool {
    let mut text = start(text);
    while let Some((_, after)) = text.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        text = start(after);
    }
    if text.get(..5).is_some_and(|found| found.eq_ignore_ascii_case("<?xml")) {
        return !text.contains("<html");
    }
    let name = text.strip_prefix('<').and_then(|tag| tag.split(|c: char| c == '>' || c.is_whitespace()).next());
    name.is_some_and(|name| ["rss", "feed", "rdf:RDF"].iter().any(|root| name.eq_ignore_ascii_case(root)))
}

fn start(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{Document, MAX_BYTES, ReadError, Reading};
    use crate::article::model::Body;

    const PROSE: &str = "عاد القارب إلى الميناء قبل الظهر، وعلى متنه شباك لم ينسجها أحد من أهله.";
    const JSON: &str = r#"{"@type":"NewsArticle","headline":"عنوان","articleBody":"نصّ المقال."}"#;

    fn read(content_type: Option<&str>, text: &str) -> Result<Reading, ReadError> {
        super::read(&Document { content_type, address: "https://news.example/a", item: None, text })
    }

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
    fn a_feed_is_known_by_its_root_where_the_type_says_nothing() {
        for text in [
            "<rss\nversion='2.0'><channel/></rss>",
            "<!-- من النظام --> <feed xmlns='http://www.w3.org/2005/Atom'/>",
            "\u{FEFF}\n<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'/>",
        ] {
            for content_type in [None, Some("text/plain"), Some("text/html; charset=utf-8")] {
                assert_eq!(read(content_type, text), Err(ReadError::NoItems), "{text}");
            }
        }
    }

    #[test]
    fn a_call_of_a_function_is_read_as_its_argument() {
        let text = format!("// API callback\ngdata.io.handleScriptLoaded({JSON});");
        assert_eq!(title_of(Some("text/javascript; charset=UTF-8"), &text).as_deref(), Some("عنوان"));
    }

    #[test]
    fn other_formats_are_refused_by_name() {
        for (content_type, text, named) in [
            (Some("application/pdf"), PROSE, "application/pdf"),
            (Some("image/svg+xml"), "<svg/>", "image/svg+xml"),
            (Some("image/png"), "\u{FFFD}PNG\0\0", "image/png"),
            (None, "%PDF-1.7 ...", "application/pdf"),
            (Some("text/css"), PROSE, "text/css"),
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
