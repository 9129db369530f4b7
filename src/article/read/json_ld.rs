//! JSON-LD by schema.org's `Article` and its subtypes, as publishers write it for search engines.
//!
//! Publishers err in details; a detail that is wrong is left out with a warning. Only the text must be there.

use serde_json::{Map, Value};

use super::{ReadError, Reading, Warning, check, html_text};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::text::bidi;
use crate::text::reflow::{Block, Reflowed, reflow};

type Node = Map<String, Value>;

/// How deep nodes are looked for in `@graph`, `mainEntity` and lists.
const MAX_DEPTH: u32 = 4;

/// How many names an error lists.
const MAX_NAMES: usize = 16;

/// Reads the first article of a JSON-LD document: one node, a list of them, or a `@graph`, within which references by
/// `@id` are followed. An article with a text is preferred to one without.
///
/// # Errors
/// [`ReadError::Json`], [`ReadError::NotAnArticle`] or [`ReadError::NoBody`]; and what no reader takes:
/// [`ReadError::Empty`], [`ReadError::TooLarge`], [`ReadError::Binary`].
pub fn read(text: &str) -> Result<Reading, ReadError> {
    check(text)?;
    let text = text.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace());
    let mut warnings = Vec::new();
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let value = serde_json::from_str(&escape_controls(text)).map_err(|_| syntax(text, &error))?;
            warnings.push(Warning {
                field: "JSON",
                found: "line breaks or tabs within strings, which were taken as if escaped",
            });
            value
        }
    };

    let mut nodes = Vec::new();
    collect(&value, 0, &mut nodes);
    let articles = || nodes.iter().copied().filter(|node| types(node).any(is_article));
    let Some(node) = articles().find(|node| has_body(node)).or_else(|| articles().next()) else {
        return Err(not_an_article(&nodes));
    };
    let mut reader = Reader { nodes: &nodes, warnings };
    let article = reader.article(node)?;
    Ok(Reading { article, warnings: reader.warnings })
}

/// The place of a syntax error, its column in characters.
fn syntax(text: &str, error: &serde_json::Error) -> ReadError {
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    // The parser counts bytes.
    let bytes = error.column().min(line.len());
    let column = line.char_indices().take_while(|(at, _)| *at < bytes).count();
    ReadError::Json { line: error.line(), column: column.max(1) }
}

/// `json` with the control characters inside its strings escaped: a frequent error, and the meaning is plain.
fn escape_controls(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 64);
    let (mut in_string, mut escaped) = (false, false);
    for c in json.chars() {
        if in_string && !escaped && c.is_ascii_control() {
            match c {
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                _ => {}
            }
            continue;
        }
        match c {
            '"' if !escaped => in_string = !in_string,
            '\\' if in_string && !escaped => {
                escaped = true;
                out.push(c);
                continue;
            }
            _ => {}
        }
        escaped = false;
        out.push(c);
    }
    out
}

/// Gathers the nodes of a document, in its order.
fn collect<'a>(value: &'a Value, depth: u32, nodes: &mut Vec<&'a Node>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, depth + 1, nodes)),
        Value::Object(node) => {
            nodes.push(node);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = node.get(key) {
                    collect(inner, depth + 1, nodes);
                }
            }
        }
        _ => {}
    }
}

/// The types of a node, without the vocabulary's prefix.
fn types(node: &Node) -> impl Iterator<Item = &str> {
    let list = match node.get("@type") {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    list.iter().filter_map(Value::as_str).map(|ty| ty.rsplit(['/', '#', ':']).next().unwrap_or(ty))
}

/// Whether a type is schema.org's `Article` or one of its subtypes.
fn is_article(ty: &str) -> bool {
    ty.ends_with("Article")
        || (ty.ends_with("Posting") && ty != "JobPosting")
        || matches!(ty, "Report" | "APIReference")
}

fn has_body(node: &Node) -> bool {
    BODY.iter().any(|key| matches!(node.get(*key), Some(Value::String(_) | Value::Array(_))))
}

/// Where the text is: `text` is that of any creative work.
const BODY: [&str; 2] = ["articleBody", "text"];

fn not_an_article(nodes: &[&Node]) -> ReadError {
    let mut found: Vec<String> = Vec::new();
    for ty in nodes.iter().flat_map(|node| types(node)) {
        if found.len() < MAX_NAMES && !found.iter().any(|known| known == ty) {
            found.push(shortened(ty));
        }
    }
    let keys = nodes.first().map(|node| names(node)).unwrap_or_default();
    ReadError::NotAnArticle { types: found, keys }
}

fn names(node: &Node) -> Vec<String> {
    node.keys().take(MAX_NAMES).map(|name| shortened(name)).collect()
}

/// A name from the document, fit for a message.
fn shortened(name: &str) -> String {
    bidi::line(name).chars().take(40).collect()
}

/// What a value is, for a warning.
const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null, left out",
        Value::Bool(_) => "a boolean, left out",
        Value::Number(_) => "a number, left out",
        Value::String(_) => "a text that is empty or not usable here, left out",
        Value::Array(_) => "a list in which nothing is usable here, left out",
        Value::Object(_) => "an object without what is looked for, left out",
    }
}

