//! The composer and the outbox: what a reader typed is sent once, and lost never.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{
    TestCard, answer, answer_json, ask_for_pause, break_network, clear_storage, comment, fire, page, seen, settle,
    stall,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn open(name: &str) -> TestCard {
    answer_json(&format!("GET https://t.example/{name}?"), 200, &page(&[], 0, None));
    reopen(name)
}

/// The card as after a reload: only what the device keeps is left.
fn reopen(name: &str) -> TestCard {
    let endpoint = format!("https://t.example/{name}");
    TestCard::new(&[("endpoint", &endpoint), ("thread", "t")], "<h1>عنوان</h1><p>نصّ.</p>")
}

fn post(name: &str) -> String {
    format!("POST https://t.example/{name}")
}

async fn ready(name: &str) -> TestCard {
    clear_storage();
    let card = open(name);
    card.until("the composer", |c| c.count(".empty") == 1).await;
    card
}

#[wasm_bindgen_test]
async fn a_sent_comment_stands_in_the_list_and_the_field_is_empty_again() {
    let card = ready("sent").await;
    answer_json(&post("sent"), 201, &comment("1", "ياسين", "شكرًا"));
    card.write(" ياسين ", "شكرًا");
    card.send();
    card.until("the comment", |c| c.texts(".comment:not(.pending) .say") == ["شكرًا"]).await;
    assert_eq!((card.count(".pending"), card.body_field().value()), (0, String::new()));
    assert_eq!(card.name_field().value(), " ياسين ", "the name stays for the next one");
    assert!(card.text("#comments-title").contains("١"));
    // A frame later: a sentence that is said again has to be a change of the page.
    card.until("it is said", |c| c.text(".talk > .sr") == "نُشر تعليقك.").await;
    let sent = seen(&post("sent"));
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains(r#""name":"ياسين","body":"شكرًا""#), "{}", sent[0]);
}

#[wasm_bindgen_test]
async fn while_it_is_on_its_way_it_stands_in_the_list_as_such() {
    let card = ready("flight").await;
    stall(&post("flight"));
    card.write("ياسين", "في الطريق");
    card.send();
    card.until("the pending one", |c| c.texts(".pending .say") == ["في الطريق"]).await;
    assert_eq!(card.text(".pending .tag"), "جارٍ الإرسال…");
    assert_eq!(card.count(".empty"), 0);
}

#[wasm_bindgen_test]
async fn what_cannot_be_sent_is_refused_at_its_field_and_stays() {
    let card = ready("refused").await;
    card.send();
    card.until("the sentences", |c| {
        c.text("#name-error") == "اكتب اسمك." && c.text("#body-error") == "اكتب تعليقك أولًا."
    })
    .await;
    assert_eq!(card.name_field().get_attribute("aria-invalid").as_deref(), Some("true"));

    card.write("\u{202E}\u{2066}\u{200F}", "نصّي");
    card.send();
    card.until("the name's sentence", |c| c.text("#name-error").contains("رموز خفيّة")).await;
    assert_eq!(card.body_field().value(), "نصّي");

    // Latin letters: the browser itself takes half a minute to lay out as many Arabic ones.
    let long = "word ".repeat(200_000);
    card.write("ياسين", &long);
    card.until("one direction, which the browser lays out in time", |c| c.body_field().dir() == "ltr").await;
    card.send();
    card.until("the limit", |c| c.text("#body-error").contains("١٠٬٠٠٠")).await;
    assert_eq!(card.body_field().value().chars().count(), 1_000_000);
    assert_eq!(card.text("#name-error"), "");
    assert!(seen(&post("refused")).is_empty());
}

#[wasm_bindgen_test]
async fn typing_into_a_refused_field_takes_the_sentence_away() {
    let card = ready("typing").await;
    card.send();
    card.until("the sentence", |c| !c.text("#name-error").is_empty()).await;
    let field = card.name_field();
    field.set_value("ي");
    fire(&field, "input");
    card.until("no sentence", |c| c.text("#name-error").is_empty()).await;
    assert_eq!(card.name_field().get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn a_draft_outlives_a_reload() {
    let card = ready("draft").await;
    card.write("ياسين", "لم أكمل بعد");
    card.until("the hint", |c| c.text(".kept") == "حُفظت المسودّة على هذا الجهاز").await;
    drop(card);
    let card = reopen("draft");
    card.until("the composer", |c| c.count(".empty") == 1).await;
    assert_eq!((card.name_field().value(), card.body_field().value()), ("ياسين".into(), "لم أكمل بعد".into()));
}

#[wasm_bindgen_test]
async fn a_sent_text_is_no_draft_any_more() {
    let card = ready("done").await;
    answer_json(&post("done"), 201, &comment("1", "ياسين", "تمّ"));
    card.write("ياسين", "تمّ");
    card.send();
    card.until("the comment", |c| c.count(".comment:not(.pending)") == 1).await;
    drop(card);
    let card = reopen("done");
    card.until("the composer", |c| c.count(".empty") == 1).await;
    assert_eq!((card.name_field().value(), card.body_field().value()), ("ياسين".into(), String::new()));
}

/// After a failure: the comment stands with a sentence; after a reload it stands still; once the endpoint is well it
/// is sent again under its first key.
async fn survives(name: &str, sentence: &str) {
    let card = ready(name).await;
    fail(name);
    card.write("ياسين", "لا تضع");
    card.send();
    card.until("the sentence", |c| c.text(".pending .note").contains(sentence)).await;
    assert_eq!(card.texts(".pending .say"), ["لا تضع"]);
    assert!(card.text(".pending .note").contains("محفوظ هنا"), "{}", card.text(".pending .note"));
    drop(card);

    let card = reopen(name);
    card.until("it stands after a reload", |c| c.texts(".pending .say") == ["لا تضع"]).await;
    card.until("it failed again", |c| c.count(".pending .note button") > 0).await;
    answer_json(&post(name), 201, &comment("1", "ياسين", "لا تضع"));
    card.click(".pending .note button");
    card.until("it is acknowledged", |c| c.texts(".comment:not(.pending) .say") == ["لا تضع"]).await;
    assert_eq!(card.count(".pending"), 0);
    let keys: std::collections::BTreeSet<_> =
        seen(&post(name)).iter().filter_map(|line| line.split(' ').nth(2).map(str::to_owned)).collect();
    assert_eq!(keys.len(), 1, "one comment, one key: {keys:?}");
    drop(card);

    let card = reopen(name);
    card.until("the composer", |c| c.count(".empty") == 1).await;
    settle().await;
    assert_eq!(card.count(".pending"), 0, "what is acknowledged is forgotten");
}

fn fail(name: &str) {
    match name {
        "lost-network" => break_network(&post(name)),
        "lost-garbage" => answer(&post(name), 200, "text/html", "<h1>portal</h1>"),
        "lost-500" => answer(&post(name), 500, "text/plain", "oops"),
        "lost-503" => answer(&post(name), 503, "text/plain", "later"),
        other => panic!("no failure is called {other}"),
    }
}

#[wasm_bindgen_test]
async fn a_dead_network_loses_nothing() {
    survives("lost-network", "لا يمكن الوصول إلى الخادم").await;
}

#[wasm_bindgen_test]
async fn a_servers_500_loses_nothing() {
    survives("lost-500", "في الخادم عطل").await;
}

#[wasm_bindgen_test]
async fn a_servers_503_loses_nothing() {
    survives("lost-503", "الخادم متوقف الآن").await;
}

#[wasm_bindgen_test]
async fn an_answer_that_makes_no_sense_loses_nothing() {
    survives("lost-garbage", "جواب غير مفهوم").await;
}

#[wasm_bindgen_test]
async fn the_networks_return_sends_what_waits() {
    let card = ready("online").await;
    break_network(&post("online"));
    card.write("ياسين", "ينتظر");
    card.send();
    card.until("it waits", |c| c.count(".pending .note") == 1).await;
    answer_json(&post("online"), 201, &comment("1", "ياسين", "ينتظر"));
    fire(&web_sys::window().unwrap(), "online");
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1 && c.count(".pending") == 0).await;
}

#[wasm_bindgen_test]
async fn a_field_that_the_endpoint_refuses_comes_back_to_be_mended() {
    let card = ready("problem").await;
    answer(
        &post("problem"),
        422,
        "application/problem+json",
        r#"{"type":"urn:maqal:problem:validation","title":"x","status":422,"errors":[{"field":"name","reason":"taken"}]}"#,
    );
    card.write("المحرّر", "نصّي كما كتبته");
    card.send();
    card.until("the sentence", |c| c.text("#name-error").contains("لم يقبل الخادم")).await;
    assert_eq!((card.body_field().value(), card.count(".pending")), ("نصّي كما كتبته".into(), 0));
}

#[wasm_bindgen_test]
async fn a_comment_that_is_refused_whole_can_be_edited() {
    let card = ready("forbidden").await;
    answer(&post("forbidden"), 403, "text/plain", "closed");
    card.write("ياسين", "نصّي");
    card.send();
    card.until("the sentence", |c| c.text(".pending .note").contains("لا يسمح")).await;
    assert_eq!(card.text(".pending .tag"), "لم يُرسل");
    card.write("ياسين", "غيره");
    card.press(".pending .note", "عدّل النص");
    card.until("it is back", |c| c.body_field().value() == "غيره\n\nنصّي").await;
    let focused = card.host.shadow_root().unwrap().active_element().map(|element| element.id());
    assert_eq!(focused.as_deref(), Some("body"), "the keyboard goes on where the text is");
    assert_eq!(card.count(".pending"), 0);
}

#[wasm_bindgen_test]
async fn storage_that_is_full_is_said_and_loses_nothing_while_the_page_lives() {
    let card = ready("full").await;
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let mut size = 1 << 22;
    let mut index = 0;
    while size > 0 {
        match storage.set_item(&format!("filler{index}"), &"x".repeat(size)) {
            Ok(()) => index += 1,
            Err(_) => size /= 2,
        }
    }
    card.write("ياسين", "نصّ لا مكان له");
    card.until("the hint", |c| c.text(".kept").contains("لا يمكن حفظ المسودّة")).await;
    assert!(card.errors().iter().any(|e| e.contains(r#""code":"storage""#)));
    break_network(&post("full"));
    card.send();
    card.until("the warning", |c| c.text(".pending .note").contains("لا تغلق الصفحة")).await;
    answer_json(&post("full"), 201, &comment("1", "ياسين", "نصّ لا مكان له"));
    card.click(".pending .note button");
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1).await;
    clear_storage();
}

#[wasm_bindgen_test]
async fn near_the_limit_the_characters_left_are_counted() {
    let card = ready("count").await;
    card.write("ياسين", &"ب".repeat(9_000));
    settle().await;
    assert_eq!(card.text(".count"), "");
    card.write("ياسين", &"ب".repeat(9_997));
    card.until("the count", |c| c.text(".count") == "بقيت ٣ أحرف").await;
    card.write("ياسين", &"ب".repeat(10_002));
    card.until("the excess", |c| c.text(".count") == "زاد النص حرفين").await;
}

#[wasm_bindgen_test]
async fn an_empty_field_runs_the_cards_way_and_a_text_its_own() {
    let card = ready("direction").await;
    assert_eq!((card.name_field().dir(), card.body_field().dir()), ("rtl".into(), "rtl".into()));
    card.write("Julie", "Bravo");
    card.until("their own way", |c| c.name_field().dir() == "auto" && c.body_field().dir() == "auto").await;
    card.write("", " 12 ");
    card.until("the card's way", |c| c.body_field().dir() == "rtl").await;
}

#[wasm_bindgen_test]
async fn a_pause_of_a_month_is_no_reason_to_lose_a_comment() {
    for (name, pause) in [("month", "2592000"), ("date", "Fri, 31 Dec 2100 23:59:59 GMT"), ("nonsense", "soon")] {
        let card = ready(name).await;
        ask_for_pause(&post(name), pause);
        card.write("ياسين", "ينتظر");
        card.send();
        card.until("it waits", |c| c.text(".pending .note").contains("الخادم متوقف الآن")).await;
        answer_json(&post(name), 201, &comment("1", "ياسين", "ينتظر"));
        card.click(".pending .note button");
        card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1).await;
    }
}

#[wasm_bindgen_test]
async fn a_host_that_broke_crypto_costs_no_comment() {
    let break_it = "const own = crypto.getRandomValues; crypto.getRandomValues = () => { throw new Error('broken') }; return () => { crypto.getRandomValues = own }";
    let mend = js_sys::Function::new_no_args(break_it).call0(&wasm_bindgen::JsValue::NULL).unwrap();
    let card = ready("broken-crypto").await;
    answer_json(&post("broken-crypto"), 201, &comment("1", "ياسين", "وصل"));
    card.write("ياسين", "وصل");
    card.send();
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1).await;
    js_sys::Function::from(mend).call0(&wasm_bindgen::JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
async fn a_refusal_names_its_field_even_where_another_text_is_being_written() {
    let card = ready("busy").await;
    break_network(&post("busy"));
    card.write("ياسين", "الأول");
    card.send();
    card.until("it waits", |c| c.count(".pending .note") == 1).await;
    card.write("ياسين", "الثاني");
    answer(
        &post("busy"),
        422,
        "application/problem+json",
        r#"{"type":"x","status":422,"errors":[{"field":"body","reason":"too-long"}]}"#,
    );
    card.click(".pending .note button");
    card.until("the cause", |c| c.text(".pending .note").contains("التعليق أطول من الحدّ")).await;
    assert_eq!((card.texts(".pending .say"), card.body_field().value()), (vec!["الأول".to_owned()], "الثاني".into()));
}
