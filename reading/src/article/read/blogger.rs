//! Blogger's feeds in JSON (<https://developers.google.com/gdata/docs/json>): Atom, its elements objects and the text of
//! each in `$t`.

use super::json_value::{
    Fields, Node, body_of, body_of_html, choose, keys, line_of, list, objects, picture, pixels, url,
};
use super::{ReadError, feed};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::json::Json;

/// Whether a document is a feed or an entry of Blogger's.
pub(super) fn is_one(value: &Json) -> bool {
    let has_texts = |node: &Node| node.values().any(|field| list(field).iter().any(|one| text(one).is_some()));
    ["feed", "entry"].iter().filter_map(|key| value.get(key)).flat_map(objects).any(has_texts)
        || value.get("feed").is_some_and(|feed| feed.get("entry").is_some_and(|entry| objects(entry).any(has_texts)))
}

/// Reads the entry that `item` names, by its `tag:` identifier, the number of its post or its address.
///
/// # Errors
/// [`ReadError::NoItems`], [`ReadError::NoSuchItem`], [`ReadError::NoBody`], [`ReadError::Forbidden`].
pub(super) fn article(value: &Json, item: Option<&str>, fields: &mut Fields) -> Result<Article, ReadError> {
    let feed = value.get("feed").and_then(Json::as_object);
    let entries = feed.map_or_else(|| value.get("entry"), |feed| feed.get("entry"));
    let entries: Vec<&Node> = entries.map(|entries| objects(entries).collect()).unwrap_or_default();
    let has_text = |node: &Node| node.get("content").and_then(text).is_some_and(|text| !text.trim().is_empty());
    let node = choose(&entries, item, &names, &has_text)?;

    let mut title = fields.get(node, "title", &line_of_text);
    let url = node.get("link").and_then(alternate);
    let mut body = match fields.get(node, "content", &text) {
        Some(content) if is_plain(node.get("content")) => body_of(content, &mut title)?,
        Some(content) => body_of_html(content)?,
        None => None,
    };
    let summary = fields.get(node, "summary", &text);
    let mut standfirst = summary.and_then(feed::summary);
    if body.is_none() && standfirst.is_some() {
        if url.is_some() {
            fields.warn("content", "missing, only a summary is here; the texts are in the feed `posts/default`");
            body = Some(Body::Elsewhere);
        } else {
            body = summary.map(|summary| body_of(summary, &mut title)).transpose()?.flatten();
            standfirst = None;
        }
    }
    let Some(body) = body else {
        return Err(ReadError::NoBody { ty: "entry of Blogger's".to_owned(), wanted: "content.$t", keys: keys(node) });
    };
    // A picture in the text is nearer to what the author meant, and the card puts it at the head.
    let has_picture = node.get("content").and_then(text).is_some_and(|html| html.contains("<img"));
    let thumbnail = if has_picture { None } else { fields.get(node, "media$thumbnail", &thumbnail).flatten() };
    Ok(Article {
        title,
        kicker: fields.get(node, "category", &section),
        standfirst,
        authors: fields.authors(node, "author", &author),
        published: fields.get(node, "published", &line_of_text),
        modified: fields.get(node, "updated", &line_of_text),
        hero: thumbnail,
        language: None,
        url,
        publisher: feed.and_then(|feed| fields.get(feed, "title", &line_of_text)),
        body,
    })
}

