//! Listening: a voice of the article's language reads it sentence by sentence, and each is highlighted as it is heard.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use leptos::html;
use leptos::prelude::*;
use maqal::article::listen;
use maqal::i18n::Timestamp;
use maqal::outward::{Fault, FaultCode, Outgoing, Outward};
use maqal::settings::HeadingLevel;
use maqal::ui::CardContext;
use support::pause;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

// A synthesis without a sound: what it is given is kept, and the test says when an utterance starts and ends.
#[wasm_bindgen(inline_js = r#"
class Utterance {
  constructor(text) { Object.assign(this, { text, lang: "", voice: null }); }
  fire(type, more) { this[`on${type}`]?.(Object.assign(new Event(type), more)); }
}
class Synthesis extends EventTarget {
  voices = []; queue = []; given = []; gone = []; cancels = 0; paused = false;
  get speaking() { return this.queue.length > 0; }
  get pending() { return this.queue.length > 1; }
  getVoices() { return this.voices; }
  speak(utterance) {
    this.given.push(`${utterance.lang} ${utterance.voice?.name}: ${utterance.text}`);
    this.queue.push(utterance);
  }
  cancel() { this.cancels += 1; this.gone.push(...this.queue); this.queue = []; }
  pause() { this.paused = true; }
  resume() { this.paused = false; }
}
let synthesis;
const define = (target, name, value) => Object.defineProperty(target, name, { configurable: true, writable: true, value });
export function fresh(present) {
  synthesis = new Synthesis();
  define(window, "speechSynthesis", present ? synthesis : undefined);
  define(window, "SpeechSynthesisUtterance", Utterance);
  CSS.highlights.clear();
}
// Each: "lang name", a star for the default, a tilde for one that is not on the device.
export function voices(list) {
  synthesis.voices = list.map((voice) => {
    const [lang, name] = voice.replace(/[*~]/g, "").split(" ");
    return { lang, name, voiceURI: name, default: voice.includes("*"), localService: !voice.includes("~") };
  });
  synthesis.dispatchEvent(new Event("voiceschanged"));
}
export function given() { return synthesis.given; }
export function queued() { return synthesis.queue.map(({ text }) => text); }
export function cancels() { return synthesis.cancels; }
export function is_paused() { return synthesis.paused; }
export function starts() { synthesis.queue[0].fire("start"); }
export function ends() { synthesis.queue.shift().fire("end"); }
export function fails(error) { synthesis.queue.shift().fire("error", { error }); }
export function late() { for (const gone of synthesis.gone) for (const type of ["start", "error", "end"]) gone.fire(type, { error: "interrupted" }); }
export function another_script_cancels() {
  const queue = synthesis.queue;
  synthesis.cancel();
  for (const utterance of queue) utterance.fire("error", { error: "interrupted" });
}
export function another_script_pauses() { synthesis.pause(); synthesis.queue[0]?.fire("pause"); }
export function another_script_speaks(text) { synthesis.speak(new Utterance(text)); }
export function highlighted() { return [...(CSS.highlights.get("maqal-listening") ?? [])].map((range) => range.toString()); }

// Takes a global away, or sets it; returns what puts it back.
export function replace(target, name, value) {
  const owner = { window, CSS, Intl }[target];
  const former = Object.getOwnPropertyDescriptor(owner, name);
  define(owner, name, value);
  return () => (former ? Object.defineProperty(owner, name, former) : delete owner[name]);
}
export function less_motion() { return replace("window", "matchMedia", () => ({ matches: true })); }
"#)]
extern "C" {
    fn fresh(present: bool);
    #[wasm_bindgen(js_name = voices)]
    fn set_voices(list: Vec<String>);
    fn given() -> Array;
    fn queued() -> Array;
    fn cancels() -> u32;
    fn is_paused() -> bool;
    fn starts();
    fn ends();
    fn fails(error: &str);
    fn late();
    fn another_script_cancels();
    fn another_script_pauses();
    fn another_script_speaks(text: &str);
    fn highlighted() -> Array;
    fn replace(target: &str, name: &str, value: &JsValue) -> js_sys::Function;
    fn less_motion() -> js_sys::Function;
}

