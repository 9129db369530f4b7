//! Each documented format of a source becomes the same card, served from another origin under the type that servers send
//! it as: what it says, how it looks, and the conversation that it leads to.

use std::collections::HashMap;

use bytes::Bytes;
use http::Method;
use maqal_e2e::article::{AUTHOR, PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::publisher::{Publisher, readable};
use maqal_e2e::stage::Stage;
use serde_json::{Value, json};

const KICKER: &str = "ثقافة";
const LEAD: &str = "قصّة حافلة صغيرة تحمل الكتب إلى القرى البعيدة.";
const CANONICAL: &str = "https://daftar.example/2026/10/maktaba/";
const HERO: &str = "/hero.svg";

/// What parses a format: what Trusted Types may forbid.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Parser {
    Own,
    Html,
    Xml,
}

/// A format, and what it can say.
#[derive(Debug)]
struct Format {
    name: &'static str,
    /// Below the publisher's origin; none for the element's children.
    path: Option<&'static str>,
    content_type: &'static str,
    body: Bytes,
    parser: Parser,
    /// What it has besides title and text: `kicker`, `lead`, `author`, `date`, `hero`.
    says: &'static [&'static str],
    /// The conversation.
    thread: String,
}

const ALL: &[&str] = &["kicker", "lead", "author", "date", "hero"];

fn text_html() -> String {
    PARAGRAPHS.map(|text| format!("<p>{text}</p>")).concat()
}

fn escaped(html: &str) -> String {
    html.replace('&', "&amp;").replace('<', "&lt;")
}

fn json_ld(hero: &str) -> Value {
    json!({
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "articleSection": KICKER,
        "description": LEAD, "author": { "@type": "Person", "name": AUTHOR }, "datePublished": "2026-10-20T09:00:00Z",
        "inLanguage": "ar", "image": { "@type": "ImageObject", "url": hero, "width": 1200, "height": 600 },
        "mainEntityOfPage": CANONICAL, "articleBody": PARAGRAPHS.join("\n\n"),
    })
}

fn json_feed(hero: &str) -> Value {
    json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "دفتر", "language": "ar", "items": [{
            "id": "1", "url": CANONICAL, "title": TITLE, "tags": [KICKER], "summary": LEAD, "image": hero,
            "authors": [{ "name": AUTHOR }], "date_published": "2026-10-20T09:00:00Z", "content_html": text_html(),
        }],
    })
}

fn blogger(hero: &str) -> Value {
    json!({ "version": "1.0", "encoding": "UTF-8", "entry": {
        "id": { "$t": "tag:blogger.com,1999:blog-1.post-2" }, "published": { "$t": "2026-10-20T10:00:00.000+01:00" },
        "category": [{ "scheme": "http://www.blogger.com/atom/ns#", "term": KICKER }],
        "title": { "type": "text", "$t": TITLE }, "summary": { "type": "text", "$t": LEAD },
        "content": { "type": "html", "$t": format!(r#"<div><img src="{hero}" width="1200" height="600"></div>{}"#, text_html()) },
        "link": [{ "rel": "self", "href": "https://www.blogger.com/feeds/1/posts/default/2" },
            { "rel": "alternate", "type": "text/html", "href": CANONICAL, "title": TITLE }],
        "author": [{ "name": { "$t": AUTHOR } }],
    } })
}

fn wordpress(hero: &str) -> Value {
    json!({
        "id": 7, "date": "2026-10-20T10:00:00", "date_gmt": "2026-10-20T09:00:00", "slug": "maktaba", "type": "post",
        "link": CANONICAL, "title": { "rendered": TITLE }, "lang": "ar",
        "excerpt": { "rendered": format!("<p>{LEAD}</p>\n"), "protected": false },
        "content": { "rendered": text_html(), "protected": false },
        "_embedded": {
            "author": [{ "id": 1, "name": AUTHOR }],
            "wp:featuredmedia": [{ "id": 9, "media_type": "image", "source_url": hero, "alt_text": "",
                "media_details": { "width": 1200, "height": 600, "sizes": {} } }],
            "wp:term": [[{ "id": 3, "name": KICKER, "taxonomy": "category" }], []],
        },
    })
}

fn atom(hero: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="ar">
<title>دفتر</title><id>urn:feed</id><updated>2026-10-20T09:00:00Z</updated><entry><id>urn:1</id><title>{TITLE}</title>
<link rel="alternate" type="text/html" href="{CANONICAL}"/><author><name>{AUTHOR}</name></author><category term="{KICKER}"/>
<published>2026-10-20T09:00:00Z</published><updated>2026-10-20T09:00:00Z</updated><summary>{LEAD}</summary>
<media:content url="{hero}" medium="image" width="1200" height="600"/><content type="html">{}</content></entry></feed>"#,
        escaped(&text_html())
    )
}

fn rss(hero: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>دفتر</title>
<link>https://daftar.example/</link><language>ar</language><item><title>{TITLE}</title><link>{CANONICAL}</link>
<dc:creator><![CDATA[{AUTHOR}]]></dc:creator><pubDate>Tue, 20 Oct 2026 09:00:00 +0000</pubDate><category><![CDATA[{KICKER}]]></category>
<guid isPermaLink="false">daftar-7</guid><description><![CDATA[<p>{LEAD}</p>]]></description>
<media:content url="{hero}" medium="image" width="1200" height="600"/><content:encoded><![CDATA[{}]]></content:encoded></item></channel></rss>"#,
        text_html()
    )
}

