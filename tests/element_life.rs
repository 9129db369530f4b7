//! The element's life: it comes, changes and goes as a native one does.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use maqal::element::Card;
use support::{TestCard, answer, answer_json, break_network, clear_storage, comment, page, seen, settle, stall};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ARTICLE: &str = r#"{"@type":"NewsArticle","headline":"عنوان","articleBody":"فقرة أولى.\n\nفقرة ثانية."}"#;

fn serve(name: &str) -> (String, String) {
    answer_json(&format!("/{name}.json"), 200, ARTICLE);
    answer_json(&format!("/{name}/comments"), 200, &page(&[], 0, None));
    (format!("https://news.example/{name}.json"), format!("https://talk.example/{name}/comments"))
}

#[wasm_bindgen_test]
async fn a_card_shows_its_article_and_conversation_in_an_open_shadow_root() {
    let (src, endpoint) = serve("shows");
    let card = TestCard::new(&[("src", &src), ("endpoint", &endpoint)], "<p>كما كان</p>");
    card.until("the article", |c| c.text(".title") == "عنوان").await;
    card.until("the empty state", |c| c.text(".empty").contains("ليست هناك تعليقات")).await;
    assert_eq!(card.count("slot"), 0, "the article replaces the children");
}

#[wasm_bindgen_test]
async fn the_children_show_while_the_article_is_on_its_way() {
    stall("/slow.json");
    // A slot outside the card: the children look as the page styles them.
    let card =
        TestCard::new(&[("src", "https://news.example/slow.json"), ("endpoint", "https://t.example/c")], "<p>نصّ</p>");
    card.until("the slot", |c| c.count("slot") == 1).await;
    let bare = TestCard::new(&[("src", "https://news.example/slow.json"), ("endpoint", "https://t.example/c")], "");
    bare.until("the skeleton", |c| c.count(".card > .waiting") == 1).await;
}

#[wasm_bindgen_test]
async fn a_detached_card_leaves_its_children_showing_and_nothing_else() {
    let (src, endpoint) = serve("leaves");
    let mut card = TestCard::new(&[("src", &src), ("endpoint", &endpoint)], "<p>كما كان</p>");
    card.until("the article", |c| c.count(".title") == 1).await;
    card.card.take().unwrap().detach();
    assert_eq!(card.html(), "<slot></slot>");

    let again = Card::attach(card.host.clone(), None, &support::words("ar"), false, false).unwrap();
    card.until("the article again", |c| c.count(".title") == 1).await;
    assert_eq!(card.count(".maqal"), 1);
    again.detach();
}

#[wasm_bindgen_test]
async fn a_card_that_goes_aborts_what_it_asked_for() {
    stall("/gone.json");
    let mut card = TestCard::new(&[("src", "https://news.example/gone.json"), ("endpoint", "https://t.example/c")], "");
    card.until("the request", |_| seen("/gone.json").len() == 1).await;
    card.card.take().unwrap().detach();
    settle().await;
    assert_eq!(card.errors(), Vec::<String>::new(), "an aborted request is no fault");
    assert_eq!(card.html(), "<slot></slot>");
}

#[wasm_bindgen_test]
async fn a_new_theme_or_language_fetches_nothing_and_keeps_what_is_typed() {
    clear_storage();
    let (src, endpoint) = serve("restyled");
    let card = TestCard::new(&[("src", &src), ("endpoint", &endpoint), ("lang", "ar")], "");
    card.until("the empty state", |c| c.count(".empty") == 1).await;
    card.write("ياسين", "نصّ لم يكتمل");
    let before = seen("/restyled").len();

    card.set("theme", "dark");
    card.set("lang", "en");
    card.until("English", |c| c.text("button.send") == "Send comment").await;
    assert_eq!(card.get(".card").get_attribute("data-theme").as_deref(), Some("dark"));
    assert_eq!(card.get(".card").get_attribute("dir").as_deref(), Some("ltr"));
    assert_eq!((card.name_field().value(), card.body_field().value()), ("ياسين".into(), "نصّ لم يكتمل".into()));
    assert_eq!(seen("/restyled").len(), before);
}