fn voices(list: &[&str]) {
    set_voices(list.iter().map(|voice| (*voice).to_owned()).collect());
}

fn texts(list: &Array) -> Vec<String> {
    list.iter().map(|text| text.as_string().unwrap()).collect()
}

/// What was given to be spoken, without its voice.
fn spoken() -> Vec<String> {
    texts(&given()).into_iter().map(|line| line.split_once(": ").unwrap().1.to_owned()).collect()
}

/// The controls beside an article, in a shadow root.
struct Stand {
    host: HtmlElement,
    root: Element,
    mounted: Option<Box<dyn Any>>,
    faults: Rc<RefCell<Vec<Fault>>>,
    revealed: Rc<Cell<u32>>,
}

impl Stand {
    fn new(card: &'static str, language: Option<&str>, article: &str) -> Self {
        let document = document();
        let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&host).unwrap();
        let shadow = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
        let root = document.create_element("div").unwrap();
        shadow.append_child(&root).unwrap();
        let (faults, revealed) = (Rc::new(RefCell::new(Vec::new())), Rc::new(Cell::new(0)));
        let language = language.map(str::to_owned);
        let mounted = {
            let (faults, revealed, shown) = (faults.clone(), revealed.clone(), root.clone());
            leptos::mount::mount_to(root.clone().unchecked_into(), move || {
                let card = CardContext {
                    heading: Memo::new(|_| HeadingLevel::default()),
                    locale: Memo::new(move |_| support::locale(card)),
                    now: RwSignal::new(Timestamp::now()),
                    outward: Outward::new(move |outgoing| {
                        if let Outgoing::Fault(fault) = outgoing {
                            faults.borrow_mut().push(fault);
                        }
                    }),
                };
                let text = NodeRef::new();
                let reveal = move || {
                    revealed.set(revealed.get() + 1);
                    shown.query_selector("[hidden]").unwrap().unwrap().remove_attribute("hidden").unwrap();
                };
                (listen::controls(text, language, card, reveal), html::article().node_ref(text))
            })
        };
        root.query_selector("article").unwrap().unwrap().set_inner_html(article);
        Self { host, root, mounted: Some(Box::new(mounted)), faults, revealed }
    }

    fn labels(&self) -> Vec<String> {
        let buttons = self.root.query_selector_all("button").unwrap();
        (0..buttons.length()).map(|index| buttons.item(index).unwrap().text_content().unwrap()).collect()
    }

    /// Presses the button of this label.
    async fn press(&self, label: &str) {
        let buttons = self.root.query_selector_all("button").unwrap();
        let button = (0..buttons.length()).map(|index| buttons.item(index).unwrap());
        let button = button.into_iter().find(|button| button.text_content().as_deref() == Some(label));
        button.unwrap_or_else(|| panic!("no {label} in {:?}", self.labels())).unchecked_into::<HtmlElement>().click();
        pause().await;
    }

    fn get(&self, selector: &str) -> HtmlElement {
        self.root.query_selector(selector).unwrap().unwrap().unchecked_into()
    }

    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    fn detach(&mut self) {
        self.mounted.take();
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.mounted.take();
        self.host.remove();
    }
}

const ARTICLE: &str = "<h2 class=title>قوارب الفجر</h2><p class=lead>مبادرة محلية.</p>\
    <div class=body><p>خرج الصيّادون. عادوا مساءً!</p><p>وانتهى اليوم.</p></div>";

/// Hears out whatever is spoken, to the end.
async fn hear_all() {
    while queued().length() > 0 {
        starts();
        ends();
        pause().await;
    }
}

/// An Arabic card beside `article`, on a device with one Arabic voice.
async fn with_arabic_voice(article: &str) -> Stand {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let stand = Stand::new("ar", None, article);
    pause().await;
    stand
}

#[wasm_bindgen_test]
async fn there_is_nothing_to_see_without_a_synthesis_or_without_a_voice_of_the_language() {
    fresh(false);
    let stand = Stand::new("ar", None, ARTICLE);
    pause().await;
    assert_eq!((stand.count("button"), stand.count(".listen")), (0, 0));

    fresh(true);
    voices(&["en-US Ann*", "arq Algerian", "fa-IR Dara"]);
    let stand = Stand::new("ar", None, ARTICLE);
    pause().await;
    assert_eq!((stand.count("button"), stand.count(".listen")), (0, 0));
}