/// Reads fields, and notes what it leaves out.
struct Reader<'a> {
    nodes: &'a [&'a Node],
    warnings: Vec<Warning>,
}

impl<'a> Reader<'a> {
    fn article(&mut self, node: &'a Node) -> Result<Article, ReadError> {
        let Reflowed { title, mut blocks } = self.body(node).map(|text| reflow(&text)).unwrap_or_default();
        if blocks.is_empty() && title.is_none() {
            let ty = types(node).find(|ty| is_article(ty)).unwrap_or("Article");
            return Err(ReadError::NoBody { ty: shortened(ty), keys: names(node) });
        }
        let headline = self.text(node, "headline").or_else(|| self.text(node, "name"));
        let title = match (headline, title) {
            // The text begins with a line set apart, which is not the headline again.
            (Some(headline), Some(line)) => {
                if line != headline {
                    blocks.insert(0, Block::Heading(line));
                }
                Some(headline)
            }
            (headline, line) => headline.or(line),
        };
        let standfirst = self
            .text(node, "description")
            .or_else(|| self.text(node, "alternativeHeadline"))
            .filter(|text| !is_excerpt(text, &blocks) && title.as_deref() != Some(text));
        let mut authors = self.authors(node, "author");
        if authors.is_empty() {
            authors = self.authors(node, "creator");
        }
        Ok(Article {
            title,
            kicker: self.text(node, "articleSection"),
            standfirst,
            authors,
            published: self.text(node, "datePublished"),
            modified: self.text(node, "dateModified"),
            hero: self.field(node, "image", Self::image).or_else(|| self.field(node, "thumbnailUrl", Self::image)),
            language: self.field(node, "inLanguage", Self::language),
            url: self
                .field(node, "url", Self::url)
                .or_else(|| self.field(node, "mainEntityOfPage", Self::url))
                .or_else(|| node.get("@id").and_then(|id| self.url(id))),
            body: Body::Text(blocks),
        })
    }

