//! Lenient access to what a JSON document holds: values as they were meant, and a warning for each that is no use.

use std::borrow::Cow;

use super::{ReadError, Warning, body, html_text};
use crate::article::model::{Author, Body, Image, UrlRef};
use crate::json::{Json, Object};
use crate::text::reflow::{Block, Reflowed, reflow};
use crate::text::{bidi, number, percent};
use maqal_contract::unicode::is_visible;

/// An object.
pub(super) type Node = Object;

/// How many names an error lists.
pub(super) const MAX_NAMES: usize = 16;

/// How many values of a list are looked at: more authors or pictures than these are no article's.
pub(super) const MAX_LISTED: usize = 256;

/// Reads fields, and notes what it leaves out.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) warnings: Vec<Warning>,
}

impl Fields {
    /// The value of `key` by `read`, of a list the first that is usable. Warns where there is a value and none is.
    pub(super) fn get<'a, T>(
        &mut self,
        node: &'a Node,
        key: &'static str,
        read: &dyn Fn(&'a Json) -> Option<T>,
    ) -> Option<T> {
        let value = node.get(key)?;
        let found = list(value).iter().take(MAX_LISTED).find_map(read);
        if found.is_none() {
            self.unusable(key, value);
        }
        found
    }

    /// The value of `key` as one clean line of text.
    pub(super) fn line(&mut self, node: &Node, key: &'static str) -> Option<String> {
        self.get(node, key, &line)
    }

    /// The value of `key` as an address.
    pub(super) fn url(&mut self, node: &Node, key: &'static str) -> Option<UrlRef> {
        self.get(node, key, &url)
    }

    /// The authors that `key` names, each once.
    pub(super) fn authors<'a>(
        &mut self,
        node: &'a Node,
        key: &'static str,
        read: &dyn Fn(&'a Json) -> Vec<Author>,
    ) -> Vec<Author> {
        let mut authors: Vec<Author> = Vec::new();
        for value in node.get(key).map(list).unwrap_or_default().iter().take(MAX_LISTED) {
            let found = read(value);
            if found.is_empty() {
                self.unusable(key, value);
            }
            for author in found {
                if !authors.iter().any(|known| known.name == author.name) {
                    authors.push(author);
                }
            }
        }
        authors
    }

    /// Notes that `value` was left out, unless it says itself that there is nothing.
    pub(super) fn unusable(&mut self, field: &'static str, value: &Json) {
        let says_nothing = match value {
            Json::Null => true,
            Json::String(text) => text.trim().is_empty(),
            _ => false,
        };
        if !says_nothing {
            self.warn(field, kind(value));
        }
    }

    /// Notes what was found in a field.
    pub(super) fn warn(&mut self, field: &'static str, found: &'static str) {
        self.warnings.push(Warning { field, found });
    }
}

/// What a value is, for a warning.
const fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null, left out",
        Json::Bool(_) => "a boolean, left out",
        Json::Number(_) => "a number, left out",
        Json::String(_) => "a text that is empty or not usable here, left out",
        Json::Array(_) => "a list in which nothing is usable here, left out",
        Json::Object(_) => "an object without what is looked for, left out",
    }
}

/// The values of a list; one value alone is a list of it.
pub(super) const fn list(value: &Json) -> &[Json] {
    match value {
        Json::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    }
}

/// The objects of a list, or the one object.
pub(super) fn objects(value: &Json) -> impl Iterator<Item = &Node> {
    list(value).iter().filter_map(Json::as_object)
}

/// Of a list its first item.
pub(super) fn first(value: &Json) -> &Json {
    list(value).first().unwrap_or(&Json::Null)
}

/// A string, or JSON-LD's object for one in a language.
pub(super) fn string(value: &Json) -> Option<&str> {
    match value {
        Json::String(text) => Some(text),
        Json::Object(node) => node.get("@value")?.as_str(),
        _ => None,
    }
}

/// A string as one clean line of text. It should be text; where it is markup all the same, the text of that.
pub(super) fn line(value: &Json) -> Option<String> {
    line_of(string(value)?)
}

/// As [`line`].
pub(super) fn line_of(text: &str) -> Option<String> {
    let text = if html_text::is_markup(text) { html_text::strip(text) } else { html_text::decode(text) };
    bidi::visible_line(&text)
}

