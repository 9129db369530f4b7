//! Posts of WordPress's REST API (<https://developer.wordpress.org/rest-api/reference/posts/>): one, or a list of them.
//!
//! Author, picture and section are only there with the parameter `_embed`; what widespread plugins (Yoast SEO, Jetpack)
//! say of them without it is taken too.

use super::json_value::{
    Fields, Node, body_of_html, choose, identifier, keys, line, list, objects, percent_decoded, picture, pixels,
    shortened, string, url,
};
use super::{ReadError, feed, html_text};
use crate::article::model::{Article, Author, Body, Image};
use crate::json::Json;
use crate::text::bidi;

/// Whether a document is a post, a list of posts, or WordPress's word for why there is none.
pub(super) fn is_one(value: &Json) -> bool {
    objects(value).any(is_post) || value.as_object().is_some_and(|node| refusal(node).is_some())
}

fn is_post(node: &Node) -> bool {
    ["title", "content"].iter().any(|key| node.get(key).and_then(rendered).is_some())
}

/// The code and the message of an error (<https://developer.wordpress.org/rest-api/using-the-rest-api/global-parameters/>).
fn refusal(node: &Node) -> Option<(&str, &str)> {
    node.get("data")?.get("status")?;
    Some((node.get("code")?.as_str()?, node.get("message")?.as_str()?))
}

/// Reads the post that `item` names, by its slug, its number or its address.
///
/// # Errors
/// [`ReadError::NoSuchItem`], [`ReadError::NoBody`], [`ReadError::Protected`], [`ReadError::Forbidden`], and
/// [`ReadError::NotAnArticle`] for an error of WordPress's.
pub(super) fn article(value: &Json, item: Option<&str>, fields: &mut Fields) -> Result<Article, ReadError> {
    if let Some((code, message)) = value.as_object().and_then(refusal) {
        let types = vec![shortened(&["WordPress error ", code].concat()), shortened(message)];
        return Err(ReadError::NotAnArticle { types, keys: Vec::new() });
    }
    let posts: Vec<&Node> = objects(value).filter(|node| is_post(node)).collect();
    let has_text = |node: &Node| node.get("content").and_then(rendered).is_some_and(|text| !text.trim().is_empty());
    let node = choose(&posts, item, &names, &has_text)?;

    let url = fields.url(node, "link");
    let standfirst = fields.get(node, "excerpt", &rendered).and_then(excerpt);
    let content = fields.get(node, "content", &rendered);
    let is_protected = node.get("content").and_then(|content| content.get("protected")) == Some(&Json::Bool(true));
    let body = match content.map(body_of_html).transpose()?.flatten() {
        Some(body) => body,
        None if is_protected => return Err(ReadError::Protected),
        None if url.is_some() && standfirst.is_some() => Body::Elsewhere,
        None => {
            let ty = node.get("type").and_then(Json::as_str).unwrap_or("post");
            let ty = shortened(&["WordPress ", ty].concat());
            return Err(ReadError::NoBody { ty, wanted: "content.rendered", keys: keys(node) });
        }
    };
    let embedded = node.get("_embedded").and_then(Json::as_object);
    let yoast = node.get("yoast_head_json").and_then(Json::as_object);
    Ok(Article {
        title: fields.get(node, "title", &|value| text_of(rendered(value)?)),
        kicker: embedded.and_then(|embedded| section(embedded.get("wp:term")?)),
        standfirst,
        authors: authors(node, embedded, yoast, fields),
        published: date(node, "date_gmt", "date", fields),
        modified: date(node, "modified_gmt", "modified", fields),
        hero: hero(node, embedded, yoast, fields),
        language: language(node, yoast),
        url,
        publisher: yoast.and_then(|yoast| line(yoast.get("og_site_name")?)),
        body,
    })
}

/// What names a post: its slug, readable; its number; its address.
fn names(node: &Node) -> Vec<String> {
    let slug = node.get("slug").and_then(string).map(percent_decoded).filter(|slug| !slug.trim().is_empty());
    slug.into_iter().chain(["id", "link"].iter().filter_map(|key| identifier(node.get(key)?))).collect()
}

