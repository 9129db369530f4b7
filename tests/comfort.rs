//! The reader's comfort: what is chosen in the menu holds at once, for all cards, at the next visit and in other tabs; and
//! how the theme comes about from the host, the reader and the system.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, clear_storage, key};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
const system = new EventTarget();
system.matches = false;
const matchMedia = window.matchMedia.bind(window);
window.matchMedia = (query) => (query === "(prefers-color-scheme: dark)" ? system : matchMedia(query));
let listeners = 0;
for (const [name, by] of [["addEventListener", 1], ["removeEventListener", -1]]) {
  const original = system[name].bind(system);
  system[name] = (...rest) => {
    listeners += by;
    original(...rest);
  };
}
export function prefer_dark(is_dark) {
  system.matches = is_dark;
  system.dispatchEvent(new Event("change"));
}
export function system_listeners() { return listeners; }
// What another tab keeps: this one hears of it, as browsers tell.
export function keep_elsewhere(key, value) {
  if (value === undefined) localStorage.clear();
  else localStorage.setItem(key, value);
  window.dispatchEvent(new StorageEvent("storage", { key: value === undefined ? null : key, newValue: value }));
}
const setItem = Storage.prototype.setItem;
export function deny_storage(is_denied) {
  Storage.prototype.setItem = is_denied ? () => { throw new DOMException("denied", "QuotaExceededError"); } : setItem;
}
export function press_outside() { document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true })); }
"#)]
extern "C" {
    fn prefer_dark(is_dark: bool);
    fn system_listeners() -> i32;
    fn keep_elsewhere(key: &str, value: Option<&str>);
    fn deny_storage(is_denied: bool);
    fn press_outside();
}

const KEY: &str = "maqal:comfort";

async fn card(attributes: &[(&str, &str)]) -> TestCard {
    let attributes: Vec<_> = [("endpoint", "https://t.example/none")].iter().chain(attributes).copied().collect();
    let card = TestCard::new(&attributes, "<h1>عنوان</h1><p>نصّ.</p><h2>فصل</h2><p>نصّ.</p><h3>فرع</h3><p>نصّ.</p>");
    card.until("the article", |c| c.count(".title") == 1).await;
    card
}

fn attribute(card: &TestCard, name: &str) -> String {
    card.get(&format!("[{name}].card, [{name}].container")).get_attribute(name).unwrap()
}

/// The theme, the size and the spacing that show.
fn looks(card: &TestCard) -> [String; 3] {
    ["data-theme", "data-text-size", "data-line-spacing"].map(|name| attribute(card, name))
}

/// Chooses the radio button of a group by its place.
fn choose(card: &TestCard, group: &str, at: u32) {
    let buttons = card.host.shadow_root().unwrap().query_selector_all(&format!("input[name='{group}']")).unwrap();
    buttons.item(at).unwrap().unchecked_into::<HtmlInputElement>().click();
}

fn chosen(card: &TestCard, group: &str) -> Vec<bool> {
    let buttons = card.host.shadow_root().unwrap().query_selector_all(&format!("input[name='{group}']")).unwrap();
    (0..buttons.length()).map(|at| buttons.item(at).unwrap().unchecked_into::<HtmlInputElement>().checked()).collect()
}

fn kept() -> Option<String> {
    web_sys::window().unwrap().local_storage().unwrap().unwrap().get_item(KEY).unwrap()
}

fn is_open(card: &TestCard) -> bool {
    let expanded = card.get(".comfort > .tool").get_attribute("aria-expanded").unwrap() == "true";
    assert_eq!(expanded, !card.get(".comfort-menu").has_attribute("hidden"));
    expanded
}

