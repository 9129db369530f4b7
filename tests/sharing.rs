//! Passing an article on: the device's sheet, else the clipboard, else by hand.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer_json, page, settle};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlInputElement;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
const calls = [];
function put(name, value) { Object.defineProperty(navigator, name, { value, configurable: true }); }

export function set_sheet(outcome) {
  put("share", outcome === "none" ? undefined : (data) => {
    calls.push("share " + JSON.stringify(data));
    return outcome === "done" ? Promise.resolve() : Promise.reject(new DOMException("x", outcome));
  });
}
export function set_clipboard(outcome) {
  put("clipboard", outcome === "none" ? undefined : {
    writeText: (text) => {
      calls.push("copy " + text);
      return outcome === "done" ? Promise.resolve() : Promise.reject(new DOMException("x", "NotAllowedError"));
    },
  });
}
export function calls_so_far() { return calls.splice(0).join("\n"); }
"#)]
extern "C" {
    fn set_sheet(outcome: &str);
    fn set_clipboard(outcome: &str);
    fn calls_so_far() -> String;
}

const URL: &str = "https://news.example/a/9";

async fn shown(sheet: &str, clipboard: &str) -> TestCard {
    set_sheet(sheet);
    set_clipboard(clipboard);
    calls_so_far();
    answer_json("/share/comments", 200, &page(&[], 0, None));
    answer_json(
        "/share.json",
        200,
        &format!(r#"{{"@type":"NewsArticle","headline":"عنوان","articleBody":"نصّ.","url":"{URL}"}}"#),
    );
    let card = TestCard::new(
        &[("src", "https://news.example/share.json"), ("endpoint", "https://t.example/share/comments")],
        "",
    );
    card.until("the article", |c| c.count(".acts > button") == 1).await;
    card
}

#[wasm_bindgen_test]
async fn the_devices_sheet_gets_the_articles_own_address_and_title() {
    let card = shown("done", "done").await;
    assert_eq!(card.text(".tool-label"), "شارك");
    card.click(".acts > button");
    settle().await;
    assert_eq!(calls_so_far(), format!(r#"share {{"url":"{URL}","title":"عنوان"}}"#));
}

#[wasm_bindgen_test]
async fn a_reader_who_closes_the_sheet_wants_nothing_else() {
    let card = shown("AbortError", "done").await;
    card.click(".acts > button");
    settle().await;
    assert!(!calls_so_far().contains("copy"));
    assert_eq!((card.text(".tool-label"), card.count(".by-hand")), ("شارك".to_owned(), 0));
}

#[wasm_bindgen_test]
async fn without_a_sheet_the_address_is_copied_and_said_so() {
    let card = shown("none", "done").await;
    assert_eq!(card.text(".tool-label"), "انسخ الرابط");
    card.click(".acts > button");
    card.until("the word", |c| c.text(".tool-label") == "نُسخ الرابط").await;
    assert_eq!(card.text(".acts > [role='status']"), "نُسخ الرابط");
    assert_eq!(calls_so_far(), format!("copy {URL}"));
}

#[wasm_bindgen_test]
async fn a_sheet_that_fails_leads_to_the_clipboard_and_a_forbidden_one_to_the_address_itself() {
    let card = shown("NotAllowedError", "denied").await;
    card.click(".acts > button");
    card.until("the field", |c| c.count(".by-hand input") == 1).await;
    let input: HtmlInputElement = card.get(".by-hand input").unchecked_into();
    assert_eq!(input.value(), URL);
    card.until("the selection", |_| input.selection_end().unwrap() == Some(URL.len() as u32)).await;
    assert!(calls_so_far().contains("copy"));
    let bare = shown("none", "none").await;
    bare.click(".acts > button");
    bare.until("the field", |c| c.count(".by-hand input") == 1).await;
}
