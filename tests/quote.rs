//! Quoting what is selected in the article or in a comment.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer_json, clear_storage, comment, key, page};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

async fn open(name: &str) -> TestCard {
    clear_storage();
    answer_json(
        &format!("GET https://t.example/{name}?"),
        200,
        &page(&[comment("m", "مريم", "سؤال في محلّه")], 1, None),
    );
    let endpoint = format!("https://t.example/{name}");
    let article = "<h1>عنوان</h1><p>الفقرة الأولى.</p><p>الفقرة الثانية.</p>";
    let card = TestCard::new(&[("endpoint", &endpoint), ("thread", "t")], article);
    card.until("the comment", |c| c.count("#c-m") == 1 && c.count(".body p") == 2).await;
    card
}

fn select(from: &Element, to: &Element) {
    let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    let (start, end) = (from.first_child().unwrap(), to.last_child().unwrap());
    let length = end.text_content().unwrap().encode_utf16().count() as u32;
    selection.set_base_and_extent(&start, 0, &end, length).unwrap();
}

async fn shown(card: &TestCard) {
    card.until("the button", |c| c.count(".quote.shown") == 1).await;
}

#[wasm_bindgen_test]
async fn a_selection_in_the_article_is_quoted_into_the_composer() {
    let card = open("article").await;
    card.type_into("#body", "أوّلًا");
    select(&card.get(".body p:first-child"), &card.get(".body p:last-child"));
    shown(&card).await;
    card.click(".quote");
    let quoted = "أوّلًا\n\n> الفقرة الأولى.\n> \n> الفقرة الثانية.\n\n";
    card.until("the quote", |c| c.body_field().value() == quoted).await;
    assert_eq!(card.focused().unwrap().id(), "body");
    card.until("the button has gone", |c| c.count(".quote.shown") == 0).await;
}

#[wasm_bindgen_test]
async fn a_selection_in_a_comment_is_quoted_by_keys_where_the_reader_writes() {
    let card = open("comment").await;
    card.click("#c-m [data-act=reply]");
    card.until("the reply", |c| c.focused().is_some_and(|e| e.tag_name() == "TEXTAREA")).await;
    let say = card.get("#c-m .say p");
    select(&say, &say);
    shown(&card).await;
    assert_eq!(card.get(".quote").get_attribute("aria-keyshortcuts").as_deref(), Some("Alt+Q"));
    assert!(card.text(".quote").contains("Alt+Q"), "its name says so");
    support::alt(&card.host, "KeyQ");
    card.until("the quote", |c| {
        c.find(".inner textarea")
            .is_some_and(|field| field.unchecked_ref::<web_sys::HtmlTextAreaElement>().value() == "> سؤال في محلّه\n\n")
    })
    .await;
    assert_eq!(card.body_field().value(), "");
}

#[wasm_bindgen_test]
async fn escape_and_the_end_of_the_selection_hide_the_button() {
    let card = open("hide").await;
    let first = card.get(".body p");
    select(&first, &first);
    shown(&card).await;
    key(&card.host, "Escape", "Escape", false);
    card.until("hidden", |c| c.count(".quote.shown") == 0).await;
    // Firefox may tell of the same selection once more.
    let event = web_sys::Event::new("selectionchange").unwrap();
    web_sys::window().unwrap().document().unwrap().dispatch_event(&event).unwrap();
    support::settle().await;
    assert_eq!(card.count(".quote.shown"), 0, "what the reader has hidden stays hidden");
    select(&first, &card.get(".body p:last-child"));
    shown(&card).await;
    web_sys::window().unwrap().get_selection().unwrap().unwrap().remove_all_ranges().unwrap();
    card.until("hidden", |c| c.count(".quote.shown") == 0).await;
    // What is neither the article's nor a comment's.
    let heading = card.get("#comments-title span");
    select(&heading, &heading);
    support::settle().await;
    assert_eq!(card.count(".quote.shown"), 0);
}

#[wasm_bindgen_test]
async fn the_button_stays_within_the_card() {
    let card = open("within").await;
    let last = card.get(".body p:last-child");
    select(&last, &last);
    shown(&card).await;
    let button = card.get(".quote").unchecked_into::<HtmlElement>();
    let style = button.style();
    for side in ["inset-inline-start", "inset-block-start"] {
        let set = style.get_property_value(side).unwrap();
        assert!(set.strip_suffix("px").and_then(|n| n.parse::<i32>().ok()).is_some_and(|n| n >= 0), "{side}: {set}");
    }
}
