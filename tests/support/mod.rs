//! What the browser tests share: a card on the page, a network that answers as told, and patience.

// Each test binary uses a part of this.
#![allow(dead_code, reason = "every test file compiles this module and uses a part of it")]

use js_sys::{Array, Promise};
use maqal::element::Card;
use maqal::i18n::{Catalogue, LanguageTag, Locale};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

#[wasm_bindgen(inline_js = r#"
const routes = [];
let log = [];
const original = window.fetch.bind(window);
const cacheModes = [];
const abortions = [];
let held = [];

// A route answers requests whose "METHOD url" includes `match`. Status 0: the network fails. Status -1: no answer until
// the test releases it. Status -2: an answer that no page may read. Status -3: a policy of the page refuses to ask.
const respond = (line, request) => {
  const route = routes.find((route) => line.includes(route.match));
  if (route.status === -1) {
    return new Promise((resolve, reject) => {
      held.push({ line, answer: () => resolve(respond(line, request)) });
      request.signal.addEventListener("abort", () => {
        abortions.push(line);
        reject(request.signal.reason);
      });
    });
  }
  if (route.status === -2 && request.mode === "no-cors") return new Response(null);
  if (route.status === -3) {
    const violation = { blockedURI: request.url, effectiveDirective: "connect-src", violatedDirective: "connect-src",
      disposition: "enforce", documentURI: location.href, originalPolicy: "connect-src 'self'", statusCode: 200, bubbles: true };
    setTimeout(() => document.dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", violation)));
  }
  if (route.status <= 0) throw new TypeError("Failed to fetch");
  // An answer without content may have no body, not even an empty one (Fetch, section 2.2.3).
  return new Response(route.status === 204 ? null : route.body, { status: route.status, headers: JSON.parse(route.headers) });
};
window.fetch = async (input, init) => {
  const request = new Request(input, init);
  const line = `${request.method} ${request.url}`;
  if (!routes.some((route) => line.includes(route.match))) return original(input, init);
  const body = request.method === "GET" ? "" : await request.clone().text();
  log.push(`${line} ${request.headers.get("idempotency-key") ?? ""} ${body}`);
  cacheModes.push(`${line} ${request.cache}`);
  return respond(line, request);
};

// Timers of more than five seconds wait until the test lets their time pass.
const timers = new Map();
const [setTimer, clearTimer] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
window.setTimeout = (callback, delay, ...rest) => {
  if (!(delay > 5000)) return setTimer(callback, delay, ...rest);
  const id = setTimer(() => timers.delete(id), 0x7fffffff);
  timers.set(id, { callback, delay });
  return id;
};
window.clearTimeout = (id) => {
  timers.delete(id);
  clearTimer(id);
};
let online = true;
Object.defineProperty(navigator, "onLine", { configurable: true, get: () => online });

export function route(match, status, headers, body) {
  const known = routes.findIndex((route) => route.match === match);
  if (known >= 0) routes.splice(known, 1);
  routes.unshift({ match, status, headers, body });
}
export function requests(match) { return log.filter((line) => line.includes(match)); }
export function modes(match) { return cacheModes.filter((line) => line.includes(match)).map((line) => line.split(" ").at(-1)); }
export function aborted_requests(match) { return abortions.filter((line) => line.includes(match)).length; }
export function let_go(match) {
  const [going, staying] = [held.filter(({ line }) => line.includes(match)), held.filter(({ line }) => !line.includes(match))];
  held = staying;
  for (const { answer } of going) answer();
}
export function has_timer(delay) { return [...timers.values()].some((timer) => timer.delay === delay); }
export function fire_timers(delay) {
  for (const [id, timer] of [...timers]) {
    if (timer.delay !== delay) continue;
    timers.delete(id);
    clearTimer(id);
    timer.callback();
  }
}
export function connect(state) { online = state; window.dispatchEvent(new Event(state ? "online" : "offline")); }
export function later(ms) { return new Promise((done) => setTimeout(done, ms)); }
export function listen(target, name) {
  const heard = [];
  target.addEventListener(name, (event) => heard.push(JSON.stringify(event.detail)));
  return heard;
}
"#)]
extern "C" {
    fn route(pattern: &str, status: i32, headers: &str, body: &str);
    fn requests(pattern: &str) -> Array;
    #[wasm_bindgen(js_name = route)]
    fn route_bytes(pattern: &str, status: i32, headers: &str, body: &js_sys::Uint8Array);
    fn modes(pattern: &str) -> Array;
    fn aborted_requests(pattern: &str) -> usize;
    fn let_go(pattern: &str);
    fn has_timer(milliseconds: u32) -> bool;
    fn fire_timers(milliseconds: u32);
    fn connect(state: bool);
    fn later(milliseconds: u32) -> Promise;
    fn listen(target: &web_sys::EventTarget, name: &str) -> Array;
}

/// Answers requests whose method and address include `pattern`.
pub fn answer(pattern: &str, status: i32, content_type: &str, body: &str) {
    route(pattern, status, &format!(r#"{{"content-type":"{content_type}"}}"#), body);
}

/// Answers 503 and asks for a pause.
pub fn ask_for_pause(pattern: &str, retry_after: &str) {
    route(pattern, 503, &format!(r#"{{"content-type":"text/plain","retry-after":"{retry_after}"}}"#), "later");
}

/// Answers with JSON.
pub fn answer_json(pattern: &str, status: i32, body: &str) {
    answer(pattern, status, "application/json", body);
}

/// Fails requests whose method and address include `pattern`, as a dead network does.
pub fn break_network(pattern: &str) {
    route(pattern, 0, "{}", "");
}

/// Answers requests whose method and address include `pattern` with these bytes.
pub fn answer_bytes(pattern: &str, content_type: &str, body: &[u8]) {
    let headers = format!(r#"{{"content-type":"{content_type}"}}"#);
    route_bytes(pattern, 200, &headers, &js_sys::Uint8Array::from(body));
}

/// Answers, but lets no page read it: no CORS.
pub fn forbid_reading(pattern: &str) {
    route(pattern, -2, "{}", "");
}

/// Lets a content policy of the page refuse requests whose method and address include `pattern`.
pub fn forbid_asking(pattern: &str) {
    route(pattern, -3, "{}", "");
}

/// Answers those that [`stall`] holds back, as the pattern's route is now.
pub fn release(pattern: &str) {
    let_go(pattern);
}

/// How many requests that [`stall`] held back were aborted.
pub fn aborted(pattern: &str) -> usize {
    aborted_requests(pattern)
}

/// The cache modes of the requests made so far whose method and address include `pattern`.
pub fn cache_modes(pattern: &str) -> Vec<String> {
    modes(pattern).iter().filter_map(|mode| mode.as_string()).collect()
}

/// Whether a timer of this many milliseconds (more than 5000) runs.
pub fn timer_runs(milliseconds: u32) -> bool {
    has_timer(milliseconds)
}

/// Lets the time of those timers pass.
pub fn pass_time(milliseconds: u32) {
    fire_timers(milliseconds);
}

/// Takes the device's network away, or gives it back, as the browser tells it.
pub fn set_online(online: bool) {
    connect(online);
}

/// Never answers.
pub fn stall(pattern: &str) {
    route(pattern, -1, "{}", "");
}

/// The requests made so far whose line includes `pattern`: method, address, idempotency key, body.
pub fn seen(pattern: &str) -> Vec<String> {
    requests(pattern).iter().filter_map(|line| line.as_string()).collect()
}

/// A card on the page, and what the test needs of it.
pub struct TestCard {
    pub host: HtmlElement,
    pub card: Option<Card>,
    errors: Array,
}

/// The catalogue of a language, as the loader fetches it.
pub fn words(language: &str) -> JsValue {
    let json = match language {
        "ar" => include_str!("../../reading/src/i18n/catalogues/ar.json"),
        "ckb" => include_str!("../../reading/src/i18n/catalogues/ckb.json"),
        "en" => include_str!("../../reading/src/i18n/catalogues/en.json"),
        "fa" => include_str!("../../reading/src/i18n/catalogues/fa.json"),
        "fr" => include_str!("../../reading/src/i18n/catalogues/fr.json"),
        "he" => include_str!("../../reading/src/i18n/catalogues/he.json"),
        "tr" => include_str!("../../reading/src/i18n/catalogues/tr.json"),
        "ur" => include_str!("../../reading/src/i18n/catalogues/ur.json"),
        _ => panic!("no catalogue for {language}"),
    };
    js_sys::JSON::parse(json).unwrap()
}

/// The words for the language that a test gave its card; Arabic ones where it gave none, or one without a catalogue.
fn words_of(host: &HtmlElement) -> JsValue {
    let tag = host.get_attribute("lang").and_then(|tag| LanguageTag::parse(&tag));
    words(tag.as_ref().map(LanguageTag::primary).filter(|language| LANGUAGES.contains(language)).unwrap_or("ar"))
}

/// The languages that have a catalogue.
pub const LANGUAGES: [&str; 8] = ["ar", "ckb", "en", "fa", "fr", "he", "tr", "ur"];

/// The locale of `tag`, with the words of its language.
pub fn locale(tag: &str) -> Locale {
    let tag = LanguageTag::parse(tag).unwrap();
    Locale::new(&tag, Catalogue::of_page(&words(tag.primary())))
}

impl TestCard {
    /// Puts `<maqal-card>` with `attributes` and `children` on the page, as the loader does.
    pub fn new(attributes: &[(&str, &str)], children: &str) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        // Not the custom element itself: the loader is not part of these tests.
        let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        for (name, value) in attributes {
            host.set_attribute(name, value).unwrap();
        }
        host.set_inner_html(children);
        document.body().unwrap().append_child(&host).unwrap();
        let errors = listen(&host, "maqal:error");
        let card = Card::attach(host.clone(), None, &words_of(&host), false, false).unwrap();
        Self { host, card: Some(card), errors }
    }

    /// Sets an attribute, as a host page would.
    pub fn set(&self, name: &str, value: &str) {
        self.host.set_attribute(name, value).unwrap();
        let card = self.card.as_ref().unwrap();
        card.attribute_changed();
        if name == "lang" {
            card.set_words(&words_of(&self.host));
        }
    }

    pub fn find(&self, selector: &str) -> Option<Element> {
        self.host.shadow_root()?.query_selector(selector).unwrap()
    }

    pub fn get(&self, selector: &str) -> Element {
        self.find(selector).unwrap_or_else(|| panic!("no {selector} in {}", self.html()))
    }

    pub fn count(&self, selector: &str) -> u32 {
        self.host.shadow_root().unwrap().query_selector_all(selector).unwrap().length()
    }

    pub fn text(&self, selector: &str) -> String {
        self.find(selector).and_then(|e| e.text_content()).unwrap_or_default()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        let all = self.host.shadow_root().unwrap().query_selector_all(selector).unwrap();
        (0..all.length()).filter_map(|index| all.item(index)?.text_content()).collect()
    }

    pub fn html(&self) -> String {
        self.host.shadow_root().map(|root| root.inner_html()).unwrap_or_default()
    }

    /// The details of the `maqal:error` events so far, as JSON.
    pub fn errors(&self) -> Vec<String> {
        self.errors.iter().filter_map(|detail| detail.as_string()).collect()
    }

    pub fn name_field(&self) -> HtmlInputElement {
        self.get("#name").unchecked_into()
    }

    pub fn body_field(&self) -> HtmlTextAreaElement {
        self.get("#body").unchecked_into()
    }

    /// Types into both fields and sends.
    pub fn write(&self, name: &str, body: &str) {
        let (name_field, body_field) = (self.name_field(), self.body_field());
        name_field.set_value(name);
        fire(&name_field, "input");
        body_field.set_value(body);
        fire(&body_field, "input");
    }

    /// Types into the field at `selector`.
    pub fn type_into(&self, selector: &str, text: &str) {
        let field = self.get(selector);
        // Both kinds of field have a value.
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        fire(&field, "input");
    }

    pub fn send(&self) {
        self.get("button.send").unchecked_into::<HtmlElement>().click();
    }

    /// Presses the button within `selector` that says `label`.
    pub fn press(&self, selector: &str, label: &str) {
        let all = self.host.shadow_root().unwrap().query_selector_all(&format!("{selector} button")).unwrap();
        let mut buttons = (0..all.length()).filter_map(|index| all.item(index));
        let button = buttons.find(|button| button.text_content().as_deref() == Some(label));
        let button = button.unwrap_or_else(|| panic!("no button says {label} in {}", self.html()));
        button.unchecked_into::<HtmlElement>().click();
    }

    /// The element of the card that has the keyboard.
    pub fn focused(&self) -> Option<Element> {
        self.host.shadow_root()?.active_element()
    }

    pub fn click(&self, selector: &str) {
        self.get(selector).unchecked_into::<HtmlElement>().click();
    }

    /// Waits for `condition`.
    pub async fn until(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        for _ in 0..500 {
            if condition(self) {
                return;
            }
            pause().await;
        }
        panic!("never came: {what}. The card: {}; errors: {:?}", self.html(), self.errors());
    }
}

impl Drop for TestCard {
    fn drop(&mut self) {
        if let Some(card) = self.card.take() {
            card.detach();
        }
        self.host.remove();
    }
}

/// Fires a bubbling event, as the browser does while a reader types.
pub fn fire(target: &web_sys::EventTarget, name: &str) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    target.dispatch_event(&web_sys::Event::new_with_event_init_dict(name, &init).unwrap()).unwrap();
}

/// Presses a key, with Ctrl where `ctrl`.
pub fn key(target: &web_sys::EventTarget, name: &str, code: &str, ctrl: bool) {
    press(target, name, code, |init| init.set_ctrl_key(ctrl));
}

/// Presses the key `code` with Alt.
pub fn alt(target: &web_sys::EventTarget, code: &str) {
    press(target, "", code, |init| init.set_alt_key(true));
}

fn press(target: &web_sys::EventTarget, name: &str, code: &str, with: impl FnOnce(&web_sys::KeyboardEventInit)) {
    let init = web_sys::KeyboardEventInit::new();
    init.set_key(name);
    init.set_code(code);
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_composed(true);
    with(&init);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

/// Lets so many milliseconds pass, where the test is that nothing happens.
pub async fn pause_of(milliseconds: u32) {
    JsFuture::from(later(milliseconds)).await.unwrap();
}

/// Lets timers and tasks run.
pub async fn pause() {
    JsFuture::from(later(10)).await.unwrap();
}

/// Lets everything that is due run, where the test is that nothing happens.
pub async fn settle() {
    for _ in 0..10 {
        pause().await;
    }
}

/// Forgets what earlier tests left on the device.
pub fn clear_storage() {
    web_sys::window().unwrap().local_storage().unwrap().unwrap().clear().unwrap();
}

/// A comment of the contract, as JSON.
pub fn comment(id: &str, name: &str, body: &str) -> String {
    format!(
        r#"{{"id":"{id}","thread":"t","name":"{name}","body":"{body}","html":"<p>{body}</p>","created":"2026-11-14T09:30:00Z"}}"#
    )
}

/// A page of the contract, as JSON.
pub fn page(comments: &[String], total: u64, next: Option<&str>) -> String {
    let next = next.map(|next| format!(r#","next":"{next}""#)).unwrap_or_default();
    format!(r#"{{"comments":[{}],"total":{total}{next}}}"#, comments.join(","))
}
