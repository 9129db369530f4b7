//! Listening, end to end: the page's own speech synthesis is a stand-in that keeps what it is given.

use fantoccini::key::Key;
use maqal_e2e::article::{PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::stage::Stage;
use serde_json::json;

/// A synthesis without a sound. What is cancelled is counted in the session, which outlives the page.
const SYNTHESIS: &str = r#"<script>
class Utterance {
  constructor(text) { Object.assign(this, { text, lang: "", voice: null }); }
  fire(type, more) { this[`on${type}`]?.(Object.assign(new Event(type), more)); }
}
class Synthesis extends EventTarget {
  voices = []; queue = []; given = []; paused = false;
  get speaking() { return this.queue.length > 0; }
  get pending() { return this.queue.length > 1; }
  getVoices() { return this.voices; }
  speak(utterance) { this.given.push({ text: utterance.text, lang: utterance.lang, voice: utterance.voice?.name }); this.queue.push(utterance); }
  cancel() { if (this.queue.length) sessionStorage.cancelled = Number(sessionStorage.cancelled ?? 0) + 1; this.queue = []; }
  pause() { this.paused = true; this.queue[0]?.fire("pause"); }
  resume() { this.paused = false; this.queue[0]?.fire("resume"); }
  install(lang, name) {
    this.voices = [...this.voices, { lang, name, voiceURI: name, default: false, localService: true }];
    this.dispatchEvent(new Event("voiceschanged"));
  }
  starts() { this.queue[0].fire("start"); }
  ends() { this.queue.shift().fire("end"); }
}
const define = (name, value) => Object.defineProperty(window, name, { configurable: true, writable: true, value });
define("speechSynthesis", new Synthesis());
define("SpeechSynthesisUtterance", Utterance);
</script>"#;

/// A page whose device has these voices, each `lang name`.
async fn reader_with(stage: &Stage, voices: &[(&str, &str)]) -> Browser {
    let voices: String =
        voices.iter().map(|(lang, name)| format!("speechSynthesis.install('{lang}', '{name}');")).collect();
    let head = format!("{SYNTHESIS}<script>{voices}</script>");
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &[], stage.html(&head, &stage.usual_card()));
    stage.put_page("/next", "");
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    reader
}

/// Tabs to the button that begins to read.
async fn tab_to_listen(reader: &Browser) {
    for _ in 0..12 {
        reader.keys(&char::from(Key::Tab).to_string()).await;
        let here =
            reader.card("maqal-card").run("return root.activeElement?.part.contains('listen') ?? false", vec![]).await;
        if here == json!(true) {
            return;
        }
    }
    panic!("the tabulator does not come to the button");
}

async fn press(reader: &Browser, key: Key) {
    reader.keys(&char::from(key).to_string()).await;
}

/// Reads what is given to the end, and returns each sentence with what is highlighted as it is heard.
async fn heard(card: Card<'_>) -> Vec<(String, String)> {
    let mut heard = Vec::new();
    let mut count = 0;
    loop {
        let given =
            "return speechSynthesis.queue.length > 0 || args[0] > 0 && !$('.tool[part~=listen] + .tool[part~=listen]')";
        card.until_with("a sentence is given, or it is over", given, vec![json!(count)]).await;
        let is_over = card.run("return speechSynthesis.queue.length === 0", vec![]).await == json!(true);
        if is_over {
            return heard;
        }
        let said = "const { text } = speechSynthesis.queue[0]; speechSynthesis.starts(); return text";
        let said = card.run(said, vec![]).await.as_str().unwrap_or_default().to_owned();
        let marked = "const marks = [...(CSS.highlights.get('maqal-listening') ?? [])]; return marks.length ? marks.map((range) => range.toString()).join('|') : null";
        let marked = card.until("a sentence is marked", marked).await.as_str().unwrap_or_default().to_owned();
        heard.push((said, marked));
        count += 1;
        card.run("speechSynthesis.ends()", vec![]).await;
    }
}

#[tokio::test]
async fn without_a_voice_of_the_language_there_is_nothing_to_press() {
    let stage = Stage::start().await;
    let reader = reader_with(&stage, &[("en-US", "Ava"), ("fr-FR", "Lea")]).await;
    let card = reader.card("maqal-card");
    card.find("[part~=share]").await;
    assert_eq!(card.count("[part~=listen]").await, 0);
    // Some devices fetch their voices late.
    reader.run("speechSynthesis.install('ar-SA', 'Majed')", vec![]).await;
    card.find("[part~=listen]").await;
}

