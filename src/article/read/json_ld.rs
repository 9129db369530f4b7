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
            return Err(ReadError::NoBody { ty: shortened(ty), wanted: BODY[0], keys: names(node) });
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
            publisher: None,
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

#[cfg(test)]
mod tests {
    use super::read;
    use crate::article::model::{Article, Author, Body, Image, UrlRef};
    use crate::article::read::{MAX_BYTES, ReadError, Warning};
    use crate::text::reflow::Block;
    use serde_json::{Value, json};

    fn of(value: &Value) -> Article {
        read(&value.to_string()).unwrap().article
    }

    fn warnings(value: &Value) -> Vec<Warning> {
        read(&value.to_string()).unwrap().warnings
    }

    /// A minimal article, with `fields` in it.
    fn with(fields: Value) -> Value {
        let mut value = json!({"@type": "NewsArticle", "articleBody": "نصّ المقال."});
        value.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        value
    }

    fn url(text: &str) -> Option<UrlRef> {
        UrlRef::new(text)
    }

    fn author(name: &str) -> Author {
        Author { name: name.to_owned(), url: None, image: None }
    }

    fn blocks(article: Article) -> Vec<Block> {
        match article.body {
            Body::Text(blocks) => blocks,
            body => panic!("not text: {body:?}"),
        }
    }

    fn paragraphs(texts: &[&str]) -> Vec<Block> {
        texts.iter().map(|text| Block::Paragraph((*text).to_owned())).collect()
    }

    #[test]
    fn the_demo_article_is_read_whole() {
        let reading = read(include_str!("../../../demo/articles/souira.json")).unwrap();
        assert_eq!(reading.warnings, []);
        let article = reading.article;
        assert_eq!(article.title.as_deref(), Some("صيّادو الصويرة يعيدون إلى البحر ما أخذته الشِّباك"));
        assert_eq!(article.kicker.as_deref(), Some("بيئة"));
        assert!(article.standfirst.as_deref().is_some_and(|text| text.starts_with("مبادرة محلية")));
        assert_eq!(article.language.as_deref(), Some("ar"));
        assert_eq!(article.published.as_deref(), Some("2026-11-14T06:30:00+01:00"));
        assert_eq!(article.modified.as_deref(), Some("2026-11-14T09:05:00+01:00"));
        assert_eq!(article.url, url("https://example.org/bia/souira-shibak"));
        let [author] = article.authors.as_slice() else { panic!("one author") };
        assert_eq!(
            (author.name.as_str(), author.url.clone()),
            ("سلمى العلوي", url("https://example.org/kuttab/salma-alaoui"))
        );
        let hero = article.hero.clone().unwrap();
        assert_eq!((hero.src, hero.width, hero.height), (url("../images/souira.svg").unwrap(), Some(1200), Some(500)));
        assert!(hero.alt.is_some() && hero.caption.is_some());
        let blocks = blocks(article);
        assert_eq!(blocks.len(), 10);
        assert!(blocks.iter().all(|block| matches!(block, Block::Paragraph(_))));
    }

    #[test]
    fn every_subtype_of_article_is_one_and_nothing_else_is() {
        for ty in [
            "Article",
            "NewsArticle",
            "OpinionNewsArticle",
            "ReportageNewsArticle",
            "AnalysisNewsArticle",
            "BlogPosting",
            "LiveBlogPosting",
            "SocialMediaPosting",
            "Report",
            "TechArticle",
            "ScholarlyArticle",
            "SatiricalArticle",
            "https://schema.org/NewsArticle",
            "http://schema.org/BlogPosting",
            "schema:Report",
        ] {
            assert!(read(&json!({"@type": ty, "articleBody": "نصّ."}).to_string()).is_ok(), "{ty}");
            assert!(read(&json!({"@type": ["Thing", ty], "articleBody": "نصّ."}).to_string()).is_ok(), "{ty}");
        }
        for ty in ["WebPage", "JobPosting", "Product", "Reportage", "article"] {
            assert_eq!(
                read(&json!({"@type": ty, "articleBody": "نصّ."}).to_string()),
                Err(ReadError::NotAnArticle {
                    types: vec![ty.to_owned()],
                    keys: vec!["@type".to_owned(), "articleBody".to_owned()]
                }),
            );
        }
    }

