//! JSON-LD by schema.org's `Article` and its subtypes, as publishers write it for search engines.
//!
//! Publishers err in details; a detail that is wrong is left out with a warning. Only the text must be there.

use super::json_value::{
    Fields, MAX_LISTED, Node, body_of, body_of_markup, choose, first, identifier, is_same, keys, line, list, picture,
    pixels, shortened, string,
};
use super::{ReadError, Reading, check, html_text, json};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::json::Json;
use crate::text::reflow::Block;

/// How deep nodes are looked for in `@graph`, `mainEntity` and lists.
const MAX_DEPTH: u32 = 4;

/// How many updates of a live blog are read.
const MAX_UPDATES: usize = 1000;

/// Where the text is: `text` is that of any creative work.
const BODY: [&str; 2] = ["articleBody", "text"];

/// Reads the first article of a JSON-LD document: one node, a list of them, or a `@graph`, within which references by
/// `@id` are followed. An article with a text is preferred to one without.
///
/// # Errors
/// [`ReadError::Json`], [`ReadError::NotAnArticle`] or [`ReadError::NoBody`]; and what no reader takes:
/// [`ReadError::Empty`], [`ReadError::TooLarge`], [`ReadError::Binary`].
pub fn read(text: &str) -> Result<Reading, ReadError> {
    check(text)?;
    let mut fields = Fields::default();
    let value = json::parse(text, &mut fields.warnings)?;
    read_value(value, fields)
}

/// Reads as [`read`] does, of a document that the browser has parsed.
///
/// # Errors
/// [`ReadError::NotAnArticle`] or [`ReadError::NoBody`].
pub fn of_json(value: Json) -> Result<Reading, ReadError> {
    read_value(value, Fields::default())
}

fn read_value(mut value: Json, mut fields: Fields) -> Result<Reading, ReadError> {
    strip_prefixes(&mut value);
    if !is_one(&value) {
        return Err(json::not_an_article(&value));
    }
    let article = article(&value, None, &mut fields)?;
    Ok(Reading { article, warnings: fields.warnings })
}

/// Reads what the JSON-LD `scripts` of the page at the address `page` say about its article; `None` where they name
/// none, or not the one that `item` names.
///
/// Of several articles the page's own is read, else the first with a text, else the first. Pages mostly keep the text
/// for their markup: the body is then an empty [`Body::Text`].
#[must_use]
pub fn describe(scripts: &[String], item: Option<&str>, page: &str) -> Option<Reading> {
    let mut fields = Fields::default();
    let mut values = Vec::new();
    for script in scripts {
        match json::parse(script, &mut fields.warnings) {
            Ok(mut value) => {
                strip_prefixes(&mut value);
                values.push(value);
            }
            Err(_) => fields.warn("JSON-LD", "a script that is not well-formed JSON, passed over"),
        }
    }
    let mut nodes = Vec::new();
    values.iter().for_each(|value| collect(value, 0, &mut nodes));
    let graph = Graph { nodes: &nodes };
    let articles = graph.articles();
    let page = without_fragment(page);
    let own: Vec<&Node> = articles
        .iter()
        .copied()
        .filter(|node| graph.names(node).iter().any(|name| is_same(without_fragment(name), page)))
        .collect();
    let candidates = if item.is_some() || own.is_empty() { articles } else { own };
    let node = choose(&candidates, item, &|node| graph.names(node), &has_body).ok()?;
    let mut reader = Reader { graph, fields: &mut fields };
    let article = reader.article(node, true).ok()?;
    Some(Reading { article, warnings: fields.warnings })
}

fn without_fragment(address: &str) -> &str {
    address.split_once('#').map_or(address, |(address, _)| address)
}

/// Whether a document holds an article.
pub(super) fn is_one(value: &Json) -> bool {
    let mut nodes = Vec::new();
    collect(value, 0, &mut nodes);
    nodes.iter().any(|node| types(node).any(is_article))
}

/// Reads the article that `item` names, by `@id`, `url`, `mainEntityOfPage` or `identifier`.
///
/// # Errors
/// [`ReadError::NoSuchItem`], [`ReadError::NoBody`], [`ReadError::Forbidden`].
pub(super) fn article(value: &Json, item: Option<&str>, fields: &mut Fields) -> Result<Article, ReadError> {
    let mut nodes = Vec::new();
    collect(value, 0, &mut nodes);
    let graph = Graph { nodes: &nodes };
    let node = choose(&graph.articles(), item, &|node| graph.names(node), &has_body)?;
    Reader { graph, fields }.article(node, false)
}

