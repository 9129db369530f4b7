//! JSON Feed 1 and 1.1 (<https://www.jsonfeed.org/version/1.1/>): a feed, or one of its items alone.

use super::ReadError;
use super::json_value::{
    Fields, Node, body_of, body_of_html, choose, identifier, keys, line, objects, picture, string, url,
};
use crate::article::model::{Article, Author, Body, UrlRef};
use crate::json::Json;

/// Whether a document is a JSON Feed, or an item of one.
pub(super) fn is_one(value: &Json) -> bool {
    is_feed(value)
        || objects(value).any(|item| ["content_html", "content_text"].iter().any(|key| item.contains_key(key)))
}

fn is_feed(value: &Json) -> bool {
    let version = value.get("version").and_then(Json::as_str).unwrap_or_default();
    ["https://jsonfeed.org/version/", "http://jsonfeed.org/version/", "https://www.jsonfeed.org/version/"]
        .iter()
        .any(|start| version.starts_with(start))
}

/// Reads the item that `item` names, by `id`, `url` or `external_url`. What it does not say is the feed's.
///
/// # Errors
/// [`ReadError::NoItems`], [`ReadError::NoSuchItem`], [`ReadError::NoBody`], [`ReadError::Forbidden`].
pub(super) fn article(value: &Json, item: Option<&str>, fields: &mut Fields) -> Result<Article, ReadError> {
    let feed = value.as_object().filter(|_| is_feed(value));
    let items: Vec<&Node> = match feed {
        Some(feed) => feed.get("items").map(|items| objects(items).collect()).unwrap_or_default(),
        None => objects(value).collect(),
    };
    let has_text = |node: &Node| {
        ["content_html", "content_text"]
            .iter()
            .filter_map(|key| string(node.get(key)?))
            .any(|text| !text.trim().is_empty())
    };
    let node = choose(&items, item, &names, &has_text)?;

    let mut title = fields.line(node, "title");
    let url = fields.url(node, "url").or_else(|| {
        // The specification wants an identifier to be the address where it can.
        identifier(node.get("id")?).filter(|id| id.contains("://")).and_then(|id| UrlRef::new(&id))
    });
    let url = url.or_else(|| fields.url(node, "external_url"));
    let standfirst = fields.line(node, "summary");
    let html = fields.get(node, "content_html", &string);
    let mut body = html.map(body_of_html).transpose()?.flatten();
    if body.is_none()
        && let Some(text) = fields.get(node, "content_text", &string)
    {
        body = body_of(text, &mut title)?;
    }
    let body = match body {
        Some(body) => body,
        None if (standfirst.is_some() || title.is_some()) && url.is_some() => Body::Elsewhere,
        None => {
            let ty = "item of a JSON Feed".to_owned();
            return Err(ReadError::NoBody { ty, wanted: "content_html", keys: keys(node) });
        }
    };
    let mut authors = authors_of(node, fields);
    if authors.is_empty()
        && let Some(feed) = feed
    {
        authors = authors_of(feed, fields);
    }
    let language = fields.line(node, "language").or_else(|| fields.line(feed?, "language"));
    Ok(Article {
        title,
        kicker: fields.line(node, "tags"),
        standfirst,
        authors,
        published: fields.line(node, "date_published"),
        modified: fields.line(node, "date_modified"),
        hero: fields.url(node, "image").or_else(|| fields.url(node, "banner_image")).map(picture),
        language,
        url,
        publisher: feed.and_then(|feed| fields.line(feed, "title")),
        body,
    })
}

fn names(node: &Node) -> Vec<String> {
    ["id", "url", "external_url"].iter().filter_map(|key| identifier(node.get(key)?)).collect()
}

/// The authors that an item or a feed names: `authors`, or the one `author` of version 1.
fn authors_of(node: &Node, fields: &mut Fields) -> Vec<Author> {
    let authors = fields.authors(node, "authors", &author);
    if authors.is_empty() { fields.authors(node, "author", &author) } else { authors }
}