fn oembed(hero: &str) -> Value {
    json!({
        "version": "1.0", "type": "rich", "title": TITLE, "description": LEAD, "author_name": AUTHOR,
        "provider_name": "دفتر", "thumbnail_url": hero, "thumbnail_width": 1200, "thumbnail_height": 600,
        "html": text_html(), "width": 600, "height": null,
    })
}

/// A page around the text, with the site's own parts, and `head` in its head.
fn page(head: &str) -> String {
    format!(
        r#"<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body><header><nav><a href="/">الرئيسية</a></nav></header>
<main><article><h1>{TITLE}</h1><div class="entry-content">{}</div></article></main>
<aside><h2>الأكثر قراءة</h2><ul><li><a href="/x">خبر آخر</a></li></ul></aside><footer>كل الحقوق</footer></body></html>"#,
        text_html()
    )
}

fn open_graph(hero: &str) -> String {
    page(&format!(
        r#"<meta charset="utf-8"><title>{TITLE} - دفتر</title><meta property="og:type" content="article"><meta property="og:site_name" content="دفتر">
<meta property="og:title" content="{TITLE}"><meta property="og:description" content="{LEAD}"><meta property="og:image" content="{hero}">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="600"><meta name="author" content="{AUTHOR}">
<meta property="article:published_time" content="2026-10-20T09:00:00Z"><meta property="article:section" content="{KICKER}">
<link rel="canonical" href="{CANONICAL}">"#
    ))
}

fn graph(hero: &str) -> String {
    let mut article = json_ld(hero);
    article["author"] = json!({ "@id": "#nadia" });
    let graph = json!({ "@context": "https://schema.org", "@graph": [
        { "@type": "WebSite", "name": "دفتر" }, { "@type": "Person", "@id": "#nadia", "name": AUTHOR }, article,
    ] });
    page(&format!(
        r#"<meta charset="utf-8"><title>{TITLE}</title><link rel="canonical" href="{CANONICAL}"><script type="application/ld+json">{graph}</script>"#
    ))
}

fn light_dom(hero: &str) -> String {
    format!(
        r#"<article lang="ar"><p class="kicker">{KICKER}</p><h1>{TITLE}</h1><p class="lead">{LEAD}</p>
<p class="byline">{AUTHOR}</p><time datetime="2026-10-20T09:00:00Z">٢٠ أكتوبر</time>
<figure><img src="{hero}" width="1200" height="600" alt=""></figure>{}</article>"#,
        text_html()
    )
}

/// 0x80 to 0xFF of windows-1256 (<https://encoding.spec.whatwg.org/index-windows-1256.txt>).
const WINDOWS_1256: &str = "€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u{200C}\u{200D}ں\u{A0}،¢£¤¥¦§¨©ھ«¬\u{AD}®¯°±²³´µ¶·¸¹؛»¼½¾؟ہءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقكàلâمنهوçèéêëىيîï\u{64B}\u{64C}\u{64D}\u{64E}ô\u{64F}\u{650}÷\u{651}ù\u{652}ûü\u{200E}\u{200F}ے";