/// An identifier: a string, or a number.
pub(super) fn identifier(value: &Json) -> Option<String> {
    match value {
        Json::Number(_) => value.as_u64().map(|number| number.to_string()),
        other => string(other).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

/// An address, which may have been escaped as in HTML.
pub(super) fn url(value: &Json) -> Option<UrlRef> {
    UrlRef::new(&html_text::decode(string(value)?))
}

/// No picture is wider, in CSS pixels: what is more is a mistake.
const WIDEST: u32 = 65_535;

/// A length in CSS pixels: a number, a string (`"1200"`, `"1200px"`), or a `QuantitativeValue` of schema.org.
pub(super) fn pixels(value: &Json) -> Option<u32> {
    let pixels = match value {
        Json::Number(_) => value.as_u64().and_then(|n| u32::try_from(n).ok()),
        Json::String(text) => {
            let text = text.trim();
            number::read(text.strip_suffix("px").unwrap_or(text).trim_end())
        }
        Json::Object(node) => node.get("value").and_then(|value| if value.is_object() { None } else { pixels(value) }),
        _ => None,
    };
    pixels.filter(|n| (1..=WIDEST).contains(n))
}

/// A picture of which nothing is known but its address.
pub(super) const fn picture(src: UrlRef) -> Image {
    Image { src, alt: None, caption: None, width: None, height: None }
}

/// The body in `text`, which may be markup, escaped once too often perhaps; `None` where nothing in it can be seen. A
/// line set apart at the head of a text without markup is the title where there is none, and a heading where it is not
/// the title again.
///
/// # Errors
/// [`ReadError::Forbidden`].
pub(super) fn body_of(text: &str, title: &mut Option<String>) -> Result<Option<Body>, ReadError> {
    if html_text::is_markup(text) {
        return body_of_markup(&html_text::in_paragraphs(text, true));
    }
    let text = html_text::decode(text);
    if html_text::is_markup(&text) && (text.contains("</p>") || text.contains("<br")) {
        return body_of_markup(&text);
    }
    Ok(body_of_text(&text, title))
}

/// As [`body_of`], of text without markup.
pub(super) fn body_of_text(text: &str, title: &mut Option<String>) -> Option<Body> {
    let Reflowed { title: line, mut blocks } = reflow(&with_paragraphs(text));
    if blocks.is_empty() && line.is_none() {
        return None;
    }
    if let Some(line) = line {
        match title {
            None => *title = Some(line),
            Some(title) if *title != line => blocks.insert(0, Block::Heading(line)),
            Some(_) => {}
        }
    }
    Some(Body::Text(blocks))
}

/// `text` with its paragraphs set apart: content systems put one on a line, which is not a line that was wrapped where two
/// of three lines end as sentences do. Line breaks that were escaped twice are some, where there are no others.
fn with_paragraphs(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if !text.contains('\n') && text.contains("\\n") {
        text = Cow::Owned(text.replace("\\r\\n", "\n").replace("\\n", "\n"));
    }
    let (mut lines, mut sentences) = (0, 0);
    for line in text.lines().filter(|line| is_visible(line)) {
        lines += 1;
        let end = line.trim_end().trim_end_matches(['»', '"', '”', ')', ']']);
        sentences += usize::from(end.ends_with(['.', '؟', '!', '…', '۔', '?']));
    }
    if lines > 1 && sentences * 3 >= lines * 2 { Cow::Owned(text.replace('\n', "\n\n")) } else { text }
}

/// The body in HTML; `None` where nothing in it can be seen.
///
/// # Errors
/// [`ReadError::Forbidden`].
pub(super) fn body_of_html(html: &str) -> Result<Option<Body>, ReadError> {
    body_of_markup(&html_text::in_paragraphs(html, false))
}

/// As [`body_of_html`], of HTML that is in paragraphs.
///
/// # Errors
/// [`ReadError::Forbidden`].
pub(super) fn body_of_markup(html: &str) -> Result<Option<Body>, ReadError> {
    let body = body::html(html)?;
    Ok((!body.is_empty()).then_some(body))
}

/// The article that `item` names, by one of its `names`; without it the first that `has_text`, else the first.
///
/// # Errors
/// [`ReadError::NoItems`], [`ReadError::NoSuchItem`].
pub(super) fn choose<'a, T>(
    items: &[&'a T],
    item: Option<&str>,
    names: &dyn Fn(&T) -> Vec<String>,
    has_text: &dyn Fn(&T) -> bool,
) -> Result<&'a T, ReadError> {
    let item = item.map(str::trim).filter(|item| !item.is_empty());
    let is_meant = |node: &T| item.is_none_or(|item| names(node).iter().any(|name| is_same(name, item)));
    let meant = || items.iter().copied().filter(|node| is_meant(node));
    let found = meant().find(|node| has_text(node)).or_else(|| meant().next());
    found.ok_or_else(|| match item {
        Some(item) if !items.is_empty() => ReadError::NoSuchItem {
            item: item.to_owned(),
            known: items
                .iter()
                .filter_map(|node| names(node).first().map(|name| cut(name, MAX_KNOWN_CHARS)))
                .take(MAX_NAMES)
                .collect(),
        },
        _ => ReadError::NoItems,
    })
}

/// How much of an item's name an error tells, in characters.
const MAX_KNOWN_CHARS: usize = 100;

/// Whether two identifiers or addresses are the same but for a trailing slash and percent-encoding.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let bare = |name: &str| percent_decoded(name).trim().trim_end_matches('/').to_owned();
    bare(one) == bare(other)
}

