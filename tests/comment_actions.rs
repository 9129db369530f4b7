//! What a reader does with a comment beside reading it: likes, the menu, reports, its address, deleting one's own.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{
    TestCard, answer, answer_json, ask_for_pause, break_network, clear_storage, comment, fire, page, pause, release,
    seen, settle, stall,
};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
const calls = [];
function put(name, value) { Object.defineProperty(navigator, name, { value, configurable: true }); }
export function set_passing_on(sheet, clipboard) {
  calls.length = 0;
  put("share", sheet ? (data) => { calls.push("share " + JSON.stringify(data)); return Promise.resolve(); } : undefined);
  put("clipboard", clipboard ? { writeText: (text) => { calls.push("copy " + text); return Promise.resolve(); } } : undefined);
}
export function passed_on() { return calls.join("\n"); }
export function press_key(target, key) {
  return target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true }));
}
export function press_pointer(target) {
  target.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
}
"#)]
extern "C" {
    fn set_passing_on(sheet: bool, clipboard: bool);
    fn passed_on() -> String;
    fn press_key(target: &web_sys::EventTarget, key: &str) -> bool;
    fn press_pointer(target: &web_sys::EventTarget);
}

fn endpoint(name: &str) -> String {
    format!("https://t.example/{name}")
}

/// A card at the conversation `name`; what the device keeps stays.
async fn reopened(name: &str) -> TestCard {
    let card = TestCard::new(&[("endpoint", &endpoint(name)), ("thread", "t")], "<h1>عنوان</h1><p>نصّ.</p>");
    card.until("the comments", |c| c.count(".comment") > 0).await;
    card
}

/// The same with `comments`, on a device that keeps nothing yet.
async fn opened(name: &str, comments: &[String]) -> TestCard {
    clear_storage();
    set_passing_on(false, true);
    answer_json(&format!("GET {}?", endpoint(name)), 200, &page(comments, comments.len() as u64, None));
    reopened(name).await
}

fn two() -> [String; 2] {
    [comment("2", "سلمى", "ثانٍ"), comment("1", "Julie", "Bravo")]
}

