//! Cards in pages that Turbo changes: visits, previews from its cache, permanent elements, frames, streams and morphs.

use maqal_e2e::browser::Browser;
use maqal_e2e::framework::{OTHER_TITLE, Site, ends_well, has_text, is_known, is_new, type_into};
use serde_json::json;

async fn site() -> Site {
    let site = Site::start().await;
    site.project.publish("node_modules/@hotwired/turbo/dist", &site.stage.host, "/turbo");
    site
}

fn put_page(site: &Site, path: &str, head: &str, body: &str) {
    let turbo = r#"<script src="/turbo/turbo.es2017-umd.js"></script>"#;
    site.put_page(path, &[turbo, head].concat(), body);
}

async fn visit(reader: &Browser, path: &str) {
    reader.run("Turbo.visit(arguments[0])", vec![json!(path)]).await;
    let there = format!(
        "return location.pathname === '{path}' && !document.documentElement.hasAttribute('data-turbo-preview') && !document.documentElement.ariaBusy"
    );
    reader.until("the visit has ended", &there).await;
}

#[tokio::test]
async fn a_visit_and_the_way_back_over_the_cache() {
    let site = site().await;
    put_page(&site, "/one.html", "", &site.card("a", ""));
    put_page(&site, "/two.html", "", &format!("<h1>2</h1>{}", site.card("b", "")));
    let reader = site.stage.reader_at("/one.html").await;
    type_into(&reader, "#a").await;
    reader.run("window.stayed = true", vec![]).await;
    for _ in 0..2 {
        visit(&reader, "/two.html").await;
        reader.card("#b").until_empty().await;
        reader.run("history.back()", vec![]).await;
        reader
            .until("the page is back", "return location.pathname === '/one.html' && document.querySelector('#a')")
            .await;
        is_new(&reader, "#a").await;
        has_text(&reader, "#a").await;
        // A clone has the element's own children, and nothing of the card's.
        let same = "const fresh = new DOMParser().parseFromString(args[0], 'text/html').querySelector('maqal-card');
            return host.outerHTML === fresh.outerHTML";
        assert_eq!(reader.card("#a").run(same, vec![json!(site.card("a", ""))]).await, json!(true));
        // Forward: a preview first, then the page.
        visit(&reader, "/two.html").await;
        reader.card("#b").until_empty().await;
        visit(&reader, "/one.html").await;
        has_text(&reader, "#a").await;
    }
    assert_eq!(reader.run("return window.stayed", vec![]).await, json!(true));
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_permanent_card_is_the_same_on_each_page_and_fetches_nothing() {
    let site = site().await;
    let permanent = site.card("a", "data-turbo-permanent");
    put_page(&site, "/one.html", "", &format!("<h1>1</h1>{permanent}"));
    put_page(&site, "/two.html", "", &format!("<h1>2</h1><section>{permanent}</section>"));
    let reader = site.stage.reader_at("/one.html").await;
    type_into(&reader, "#a").await;
    let before = site.requests();
    for path in ["/two.html", "/one.html", "/two.html"] {
        visit(&reader, path).await;
        is_known(&reader, "#a").await;
    }
    assert_eq!(site.requests(), before);
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_frame_brings_cards_and_takes_them_away() {
    let site = site().await;
    let frame = |body: &str| format!(r#"<turbo-frame id="frame">{body}</turbo-frame>"#);
    put_page(&site, "/one.html", "", &frame(&site.card("a", "")));
    site.stage.host.put("/frame/a.html", frame(&site.card("a", "")));
    site.stage.host.put("/frame/b.html", frame(&site.card("b", "")));
    let reader = site.stage.reader_at("/one.html").await;
    type_into(&reader, "#a").await;
    for _ in 0..2 {
        reader.run("document.querySelector('#frame').src = '/frame/b.html'", vec![]).await;
        reader.card("#b").until_empty().await;
        reader.run("document.querySelector('#frame').src = '/frame/a.html'", vec![]).await;
        is_new(&reader, "#a").await;
        has_text(&reader, "#a").await;
    }
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn streams_append_replace_and_remove_and_a_morph_changes_the_card_that_is_there() {
    let site = site().await;
    put_page(&site, "/one.html", "", &format!(r#"<main id="list">{}</main>"#, site.card("a", "")));
    let reader = site.stage.reader_at("/one.html").await;
    type_into(&reader, "#a").await;
    let stream = async |attributes: &str, html: &str| {
        let message = format!("<turbo-stream {attributes}><template>{html}</template></turbo-stream>");
        reader.run("Turbo.renderStreamMessage(arguments[0])", vec![json!(message)]).await;
    };
    stream(r#"action="append" target="list""#, &site.card("b", "")).await;
    reader.card("#b").until_empty().await;
    stream(r#"action="before" target="a""#, "<p>قبله</p>").await;
    stream(r#"action="remove" target="b""#, "").await;
    reader.until("b is gone", "return !document.querySelector('#b')").await;
    is_known(&reader, "#a").await;

    let before = site.requests();
    stream(r#"action="replace" target="a" method="morph""#, &site.card("a", r#"theme="dark""#)).await;
    reader.card("#a").until("it is dark", "return $('.card').dataset.theme === 'dark'").await;
    is_known(&reader, "#a").await;
    assert_eq!(site.requests(), before);
    let other = site.card("a", "").replace("/article.json", "/other.json");
    stream(r#"action="replace" target="a" method="morph""#, &other).await;
    reader.card("#a").until_text(".title", OTHER_TITLE).await;
    let kept = "return host === known[0] && known.includes($('#body'))";
    reader.card("#a").until("the conversation is the same", kept).await;

    stream(r#"action="replace" target="a""#, &site.card("a", "")).await;
    is_new(&reader, "#a").await;
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_page_that_is_refreshed_by_a_morph_keeps_the_card() {
    let site = site().await;
    let morph =
        r#"<meta name="turbo-refresh-method" content="morph"><meta name="turbo-refresh-scroll" content="preserve">"#;
    put_page(&site, "/one.html", morph, &format!("<p>قديم</p>{}", site.card("a", "")));
    let reader = site.stage.reader_at("/one.html").await;
    type_into(&reader, "#a").await;
    let before = site.requests();
    put_page(&site, "/one.html", morph, &format!("<p>جديد</p><p>وآخر</p>{}", site.card("a", r#"theme="sepia""#)));
    reader.run("Turbo.visit(location.href, { action: 'replace' })", vec![]).await;
    reader.until("the page is new", "return document.querySelector('p').textContent === 'جديد'").await;
    reader.card("#a").until("it is sepia", "return $('.card').dataset.theme === 'sepia'").await;
    is_known(&reader, "#a").await;
    assert_eq!(site.requests(), before);
    ends_well(&reader, "#a").await;
}