#[wasm_bindgen_test]
async fn the_button_comes_with_a_voice_and_goes_with_it() {
    fresh(true);
    let stand = Stand::new("ar", None, ARTICLE);
    pause().await;
    assert_eq!(stand.labels(), Vec::<String>::new());
    voices(&["ar-SA Majed"]);
    pause().await;
    assert_eq!(stand.labels(), ["استمع"]);
    stand.press("استمع").await;
    starts();
    voices(&["en-US Ann"]);
    pause().await;
    assert_eq!(stand.labels(), Vec::<String>::new());
    assert_eq!((queued().length(), highlighted().length()), (0, 0));
}

#[wasm_bindgen_test]
async fn the_voice_is_of_the_region_then_of_the_device() {
    fresh(true);
    voices(&["en-MA Ann*", "ar-SA Majed*", "ar-EG Remote~", "ar-EG Salma", "ar-EG Hoda"]);
    let stand = Stand::new("en", Some("ar-EG"), ARTICLE);
    pause().await;
    stand.press("Listen").await;
    assert_eq!(texts(&given()), ["ar-EG Salma: قوارب الفجر"]);
    drop(stand);

    let stand = Stand::new("ar-EG", Some("ar"), ARTICLE);
    pause().await;
    stand.press("استمع").await;
    assert_eq!(texts(&given())[1], "ar-EG Salma: قوارب الفجر", "the card's region helps where the article has none");
}

#[wasm_bindgen_test]
async fn a_voice_and_an_article_that_write_their_region_with_an_underscore_are_understood() {
    fresh(true);
    voices(&["ar_SA Majed", "ar_EG Salma"]);
    let stand = Stand::new("ar", Some("ar_EG"), ARTICLE);
    pause().await;
    stand.press("استمع").await;
    assert_eq!(texts(&given()), ["ar-EG Salma: قوارب الفجر"]);
}

#[wasm_bindgen_test]
async fn an_english_article_in_an_arabic_card_has_an_english_voice() {
    fresh(true);
    voices(&["ar-SA Majed*", "en-GB Ann"]);
    let stand = Stand::new("ar", Some("en"), "<div class=body><p>Ask Dr. Smith. He knows.</p></div>");
    pause().await;
    stand.press("استمع").await;
    hear_all().await;
    assert_eq!(texts(&given()), ["en-GB Ann: Ask Dr. Smith.", "en-GB Ann: He knows."]);
}

#[wasm_bindgen_test]
async fn title_lead_and_text_are_read_sentence_by_sentence_to_the_end() {
    let stand = with_arabic_voice(ARTICLE).await;
    stand.press("استمع").await;
    for sentence in ["قوارب الفجر", "مبادرة محلية.", "خرج الصيّادون.", "عادوا مساءً!", "وانتهى اليوم."]
    {
        assert_eq!(texts(&queued()), [sentence], "one at a time");
        starts();
        assert_eq!(texts(&highlighted()), [sentence]);
        assert_eq!(stand.labels(), ["إيقاف مؤقت", "إنهاء"]);
        ends();
        pause().await;
    }
    assert_eq!(stand.labels(), ["استمع"]);
    assert_eq!((queued().length(), highlighted().length(), cancels()), (0, 0, 0));
    stand.press("استمع").await;
    assert_eq!(texts(&queued()), ["قوارب الفجر"], "from the beginning again");
}

