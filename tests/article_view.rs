//! The card's upper part: each source becomes the same card, each failure a sentence with the children kept.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer, answer_json, break_network, page};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn card(name: &str, children: &str) -> TestCard {
    answer_json("/quiet/comments", 200, &page(&[], 0, None));
    let src = format!("https://news.example/a/{name}");
    TestCard::new(&[("src", &src), ("endpoint", "https://t.example/quiet/comments"), ("thread", "t")], children)
}

#[wasm_bindgen_test]
async fn a_news_article_has_its_picture_heading_byline_date_and_paragraphs() {
    answer(
        "/full.json",
        200,
        "application/ld+json",
        r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"قوارب الفجر","articleSection":"بيئة",
            "description":"مبادرة محلية.","author":{"@type":"Person","name":"سلمى العلوي","url":"/authors/salma"},
            "datePublished":"2026-11-14T08:00:00+01:00","inLanguage":"ar",
            "image":{"@type":"ImageObject","url":"images/boats.jpg","caption":"في الميناء","width":1200,"height":500},
            "articleBody":"فقرة أولى.\n\nفقرة ثانية.\n\nفقرة ثالثة."}"#,
    );
    let card = card("full.json", "");
    card.until("the article", |c| c.count(".title") == 1).await;
    assert_eq!(card.text(".title"), "قوارب الفجر");
    assert_eq!((card.text(".kicker"), card.text(".lead")), ("بيئة".into(), "مبادرة محلية.".into()));
    assert_eq!(card.get("a.author").get_attribute("href").as_deref(), Some("https://news.example/authors/salma"));
    assert_eq!(card.text("a.author"), "سلمى العلوي");
    assert!(card.text(".dates time").contains("نوفمبر"), "{}", card.text(".dates time"));
    assert_eq!(card.texts(".body p"), ["فقرة أولى.", "فقرة ثانية.", "فقرة ثالثة."]);
    let hero = card.get("img.hero");
    assert_eq!(hero.get_attribute("src").as_deref(), Some("https://news.example/a/images/boats.jpg"));
    assert_eq!(
        (hero.get_attribute("width").as_deref(), hero.get_attribute("height").as_deref()),
        (Some("1200"), Some("500"))
    );
    assert_eq!(card.text("figcaption"), "في الميناء");
    assert_eq!(card.get("article.article").get_attribute("dir").as_deref(), Some("rtl"));
}

#[wasm_bindgen_test]
async fn markup_in_an_articles_text_is_kept_by_the_allow_list_and_in_its_title_it_is_text() {
    let body =
        r#"<p>نصّ <b>غامق</b> و<a href=/x onclick=\"alert(1)\">رابط</a>.</p><p>آخر<script>alert(1)</script>.</p>"#;
    answer_json(
        "/markup.json",
        200,
        &format!(r#"{{"@type":"NewsArticle","headline":"<i>عنوان</i>","articleBody":"{body}"}}"#),
    );
    let card = card("markup.json", "");
    card.until("the article", |c| c.count(".body p") == 2).await;
    assert_eq!(card.texts(".body p"), ["نصّ غامق ورابط.", "آخر."]);
    assert_eq!(card.get(".body a").get_attribute("href").as_deref(), Some("https://news.example/x"));
    assert_eq!(card.count(".body [onclick], .body script, .title i"), 0);
}

#[wasm_bindgen_test]
async fn a_plain_text_is_reflowed_and_takes_its_title_from_the_children() {
    answer(
        "/blog.txt",
        200,
        "text/plain; charset=utf-8",
        "في خطوة أولى\r\nكتبت المدوِّنة نصًّا طويلًا يلتفّ عند حافة\r\nالسطر ثم ينتهي هنا.\r\n\r\nوهذه فقرة ثانية.\r\n\r\nليست هناك تعليقات:\r\nإرسال تعليق\r\n",
    );
    let card = card("blog.txt", "<h1>عنوان من الصفحة</h1><p>مقدمة.</p>");
    card.until("the article", |c| c.count(".body p") == 2).await;
    assert_eq!(card.text(".title"), "عنوان من الصفحة");
    assert_eq!(
        card.texts(".body p"),
        ["في خطوة أولى كتبت المدوِّنة نصًّا طويلًا يلتفّ عند حافة السطر ثم ينتهي هنا.", "وهذه فقرة ثانية.",]
    );
}

#[wasm_bindgen_test]
async fn the_children_are_an_article_when_there_is_no_src() {
    answer_json("/inline/comments", 200, &page(&[], 0, None));
    let card = TestCard::new(
        &[("endpoint", "https://t.example/inline/comments")],
        r#"<article lang="ar"><h1>من الصفحة</h1><p class="byline">بقلم سلمى</p><time datetime="2026-11-14">أمس</time>
           <figure><img src="https://img.example/a.jpg" alt="ميناء"><figcaption>الميناء</figcaption></figure>
           <p>فقرة <a href="https://x.example/">برابط</a>.</p><blockquote>اقتباس</blockquote>
           <script>window.ran = true</script><p onclick="alert(1)">أخيرة</p></article>"#,
    );
    card.until("the article", |c| c.count(".title") == 1).await;
    assert_eq!((card.text(".title"), card.text(".author")), ("من الصفحة".into(), "بقلم سلمى".into()));
    assert_eq!(card.texts(".body p"), ["فقرة برابط.", "اقتباس", "أخيرة"]);
    assert_eq!(card.count(".body blockquote"), 1);
    assert_eq!(card.count(".body script, .body [onclick], .body img"), 0);
    assert_eq!(card.get("img.hero").get_attribute("alt").as_deref(), Some("ميناء"));
}

#[wasm_bindgen_test]
async fn json_ld_among_the_children_is_the_article() {
    answer_json("/inline-ld/comments", 200, &page(&[], 0, None));
    let card = TestCard::new(
        &[("endpoint", "https://t.example/inline-ld/comments")],
        r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"من الوصف","articleBody":"نصّ.","url":"https://news.example/a/9"}</script>"#,
    );
    card.until("the article", |c| c.text(".title") == "من الوصف").await;
    card.until("the conversation of its address", |_| {
        support::seen("/inline-ld/comments")
            .iter()
            .any(|line| line.contains("thread=https%3A%2F%2Fnews.example%2Fa%2F9"))
    })
    .await;
}

