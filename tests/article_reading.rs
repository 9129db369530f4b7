//! Reading an article: its length, its fold, its notes, its frames, its tables, and the way to one that is elsewhere.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer, answer_json, fire, page, settle};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

fn show(name: &str, content_type: &str, text: &str) -> TestCard {
    answer_json("/still/comments", 200, &page(&[], 0, None));
    answer(&format!("/r/{name}"), 200, content_type, text);
    let src = format!("https://news.example/r/{name}");
    TestCard::new(&[("src", &src), ("endpoint", "https://t.example/still/comments"), ("thread", "t")], "")
}

fn wordpress(name: &str, body: &str) -> TestCard {
    let post = format!(
        r#"{{"id":1,"link":"https://news.example/r/{name}","title":{{"rendered":"عنوان"}},"content":{{"rendered":{}}}}}"#,
        js_sys::JSON::stringify(&body.into()).unwrap()
    );
    show(name, "application/json", &post)
}

/// Paragraphs of eleven words each.
fn paragraphs(count: usize) -> String {
    (1..=count).map(|n| format!("<p>فقرة رقم {n} فيها إحدى عشرة كلمة لا أكثر ولا أقل.</p>")).collect()
}

fn focused(card: &TestCard) -> Option<Element> {
    card.host.shadow_root().unwrap().active_element()
}

#[wasm_bindgen_test]
async fn the_reading_time_stands_beside_the_date_in_the_right_plural() {
    let card = wordpress("two-minutes", &paragraphs(25));
    card.until("the article", |c| c.count(".body p") > 0).await;
    assert!(card.text(".dates").contains("دقيقتان للقراءة"), "{}", card.text(".dates"));
    card.set("lang", "en");
    card.until("English", |c| c.text(".dates").contains("2 min read")).await;
    let short = wordpress("a-glance", "<p>سطر واحد.</p>");
    short.until("the article", |c| c.count(".body p") > 0).await;
    assert!(!short.text(".dates").contains("للقراءة"));
}

#[wasm_bindgen_test]
async fn a_long_article_is_folded_and_the_button_opens_it_where_it_goes_on() {
    let card = wordpress("long", &paragraphs(60));
    card.until("the article", |c| c.count(".body p") == 60).await;
    let rest = card.get(".rest-of-text");
    assert_eq!(rest.get_attribute("hidden").as_deref(), Some("until-found"));
    assert!(card.count(".beginning p") >= 20, "{}", card.count(".beginning p"));
    let button = card.get(".more");
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
    assert_eq!(button.get_attribute("aria-controls").as_deref(), Some(rest.id().as_str()));
    assert!(button.text_content().unwrap().contains("أكمل القراءة"));
    let top = card.get(".beginning").get_bounding_client_rect().top();
    card.click(".more");
    card.until("the rest", |c| c.count(".more") == 0).await;
    assert!(!rest.has_attribute("hidden"));
    assert_eq!(focused(&card), Some(rest), "the keyboard goes on where reading does");
    assert!((card.get(".beginning").get_bounding_client_rect().top() - top).abs() < 1.0, "nothing has moved");
}

