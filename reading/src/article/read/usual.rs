//! JSON-LD of the usual shape, read with little code: what shows first takes it, and leaves all other to the whole widget.
//!
//! One object of schema.org's with a plain text or none, whose fields are strings that need no cleaning. What it gives is what
//! [`json_ld`](super::json_ld) gives.

use super::body;
use super::json_ld::{is_article, is_excerpt};
use super::json_value::{MAX_LISTED, Node, body_of_text, pixels};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::json::{self, Json};
use crate::text::has;
use maqal_contract::unicode::{is_bidi_control, is_visible};

/// The article in `text`; `None` where its shape is not the usual one.
#[must_use]
pub fn read(text: &str) -> Option<Article> {
    let mut article = article(text, &|node, title| {
        let text = node.get("articleBody")?.as_str().filter(|text| is_plain(text))?;
        body_of_text(text, title)
    })?;
    body::settle(&mut article);
    Some(article)
}

/// What `text` says of an article whose text stands elsewhere, as [`json_ld::describe`](super::json_ld::describe) gives it; `None`
/// where its shape is not the usual one.
#[must_use]
pub fn describe(text: &str) -> Option<Article> {
    article(text, &|node, _| {
        let is_bodiless = !node.keys().any(|key| matches!(key, "articleBody" | "text"));
        is_bodiless.then_some(Body::Text(Vec::new()))
    })
}

/// The article in `text`, with the body that `body` finds, which may find its title too.
fn article(text: &str, body: &dyn Fn(&Node, &mut Option<String>) -> Option<Body>) -> Option<Article> {
    let document = json::parse(text).ok()?;
    let node = document.as_object()?;
    let is_usual =
        |key: &str| !key.contains(':') && !matches!(key, "@graph" | "mainEntity" | "liveBlogUpdate" | "creator");
    let types = node.get("@type")?.as_str()?;
    if !is_article(types) || !node.keys().all(is_usual) {
        return None;
    }
    let mut title = Some(line(node, "headline")??);
    let body = body(node, &mut title)?;
    let description = match line(node, "description")? {
        None => line(node, "alternativeHeadline")?,
        some => some,
    };
    let hero = match node.get("image") {
        None => image(node.get("thumbnailUrl"))?,
        some => Some(image(some)??),
    };
    let page = match node.get("mainEntityOfPage") {
        Some(Json::Object(page)) if page.get("@type").is_none_or(|ty| ty.as_str() == Some("WebPage")) => {
            page.keys().all(|key| matches!(key, "@type" | "@id")).then(|| address(page, "@id"))?
        }
        _ => address(node, "mainEntityOfPage"),
    };
    Some(Article {
        kicker: line(node, "articleSection")?,
        standfirst: description.filter(|text| !is_excerpt(text, &body) && title.as_ref() != Some(text)),
        title,
        authors: authors(node.get("author"))?,
        published: line(node, "datePublished")?,
        modified: line(node, "dateModified")?,
        hero,
        language: line(node, "inLanguage")?,
        url: address(node, "url")?.or(page?).or(address(node, "@id")?),
        publisher: match node.get("publisher") {
            Some(Json::Object(publisher)) => Some(line(publisher, "name")??),
            _ => line(node, "publisher")?,
        },
        body,
    })
}

/// The outer `None` where the field is unusual, the inner where there is none.
type Field<T> = Option<Option<T>>;

/// Whether nothing in `text` may be markup, or is a control character beside the breaks of lines.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| {
        matches!(c, '<' | '&' | '\u{FFFD}' | '\u{FEFF}' | '\\') || (c.is_control() && c != '\n') || is_bidi_control(c)
    })
}

/// A text that is one clean line as it stands.
fn line_of(value: &Json) -> Option<String> {
    let text = value.as_str()?;
    let is_clean = is_plain(text)
        && is_visible(text)
        && !has(text, "  ")
        && !text.contains(|c: char| c.is_whitespace() && !matches!(c, ' ' | '\u{A0}'))
        && text.trim().len() == text.len();
    is_clean.then(|| text.to_owned())
}

