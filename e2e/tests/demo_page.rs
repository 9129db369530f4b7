//! The demo page of `index.html`, as a contributor sees it.

use maqal_e2e::browser::Browser;
use maqal_e2e::demo::Demo;
use maqal_e2e::proxy::Fault;
use maqal_e2e::skip::{Step, can};
use serde_json::json;

const TITLE: &str = "صيّادو الصويرة يعيدون إلى البحر ما أخذته الشِّباك";

/// Sets a control of the strip on top, as a hand does.
async fn choose(reader: &Browser, name: &str, value: &str) {
    let script = "const control = document.querySelector('.bench').elements.namedItem(arguments[0]);
        if (control.type === 'checkbox') { if (control.checked !== (arguments[1] === 'on')) control.click(); }
        else { control.value = arguments[1]; control.dispatchEvent(new Event('change', { bubbles: true })); }";
    reader.run(script, vec![json!(name), json!(value)]).await;
}

#[tokio::test]
async fn the_demo_page_shows_an_article_and_takes_a_comment() {
    let demo = Demo::start().await;
    let reader = Browser::start().await;
    reader.open(&demo.url("")).await;
    let card = reader.card("#first");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post("زائرة", "صفحة جميلة").await;
    card.until_comments(1).await;
    reader.reload().await;
    card.until_comments(1).await;
    // Where the driver gives no console, a page notes its own, and the demo page is as it is published.
    if can(Step::BrowsersConsole) {
        assert_eq!(reader.console().await, []);
    }
    card.until("the picture has loaded", "return $('img.hero')?.complete && $('img.hero').naturalWidth > 0").await;
}

#[tokio::test]
async fn without_an_endpoint_the_card_says_502_and_the_article_is_read_all_the_same() {
    let demo = Demo::start().await;
    demo.api.fail(Fault::Refused).await;
    let reader = Browser::start().await;
    reader.open(&demo.url("")).await;
    let card = reader.card("#first");
    card.until_text(".title", TITLE).await;
    card.until_text(".foot .note", "تعذّر تحميل التعليقات. الخادم متوقف الآن (٥٠٢).").await;
    card.post("زائرة", "لا خادم هنا").await;
    card.until_text(".pending .note", "الخادم متوقف الآن (٥٠٢).").await;
    demo.api.heal().await;
    card.press_if_there(".foot .note", "أعد المحاولة").await;
    card.press_if_there(".pending .note", "أعد المحاولة").await;
    card.until_comments(1).await;
}

#[tokio::test]
async fn the_hostile_stylesheet_makes_the_page_suffer_and_not_the_card() {
    let demo = Demo::start().await;
    let reader = Browser::start().await;
    reader.open(&demo.url("")).await;
    let card = reader.card("#first");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    let page = "return getComputedStyle(document.querySelector('aside h2')).letterSpacing";
    assert_eq!(reader.run(page, vec![]).await, json!("normal"));
    let look = async || {
        let mut look = Vec::new();
        for css in [".title", ".body p", "h3", "#body", "button.send", ".empty-title"] {
            for property in
                ["letter-spacing", "color", "background-color", "text-transform", "font-family", "direction"]
            {
                look.push(card.style(css, property).await);
            }
        }
        look
    };
    let clean = look().await;
    choose(&reader, "hostile", "on").await;
    reader
        .until(
            "the page suffers",
            "return getComputedStyle(document.querySelector('aside h2')).letterSpacing === '3px'",
        )
        .await;
    assert_eq!(look().await, clean);
    choose(&reader, "hostile", "").await;
    reader
        .until(
            "the page is well again",
            "return getComputedStyle(document.querySelector('aside h2')).letterSpacing === 'normal'",
        )
        .await;
}

#[tokio::test]
async fn the_theme_and_language_switches_reach_the_card() {
    let demo = Demo::start().await;
    let reader = Browser::start().await;
    reader.open(&demo.url("")).await;
    let card = reader.card("#first");
    card.until_empty().await;
    choose(&reader, "theme", "dark").await;
    card.until("it is dark", "return getComputedStyle($('.card')).colorScheme === 'dark'").await;
    let dark = card.style(".card", "background-color").await;
    choose(&reader, "theme", "light").await;
    card.until("it is light", "return getComputedStyle($('.card')).colorScheme === 'light'").await;
    assert_ne!(card.style(".card", "background-color").await, dark);
    choose(&reader, "lang", "en").await;
    card.until_text("h3", "Comments").await;
    choose(&reader, "lang", "ar-MA").await;
    card.until_text("h3", "التعليقات").await;
}

#[tokio::test]
async fn the_second_card_comes_and_goes_and_has_a_conversation_of_its_own() {
    let demo = Demo::start().await;
    let reader = Browser::start().await;
    reader.open(&demo.url("")).await;
    let first = reader.card("#first");
    first.until_empty().await;
    choose(&reader, "second", "on").await;
    reader.run("document.querySelector('#second').scrollIntoView()", vec![]).await;
    let second = reader.card("#second");
    second.until_text(".title", "الخطّارات تعود إلى الواحة").await;
    second.until_empty().await;
    second.post("زائر", "في الثانية").await;
    second.until_comments(1).await;
    assert_eq!(first.count(".comment").await, 0);
    let paragraphs = second.count(".body p").await;
    assert!(paragraphs >= 5, "the wrapped lines are paragraphs again: {paragraphs}");
    choose(&reader, "second", "").await;
    reader.until("it is gone", "return !document.querySelector('#second')").await;
    // Where the driver gives no console, a page notes its own, and the demo page is as it is published.
    if can(Step::BrowsersConsole) {
        assert_eq!(reader.console().await, []);
    }
}

#[tokio::test]
async fn the_address_carries_the_choices() {
    let demo = Demo::start().await;
    let reader = Browser::start().await;
    reader.open(&demo.url("?theme=dark&hostile&second&lang=en")).await;
    let card = reader.card("#first");
    card.until_text("h3", "Comments").await;
    assert_eq!(card.style(".card", "color-scheme").await, "dark");
    assert_eq!(reader.run("return Boolean(document.querySelector('#second'))", vec![]).await, json!(true));
    let page = "return getComputedStyle(document.querySelector('aside h2')).letterSpacing";
    assert_eq!(reader.run(page, vec![]).await, json!("3px"));
}