    #[test]
    fn the_article_is_found_in_lists_graphs_and_pages() {
        let article = with(json!({"headline": "عنوان"}));
        let stub = json!({"@type": "NewsArticle", "headline": "مقال آخر بلا نص"});
        for document in [
            json!([{"@type": "BreadcrumbList"}, article]),
            json!({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, article]}),
            json!([{"@graph": {"@type": "WebPage", "mainEntity": article}}]),
            json!({"@type": "WebPage", "mainEntity": [article]}),
            json!([stub, article]),
        ] {
            assert_eq!(of(&document).title.as_deref(), Some("عنوان"), "{document}");
        }
    }

    /// As WordPress plugins write it: each thing once, and references to it.
    #[test]
    fn references_within_a_graph_are_followed() {
        let article = of(&json!({"@context": "https://schema.org", "@graph": [
            {"@type": "Article", "@id": "https://b.example/1/#article", "headline": "عنوان", "articleBody": "نصّ.",
             "author": {"@id": "#p"}, "image": {"@id": "https://b.example/1/#primaryimage"},
             "mainEntityOfPage": {"@id": "https://b.example/1/"}},
            {"@type": "WebPage", "@id": "https://b.example/1/", "url": "https://b.example/1/?lang=ar"},
            {"@type": "ImageObject", "@id": "https://b.example/1/#primaryimage", "contentUrl": "/a.jpg", "width": 640, "caption": "الميناء"},
            {"@type": "Person", "@id": "#p", "name": "مريم", "image": {"@type": "ImageObject", "url": "/m.jpg"}},
        ]}));
        assert_eq!(article.authors, [Author { name: "مريم".to_owned(), url: None, image: url("/m.jpg") }]);
        let hero = article.hero.unwrap();
        assert_eq!((Some(hero.src), hero.width, hero.caption.as_deref()), (url("/a.jpg"), Some(640), Some("الميناء")));
        assert_eq!(article.url, url("https://b.example/1/?lang=ar"));
    }

    #[test]
    fn a_reference_to_itself_ends() {
        let article = of(&with(json!({"@id": "#a", "author": {"@id": "#a"}, "image": {"@id": "#b"}})));
        assert_eq!((article.authors, article.hero, article.url), (vec![], None, None));
    }

    #[test]
    fn authors_come_as_names_objects_and_lists() {
        let one = |value: Value| of(&with(json!({"author": value}))).authors;
        assert_eq!(one(json!("مريم")), [author("مريم")]);
        assert_eq!(one(json!(["مريم", " ياسين\n", "مريم"])), [author("مريم"), author("ياسين")]);
        assert_eq!(one(json!({"@type": "Organization", "name": ["هيئة التحرير"]})), [author("هيئة التحرير")]);
        assert_eq!(
            one(
                json!([{"@type": "Person", "name": "مريم &amp; ياسين", "sameAs": ["https://m.example"], "image": "m.jpg"}])
            ),
            [Author { name: "مريم & ياسين".to_owned(), url: url("https://m.example"), image: url("m.jpg") }],
        );
        assert_eq!(of(&with(json!({"creator": "مريم"}))).authors, [author("مريم")]);
        assert_eq!(one(json!(null)), []);
    }

    #[test]
    fn pictures_come_as_addresses_objects_and_lists() {
        let one = |value: Value| of(&with(json!({"image": value}))).hero;
        let plain =
            |src: &str| Some(Image { src: url(src).unwrap(), alt: None, caption: None, width: None, height: None });
        assert_eq!(one(json!("a.jpg")), plain("a.jpg"));
        assert_eq!(one(json!(["a.jpg", "b.jpg"])), plain("a.jpg"));
        assert_eq!(one(json!([{"@type": "ImageObject"}, "b.jpg"])), plain("b.jpg"));
        assert_eq!(one(json!({"@type": "ImageObject", "url": "a.jpg?w=1&amp;h=2"})), plain("a.jpg?w=1&h=2"));
        assert_eq!(
            one(json!({
                "contentUrl": "a.jpg", "url": "page.html", "width": {"@type": "QuantitativeValue", "value": "1200"},
                "height": "500 px", "caption": "<em>الميناء</em> &laquo;ليلًا&raquo;", "description": "قوارب"
            })),
            Some(Image {
                src: url("a.jpg").unwrap(),
                alt: Some("قوارب".to_owned()),
                caption: Some("الميناء «ليلًا»".to_owned()),
                width: Some(1200),
                height: Some(500),
            }),
        );
        for (width, pixels) in
            [(json!(-1), None), (json!(0), None), (json!(1e9), None), (json!("auto"), None), (json!(12), Some(12))]
        {
            assert_eq!(one(json!({"url": "a.jpg", "width": width})).unwrap().width, pixels, "{width}");
        }
        assert_eq!(of(&with(json!({"thumbnailUrl": "t.jpg"}))).hero, plain("t.jpg"));
    }

    #[test]
    fn a_field_of_a_wrong_type_is_left_out_with_a_warning() {
        let value = with(json!({
            "headline": 7, "name": "الاسم", "description": {"x": 1}, "author": [true, "مريم"], "image": {"width": 3},
            "datePublished": 20_261_114, "inLanguage": [], "articleSection": null, "url": ["#top", 3]
        }));
        let article = of(&value);
        assert_eq!(article.title.as_deref(), Some("الاسم"));
        assert_eq!(article.authors, [author("مريم")]);
        assert_eq!(
            (article.standfirst, article.hero, article.published, article.language, article.url),
            (None, None, None, None, None)
        );
        let fields: Vec<&str> = warnings(&value).iter().map(|warning| warning.field).collect();
        assert_eq!(fields, ["headline", "description", "author", "datePublished", "image", "inLanguage", "url"]);
        assert_eq!(warnings(&value)[0].to_string(), "`headline`: a number, left out");
    }

    #[test]
    fn an_empty_text_is_as_good_as_none() {
        let article = of(&with(
            json!({"headline": " \u{202E} ", "name": "الاسم", "description": "", "author": {"name": "\u{200F}"}}),
        ));
        assert_eq!((article.title.as_deref(), article.standfirst, article.authors), (Some("الاسم"), None, vec![]));
    }

    #[test]
    fn entities_tags_and_controls_do_not_reach_a_headline() {
        let article = of(&with(json!({"headline": "  قال: &quot;عُد&quot;\n<b>الآن</b> \u{202E}"})));
        assert_eq!(article.title.as_deref(), Some("قال: \"عُد\" الآن \u{202E}\u{202C}"));
        let language = json!({"headline": {"@value": "عنوان", "@language": "ar"}, "inLanguage": {"@type": "Language", "name": "Arabic", "alternateName": "ar"}});
        let article = of(&with(language));
        assert_eq!((article.title.as_deref(), article.language.as_deref()), (Some("عنوان"), Some("ar")));
    }

    #[test]
    fn a_description_that_only_repeats_the_beginning_is_no_standfirst() {
        let body = "قبل الفجر بقليل، يفرغ إدريس قاربه من صندوقين.";
        let standfirst =
            |description: &str| of(&with(json!({"articleBody": body, "description": description}))).standfirst;
        for repeated in ["قبل الفجر بقليل، يفرغ إدريس…", "قبل الفجر بقليل [...]", body]
        {
            assert_eq!(standfirst(repeated), None, "{repeated}");
        }
        assert_eq!(standfirst("مبادرة محلية.").as_deref(), Some("مبادرة محلية."));
        let both = with(json!({"alternativeHeadline": "عنوان ثانٍ"}));
        assert_eq!(of(&both).standfirst.as_deref(), Some("عنوان ثانٍ"));
    }

    #[test]
    fn the_text_is_in_paragraphs_however_they_are_parted() {
        let expected =
            paragraphs(&["فقرة أولى فيها بعض الكلام.", "فقرة ثانية أطول منها قليلًا، وفيها كلام آخر.", "ثالثة."]);
        let [first, second, third] =
            ["فقرة أولى فيها بعض الكلام.", "فقرة ثانية أطول منها قليلًا، وفيها كلام آخر.", "ثالثة."];
        for (body, warned) in [
            (json!(format!("{first}\n{second}\n{third}")), false),
            (json!(format!("{first}\r\n\r\n{second}\r\n\r\n{third}")), false),
            (json!([first, second, third]), false),
            (json!(format!("<p>{first}</p>\n<p>{second}</p><p>{third}</p>")), true),
            (json!(format!("{first}<br><br>{second}<br />{third}")), true),
            (json!(format!("&lt;p&gt;{first}&lt;/p&gt;&lt;p&gt;{second}&lt;/p&gt;&lt;p&gt;{third}&lt;/p&gt;")), true),
        ] {
            let value = with(json!({"articleBody": body}));
            assert_eq!(blocks(of(&value)), expected, "{body}");
            assert_eq!(warnings(&value).len(), usize::from(warned), "{body}");
        }
        assert_eq!(blocks(of(&json!({"@type": "BlogPosting", "text": third}))), paragraphs(&[third]));
    }

    #[test]
    fn a_line_set_apart_in_the_text_is_the_title_only_where_there_is_no_headline() {
        let body = "سطر في الرأس\n\nنصّ المقال كله هنا.";
        assert_eq!(of(&with(json!({"articleBody": body}))).title.as_deref(), Some("سطر في الرأس"));
        let article = of(&with(json!({"articleBody": body, "headline": "عنوان"})));
        assert_eq!(article.title.as_deref(), Some("عنوان"));
        assert_eq!(blocks(article)[0], Block::Heading("سطر في الرأس".to_owned()));
        let article = of(&with(json!({"articleBody": body, "headline": "سطر في الرأس"})));
        assert_eq!(blocks(article), paragraphs(&["نصّ المقال كله هنا."]));
    }

    #[test]
    fn an_article_without_a_text_says_what_it_has() {
        for body in [json!(null), json!(""), json!("<p></p>"), json!(7), json!([]), json!("\u{202E}\n")] {
            let value = json!({"@type": ["NewsArticle"], "articleBody": body, "headline": "عنوان"});
            let error = read(&value.to_string()).unwrap_err();
            let keys = ["@type", "articleBody", "headline"].map(str::to_owned).to_vec();
            assert_eq!(
                error,
                ReadError::NoBody { ty: "NewsArticle".to_owned(), wanted: "articleBody", keys },
                "{body}"
            );
            assert!(error.to_string().contains("articleBody"));
        }
    }

    #[test]
    fn json_without_an_article_says_what_was_found() {
        let error = read(r#"{"title":"عنوان","content":"نصّ"}"#).unwrap_err();
        assert_eq!(
            error,
            ReadError::NotAnArticle { types: vec![], keys: vec!["content".to_owned(), "title".to_owned()] }
        );
        assert!(error.to_string().contains("only members named `content`, `title`."), "{error}");
        let error = read(r#"[{"@type":"WebPage"},{"@type":["Organization","WebPage"]}]"#).unwrap_err();
        assert!(error.to_string().contains("only `WebPage`, `Organization`."), "{error}");
        for nothing in ["[]", "null", "\"نصّ\"", "[[[[[[[[{}]]]]]]]]"] {
            let empty = ReadError::NotAnArticle { types: vec![], keys: vec![] };
            assert_eq!(read(nothing), Err(empty), "{nothing}");
        }
    }

    #[test]
    fn a_syntax_error_is_placed_by_line_and_character() {
        assert_eq!(read("{\n  \"@type\": \"مقال\" \"x\"\n}"), Err(ReadError::Json { line: 2, column: 19 }));
        assert_eq!(read("{\"@type\":"), Err(ReadError::Json { line: 1, column: 9 }));
        assert!(matches!(read(&"[".repeat(100_000)), Err(ReadError::Json { line: 1, .. })));
        assert!(matches!(read("مقال"), Err(ReadError::Json { line: 1, column: 1 })));
    }

    #[test]
    fn raw_line_breaks_within_strings_are_read_with_a_warning() {
        let reading =
            read("{\n\"@type\": \"NewsArticle\",\r\n\"headline\": \"قال \\\"نعم\\\"\",\n\"articleBody\": \"فقرة أولى.\r\nفقرة ثانية:\tنعم.\"\n}").unwrap();
        assert_eq!(reading.article.title.as_deref(), Some("قال \"نعم\""));
        assert_eq!(reading.warnings.len(), 1);
        assert_eq!(blocks(reading.article), paragraphs(&["فقرة أولى.", "فقرة ثانية: نعم."]));
    }

    #[test]
    fn a_megabyte_is_read_whole_and_more_than_the_limit_is_not() {
        let line = "سطر من النص الطويل الذي لا ينتهي.\n";
        let body = line.repeat((1 << 20) / line.len());
        let read_whole = blocks(of(&with(json!({"articleBody": body}))));
        assert_eq!(read_whole.len(), body.lines().count());
        let error = read(&with(json!({"articleBody": "ا".repeat(MAX_BYTES / 2)})).to_string()).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { limit: MAX_BYTES, .. }));
    }
}