fn line(node: &Node, key: &str) -> Field<String> {
    match node.get(key) {
        None => Some(None),
        Some(value) => line_of(value).map(Some),
    }
}

fn address(node: &Node, key: &str) -> Field<UrlRef> {
    let text = line(node, key)?;
    match text {
        Some(text) if text.starts_with(['#', '_']) => None,
        Some(text) => Some(UrlRef::new(&text)),
        None => Some(None),
    }
}

/// The only one of a list, or what is no list.
fn only(value: &Json) -> Option<&Json> {
    match value {
        Json::Array(list) => <&[Json; 1]>::try_from(list.as_slice()).ok().map(|[one]| one),
        one => Some(one),
    }
}

fn image(value: Option<&Json>) -> Field<Image> {
    let Some(value) = value else { return Some(None) };
    let bare = |src: &str| Some(Image { src: UrlRef::new(src)?, alt: None, caption: None, width: None, height: None });
    match value {
        // Of several crops that do not say their widths the first is taken.
        Json::Array(list) if list.len() > 1 => {
            let first =
                list.first().filter(|_| list.len() < MAX_LISTED && list.iter().all(|one| line_of(one).is_some()))?;
            Some(bare(first.as_str()?))
        }
        _ => match only(value)? {
            Json::Object(node) => {
                let src = match address(node, "contentUrl")? {
                    None => address(node, "url")?,
                    some => some,
                };
                let length = |key: &str| match node.get(key) {
                    None => Some(None),
                    Some(value) => pixels(value).map(Some),
                };
                Some(Some(Image {
                    src: src?,
                    alt: line(node, "description")?,
                    caption: line(node, "caption")?,
                    width: length("width")?,
                    height: length("height")?,
                }))
            }
            one => Some(bare(&line_of(one)?)),
        },
    }
}

