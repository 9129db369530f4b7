//! The toolbar, its keys, and the preview of what they make.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer, answer_json, clear_storage, key, page, release, seen, settle, stall};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

async fn open(name: &str) -> TestCard {
    clear_storage();
    answer_json(&format!("GET https://t.example/{name}?"), 200, &page(&[], 0, None));
    let endpoint = format!("https://t.example/{name}");
    let card = TestCard::new(&[("endpoint", &endpoint), ("thread", "t")], "<h1>عنوان</h1><p>نصّ.</p>");
    card.until("the composer", |c| c.count(".empty") == 1).await;
    assert_eq!(card.count(".tools"), 0, "it is slim until its reader steps into the text");
    card.body_field().focus().unwrap();
    card.until("the tools", |c| c.count(".marks button") == 6).await;
    card
}

fn select(card: &TestCard, text: &str, start: u32, end: u32) {
    card.type_into("#body", text);
    card.body_field().set_selection_range(start, end).unwrap();
}

#[wasm_bindgen_test]
async fn a_button_marks_the_selection_as_typed_text_that_can_be_undone() {
    let card = open("marks").await;
    select(&card, "قبل كلمة بعد", 4, 8);
    card.click(".marks button:first-child");
    let field = card.body_field();
    assert_eq!(field.value(), "قبل **كلمة** بعد");
    assert_eq!((field.selection_start().unwrap(), field.selection_end().unwrap()), (Some(6), Some(10)));
    card.until("it is kept as typed", |c| c.text(".kept").contains("حُفظت")).await;
    let document: web_sys::HtmlDocument = web_sys::window().unwrap().document().unwrap().unchecked_into();
    document.exec_command("undo").unwrap();
    assert_eq!(field.value(), "قبل كلمة بعد");
}

#[wasm_bindgen_test]
async fn each_shortcut_does_what_its_button_does_whatever_the_keyboards_script() {
    let card = open("shortcuts").await;
    for (name, code, text) in [("b", "KeyB", "**نصّ**"), ("\u{0647}", "KeyI", "*نصّ*"), ("k", "KeyK", "[نصّ](https://)")]
    {
        select(&card, "نصّ", 0, 4);
        key(&card.get("#body"), name, code, true);
        card.until(text, |c| c.body_field().value() == text).await;
    }
}

#[wasm_bindgen_test]
async fn the_toolbar_is_one_step_of_the_tab_key_and_the_arrows_lead_through_it() {
    let card = open("arrows").await;
    let reachable = |c: &TestCard| c.count(".marks button[tabindex='0']");
    assert_eq!(reachable(&card), 1);
    card.get(".marks button").unchecked_into::<HtmlElement>().focus().unwrap();
    let names = card.texts(".marks button").len();
    assert_eq!(names, 6);
    for (name, label) in [("ArrowLeft", "مائل"), ("End", "قائمة"), ("ArrowLeft", "غامق"), ("ArrowRight", "قائمة")]
    {
        key(&card.focused().unwrap(), name, name, false);
        assert_eq!(card.focused().unwrap().get_attribute("aria-label").as_deref(), Some(label));
    }
    card.until("one is reachable", |c| reachable(c) == 1).await;
}

#[wasm_bindgen_test]
async fn ctrl_and_enter_send_and_an_input_methods_enter_does_not() {
    let card = open("enter").await;
    stall("POST https://t.example/enter");
    card.write("ياسين", "نصّي");
    let composing = web_sys::KeyboardEventInit::new();
    composing.set_key("Enter");
    composing.set_ctrl_key(true);
    composing.set_bubbles(true);
    composing.set_is_composing(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &composing).unwrap();
    card.get("#body").dispatch_event(&event).unwrap();
    settle().await;
    assert_eq!(card.count(".pending"), 0);
    key(&card.get("#body"), "Enter", "Enter", true);
    card.until("it is on its way", |c| c.texts(".pending .say") == ["نصّي"]).await;
}

#[wasm_bindgen_test]
async fn the_preview_shows_what_the_endpoint_makes_of_the_latest_text() {
    let card = open("preview").await;
    let preview = "POST https://t.example/preview/preview";
    stall(preview);
    card.type_into("#body", "**أول**");
    card.click(".look");
    card.until("the question", |_| seen(preview).len() == 1).await;
    let region = card.get(".preview");
    assert_eq!(
        (region.get_attribute("role").as_deref(), region.get_attribute("aria-label").as_deref()),
        (Some("region"), Some("معاينة"))
    );
    card.type_into("#body", "**ثانٍ**");
    card.until("it asks again, once the keys rest", |_| seen(preview).len() == 2).await;
    answer_json(preview, 200, r#"{"html":"<p><strong>ثانٍ</strong><img src=x onerror=alert(1)></p>"}"#);
    release(preview);
    card.until("the text", |c| c.text(".preview strong") == "ثانٍ").await;
    assert!(!card.html().contains("onerror"));

    answer(preview, 500, "text/plain", "oops");
    card.type_into("#body", "ثالث");
    card.until("one sentence", |c| c.text(".preview").contains("تعذّرت المعاينة")).await;
    assert_eq!(card.body_field().value(), "ثالث");
    answer_json(preview, 200, r#"{"html":"<p>رابع</p>"}"#);
    card.type_into("#body", "رابع");
    card.until("it shows again", |c| c.text(".preview") == "رابع").await;

    card.click(".look");
    card.until("it is closed", |c| c.count(".preview") == 0).await;
    let asked = seen(preview).len();
    card.type_into("#body", "خامس");
    support::pause_of(600).await;
    assert_eq!(seen(preview).len(), asked, "nothing is asked for while nobody looks");
}
