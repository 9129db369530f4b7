//! An article is fetched once for all cards that show it, in whatever encoding, and again where that may help.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use js_sys::Promise;
use maqal::element::hand;
use support::{
    TestCard, aborted, answer, answer_bytes, answer_json, ask_for_pause, break_network, cache_modes, forbid_asking,
    forbid_reading, page, pass_time, release, seen, set_online, settle, stall, timer_runs,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Response;

wasm_bindgen_test_configure!(run_in_browser);

fn article(title: &str) -> String {
    format!(r#"{{"@type":"NewsArticle","headline":"{title}","articleBody":"نصّ المقال."}}"#)
}

/// A card whose `src` ends with `name`.
fn card(name: &str) -> TestCard {
    answer_json("/quiet/comments", 200, &page(&[], 0, None));
    let src = format!("https://news.example/{name}");
    TestCard::new(&[("src", &src), ("endpoint", "https://t.example/quiet/comments"), ("thread", "t")], "")
}

async fn shows(card: &TestCard, title: &str) {
    card.until(title, |c| c.text(".title") == title).await;
}

async fn asked(card: &TestCard, pattern: &str, times: usize) {
    card.until(&format!("request {times} for {pattern}"), |_| seen(pattern).len() == times).await;
}

async fn told(card: &TestCard, sentence: &str) {
    card.until(sentence, |c| c.errors().iter().any(|e| e.contains(r#""code":"article""#) && e.contains(sentence)))
        .await;
}

#[wasm_bindgen_test]
async fn two_cards_of_one_src_ask_once() {
    stall("/pair.json");
    let (one, two) = (card("pair.json#first"), card("pair.json#second"));
    asked(&one, "/pair.json", 1).await;
    settle().await;
    answer_json("/pair.json", 200, &article("معًا"));
    release("/pair.json");
    shows(&one, "معًا").await;
    shows(&two, "معًا").await;
    assert_eq!(seen("/pair.json").len(), 1);
}

#[wasm_bindgen_test]
async fn a_shared_request_ends_with_the_last_card_that_waits() {
    stall("/shared.json");
    let (one, two) = (card("shared.json"), card("shared.json"));
    asked(&one, "/shared.json", 1).await;
    drop(one);
    settle().await;
    assert_eq!(aborted("/shared.json"), 0, "the other card still waits");
    drop(two);
    settle().await;
    assert_eq!(aborted("/shared.json"), 1);
}

#[wasm_bindgen_test]
async fn a_card_that_comes_later_gets_the_answer_of_one_that_lives() {
    answer_json("/later.json", 200, &article("الأول"));
    let one = card("later.json");
    shows(&one, "الأول").await;
    answer_json("/later.json", 200, &article("الثاني"));
    let two = card("later.json");
    shows(&two, "الأول").await;
    assert_eq!(seen("/later.json").len(), 1);
    drop(one);
    settle().await;
    let three = card("later.json");
    shows(&three, "الأول").await;
    assert_eq!(seen("/later.json").len(), 1, "the second card holds it");
    drop((two, three));
    settle().await;
    let four = card("later.json");
    shows(&four, "الثاني").await;
    assert_eq!(seen("/later.json").len(), 2, "nobody held it any more");
}

#[wasm_bindgen_test]
async fn a_card_of_another_src_holds_nothing_of_its_former_one() {
    answer_json("/former.json", 200, &article("السابق"));
    answer_json("/present.json", 200, &article("الحاضر"));
    let one = card("former.json");
    shows(&one, "السابق").await;
    one.set("src", "https://news.example/present.json");
    shows(&one, "الحاضر").await;
    let two = card("former.json");
    shows(&two, "السابق").await;
    assert_eq!(seen("/former.json").len(), 2);
}

#[wasm_bindgen_test]
async fn a_reload_asks_the_server_whether_it_still_holds() {
    answer_json("/reload.json", 200, &article("قديم"));
    let (one, two) = (card("reload.json"), card("reload.json"));
    shows(&two, "قديم").await;
    answer_json("/reload.json", 200, &article("جديد"));
    one.card.as_ref().unwrap().reload();
    shows(&one, "جديد").await;
    assert_eq!(cache_modes("/reload.json"), ["default", "no-cache"]);
    assert_eq!(two.text(".title"), "قديم", "nobody asked the other card to change");
    let three = card("reload.json");
    shows(&three, "جديد").await;
    assert_eq!(seen("/reload.json").len(), 2, "the newest answer is the one that is kept");
}

#[wasm_bindgen_test]
async fn what_was_asked_for_early_is_shown_and_answers_no_reload() {
    let early = |title: &str| {
        let response = Response::new_with_opt_str(Some(&article(title))).unwrap();
        hand("https://news.example/early.json".to_owned(), Promise::resolve(&JsValue::from(response)));
    };
    answer_json("/early.json", 200, &article("من الخادم"));
    early("أوّل ما طُلب");
    let card = card("early.json");
    shows(&card, "أوّل ما طُلب").await;
    assert_eq!(seen("/early.json"), [""; 0]);
    early("طُلب قبل ذلك");
    card.card.as_ref().unwrap().reload();
    shows(&card, "من الخادم").await;
}

#[wasm_bindgen_test]
async fn a_card_that_waits_gets_the_answer_that_another_one_asks_for_anew() {
    stall("/anew.json");
    let (one, two) = (card("anew.json"), card("anew.json"));
    asked(&one, "/anew.json", 1).await;
    two.card.as_ref().unwrap().reload();
    asked(&two, "/anew.json", 2).await;
    settle().await;
    assert_eq!(aborted("/anew.json"), 1, "nobody waits for the old one");
    answer_json("/anew.json", 200, &article("وصل"));
    release("/anew.json");
    shows(&one, "وصل").await;
    shows(&two, "وصل").await;
    assert_eq!(cache_modes("/anew.json"), ["default", "no-cache"]);
}

#[wasm_bindgen_test]
async fn a_failure_is_nobody_elses() {
    answer("/fails-for-one.json", 404, "text/plain", "none");
    let one = card("fails-for-one.json");
    one.until("the sentence", |c| c.count(".note button") == 1).await;
    answer_json("/fails-for-one.json", 200, &article("موجود"));
    let two = card("fails-for-one.json");
    shows(&two, "موجود").await;
}

/// «مرحبا بكم» in windows-1256.
const WELCOME: [u8; 9] = [0xE3, 0xD1, 0xCD, 0xC8, 0xC7, 0x20, 0xC8, 0xDF, 0xE3];

#[wasm_bindgen_test]
async fn a_text_in_windows_1256_is_read_as_its_header_says() {
    answer_bytes("/old.txt", "text/plain; charset=windows-1256", &WELCOME);
    let card = card("old.txt");
    card.until("the text", |c| c.text(".body, .title") == "مرحبا بكم" || c.texts(".body p") == ["مرحبا بكم"]).await;
}

#[wasm_bindgen_test]
async fn a_feed_in_windows_1256_is_read_as_its_declaration_says() {
    let feed = [
        br#"<?xml version="1.0" encoding="windows-1256"?><rss version="2.0"><channel><title>x</title><item><title>"#
            .as_slice(),
        &WELCOME,
        b"</title><description>",
        &WELCOME,
        b"</description></item></channel></rss>",
    ];
    answer_bytes("/old.rss", "application/rss+xml", &feed.concat());
    shows(&card("old.rss"), "مرحبا بكم").await;
}

#[wasm_bindgen_test]
async fn json_and_a_name_that_no_browser_knows_are_utf_8() {
    answer_bytes("/label.json", "application/json; charset=martian", article("مرحبا").as_bytes());
    shows(&card("label.json"), "مرحبا").await;
    let marked = ["\u{FEFF}", &article("أهلًا")].concat();
    answer_bytes("/marked.json", "application/json; charset=windows-1256", marked.as_bytes());
    shows(&card("marked.json"), "أهلًا").await;
}

#[wasm_bindgen_test]
async fn a_failure_that_may_pass_is_tried_once_more_before_the_reader_is_told() {
    break_network("/flaky.json");
    let flaky = card("flaky.json");
    asked(&flaky, "/flaky.json", 1).await;
    settle().await;
    assert_eq!((flaky.count(".note"), flaky.count(".waiting")), (0, 1));
    answer_json("/flaky.json", 200, &article("أخيرًا"));
    shows(&flaky, "أخيرًا").await;
    assert_eq!(flaky.errors(), Vec::<String>::new());
    assert_eq!(cache_modes("/flaky.json"), ["default", "no-cache"]);

    answer("/broken.json", 500, "text/plain", "no");
    let broken = card("broken.json");
    broken.until("the sentence", |c| c.count(".note button") == 1).await;
    settle().await;
    assert_eq!(seen("/broken.json").len(), 2);
}

#[wasm_bindgen_test]
async fn what_is_not_there_is_not_asked_for_again() {
    answer("/absent.json", 410, "text/plain", "gone");
    let absent = card("absent.json");
    absent.until("the sentence", |c| c.count(".note button") == 1).await;
    settle().await;
    assert_eq!(seen("/absent.json").len(), 1);
    told(&absent, "check `src`").await;
}

#[wasm_bindgen_test]
async fn a_short_retry_after_is_sat_out_behind_the_skeleton() {
    ask_for_pause("/soon.json", "10");
    let card = card("soon.json");
    card.until("the pause", |_| timer_runs(10_000)).await;
    assert_eq!((card.count(".note"), card.count(".waiting")), (0, 1));
    answer_json("/soon.json", 200, &article("بعد حين"));
    pass_time(10_000);
    shows(&card, "بعد حين").await;
    assert_eq!((seen("/soon.json").len(), card.errors().len()), (2, 0));
}

#[wasm_bindgen_test]
async fn a_long_retry_after_is_told_and_obeyed_once() {
    ask_for_pause("/long-pause.json", "77");
    let card = card("long-pause.json");
    card.until("the sentence", |c| c.count(".note button") == 1 && timer_runs(77_000)).await;
    assert_eq!(seen("/long-pause.json").len(), 1);
    pass_time(77_000);
    asked(&card, "/long-pause.json", 2).await;
    card.until("the developer is told twice", |c| c.errors().len() == 2).await;
    settle().await;
    assert!(!timer_runs(77_000), "from now on the reader decides");
    assert_eq!(card.count(".note button"), 1);

    // The button starts over.
    card.click(".note button");
    card.until("the pause", |_| timer_runs(77_000)).await;
    answer_json("/long-pause.json", 200, &article("عاد"));
    pass_time(77_000);
    shows(&card, "عاد").await;
    assert_eq!(card.count(".note"), 0);
}

#[wasm_bindgen_test]
async fn a_pause_of_an_hour_is_waited_for_and_no_timer_outlives_the_card() {
    ask_for_pause("/hour.json", "3600");
    let card = card("hour.json");
    card.until("the pause", |_| timer_runs(3_600_000)).await;
    drop(card);
    settle().await;
    assert!(!timer_runs(3_600_000));
}

#[wasm_bindgen_test]
async fn a_server_that_wants_a_month_is_not_asked_again_but_by_the_reader() {
    for pause in ["2592000", "99999999999999999999"] {
        let before = seen("/month.json").len();
        ask_for_pause("/month.json", pause);
        let card = card("month.json");
        card.until("the sentence", |c| c.count(".note button") == 1).await;
        settle().await;
        assert_eq!(seen("/month.json").len() - before, 1, "{pause}");
        answer_json("/month.json", 200, &article("بعد شهر"));
        card.click(".note button");
        shows(&card, "بعد شهر").await;
    }
}

#[wasm_bindgen_test]
async fn the_networks_return_loads_what_could_not_be_reached() {
    break_network("/tunnel.json");
    set_online(false);
    let (one, two) = (card("tunnel.json"), card("tunnel.json"));
    one.until("the sentence", |c| c.text(".note").contains("لا اتصال")).await;
    two.until("the sentence", |c| c.text(".note").contains("لا اتصال")).await;
    let before = seen("/tunnel.json").len();
    answer_json("/tunnel.json", 200, &article("بعد النفق"));
    set_online(true);
    shows(&one, "بعد النفق").await;
    shows(&two, "بعد النفق").await;
    assert_eq!(seen("/tunnel.json").len(), before + 1, "once for both");
}

#[wasm_bindgen_test]
async fn a_card_that_has_gone_does_not_hear_of_the_networks_return() {
    break_network("/left.json");
    set_online(false);
    let card = card("left.json");
    card.until("the sentence", |c| c.count(".note button") == 1).await;
    drop(card);
    settle().await;
    let before = seen("/left.json").len();
    set_online(true);
    settle().await;
    assert_eq!(seen("/left.json").len(), before);
}

#[wasm_bindgen_test]
async fn an_answer_that_no_page_may_read_is_told_with_the_header_and_the_origin() {
    forbid_reading("/no-cors.json");
    let card = card("no-cors.json");
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    told(&card, &format!("Access-Control-Allow-Origin: {origin}")).await;
    told(&card, "answers, but lets no page of another origin read it (CORS)").await;
    assert!(card.text(".note").contains("لا يمكن الوصول إلى الخادم"));
}

#[wasm_bindgen_test]
async fn a_request_that_the_pages_policy_refuses_is_not_sent_again_and_is_told_with_the_directive() {
    forbid_asking("/policy.json");
    let card = card("policy.json");
    told(&card, "add https://news.example (and where it redirects to) to connect-src").await;
    settle().await;
    assert_eq!(seen("/policy.json").len(), 1);
}

#[wasm_bindgen_test]
async fn a_dead_server_is_told_with_what_to_check() {
    break_network("/dead-server.json");
    let card = card("dead-server.json");
    told(&card, "no server answers there; check the address").await;
    assert_eq!(seen("/dead-server.json").len(), 3, "two tries, and one look at whether anybody answers");
    assert_eq!(cache_modes("/dead-server.json")[2], "no-store");
}

#[wasm_bindgen_test]
async fn each_status_is_told_with_its_own_way_on() {
    for (name, status, fix) in [
        ("forbidden.json", 403, "no cookies"),
        ("crash.json", 500, "look into its log"),
        ("teapot.json", 418, "check `src`"),
    ] {
        answer(name, status, "text/plain", "words of the server");
        let card = card(name);
        told(&card, fix).await;
        told(&card, &format!("answered {status}: words of the server")).await;
    }
}

#[wasm_bindgen_test]
async fn a_conversation_that_cannot_be_reached_is_asked_for_once() {
    answer_json("/with-talk.json", 200, &article("عنوان"));
    break_network("/dead-talk/comments");
    let attributes =
        [("src", "https://news.example/with-talk.json"), ("endpoint", "https://t.example/dead-talk/comments")];
    let card = TestCard::new(&attributes, "");
    card.until("the fault", |c| c.errors().iter().any(|e| e.contains(r#""code":"conversation""#))).await;
    settle().await;
    assert_eq!(seen("/dead-talk/comments").len(), 1);
}