    /// The value of `key` by `read`, of a list the first that is usable. Warns where there is a value and none is.
    fn field<T>(&mut self, node: &'a Node, key: &'static str, read: fn(&Self, &'a Value) -> Option<T>) -> Option<T> {
        let value = node.get(key).filter(|value| !value.is_null())?;
        let found = match value {
            Value::Array(list) => list.iter().find_map(|value| read(self, value)),
            one => read(self, one),
        };
        if found.is_none() {
            self.warnings.push(Warning { field: key, found: kind(value) });
        }
        found
    }

    fn text(&mut self, node: &'a Node, key: &'static str) -> Option<String> {
        self.field(node, key, |_, value| line(value))
    }

    /// The text, its markup made line breaks. Its paragraphs may be the items of a list.
    fn body(&mut self, node: &'a Node) -> Option<String> {
        let (key, value) =
            BODY.iter().find_map(|key| Some((*key, node.get(*key).filter(|value| !value.is_null())?)))?;
        let text = match value {
            Value::Array(list) => {
                let mut text = String::new();
                for part in list.iter().filter_map(string) {
                    text.push_str(part);
                    text.push_str("\n\n");
                }
                text
            }
            one => string(one).unwrap_or_default().to_owned(),
        };
        if text.is_empty() {
            self.warnings.push(Warning { field: key, found: kind(value) });
            return None;
        }
        if html_text::has_tags(&text) {
            self.warnings.push(Warning { field: key, found: "markup, of which the text was taken" });
            return Some(html_text::strip(&text));
        }
        let decoded = html_text::decode(&text);
        // Markup that was escaped once too often; a mere mention of a tag has no closing one.
        if html_text::has_tags(&decoded) && (decoded.contains("</p>") || decoded.contains("<br")) {
            self.warnings.push(Warning { field: key, found: "escaped markup, of which the text was taken" });
            return Some(html_text::strip(&decoded));
        }
        Some(decoded)
    }

    fn authors(&mut self, node: &'a Node, key: &'static str) -> Vec<Author> {
        let Some(value) = node.get(key).filter(|value| !value.is_null()) else { return Vec::new() };
        let list = if let Value::Array(list) = value { list.as_slice() } else { std::slice::from_ref(value) };
        let mut authors: Vec<Author> = Vec::new();
        for value in list {
            match self.author(value) {
                Some(author) if authors.iter().any(|known| known.name == author.name) => {}
                Some(author) => authors.push(author),
                None => self.warnings.push(Warning { field: key, found: kind(value) }),
            }
        }
        authors
    }

    fn author(&self, value: &'a Value) -> Option<Author> {
        // A name, and not the address of a profile.
        if let Some(name) = line(value) {
            return (!name.contains("://")).then_some(Author { name, url: None, image: None });
        }
        let node = self.node(value)?;
        let get = |key: &str| node.get(key).map(first);
        Some(Author {
            name: get("name").and_then(line)?,
            url: get("url").or_else(|| get("sameAs")).and_then(|value| self.url(value)),
            image: get("image").and_then(|value| self.image(value)).map(|image| image.src),
        })
    }

    /// An object, or the node of the document to which its `@id` refers.
    fn node(&self, value: &'a Value) -> Option<&'a Node> {
        let node = value.as_object()?;
        let id = node.get("@id").and_then(Value::as_str);
        // A reference has nothing but its identifier, and perhaps its type.
        if let Some(id) = id
            && node.keys().all(|key| key.starts_with('@'))
            && let Some(found) = self.nodes.iter().find(|other| {
                other.get("@id").and_then(Value::as_str) == Some(id) && other.keys().any(|key| !key.starts_with('@'))
            })
        {
            return Some(found);
        }
        Some(node)
    }

    fn image(&self, value: &'a Value) -> Option<Image> {
        let value = first(value);
        if let Some(src) = string(value) {
            return Some(Image {
                src: UrlRef::new(&html_text::decode(src))?,
                alt: None,
                caption: None,
                width: None,
                height: None,
            });
        }
        let node = self.node(value)?;
        let get = |key: &str| node.get(key).map(first);
        let src = ["contentUrl", "url", "thumbnailUrl"].iter().find_map(|key| self.url(get(key)?))?;
        Some(Image {
            src,
            alt: get("description").and_then(line),
            caption: get("caption").and_then(line),
            width: get("width").and_then(pixels),
            height: get("height").and_then(pixels),
        })
    }

    fn language(&self, value: &'a Value) -> Option<String> {
        let node = match line(value) {
            Some(tag) => return Some(tag),
            None => self.node(value)?,
        };
        node.get("alternateName").or_else(|| node.get("name")).and_then(line)
    }

    /// An address: a string, or an object that has one.
    fn url(&self, value: &'a Value) -> Option<UrlRef> {
        let text = match string(value) {
            Some(text) => text,
            None => {
                let node = self.node(value)?;
                ["url", "@id"].iter().find_map(|key| string(node.get(*key)?))?
            }
        };
        // The name of a node within the document is no address.
        let text = html_text::decode(text);
        if text.trim_start().starts_with(['#']) || text.trim_start().starts_with("_:") {
            None
        } else {
            UrlRef::new(&text)
        }
    }
}

/// Whether `text` only says what the first paragraph says: content systems fill the description so.
fn is_excerpt(text: &str, blocks: &[Block]) -> bool {
    let start = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '[' | ']'));
    matches!(blocks.first(), Some(Block::Paragraph(first)) if first.starts_with(start))
}

/// Of a list its first item.
fn first(value: &Value) -> &Value {
    match value {
        Value::Array(list) => list.first().unwrap_or(&Value::Null),
        one => one,
    }
}

/// A string, or JSON-LD's object for one in a language.
fn string(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(node) => node.get("@value")?.as_str(),
        _ => None,
    }
}

/// A string as one clean line of text.
fn line(value: &Value) -> Option<String> {
    let text = string(value)?;
    let text = if html_text::has_tags(text) { html_text::strip(text) } else { html_text::decode(text) };
    Some(bidi::line(&text)).filter(|text| !text.is_empty())
}

/// A length in CSS pixels: a number, a string (`"1200"`, `"1200px"`), or a `QuantitativeValue`.
fn pixels(value: &Value) -> Option<u32> {
    let pixels = match value {
        Value::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
        Value::String(text) => text.trim().trim_end_matches("px").trim_end().parse().ok(),
        Value::Object(node) => node.get("value").and_then(|value| if value.is_object() { None } else { pixels(value) }),
        _ => None,
    };
    pixels.filter(|n| *n > 0)
}