fn with(id: &str, name: &str, rest: &str) -> String {
    format!(r#"{{"id":"{id}","thread":"t","name":"{name}","body":"نصّ","created":"2026-11-14T09:30:00Z",{rest}}}"#)
}

/// What this device keeps of a comment that was written on it.
fn keep_own(name: &str, id: &str, until: f64) {
    let key = format!("maqal:own:{} t:{id}", endpoint(name));
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item(&key, &format!(r#"{{"secret":"the-secret-{id}","until":{until}}}"#)).unwrap();
}

fn in_minutes(minutes: f64) -> f64 {
    js_sys::Date::now() + minutes * 60_000.0
}

fn active(card: &TestCard) -> Element {
    card.host.shadow_root().unwrap().active_element().unwrap_or_else(|| card.host.clone().into())
}

fn active_text(card: &TestCard) -> String {
    active(card).text_content().unwrap_or_default()
}

fn label(card: &TestCard, selector: &str) -> String {
    card.get(selector).get_attribute("aria-label").unwrap_or_default()
}

fn pressed(card: &TestCard, id: &str) -> String {
    card.get(&format!("#c-{id} .like")).get_attribute("aria-pressed").unwrap_or_default()
}

async fn open_menu(card: &TestCard, id: &str) {
    card.click(&format!("#c-{id} .more"));
    card.until("the menu", |c| c.count(".menu") == 1 && active(c).closest(".menu").unwrap().is_some()).await;
}

async fn choose(card: &TestCard, id: &str, act: &str) {
    open_menu(card, id).await;
    card.click(&format!(".menu [data-act='{act}']"));
}

// Likes.

#[wasm_bindgen_test]
async fn a_like_shows_at_once_and_says_whose_comment_and_how_many_like_it() {
    let card = opened("like", &[with("2", "سلمى", r#""likes":2"#), comment("1", "Julie", "Bravo")]).await;
    stall("PUT https://t.example/like/2/like");
    assert_eq!((pressed(&card, "2").as_str(), card.text("#c-2 .like")), ("false", "٢".to_owned()));
    card.click("#c-2 .like");
    card.until("it shows before the answer", |c| pressed(c, "2") == "true" && c.text("#c-2 .like") == "٣").await;
    let name = label(&card, "#c-2 .like");
    assert!(name.contains("سلمى") && name.contains("أعجب ٣ قرّاء"), "{name}");
    answer_json("PUT https://t.example/like/2/like", 200, r#"{"likes":5,"liked":true}"#);
    release("/like/2/like");
    card.until("what the endpoint counts", |c| c.text("#c-2 .like") == "٥").await;
    assert_eq!(pressed(&card, "2"), "true");
    assert_eq!(pressed(&card, "1"), "false");
    assert_eq!(card.text("#c-1 .like"), "", "no number where nobody likes it");
    assert_eq!(seen("/like/2/like").len(), 1);
}

#[wasm_bindgen_test]
async fn a_like_is_known_after_a_reload_and_can_be_taken_back() {
    let card = opened("kept", &[with("2", "سلمى", r#""likes":0"#)]).await;
    answer_json("PUT https://t.example/kept/2/like", 200, r#"{"likes":1,"liked":true}"#);
    card.click("#c-2 .like");
    card.until("it is liked", |c| pressed(c, "2") == "true").await;
    settle().await;
    drop(card);
    answer_json("GET https://t.example/kept?", 200, &page(&[with("2", "سلمى", r#""likes":1"#)], 1, None));
    let card = reopened("kept").await;
    assert_eq!((pressed(&card, "2").as_str(), card.text("#c-2 .like")), ("true", "١".to_owned()));
    answer_json("DELETE https://t.example/kept/2/like", 200, r#"{"likes":0,"liked":false}"#);
    card.click("#c-2 .like");
    card.until("it is taken back", |c| pressed(c, "2") == "false" && c.text("#c-2 .like").is_empty()).await;
    settle().await;
    drop(card);
    let card = reopened("kept").await;
    assert_eq!(pressed(&card, "2"), "false");
}

#[wasm_bindgen_test]
async fn a_like_that_is_refused_or_does_not_arrive_is_taken_back_and_the_reader_is_told() {
    let card = opened("unliked", &[with("2", "سلمى", r#""likes":2"#)]).await;
    let like = "PUT https://t.example/unliked/2/like";
    for (fail, sentence) in [
        ((|m| break_network(m)) as fn(&str), "لا يمكن الوصول إلى الخادم"),
        (|m| answer(m, 500, "text/plain", "no"), "في الخادم عطل"),
        (|m| ask_for_pause(m, "9"), "الخادم متوقف الآن"),
        (|m| answer(m, 404, "text/plain", "no"), "لا شيء في هذا العنوان"),
        (|m| answer_json(m, 200, "not json"), "جواب غير مفهوم"),
    ] {
        fail(like);
        card.click("#c-2 .like");
        card.until("the sentence", |c| c.text("#c-2 .remark").contains(sentence)).await;
        assert!(card.text("#c-2 .remark").starts_with("لم يُسجَّل إعجابك."));
        assert_eq!((pressed(&card, "2").as_str(), card.text("#c-2 .like")), ("false", "٢".to_owned()));
        card.until("it is read out", |c| c.texts("[role='status']").iter().any(|said| said.contains(sentence))).await;
    }
    answer_json(like, 200, r#"{"likes":3,"liked":true}"#);
    card.click("#c-2 .like");
    card.until("it arrives", |c| c.text("#c-2 .like") == "٣" && c.count(".remark") == 0).await;
    settle().await;
    assert_eq!(pressed(&card, "2"), "true");
}

#[wasm_bindgen_test]
async fn the_last_press_counts_however_fast_they_come() {
    let card = opened("fast", &[with("2", "سلمى", r#""likes":7"#)]).await;
    stall("PUT https://t.example/fast/2/like");
    answer_json("DELETE https://t.example/fast/2/like", 200, r#"{"likes":7,"liked":false}"#);
    card.click("#c-2 .like");
    card.click("#c-2 .like");
    settle().await;
    assert_eq!(seen("/fast/2/like").len(), 0, "a mind changed back at once is nobody's business");
    for _ in 0..4 {
        card.click("#c-2 .like");
        pause().await;
    }
    card.until("as before", |c| pressed(c, "2") == "false" && c.text("#c-2 .like") == "٧").await;
    settle().await;
    assert_eq!(seen("/fast/2/like").len(), 1, "nothing is sent past an answer that is still to come");
    answer_json("PUT https://t.example/fast/2/like", 200, r#"{"likes":8,"liked":true}"#);
    release("/fast/2/like");
    for _ in 0..100 {
        if seen("/fast/2/like").len() == 2 {
            break;
        }
        pause().await;
    }
    settle().await;
    assert!(seen("/fast/2/like")[1].starts_with("DELETE"));
    assert_eq!((pressed(&card, "2").as_str(), card.text("#c-2 .like")), ("false", "٧".to_owned()));
    assert_eq!(card.count(".remark"), 0);
}

#[wasm_bindgen_test]
async fn the_name_of_the_device_is_made_once_for_each_endpoint() {
    let card = opened("device", &two()).await;
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let name = || storage.get_item("maqal:reader:https://t.example/device").unwrap();
    assert_eq!(name(), None, "a reader who only reads has none");
    answer_json("PUT https://t.example/device", 200, r#"{"likes":1,"liked":true}"#);
    card.click("#c-2 .like");
    card.until("it is liked", |c| pressed(c, "2") == "true").await;
    settle().await;
    let first = name().unwrap();
    assert_eq!(first.len(), 36, "{first}");
    card.click("#c-1 .like");
    card.until("it is liked", |c| pressed(c, "1") == "true").await;
    settle().await;
    assert_eq!(name().unwrap(), first);
}

#[wasm_bindgen_test]
async fn the_button_keeps_the_focus_while_its_number_changes() {
    let card = opened("focus", &two()).await;
    answer_json("PUT https://t.example/focus/2/like", 200, r#"{"likes":1,"liked":true}"#);
    let like: HtmlElement = card.get("#c-2 .like").unchecked_into();
    like.focus().unwrap();
    like.click();
    card.until("it is liked", |c| c.text("#c-2 .like") == "١").await;
    settle().await;
    assert!(active(&card) == *like.unchecked_ref::<Element>(), "the same element, and the keyboard at it");
}

// The row.

#[wasm_bindgen_test]
async fn the_answer_button_opens_the_reply_and_says_so() {
    let card = opened("reply", &two()).await;
    let is_open = |c: &TestCard| c.get("#c-1 [data-act='reply']").get_attribute("aria-expanded").unwrap();
    assert_eq!(is_open(&card), "false");
    let name = label(&card, "#c-1 [data-act='reply']");
    assert!(name.starts_with(&card.text("#c-1 [data-act='reply']")) && name.contains("Julie"), "{name}");
    card.click("#c-1 [data-act='reply']");
    card.until("it is open", |c| is_open(c) == "true").await;
    card.click("#c-1 [data-act='reply']");
    card.until("it is closed", |c| is_open(c) == "false").await;
}

#[wasm_bindgen_test]
async fn a_deleted_comment_has_no_row_and_a_pending_one_only_what_its_author_may_do() {
    clear_storage();
    keep_own("states", "p", in_minutes(10.0));
    answer_json(
        "GET https://t.example/states?",
        200,
        &page(&[with("p", "سلمى", r#""state":"pending""#), with("d", "", r#""state":"deleted""#)], 1, None),
    );
    let card = reopened("states").await;
    assert_eq!(card.count("#c-d .do"), 0);
    assert_eq!(card.texts("#c-p .do button"), ["عدّل تعليقك", "احذف تعليقك"]);
}

// The menu.

#[wasm_bindgen_test]
async fn there_is_no_menu_until_one_opens_and_never_two() {
    let card = opened("menu", &two()).await;
    assert_eq!(card.count("[role='menu'], [role='menuitem']"), 0);
    open_menu(&card, "2").await;
    assert!(label(&card, ".menu").contains("سلمى"));
    assert_eq!(card.get("#c-2 .more").get_attribute("aria-expanded").as_deref(), Some("true"));
    card.click("#c-1 .more");
    card.until("the other's", |c| c.count(".menu") == 1 && label(c, ".menu").contains("Julie")).await;
    assert_eq!(card.get("#c-2 .more").get_attribute("aria-expanded").as_deref(), Some("false"));
    card.click("#c-1 .more");
    card.until("none", |c| c.count(".menu") == 0).await;
}

#[wasm_bindgen_test]
async fn the_menu_is_gone_through_by_arrows_and_left_by_escape() {
    let card = opened("keys", &two()).await;
    open_menu(&card, "2").await;
    let items = card.texts(".menu [role='menuitem']");
    assert!(items.len() >= 3, "{items:?}");
    let last = items.len() - 1;
    for (key, at) in [("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", last), ("ArrowDown", 0), ("End", last), ("Home", 0)]
    {
        assert!(!press_key(&active(&card), key), "the page does not scroll");
        assert_eq!(active_text(&card), items[at], "{key}");
    }
    press_key(&active(&card), "Escape");
    card.until("the menu has gone", |c| c.count(".menu") == 0).await;
    assert!(active(&card) == card.get("#c-2 .more"));
    open_menu(&card, "2").await;
    assert!(press_key(&active(&card), "Tab"), "the browser goes on from the button");
    card.until("the menu has gone", |c| c.count(".menu") == 0).await;
    assert!(active(&card) == card.get("#c-2 .more"));
}

#[wasm_bindgen_test]
async fn a_press_elsewhere_closes_the_menu() {
    let card = opened("outside", &two()).await;
    open_menu(&card, "2").await;
    press_pointer(&card.get(".menu button"));
    settle().await;
    assert_eq!(card.count(".menu"), 1);
    press_pointer(&web_sys::window().unwrap().document().unwrap().body().unwrap());
    card.until("the menu has gone", |c| c.count(".menu") == 0).await;
}

#[wasm_bindgen_test]
async fn no_edge_of_the_menu_stands_outside_the_card_in_either_direction() {
    let card = opened("edges", &two()).await;
    let sheets = [
        include_str!("../style/2-card.css"),
        include_str!("../style/4-comments-actions.css"),
        include_str!("../style/4-comments-actions-later.css"),
    ];
    let style = web_sys::window().unwrap().document().unwrap().create_element("style").unwrap();
    style.set_text_content(Some(&sheets.concat()));
    card.host.shadow_root().unwrap().append_child(&style).unwrap();
    for (lang, width) in [("ar", "240px"), ("en", "240px"), ("ar", "700px"), ("en", "700px")] {
        card.set("lang", lang);
        card.host.style().set_property("width", width).unwrap();
        for id in ["2", "1"] {
            open_menu(&card, id).await;
            let (menu, outer) =
                (card.get(".menu").get_bounding_client_rect(), card.get(".card").get_bounding_client_rect());
            assert!(menu.left() >= outer.left() && menu.right() <= outer.right(), "{lang} {width} {id}");
            assert!(menu.top() >= outer.top() && menu.bottom() <= outer.bottom(), "{lang} {width} {id}");
            assert!(menu.height() > 60.0, "{lang} {width} {id}: {}", menu.height());
            press_key(&active(&card), "Escape");
            card.until("the menu has gone", |c| c.count(".menu") == 0).await;
        }
    }
}

#[wasm_bindgen_test]
async fn a_comment_is_quoted_in_an_answer_to_it() {
    let card = opened("quote", &two()).await;
    choose(&card, "1", "quote").await;
    let answers = |c: &TestCard, id: &str| c.get(&format!("#c-{id} [data-act='reply']")).get_attribute("aria-expanded");
    card.until("an answer to it", |c| answers(c, "1").as_deref() == Some("true")).await;
    assert_eq!(answers(&card, "2").as_deref(), Some("false"));
    let kept = |key: &str| web_sys::window().unwrap().local_storage().unwrap().unwrap().get_item(key).unwrap();
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let keys: Vec<_> = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap()).collect();
    let drafts: Vec<_> = keys.iter().filter_map(|key| kept(key)).collect();
    assert!(drafts.iter().any(|draft| draft.contains("> Bravo")), "{keys:?} {drafts:?}");
}

// A comment's own address.

#[wasm_bindgen_test]
async fn the_address_of_one_comment_is_the_pages_and_which_comment() {
    let card = opened("link", &[comment("a/b ج", "سلمى", "نصّ")]).await;
    let here = web_sys::window().unwrap().location();
    let page = format!("{}{}{}", here.origin().unwrap(), here.pathname().unwrap(), here.search().unwrap());
    card.click(".more");
    card.until("the menu", |c| c.count(".menu") == 1).await;
    assert_eq!(card.count(".menu [data-act='share']"), 0, "a device without a sheet has no such item");
    card.click(".menu [data-act='copy']");
    card.until("it is said", |c| c.text(".remark") == "نُسخ الرابط").await;
    card.until("it is read out", |c| c.texts("[role='status']").iter().any(|said| said == "نُسخ الرابط")).await;
    assert_eq!(passed_on(), format!("copy {page}#maqal-a%2Fb%20%D8%AC"));
    assert!(active(&card) == card.get(".more"));
}

#[wasm_bindgen_test]
async fn the_devices_sheet_gets_the_name_and_the_beginning_of_a_comment() {
    let card = opened("sheet", &[comment("2", "سلمى", &"كلمة ".repeat(60))]).await;
    set_passing_on(true, true);
    choose(&card, "2", "share").await;
    settle().await;
    let passed = passed_on();
    assert!(passed.starts_with("share ") && passed.contains("#maqal-2") && passed.contains("سلمى"), "{passed}");
    assert!(passed.contains("كلمة كلمة") && passed.contains('…') && passed.len() < 600, "{passed}");
}

#[wasm_bindgen_test]
async fn where_no_script_may_copy_the_address_stands_there_to_be_copied_by_hand() {
    let card = opened("hand", &two()).await;
    set_passing_on(false, false);
    choose(&card, "2", "copy").await;
    card.until("the field", |c| c.count("#c-2 .by-hand input") == 1).await;
    let field: HtmlInputElement = card.get(".by-hand input").unchecked_into();
    assert!(field.value().ends_with("#maqal-2"));
    card.until("it is selected", |c| active(c) == *field.unchecked_ref::<Element>()).await;
}

// Reports.

#[wasm_bindgen_test]
async fn a_report_says_why_and_is_thanked_for_once() {
    let card = opened("report", &two()).await;
    answer("POST https://t.example/report/2/reports", 204, "text/plain", "");
    choose(&card, "2", "report").await;
    card.until("the form", |c| c.count("#c-2 .report input[type='radio']") == 6).await;
    card.until("the keyboard at its first choice", |c| active(c).get_attribute("name").as_deref() == Some("reason"))
        .await;
    assert!(card.text("#c-2 legend").contains("سلمى"));
    card.click("#c-2 .report .main");
    card.until("a reason is missing", |c| c.text("#c-2 .report .refusal") == "اختر سببًا.").await;
    assert_eq!(seen("/report/2/reports").len(), 0);
    card.click("#c-2 .report input[value='off-topic']");
    write_note(&card, " ليس هذا مكانه ");
    card.click("#c-2 .report .main");
    card.until("the thanks", |c| c.text("#c-2 .ask").contains("وصل بلاغك")).await;
    let sent = seen("/report/2/reports");
    assert!(sent.len() == 1 && sent[0].ends_with(r#"{"reason":"off-topic","note":"ليس هذا مكانه"}"#), "{sent:?}");
    card.until("the keyboard at the way on", |c| active_text(c) == "إغلاق").await;
    card.click("#c-2 .ask button");
    card.until("it is closed", |c| c.count("#c-2 .ask") == 0).await;
    assert!(active(&card) == card.get("#c-2 .more"));
    drop(card);
    let card = reopened("report").await;
    open_menu(&card, "2").await;
    assert_eq!(card.text(".menu [data-act='report']"), "أبلغتَ عن هذا التعليق");
    card.click(".menu [data-act='report']");
    card.until("it says so", |c| c.text("#c-2 .ask p") == "أبلغتَ عن هذا التعليق").await;
    assert_eq!(card.count("#c-2 form.report"), 0);
}

fn write_note(card: &TestCard, text: &str) {
    let note: HtmlTextAreaElement = card.get(".report textarea").unchecked_into();
    note.set_value(text);
    fire(&note, "input");
}

#[wasm_bindgen_test]
async fn a_report_that_does_not_arrive_keeps_what_was_filled_in() {
    let card = opened("lost", &two()).await;
    break_network("POST https://t.example/lost/2/reports");
    choose(&card, "2", "report").await;
    card.until("the form", |c| c.count(".report") == 1).await;
    card.click(".report input[value='other']");
    write_note(&card, "ملاحظة");
    card.click(".report .main");
    card.until("the sentence", |c| c.text(".report .refusal").contains("لا يمكن الوصول إلى الخادم")).await;
    let (note, reason): (HtmlTextAreaElement, HtmlInputElement) =
        (card.get(".report textarea").unchecked_into(), card.get(".report input[value='other']").unchecked_into());
    assert_eq!((note.value().as_str(), reason.checked()), ("ملاحظة", true));
    write_note(&card, &"ن".repeat(1001));
    card.click(".report .main");
    card.until("the limit", |c| c.text(".report .refusal").contains("أطول من")).await;
    assert_eq!(seen("/lost/2/reports").len(), 1);
    write_note(&card, "");
    answer("POST https://t.example/lost/2/reports", 204, "text/plain", "");
    card.click(".report .main");
    card.until("the thanks", |c| c.text("#c-2 .ask").contains("وصل بلاغك")).await;
    assert!(seen("/lost/2/reports")[1].ends_with(r#"{"reason":"other"}"#));
}

#[wasm_bindgen_test]
async fn leaving_the_report_leads_back_to_the_button() {
    let card = opened("left", &two()).await;
    choose(&card, "2", "report").await;
    card.until("the form", |c| c.count(".report") == 1).await;
    card.click(".report .choices button:last-child");
    card.until("it is closed", |c| c.count(".report") == 0).await;
    assert!(active(&card) == card.get("#c-2 .more"));
}

// One's own comments.

async fn own(name: &str, until: f64) -> TestCard {
    clear_storage();
    set_passing_on(false, true);
    keep_own(name, "2", until);
    let comments = [comment("3", "أ", "قبل"), comment("2", "سلمى", "لي"), comment("1", "Julie", "Bravo")];
    answer_json(&format!("GET {}?", endpoint(name)), 200, &page(&comments, 3, None));
    reopened(name).await
}

#[wasm_bindgen_test]
async fn only_ones_own_comment_can_be_changed_and_only_within_its_time() {
    let card = own("window", in_minutes(10.0)).await;
    open_menu(&card, "1").await;
    assert_eq!(card.count(".menu [data-act='edit'], .menu [data-act='delete']"), 0);
    press_key(&active(&card), "Escape");
    open_menu(&card, "2").await;
    assert_eq!(card.count(".menu [data-act='edit'], .menu [data-act='delete']"), 2);
    assert_eq!(card.count(".menu [data-act='report'], .menu [data-act='mute']"), 0, "nobody reports himself");
    drop(card);
    let card = own("closed", in_minutes(-1.0)).await;
    open_menu(&card, "2").await;
    assert_eq!(card.count(".menu [data-act='edit'], .menu [data-act='delete']"), 0);
}

#[wasm_bindgen_test]
async fn a_deletion_is_asked_for_and_the_safe_answer_has_the_focus() {
    let card = own("ask", in_minutes(10.0)).await;
    choose(&card, "2", "delete").await;
    card.until("the safe answer", |c| active_text(c) == "أبقِه").await;
    card.click("#c-2 .ask button");
    card.until("it is closed", |c| c.count(".ask") == 0).await;
    assert!(active(&card) == card.get("#c-2 .more"));
    choose(&card, "2", "delete").await;
    card.until("the safe answer", |c| active_text(c) == "أبقِه").await;
    press_key(&active(&card), "Escape");
    card.until("it is closed", |c| c.count(".ask") == 0).await;
    assert_eq!(seen("DELETE https://t.example/ask").len(), 0);
}

#[wasm_bindgen_test]
async fn a_deleted_comment_goes_and_the_keyboard_goes_on_at_the_next() {
    let card = own("delete", in_minutes(10.0)).await;
    answer("DELETE https://t.example/delete/2", 204, "text/plain", "");
    choose(&card, "2", "delete").await;
    card.until("the question", |c| c.count("#c-2 .ask .bad") == 1).await;
    card.click("#c-2 .ask .bad");
    card.until("it is gone", |c| c.count("#c-2") == 0).await;
    card.until("the next", |c| active(c).id() == "c-1").await;
    card.until("it is read out", |c| c.texts("[role='status']").iter().any(|said| said == "حُذف تعليقك.")).await;
    assert!(card.text("#comments-title").contains("٢"));
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    assert_eq!(storage.get_item("maqal:own:https://t.example/delete t:2").unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_deleted_comment_with_replies_leaves_a_placeholder() {
    clear_storage();
    keep_own("parent", "2", in_minutes(10.0));
    let reply = with("r", "Julie", r#""parent":"2","root":"2""#);
    answer_json("GET https://t.example/parent?", 200, &page(&[comment("2", "سلمى", "لي"), reply], 2, None));
    let card = reopened("parent").await;
    answer("DELETE https://t.example/parent/2", 204, "text/plain", "");
    choose(&card, "2", "delete").await;
    card.until("the question", |c| c.count("#c-2 .ask .bad") == 1).await;
    card.click("#c-2 .ask .bad");
    card.until("the placeholder", |c| c.count("#c-2 .gone") == 1).await;
    assert_eq!((card.count("#c-r"), card.count("#c-2 .do"), card.count(".ask")), (1, 0, 0));
    card.until("the keyboard at it", |c| active(c).id() == "c-2").await;
}

#[wasm_bindgen_test]
async fn a_deletion_that_fails_is_a_sentence_and_changes_nothing() {
    let card = own("stays", in_minutes(10.0)).await;
    let delete = "DELETE https://t.example/stays/2";
    choose(&card, "2", "delete").await;
    card.until("the question", |c| c.count("#c-2 .ask .bad") == 1).await;
    let late = r#"{"type":"urn:maqal:problem:edit-window-closed","status":403}"#;
    for (fail, sentence) in [
        (Box::new(|| break_network(delete)) as Box<dyn Fn()>, "لا يمكن الوصول إلى الخادم"),
        (Box::new(|| answer(delete, 500, "text/plain", "no")), "في الخادم عطل"),
        (Box::new(|| answer(delete, 403, "application/problem+json", late)), "انتهى الوقت"),
    ] {
        fail();
        card.click("#c-2 .ask .bad");
        card.until("the sentence", |c| c.text("#c-2 .ask .refusal").contains(sentence)).await;
        assert_eq!(card.texts(".say"), ["قبل", "لي", "Bravo"]);
    }
}