/// What names an entry: the number of its post, the identifier that ends in it, its address.
fn names(node: &Node) -> Vec<String> {
    let id = node.get("id").and_then(text).unwrap_or_default().trim();
    let number = id.rsplit_once(".post-").map_or("", |(_, number)| number);
    let address = node.get("link").and_then(alternate);
    let address = address.as_ref().map_or("", UrlRef::as_str);
    [number, id, address].into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The text of an element.
fn text(value: &Json) -> Option<&str> {
    value.get("$t")?.as_str()
}

fn line_of_text(value: &Json) -> Option<String> {
    text(value).and_then(line_of)
}

fn is_plain(content: Option<&Json>) -> bool {
    content.and_then(|content| content.get("type")).and_then(Json::as_str) == Some("text")
}

/// The address of the post itself, of all those in `link`.
fn alternate(links: &Json) -> Option<UrlRef> {
    let is_alternate = |link: &&Node| link.get("rel").and_then(Json::as_str) == Some("alternate");
    objects(links).filter(is_alternate).find_map(|link| url(link.get("href")?))
}

/// A label of the post; other categories say what kind of thing an entry is.
fn section(value: &Json) -> Option<String> {
    let scheme = value.get("scheme").and_then(Json::as_str).unwrap_or_default();
    if scheme.ends_with("#kind") {
        return None;
    }
    feed::section(value.get("term")?.as_str()?)
}

fn author(value: &Json) -> Vec<Author> {
    let get = |key: &str| value.get(key).and_then(text);
    // Blogger's word for who hides the profile.
    let Some(name) = get("name").and_then(line_of).filter(|name| name != "Unknown") else { return Vec::new() };
    let portrait = value.get("gd$image").and_then(|image| url(image.get("src")?));
    let image = portrait.filter(|src| !["blank.gif", "-rounded."].iter().any(|sign| src.as_str().contains(sign)));
    vec![Author { name, url: get("uri").and_then(UrlRef::new), image }]
}

/// Narrower pictures are for lists, in CSS pixels.
const MIN_WIDTH: u32 = 200;

/// The picture of an entry, in the width of a card: what the feed names is a square of 72 pixels.
fn thumbnail(value: &Json) -> Option<Option<Image>> {
    let node = value.as_object()?;
    let src = url(node.get("url")?)?;
    let measure = |key: &str| node.get(key).and_then(pixels);
    if let Some(full) = full_size(src.as_str()).and_then(|full| UrlRef::new(&full)) {
        return Some(Some(picture(full)));
    }
    let image = Image { width: measure("width"), height: measure("height"), ..picture(src) };
    Some((image.width >= Some(MIN_WIDTH)).then_some(image))
}

/// The address of a picture of Blogger's in the width of a card, where `address` is that of its thumbnail: the size is
/// a segment of the path (`/s72-c/`), or follows its last `=` (`=s72-w640-h480-c`).
pub(super) fn full_size(address: &str) -> Option<String> {
    let is_size = |part: &str| {
        part.strip_prefix('s').is_some_and(|rest| rest.split('-').next().is_some_and(|n| n.parse::<u32>().is_ok()))
    };
    if let Some((before, size)) = address.rsplit_once('=')
        && is_size(size)
    {
        return Some([before, "=s1600"].concat());
    }
    let part = address.split('/').find(|part| is_size(part) && part.contains('-'))?;
    Some(address.replacen(&["/", part, "/"].concat(), "/s1600/", 1))
}

#[cfg(test)]
mod tests {
    use super::{article, full_size};
    use crate::article::model::{Article, Body, UrlRef};
    use crate::article::read::json_value::Fields;
    use crate::article::read::{Document, ReadError, Reading, read};
    use crate::text::reflow::Block;
    use serde_json::{Value, json};

    const ID: &str = "tag:blogger.com,1999:blog-3141592653589793238.post-2718281828459045235";

    /// As `feeds/posts/default?alt=json` answers.
    fn feed() -> Value {
        json!({
            "version": "1.0", "encoding": "UTF-8",
            "feed": {
                "xmlns": "http://www.w3.org/2005/Atom", "xmlns$openSearch": "http://a9.com/-/spec/opensearchrss/1.0/",
                "xmlns$blogger": "http://schemas.google.com/blogger/2008", "xmlns$georss": "http://www.georss.org/georss",
                "xmlns$gd": "http://schemas.google.com/g/2005", "xmlns$thr": "http://purl.org/syndication/thread/1.0",
                "id": {"$t": "tag:blogger.com,1999:blog-3141592653589793238"},
                "updated": {"$t": "2026-11-15T01:10:00.000+01:00"},
                "category": [{"term": "بحر"}, {"term": "حرف"}],
                "title": {"type": "text", "$t": "مدوّنة الواحة"},
                "subtitle": {"type": "html", "$t": "حكايات من الجنوب"},
                "link": [{"rel": "alternate", "type": "text/html", "href": "https://waha.example/"}],
                "author": [{"name": {"$t": "مريم بناني"}}],
                "generator": {"version": "7.00", "uri": "http://www.blogger.com", "$t": "Blogger"},
                "openSearch$totalResults": {"$t": "2"}, "openSearch$startIndex": {"$t": "1"},
                "openSearch$itemsPerPage": {"$t": "25"},
                "entry": [{
                    "id": {"$t": ID}, "published": {"$t": "2026-11-14T06:30:00.001+01:00"},
                    "updated": {"$t": "2026-11-14T09:05:12.345+01:00"},
                    "category": [
                        {"scheme": "http://schemas.google.com/g/2005#kind", "term": "http://schemas.google.com/blogger/2008/kind#post"},
                        {"scheme": "http://www.blogger.com/atom/ns#", "term": "واحات"}, {"scheme": "http://www.blogger.com/atom/ns#", "term": "ماء"}
                    ],
                    "title": {"type": "text", "$t": "عودة الماء"},
                    "content": {"type": "html", "$t": "<div dir=\"rtl\" style=\"text-align: right;\" trbidi=\"on\">عاد الماء إلى الخطّارة.<br /><br />فرح به <b>الجميع</b>.</div>"},
                    "link": [
                        {"rel": "replies", "type": "application/atom+xml", "href": "https://waha.example/feeds/2718/comments/default", "title": "تعليقات الرسالة"},
                        {"rel": "edit", "type": "application/atom+xml", "href": "https://www.blogger.com/feeds/3141/posts/default/2718"},
                        {"rel": "self", "type": "application/atom+xml", "href": "https://www.blogger.com/feeds/3141/posts/default/2718"},
                        {"rel": "alternate", "type": "text/html", "href": "https://waha.example/2026/11/water.html", "title": "عودة الماء"}
                    ],
                    "author": [{"name": {"$t": "مريم بناني"}, "uri": {"$t": "http://www.blogger.com/profile/1"},
                        "email": {"$t": "noreply@blogger.com"},
                        "gd$image": {"rel": "http://schemas.google.com/g/2005#thumbnail", "width": "32", "height": "32", "src": "//blogger.googleusercontent.com/img/b/R2/x/s220/m.jpg"}}],
                    "media$thumbnail": {"xmlns$media": "http://search.yahoo.com/mrss/", "url": "https://blogger.googleusercontent.com/img/b/R29v/AVv/s72-c/water.jpg", "height": "72", "width": "72"},
                    "thr$total": {"$t": "4"}
                }, {
                    "id": {"$t": "tag:blogger.com,1999:blog-3141592653589793238.post-99"},
                    "title": {"type": "text", "$t": ""},
                    "content": {"type": "html", "$t": "<p><img src=\"a.jpg\"/></p><p>صورة.</p>"},
                    "media$thumbnail": {"url": "https://1.bp.blogspot.com/x/s72-c/a.jpg"},
                    "author": [{"name": {"$t": "Unknown"}, "gd$image": {"src": "https://img1.blogblog.com/img/b16-rounded.gif"}}]
                }]
            }
        })
    }

    fn of(value: &Value, item: Option<&str>) -> Result<Article, ReadError> {
        article(&value.clone().into(), item, &mut Fields::default())
    }

    fn of_text(text: &str) -> Result<Reading, ReadError> {
        read(&Document { content_type: Some("application/json"), address: "https://waha.example/f", item: None, text })
    }

    #[test]
    fn an_entry_is_read_by_its_fields() {
        let Reading { article, warnings } = of_text(&feed().to_string()).unwrap();
        assert_eq!(warnings, []);
        assert_eq!(article.title.as_deref(), Some("عودة الماء"));
        assert_eq!(article.kicker.as_deref(), Some("واحات"));
        assert_eq!(article.publisher.as_deref(), Some("مدوّنة الواحة"));
        assert_eq!(article.published.as_deref(), Some("2026-11-14T06:30:00.001+01:00"));
        assert_eq!(article.modified.as_deref(), Some("2026-11-14T09:05:12.345+01:00"));
        assert_eq!(article.url, UrlRef::new("https://waha.example/2026/11/water.html"));
        let [author] = article.authors.as_slice() else { panic!("one author") };
        assert_eq!(
            (author.name.as_str(), &author.url),
            ("مريم بناني", &UrlRef::new("http://www.blogger.com/profile/1"))
        );
        assert_eq!(author.image, UrlRef::new("//blogger.googleusercontent.com/img/b/R2/x/s220/m.jpg"));
        let hero = article.hero.unwrap();
        assert_eq!(hero.src.as_str(), "https://blogger.googleusercontent.com/img/b/R29v/AVv/s1600/water.jpg");
        assert_eq!((hero.width, hero.height), (None, None));
        let Body::Html(html) = article.body else { panic!("no markup") };
        assert_eq!(html.text(), "عاد الماء إلى الخطّارة.\nفرح به الجميع.\n");
    }

    #[test]
    fn entries_are_named_by_identifier_number_and_address() {
        for item in [ID, "2718281828459045235", "https://waha.example/2026/11/water.html"] {
            assert!(of(&feed(), Some(item)).is_ok_and(|article| article.title.is_some()), "{item}");
        }
        let known = ["2718281828459045235", "99"].map(str::to_owned).to_vec();
        assert_eq!(of(&feed(), Some("5")), Err(ReadError::NoSuchItem { item: "5".to_owned(), known }));
        let empty = json!({"feed": {"title": {"$t": "مدوّنة"}, "openSearch$totalResults": {"$t": "0"}}});
        assert_eq!(of_text(&empty.to_string()), Err(ReadError::NoItems));
    }

    #[test]
    fn an_own_picture_is_preferred_to_the_thumbnail_and_a_placeholder_is_no_portrait() {
        let untitled = of(&feed(), Some("99")).unwrap();
        assert_eq!((untitled.title, untitled.hero, untitled.authors), (None, None, vec![]));
        let entry = json!({"entry": {"content": {"$t": "نصّ."}, "author": {"name": {"$t": "مريم"}, "gd$image": {"src": "https://img1.blogblog.com/img/blank.gif"}},
            "media$thumbnail": {"url": "https://img.youtube.com/vi/x/default.jpg", "width": "72", "height": "72"}}});
        let alone = of(&entry, None).unwrap();
        assert_eq!((alone.authors[0].image.clone(), alone.hero), (None, None));
    }

    #[test]
    fn a_feed_of_summaries_leads_to_the_articles() {
        let mut fields = Fields::default();
        let link = json!([{"rel": "alternate", "href": "https://waha.example/1"}]);
        let short = json!({"feed": {"entry": {"title": {"$t": "عنوان"}, "summary": {"type": "text", "$t": "أول النص..."}, "link": link}}});
        let found = article(&short.into(), None, &mut fields).unwrap();
        assert_eq!((found.body, found.standfirst.as_deref()), (Body::Elsewhere, Some("أول النص...")));
        assert!(fields.warnings[0].to_string().contains("posts/default"));
        let nowhere = json!({"entry": {"title": {"$t": "عنوان"}, "summary": {"$t": "أول النص."}}});
        assert_eq!(of(&nowhere, None).unwrap().body, Body::Text(vec![Block::Paragraph("أول النص.".to_owned())]));
        let nothing = json!({"entry": {"title": {"$t": "عنوان"}, "content": {"$t": "<script>x()</script>"}}});
        let error = of(&nothing, None).unwrap_err();
        assert!(error.to_string().contains("`content.$t`"), "{error}");
    }

    #[test]
    fn a_feed_in_the_call_of_a_script_is_read() {
        let feed = feed();
        for text in [
            format!("gdata.io.handleScriptLoaded({feed});"),
            format!("// API callback\ncallback({feed});\n"),
            format!("/**/_cb$1 ( {feed} )"),
        ] {
            assert!(of_text(&text).is_ok_and(|reading| reading.article.title.is_some()), "{}", &text[..40]);
        }
        for text in ["alert(1)", "callback({", "callback({\"entry\":)"] {
            assert!(matches!(of_text(text), Err(ReadError::Json { line: 1, column: 1 })), "{text}");
        }
    }

    #[test]
    fn thumbnails_are_asked_for_in_full() {
        for (small, full) in [
            ("https://1.bp.blogspot.com/a/s72-c/sea.jpg", "https://1.bp.blogspot.com/a/s1600/sea.jpg"),
            ("https://b.example/a/s72-w640-h480-c/sea.jpg", "https://b.example/a/s1600/sea.jpg"),
            ("https://lh3.example/abc=s72-c", "https://lh3.example/abc=s1600"),
        ] {
            assert_eq!(full_size(small).as_deref(), Some(full));
        }
        assert_eq!(full_size("https://b.example/story-c/sea.jpg"), None);
    }
}