#[wasm_bindgen_test]
async fn a_new_src_shows_the_other_article() {
    let (src, endpoint) = serve("one");
    answer_json("/other.json", 200, r#"{"@type":"NewsArticle","headline":"غيره","articleBody":"نصّ."}"#);
    let card = TestCard::new(&[("src", &src), ("endpoint", &endpoint), ("thread", "t")], "");
    card.until("the first", |c| c.text(".title") == "عنوان").await;
    card.set("src", "https://news.example/other.json");
    card.until("the other", |c| c.text(".title") == "غيره").await;
    assert_eq!(card.count("article.article"), 1);
}

#[wasm_bindgen_test]
async fn a_new_thread_opens_its_own_conversation_and_each_keeps_its_draft() {
    clear_storage();
    let (src, endpoint) = serve("threads");
    answer_json("thread=second", 200, &page(&[comment("7", "مريم", "في الثاني")], 1, None));
    let card = TestCard::new(&[("src", &src), ("endpoint", &endpoint), ("thread", "first")], "");
    card.until("the first", |c| c.count(".empty") == 1).await;
    card.write("ياسين", "للأول");
    card.set("thread", "second");
    card.until("the second", |c| c.texts(".say") == ["في الثاني"]).await;
    assert_eq!(card.body_field().value(), "");
    card.set("thread", "first");
    card.until("the first again", |c| c.count(".empty") == 1).await;
    assert_eq!(card.body_field().value(), "للأول");
}

#[wasm_bindgen_test]
async fn two_cards_are_independent() {
    clear_storage();
    let (src, endpoint) = serve("pair");
    let one = TestCard::new(&[("src", &src), ("endpoint", &endpoint), ("thread", "one")], "");
    let two = TestCard::new(&[("src", &src), ("endpoint", &endpoint), ("thread", "two"), ("lang", "en")], "");
    one.until("one", |c| c.count(".empty") == 1).await;
    two.until("two", |c| c.count(".empty") == 1).await;
    one.write("ياسين", "هنا فقط");
    settle().await;
    assert_eq!(two.body_field().value(), "");
    assert_eq!((one.text("button.send"), two.text("button.send")), ("إرسال تعليق".into(), "Send comment".into()));
    drop(one);
    settle().await;
    assert_eq!(two.count(".empty"), 1);
}

#[wasm_bindgen_test]
async fn children_that_come_late_or_change_are_read() {
    answer_json("/late/comments", 200, &page(&[], 0, None));
    let card = TestCard::new(&[("endpoint", "https://talk.example/late/comments"), ("thread", "late")], "");
    card.until("the complaint", |c| c.errors().iter().any(|e| e.contains(r#""attribute":"src""#))).await;
    card.host.set_inner_html("<h1>جاء متأخرًا</h1><p>نصّه.</p>");
    card.until("the article", |c| c.text(".title") == "جاء متأخرًا").await;
    card.host.set_inner_html("<h1>ثم تغيّر</h1><p>نصّه.</p>");
    card.until("the change", |c| c.text(".title") == "ثم تغيّر").await;
}

#[wasm_bindgen_test]
async fn reload_asks_for_everything_again() {
    clear_storage();
    let (src, endpoint) = serve("again");
    let card = TestCard::new(&[("src", &src), ("endpoint", &endpoint)], "");
    card.until("the first load", |c| c.count(".empty") == 1).await;
    card.write("ياسين", "باقٍ");
    answer("/again.json", 200, "application/json", &ARTICLE.replace("عنوان", "عنوان جديد"));
    card.card.as_ref().unwrap().reload();
    card.until("the new title", |c| c.text(".title") == "عنوان جديد").await;
    card.until("the conversation", |c| c.count(".empty") == 1).await;
    assert_eq!(card.body_field().value(), "باقٍ");
}

#[wasm_bindgen_test]
async fn a_reload_that_fails_takes_nothing_from_the_reader() {
    clear_storage();
    let (src, endpoint) = serve("fails-later");
    answer_json("/fails-later/comments", 200, &page(&[comment("1", "مريم", "باقية")], 1, None));
    let card = TestCard::new(&[("src", &src), ("endpoint", &endpoint)], "");
    card.until("the first load", |c| c.count(".comment") == 1).await;
    card.write("ياسين", "أكتب");
    let field = card.body_field();
    break_network("/fails-later.json");
    card.card.as_ref().unwrap().reload();
    card.until("the developer is told", |c| c.errors().iter().any(|e| e.contains(r#""code":"article""#))).await;
    card.until("the conversation", |c| c.texts(".say") == ["باقية"]).await;
    assert_eq!(card.text(".title"), "عنوان");
    assert!(field.is_connected() && field.value() == "أكتب", "the very field that the reader types into stays");
}

#[wasm_bindgen_test]
async fn a_new_src_opens_its_own_conversation_once() {
    clear_storage();
    answer_json("/plain-one.json", 200, ARTICLE);
    answer_json("/plain-two.json", 200, ARTICLE);
    answer_json("/of-src/comments", 200, &page(&[], 0, None));
    let endpoint = "https://talk.example/of-src/comments";
    let card = TestCard::new(&[("src", "https://news.example/plain-one.json"), ("endpoint", endpoint)], "");
    card.until("the first", |_| seen("/of-src/comments").len() == 1).await;
    card.set("src", "https://news.example/plain-two.json");
    card.until("the second", |_| seen("/of-src/comments").len() > 1).await;
    settle().await;
    let asked = seen("/of-src/comments");
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[0].contains("plain-one") && asked[1].contains("plain-two"), "{asked:?}");
}

#[wasm_bindgen_test]
async fn an_address_too_long_to_name_a_conversation_is_told_and_the_article_stands() {
    answer_json("/long.json", 200, ARTICLE);
    let src = ["https://news.example/long.json?", &"x".repeat(3000)].concat();
    let card = TestCard::new(&[("src", &src), ("endpoint", "https://talk.example/long/comments")], "");
    card.until("the article", |c| c.text(".title") == "عنوان").await;
    card.until("the developer is told", |c| c.errors().iter().any(|e| e.contains(r#""attribute":"thread""#))).await;
    assert_eq!(card.text(".closed"), "التعليقات غير متاحة في هذه البطاقة.");
    assert!(seen("/long/comments").is_empty());
}