/// The HTML of a field.
fn rendered(value: &Json) -> Option<&str> {
    value.get("rendered")?.as_str()
}

/// The text of HTML as one clean line.
fn text_of(html: &str) -> Option<String> {
    bidi::visible_line(&html_text::strip(html))
}

/// The excerpt without the link that leads to the rest.
fn excerpt(html: &str) -> Option<String> {
    let link = ["more-link", "read-more", "excerpt-more"].iter().find_map(|class| html.find(class));
    let html = link.and_then(|at| html[..at].rfind("<a")).map_or(html, |at| &html[..at]);
    feed::summary(html)
}

/// A date: in UTC as `gmt` has it, else the site's own.
fn date(node: &Node, gmt: &'static str, local: &'static str, fields: &mut Fields) -> Option<String> {
    // Drafts have a year of zeros.
    match fields.line(node, gmt).filter(|date| !date.starts_with("0000")) {
        // It has no offset, and is in UTC all the same.
        Some(date) if date.ends_with('Z') => Some(date),
        Some(date) => Some(date + "Z"),
        None => fields.line(node, local),
    }
}

/// Whether `_links` promises what `_embedded` lacks.
fn is_missing(node: &Node, embedded: Option<&Node>, link: &str) -> bool {
    embedded.is_none_or(|embedded| !embedded.contains_key(link))
        && node.get("_links").and_then(|links| links.get(link)).is_some_and(|links| objects(links).next().is_some())
}

fn authors(node: &Node, embedded: Option<&Node>, yoast: Option<&Node>, fields: &mut Fields) -> Vec<Author> {
    let found = embedded.and_then(|embedded| embedded.get("author"));
    let mut authors: Vec<Author> = found.map(|found| objects(found).filter_map(author).collect()).unwrap_or_default();
    if authors.is_empty()
        && let Some(name) = yoast.and_then(|yoast| line(yoast.get("author")?))
    {
        authors.push(Author { name, url: None, image: None });
    }
    if authors.is_empty() && is_missing(node, embedded, "author") {
        fields.warn("_embedded.author", "missing: add `_embed` to the parameters of `src`, and the author is shown");
    }
    authors
}

/// An author; `None` for the error that stands in the place of one who is not public.
fn author(node: &Node) -> Option<Author> {
    let largest = node.get("avatar_urls").and_then(Json::as_object).and_then(|avatars| {
        let size = |key: &str| key.parse::<u32>().unwrap_or_default();
        avatars.iter().max_by_key(|(key, _)| size(key)).and_then(|(_, src)| url(src))
    });
    Some(Author {
        name: node.get("name").and_then(line)?,
        url: ["link", "url"].iter().find_map(|key| url(node.get(key)?)),
        image: largest,
    })
}

fn hero(node: &Node, embedded: Option<&Node>, yoast: Option<&Node>, fields: &mut Fields) -> Option<Image> {
    let media = embedded.and_then(|embedded| objects(embedded.get("wp:featuredmedia")?).find_map(media));
    let found = media
        .or_else(|| fields.url(node, "jetpack_featured_media_url").map(picture))
        .or_else(|| objects(yoast?.get("og_image")?).find_map(sized));
    if found.is_none() && is_missing(node, embedded, "wp:featuredmedia") {
        fields.warn(
            "_embedded.wp:featuredmedia",
            "missing: add `_embed` to the parameters of `src`, and the picture is shown",
        );
    }
    found
}

/// A picture of the media library; `None` for the error that stands in the place of one that is not public.
fn media(node: &Node) -> Option<Image> {
    let kind = node.get("media_type").and_then(Json::as_str).unwrap_or("image");
    if kind != "image" {
        return None;
    }
    let details = node.get("media_details").and_then(Json::as_object);
    let sizes = details.and_then(|details| details.get("sizes")).and_then(Json::as_object);
    let size = |name: &str| sizes.and_then(|sizes| sizes.get(name)).and_then(Json::as_object).and_then(sized);
    // The original may be as large as the camera made it.
    let image = size("large").or_else(|| size("full")).or_else(|| {
        let src = url(node.get("source_url")?)?;
        let measure = |key: &str| details.and_then(|details| details.get(key)).and_then(pixels);
        Some(Image { width: measure("width"), height: measure("height"), ..picture(src) })
    })?;
    let caption = node.get("caption").and_then(rendered).and_then(text_of);
    Some(Image { alt: node.get("alt_text").and_then(line), caption, ..image })
}