/// The types of all nodes of a document, each once.
pub(super) fn types_of(value: &Json) -> Vec<String> {
    let mut nodes = Vec::new();
    collect(value, 0, &mut nodes);
    let mut found: Vec<String> = Vec::new();
    for ty in nodes.iter().take(MAX_LISTED).flat_map(|node| types(node)) {
        let ty = shortened(ty);
        if !found.contains(&ty) {
            found.push(ty);
        }
    }
    found
}

/// Takes the vocabulary's own prefix from the names of members (`schema:headline`, `https://schema.org/headline`), as
/// tools write it that expand JSON-LD.
pub(super) fn strip_prefixes(value: &mut Json) {
    match value {
        Json::Array(list) => list.iter_mut().for_each(strip_prefixes),
        Json::Object(node) => {
            node.values_mut().for_each(strip_prefixes);
            node.rename(|name, node| bare_name(name).filter(|bare| !node.contains_key(bare)).map(str::to_owned));
        }
        _ => {}
    }
}

fn bare_name(key: &str) -> Option<&str> {
    ["schema:", "http://schema.org/", "https://schema.org/"].iter().find_map(|prefix| key.strip_prefix(prefix))
}

/// Gathers the nodes of a document, in its order.
fn collect<'a>(value: &'a Json, depth: u32, nodes: &mut Vec<&'a Node>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Json::Array(list) => list.iter().for_each(|value| collect(value, depth + 1, nodes)),
        Json::Object(node) => {
            nodes.push(node);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Json::Array(_) | Json::Object(_))) = node.get(key) {
                    collect(inner, depth + 1, nodes);
                }
            }
        }
        _ => {}
    }
}

/// The types of a node, without the vocabulary's prefix.
fn types(node: &Node) -> impl Iterator<Item = &str> {
    let types = node.get("@type").map(list).unwrap_or_default();
    types.iter().filter_map(Json::as_str).map(|ty| ty.rsplit(['/', '#', ':']).next().unwrap_or(ty))
}

/// Whether a type is schema.org's `Article` or one of its subtypes.
pub(super) fn is_article(ty: &str) -> bool {
    ty.ends_with("Article")
        || (ty.ends_with("Posting") && ty != "JobPosting")
        || matches!(ty, "Report" | "APIReference")
}

fn has_body(node: &Node) -> bool {
    let says = |value: &Json| list(value).iter().filter_map(string).any(|text| !text.trim().is_empty());
    BODY.iter().any(|key| node.get(key).is_some_and(says))
        || node.get("liveBlogUpdate").is_some_and(|updates| updates.is_array() || updates.is_object())
}

/// The nodes of a document, which refer to one another.
#[derive(Clone, Copy)]
struct Graph<'a> {
    nodes: &'a [&'a Node],
}

