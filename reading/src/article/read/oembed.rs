//! oEmbed (<https://oembed.com>): what a site gives others to show of a page of its own.

use super::ReadError;
use super::json_value::{Fields, Node, body_of_html, keys, line, list, percent_decoded, picture, pixels, string, url};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::json::Json;
use maqal_contract::unicode::is_visible;

/// Whether a document is an answer of an oEmbed endpoint.
pub(super) fn is_one(value: &Json) -> bool {
    let is_version = match value.get("version") {
        Some(Json::String(version)) => matches!(version.trim(), "1.0" | "1"),
        Some(Json::Number(version)) => *version == 1.0,
        _ => false,
    };
    is_version && value.get("type").and_then(Json::as_str).is_some_and(|ty| TYPES.contains(&ty))
}

const TYPES: [&str; 4] = ["rich", "link", "photo", "video"];

/// Reads an answer. The article is the page that the endpoint at `address` was asked about.
///
/// # Errors
/// [`ReadError::NoBody`], [`ReadError::NoPage`], [`ReadError::Forbidden`].
pub(super) fn article(value: &Json, address: &str, fields: &mut Fields) -> Result<Article, ReadError> {
    let Some(node) = value.as_object() else { return Err(super::json::not_an_article(value)) };
    let ty = node.get("type").and_then(Json::as_str).unwrap_or_default();
    let title = fields.line(node, "title");
    // Some say themselves which page it is, beyond the specification.
    let own = if ty == "photo" { None } else { fields.url(node, "url") };
    let page = asked_for(address).or(own);
    let photo = if ty == "photo" { fields.get(node, "url", &url) } else { None };
    let is_photo = photo.is_some();
    let hero = match photo {
        Some(src) => Some(measured(src, node, "width", "height")),
        None => fields
            .get(node, "thumbnail_url", &url)
            .map(|src| measured(src, node, "thumbnail_width", "thumbnail_height")),
    };
    let html = match ty {
        "rich" | "video" => fields.get(node, "html", &string),
        _ => None,
    };
    let body = html.map(body_of_html).transpose()?.flatten();
    let body = match body {
        Some(body) if ty == "rich" && page.is_some() && !says_more(&body, title.as_deref()) => Body::Elsewhere,
        Some(body) => body,
        None if page.is_some() => Body::Elsewhere,
        // The picture is all there is to see.
        None if is_photo => Body::Text(Vec::new()),
        None if ty == "photo" => {
            return Err(ReadError::NoBody { ty: ["oEmbed ", ty].concat(), wanted: "url", keys: keys(node) });
        }
        None => return Err(ReadError::NoPage { ty: ["oEmbed ", ty].concat() }),
    };
    Ok(Article {
        title,
        kicker: None,
        standfirst: fields.line(node, "description"),
        authors: authors(node, fields),
        published: None,
        modified: None,
        hero,
        language: None,
        url: page,
        publisher: fields.line(node, "provider_name"),
        body,
    })
}

fn measured(src: UrlRef, node: &Node, width: &str, height: &str) -> Image {
    let measure = |key: &str| node.get(key).and_then(pixels);
    Image { width: measure(width), height: measure(height), ..picture(src) }
}

/// Whether there is more to read than the title: many pages only give a frame and a link to themselves.
fn says_more(body: &Body, title: Option<&str>) -> bool {
    match body {
        Body::Html(html) => {
            let text = html.text();
            is_visible(&text) && Some(text.trim()) != title
        }
        _ => true,
    }
}

/// The page that an endpoint is asked about: the parameter `url` of its address.
fn asked_for(address: &str) -> Option<UrlRef> {
    let (_, query) = address.split_once('#').map_or(address, |(address, _)| address).split_once('?')?;
    let value = query.split('&').find_map(|parameter| parameter.strip_prefix("url="))?;
    UrlRef::new(&percent_decoded(&value.replace('+', " ")))
}