fn windows_1256(text: &str) -> Bytes {
    let table: Vec<char> = WINDOWS_1256.chars().collect();
    let byte = |c: char| match u8::try_from(c) {
        Ok(byte) if byte < 0x80 => byte,
        _ => match table.iter().position(|known| *known == c).and_then(|at| u8::try_from(at + 0x80).ok()) {
            Some(byte) => byte,
            None => panic!("{c} is not in windows-1256"),
        },
    };
    text.chars().map(byte).collect()
}

fn formats(stage: &Stage, publisher: &Publisher) -> Vec<Format> {
    let hero = publisher.url(HERO);
    let format = |name, path, content_type, body: String, parser, says| Format {
        name,
        path: Some(path),
        content_type,
        body: body.into(),
        parser,
        says,
        thread: CANONICAL.to_owned(),
    };
    let old_page = open_graph(&hero).replace(
        r#"<meta charset="utf-8">"#,
        r#"<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">"#,
    );
    let mut old = format("windows-1256", "/old.html", "text/html", String::new(), Parser::Html, ALL);
    old.body = windows_1256(&old_page);
    let mut plain = format(
        "plain text",
        "/a.txt",
        "text/plain; charset=utf-8",
        format!("{TITLE}\n\n{}\n", PARAGRAPHS.join("\n\n")),
        Parser::Own,
        &[],
    );
    plain.thread = publisher.url("/a.txt");
    let oembed_path = "/oembed?format=json&url=https%3A%2F%2Fdaftar.example%2F2026%2F10%2Fmaktaba%2F";
    let mut children = format("light DOM", "", "", light_dom(&hero), Parser::Own, ALL);
    children.path = None;
    children.thread = stage.host.url("/canonical-of-the-host");
    vec![
        format("JSON-LD", "/a.jsonld", "application/ld+json", json_ld(&hero).to_string(), Parser::Own, ALL),
        format("@graph in a page", "/graph.html", "text/html; charset=UTF-8", graph(&hero), Parser::Html, ALL),
        format("JSON Feed", "/feed.json", "application/feed+json", json_feed(&hero).to_string(), Parser::Own, ALL),
        format(
            "Blogger",
            "/feeds/posts/default/2",
            "application/json; charset=UTF-8",
            blogger(&hero).to_string(),
            Parser::Own,
            ALL,
        ),
        format(
            "WordPress",
            "/wp-json/wp/v2/posts/7?_embed=1",
            "application/json; charset=UTF-8",
            wordpress(&hero).to_string(),
            Parser::Own,
            ALL,
        ),
        format("Atom", "/atom.xml", "application/atom+xml; charset=utf-8", atom(&hero), Parser::Xml, ALL),
        format("RSS", "/feed/", "application/rss+xml; charset=UTF-8", rss(&hero), Parser::Xml, ALL),
        format(
            "oEmbed",
            oembed_path,
            "application/json+oembed",
            oembed(&hero).to_string(),
            Parser::Own,
            &["lead", "author", "hero"],
        ),
        format("Open Graph", "/page/", "text/html; charset=utf-8", open_graph(&hero), Parser::Html, ALL),
        old,
        plain,
        children,
    ]
}

/// A stage with every format at its publisher, and a comment in every conversation.
async fn published() -> (Stage, Publisher, Vec<Format>) {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    let formats = formats(&stage, &publisher);
    let picture = r##"<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600"><rect width="100%" height="100%" fill="#357"/></svg>"##;
    publisher.put(HERO, [readable(200, picture, &[("content-type", "image/svg+xml")])]);
    for format in &formats {
        if let Some(path) = format.path {
            let path = path.split('?').next().unwrap_or_default();
            publisher.put(path, [readable(200, format.body.clone(), &[("content-type", format.content_type)])]);
        }
    }
    let mut threads: Vec<&str> = formats.iter().map(|format| format.thread.as_str()).collect();
    threads.dedup();
    for (n, thread) in threads.into_iter().enumerate() {
        stage.endpoint.post(thread, "سلمى", "قرأته", &format!("a-comment-of-the-sources-{n}")).await;
    }
    (stage, publisher, formats)
}