impl<'a> Graph<'a> {
    fn articles(self) -> Vec<&'a Node> {
        self.nodes.iter().copied().filter(|node| types(node).any(is_article)).collect()
    }

    /// What may name an article: its identifiers and its addresses.
    fn names(self, node: &Node) -> Vec<String> {
        let mut names = Vec::new();
        for value in ["identifier", "url", "@id", "mainEntityOfPage"].iter().filter_map(|key| node.get(key)) {
            for value in list(value).iter().take(MAX_LISTED) {
                let members = ["value", "url", "@id"];
                match value {
                    Json::Object(inner) => {
                        names.extend(members.iter().filter_map(|key| identifier(inner.get(key)?)));
                    }
                    one => names.extend(identifier(one).map(|name| html_text::decode(&name))),
                }
            }
        }
        names
    }

    /// An object, or the node of the document to which its `@id` refers.
    fn node(self, value: &'a Json) -> Option<&'a Node> {
        let node = value.as_object()?;
        let id = node.get("@id").and_then(Json::as_str);
        // A reference has nothing but its identifier, and perhaps its type.
        if let Some(id) = id
            && node.keys().all(|key| key.starts_with('@'))
            && let Some(found) = self.nodes.iter().find(|other| {
                other.get("@id").and_then(Json::as_str) == Some(id) && other.keys().any(|key| !key.starts_with('@'))
            })
        {
            return Some(found);
        }
        Some(node)
    }

    /// Authors: an object is one; a string is one, or several in a list of names.
    fn authors(self, value: &'a Json) -> Vec<Author> {
        let Some(line) = line(value) else { return self.author(value).into_iter().collect() };
        // A name, and not the address of a profile.
        if line.contains("://") {
            return Vec::new();
        }
        let parts: Vec<&str> = line.split(['،', ';', '؛']).map(str::trim).collect();
        let names = if parts.iter().all(|part| looks_like_a_name(part)) { parts } else { vec![line.as_str()] };
        names.into_iter().map(|name| Author { name: name.to_owned(), url: None, image: None }).collect()
    }

    fn author(self, value: &'a Json) -> Option<Author> {
        let node = self.node(value)?;
        let get = |key: &str| node.get(key).map(first);
        Some(Author {
            name: get("name").and_then(line)?,
            url: get("url").or_else(|| get("sameAs")).and_then(|value| self.url(value)),
            image: get("image").and_then(|value| self.image(value)).map(|image| image.src),
        })
    }

    /// A name: a string, or that of an object.
    fn name(self, value: &'a Json) -> Option<String> {
        line(value).or_else(|| self.node(value)?.get("name").map(first).and_then(line))
    }

    /// Of several crops of a picture the widest by what they say, else the first.
    fn widest(self, value: &'a Json) -> Option<Image> {
        let mut widest: Option<Image> = None;
        for image in list(value).iter().take(MAX_LISTED).filter_map(|value| self.image(value)) {
            if widest.as_ref().is_none_or(|known| image.width > known.width) {
                widest = Some(image);
            }
        }
        widest
    }

    fn image(self, value: &'a Json) -> Option<Image> {
        let value = first(value);
        if let Some(src) = string(value) {
            return Some(picture(UrlRef::new(&html_text::decode(src))?));
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

    fn language(self, value: &'a Json) -> Option<String> {
        let node = match line(value) {
            Some(tag) => return Some(tag),
            None => self.node(value)?,
        };
        node.get("alternateName").or_else(|| node.get("name")).and_then(line)
    }

    /// An address: a string, or an object that has one.
    fn url(self, value: &'a Json) -> Option<UrlRef> {
        let text = match string(value) {
            Some(text) => text,
            None => {
                let node = self.node(value)?;
                ["url", "@id"].iter().find_map(|key| string(node.get(key)?))?
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

/// How the line of a person's trade begins, which often follows the name: it is not another name.
const TRADES: [&str; 14] = [
    "كاتب",
    "الكاتب",
    "صحفي",
    "صحافي",
    "مراسل",
    "محرر",
    "مدير",
    "رئيس",
    "أستاذ",
    "باحث",
    "خبير",
    "وكالة",
    "صحيفة",
    "ترجمة",
];

/// Whether one part of a line of several looks like a person's name: two to four words, none of them a number.
fn looks_like_a_name(part: &str) -> bool {
    (2..=4).contains(&part.split_whitespace().count())
        && part.chars().count() <= 40
        && part.chars().all(|c| {
            c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '.' | '\'' | '’' | '\u{64B}'..='\u{652}')
        })
        && !TRADES.iter().any(|trade| part.starts_with(trade))
}

struct Reader<'a, 'f> {
    graph: Graph<'a>,
    fields: &'f mut Fields,
}

impl<'a> Reader<'a, '_> {
    /// Reads an article; one without a text only where `bodiless` is allowed.
    fn article(&mut self, node: &'a Node, bodiless: bool) -> Result<Article, ReadError> {
        let graph = self.graph;
        let mut title = self.fields.line(node, "headline").or_else(|| self.fields.line(node, "name"));
        let body = match self.body(node, &mut title)? {
            Some(body) => body,
            None if bodiless => Body::Text(Vec::new()),
            None => {
                let ty = types(node).find(|ty| is_article(ty)).unwrap_or("Article");
                return Err(ReadError::NoBody { ty: shortened(ty), wanted: BODY[0], keys: keys(node) });
            }
        };
        let standfirst = self
            .fields
            .line(node, "description")
            .or_else(|| self.fields.line(node, "alternativeHeadline"))
            .filter(|text| !is_excerpt(text, &body) && title.as_deref() != Some(text));
        let mut authors = self.fields.authors(node, "author", &|value| graph.authors(value));
        if authors.is_empty() {
            authors = self.fields.authors(node, "creator", &|value| graph.authors(value));
        }
        Ok(Article {
            title,
            kicker: self.fields.line(node, "articleSection"),
            standfirst,
            authors,
            published: self.fields.line(node, "datePublished"),
            modified: self.fields.line(node, "dateModified"),
            hero: self.image(node, "image").or_else(|| self.image(node, "thumbnailUrl")),
            language: self.fields.get(node, "inLanguage", &|value| graph.language(value)),
            url: self
                .url(node, "url")
                .or_else(|| self.url(node, "mainEntityOfPage"))
                .or_else(|| node.get("@id").and_then(|id| graph.url(id))),
            publisher: self.fields.get(node, "publisher", &|value| graph.name(value)),
            body,
        })
    }

    fn url(&mut self, node: &'a Node, key: &'static str) -> Option<UrlRef> {
        let graph = self.graph;
        self.fields.get(node, key, &|value| graph.url(value))
    }

    fn image(&mut self, node: &'a Node, key: &'static str) -> Option<Image> {
        let value = node.get(key)?;
        let found = self.graph.widest(value);
        if found.is_none() {
            self.fields.unusable(key, value);
        }
        found
    }

    /// The text, and after it the updates of a live blog.
    fn body(&mut self, node: &'a Node, title: &mut Option<String>) -> Result<Option<Body>, ReadError> {
        let text = self.text(node);
        let updates = node.get("liveBlogUpdate").map(|value| self.updates(value)).unwrap_or_default();
        if updates.is_empty() {
            return text.map_or(Ok(None), |text| body_of(&text, title));
        }
        let mut html = text.map(|text| as_html(&text)).unwrap_or_default();
        html.push_str(&updates);
        body_of_markup(&html)
    }

    /// The updates of a live blog as HTML: each one's headline, and its text.
    fn updates(&self, value: &'a Json) -> String {
        let mut html = String::new();
        for update in list(value).iter().take(MAX_UPDATES).filter_map(|value| self.graph.node(value)) {
            let text = BODY.iter().find_map(|key| joined(update.get(key)?)).map(|text| as_html(&text));
            if let Some(headline) = update.get("headline").map(first).and_then(line) {
                html.push_str("<h3>");
                html_text::push_escaped(&mut html, &headline);
                html.push_str("</h3>");
            }
            html.push_str(text.as_deref().unwrap_or_default());
        }
        html
    }

    /// The text as it stands. Its paragraphs may be the items of a list.
    fn text(&mut self, node: &'a Node) -> Option<String> {
        let (key, value) = BODY.iter().find_map(|key| Some((*key, node.get(key).filter(|value| !value.is_null())?)))?;
        let text = joined(value);
        if text.is_none() {
            self.fields.unusable(key, value);
        }
        text
    }
}

/// A string, or those of a list as paragraphs of one text.
fn joined(value: &Json) -> Option<String> {
    let parts = || list(value).iter().filter_map(string).filter(|text| !text.trim().is_empty());
    let mut text = String::new();
    if value.is_array() && parts().any(html_text::is_markup) {
        parts().for_each(|part| text.push_str(&as_html(part)));
    } else {
        for part in parts() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Text or markup as HTML, in paragraphs.
fn as_html(text: &str) -> String {
    if html_text::is_markup(text) {
        html_text::in_paragraphs(text, true).into_owned()
    } else {
        html_text::of_lines(&html_text::decode(text))
    }
}

/// Whether `text` only says what the first paragraph says: content systems fill the description so.
pub(super) fn is_excerpt(text: &str, body: &Body) -> bool {
    let Body::Text(blocks) = body else { return false };
    let start = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '[' | ']'));
    matches!(blocks.first(), Some(Block::Paragraph(first)) if first.starts_with(start))
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
        let reading = read(include_str!("../../../../demo/articles/souira.json")).unwrap();
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
        for body in [
            json!(format!("{first}\n{second}\n{third}")),
            json!(format!("{first}\r\n\r\n{second}\r\n\r\n{third}")),
            json!([first, second, third]),
        ] {
            let value = with(json!({"articleBody": body}));
            assert_eq!(blocks(of(&value)), expected, "{body}");
            assert_eq!(warnings(&value), [], "{body}");
        }
        assert_eq!(blocks(of(&json!({"@type": "BlogPosting", "text": third}))), paragraphs(&[third]));
    }

    /// The body as markup: its text, each block a line.
    fn lines(article: &Article) -> String {
        match &article.body {
            Body::Html(html) => html.text(),
            body => panic!("no markup: {body:?}"),
        }
    }

    #[test]
    fn markup_in_the_text_stays_markup() {
        let [first, second] = ["فقرة أولى فيها بعض الكلام.", "فقرة ثانية."];
        for body in [
            json!(format!("<p>{first}</p>\n<p>{second}</p>")),
            json!(format!("&lt;p&gt;{first}&lt;/p&gt;&lt;p&gt;{second}&lt;/p&gt;")),
            json!(format!("<b>{first}</b>\n{second}")),
            json!([format!("<b>{first}</b>"), second]),
        ] {
            let value = with(json!({"articleBody": body}));
            assert_eq!(lines(&of(&value)), format!("{first}\n{second}\n"), "{body}");
            assert_eq!(warnings(&value), [], "{body}");
        }
        let linked = of(&with(json!({"articleBody": "<p>انظر <a href='https://a.example/'>الخريطة</a>.</p>"})));
        let Body::Html(html) = &linked.body else { panic!("no markup") };
        assert!(format!("{html:?}").contains("https://a.example/"));
    }

    #[test]
    fn the_mention_of_a_tag_is_text() {
        let text = "الوسم <b> يجعل الخط غليظًا، والعلامة < تعني أصغر.";
        assert_eq!(blocks(of(&with(json!({"articleBody": text})))), paragraphs(&[text]));
        assert_eq!(of(&with(json!({"headline": "ما معنى <b>؟"}))).title.as_deref(), Some("ما معنى <b>؟"));
    }

    #[test]
    fn of_several_crops_the_widest_is_taken() {
        let hero = |image: Value| of(&with(json!({"image": image}))).hero.unwrap().src;
        let crops = json!([
            {"@type": "ImageObject", "url": "small.jpg", "width": 640, "height": 640},
            {"@type": "ImageObject", "url": "wide.jpg", "width": "1200", "height": "675"},
            {"@type": "ImageObject", "url": "square.jpg", "width": 1200, "height": 1200}, "unknown.jpg"
        ]);
        assert_eq!(Some(hero(crops)), url("wide.jpg"));
        assert_eq!(Some(hero(json!(["1x1.jpg", "4x3.jpg", "16x9.jpg"]))), url("1x1.jpg"));
    }

    #[test]
    fn the_publisher_is_known_by_name() {
        let publisher = |value: Value| of(&with(json!({"publisher": value}))).publisher;
        assert_eq!(publisher(json!({"@type": "Organization", "name": "الضفّة", "logo": {}})).as_deref(), Some("الضفّة"));
        assert_eq!(publisher(json!("الضفّة")).as_deref(), Some("الضفّة"));
        let graph = json!({"@graph": [with(json!({"publisher": {"@id": "#org"}})), {"@id": "#org", "name": "الضفّة"}]});
        assert_eq!(of(&graph).publisher.as_deref(), Some("الضفّة"));
    }

    #[test]
    fn names_in_one_line_are_parted_only_where_each_is_one() {
        let names = |line: &str| -> Vec<String> {
            of(&with(json!({"author": line}))).authors.into_iter().map(|author| author.name).collect()
        };
        assert_eq!(names("سلمى العلوي، إدريس أمزيان"), ["سلمى العلوي", "إدريس أمزيان"]);
        assert_eq!(names("Salma Alaoui; Idris Amzian"), ["Salma Alaoui", "Idris Amzian"]);
        for line in [
            "Salma and Idris",
            "سلمى العلوي، الرباط",
            "سلمى العلوي، مراسلة الضفّة",
            "سلمى العلوي، ١٢ نوفمبر",
            "Alaoui, Salma",
            "هيئة التحرير؛",
        ] {
            assert_eq!(names(line), [line]);
        }
    }

    #[test]
    fn a_live_blog_is_its_updates() {
        let article = of(&json!({
            "@type": "LiveBlogPosting", "headline": "يوم العاصفة", "articleBody": "نتابع العاصفة ساعة بساعة.",
            "liveBlogUpdate": [
                {"@type": "BlogPosting", "headline": "الميناء & السوق", "articleBody": "<p>أُغلق الميناء.</p>"},
                {"@type": "BlogPosting", "headline": "الطريق", "articleBody": "سطر أول.\nسطر ثانٍ."},
                7
            ]
        }));
        assert_eq!(
            lines(&article),
            "نتابع العاصفة ساعة بساعة.\nالميناء & السوق\nأُغلق الميناء.\nالطريق\nسطر أول.\nسطر ثانٍ.\n"
        );
    }

    #[test]
    fn expanded_documents_are_read() {
        let article = of(&json!([{
            "@type": ["http://schema.org/NewsArticle"],
            "http://schema.org/headline": [{"@value": "عنوان"}],
            "http://schema.org/articleBody": [{"@value": "نصّ المقال."}],
            "http://schema.org/url": [{"@id": "https://n.example/1"}],
            "schema:author": [{"@type": ["schema:Person"], "schema:name": [{"@value": "مريم"}]}]
        }]));
        assert_eq!((article.title.as_deref(), article.url), (Some("عنوان"), url("https://n.example/1")));
        assert_eq!(article.authors, [author("مريم")]);
    }

    #[test]
    fn an_item_is_named_by_its_identifier_or_its_address() {
        let value = json!({"@graph": [
            {"@type": "Article", "@id": "#1", "headline": "أول", "articleBody": "نصّ."},
            {"@type": "Article", "@id": "https://n.example/2#article", "url": "https://n.example/2/?a=1&amp;b=2",
             "identifier": [{"@type": "PropertyValue", "value": 42}], "headline": "ثانٍ", "articleBody": "نصّ."},
            {"@type": "WebPage", "@id": "https://n.example/2"}
        ]});
        let title = |item: Option<&str>| {
            super::article(&value.clone().into(), item, &mut super::Fields::default()).map(|a| a.title.unwrap())
        };
        for item in ["42", "https://n.example/2#article", "https://n.example/2/?a=1&b=2"] {
            assert_eq!(title(Some(item)).as_deref(), Ok("ثانٍ"), "{item}");
        }
        assert_eq!(title(None).as_deref(), Ok("أول"));
        let known = ["#1", "42"].map(str::to_owned).to_vec();
        let error = ReadError::NoSuchItem { item: "https://n.example/2".to_owned(), known };
        assert_eq!(title(Some("https://n.example/2")), Err(error));
    }

    #[test]
    fn a_pages_scripts_describe_its_article() {
        let scripts = [
            json!({"@context": "https://schema.org", "@type": "NewsArticle", "url": "https://n.example/other", "headline": "مقال آخر", "articleBody": "نصّ."}).to_string(),
            "{\"@type\": oops}".to_owned(),
            json!({"@graph": [{"@type": "WebSite"}, {"@type": "Article", "@id": "https://n.example/a/#article",
                "headline": "مقال الصفحة", "author": {"@id": "#p"}}]}).to_string(),
            json!({"@type": "Person", "@id": "#p", "name": "مريم"}).to_string(),
        ];
        let reading = super::describe(&scripts, None, "https://n.example/a").unwrap();
        assert_eq!(reading.article.title.as_deref(), Some("مقال الصفحة"));
        assert_eq!(reading.article.authors, [author("مريم")]);
        assert_eq!(reading.article.body, Body::Text(Vec::new()));
        assert_eq!(reading.warnings.iter().map(|warning| warning.field).collect::<Vec<_>>(), ["JSON-LD"]);

        let elsewhere = super::describe(&scripts, None, "https://n.example/b").unwrap();
        assert_eq!(elsewhere.article.title.as_deref(), Some("مقال آخر"));
        let named = super::describe(&scripts, Some("https://n.example/other/"), "https://n.example/a").unwrap();
        assert_eq!(named.article.title.as_deref(), Some("مقال آخر"));
        assert_eq!(super::describe(&scripts, Some("7"), "https://n.example/a"), None);
        assert_eq!(super::describe(&scripts[3..], None, "https://n.example/a"), None);
        assert_eq!(super::describe(&[], None, ""), None);
    }

    #[test]
    fn an_article_for_subscribers_without_its_text_has_none() {
        let value = json!({"@type": "NewsArticle", "headline": "عنوان", "isAccessibleForFree": false, "wordCount": 900,
            "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywall"}});
        assert!(matches!(read(&value.to_string()), Err(ReadError::NoBody { .. })));
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
            ReadError::NotAnArticle { types: vec![], keys: vec!["title".to_owned(), "content".to_owned()] }
        );
        assert!(error.to_string().contains("only members named `title`, `content`."), "{error}");
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
