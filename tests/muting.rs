//! Muting a name on this device: its comments give way to a line, in every spelling, until the reader undoes it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer_json, clear_storage, comment, page};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn reopened(name: &str, thread: &str) -> TestCard {
    let endpoint = format!("https://t.example/{name}");
    let card = TestCard::new(&[("endpoint", &endpoint), ("thread", thread)], "<h1>عنوان</h1><p>نصّ.</p>");
    card.until("the comments", |c| c.count(".comment") > 0).await;
    card
}

async fn opened(name: &str, names: &[&str]) -> TestCard {
    clear_storage();
    let comments: Vec<_> =
        names.iter().enumerate().map(|(n, by)| comment(&n.to_string(), by, &format!("نصّ {n}"))).collect();
    answer_json(&format!("GET https://t.example/{name}?"), 200, &page(&comments, comments.len() as u64, None));
    reopened(name, "t").await
}

async fn mute(card: &TestCard, id: &str) {
    card.click(&format!("#c-{id} .more"));
    card.until("the menu", |c| c.count(".menu [data-act='mute']") == 1).await;
    card.click(".menu [data-act='mute']");
    card.until("its line", |c| c.count(&format!("#c-{id} .unseen")) == 1).await;
}

fn focused(card: &TestCard) -> String {
    let active = card.host.shadow_root().unwrap().active_element();
    active.map(|e| if e.id().is_empty() { e.text_content().unwrap_or_default() } else { e.id() }).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_muted_name_is_hidden_everywhere_and_undoing_it_is_offered_at_once() {
    let card = opened("mute", &["سلمى", "Julie", "سلمى"]).await;
    mute(&card, "0").await;
    assert_eq!(card.texts(".say"), ["نصّ 1"]);
    assert_eq!((card.count(".unseen"), card.count("#c-0 .do, #c-2 .do")), (2, 0));
    assert!(card.text("#c-0 .unseen").contains("سلمى"));
    assert_eq!(card.text("#c-2 .unseen p"), "تعليق من اسم كتمتَه");
    card.until("the keyboard at the undoing", |c| focused(c) == "تراجع").await;
    card.click("#c-0 .unseen button");
    card.until("all is as before", |c| c.texts(".say").len() == 3 && c.count(".do") == 3).await;
    card.until("the keyboard at the comment", |c| focused(c) == "c-0").await;
}

#[wasm_bindgen_test]
async fn a_muted_name_stays_muted_in_all_conversations_of_the_endpoint() {
    let card = opened("kept", &["سلمى", "Julie"]).await;
    mute(&card, "0").await;
    drop(card);
    let card = reopened("kept", "another").await;
    assert_eq!(card.texts(".say"), ["نصّ 1"]);
    assert_eq!(card.texts(".unseen button"), ["أظهره", "ألغِ الكتم"]);
    assert_eq!(card.count("[role='status'] + .actions"), 0, "nothing is read out on a visit");
}

#[wasm_bindgen_test]
async fn one_comment_can_be_shown_and_the_name_stays_muted() {
    let card = opened("one", &["سلمى", "سلمى"]).await;
    mute(&card, "0").await;
    card.click("#c-1 .unseen button");
    card.until("that one", |c| c.texts(".say") == ["نصّ 1"]).await;
    card.until("the keyboard at it", |c| focused(c) == "c-1").await;
    card.click("#c-1 .more");
    card.until("its menu unmutes", |c| c.count(".menu [data-act='unmute']") == 1).await;
    card.click(".menu [data-act='unmute']");
    card.until("all is as before", |c| c.texts(".say").len() == 2).await;
}

#[wasm_bindgen_test]
async fn no_other_spelling_of_a_muted_name_comes_back() {
    let muted = "سلمى É";
    let names = [
        muted,
        "سـلـمى É",
        "سَلْمَى é",
        "ﺳﻠﻤﻰ E\\u0301",
        "س\\u200Dلمى\\u2060 É",
        "\\u2067سلمى\\u2069 É",
        "سليم É",
        "سلمى",
    ];
    let card = opened("spelt", &names).await;
    mute(&card, "0").await;
    card.until("all but the others", |c| c.texts(".say") == ["نصّ 6", "نصّ 7"]).await;
}