#[tokio::test]
async fn the_keyboard_has_the_article_read_sentence_by_sentence_each_highlighted() {
    let stage = Stage::start().await;
    let reader = reader_with(&stage, &[("en-US", "Ava"), ("ar-SA", "Majed")]).await;
    let card = reader.card("maqal-card");
    tab_to_listen(&reader).await;
    press(&reader, Key::Enter).await;
    let heard = heard(card).await;
    let all: Vec<&str> = heard.iter().map(|(said, _)| said.trim()).collect();
    let text = [&[TITLE], &PARAGRAPHS[..]].concat();
    assert_eq!(
        all.join(" ").split_whitespace().collect::<Vec<_>>(),
        text.join(" ").split_whitespace().collect::<Vec<_>>()
    );
    assert_eq!(all[0], TITLE);
    assert!(all.len() >= text.len(), "a paragraph is a sentence at least: {all:?}");
    for (said, marked) in &heard {
        assert_eq!(marked.trim(), said.trim());
    }
    let voices = reader
        .run("return [...new Set(speechSynthesis.given.map(({ lang, voice }) => `${lang} ${voice}`))]", vec![])
        .await;
    assert_eq!(voices.as_array().map(Vec::len), Some(1), "{voices}");
    assert!(voices[0].as_str().is_some_and(|voice| voice.starts_with("ar") && voice.ends_with("Majed")), "{voices}");
    card.until("nothing is marked any more", "return !CSS.highlights.get('maqal-listening')?.size").await;
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn the_keyboard_pauses_goes_on_and_stops_where_it_is() {
    let stage = Stage::start().await;
    let reader = reader_with(&stage, &[("ar-SA", "Majed")]).await;
    let card = reader.card("maqal-card");
    tab_to_listen(&reader).await;
    press(&reader, Key::Enter).await;
    card.until("it speaks", "return speechSynthesis.queue.length > 0").await;
    card.run("speechSynthesis.starts(); speechSynthesis.ends()", vec![]).await;
    card.until("the second sentence is given", "return speechSynthesis.given.length === 2").await;
    let label = "return root.activeElement?.textContent.trim() === args[0]";
    card.until_with("the button pauses", label, vec![json!("إيقاف مؤقت")]).await;
    press(&reader, Key::Space).await;
    card.until_with("the button goes on", label, vec![json!("متابعة")]).await;
    assert_eq!(card.run("return speechSynthesis.queue.length", vec![]).await, json!(0));
    press(&reader, Key::Space).await;
    card.until("it speaks again", "return speechSynthesis.queue.length > 0").await;
    let again = "const { given } = speechSynthesis; return given.length === 3 && given[1].text === given[2].text";
    assert_eq!(card.run(again, vec![]).await, json!(true), "from the sentence that was interrupted");
    press(&reader, Key::Tab).await;
    card.until_with("the next button ends it", label, vec![json!("إنهاء")]).await;
    press(&reader, Key::Enter).await;
    card.until_with("the keyboard is back at the beginning", label, vec![json!("استمع")]).await;
    assert_eq!(card.run("return speechSynthesis.queue.length", vec![]).await, json!(0));
    assert_eq!(card.count("[part~=listen]").await, 1);
    assert_eq!(card.run("return CSS.highlights.get('maqal-listening')?.size ?? 0", vec![]).await, json!(0));
}

#[tokio::test]
async fn who_leaves_the_page_or_removes_the_card_hears_no_more() {
    let stage = Stage::start().await;
    for leave in ["page", "card"] {
        let reader = reader_with(&stage, &[("ar-SA", "Majed")]).await;
        let card = reader.card("maqal-card");
        tab_to_listen(&reader).await;
        press(&reader, Key::Space).await;
        card.until("it speaks", "return speechSynthesis.queue.length > 0").await;
        assert_eq!(reader.run("return sessionStorage.cancelled ?? null", vec![]).await, json!(null));
        if leave == "page" {
            reader.open(&stage.host.url("/next")).await;
        } else {
            reader.run("document.querySelector('maqal-card').remove()", vec![]).await;
        }
        reader.until("it is silent", "return Number(sessionStorage.cancelled ?? 0) >= 1").await;
    }
}