fn authors(value: Option<&Json>) -> Option<Vec<Author>> {
    let mut authors: Vec<Author> = Vec::new();
    let list = match value {
        None => return Some(authors),
        Some(Json::Array(list)) if list.len() < MAX_LISTED => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    for value in list {
        let author = match value {
            Json::Object(node) => Author {
                name: line(node, "name")??,
                url: match address(node, "url")? {
                    None => address(node, "sameAs")?,
                    some => some,
                },
                image: image(node.get("image"))?.map(|image| image.src),
            },
            one => {
                let name = line_of(one).filter(|name| !name.contains(['،', ';', '؛']) && !has(name, "://"))?;
                Author { name, url: None, image: None }
            }
        };
        if !authors.iter().any(|known| known.name == author.name) {
            authors.push(author);
        }
    }
    Some(authors)
}

#[cfg(test)]
mod tests {
    use super::{describe, read};
    use crate::article::read::{body, json_ld};
    use serde_json::{Value, json};

    /// What the whole reader gives.
    fn whole(text: &str) -> crate::article::model::Article {
        let mut article = json_ld::read(text).unwrap().article;
        body::finish(&mut article);
        article
    }

    fn with(name: &str, value: Value) -> String {
        changed(name, value).to_string()
    }

    /// The same without a text.
    fn bodiless(name: &str, value: Value) -> String {
        let mut article = changed(name, value);
        article.as_object_mut().unwrap().remove("articleBody");
        article.to_string()
    }

    fn changed(name: &str, value: Value) -> Value {
        let mut article = json!({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "عنوان",
            "articleBody": "نصّ المقال.\n\nفقرة ثانية، أطول من الأولى بقليل."});
        article[name] = value;
        article
    }

    #[test]
    fn the_demo_article_is_of_the_usual_shape() {
        let text = include_str!("../../../../demo/articles/souira.json");
        assert_eq!(read(text), Some(whole(text)));
    }

    #[test]
    fn what_is_read_is_what_the_whole_reader_gives() {
        let usual = [
            ("description", json!("نصّ المقال")),
            ("description", json!("سطر آخر")),
            ("alternativeHeadline", json!("سطر آخر")),
            ("description", json!("عنوان")),
            ("author", json!("سلمى العلوي")),
            (
                "author",
                json!([{"name": "سلمى العلوي", "url": "/s", "image": "/s.jpg"}, {"name": "سلمى العلوي"}, "إدريس"]),
            ),
            ("author", json!({"name": "سلمى", "sameAs": "https://a.example/", "image": {"url": "/s.jpg"}})),
            ("image", json!("/a.jpg")),
            ("image", json!(["/a.jpg", "/b.jpg"])),
            (
                "image",
                json!([{"@type": "ImageObject", "url": "/a.jpg", "width": 1200, "height": "630px", "caption": "صورة"}]),
            ),
            ("thumbnailUrl", json!("/t.jpg")),
            ("url", json!("https://news.example/a")),
            ("mainEntityOfPage", json!("https://news.example/a")),
            ("mainEntityOfPage", json!({"@type": "WebPage", "@id": "https://news.example/a"})),
            ("@id", json!("https://news.example/a")),
            ("publisher", json!({"@type": "Organization", "name": "المرسى", "logo": {"url": "/l.png"}})),
            ("inLanguage", json!("ar-MA")),
            ("datePublished", json!("2026-11-14T06:30:00+01:00")),
            ("articleSection", json!("بيئة")),
            ("articleBody", json!("عنوان\n\nنصّ المقال.")),
            ("articleBody", json!("سطر مستقلّ\n\nنصّ المقال الذي يليه طويل بما يكفي ليكون فقرة.")),
            ("keywords", json!(["أ", "ب"])),
        ];
        for (name, value) in usual {
            let text = with(name, value.clone());
            assert_eq!(read(&text), Some(whole(&text)), "{text}");
            assert_eq!(describe(&text), None, "{text}");
            let text = bodiless(name, value);
            let described = json_ld::describe(std::slice::from_ref(&text), None, "https://a.example/").unwrap();
            assert_eq!(describe(&text), Some(described.article), "{text}");
            assert_eq!(read(&text), None, "{text}");
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_whole_reader() {
        let unusual = [
            ("headline", json!("عنوان &amp; آخر")),
            ("headline", json!(["عنوان"])),
            ("headline", json!(" عنوان")),
            ("headline", json!(null)),
            ("articleBody", json!("<p>نصّ</p>")),
            ("articleBody", json!(["نصّ", "آخر"])),
            ("articleBody", json!("")),
            ("articleBody", json!("سطر\\nآخر")),
            ("author", json!("أحمد، سلمى")),
            ("author", json!({"@id": "#a"})),
            ("author", json!({"name": ""})),
            ("image", json!([{"url": "/a.jpg"}, {"url": "/b.jpg", "width": 2000}])),
            ("image", json!({"@id": "#i"})),
            ("image", json!({"thumbnailUrl": "/a.jpg"})),
            ("url", json!("#a")),
            ("inLanguage", json!({"name": "ar"})),
            ("mainEntity", json!({"@type": "Article"})),
            ("mainEntityOfPage", json!({"@type": "NewsArticle", "articleBody": "آخر"})),
            ("liveBlogUpdate", json!([])),
            ("schema:description", json!("سطر")),
            ("@type", json!(["NewsArticle"])),
            ("@type", json!("WebPage")),
            ("@graph", json!([])),
            ("description", json!("\u{202E}عكس")),
        ];
        for (name, value) in unusual {
            assert_eq!(read(&with(name, value.clone())), None, "{name}: {value}");
            assert_eq!(describe(&with(name, value.clone())), None, "{name}: {value}");
        }
        for text in ["[]", "", "{", "null", "[{}]"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
