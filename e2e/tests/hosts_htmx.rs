//! Cards in pages that htmx changes: pieces are swapped, links are boosted, and the way back leads over a snapshot.

use maqal_e2e::browser::Browser;
use maqal_e2e::framework::{Site, ends_well, has_text, is_known, is_new, type_into};
use serde_json::json;

/// A site with htmx: its pages have a card each, and `/piece/…` is what requests of its parts answer.
async fn site() -> Site {
    let site = Site::start().await;
    site.project.publish("node_modules/htmx.org/dist", &site.stage.host, "/htmx");
    let main = |body: &str| format!(r#"<main id="main" hx-history-elt>{body}</main>"#);
    let head = r#"<script src="/htmx/htmx.min.js"></script>"#;
    let one = format!(
        r##"<nav hx-boost="true"><a id="two" href="/two.html">2</a></nav>
<div id="place">{}</div>
<button id="swap" hx-get="/piece/b.html" hx-target="#place">b</button>
<button id="back" hx-get="/piece/a.html" hx-target="#place">a</button>
<button id="kept" hx-get="/piece/kept.html" hx-target="#place">kept</button>
<button id="after" hx-get="/piece/b.html" hx-target="#place" hx-swap="beforeend">and b</button>
<button id="remove" hx-get="/piece/none.html" hx-target="#b" hx-swap="delete">less b</button>"##,
        site.card("a", "hx-preserve")
    );
    let plain = one.replace(" hx-preserve", "");
    site.put_page("/one.html", head, &main(&plain));
    site.put_page("/kept.html", head, &main(&one));
    site.put_page("/two.html", head, &main(&format!("<h1>2</h1>{}", site.card("b", ""))));
    let piece = |name: &str, html: String| site.stage.host.put(&format!("/piece/{name}.html"), html);
    piece("a", site.card("a", ""));
    piece("b", site.card("b", ""));
    piece("kept", format!("<p>حوله شيء آخر</p><section>{}</section>", site.card("a", "hx-preserve")));
    piece("none", String::new());
    site
}

async fn press(reader: &Browser, id: &str) {
    reader.run("document.getElementById(arguments[0]).click()", vec![json!(id)]).await;
}

/// The element's children are the host's own, and nothing of the card's is among them.
async fn has_own_children_only(reader: &Browser, id: &str) {
    let children = "return [...host.children].map((e) => e.localName).join() + ' ' + host.innerHTML.includes('maqal')";
    let names = reader.card(id).run(children, vec![]).await;
    assert!(names.as_str().is_some_and(|names| names.ends_with(" false") && !names.contains("div")), "{names}");
}

#[tokio::test]
async fn pieces_are_swapped_appended_and_deleted() {
    let site = site().await;
    let reader = site.stage.reader_at("/one.html").await;
    type_into(&reader, "#a").await;
    press(&reader, "after").await;
    reader.card("#b").until_empty().await;
    is_known(&reader, "#a").await;
    press(&reader, "remove").await;
    reader.until("b is gone", "return !document.querySelector('#b')").await;
    is_known(&reader, "#a").await;
    for _ in 0..3 {
        press(&reader, "swap").await;
        reader.card("#b").until_empty().await;
        assert_eq!(reader.card("#a").run("return host", vec![]).await, json!(null));
        press(&reader, "back").await;
        is_new(&reader, "#a").await;
        has_text(&reader, "#a").await;
    }
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_card_that_is_preserved_is_the_same_and_fetches_nothing() {
    let site = site().await;
    let reader = site.stage.reader_at("/kept.html").await;
    type_into(&reader, "#a").await;
    // Without it htmx takes the element through another document, where the styles of its shadow root do not come along.
    let is_moved = reader.run("return 'moveBefore' in Element.prototype", vec![]).await == json!(true);
    let before = site.requests();
    for _ in 0..3 {
        reader.run("document.querySelector('#place > p')?.remove()", vec![]).await;
        press(&reader, "kept").await;
        reader.until("the rest is new", "return document.querySelector('#place > p')").await;
        if is_moved {
            is_known(&reader, "#a").await;
        } else {
            assert_eq!(reader.card("#a").run("return host === known[0]", vec![]).await, json!(true));
            has_text(&reader, "#a").await;
        }
    }
    assert!(!is_moved || site.requests() == before, "a card that is moved fetches nothing");
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_boosted_link_and_the_way_back_over_the_snapshot() {
    let site = site().await;
    let reader = site.stage.reader_at("/one.html").await;
    type_into(&reader, "#a").await;
    reader.run("window.stayed = true", vec![]).await;
    for _ in 0..2 {
        press(&reader, "two").await;
        reader.card("#b").until_empty().await;
        assert_eq!(reader.run("return [location.pathname, window.stayed]", vec![]).await, json!(["/two.html", true]));
        reader.run("history.back()", vec![]).await;
        reader
            .until("the page is back", "return location.pathname === '/one.html' && document.querySelector('#a')")
            .await;
        is_new(&reader, "#a").await;
        has_text(&reader, "#a").await;
        has_own_children_only(&reader, "#a").await;
    }
    assert_eq!(site.stage.host.times_asked("/one.html"), 1, "it is the snapshot that came back");
    ends_well(&reader, "#a").await;
}