/// Each failure: a sentence in the card, an event that names the cause, the children still showing.
async fn fails(name: &str, sentence: &str, cause: &str) {
    let card = card(name, "<p>نصّ الصفحة</p>");
    card.until("the sentence", |c| c.text(".note").contains(sentence)).await;
    assert!(
        card.errors().iter().any(|e| e.contains(r#""code":"article""#) && e.contains(cause)),
        "{:?}",
        card.errors()
    );
    assert_eq!(card.count("slot"), 1, "the children stay readable");
    assert_eq!(card.count(".note button"), 1, "there is a way on");
}

#[wasm_bindgen_test]
async fn an_unreachable_article_is_a_sentence() {
    break_network("/dead.json");
    fails("dead.json", "لا يمكن الوصول إلى الخادم", "Access-Control-Allow-Origin").await;
}

#[wasm_bindgen_test]
async fn a_missing_article_is_a_sentence() {
    answer("/none.json", 404, "text/html", "<h1>Not found</h1>");
    fails("none.json", "لا مقال في هذا العنوان", "404").await;
}

#[wasm_bindgen_test]
async fn a_web_page_without_an_article_is_none_and_the_developer_is_told() {
    answer("/page.html", 200, "text/html", "<!doctype html><title>ادخل</title><form><input></form>");
    fails("page.html", "ليس مقالًا", "its title is \\\"ادخل\\\"").await;
}

#[wasm_bindgen_test]
async fn a_web_page_in_place_of_json_has_its_own_sentence_for_the_developer() {
    answer("/soft-404.json", 200, "text/html", "<!doctype html><title>الرئيسية</title><main><p>أهلًا بكم.</p></main>");
    fails("soft-404.json", "ليس مقالًا", "though its address ends in .json").await;
}

#[wasm_bindgen_test]
async fn an_empty_document_is_no_article() {
    answer("/empty.txt", 200, "text/plain", " \r\n\u{FEFF} ");
    fails("empty.txt", "ليس مقالًا", "empty").await;
}

#[wasm_bindgen_test]
async fn json_of_another_kind_is_no_article() {
    answer_json("/recipe.json", 200, r#"{"@type":"Recipe","name":"كسكس"}"#);
    fails("recipe.json", "ليس مقالًا", "Recipe").await;
}

#[wasm_bindgen_test]
async fn after_a_failure_the_button_loads_it() {
    break_network("/later.json");
    let card = card("later.json", "");
    card.until("the sentence", |c| c.count(".note button") == 1).await;
    answer_json("/later.json", 200, r#"{"@type":"NewsArticle","headline":"وصل","articleBody":"نصّ."}"#);
    card.click(".note button");
    card.until("the article", |c| c.text(".title") == "وصل").await;
    assert_eq!(card.count(".note"), 0);
}

#[wasm_bindgen_test]
async fn a_card_with_neither_src_nor_children_says_so() {
    let card = TestCard::new(&[("endpoint", "https://t.example/c"), ("lang", "en")], "");
    card.until("the sentence", |c| c.text(".note").contains("There is no article in this card")).await;
    assert!(card.errors().iter().any(|e| e.contains(r#""attribute":"src""#)), "{:?}", card.errors());
}

#[wasm_bindgen_test]
async fn an_article_that_changes_takes_the_place_of_the_former() {
    let card = TestCard::new(&[], "<h1>عنوان</h1><p>النصّ الأول.</p>");
    card.until("the first text", |c| c.texts(".body p") == ["النصّ الأول."]).await;
    card.host.set_inner_html("<h1>عنوان</h1><p>النصّ الثاني.</p>");
    card.until("the second alone", |c| c.texts(".body p") == ["النصّ الثاني."]).await;
}