/// Opens a page with the card of `format`, under the policy `policy`.
async fn open(stage: &Stage, publisher: &Publisher, reader: &Browser, format: &Format, policy: Option<&str>) {
    let src =
        format.path.map(|path| format!(r#"src="{}""#, publisher.url(path).replace('&', "&amp;"))).unwrap_or_default();
    let children =
        if format.path.is_none() { String::from_utf8_lossy(&format.body).into_owned() } else { String::new() };
    let card = stage.card(
        &format!(r#"style="inline-size: 640px" theme="light" {src} endpoint="{}""#, stage.proxy.endpoint()),
        &children,
    );
    let head = r#"<link rel="canonical" href="/canonical-of-the-host">
<script>window.uncaught = [];
addEventListener("error", (event) => uncaught.push(event.message));
addEventListener("unhandledrejection", (event) => uncaught.push(String(event.reason)));</script>"#;
    let headers: Vec<_> = policy.map(|policy| ("content-security-policy", policy)).into_iter().collect();
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &headers, stage.html(head, &card));
    reader.open(&stage.host.url("/")).await;
}

/// Where each part is in the card, from its top.
const PARTS: [(&str, &str); 6] = [
    ("hero", "[part~=hero]"),
    ("kicker", "[part~=kicker]"),
    ("title", "[part~=title]"),
    ("lead", "[part~=lead]"),
    ("byline", "[part~=byline]"),
    ("body", "[part~=body]"),
];

/// The parts that the card has, in the order of their place on the screen.
async fn order(card: Card<'_>) -> Vec<String> {
    let script = "return args[0].map(([name, css]) => [name, $(css)]).filter(([, part]) => shown(part))
        .map(([name, part]) => [name, part.getBoundingClientRect().top]).sort((a, b) => a[1] - b[1]).map(([name]) => name)";
    let order = card.run(script, vec![json!(PARTS)]).await;
    order.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The whole computed style of each part, but for what hangs on how much is said, and on whether a picture's size is. Firefox
/// counts custom properties among it, which are no look by themselves.
async fn look(card: Card<'_>) -> HashMap<String, Value> {
    let script = "const hangs = /^(--|height|block-size|width|inline-size|inset|top|bottom|perspective-origin|transform-origin|aspect-ratio)/;
        return Object.fromEntries(['[part~=hero] img', '[part~=kicker]', '[part~=title]', '[part~=lead]', '[part~=byline]', '.by .author',
            '.dates', '.by .face', '[part~=body]', '[part~=body] p', '.talk h3'].filter((css) => $(css)).map((css) => {
            const style = getComputedStyle($(css));
            return [css, Object.fromEntries([...style].filter((name) => !hangs.test(name)).map((name) => [name, style.getPropertyValue(name)]))];
        }))";
    match card.run(script, vec![]).await {
        Value::Object(look) => look.into_iter().collect(),
        _ => HashMap::new(),
    }
}

#[tokio::test]
async fn every_format_says_the_same_and_leads_to_the_conversation_of_its_article() {
    let (stage, publisher, formats) = published().await;
    let reader = Browser::start().await;
    for format in &formats {
        let (name, asked_before) = (format.name, stage.proxy.recorded(&Method::GET).len());
        open(&stage, &publisher, &reader, format, None).await;
        let card = reader.card("maqal-card");
        card.until_text(".title", TITLE).await;
        card.until_comments(1).await;
        assert_eq!(card.texts(".title").await, [TITLE], "{name}");
        assert_eq!(card.texts(".body p").await, PARAGRAPHS, "{name}");
        let says = |what: &str| format.says.contains(&what);
        let expect = |what: &str, text: &str| if says(what) { vec![text.to_owned()] } else { Vec::new() };
        assert_eq!(card.texts(".kicker").await, expect("kicker", KICKER), "{name}");
        assert_eq!(card.texts(".lead").await, expect("lead", LEAD), "{name}");
        assert_eq!(card.texts(".author").await, expect("author", AUTHOR), "{name}");
        let days = card.run("return $$('.dates time').map((time) => time.dateTime)", vec![]).await;
        let days: Vec<&str> = days.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(days.len(), usize::from(says("date")), "{name}: {days:?}");
        assert!(days.iter().all(|day| day.starts_with("2026-10-20T09:00")), "{name}: {days:?}");
        assert_eq!(card.count("img.hero").await, usize::from(says("hero")), "{name}");
        if says("hero") {
            let come = "const { src, complete, naturalWidth } = $('img.hero'); return src === args[0] && complete && naturalWidth > 0";
            card.until_with("the picture has come", come, vec![json!(publisher.url(HERO))]).await;
        }
        let asked = stage.proxy.recorded(&Method::GET).split_off(asked_before);
        assert_eq!(asked.len(), 1, "{name}: {asked:?}");
        let thread = url::Url::parse(&format!("http://x{}", asked[0].path))
            .ok()
            .and_then(|url| url.query_pairs().find(|(key, _)| key == "thread").map(|(_, thread)| thread.into_owned()));
        assert_eq!(thread.as_deref(), Some(format.thread.as_str()), "{name}");
        assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0], "{name}");
        assert_eq!(reader.console().await, [], "{name}");
    }
}

#[tokio::test]
async fn every_format_looks_the_same() {
    let (stage, publisher, formats) = published().await;
    let reader = Browser::start().await;
    let mut first: Option<HashMap<String, Value>> = None;
    for format in &formats {
        open(&stage, &publisher, &reader, format, None).await;
        let card = reader.card("maqal-card");
        card.until_text(".title", TITLE).await;
        card.until_comments(1).await;
        if format.says.contains(&"hero") {
            card.until("the picture has come", "return $('img.hero').naturalWidth > 0").await;
        }
        let order = order(card).await;
        let expected: Vec<&str> = PARTS
            .iter()
            .map(|(part, _)| *part)
            .filter(|part| ["title", "byline", "body"].contains(part) || format.says.contains(part))
            .collect();
        assert_eq!(order, expected, "{}", format.name);
        let look = look(card).await;
        let reference = first.get_or_insert_with(|| look.clone());
        for (part, style) in &look {
            let Some(expected) = reference.get(part) else { panic!("{}: the first format has no {part}", format.name) };
            let differences: Vec<String> = style
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(name, value)| expected[name.as_str()] != **value)
                .map(|(name, value)| format!("{name}: {value}, not {}", expected[name.as_str()]))
                .collect();
            assert!(differences.is_empty(), "{} {part}: {differences:#?}", format.name);
        }
    }
}