#[wasm_bindgen_test]
async fn what_is_no_running_text_is_passed_over_and_no_sentence_goes_across_blocks() {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let stand = Stand::new(
        "ar",
        None,
        "<p class=kicker>بيئة</p><h2 class=title>عنوان</h2><div class=by>سلمى</div><div class=body>\
         <p>زارنا أ. د. سالم<sup><a href='#n1'>١</a></sup> أمس\nمساءً. ثم <b>عاد</b>.</p>\
         <pre>let x = 1;</pre><div class=scroll><table><tr><td>خليّة</td></tr></table></div>\
         <figure><img alt=ميناء><figcaption>الميناء</figcaption></figure>\
         <figure class=embed><button>شغّل</button><figcaption><a>مقطع</a></figcaption></figure>\
         <ul><li>أول<ul><li>فرع</li></ul>تتمة</li><li>ثانٍ</li></ul>\
         <p class=verse><span>صدر البيت</span><span>عجز البيت</span></p><p>سطر<br>آخر</p>\
         <p>مساحة ٥ م<sup>٢</sup> فقط</p><p aria-hidden=true>خفيّ</p><p>***</p>\
         <details><summary>خلاصة</summary><p>مطويّ</p></details></div>",
    );
    pause().await;
    stand.press("استمع").await;
    hear_all().await;
    assert_eq!(
        spoken(),
        [
            "عنوان",
            "زارنا أ. د. سالم أمس مساءً.",
            "ثم عاد.",
            "أول",
            "فرع",
            "تتمة",
            "ثانٍ",
            "صدر البيت",
            "عجز البيت",
            "سطر",
            "آخر",
            "مساحة ٥ م٢ فقط",
            "خلاصة"
        ]
    );
}

#[wasm_bindgen_test]
async fn the_highlight_covers_the_sentence_across_its_markup_and_nothing_else() {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let body = "<div class=body><p>أولًا. قال <b>ياسين</b><sup><a>١</a></sup> نعــم 😀. أخيرًا.</p></div>";
    let stand = Stand::new("ar", None, body);
    pause().await;
    stand.press("استمع").await;
    starts();
    assert_eq!(texts(&highlighted()), ["أولًا."]);
    ends();
    starts();
    assert_eq!(texts(&highlighted()), ["قال ", "ياسين", " نعــم 😀."]);
    assert_eq!(spoken()[1], "قال ياسين نعم 😀.", "a voice gets no tatweel");
    ends();
    starts();
    assert_eq!(texts(&highlighted()), ["أخيرًا."]);
    assert_eq!(
        stand.get(".body").inner_html(),
        body["<div class=body>".len()..body.len() - 6],
        "no element is touched"
    );
}

#[wasm_bindgen_test]
async fn a_pause_keeps_its_place() {
    let stand = with_arabic_voice(ARTICLE).await;
    stand.press("استمع").await;
    starts();
    ends();
    starts();
    stand.press("إيقاف مؤقت").await;
    assert_eq!((queued().length(), cancels()), (0, 1));
    assert_eq!(stand.labels(), ["متابعة", "إنهاء"]);
    assert_eq!(texts(&highlighted()), ["مبادرة محلية."], "the place stays visible");
    late();
    pause().await;
    assert_eq!(queued().length(), 0, "what a cancelled utterance tells is of no interest");
    assert_eq!(stand.labels(), ["متابعة", "إنهاء"]);
    stand.press("متابعة").await;
    assert_eq!(texts(&queued()), ["مبادرة محلية."]);
    starts();
    ends();
    assert_eq!(texts(&queued()), ["خرج الصيّادون."]);
}

#[wasm_bindgen_test]
async fn an_end_clears_all_and_keeps_the_keyboard() {
    let stand = with_arabic_voice(ARTICLE).await;
    stand.press("استمع").await;
    starts();
    let stop = stand.get(".tool + .tool");
    stop.focus().unwrap();
    stop.click();
    assert!(stand.get(".tool").matches(":focus").unwrap(), "it is on the button that stays");
    pause().await;
    assert_eq!(stand.labels(), ["استمع"]);
    assert_eq!((queued().length(), highlighted().length(), cancels()), (0, 0, 1));
    late();
    assert_eq!(queued().length(), 0);
}

#[wasm_bindgen_test]
async fn a_press_leaves_the_button_where_it_is() {
    let stand = with_arabic_voice(ARTICLE).await;
    let button = stand.get(".tool");
    button.focus().unwrap();
    button.click();
    pause().await;
    assert_eq!(button.text_content().as_deref(), Some("إيقاف مؤقت"));
    assert!(button.matches(":focus").unwrap());
}