#[wasm_bindgen_test]
async fn the_system_decides_where_nobody_else_does_and_is_followed_while_the_card_lives() {
    clear_storage();
    let before = system_listeners();
    let card = card(&[]).await;
    assert_eq!(attribute(&card, "data-theme"), "light");
    prefer_dark(true);
    card.until("dark", |c| attribute(c, "data-theme") == "dark").await;
    assert_eq!(attribute(&card, "part"), "card dark");
    card.set("theme", "sepia");
    card.until("the host's", |c| attribute(c, "data-theme") == "sepia").await;
    card.set("theme", "auto");
    card.until("the system's", |c| attribute(c, "data-theme") == "dark").await;
    prefer_dark(false);
    card.until("light", |c| attribute(c, "data-theme") == "light").await;
    drop(card);
    assert_eq!(system_listeners(), before, "a card that has gone listens no more");
}

#[wasm_bindgen_test]
async fn what_a_reader_chooses_holds_at_once_for_all_cards_and_at_the_next_visit() {
    clear_storage();
    let (one, two) = (card(&[("theme", "dark")]).await, card(&[]).await);
    assert_eq!(chosen(&one, "theme"), [false, false, false, true], "what the host set is what stands chosen");
    one.click(".comfort > .tool");
    choose(&one, "theme", 2);
    choose(&one, "line-spacing", 1);
    one.click(".larger");
    one.click(".larger");
    for card in [&one, &two] {
        card.until("the reader's looks", |c| looks(c) == ["sepia", "130", "wide"]).await;
        assert_eq!(chosen(card, "theme"), [false, false, true, false]);
    }
    assert!(is_open(&one), "choosing leaves the menu open: the next choice may be at hand");
    drop((one, two));
    let later = card(&[("theme", "light")]).await;
    assert_eq!(looks(&later), ["sepia", "130", "wide"]);
    assert_eq!(chosen(&later, "line-spacing"), [false, true, false]);
}

#[wasm_bindgen_test]
async fn sizes_are_told_and_end() {
    clear_storage();
    let card = card(&[]).await;
    assert_eq!(card.text(".sizes [role='status']"), "حجم النص ١٠٠٪");
    card.click(".smaller");
    card.until("smaller", |c| c.text(".sizes [role='status']") == "حجم النص ٨٥٪").await;
    let off = |card: &TestCard, button: &str| card.get(button).has_attribute("aria-disabled");
    assert_eq!((off(&card, ".smaller"), off(&card, ".larger")), (true, false));
    card.click(".smaller");
    for _ in 0..6 {
        card.click(".larger");
    }
    card.until("the largest", |c| looks(c)[1] == "175").await;
    assert_eq!((off(&card, ".smaller"), off(&card, ".larger")), (false, true));
    assert_eq!(card.get(".larger").get_attribute("aria-label").as_deref(), Some("نص أكبر"));
}

#[wasm_bindgen_test]
async fn what_is_chosen_in_another_tab_shows_here_too() {
    clear_storage();
    let card = card(&[]).await;
    keep_elsewhere(KEY, Some("text-size=150 theme=dark"));
    card.until("its looks", |c| looks(c) == ["dark", "150", "normal"]).await;
    keep_elsewhere(KEY, None);
    card.until("all is forgotten", |c| looks(c) == ["light", "100", "normal"]).await;
}

#[wasm_bindgen_test]
async fn where_the_device_keeps_nothing_a_choice_holds_as_long_as_the_page() {
    clear_storage();
    deny_storage(true);
    let one = card(&[]).await;
    choose(&one, "theme", 3);
    one.until("dark", |c| attribute(c, "data-theme") == "dark").await;
    drop(one);
    assert_eq!(kept(), None);
    let two = card(&[]).await;
    assert_eq!(attribute(&two, "data-theme"), "dark");
    deny_storage(false);
    choose(&two, "theme", 1);
    two.until("light", |c| attribute(c, "data-theme") == "light").await;
    assert_eq!(kept().as_deref(), Some("text-size=100 line-spacing=normal theme=light"));
}

