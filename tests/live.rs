//! What happens while the conversation is read: comments that come wait, edits and deletions apply in their place, and an
//! endpoint that sends no events is asked instead.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer, answer_json, clear_storage, pass_time, seen, settle, timer_runs};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
const sources = [];
window.EventSource = class extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSED = 2;
  constructor(url) {
    super();
    this.url = url;
    this.readyState = 0;
    sources.push(this);
  }
  close() {
    this.readyState = 2;
  }
};
const of = (name) => sources.filter((source) => source.url.includes(`/${name}/`));
export const lines = (name) => of(name).map((source) => `${source.readyState === 2 ? "closed" : "open"} ${source.url}`);
export const say = (name, id, data) =>
  of(name).filter((source) => source.readyState !== 2)
    .forEach((source) => source.dispatchEvent(new MessageEvent("change", { data, lastEventId: id })));
export const fail = (name, closed) =>
  of(name).filter((source) => source.readyState !== 2).forEach((source) => {
    if (closed) source.readyState = 2;
    source.onerror?.(new Event("error"));
  });
export const hide = (hidden) => {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (hidden ? "hidden" : "visible") });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
};
"#)]
extern "C" {
    fn lines(name: &str) -> js_sys::Array;
    fn say(name: &str, id: &str, data: &str);
    fn fail(name: &str, closed: bool);
    fn hide(hidden: bool);
}

fn open_lines(name: &str) -> Vec<String> {
    lines(name).iter().filter_map(|line| Some(line.as_string()?.strip_prefix("open ")?.to_owned())).collect()
}

fn said(id: &str, body: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","thread":"t","name":"س","body":"{body}","html":"<p>{body}</p>","created":"2026-11-14T09:30:00Z"{more}}}"#
    )
}

