//! A page that is translated while its card is read: what changes afterwards is right, and nothing breaks.

use maqal_e2e::article::TITLE;
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};

const TRANSLATOR: &str = include_str!("../src/translator.js");

/// What a reader reads: each piece of the card as a line, without the translator's brackets.
const PIECES: &str = "const pieces = ['.title', '.byline', '.body', 'h3', '.sort', 'ol .comment', '.composer', '.fresh', '.note'];
    return pieces.flatMap((css) => $$(css)).map((e) => e.textContent.replace(/[⟦⟧]/g, '').replace(/\\s+/g, ' ').trim())";

/// Has a translator of this way go over the page from now on.
async fn translate(reader: &Browser, way: &str) {
    let script = format!("{TRANSLATOR}\nwindow.original = translate(arguments[0]);");
    reader.run(&script, vec![json!(way)]).await;
    reader.until("it has translated the card", "return window.translations > 20").await;
}

/// Waits until the card reads as one does that nobody has translated.
async fn until_reads_as(card: Card<'_>, original: Card<'_>, what: &str) {
    let expected = original.run(PIECES, vec![]).await;
    let same = PIECES.replace("return pieces", "const now = pieces")
        + "; window.now = now; return JSON.stringify(now) === JSON.stringify(args[0])";
    let is_same = async || card.run(&same, vec![expected.clone()]).await == json!(true);
    let end = std::time::Instant::now() + maqal_e2e::wait::SOON;
    while !is_same().await {
        if std::time::Instant::now() > end {
            let now = card.run(PIECES, vec![]).await;
            assert_eq!(now, expected, "{what}");
        }
        tokio::time::sleep(maqal_e2e::wait::PAUSE).await;
    }
}

/// Does what a reader may do, in a page that is translated in this `way`, beside one that is not.
async fn goes_on_in(way: &str) {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 3).await;
    let (reader, other) = tokio::join!(stage.reader(), stage.reader());
    let (card, original) = (reader.card("maqal-card"), other.card("maqal-card"));
    for card in [card, original] {
        card.until_text(".title", TITLE).await;
        card.until_comments(3).await;
    }
    translate(&reader, way).await;
    until_reads_as(card, original, "translated").await;

    // A sentence for an empty text, and its end.
    for card in [card, original] {
        card.press("button.send").await;
        card.until("the form says what is missing", "return $$('.refusals, .refusal').length > 0").await;
    }
    until_reads_as(card, original, "refused").await;
    card.post("هند", "كُتب في صفحة مترجمة").await;
    card.until_comments(4).await;
    original.run("localStorage.clear(); host.remove()", vec![]).await;
    other.reload().await;
    original.until_comments(4).await;
    let (head, said) = ("return $('h3 small').textContent.replace(/[⟦⟧]/g, '')", json!("٤"));
    assert_eq!(card.run(head, vec![]).await, said, "{way}: the count is told once");

    // Likes, a reply's form, the answer's way back, a comment of others.
    for card in [card, original] {
        card.run("$$('button.like').at(-1).click()", vec![]).await;
        card.until("it is liked", "return /[١٢]/.test($$('button.like').at(-1).textContent)").await;
    }
    card.run("$('button[data-act=reply]')?.click()", vec![]).await;
    card.run("host.lang = 'en'", vec![]).await;
    card.until("the card speaks English", "return $('h3').textContent.includes('Comments')").await;
    card.run("host.removeAttribute('lang')", vec![]).await;
    card.until("the card speaks Arabic", "return $('h3').textContent.includes('التعليقات')").await;
    stage.endpoint.post(THREAD, "قارئ آخر", "كتبتُ في الأثناء", "another-readers-key-0001").await;
    for card in [card, original] {
        card.run("host.reload()", vec![]).await;
        card.until("it is there", "return $$('ol .comment').length === 5 && !$('.skeleton')").await;
    }

    // All of it back, by the translator itself, and once more from the start.
    reader.run("window.original(); window.translations = 0", vec![]).await;
    translate(&reader, way).await;
    card.run("host.src = '/nothing.json'", vec![]).await;
    card.until("the article's failure is told", "return $('.note')?.textContent.includes('تعذّر')").await;
    card.run("host.src = args[0]", vec![json!(maqal_e2e::stage::ARTICLE)]).await;
    card.until("the article is back", "return $('.title') && !$('.note')").await;
    card.run("window.kept = host; host.remove()", vec![]).await;
    reader.until("it has left", "return window.kept.shadowRoot.childElementCount === 1").await;
    reader.run("document.body.prepend(window.kept)", vec![]).await;
    card.until_comments(5).await;
    card.post("هند", "وهذا بعد العودة").await;
    card.until_comments(6).await;
    assert_eq!(card.count(".broken").await, 0, "{way}");
    let errors = reader.heard_of("maqal:error").await;
    assert!(errors.iter().all(|error| error["code"] == "article"), "{way}: {errors:?}");
    let panics = "return heard.filter(({ detail }) => detail.code === 'broken').length";
    assert_eq!(reader.run(panics, vec![]).await, Value::from(0));
    let severe: Vec<_> =
        reader.console().await.into_iter().filter(|line| !line.message.contains("nothing.json")).collect();
    assert_eq!(severe, [], "{way}");
}

#[tokio::test]
async fn a_card_whose_texts_a_translator_replaces_goes_on() {
    goes_on_in("replace").await;
}

#[tokio::test]
async fn a_card_whose_translations_are_replaced_in_turn_goes_on() {
    goes_on_in("again").await;
}

#[tokio::test]
async fn a_card_whose_texts_go_after_their_translation_has_come_goes_on() {
    goes_on_in("beside").await;
}

#[tokio::test]
async fn a_card_whose_texts_go_before_their_translation_comes_goes_on() {
    goes_on_in("late").await;
}

#[tokio::test]
async fn a_card_whose_texts_are_wrapped_goes_on() {
    goes_on_in("wrap").await;
}

#[tokio::test]
async fn a_card_whose_texts_are_emptied_goes_on() {
    goes_on_in("empty").await;
}

#[tokio::test]
async fn a_card_whose_elements_are_written_anew_goes_on() {
    goes_on_in("rewrite").await;
}