/// Opens each format under Trusted Types with `directive`; where `may_fail`, a format of XML or HTML may be refused.
async fn under_trusted_types(directive: &str, may_fail: bool) {
    let (stage, publisher, formats) = published().await;
    let reader = Browser::start().await;
    let policy = format!("require-trusted-types-for 'script'{directive}");
    for format in &formats {
        let name = format.name;
        open(&stage, &publisher, &reader, format, Some(&policy)).await;
        let card = reader.card("maqal-card");
        let outcome = "return $('.title')?.innerText ?? ($('.card > .note.bad, .card .note.bad') && window.heard.find((event) => event.type === 'maqal:error')?.detail.message)";
        let outcome = card.until("it is shown or told", outcome).await;
        if outcome != json!(TITLE) {
            // What is HTML within JSON is parsed without a policy where the engine has a safe parser of its own.
            let has_markup = format.path.is_some() && String::from_utf8_lossy(&format.body).contains("<p>");
            let has_parser = reader.run("return 'parseHTML' in Document", vec![]).await == json!(true);
            let needs_policy = format.parser != Parser::Own || (has_markup && !has_parser);
            assert!(may_fail && needs_policy, "{name}: {outcome}");
            let told = outcome.as_str().unwrap_or_default();
            assert!(told.contains("Trusted Types") && told.contains("`trusted-types maqal`"), "{name}: {told}");
            card.until_text(".note.bad", "المقال").await;
        } else {
            assert_eq!(card.texts(".body p").await, PARAGRAPHS, "{name}");
            card.until_comments(1).await;
        }
        assert_eq!(reader.run("return window.uncaught", vec![]).await, json!([]), "{name}");
        assert!(reader.console().await.iter().all(|line| !line.message.contains("Uncaught")), "{name}");
    }
}

#[tokio::test]
async fn every_format_works_under_trusted_types_that_name_no_policies() {
    under_trusted_types("", false).await;
}

#[tokio::test]
async fn every_format_works_under_trusted_types_that_allow_our_policy() {
    under_trusted_types("; trusted-types maqal", false).await;
}

#[tokio::test]
async fn under_trusted_types_that_allow_no_policy_what_cannot_be_parsed_is_told_and_all_else_works() {
    under_trusted_types("; trusted-types 'none'", true).await;
}