fn change(comment: &str, total: u64) -> String {
    format!(r#"{{"comment":{comment},"total":{total}}}"#)
}

/// A card whose conversation has two comments and hears what happens.
async fn card(name: &str, live: &str) -> TestCard {
    clear_storage();
    let page =
        format!(r#"{{"comments":[{},{}],"total":2{live}}}"#, said("2", "ثانٍ", r#","replies":1"#), said("1", "أول", ""));
    answer_json(&format!("/{name}?"), 200, &page);
    let endpoint = format!("https://t.example/{name}");
    let card = TestCard::new(&[("endpoint", &endpoint), ("thread", "t")], "<h1>عنوان</h1><p>نصّ.</p>");
    card.until("the comments", |c| c.texts(".say") == ["ثانٍ", "أول"]).await;
    // The runner's own output grows above it, and off screen nobody is asked.
    card.host.scroll_into_view();
    card
}

const LIVE: &str = r#","live":"7""#;

#[wasm_bindgen_test]
async fn comments_that_come_wait_behind_a_button_and_move_nothing() {
    let card = card("wait", LIVE).await;
    card.until("the line", |_| !open_lines("wait").is_empty()).await;
    assert!(open_lines("wait")[0].ends_with("/wait/stream?thread=t&since=7"), "{:?}", open_lines("wait"));
    say("wait", "8", &change(&said("3", "ثالث", ""), 3));
    say("wait", "9", &change(&said("4", "ردّ", r#","parent":"1","root":"1""#), 4));
    say("wait", "10", &change(&said("5", "خامس", ""), 5));
    say("wait", "11", "not json");
    card.until("the button", |c| c.text(".fresh button") == "٣ تعليقات جديدة").await;
    assert_eq!(card.texts(".say"), ["ثانٍ", "أول"], "nothing moves");
    assert!(card.text("#comments-title").contains("٥"));
    card.click(".fresh button");
    card.until("the comments", |c| c.texts(".say") == ["ثالث", "خامس", "ثانٍ", "أول", "ردّ"]).await;
    assert_eq!(card.count(".fresh button"), 0);
    card.until("the keyboard at the first of them", |c| {
        c.host.shadow_root().unwrap().active_element().is_some_and(|e| e.id() == "c-3")
    })
    .await;
}

#[wasm_bindgen_test]
async fn edits_and_deletions_apply_in_their_place() {
    let card = card("place", LIVE).await;
    card.until("the line", |_| !open_lines("place").is_empty()).await;
    let edited = said("1", "أول معدَّل", r#","edited":"2026-11-14T10:00:00Z""#);
    say("place", "8", &change(&edited, 2));
    card.until("the new text", |c| c.texts(".say") == ["ثانٍ", "أول معدَّل"]).await;
    assert!(card.text("#c-1 .who").contains("عُدِّل"));
    say("place", "9", &change(r#"{"id":"2","name":"","state":"deleted"}"#, 1));
    card.until("the placeholder", |c| c.text("#c-2").contains("حُذف")).await;
    assert_eq!(card.count(".fresh button"), 0);
    // One that came and went again before anybody saw it is nothing.
    say("place", "10", &change(&said("3", "ثالث", ""), 2));
    say("place", "11", &change(r#"{"id":"3","name":"","state":"deleted"}"#, 1));
    card.until("no button", |c| c.count(".fresh button") == 0).await;
}

#[wasm_bindgen_test]
async fn nobody_is_asked_while_the_page_is_hidden_and_the_line_goes_on_where_it_was() {
    let card = card("hidden", LIVE).await;
    card.until("the line", |_| !open_lines("hidden").is_empty()).await;
    say("hidden", "12", &change(&said("3", "ثالث", ""), 3));
    hide(true);
    card.until("no line", |_| open_lines("hidden").is_empty()).await;
    hide(false);
    card.until("a line again", |_| !open_lines("hidden").is_empty()).await;
    assert!(open_lines("hidden")[0].ends_with("since=12"), "{:?}", open_lines("hidden"));
    drop(card);
    settle().await;
    assert!(open_lines("hidden").is_empty(), "a card that has gone hangs up");
}

#[wasm_bindgen_test]
async fn where_no_events_come_the_endpoint_is_asked() {
    let card = card("poll", LIVE).await;
    card.until("the line", |_| !open_lines("poll").is_empty()).await;
    let changes = format!(r#"{{"changes":[{}],"total":3,"live":"8"}}"#, said("3", "ثالث", ""));
    answer_json("/poll/changes?thread=t&since=7", 200, &changes);
    answer("/poll/changes?thread=t&since=8", 500, "text/plain", "no");
    fail("poll", true);
    card.until("a timer", |_| timer_runs(30_000)).await;
    assert!(open_lines("poll").is_empty());
    pass_time(30_000);
    card.until("the button", |c| c.text(".fresh button") == "تعليق جديد").await;
    card.until("the next timer", |_| timer_runs(30_000)).await;
    pass_time(30_000);
    card.until("it was asked from there on", |_| !seen("/poll/changes?thread=t&since=8").is_empty()).await;
    card.until("a failure ends nothing", |_| timer_runs(30_000)).await;
    assert_eq!(card.count(".note"), 0, "a reader need not know");
}

#[wasm_bindgen_test]
async fn an_endpoint_that_answers_again_is_heard_again() {
    let card = card("again", LIVE).await;
    card.until("the line", |_| !open_lines("again").is_empty()).await;
    answer_json("/again/changes?", 200, r#"{"changes":[],"total":2,"live":"7"}"#);
    for _ in 0..3 {
        fail("again", false);
    }
    for _ in 0..4 {
        assert!(open_lines("again").is_empty());
        card.until("a timer", |_| timer_runs(30_000)).await;
        pass_time(30_000);
        settle().await;
    }
    card.until("a line again", |_| open_lines("again").len() == 1).await;
}

#[wasm_bindgen_test]
async fn an_endpoint_without_changes_is_asked_for_its_first_page() {
    let card = card("plain", "").await;
    card.until("a timer", |_| timer_runs(30_000)).await;
    assert!(lines("plain").length() == 0);
    let page = format!(r#"{{"comments":[{},{}],"total":3}}"#, said("3", "ثالث", ""), said("2", "ثانٍ معدَّل", ""));
    answer_json("/plain?", 200, &page);
    pass_time(30_000);
    card.until("the button", |c| c.text(".fresh button") == "تعليق جديد").await;
    card.until("the edit", |c| c.texts(".say") == ["ثانٍ معدَّل", "أول"]).await;
}

#[wasm_bindgen_test]
async fn the_readers_own_comment_does_not_wait_for_himself() {
    let card = card("own", LIVE).await;
    card.until("the line", |_| !open_lines("own").is_empty()).await;
    support::stall("POST https://t.example/own");
    card.write("س", "تعليقي");
    card.send();
    card.until("it is on its way", |c| c.count(".pending") == 1).await;
    say("own", "8", &change(&said("3", "تعليقي", ""), 3));
    settle().await;
    assert_eq!(card.count(".fresh button"), 0);
    answer_json("POST https://t.example/own", 201, &said("3", "تعليقي", r#","secret":"s""#));
    support::release("POST https://t.example/own");
    card.until("it stands there once", |c| c.texts(".say") == ["تعليقي", "ثانٍ", "أول"] && c.count(".pending") == 0)
        .await;
    assert!(card.text("#comments-title").contains("٣"));
}
