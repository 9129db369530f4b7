//! Replies and changes of one's own comments: forms inside the conversation, that keep what is typed and give the keyboard
//! back.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{
    TestCard, answer, answer_json, break_network, clear_storage, comment, key, page, release, seen, settle, stall,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

const REPLY: &str = ".inner textarea";

/// A card with one comment of Maryam's, of the id `m`.
async fn open(name: &str) -> TestCard {
    answer_json(&format!("GET https://t.example/{name}?"), 200, &page(&[comment("m", "مريم", "سؤال")], 1, None));
    let endpoint = format!("https://t.example/{name}");
    let card = TestCard::new(&[("endpoint", &endpoint), ("thread", "t")], "<h1>عنوان</h1><p>نصّ.</p>");
    card.until("the comment", |c| c.count("#c-m") == 1).await;
    card
}

/// Presses the button that opens the reply's form.
async fn reply(card: &TestCard) {
    card.get("#c-m [data-act=reply]").unchecked_into::<HtmlElement>().focus().unwrap();
    card.click("#c-m [data-act=reply]");
    card.until("the form has the keyboard", |c| c.focused().is_some_and(|e| e.tag_name() == "TEXTAREA")).await;
}

#[wasm_bindgen_test]
async fn a_reply_says_to_whom_and_is_sent_with_what_it_answers() {
    clear_storage();
    let card = open("reply").await;
    reply(&card).await;
    assert_eq!(card.text(".inner .composer-head").replace(['\u{2068}', '\u{2069}'], ""), "ردًّا على مريم");
    let sent = comment("r", "ياسين", "جواب").replacen('{', r#"{"parent":"m","root":"m","#, 1);
    answer_json("POST https://t.example/reply", 201, &sent);
    card.type_into(".inner input[name=name]", "ياسين");
    card.type_into(REPLY, "جواب");
    card.click(".inner .send");
    card.until("it stands under the comment", |c| c.texts(".replies .comment:not(.pending) .say") == ["جواب"]).await;
    assert!(seen("POST https://t.example/reply")[0].contains(r#""parent":"m""#));
    assert_eq!(card.count(".inner"), 0, "the form has gone");
    assert_eq!(card.focused().unwrap().get_attribute("data-act").as_deref(), Some("reply"), "the keyboard is back");
    assert_eq!(card.name_field().value(), "ياسين", "the forms of a conversation know the same author");
}

#[wasm_bindgen_test]
async fn a_replys_draft_outlives_a_reload_and_leaves_the_keyboard_where_it_is() {
    clear_storage();
    let card = open("kept").await;
    reply(&card).await;
    card.type_into(REPLY, "لم أكمل");
    drop(card);
    let card = open("kept").await;
    card.until("the form with its text", |c| c.find(REPLY).is_some_and(|field| value(&field) == "لم أكمل")).await;
    settle().await;
    assert!(card.focused().is_none());
    assert_eq!(card.body_field().value(), "", "it is no draft of a top-level comment");
}

#[wasm_bindgen_test]
async fn escape_puts_an_empty_reply_away_and_asks_first_where_something_is_written() {
    clear_storage();
    let card = open("escape").await;
    reply(&card).await;
    key(&card.get(REPLY), "Escape", "Escape", false);
    card.until("the empty one has gone", |c| c.count(".inner") == 0).await;
    reply(&card).await;
    card.type_into(REPLY, "نصّي");
    key(&card.get(REPLY), "Escape", "Escape", false);
    card.until("the question", |c| c.text(".inner .kept").contains("Esc")).await;
    key(&card.get(REPLY), "Escape", "Escape", false);
    card.until("it has gone", |c| c.count(".inner") == 0).await;
    reply(&card).await;
    assert_eq!(value(&card.get(REPLY)), "نصّي", "put away is not thrown away");
}

#[wasm_bindgen_test]
async fn an_unsent_reply_goes_back_to_its_own_form() {
    clear_storage();
    let card = open("back").await;
    reply(&card).await;
    answer("POST https://t.example/back", 403, "text/plain", "closed");
    card.type_into(".inner input[name=name]", "ياسين");
    card.type_into(REPLY, "جواب");
    card.click(".inner .send");
    card.until("it is refused", |c| c.text(".pending .note").contains("عدّل النص")).await;
    card.press(".pending .note", "عدّل النص");
    card.until("it is back", |c| c.find(REPLY).is_some_and(|field| value(&field) == "جواب")).await;
    card.until("the keyboard too", |c| c.focused().is_some_and(|e| e.tag_name() == "TEXTAREA")).await;
    assert_eq!((card.body_field().value(), card.count(".pending")), (String::new(), 0));
}

/// Keeps what proves that the comment `m` was written here, and can still be changed.
fn own(name: &str) {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let key = format!("maqal:own:https://t.example/{name} t:m");
    storage.set_item(&key, r#"{"secret":"geheim","until":99999999999999}"#).unwrap();
}

async fn edit(card: &TestCard) {
    card.click("#c-m [data-act=menu]");
    card.until("the menu", |c| c.count("[data-act=edit]") == 1).await;
    card.click("[data-act=edit]");
    card.until("the form", |c| c.count(".edits textarea") == 1).await;
}

#[wasm_bindgen_test]
async fn an_edit_begins_with_what_was_typed_and_shows_when_it_is_saved() {
    clear_storage();
    own("edit");
    let card = open("edit").await;
    edit(&card).await;
    assert_eq!(value(&card.get(".edits textarea")), "سؤال");
    answer_json("PATCH https://t.example/edit/m", 200, &comment("m", "مريم", "سؤال آخر"));
    card.type_into(".edits textarea", "سؤال آخر");
    card.click(".edits .send");
    card.until("the new text", |c| c.texts("#c-m .say") == ["سؤال آخر"] && c.count(".edits") == 0).await;
    assert!(seen("PATCH https://t.example/edit/m")[0].contains(r#"{"body":"سؤال آخر"}"#));
    drop(card);
    let card = open("edit").await;
    settle().await;
    assert_eq!(card.count(".edits"), 0, "what is saved is no draft");
}

#[wasm_bindgen_test]
async fn an_edit_that_cannot_be_saved_says_why_keeps_the_text_and_is_tried_again() {
    clear_storage();
    own("edit-fails");
    let card = open("edit-fails").await;
    edit(&card).await;
    let patch = "PATCH https://t.example/edit-fails/m";
    break_network(patch);
    card.type_into(".edits textarea", "نصّ آخر");
    card.click(".edits .send");
    card.until("the sentence", |c| c.text(".edits .note").contains("لا يمكن الوصول إلى الخادم")).await;
    assert_eq!(value(&card.get(".edits textarea")), "نصّ آخر");

    stall(patch);
    card.click(".edits .note button");
    card.until("it is on its way", |c| c.text(".edits .send") == "جارٍ الحفظ…").await;
    let problem = r#"{"type":"urn:maqal:problem:edit-window-closed","status":403}"#;
    answer(patch, 403, "application/problem+json", problem);
    release(patch);
    card.until("why not", |c| c.text(".edits .note").contains("انتهت المدّة")).await;
    assert_eq!(card.count(".edits .note button"), 0, "what cannot succeed is not offered");
    drop(card);

    let card = open("edit-fails").await;
    card.until("it is kept", |c| c.find(".edits textarea").is_some_and(|f| value(&f) == "نصّ آخر")).await;
}

#[wasm_bindgen_test]
async fn what_is_typed_while_an_edit_is_saved_stays_to_be_saved() {
    clear_storage();
    own("edit-meanwhile");
    let card = open("edit-meanwhile").await;
    edit(&card).await;
    let patch = "PATCH https://t.example/edit-meanwhile/m";
    stall(patch);
    card.type_into(".edits textarea", "أولًا");
    card.click(".edits .send");
    card.until("it is on its way", |c| seen(patch).len() == 1 && c.text(".edits .send") == "جارٍ الحفظ…").await;
    card.type_into(".edits textarea", "أولًا وثانيًا");
    answer_json(patch, 200, &comment("m", "مريم", "أولًا"));
    release(patch);
    card.until("the first is saved", |c| c.texts("#c-m > .say") == ["أولًا"]).await;
    assert_eq!(value(&card.get(".edits textarea")), "أولًا وثانيًا");
}

fn value(field: &web_sys::Element) -> String {
    field.unchecked_ref::<web_sys::HtmlTextAreaElement>().value()
}