/// `text` with its percent-encoded bytes decoded; as it is where they are not UTF-8.
pub(super) fn percent_decoded(text: &str) -> String {
    String::from_utf8(percent::bytes(text)).unwrap_or_else(|_| text.to_owned())
}

/// The names of an object's members, for an error.
pub(super) fn keys(node: &Node) -> Vec<String> {
    node.keys().take(MAX_NAMES).map(shortened).collect()
}

/// A name from the document, fit for a message.
pub(super) fn shortened(name: &str) -> String {
    cut(name, 40)
}

fn cut(name: &str, chars: usize) -> String {
    let line = bidi::line(name);
    match line.char_indices().nth(chars) {
        Some((end, _)) => [&line[..end], "…"].concat(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::{body_of, choose, is_same, objects, percent_decoded, shortened};
    use crate::article::model::Body;
    use crate::article::read::ReadError;
    use crate::json::Json;
    use crate::text::reflow::Block;
    use serde_json::{Value, json};

    fn paragraphs(text: &str) -> Vec<String> {
        let Ok(Some(Body::Text(blocks))) = body_of(text, &mut Some("عنوان".to_owned())) else { panic!("no text") };
        let text = |block| match block {
            Block::Paragraph(text) | Block::Heading(text) => text,
            other => panic!("{other:?}"),
        };
        blocks.into_iter().map(text).collect()
    }

    #[test]
    fn lines_that_end_as_sentences_are_paragraphs_and_wrapped_ones_are_not() {
        let one = "قالت زينب إن القارب الذي عاش في البحر لا يموت حين يخرج منه بل يعطش كما يعطش الناس.";
        let other = "وأضافت أن أجهزة الترطيب لا تُطفأ في القاعات ليلًا ولا نهارًا حتى في أغسطس «أبدًا».";
        let text = [one, other, "\u{a0}", one].join("\n");
        assert_eq!(paragraphs(&text), [one, other, one]);
        assert_eq!(paragraphs(&[one, other].join("\\n\\n")), [one, other]);
        let whole = [one, other].join(" ");
        assert_eq!(paragraphs(&whole.replace(" كما", "\nكما").replace(" ولا", "\nولا")), [whole]);
    }

    #[test]
    fn names_are_the_same_but_for_a_trailing_slash_and_percent_encoding() {
        for (one, other) in [
            ("https://news.example/a", "https://news.example/a/"),
            ("https://news.example", " https://news.example/ "),
            ("https://news.example/%D8%A8%d8%AD%D8%B1", "https://news.example/بحر"),
            ("42", "42"),
        ] {
            assert!(is_same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("42", "421"),
            ("https://news.example/a", "https://news.example/a#b"),
            ("https://a.example", "http://a.example"),
        ] {
            assert!(!is_same(one, other), "{one} {other}");
        }
        assert_eq!(percent_decoded("%41%zz%4%FF%"), "%41%zz%4%FF%");
        assert_eq!(percent_decoded("%41%zz%4%"), "A%zz%4%");
    }

    #[test]
    fn the_item_is_the_named_one_and_else_the_first_with_a_text() {
        let value = json!([{"id": "a"}, 7, {"id": "b", "text": "نصّ"}, {"id": "b"}]);
        let value = Json::from(value);
        let items: Vec<_> = objects(&value).collect();
        let names = |node: &super::Node| node.get("id").and_then(Json::as_str).map(str::to_owned).into_iter().collect();
        let has_text = |node: &super::Node| node.contains_key("text");
        let id = |item| {
            choose(&items, item, &names, &has_text)
                .map(|node| node.get("id").and_then(Json::as_str).unwrap_or_default())
        };
        assert_eq!(id(None), Ok("b"));
        assert_eq!(id(Some(" ")), Ok("b"));
        assert_eq!(id(Some("a/")), Ok("a"));
        assert!(choose(&items, Some("b"), &names, &has_text).is_ok_and(|node| node.contains_key("text")));
        let known = ["a", "b", "b"].map(str::to_owned).to_vec();
        assert_eq!(id(Some("c")), Err(ReadError::NoSuchItem { item: "c".to_owned(), known }));
        assert_eq!(choose(&[], Some("c"), &names, &has_text), Err(ReadError::NoItems));
    }

    #[test]
    fn an_error_lists_few_names_and_none_at_length() {
        let value = Value::Array((0..1000).map(|n| json!({"id": format!("{n}-{}", "ا".repeat(500))})).collect());
        let value = Json::from(value);
        let items: Vec<_> = objects(&value).collect();
        let names = |node: &super::Node| node.get("id").and_then(Json::as_str).map(str::to_owned).into_iter().collect();
        let Err(ReadError::NoSuchItem { known, .. }) = choose(&items, Some("x"), &names, &|_| true) else {
            panic!("found")
        };
        assert_eq!(known.len(), 16);
        assert!(known.iter().all(|name| name.chars().count() == 101 && name.ends_with('…')));
        assert_eq!(shortened("أ\n\u{202E}ب"), "أ \u{202E}ب\u{202C}");
    }
}