fn author(value: &Json) -> Vec<Author> {
    let one = |key: &str| value.get(key);
    let name = line(value).or_else(|| one("name").and_then(line));
    let url_of = |key| one(key).and_then(url);
    name.map(|name| Author { name, url: url_of("url"), image: url_of("avatar") }).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::article;
    use crate::article::model::{Article, Author, Body, UrlRef};
    use crate::article::read::json_value::Fields;
    use crate::article::read::{Document, ReadError, read};
    use crate::text::reflow::Block;
    use serde_json::{Value, json};

    /// As a static site generator writes it.
    fn feed() -> Value {
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "دفتر الميناء",
            "home_page_url": "https://daftar.example/",
            "feed_url": "https://daftar.example/feed.json",
            "description": "يوميات من ميناء صغير.",
            "icon": "https://daftar.example/icon.png",
            "language": "ar-MA",
            "authors": [{"name": "سلمى العلوي", "url": "https://daftar.example/salma", "avatar": "https://daftar.example/salma.jpg"}],
            "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
            "_microblog": {"about": "https://micro.example/about"},
            "items": [
                {
                    "id": "https://daftar.example/2026/nets/", "url": "https://daftar.example/2026/nets/",
                    "external_url": "https://far.example/nets", "title": "الشباك القديمة &amp; الجديدة",
                    "content_html": "<p>في المخزن <a href=\"/2025/store/\">الأزرق</a> شباك كثيرة.</p><p>فقرة ثانية.</p>",
                    "summary": "ما تقوله الشباك عن أصحابها.", "image": "https://daftar.example/nets.jpg",
                    "date_published": "2026-11-14T06:30:00+01:00", "date_modified": "2026-11-15T08:00:00+01:00",
                    "tags": ["بحر", "حرف"], "language": "ar",
                    "authors": [{"name": "إدريس أمزيان"}, {"url": "https://daftar.example/nobody"}],
                    "attachments": [{"url": "https://daftar.example/nets.mp3", "mime_type": "audio/mpeg"}]
                },
                {"id": 7, "content_text": "مرّ القارب الأزرق هذا الصباح.\n\nلم يتوقف.", "banner_image": "/b.jpg"},
                {"id": "9", "url": "https://daftar.example/9", "summary": "خلاصة فقط."},
                {"id": "10", "title": "لا شيء"}
            ]
        })
    }

    fn of(value: &Value, item: Option<&str>) -> Result<Article, ReadError> {
        article(&value.clone().into(), item, &mut Fields::default())
    }

    fn author(name: &str) -> Author {
        Author { name: name.to_owned(), url: None, image: None }
    }

    #[test]
    fn an_item_is_read_with_what_the_feed_says_of_all() {
        let mut fields = Fields::default();
        let article = article(&feed().into(), None, &mut fields).unwrap();
        assert_eq!(article.title.as_deref(), Some("الشباك القديمة & الجديدة"));
        assert_eq!(article.standfirst.as_deref(), Some("ما تقوله الشباك عن أصحابها."));
        assert_eq!(article.authors, [author("إدريس أمزيان")]);
        assert_eq!(article.kicker.as_deref(), Some("بحر"));
        assert_eq!(article.language.as_deref(), Some("ar"));
        assert_eq!(article.publisher.as_deref(), Some("دفتر الميناء"));
        assert_eq!(article.url, UrlRef::new("https://daftar.example/2026/nets/"));
        assert_eq!(article.published.as_deref(), Some("2026-11-14T06:30:00+01:00"));
        assert_eq!(article.modified.as_deref(), Some("2026-11-15T08:00:00+01:00"));
        assert_eq!(article.hero.map(|hero| hero.src), UrlRef::new("https://daftar.example/nets.jpg"));
        let Body::Html(html) = article.body else { panic!("no markup") };
        assert_eq!(html.text(), "في المخزن الأزرق شباك كثيرة.\nفقرة ثانية.\n");
        assert_eq!(fields.warnings.iter().map(|warning| warning.field).collect::<Vec<_>>(), ["authors"]);
    }

    #[test]
    fn a_note_without_a_title_is_its_text() {
        let note = of(&feed(), Some("7")).unwrap();
        assert_eq!(note.title, None);
        assert_eq!((note.language.as_deref(), note.hero.map(|hero| hero.src)), (Some("ar-MA"), UrlRef::new("/b.jpg")));
        assert_eq!(note.authors[0].image, UrlRef::new("https://daftar.example/salma.jpg"));
        let texts = ["مرّ القارب الأزرق هذا الصباح.", "لم يتوقف."].map(|text| Block::Paragraph(text.to_owned()));
        assert_eq!(note.body, Body::Text(texts.to_vec()));
    }

    #[test]
    fn a_summary_leads_to_the_article_and_nothing_at_all_is_an_error() {
        let summary = of(&feed(), Some("https://daftar.example/9/")).unwrap();
        assert_eq!((summary.body, summary.standfirst.as_deref()), (Body::Elsewhere, Some("خلاصة فقط.")));
        let linked = json!({"version": "https://jsonfeed.org/version/1.1", "items": [
            {"id": "1", "url": "https://daftar.example/1", "title": "عنوان"}]});
        assert_eq!(of(&linked, None).map(|article| article.body), Ok(Body::Elsewhere));
        let error = of(&feed(), Some("10")).unwrap_err();
        assert!(error.to_string().contains("has no `content_html` with a text in it, only `id`, `title`"), "{error}");
    }

    #[test]
    fn items_are_named_by_identifier_and_address() {
        for item in ["https://daftar.example/2026/nets", "https://far.example/nets"] {
            assert!(of(&feed(), Some(item)).is_ok_and(|article| article.kicker.as_deref() == Some("بحر")), "{item}");
        }
        let known = ["https://daftar.example/2026/nets/", "7", "9", "10"].map(str::to_owned).to_vec();
        assert_eq!(of(&feed(), Some("8")), Err(ReadError::NoSuchItem { item: "8".to_owned(), known }));
        for items in [json!([]), json!(null), json!(7), json!([1, "2"])] {
            let empty = json!({"version": "https://jsonfeed.org/version/1", "items": items});
            assert_eq!(of(&empty, None), Err(ReadError::NoItems), "{items}");
        }
    }

    #[test]
    fn version_1_and_an_item_alone_are_read() {
        let first = json!({"version": "https://jsonfeed.org/version/1", "author": {"name": "مريم"}, "items": [
            {"id": "1", "content_html": "نصّ من فقرة."}]});
        assert_eq!(of(&first, None).unwrap().authors, [author("مريم")]);
        let item = json!({"id": "https://n.example/1", "content_html": "", "content_text": "نصّ.", "author": "مريم"})
            .to_string();
        let document = Document { content_type: Some("application/feed+json"), address: "", item: None, text: &item };
        let reading = read(&document).unwrap();
        assert_eq!((reading.article.url, reading.article.publisher), (UrlRef::new("https://n.example/1"), None));
        assert_eq!((reading.article.authors, reading.warnings), (vec![author("مريم")], vec![]));
    }
}