#[wasm_bindgen_test]
async fn one_card_speaks_at_a_time() {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let one = Stand::new("ar", None, ARTICLE);
    let two = Stand::new("ar", None, "<h2 class=title>غيره</h2>");
    pause().await;
    one.press("استمع").await;
    starts();
    two.press("استمع").await;
    starts();
    assert_eq!((one.labels(), two.labels()), (vec!["استمع".to_owned()], vec!["إيقاف مؤقت".into(), "إنهاء".into()]));
    assert_eq!((texts(&queued()), texts(&highlighted())), (vec!["غيره".to_owned()], vec!["غيره".into()]));
    late();
    ends();
    pause().await;
    assert_eq!((queued().length(), highlighted().length()), (0, 0));
}

#[wasm_bindgen_test]
async fn a_paused_card_keeps_its_place_while_another_speaks() {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let one = Stand::new("ar", None, ARTICLE);
    let two = Stand::new("ar", None, "<h2 class=title>غيره</h2>");
    pause().await;
    one.press("استمع").await;
    starts();
    one.press("إيقاف مؤقت").await;
    two.press("استمع").await;
    starts();
    one.press("إنهاء").await;
    assert_eq!(texts(&queued()), ["غيره"], "it is not the paused one that speaks");
    assert_eq!(texts(&highlighted()), ["غيره"]);
}

#[wasm_bindgen_test]
async fn a_card_that_goes_falls_silent_and_one_that_did_not_speak_silences_nobody() {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let mut one = Stand::new("ar", None, ARTICLE);
    let mut two = Stand::new("ar", None, ARTICLE);
    pause().await;
    one.press("استمع").await;
    starts();
    two.detach();
    assert_eq!((cancels(), queued().length()), (0, 1));
    one.detach();
    assert_eq!((cancels(), queued().length(), highlighted().length()), (1, 0, 0));
    late();
    voices(&["ar-EG Salma"]);
    assert_eq!(spoken().len(), 1);
}

#[wasm_bindgen_test]
async fn a_page_that_is_left_falls_silent() {
    let stand = with_arabic_voice(ARTICLE).await;
    window().dispatch_event(&web_sys::Event::new("pagehide").unwrap()).unwrap();
    assert_eq!(cancels(), 0);
    stand.press("استمع").await;
    window().dispatch_event(&web_sys::Event::new("pagehide").unwrap()).unwrap();
    pause().await;
    assert_eq!((cancels(), queued().length()), (1, 0));
    assert_eq!(stand.labels(), ["استمع"], "as the page is when it is come back to");
}

#[wasm_bindgen_test]
async fn a_failed_voice_is_a_sentence_with_a_way_on() {
    fresh(true);
    voices(&["ar-SA Majed~"]);
    let stand = Stand::new("ar", None, ARTICLE);
    pause().await;
    stand.press("استمع").await;
    starts();
    ends();
    for (code, sentence) in
        [("network", "اتصال بالإنترنت"), ("not-allowed", "لم يسمح المتصفح"), ("voice-unavailable", "خلل في الصوت")]
    {
        fails(code);
        pause().await;
        assert!(stand.get(".note[role=alert]").text_content().unwrap().contains(sentence), "{code}");
        assert!(stand.get(".note").text_content().unwrap().contains("«متابعة»"));
        assert_eq!(stand.labels(), ["متابعة", "إنهاء"]);
        let fault = stand.faults.borrow().last().cloned().unwrap();
        assert_eq!((fault.code, fault.code.as_str()), (FaultCode::Listen, "listen"));
        assert!(fault.message.contains(code) && fault.message.contains("Majed (ar-SA)"), "{}", fault.message);
        stand.press("متابعة").await;
        assert_eq!(stand.count(".note"), 0);
        assert_eq!(texts(&queued()), ["مبادرة محلية."], "from the same sentence");
    }
    assert_eq!(stand.faults.borrow().len(), 3);
}

#[wasm_bindgen_test]
async fn another_script_that_cancels_or_pauses_leaves_a_paused_reading() {
    let stand = with_arabic_voice(ARTICLE).await;
    stand.press("استمع").await;
    starts();
    another_script_cancels();
    pause().await;
    assert_eq!(stand.labels(), ["متابعة", "إنهاء"]);
    assert_eq!((stand.count(".note"), stand.faults.borrow().len()), (0, 0));

    stand.press("متابعة").await;
    starts();
    another_script_pauses();
    pause().await;
    assert_eq!(stand.labels(), ["متابعة", "إنهاء"]);
    stand.press("متابعة").await;
    assert_eq!(texts(&queued()), ["قوارب الفجر"]);
    assert!(!is_paused(), "a paused synthesis would say nothing");
}