fn authors(node: &Node, fields: &mut Fields) -> Vec<Author> {
    let names = node.get("author_name").map(list).unwrap_or_default();
    let address = fields.get(node, "author_url", &url);
    names.iter().take(1).filter_map(line).map(|name| Author { name, url: address.clone(), image: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::{article, asked_for};
    use crate::article::model::{Article, Body, UrlRef};
    use crate::article::read::json_value::Fields;
    use crate::article::read::{Document, ReadError, read};
    use serde_json::{Value, json};

    const ASKED: &str =
        "https://mina.example/wp-json/oembed/1.0/embed?format=json&url=https%3A%2F%2Fmina.example%2Fnets%2F#x";

    fn of(value: &Value, address: &str) -> Result<Article, ReadError> {
        article(&value.clone().into(), address, &mut Fields::default())
    }

    /// As WordPress answers.
    fn rich(html: &str) -> Value {
        json!({
            "version": "1.0", "provider_name": "جريدة الميناء", "provider_url": "https://mina.example",
            "author_name": "سلمى العلوي", "author_url": "https://mina.example/author/salma/",
            "title": "شباك الميناء &#8211; حكاية", "type": "rich", "width": 600, "height": 338, "html": html,
            "thumbnail_url": "https://mina.example/boats-600x400.jpg", "thumbnail_width": 600, "thumbnail_height": 400,
            "cache_age": "3600"
        })
    }

    #[test]
    fn a_rich_answer_is_read_by_its_fields() {
        let text = rich("<blockquote><p>قال لي البحر.</p></blockquote><script async src='x.js'></script>").to_string();
        let document = Document { content_type: Some("application/json"), address: ASKED, item: None, text: &text };
        let reading = read(&document).unwrap();
        assert_eq!(reading.warnings, []);
        let article = reading.article;
        assert_eq!(article.title.as_deref(), Some("شباك الميناء – حكاية"));
        assert_eq!(article.publisher.as_deref(), Some("جريدة الميناء"));
        assert_eq!(article.url, UrlRef::new("https://mina.example/nets/"));
        let [author] = article.authors.as_slice() else { panic!("one author") };
        assert_eq!(
            (author.name.as_str(), &author.url),
            ("سلمى العلوي", &UrlRef::new("https://mina.example/author/salma/"))
        );
        let hero = article.hero.unwrap();
        assert_eq!(
            (hero.src.as_str(), hero.width, hero.height),
            ("https://mina.example/boats-600x400.jpg", Some(600), Some(400))
        );
        let Body::Html(html) = article.body else { panic!("no markup") };
        assert_eq!(html.text().trim(), "قال لي البحر.");
    }

    #[test]
    fn what_only_frames_or_links_the_page_leads_to_it() {
        for html in [
            "<iframe src='https://mina.example/nets/embed/'></iframe>",
            "<script src='https://mina.example/embed.js'></script>",
            "<blockquote class='wp-embedded-content'><a href='https://mina.example/nets/'>شباك الميناء &#8211; حكاية</a></blockquote><iframe src='/embed'></iframe>",
        ] {
            assert_eq!(of(&rich(html), ASKED).unwrap().body, Body::Elsewhere, "{html}");
        }
        assert!(matches!(of(&rich("<script></script>"), "https://mina.example/o.json"), Err(ReadError::NoPage { .. })));
        let link = json!({"version": 1.0, "type": "link", "title": "عنوان"});
        assert_eq!(of(&link, ASKED).unwrap().body, Body::Elsewhere);
        let error = of(&link, "https://mina.example/o.json").unwrap_err();
        assert!(error.to_string().contains("oEmbed link") && error.to_string().contains("parameter `url`"), "{error}");
        let own = json!({"version": "1.0", "type": "link", "title": "عنوان", "url": "https://mina.example/nets/"});
        let article = of(&own, "https://mina.example/o.json").unwrap();
        assert_eq!((article.body, article.url), (Body::Elsewhere, UrlRef::new("https://mina.example/nets/")));
    }

    #[test]
    fn oembed_in_xml_leads_to_that_in_json() {
        let text = "<?xml version='1.0'?><oembed><version>1.0</version><type>link</type></oembed>";
        for kind in ["text/xml+oembed", "text/xml", "application/xml+oembed"] {
            let error = read(&Document { content_type: Some(kind), address: ASKED, item: None, text }).unwrap_err();
            assert!(error.to_string().contains("`format=json`"), "{kind}: {error}");
        }
    }

    #[test]
    fn a_photo_is_the_hero_and_a_film_the_body() {
        let photo = json!({"version": "1.0", "type": "photo", "url": "https://p.example/1.jpg", "width": "1024", "height": 683, "title": "الميناء"});
        for (address, body) in [(ASKED, Body::Elsewhere), ("https://p.example/o.json", Body::Text(vec![]))] {
            let article = of(&photo, address).unwrap();
            let hero = article.hero.unwrap();
            assert_eq!(
                (hero.src.as_str(), hero.width, hero.height),
                ("https://p.example/1.jpg", Some(1024), Some(683))
            );
            assert_eq!(article.body, body);
        }
        let film = json!({"version": "1.0", "type": "video", "html": "<iframe width=560 height=315 src='https://www.youtube.com/embed/x'></iframe>", "title": "الميناء"});
        assert!(matches!(of(&film, ASKED).unwrap().body, Body::Html(html) if !html.is_empty()));
    }

    #[test]
    fn the_page_is_the_one_that_the_endpoint_was_asked_about() {
        assert_eq!(
            asked_for("https://a.example/o?maxwidth=600&url=https://b.example/x+y"),
            UrlRef::new("https://b.example/x y")
        );
        for address in [
            "",
            "https://a.example/o",
            "https://a.example/o?curl=x",
            "https://a.example/o?url=",
            "https://a.example/o#?url=x",
        ] {
            assert_eq!(asked_for(address), None, "{address}");
        }
    }
}