/// A picture with its measures, as WordPress (`source_url`) and Yoast (`url`) tell them.
fn sized(node: &Node) -> Option<Image> {
    let src = ["source_url", "url"].iter().find_map(|key| url(node.get(key)?))?;
    let measure = |key: &str| node.get(key).and_then(pixels);
    Some(Image { width: measure("width"), height: measure("height"), ..picture(src) })
}

/// The first category, of the terms in a list for each taxonomy.
fn section(terms: &Json) -> Option<String> {
    let is_category = |term: &&Node| term.get("taxonomy").and_then(Json::as_str) == Some("category");
    list(terms).iter().flat_map(objects).filter(is_category).find_map(|term| {
        let is_none = term.get("slug").and_then(Json::as_str) == Some("uncategorized");
        feed::section(term.get("name")?.as_str().filter(|_| !is_none)?)
    })
}

/// The language, by Polylang or WPML; else of Yoast's locale (`ar_AR`), whose country is none.
fn language(node: &Node, yoast: Option<&Node>) -> Option<String> {
    let locale = || line(yoast?.get("og_locale")?).and_then(|locale| locale.split('_').next().map(str::to_owned));
    node.get("lang").and_then(line).or_else(locale)
}

#[cfg(test)]
mod tests {
    use super::article;
    use crate::article::model::{Article, Body, UrlRef};
    use crate::article::read::json_value::Fields;
    use crate::article::read::{Document, ReadError, Reading, read};
    use serde_json::{Value, json};

