//! Which of the JSON formats a document is in.

use super::json_value::{Fields, MAX_NAMES, keys, objects};
use super::{Document, ReadError, Reading, Warning, blogger, html_page, json_feed, json_ld, oembed, start, wordpress};
use crate::article::model::Article;
use crate::json::{self, Json, SyntaxError};

/// Reads JSON: schema.org's JSON-LD, a JSON Feed, a feed of Blogger's, posts of WordPress's REST API, or oEmbed.
///
/// # Errors
/// [`ReadError::Json`], [`ReadError::HtmlInstead`], [`ReadError::NotAnArticle`], and what the format's own reader finds
/// wrong.
pub fn read(document: &Document) -> Result<Reading, ReadError> {
    let mut fields = Fields::default();
    let value = parse(document.text, &mut fields.warnings).map_err(|error| {
        // A log-in, or an address that is not known, under the type that a script promised.
        let promised = document.content_type.and_then(|kind| kind.split(';').next());
        match promised {
            Some(promised) if start(document.text).starts_with('<') && unwrapped(document.text).is_none() => {
                let title = html_page::title(document.text);
                ReadError::HtmlInstead { promised: promised.trim().to_owned(), title }
            }
            _ => error,
        }
    })?;
    let article = article(value, document, &mut fields)?;
    Ok(Reading { article, warnings: fields.warnings })
}

fn article(mut value: Json, document: &Document, fields: &mut Fields) -> Result<Article, ReadError> {
    let item = document.item;
    json_ld::strip_prefixes(&mut value);
    if json_ld::is_one(&value) {
        json_ld::article(&value, item, fields)
    } else if json_feed::is_one(&value) {
        json_feed::article(&value, item, fields)
    } else if blogger::is_one(&value) {
        blogger::article(&value, item, fields)
    } else if wordpress::is_one(&value) {
        wordpress::article(&value, item, fields)
    } else if oembed::is_one(&value) {
        oembed::article(&value, document.address, fields)
    } else if matches!(&value, Json::Array(list) if list.is_empty()) {
        // WordPress answers so for a slug that it does not know.
        Err(ReadError::NoItems)
    } else {
        Err(not_an_article(&value))
    }
}

/// What a document without an article holds.
pub(super) fn not_an_article(value: &Json) -> ReadError {
    let mut types = json_ld::types_of(value);
    types.truncate(MAX_NAMES);
    ReadError::NotAnArticle { types, keys: objects(value).next().map(keys).unwrap_or_default() }
}

