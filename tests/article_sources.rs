//! Each format of XML and HTML becomes a card through the browser's own parsers, which differ from those of the native
//! tests.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer, answer_json, page};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A card whose `src` answers with `text`.
fn card(name: &str, content_type: &str, text: &str) -> TestCard {
    answer_json("/sources/comments", 200, &page(&[], 0, None));
    answer(&format!("/sources/{name}"), 200, content_type, text);
    let src = format!("https://news.example/sources/{name}");
    TestCard::new(&[("src", &src), ("endpoint", "https://t.example/sources/comments"), ("thread", "t")], "")
}

async fn until_title(card: &TestCard, title: &str) {
    card.until("the title", |c| c.text(".title") == title).await;
}

#[wasm_bindgen_test]
async fn an_atom_entry_with_xhtml_is_a_card() {
    let card = card(
        "xhtml.atom",
        "application/atom+xml; charset=utf-8",
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="ar">
<title>دفتر الميناء</title><author><name>سلمى العلوي</name><uri>/salma</uri></author>
<entry xml:base="https://daftar.example/2026/"><id>urn:1</id><title type="html">قوارب &amp;laquo;الفجر&amp;raquo;</title>
<link rel="alternate" type="text/html" href="dawn/"/><published>2026-11-14T08:00:00Z</published>
<category term="غير مصنف"/><category term="بحر"/>
<media:content url="sea.jpg" medium="image" width="1200" height="600"><media:description>الميناء فجرًا</media:description></media:content>
<content type="xhtml" xml:base="dawn/"><div xmlns="http://www.w3.org/1999/xhtml"><p>أولى مع <a href="map">خريطة</a>.</p>
<script>window.ran = true</script><p>ثانية <b>غليظة</b>.</p></div></content></entry></feed>"#,
    );
    until_title(&card, "قوارب «الفجر»").await;
    assert_eq!((card.text(".kicker"), card.text(".author")), ("بحر".into(), "سلمى العلوي".into()));
    assert_eq!(card.texts(".body p"), ["أولى مع خريطة.", "ثانية غليظة."]);
    assert_eq!(card.get(".body a").get_attribute("href").as_deref(), Some("https://daftar.example/2026/dawn/map"));
    // An engine that is quick to see that nobody is there (WebKit) has the picture's place empty by now.
    if card.count(".hero.missing") == 0 {
        assert_eq!(card.get("img.hero").get_attribute("src").as_deref(), Some("https://daftar.example/2026/sea.jpg"));
    }
    assert_eq!(card.count("time"), 1);
}