    /// As `wp/v2/posts/1201?_embed` answers, with the fields of widespread plugins.
    fn post() -> Value {
        serde_json::from_str(
            r##"{
            "id": 1201, "date": "2026-11-14T06:30:00", "date_gmt": "2026-11-14T05:30:00",
            "guid": {"rendered": "https://mina.example/?p=1201"},
            "modified": "2026-11-14T09:05:00", "modified_gmt": "2026-11-14T08:05:00",
            "slug": "%d8%b4%d8%a8%d8%a7%d9%83-%d8%a7%d9%84%d9%85%d9%8a%d9%86%d8%a7%d8%a1", "status": "publish", "type": "post",
            "link": "https://mina.example/%d8%b4%d8%a8%d8%a7%d9%83-%d8%a7%d9%84%d9%85%d9%8a%d9%86%d8%a7%d8%a1/",
            "title": {"rendered": "شباك الميناء &#8211; <em>حكاية</em>"},
            "content": {"rendered": "\n<p>في الميناء شباك كثيرة، بعضها <a href=\"https://mina.example/a\">قديم</a>.</p>\n\n\n\n<h2 class=\"wp-block-heading\">البداية</h2>\n<p>كان الشتاء طويلًا.</p>\n", "protected": false},
            "excerpt": {"rendered": "<p>مبادرة تعيد الشباك إلى أهلها. <a class=\"more-link\" href=\"https://mina.example/x\">متابعة القراءة <span class=\"screen-reader-text\">شباك</span></a></p>\n", "protected": false},
            "author": 3, "featured_media": 77, "comment_status": "open", "ping_status": "closed", "sticky": false,
            "template": "", "format": "standard", "meta": {"footnotes": ""}, "categories": [1, 5], "tags": [], "class_list": ["post-1201", "post"],
            "yoast_head": "<!-- This site is optimized -->", "yoast_head_json": {"title": "شباك الميناء - الميناء", "og_locale": "ar_AR", "og_site_name": "جريدة الميناء",
                "og_image": [{"width": 640, "height": 360, "url": "https://mina.example/og.jpg", "type": "image/jpeg"}], "author": "سلمى العلوي",
                "schema": {"@context": "https://schema.org", "@graph": [{"@type": "Article", "headline": "شباك"}]}},
            "jetpack_featured_media_url": "https://mina.example/jp.jpg", "jetpack_sharing_enabled": true,
            "_links": {
                "self": [{"href": "https://mina.example/wp-json/wp/v2/posts/1201"}],
                "author": [{"embeddable": true, "href": "https://mina.example/wp-json/wp/v2/users/3"}],
                "wp:featuredmedia": [{"embeddable": true, "href": "https://mina.example/wp-json/wp/v2/media/77"}],
                "curies": [{"name": "wp", "href": "https://api.w.org/{rel}", "templated": true}]
            },
            "_embedded": {
                "author": [{"id": 3, "name": "سلمى العلوي", "url": "https://salma.example", "description": "", "link": "https://mina.example/author/salma/", "slug": "salma",
                    "avatar_urls": {"24": "https://g.example/a?s=24", "48": "https://g.example/a?s=48", "96": "https://g.example/a?s=96&#038;d=mm"}}],
                "wp:featuredmedia": [{"id": 77, "date": "2026-11-13T10:00:00", "slug": "boats", "type": "attachment", "title": {"rendered": "boats"},
                    "caption": {"rendered": "<p>قوارب زرقاء عند الرصيف</p>\n"}, "alt_text": "قوارب", "media_type": "image", "mime_type": "image/jpeg",
                    "media_details": {"width": 6000, "height": 4000, "file": "2026/11/boats.jpg", "sizes": {
                        "thumbnail": {"width": 150, "height": 150, "source_url": "https://mina.example/boats-150x150.jpg"},
                        "large": {"file": "boats-1024x683.jpg", "width": 1024, "height": 683, "source_url": "https://mina.example/boats-1024x683.jpg"},
                        "full": {"width": 6000, "height": 4000, "source_url": "https://mina.example/boats.jpg"}}},
                    "source_url": "https://mina.example/boats.jpg"}],
                "wp:term": [
                    [{"id": 1, "name": "غير مصنف", "slug": "uncategorized", "taxonomy": "category"}, {"id": 5, "name": "بحر &amp; ناس", "slug": "bahr", "taxonomy": "category"}],
                    [{"id": 9, "name": "شباك", "slug": "shibak", "taxonomy": "post_tag"}]
                ]
            }
            }"##,
        )
        .unwrap()
    }

    /// A post with `fields` in the place of its own.
    fn with(fields: Value) -> Value {
        let mut post = post();
        post.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        post
    }

    fn of(value: &Value, item: Option<&str>) -> Result<Article, ReadError> {
        article(&value.clone().into(), item, &mut Fields::default())
    }

    fn warned(value: &Value) -> Vec<&'static str> {
        let mut fields = Fields::default();
        article(&value.clone().into(), None, &mut fields).unwrap();
        fields.warnings.iter().map(|warning| warning.field).collect()
    }

    fn of_text(text: &str) -> Result<Reading, ReadError> {
        read(&Document { content_type: Some("application/json"), address: "https://mina.example/", item: None, text })
    }

    #[test]
    fn a_post_is_read_by_its_fields() {
        let Reading { article, warnings } = of_text(&post().to_string()).unwrap();
        assert_eq!(warnings, []);
        assert_eq!(article.title.as_deref(), Some("شباك الميناء – حكاية"));
        assert_eq!(article.standfirst.as_deref(), Some("مبادرة تعيد الشباك إلى أهلها."));
        assert_eq!(article.kicker.as_deref(), Some("بحر & ناس"));
        assert_eq!(article.publisher.as_deref(), Some("جريدة الميناء"));
        assert_eq!(article.language.as_deref(), Some("ar"));
        assert_eq!(article.published.as_deref(), Some("2026-11-14T05:30:00Z"));
        assert_eq!(article.modified.as_deref(), Some("2026-11-14T08:05:00Z"));
        assert!(article.url.is_some_and(|url| url.as_str().starts_with("https://mina.example/%d8")));
        let [author] = article.authors.as_slice() else { panic!("one author") };
        assert_eq!(
            (author.name.as_str(), &author.url),
            ("سلمى العلوي", &UrlRef::new("https://mina.example/author/salma/"))
        );
        assert_eq!(author.image, UrlRef::new("https://g.example/a?s=96&d=mm"));
        let hero = article.hero.unwrap();
        assert_eq!(hero.src.as_str(), "https://mina.example/boats-1024x683.jpg");
        assert_eq!((hero.width, hero.height, hero.alt.as_deref()), (Some(1024), Some(683), Some("قوارب")));
        assert_eq!(hero.caption.as_deref(), Some("قوارب زرقاء عند الرصيف"));
        let Body::Html(html) = article.body else { panic!("no markup") };
        assert_eq!(html.text(), "في الميناء شباك كثيرة، بعضها قديم.\nالبداية\nكان الشتاء طويلًا.\n");
    }

    #[test]
    fn posts_are_named_by_number_slug_and_address() {
        let other =
            json!({"id": 5, "slug": "other", "title": {"rendered": "مقال آخر"}, "content": {"rendered": "<p>نصّ.</p>"}});
        let posts = json!([other, post()]);
        for item in ["1201", "شباك-الميناء", "https://mina.example/شباك-الميناء", post()["slug"].as_str().unwrap()]
        {
            let title = of(&posts, Some(item)).unwrap().title.unwrap();
            assert!(title.starts_with("شباك"), "{item}: {title}");
        }
        assert_eq!(of(&posts, None).unwrap().title.as_deref(), Some("مقال آخر"));
        let known = ["other", "شباك-الميناء"].map(str::to_owned).to_vec();
        assert_eq!(of(&posts, Some("7")), Err(ReadError::NoSuchItem { item: "7".to_owned(), known }));
        assert_eq!(of_text("[]"), Err(ReadError::NoItems));
    }

    #[test]
    fn what_was_not_embedded_is_taken_from_plugins_or_asked_for() {
        let bare = with(json!({"_embedded": null}));
        let article = of(&bare, None).unwrap();
        assert_eq!(article.authors[0].name, "سلمى العلوي");
        assert_eq!(article.hero.map(|hero| hero.src), UrlRef::new("https://mina.example/jp.jpg"));
        assert_eq!(warned(&bare), [""; 0]);
        let poor = with(json!({"_embedded": null, "yoast_head_json": null, "jetpack_featured_media_url": ""}));
        assert_eq!(warned(&poor), ["_embedded.author", "_embedded.wp:featuredmedia"]);
        let message = of_text(&poor.to_string()).unwrap().warnings[0].to_string();
        assert!(message.contains("`_embed`"), "{message}");
        // WordPress was asked, and refused.
        let error = json!([{"code": "rest_forbidden", "message": "لا", "data": {"status": 401}}]);
        let refused = with(
            json!({"_embedded": {"author": error, "wp:featuredmedia": error}, "yoast_head_json": null, "jetpack_featured_media_url": ""}),
        );
        assert_eq!(warned(&refused), [""; 0]);
        assert_eq!(of(&refused, None).unwrap().authors, []);
    }

    #[test]
    fn a_protected_post_and_one_without_a_text_are_told_apart() {
        let protected = with(json!({"content": {"rendered": "", "protected": true}}));
        assert_eq!(of(&protected, None), Err(ReadError::Protected));
        let described = with(json!({"content": null}));
        assert_eq!(of(&described, None).unwrap().body, Body::Elsewhere);
        let nothing = json!({"id": 1, "type": "attachment", "title": {"rendered": "IMG"}});
        let error = of(&nothing, None).unwrap_err();
        assert!(error.to_string().contains("WordPress attachment has no `content.rendered`"), "{error}");
    }

    #[test]
    fn an_error_of_the_servers_is_named() {
        let error =
            of_text(r#"{"code":"rest_post_invalid_id","message":"معرّف المقالة غير صالح.","data":{"status":404}}"#);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("rest_post_invalid_id") && error.contains("غير صالح"), "{error}");
        let raw = of_text(r#"{"title":"عنوان","content":"نصّ","id":4}"#);
        assert!(matches!(raw, Err(ReadError::NotAnArticle { .. })), "{raw:?}");
    }

    #[test]
    fn dates_without_the_time_of_greenwich_stay_as_the_site_has_them() {
        for gmt in [json!(null), json!("0000-00-00T00:00:00"), json!("")] {
            assert_eq!(
                of(&with(json!({"date_gmt": gmt})), None).unwrap().published.as_deref(),
                Some("2026-11-14T06:30:00")
            );
        }
    }
}