/// Parses JSON, and puts right what is often wrong in it.
///
/// # Errors
/// [`ReadError::Json`].
pub(super) fn parse(text: &str, warnings: &mut Vec<Warning>) -> Result<Json, ReadError> {
    let text = start(text);
    let error = match json::parse(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let inner = unwrapped(text);
    if let Some(value) = inner.and_then(|inner| json::parse(inner).ok()) {
        return Ok(value);
    }
    let value = json::parse(&mended(inner.unwrap_or(text))).map_err(|_| syntax(text, error))?;
    warnings.push(Warning {
        field: "JSON",
        found: "line breaks, tabs or halves of characters within strings, which were put right",
    });
    Ok(value)
}

/// The JSON within the call of a script (`callback({...});`, as Blogger's `alt=json-in-script` has it), or within the
/// comment or CDATA section that old pages put around a script.
pub(super) fn unwrapped(text: &str) -> Option<&str> {
    let (opening, at) =
        ["<![CDATA[", "<!--", "("].into_iter().find_map(|opening| Some((opening, text.find(opening)?)))?;
    let (lead, inner) = (&text[..at], start(&text[at + opening.len()..]));
    let is_lead = lead.len() <= 200
        && lead.chars().all(|c| c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || "_$./*".contains(c));
    let inner = inner.split_once("]]>").filter(|_| opening == "<![CDATA[").map_or(inner, |(inner, _)| inner);
    let end = match inner.chars().next()? {
        '{' => inner.rfind('}')?,
        '[' => inner.rfind(']')?,
        _ => return None,
    };
    is_lead.then(|| &inner[..=end])
}

/// The place of a syntax error, its column in characters; of a document that ends too early its last one.
fn syntax(text: &str, error: SyntaxError) -> ReadError {
    let before = &text[..text.floor_char_boundary(error.at.min(text.len().saturating_sub(1)))];
    let line = before.rsplit('\n').next().unwrap_or_default();
    ReadError::Json { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

/// `json` as it was meant: the control characters inside its strings escaped, and U+FFFD in place of half a character,
/// which is left where a program cut a string in the middle of a surrogate pair.
fn mended(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 64);
    let mut rest = json;
    let mut in_string = false;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => {
                let code = |at: usize| {
                    let hex = rest.get(at..at + 6)?.strip_prefix("\\u")?;
                    u16::from_str_radix(hex, 16).ok()
                };
                let is_low = |code: &u16| (0xDC00..=0xDFFF).contains(code);
                match code(0) {
                    Some(high) if (0xD800..=0xDBFF).contains(&high) && code(6).as_ref().is_some_and(is_low) => {
                        length = 12;
                        out.push_str(&rest[..length]);
                    }
                    Some(half) if (0xD800..=0xDFFF).contains(&half) => {
                        length = 6;
                        out.push_str("\\uFFFD");
                    }
                    _ => {
                        length += rest.chars().nth(1).map_or(0, char::len_utf8);
                        out.push_str(&rest[..length]);
                    }
                }
            }
            '\n' if in_string => out.push_str("\\n"),
            '\t' if in_string => out.push_str("\\t"),
            _ if in_string && c.is_ascii_control() => {}
            _ => out.push(c),
        }
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{mended, parse, unwrapped};
    use crate::article::model::{Article, Body};
    use crate::article::read::{Document, ReadError, Reading};
    use crate::json::Json;
    use crate::text::bidi;
    use crate::text::reflow::Block;
    use maqal_contract::unicode::is_visible;
    use serde_json::{Value, json};

    pub(super) fn read(text: &str, item: Option<&str>) -> Result<Reading, ReadError> {
        let address = "https://news.example/oembed?url=https%3A%2F%2Fnews.example%2F1";
        super::read(&Document { content_type: Some("application/json"), address, item, text })
    }

    fn title(value: &Value) -> String {
        read(&value.to_string(), None).unwrap().article.title.unwrap()
    }

    #[test]
    fn each_format_is_known_by_its_shape() {
        for (value, expected) in [
            (
                json!({"@graph": [{"@type": "Article", "headline": "أ", "articleBody": "نصّ."}], "version": "1.0", "type": "rich"}),
                "أ",
            ),
            (
                json!({"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "ب", "content_text": "نصّ."}]}),
                "ب",
            ),
            (json!({"version": "1.0", "feed": {"entry": [{"title": {"$t": "ج"}, "content": {"$t": "نصّ."}}]}}), "ج"),
            (json!([{"title": {"rendered": "د"}, "content": {"rendered": "نصّ."}}]), "د"),
            (json!({"version": 1, "type": "rich", "title": "ه", "html": "<p>نصّ.</p>"}), "ه"),
        ] {
            assert_eq!(title(&value), expected);
        }
    }

    #[test]
    fn json_of_another_kind_says_what_was_looked_for_and_found() {
        let error = read(r#"{"version":"2.0","type":"rich","articles":[]}"#, None).unwrap_err().to_string();
        for word in ["`version`", "`articles`", "JSON-LD", "JSON Feed", "Blogger", "WordPress", "oEmbed"] {
            assert!(error.contains(word), "{word}: {error}");
        }
        for text in ["{}", "null", "7", "\"نصّ\"", "[1]", "[[]]"] {
            assert_eq!(read(text, None), Err(ReadError::NotAnArticle { types: vec![], keys: vec![] }), "{text}");
        }
    }

    #[test]
    fn a_page_that_is_sent_as_json_is_told_as_such() {
        let page = "\u{FEFF}\n<!doctype html><html><title>دخول</title><form><input name=p></form>";
        let error = read(page, None).unwrap_err();
        let promised = "application/json".to_owned();
        assert_eq!(error, ReadError::HtmlInstead { promised, title: Some("دخول".to_owned()) });
        let text = error.to_string();
        assert!(
            text.starts_with("it is an HTML page (its title is \"دخول\"), though it is sent as application/json: ")
        );
        assert!(matches!(read("مقال", None), Err(ReadError::Json { .. })));
        let feed = "<rss><channel><item><title>عنوان</title><description>&lt;p>نصّ.&lt;/p></description></item></channel></rss>";
        let document = Document { content_type: Some("application/json"), address: "", item: None, text: feed };
        assert!(crate::article::read::read(&document).is_ok_and(|feed| feed.article.title.as_deref() == Some("عنوان")));
        assert!(matches!(read("<!-- {\"a\" 1} -->", None), Err(ReadError::Json { .. })));
    }

    #[test]
    fn half_a_character_costs_only_itself() {
        let mut warnings = Vec::new();
        let value = parse(r#"{"a": "بحر \ud83d", "b": "\ud83c\udf0a", "c": "\udf0a\\ud83d"}"#, &mut warnings).unwrap();
        assert_eq!(value, Json::from(json!({"a": "بحر \u{FFFD}", "b": "🌊", "c": "\u{FFFD}\\ud83d"})));
        assert_eq!(warnings.len(), 1);
        assert_eq!(mended("{\"a\\\"\n\": \"\u{1}x\"}\n"), "{\"a\\\"\\n\": \"x\"}\n");
        assert_eq!(mended("\"\\"), "\"\\");
    }

    #[test]
    fn only_what_wraps_json_is_unwrapped() {
        for (text, inner) in [
            ("cb({\"a\":1});", Some("{\"a\":1}")),
            ("//<![CDATA[\n[1]\n//]]>", Some("[1]")),
            ("<!-- {\"a\":\"b\"} -->", Some("{\"a\":\"b\"}")),
            ("مقال ({})", None),
            ("cb(1)", None),
            ("cb", None),
            ("cb({", None),
        ] {
            assert_eq!(unwrapped(text), inner, "{text}");
        }
    }

    #[test]
    fn markup_nested_without_end_and_json_nested_without_end_are_borne() {
        let deep = |open: &str, close: &str, n| [open.repeat(n), "نصّ.".to_owned(), close.repeat(n)].concat();
        let value = json!({"id": "1", "content_html": deep("<div>", "</div>", 10_000)});
        let Body::Html(html) = read(&value.to_string(), None).unwrap().article.body else { panic!("no markup") };
        assert!(html.text().contains("نصّ."));
        assert!(matches!(read(&"{\"feed\":".repeat(100_000), None), Err(ReadError::Json { .. })));
    }

    /// What holds of every article, whatever it was read from.
    pub(super) fn check(article: &Article) {
        let lines = [&article.title, &article.kicker, &article.standfirst, &article.publisher, &article.language];
        for line in lines.into_iter().flatten().chain(article.authors.iter().map(|author| &author.name)) {
            assert!(is_visible(line) && !line.contains('\n'), "{line:?}");
        }
        let of_hero = article.hero.iter().flat_map(|hero| [&hero.alt, &hero.caption]);
        let names = article.authors.iter().map(|author| &author.name);
        for line in lines.into_iter().chain(of_hero).flatten().chain(names) {
            assert_eq!(&bidi::balance(line), line, "no control of direction is left open");
        }
        match &article.body {
            Body::Elsewhere => assert!(article.url.is_some()),
            Body::Html(html) => {
                assert!(!html.is_empty());
                assert_eq!(bidi::balance(&html.text()), html.text());
            }
            Body::Text(blocks) => {
                assert!(!blocks.is_empty() || article.hero.is_some());
                for block in blocks {
                    let lines = match block {
                        Block::Paragraph(line) | Block::Heading(line) => std::slice::from_ref(line),
                        Block::Verse(lines) | Block::List(lines) => lines,
                    };
                    assert!(lines.iter().all(|line| bidi::balance(line) == *line), "{lines:?}");
                }
            }
        }
    }

    /// `base` with the value at each of its places, one after another, replaced by `value`.
    pub(super) fn variants(base: &Value, value: &Value) -> Vec<Value> {
        let mut all = vec![value.clone()];
        match base {
            Value::Object(node) => {
                for (key, inner) in node {
                    for variant in variants(inner, value) {
                        let mut node = node.clone();
                        node.insert(key.clone(), variant);
                        all.push(Value::Object(node));
                    }
                }
            }
            Value::Array(list) => {
                for (n, inner) in list.iter().enumerate() {
                    for variant in variants(inner, value) {
                        let mut list = list.clone();
                        list[n] = variant;
                        all.push(Value::Array(list));
                    }
                }
            }
            _ => {}
        }
        all
    }

    /// One small document of each format.
    pub(super) fn documents() -> Vec<Value> {
        vec![
            json!({"@graph": [{"@type": ["Article"], "@id": "#a", "headline": "عنوان", "articleBody": "نصّ.", "author": [{"@id": "#p", "name": "مريم", "image": {"url": "m.jpg"}}],
                "image": [{"url": "a.jpg", "width": {"value": 3}}], "publisher": {"name": "ن"}, "inLanguage": {"name": "ar"}, "mainEntityOfPage": {"@id": "#w"},
                "liveBlogUpdate": [{"headline": "ع", "articleBody": ["ن"]}]}]}),
            json!({"version": "https://jsonfeed.org/version/1.1", "title": "ن", "authors": [{"name": "م"}], "items": [{"id": "1", "url": "u", "title": "ع", "content_html": "<p>ن</p>",
                "content_text": "ن", "summary": "خ", "image": "i", "tags": ["و"], "authors": [{"name": "م", "url": "u", "avatar": "a"}]}]}),
            json!({"feed": {"title": {"$t": "ن"}, "entry": [{"id": {"$t": "x.post-1"}, "title": {"type": "text", "$t": "ع"}, "content": {"type": "html", "$t": "<p>ن</p>"},
                "link": [{"rel": "alternate", "href": "u"}], "author": [{"name": {"$t": "م"}, "uri": {"$t": "u"}, "gd$image": {"src": "s"}}], "category": [{"scheme": "s", "term": "و"}],
                "media$thumbnail": {"url": "/s72-c/", "width": "7"}, "published": {"$t": "د"}}]}}),
            json!([{"id": 1, "slug": "s", "link": "u", "title": {"rendered": "ع"}, "content": {"rendered": "<p>ن</p>", "protected": false}, "excerpt": {"rendered": "خ"}, "date_gmt": "د",
                "_links": {"author": [{}]}, "_embedded": {"author": [{"name": "م", "link": "u", "avatar_urls": {"9": "a"}}], "wp:featuredmedia": [{"source_url": "s", "caption": {"rendered": "ت"},
                "media_details": {"width": 1, "sizes": {"large": {"source_url": "s", "width": 1}}}}], "wp:term": [[{"name": "و", "slug": "s", "taxonomy": "category"}]]},
                "yoast_head_json": {"og_image": [{"url": "u"}], "author": "م", "og_locale": "ar_AR", "og_site_name": "ن"}}]),
            json!({"version": "1.0", "type": "rich", "title": "ع", "html": "<p>ن</p>", "author_name": "م", "author_url": "u", "thumbnail_url": "t", "thumbnail_width": 3}),
        ]
    }

    #[test]
    fn a_wrong_value_at_any_place_gives_an_article_or_an_error() {
        let wrong = [
            json!(null),
            json!(true),
            json!(-1),
            json!(1e300),
            json!(""),
            json!("\u{202E}<b>\u{0}"),
            json!([]),
            json!([[], {}]),
            json!({}),
            json!({"$t": 7, "rendered": [], "@value": {}, "@id": "#a", "name": {"name": {}}, "url": null}),
        ];
        let mut articles = 0;
        for base in documents() {
            assert!(read(&base.to_string(), None).is_ok(), "{base}");
            for value in wrong.iter().flat_map(|value| variants(&base, value)) {
                if let Ok(reading) = read(&value.to_string(), None) {
                    check(&reading.article);
                    articles += 1;
                }
            }
        }
        assert!(articles > 1000, "{articles}");
    }
}

/// What no hand writes.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod generated {
    use super::tests::{check, documents, read, variants};
    use proptest::prelude::*;
    use serde_json::Value;

    /// The names of members that readers look for.
    const KEYS: &[&str] = &[
        "$t",
        "@context",
        "@graph",
        "@id",
        "@type",
        "@value",
        "_embedded",
        "_links",
        "alt_text",
        "articleBody",
        "articleSection",
        "author",
        "author_name",
        "author_url",
        "authors",
        "avatar",
        "avatar_urls",
        "caption",
        "category",
        "code",
        "content",
        "content_html",
        "content_text",
        "contentUrl",
        "data",
        "date",
        "date_gmt",
        "date_published",
        "dateModified",
        "datePublished",
        "description",
        "entry",
        "excerpt",
        "external_url",
        "feed",
        "gd$image",
        "headline",
        "height",
        "href",
        "html",
        "id",
        "identifier",
        "image",
        "inLanguage",
        "items",
        "jetpack_featured_media_url",
        "lang",
        "language",
        "link",
        "liveBlogUpdate",
        "mainEntity",
        "mainEntityOfPage",
        "media$thumbnail",
        "media_details",
        "message",
        "modified_gmt",
        "name",
        "og_image",
        "og_locale",
        "protected",
        "provider_name",
        "published",
        "publisher",
        "rel",
        "rendered",
        "schema:headline",
        "scheme",
        "sizes",
        "slug",
        "source_url",
        "src",
        "status",
        "summary",
        "tags",
        "taxonomy",
        "term",
        "text",
        "thumbnail_url",
        "title",
        "type",
        "updated",
        "uri",
        "url",
        "value",
        "version",
        "width",
        "wp:featuredmedia",
        "wp:term",
        "yoast_head_json",
    ];

    const STRINGS: &[&str] = &[
        "",
        " ",
        "1.0",
        "https://jsonfeed.org/version/1.1",
        "Article",
        "LiveBlogPosting",
        "https://schema.org/NewsArticle",
        "rich",
        "link",
        "photo",
        "video",
        "html",
        "text",
        "alternate",
        "category",
        "96",
        "1200px",
        "-1",
        "نصّ المقال.",
        "سلمى العلوي، إدريس أمزيان",
        "<p>نصّ <b>مهم</b></p>",
        "&lt;p&gt;نصّ&lt;/p&gt;",
        "<a class='more-link'",
        "<script>",
        "<iframe src=x></iframe>",
        "%d8%b4%",
        "#a",
        "_:b",
        "https://news.example/1",
        "tag:blogger.com,1999:blog-1.post-2",
        "/s72-c/",
        "=s72-c",
        "\u{202E}\u{2067}",
        "0000-00-00T00:00:00",
        "ar_AR",
        "&#xD800;",
        "أ\nب\n\nج",
    ];

    fn any_json() -> impl Strategy<Value = Value> {
        let string = prop_oneof![
            3 => proptest::sample::select(STRINGS).prop_map(str::to_owned),
            1 => any::<String>()
        ];
        let leaf = prop_oneof![
            1 => Just(Value::Null),
            1 => any::<bool>().prop_map(Value::from),
            1 => any::<i64>().prop_map(Value::from),
            1 => any::<f64>().prop_map(Value::from),
            6 => string.prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 96, 12, |inner| {
            let key = prop_oneof![12 => proptest::sample::select(KEYS).prop_map(str::to_owned), 1 => any::<String>()];
            prop_oneof![
                1 => proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                3 => proptest::collection::vec((key, inner), 0..12).prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_json_gives_an_article_or_an_error(value in any_json(), item in proptest::option::of("[a-z0-9#/:.]{0,6}")) {
            match read(&value.to_string(), item.as_deref()) {
                Ok(reading) => check(&reading.article),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }

        #[test]
        fn any_values_at_any_places_give_an_article_or_an_error(
            document in proptest::sample::select(documents()),
            wrong in proptest::collection::vec((any::<usize>(), any_json()), 1..4)
        ) {
            let mut document = document;
            for (place, value) in wrong {
                let mut all = variants(&document, &value);
                document = all.swap_remove(place % all.len());
            }
            if let Ok(reading) = read(&document.to_string(), None) {
                check(&reading.article);
            }
        }

        #[test]
        fn any_text_that_should_be_json_gives_an_article_or_an_error(text in "[\\[{}\\],:\"a-z0-9$@\\\\u \n(<!-]{0,200}") {
            if let Err(error) = read(&text, None) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