#[wasm_bindgen_test]
async fn an_rss_item_with_cdata_is_a_card() {
    let card = card(
        "cdata.xml",
        "text/xml",
        r#"
<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>الميناء</title><language>ar</language><item><title><![CDATA[الصيد &#8220;فجرًا&#8221;]]></title>
<link>https://news.example/1</link><dc:creator><![CDATA[مريم]]></dc:creator><pubDate>Sat, 14 Nov 2026 08:30:00 +0000</pubDate>
<description><![CDATA[<p>ملخّص [&#8230;]</p>]]></description>
<content:encoded><![CDATA[<p>أولى.</p><blockquote>قول</blockquote><p>The post <a>x</a> appeared first on <a>y</a>.</p>]]></content:encoded>
</item></channel></rss>"#,
    );
    until_title(&card, "الصيد “فجرًا”").await;
    assert_eq!((card.text(".author"), card.text(".lead")), ("مريم".into(), "ملخّص…".into()));
    assert_eq!(card.texts(".body p"), ["أولى.", "قول"]);
    assert_eq!(card.count(".body blockquote p"), 1);
    assert_eq!(card.count("time"), 1, "the browser reads the date of RFC 822");
}

#[wasm_bindgen_test]
async fn a_feed_with_entities_of_html_is_put_right() {
    let card = card(
        "entities.rss",
        "application/rss+xml",
        "<rss version=\"2.0\"><channel><item><title>البحر&nbsp;&amp; الجبل & الوادي</title><description>&lt;p&gt;نصّ.&lt;/p&gt;</description></item></channel></rss>",
    );
    until_title(&card, "البحر\u{A0}& الجبل & الوادي").await;
    assert_eq!(card.texts(".body p"), ["نصّ."]);
}

#[wasm_bindgen_test]
async fn an_rss_1_0_item_is_a_card() {
    let card = card(
        "one.rdf",
        "application/rdf+xml",
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>الميناء</title></channel>
        <item rdf:about="https://news.example/1"><title>عنوان</title><link>https://news.example/1</link><description>&lt;p&gt;نصّ.&lt;/p&gt;</description></item></rdf:RDF>"#,
    );
    until_title(&card, "عنوان").await;
    assert_eq!(card.texts(".body p"), ["نصّ."]);
}

/// Each engine puts its `parsererror` elsewhere.
#[wasm_bindgen_test]
async fn xml_that_cannot_be_put_right_is_told_as_such() {
    for (name, text, cause) in [
        ("broken.xml", "<rss><channel><item></channel></rss>", "not well-formed XML"),
        ("other.xml", "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "urlset"),
        ("none.xml", "<rss version='2.0'><channel><title>x</title></channel></rss>", "without any article"),
    ] {
        let card = card(name, "application/xml", text);
        card.until("the error", |c| c.errors().iter().any(|e| e.contains(cause))).await;
    }
}

#[wasm_bindgen_test]
async fn an_html_page_is_its_article() {
    let card = card(
        "page",
        "text/html; charset=utf-8",
        r#"<!DOCTYPE html><html lang="ar"><head><noscript><img src="https://track.example/p.gif"></noscript>
<title>قوارب - الميناء</title><meta property="og:site_name" content="الميناء"><meta property="og:title" content="قوارب - الميناء">
<meta property="og:image" content="/sea.jpg"><meta property="article:published_time" content="2026-11-14T08:00:00Z">
<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"قوارب","author":{"name":"سلمى"}}]}</script></head>
<body><header><nav><a href="/">الرئيسية</a></nav></header><main><article><h1>قوارب</h1>
<div class="entry-content"><p>خرج الصيادون قبل الفجر، وعادوا مع المدّ.</p><noscript>فعّل النصوص البرمجية.</noscript>
<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/boat.jpg" alt="قارب"></figure><p>ثم باعوا ما صادوا.</p>
<div class="social-share"><a href="/s">شارك</a></div></div></article></main><aside><p>الأكثر قراءة</p></aside></body></html>"#,
    );
    until_title(&card, "قوارب").await;
    assert_eq!(card.text(".author"), "سلمى");
    assert_eq!(card.texts(".body p"), ["خرج الصيادون قبل الفجر، وعادوا مع المدّ.", "ثم باعوا ما صادوا."]);
    assert_eq!(card.get(".body img").get_attribute("src").as_deref(), Some("https://news.example/boat.jpg"));
    assert_eq!(card.get("img.hero").get_attribute("src").as_deref(), Some("https://news.example/sea.jpg"));
}

#[wasm_bindgen_test]
async fn xhtml_under_its_own_type_is_a_page_too() {
    let card = card(
        "x.xhtml",
        "application/xhtml+xml",
        r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" lang="ar"><head><title>عنوان</title></head><body><article><h1>عنوان</h1><p>نصّ.<br/>سطر.</p></article></body></html>"#,
    );
    until_title(&card, "عنوان").await;
    assert_eq!(card.count(".body p br"), 1);
}

#[wasm_bindgen_test]
async fn a_fragment_of_html_is_read_as_children_are() {
    let card = card(
        "fragment",
        "text/html",
        "<h2>عنوان</h2><p class=byline>بقلم <a rel=author href=/s>سلمى</a></p><p>نصّ.</p>",
    );
    until_title(&card, "عنوان").await;
    assert_eq!((card.text(".author"), card.texts(".body p")), ("سلمى".into(), vec!["نصّ.".to_owned()]));
}

#[wasm_bindgen_test]
async fn the_childrens_markup_completes_their_json_ld() {
    answer_json("/sources/comments", 200, &page(&[], 0, None));
    let card = TestCard::new(
        &[("endpoint", "https://t.example/sources/comments"), ("thread", "t")],
        r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"من الوصف","datePublished":"2026-11-14"}</script>
        <article><h1>من الصفحة</h1><p class="byline">سلمى</p><p>نصّ الصفحة.</p></article>"#,
    );
    until_title(&card, "من الوصف").await;
    assert_eq!((card.text(".author"), card.texts(".body p")), ("سلمى".into(), vec!["نصّ الصفحة.".to_owned()]));
}