#[wasm_bindgen_test]
async fn what_the_reader_asks_for_comes_before_what_the_page_says() {
    let stand = with_arabic_voice(ARTICLE).await;
    another_script_speaks("welcome");
    stand.press("استمع").await;
    assert_eq!(texts(&queued()), ["قوارب الفجر"]);
    another_script_speaks("again");
    starts();
    ends();
    assert_eq!(texts(&highlighted()), ["قوارب الفجر"], "the next is not highlighted before it is heard");
    ends();
    starts();
    assert_eq!(texts(&highlighted()), ["مبادرة محلية."]);
}

#[wasm_bindgen_test]
async fn what_stands_folded_is_opened_when_it_is_reached() {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let stand = Stand::new(
        "ar",
        None,
        "<div class=body><p>ظاهر.</p><div class=rest-of-text hidden=until-found><p>مطويّ.</p><p>وبعده.</p></div></div>",
    );
    pause().await;
    stand.press("استمع").await;
    starts();
    assert_eq!(stand.revealed.get(), 0);
    ends();
    assert_eq!((stand.revealed.get(), texts(&queued())), (1, vec!["مطويّ.".to_owned()]));
    hear_all().await;
    assert_eq!((stand.revealed.get(), spoken().len()), (1, 3), "it is opened once");
}

#[wasm_bindgen_test]
async fn a_browser_without_custom_highlights_marks_the_block() {
    fresh(true);
    let restore = replace("CSS", "highlights", &JsValue::UNDEFINED);
    voices(&["ar-SA Majed"]);
    let stand = Stand::new("ar", None, ARTICLE);
    pause().await;
    stand.press("استمع").await;
    starts();
    let first = stand.get(".title").class_name();
    ends();
    starts();
    let second = (stand.get(".title").class_name(), stand.get(".lead").class_name());
    stand.press("إنهاء").await;
    let left = stand.count(".heard");
    restore.call0(&JsValue::NULL).unwrap();
    assert_eq!((first, second), ("title heard".into(), ("title".into(), "lead heard".into())));
    assert_eq!(left, 0);
}

#[wasm_bindgen_test]
async fn a_browser_without_a_segmenter_reads_the_same_sentences() {
    fresh(true);
    let restore = replace("Intl", "Segmenter", &JsValue::UNDEFINED);
    voices(&["ar-SA Majed"]);
    let stand = Stand::new("ar", None, ARTICLE);
    pause().await;
    stand.press("استمع").await;
    hear_all().await;
    restore.call0(&JsValue::NULL).unwrap();
    assert_eq!(spoken(), ["قوارب الفجر", "مبادرة محلية.", "خرج الصيّادون.", "عادوا مساءً!", "وانتهى اليوم."]);
}

/// How far a new block below the window has been scrolled to, where the reader is at `away` from the top when it begins.
async fn scrolled_to(away: f64) -> f64 {
    fresh(true);
    voices(&["ar-SA Majed"]);
    let height = window().inner_height().unwrap().as_f64().unwrap();
    let tall = format!("<div style='block-size: {}px'></div>", height * 4.0);
    let stand =
        Stand::new("ar", None, &format!("<p class=lead>أعلى.</p>{tall}<div class=body><p>أسفل.</p>{tall}</div>"));
    pause().await;
    window().scroll_to_with_x_and_y(0.0, 0.0);
    stand.press("استمع").await;
    starts();
    ends();
    window().scroll_to_with_x_and_y(0.0, away * height);
    starts();
    let at = window().scroll_y().unwrap() / height;
    window().scroll_to_with_x_and_y(0.0, 0.0);
    at
}

#[wasm_bindgen_test]
async fn a_new_block_comes_into_view_for_one_who_reads_along_only() {
    let restore = less_motion();
    let (along, away) = (scrolled_to(0.0).await, scrolled_to(2.0).await);
    restore.call0(&JsValue::NULL).unwrap();
    assert!(along > 2.5, "{along}");
    assert!((away - 2.0).abs() < 0.1, "{away}");
}
