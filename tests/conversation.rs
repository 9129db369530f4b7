//! The conversation: the list, the count, the next page, and what a bad endpoint cannot break.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer, answer_json, break_network, clear_storage, comment, page, stall};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn card(name: &str) -> TestCard {
    clear_storage();
    let endpoint = format!("https://t.example/{name}");
    TestCard::new(&[("endpoint", &endpoint), ("thread", "t")], "<h1>عنوان</h1><p>نصّ.</p>")
}

#[wasm_bindgen_test]
async fn comments_show_their_author_text_and_time() {
    answer_json("/plain?", 200, &page(&[comment("2", "مريم ب.", "ثانٍ"), comment("1", "Julie", "Bravo")], 2, None));
    let card = card("plain");
    card.until("the comments", |c| c.count(".comment") == 2).await;
    assert_eq!(card.texts(".name"), ["مريم ب.", "Julie"]);
    assert_eq!(card.texts(".say p"), ["ثانٍ", "Bravo"]);
    assert_eq!(card.get(".comment time").get_attribute("datetime").as_deref(), Some("2026-11-14T09:30:00.000Z"));
    assert_eq!(card.count(".comment bdi"), 2, "a name never reorders what is beside it");
    assert!(card.text("#comments-title").contains("٢"), "{}", card.text("#comments-title"));
    assert!(card.text("#comments-title .sr").contains("تعليقان"));
    assert_eq!(card.count(".empty"), 0);
}

#[wasm_bindgen_test]
async fn an_empty_conversation_invites_the_reader() {
    answer_json("/none?", 200, &page(&[], 0, None));
    let card = card("none");
    card.until("the empty state", |c| c.count(".empty") == 1).await;
    assert_eq!(card.text(".empty-title"), "ليست هناك تعليقات");
    assert!(card.text(".empty").contains("أول تعليق"));
}

#[wasm_bindgen_test]
async fn the_next_page_follows_the_first_and_repeats_nothing() {
    answer_json("/pages?", 200, &page(&[comment("3", "ج", "ثالث"), comment("2", "ب", "ثانٍ")], 3, Some("c2")));
    answer_json("after=c2", 200, &page(&[comment("2", "ب", "ثانٍ"), comment("1", "أ", "أول")], 3, None));
    let card = card("pages");
    card.until("the button", |c| c.count(".rest") == 1).await;
    card.click(".rest");
    card.until("the rest", |c| c.texts(".say") == ["ثالث", "ثانٍ", "أول"]).await;
    assert_eq!(card.count(".rest"), 0);
    card.until("the keyboard goes on at the first that came", |c| focused(c) == "c-1").await;
}