#[wasm_bindgen_test]
async fn a_search_of_the_page_opens_the_fold() {
    let card = wordpress("found", &paragraphs(60));
    card.until("the article", |c| c.count(".more") == 1).await;
    // What the browser sends before it shows a match (HTML, section 6.1).
    fire(&card.get(".rest-of-text"), "beforematch");
    card.until("the rest", |c| c.count(".more") == 0).await;
    assert!(!card.get(".rest-of-text").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn a_reload_of_the_same_article_leaves_it_as_the_reader_has_it() {
    let card = wordpress("again", &paragraphs(60));
    card.until("the article", |c| c.count(".more") == 1).await;
    card.click(".more");
    card.until("the rest", |c| c.count(".more") == 0).await;
    let first = card.get(".beginning p");
    card.card.as_ref().unwrap().reload();
    settle().await;
    assert!(first.is_connected(), "the same text stands");
    // A corrected one replaces it, and stays open.
    let post =
        format!(r#"{{"id":1,"title":{{"rendered":"عنوان مصحَّح"}},"content":{{"rendered":"{}"}}}}"#, paragraphs(61));
    answer_json("/r/again", 200, &post);
    card.card.as_ref().unwrap().reload();
    card.until("the correction", |c| c.text(".title") == "عنوان مصحَّح").await;
    assert_eq!(card.count(".more"), 0);
}

#[wasm_bindgen_test]
async fn a_plain_text_is_folded_too_and_a_short_one_is_not() {
    let line = "سطر طويل من نصّ مجرّد لا وسم فيه ولا زخرف، يمضي حتى آخره ثم يقف.\n\n";
    let card = show("long.txt", "text/plain", &line.repeat(60));
    card.until("the fold", |c| c.count(".more") == 1).await;
    let short = show("short.txt", "text/plain", &line.repeat(10));
    short.until("the article", |c| c.count(".body p") == 10).await;
    assert_eq!(short.count(".more, .rest-of-text"), 0);
}

#[wasm_bindgen_test]
async fn a_note_is_reached_and_left_by_its_marks_even_in_the_fold() {
    let notes = r##"<ol><li id="n1">حاشية <a href="#m1">عودة</a></li></ol>"##;
    let body = format!(r##"<p>متن<sup id="m1"><a href="#n1">١</a></sup>.</p>{}{notes}"##, paragraphs(60));
    let hash = || web_sys::window().unwrap().location().hash().unwrap();
    let before = hash();
    let card = wordpress("notes", &body);
    card.until("the fold", |c| c.count(".more") == 1).await;
    card.click("sup a");
    let note = card.get("li[id]");
    assert_eq!(focused(&card), Some(note.clone()));
    assert!(!card.get(".rest-of-text").has_attribute("hidden"), "the fold has opened");
    note.query_selector("a").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    assert_eq!(focused(&card), Some(card.get("sup[id]")));
    assert_eq!(hash(), before, "the page's address is the host's");
}

#[wasm_bindgen_test]
async fn a_frame_is_loaded_only_when_the_reader_asks_and_cannot_touch_the_page() {
    // An address that answers nothing is enough.
    let body = r#"<p>قبل</p><iframe src="https://video.invalid/e/1" width="4" height="3" title="فيلم قصير" allow="camera"></iframe>"#;
    let card = wordpress("film", body);
    card.until("the box", |c| c.count(".embed button") == 1).await;
    assert_eq!(card.count("iframe"), 0);
    assert_eq!(card.text(".embed button"), "اعرض المحتوى من \u{2068}video.invalid\u{2069}");
    assert_eq!(card.text(".embed a"), "فيلم قصير");
    card.set("lang", "en");
    card.until("English", |c| c.text(".embed button").starts_with("Show content from")).await;
    card.click(".embed button");
    let frame = card.get(".embed iframe");
    assert_eq!(frame.get_attribute("src").as_deref(), Some("https://video.invalid/e/1"));
    assert_eq!(frame.get_attribute("title").as_deref(), Some("فيلم قصير"));
    let sandbox = frame.get_attribute("sandbox").unwrap();
    assert!(!sandbox.contains("top-navigation") && !sandbox.contains("modals"), "{sandbox}");
    assert!(!frame.get_attribute("allow").unwrap().contains("camera"));
    assert_eq!(focused(&card), Some(frame));
}

#[wasm_bindgen_test]
async fn a_frame_of_the_pages_own_origin_gets_no_rights_of_it() {
    let own = web_sys::window().unwrap().location().origin().unwrap();
    let card = wordpress("own", &format!(r#"<p>قبل</p><iframe src="{own}/nothing"></iframe>"#));
    card.until("the box", |c| c.count(".embed button") == 1).await;
    card.click(".embed button");
    let sandbox = card.get("iframe").get_attribute("sandbox").unwrap();
    assert!(!sandbox.contains("allow-same-origin"), "{sandbox}");
}

#[wasm_bindgen_test]
async fn a_table_scrolls_in_itself_by_the_keyboard_too_and_has_a_name() {
    let card = wordpress(
        "tables",
        "<table><caption>قوارب</caption><tr><td>١</td></tr></table><p>و</p><table><tr><td>٢</td></tr></table><pre>x</pre>",
    );
    card.until("the tables", |c| c.count(".scroll table") == 2).await;
    let names: Vec<_> = ["p ~ .scroll", ".scroll"].map(|s| card.get(s).get_attribute("aria-label").unwrap()).into();
    assert_eq!(names, ["جدول", "قوارب"]);
    assert_eq!(card.count(".scroll[tabindex='0'][role='group'], pre[tabindex='0'][dir='ltr']"), 3);
}

#[wasm_bindgen_test]
async fn an_article_that_is_only_described_leads_to_its_own_page() {
    let card = show(
        "described.json",
        "application/feed+json",
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"المرسى","items":[{"id":"1","url":"https://marsa.example/a",
            "title":"عنوان","summary":"خلاصة في سطر."}]}"#,
    );
    card.until("the link", |c| c.count(".elsewhere a") == 1).await;
    assert_eq!(card.get(".elsewhere a").get_attribute("href").as_deref(), Some("https://marsa.example/a"));
    assert_eq!(card.text(".elsewhere a"), "اقرأ المقال كاملًا في \u{2068}المرسى\u{2069}");
    assert_eq!(card.text(".lead"), "خلاصة في سطر.");
}

#[wasm_bindgen_test]
async fn item_names_one_of_several_and_each_has_its_own_conversation() {
    answer(
        "/r/feed.json",
        200,
        "application/feed+json",
        r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"first","title":"الأول","content_text":"نصّ."},
            {"id":"second","title":"الثاني","content_text":"نصّ آخر."}]}"#,
    );
    answer_json("/items/comments", 200, &page(&[], 0, None));
    let src = "https://news.example/r/feed.json";
    let card = TestCard::new(&[("src", src), ("item", "second"), ("endpoint", "https://t.example/items/comments")], "");
    card.until("the second", |c| c.text(".title") == "الثاني").await;
    card.until("its conversation", |_| {
        support::seen("/items/comments").iter().any(|line| line.contains("feed.json%23second"))
    })
    .await;
    card.set("item", "none-such");
    card.until("an error", |c| c.errors().iter().any(|e| e.contains("none-such") && e.contains("`first`, `second`")))
        .await;
}

#[wasm_bindgen_test]
async fn a_portrait_that_does_not_come_leaves_the_initial_and_a_missing_hero_its_place() {
    let card = show(
        "faces.json",
        "application/ld+json",
        r#"{"@type":"NewsArticle","headline":"عنوان","articleBody":"نصّ.","image":"data:,none",
            "author":{"name":"كمال","image":"https://img.invalid/k.png"},"datePublished":"2026-11-14"}"#,
    );
    card.until("the article", |c| c.count(".face") == 1).await;
    card.until("the portrait's end", |c| c.count(".face img") == 0).await;
    assert_eq!(card.text(".by .face"), "ك");
    assert_eq!(card.count(".hero"), 0, "an address that may not be fetched is no picture");
    let card = show(
        "hero.json",
        "application/ld+json",
        r#"{"@type":"NewsArticle","headline":"عنوان","articleBody":"نصّ.",
            "image":{"url":"https://img.invalid/h.png","description":"قوارب","width":40,"height":20}}"#,
    );
    card.until("the words in its place", |c| c.text(".hero.missing") == "قوارب").await;
    let place = card.get(".hero.missing").get_bounding_client_rect();
    assert!((place.width() / place.height() - 2.0).abs() < 0.01, "it is as high as the picture would be");
}