#[wasm_bindgen_test]
async fn what_a_host_does_not_offer_is_not_there_and_what_was_chosen_of_it_does_not_hold() {
    clear_storage();
    keep_elsewhere(KEY, Some("text-size=130 line-spacing=wider theme=sepia"));
    let card = card(&[("theme", "light"), ("comfort", "text-size")]).await;
    assert_eq!(looks(&card), ["light", "130", "normal"]);
    assert_eq!((card.count(".sizes"), card.count(".comfort-menu fieldset")), (1, 0));
    card.set("comfort", "theme line-spacing");
    card.until("the others", |c| looks(c) == ["sepia", "100", "wider"]).await;
    assert_eq!((card.count(".sizes"), card.count(".comfort-menu fieldset")), (0, 2));
    card.set("comfort", "none");
    card.until("no menu", |c| c.count(".comfort") == 0).await;
    assert_eq!(looks(&card), ["light", "100", "normal"]);
}

#[wasm_bindgen_test]
async fn the_menu_is_a_disclosure_that_closes_by_escape_and_by_what_is_done_elsewhere() {
    clear_storage();
    let card = card(&[]).await;
    let button: HtmlElement = card.get(".comfort > .tool").unchecked_into();
    assert_eq!(button.get_attribute("aria-label").as_deref(), Some("خيارات القراءة"));
    assert_eq!(button.get_attribute("aria-controls").as_deref(), Some(card.get(".comfort-menu").id().as_str()));
    assert!(!is_open(&card));
    button.click();
    card.until("it opens", is_open).await;

    let larger: HtmlElement = card.get(".larger").unchecked_into();
    larger.focus().unwrap();
    key(&larger, "Escape", "Escape", false);
    card.until("Escape closes it", |c| !is_open(c)).await;
    assert!(card.focused().is_some_and(|focused| focused == *button), "and leads back to the button");

    button.click();
    card.until("it opens", is_open).await;
    press_outside();
    card.until("a press elsewhere closes it", |c| !is_open(c)).await;

    button.click();
    larger.focus().unwrap();
    card.until("it opens", is_open).await;
    button.focus().unwrap();
    assert!(is_open(&card), "the keyboard is still at it");
    let body: HtmlElement = card.get("#body").unchecked_into();
    body.focus().unwrap();
    card.until("the keyboard going on closes it", |c| !is_open(c)).await;
}

#[wasm_bindgen_test]
async fn headings_begin_at_the_level_that_the_host_says() {
    clear_storage();
    let outline = |card: &TestCard| {
        let all =
            card.host.shadow_root().unwrap().query_selector_all(".title, .body [data-depth], .talk-title").unwrap();
        let level = |n| {
            let heading: web_sys::Element = all.item(n).unwrap().unchecked_into();
            let name = heading.local_name();
            assert_eq!(heading.has_attribute("role"), heading.has_attribute("aria-level"));
            heading.get_attribute("aria-level").unwrap_or(name)
        };
        (0..all.length()).map(level).collect::<Vec<_>>()
    };
    let card = card(&[]).await;
    assert_eq!(outline(&card), ["h2", "h3", "h4", "h3"]);
    card.set("heading", "1");
    card.until("the first level", |c| outline(c) == ["h1", "h2", "h3", "h2"]).await;
    card.set("heading", "5");
    card.until("the fifth level", |c| outline(c) == ["h5", "h6", "7", "h6"]).await;
    card.set("heading", "6");
    card.until("beyond the last", |c| outline(c) == ["h6", "7", "8", "7"]).await;
    assert_eq!(card.get(".body [aria-level='7']").get_attribute("role").as_deref(), Some("heading"));
    assert_eq!(card.text(".talk-title span"), "التعليقات");
}

#[wasm_bindgen_test]
async fn where_there_is_no_article_the_conversation_has_its_level() {
    let card = TestCard::new(&[("endpoint", "https://t.example/none"), ("heading", "3")], "");
    card.until("the sentence", |c| c.count(".note.bad") > 0 && c.count("h3.talk-title") == 1).await;
}