/// The identifier, or the class, of what the keyboard is at.
fn focused(card: &TestCard) -> String {
    let active = card.host.shadow_root().unwrap().active_element();
    active.map(|e| if e.id().is_empty() { e.text_content().unwrap_or_default() } else { e.id() }).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn the_keyboard_is_not_lost_where_a_button_goes_with_what_it_asked_for() {
    break_network("/lost?");
    let card = card("lost");
    card.until("the button", |c| c.count(".foot .note button") == 1).await;
    let retry: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(card.get(".foot .note button"));
    retry.focus().unwrap();
    retry.click();
    card.until("it failed again", |c| focused(c) == "أعد المحاولة" && !retry.is_connected()).await;
    answer_json("/lost?", 200, &page(&[], 0, None));
    card.click(".foot .note button");
    card.until("the heading, as there is no comment", |c| focused(c) == "comments-title").await;
}

#[wasm_bindgen_test]
async fn a_failed_load_is_a_sentence_with_a_button_and_the_composer_stays() {
    for (name, status, sentence) in [
        ("f500", 500, "في الخادم عطل"),
        ("f502", 502, "الخادم متوقف الآن"),
        ("f404", 404, "لا شيء في هذا العنوان"),
        ("f429", 429, "طلبات كثيرة"),
    ] {
        answer(&format!("/{name}?"), status, "text/plain", "no");
        let card = card(name);
        card.until("the sentence", |c| c.text(".note").contains(sentence)).await;
        assert_eq!(card.count("form.composer"), 1);
        assert!(card.errors().iter().any(|e| e.contains("conversation") && e.contains(&status.to_string())));
        answer_json(&format!("/{name}?"), 200, &page(&[comment("1", "أ", "وصل")], 1, None));
        card.click(".note button");
        card.until("the comment", |c| c.texts(".say") == ["وصل"]).await;
        assert_eq!(card.count(".note"), 0);
    }
}

#[wasm_bindgen_test]
async fn an_empty_500_is_what_a_proxy_says_of_a_server_that_does_not_run() {
    answer("/proxied?", 500, "text/plain", "");
    let card = card("proxied");
    card.until("the sentence", |c| c.text(".note").contains("الخادم متوقف الآن (٥٠٠)")).await;
}

#[wasm_bindgen_test]
async fn an_unreachable_endpoint_is_a_sentence() {
    break_network("/dead?");
    let card = card("dead");
    card.until("the sentence", |c| c.text(".note").contains("لا يمكن الوصول إلى الخادم")).await;
    assert_eq!(card.text(".title"), "عنوان", "the article does not depend on the comments");
}

#[wasm_bindgen_test]
async fn while_comments_load_their_place_is_held() {
    stall("/slow?");
    let card = card("slow");
    card.until("the skeleton", |c| c.count(".list .skeleton") == 1).await;
    assert_eq!(card.get(".list").get_attribute("aria-busy").as_deref(), Some("true"));
    assert!(card.text(".list .skeleton").contains("جارٍ تحميل التعليقات"));
}

#[wasm_bindgen_test]
async fn an_answer_that_makes_no_sense_is_a_sentence() {
    for (name, body) in [
        ("g1", "<!doctype html><h1>captive portal</h1>"),
        ("g2", "{\"comments\":"),
        ("g3", "[]"),
        ("g4", "{\"comments\":\"none\"}"),
        ("g5", ""),
    ] {
        answer_json(&format!("/{name}?"), 200, body);
        let card = card(name);
        card.until("the sentence", |c| c.text(".note").contains("جواب غير مفهوم")).await;
    }
}

#[wasm_bindgen_test]
async fn sound_comments_show_beside_broken_ones_and_the_reader_is_told() {
    let broken = [
        r#"{"id":"9"}"#.to_owned(),
        "null".to_owned(),
        comment("8", "\\u202E\\u202C", "بلا اسم"),
        comment("", "ب", "بلا معرّف"),
    ];
    let all: Vec<_> = [comment("1", "أ", "سليم")].into_iter().chain(broken).collect();
    answer_json("/mixed?", 200, &page(&all, 5, None));
    let card = card("mixed");
    card.until("the sound one", |c| c.texts(".say") == ["سليم"]).await;
    assert!(card.text(".note").contains("٤ تعليقات لم يمكن عرضها"), "{}", card.text(".note"));
}

#[wasm_bindgen_test]
async fn html_that_attacks_is_rebuilt_without_its_teeth() {
    let html = r#"<p onclick='x()'>نصّ <b>غامق</b><script>window.hit=1</script><img src=x onerror='window.hit=1'><a href='javascript:window.hit=1'>رابط</a><iframe srcdoc='<script>parent.hit=1</script>'></iframe></p>"#;
    answer_json(
        "/attack?",
        200,
        &format!(
            r#"{{"comments":[{{"id":"1","thread":"t","name":"<b>م</b>","body":"نصّ","html":{},"created":"soon"}}],"total":1}}"#,
            serde_json::to_string(html).unwrap()
        ),
    );
    let card = card("attack");
    card.until("the comment", |c| c.count(".comment") == 1).await;
    assert_eq!(card.text(".name"), "<b>م</b>");
    assert_eq!(card.count(".say b"), 1);
    assert_eq!(card.count(".say script, .say img, .say iframe, .say [onclick], .say a[href]"), 0);
    assert_eq!(card.count(".comment time"), 0, "a date that is none is not shown");
    support::settle().await;
    assert!(js_sys::Reflect::get(&js_sys::global(), &"hit".into()).unwrap().is_undefined());
}

#[wasm_bindgen_test]
async fn dates_to_come_and_names_of_ten_kilobytes_leave_the_card_whole() {
    let long = "م".repeat(10_000);
    let strange = format!(
        r#"{{"id":"1","name":"{long}","body":"أول","html":"<p>أول</p>","created":"2099-01-01T00:00:00Z","likes":-5,"replies":1e99,"parent":7}}"#
    );
    let endless = r#"{"id":"2","name":"س","body":"ثانٍ","created":"+275760-09-13T00:00:00Z"}"#.to_owned();
    let never = r#"{"id":"3","name":"ص","body":"ثالث","created":"أمس"}"#.to_owned();
    answer_json("/strange?", 200, &page(&[strange, endless, never], 3, None));
    let card = card("strange");
    card.until("the comments", |c| c.texts(".say") == ["أول", "ثانٍ", "ثالث"]).await;
    let times = card.texts(".who time");
    assert_eq!(times.len(), 2, "a date that is none is not shown: {times:?}");
    assert!(times[0].contains("٢٠٩٩") && times[1].contains("٢٧٥٧٦٠"), "{times:?}");
    let name = card.text("#c-1 .name");
    assert!(name.ends_with('…') && name.chars().count() < 200, "{}", name.chars().count());
    assert_eq!(card.count(".note"), 0);
}
