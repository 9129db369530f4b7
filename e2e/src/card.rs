//! A card on the page, as a reader meets it: what it shows, and what can be typed and pressed.

use fantoccini::elements::Element;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engine::Engine;
use crate::wait::{PAUSE, SOON};

/// How often WebKit's driver is asked again for a press.
const PATIENCE: usize = 50;

/// Before each script: the host element, its shadow root, and two ways to find in it.
const PRELUDE: &str = "const [selector, ...args] = arguments;
const host = document.querySelector(selector), root = host?.shadowRoot ?? null;
const $ = (css) => root?.querySelector(css) ?? null;
const $$ = (css) => [...(root?.querySelectorAll(css) ?? [])];
const shown = (element) => Boolean(element) && element.getClientRects().length > 0;
";

/// The middle of what is found, once it stands where it stood at the last look: comments far off have a guessed height until
/// they are scrolled near.
const STILL: &str = "const target = $(args[0]);
if (!target) return false;
target.scrollIntoView({ block: args[1], behavior: 'instant' });
const { left, top, width, height } = target.getBoundingClientRect(), place = [left + width / 2, top + height / 2];
const stood = String(window.lastPlace);
window.lastPlace = place;
return stood === String(place) && place";

/// A `<maqal-card>`.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    browser: &'a Browser,
    selector: &'a str,
}

impl<'a> Card<'a> {
    pub(crate) const fn new(browser: &'a Browser, selector: &'a str) -> Self {
        Self { browser, selector }
    }

    /// Runs the body of a function with `host`, `root`, `$(css)`, `$$(css)`, `shown(element)` and `args`.
    pub async fn run(self, script: &str, arguments: Vec<Value>) -> Value {
        let (script, arguments) = self.script(script, arguments);
        self.browser.run(&script, arguments).await
    }

    fn script(self, script: &str, arguments: Vec<Value>) -> (String, Vec<Value>) {
        let mut all = vec![json!(self.selector)];
        all.extend(arguments);
        ([PRELUDE, script].concat(), all)
    }

    /// Waits until the script (see [`run`](Self::run)) returns something true, and returns that.
    pub async fn until(self, what: &str, script: &str) -> Value {
        self.until_with(what, script, Vec::new()).await
    }

    /// As [`until`](Self::until), with arguments.
    pub async fn until_with(self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let end = std::time::Instant::now() + SOON;
        loop {
            let value = self.run(script, arguments.clone()).await;
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return value;
            }
            if std::time::Instant::now() > end {
                panic!(
                    "it did not come true within {SOON:?}: {what}\nthe card says:\n{}\n{}",
                    self.text().await,
                    self.browser.report().await
                );
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until what `css` finds shows `text`.
    pub async fn until_text(self, css: &str, text: &str) {
        // Firefox leaves the marks of isolates out of what is rendered.
        let script = "const bare = (text) => text.replace(/[\\u2066-\\u2069]/g, '');
            return $$(args[0]).some((element) => shown(element) && bare(element.innerText).includes(bare(args[1])))";
        let what = format!("{css} shows «{text}»");
        self.until_with(&what, script, vec![json!(css), json!(text)]).await;
    }

    /// Waits until `count` acknowledged comments stand in the list, and nothing is pending or loading; then the reader goes on to
    /// the form, and the whole card comes.
    pub async fn until_comments(self, count: usize) {
        let script = "return $$('ol .comment:not(.pending)').length === args[0] && !$('.pending') && !$('.skeleton')";
        let what = format!("{count} acknowledged comments stand in the list, and nothing else");
        self.until_with(&what, script, vec![json!(count)]).await;
        self.step_into("#body").await;
    }

    /// Waits until the conversation has loaded, and there is none; then the reader goes on to the form.
    pub async fn until_empty(self) {
        self.until_text(".empty", "ليست هناك تعليقات").await;
        self.step_into("#body").await;
    }

    /// All that the card shows, as it is laid out; the element's own children with it.
    pub async fn text(self) -> String {
        let script = "if (!host) return 'there is no card';
            const slotted = $$('slot').flatMap((slot) => slot.assignedElements()).map((element) => element.innerText);
            return [root ? $('.card')?.innerText : host.innerText, ...slotted].filter(Boolean).join('\\n')";
        self.run(script, Vec::new()).await.as_str().unwrap_or_default().to_owned()
    }

    /// The text of each element that `css` finds, as laid out: nothing where it is hidden.
    pub async fn texts(self, css: &str) -> Vec<String> {
        let texts = self.run("return $$(args[0]).map((element) => element.innerText)", vec![json!(css)]).await;
        let texts = texts.as_array().into_iter().flatten();
        // WebKit ends a paragraph with its line's end.
        texts.map(|text| text.as_str().unwrap_or_default().trim_end_matches('\n').to_owned()).collect()
    }

    /// How many elements `css` finds.
    pub async fn count(self, css: &str) -> usize {
        self.texts(css).await.len()
    }

    /// What stands in a field.
    pub async fn value(self, css: &str) -> String {
        self.run("return $(args[0])?.value", vec![json!(css)]).await.as_str().unwrap_or_default().to_owned()
    }

    /// A property of the computed style of the first element that `css` finds.
    pub async fn style(self, css: &str, property: &str) -> String {
        let script = "return getComputedStyle($(args[0])).getPropertyValue(args[1])";
        self.run(script, vec![json!(css), json!(property)]).await.as_str().unwrap_or_default().to_owned()
    }

    /// The first element that `css` finds; waits until there is one on show, and while the whole card is on its way in the place
    /// of the one at first sight: a driver holds on to what will be gone.
    pub async fn find(self, css: &str) -> Element {
        let what = format!("{css} is on show");
        self.until_with(&what, "return shown($(args[0])) && !$('.first[aria-busy]')", vec![json!(css)]).await;
        let (script, arguments) = self.script("return $(args[0])", vec![json!(css)]);
        let element = self.browser.element(&script, arguments).await;
        element.unwrap_or_else(|| panic!("{css} was there and is gone"))
    }

    /// Has the whole card come in the place of one at first sight, as a reader does who steps into the field `css`: a driver
    /// holds on to fields that are gone then. (`first_sight.rs` types on, as readers do.)
    async fn step_into(self, css: &str) {
        // A tab in the background has no focus, and tells nobody of it: a touch is heard in each.
        let step = "const first = $('.first');
            const touch = (name) => $(args[0])?.dispatchEvent(new PointerEvent(name, { bubbles: true, composed: true }));
            if (first && !first.ariaBusy) ['pointerdown', 'pointerup'].forEach(touch);
            return !first";
        self.until_with("the whole card is there", step, vec![json!(css)]).await;
    }

    /// Types `text` on the keyboard into what `css` finds.
    pub async fn type_into(self, css: &str, text: &str) {
        self.step_into(css).await;
        let field = self.find(css).await;
        if Engine::current() == Engine::WebKit {
            // Its driver takes nothing for focusable that is in a shadow root in a frame; the keys go where the focus is.
            self.focus(css).await;
            self.browser.keys(&text.replace('\n', "\u{e007}")).await;
            return;
        }
        field.send_keys(text).await.unwrap_or_else(|error| panic!("nothing can be typed into {css}: {error}"));
    }

    /// Puts the focus on what `css` finds, and the caret behind what stands there.
    async fn focus(self, css: &str) {
        let script = "const field = $(args[0]);
            if (root.activeElement !== field) { field.focus(); field.setSelectionRange?.(field.value.length, field.value.length); }
            return root.activeElement === field";
        // WebKit gives scripts in a frame of another origin no focus until the reader has pressed something there.
        if self.browser.is_in_frame() && self.run(script, vec![json!(css)]).await == json!(false) {
            self.press(css).await;
            let to_end = "$(args[0]).setSelectionRange?.($(args[0]).value.length, $(args[0]).value.length)";
            self.run(to_end, vec![json!(css)]).await;
        }
        self.until_with(&format!("{css} has the focus"), script, vec![json!(css)]).await;
    }

    /// Types `text` in place of what is selected in `css`, or behind what stands there.
    async fn type_over(self, css: &str, text: &str) {
        if Engine::current() == Engine::WebKit {
            self.browser.keys(text).await;
        } else {
            self.type_into(css, text).await;
        }
    }

    /// Presses what `css` finds, with the mouse: it fails where something else covers it.
    pub async fn press(self, css: &str) {
        let target = self.find(css).await;
        let engine = Engine::current();
        // WebKit's driver scrolls what is out of sight to the window's very edge, and presses beside it.
        let block = if engine == Engine::WebKit { "center" } else { "nearest" };
        let place = self.until_with(&format!("{css} is still"), STILL, vec![json!(css), json!(block)]).await;
        let place = (place[0].as_f64().unwrap_or_default(), place[1].as_f64().unwrap_or_default());
        let in_frame = self.browser.is_in_frame();
        if engine == Engine::Firefox && in_frame {
            // Its driver scrolls the frame and not the page around it.
            self.browser.show_in_frame(place.1).await;
        }
        // WebKit's driver presses beside what is in a frame, and takes a field for covered by what it is made of.
        let is_field = "return $(args[0]).matches('input, textarea')";
        if engine == Engine::WebKit && (in_frame || self.run(is_field, vec![json!(css)]).await == json!(true)) {
            let free = "const [css, place] = args; return $(css).contains(root.elementFromPoint(...place))";
            self.until_with(&format!("nothing covers {css}"), free, vec![json!(css), json!([place.0, place.1])]).await;
            self.browser.press_at(place).await;
            return;
        }
        let mut pressed = target.click().await.map(|_| ());
        // WebKit's driver gives up on what moves, without a word of why.
        for _ in 0..PATIENCE {
            if pressed.is_ok() || engine != Engine::WebKit {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            pressed = target.click().await.map(|_| ());
        }
        pressed.unwrap_or_else(|error| panic!("{css} cannot be pressed: {error}"));
    }

    /// Presses the button within `css` that says `label`, where there is one, in one go with the look for it: a card
    /// that tries again by itself takes its button away.
    pub async fn press_if_there(self, css: &str, label: &str) -> bool {
        let script = "const button = $$(args[0] + ' button').find((button) => button.innerText.trim() === args[1]);
            button?.click();
            return Boolean(button)";
        self.run(script, vec![json!(css), json!(label)]).await == json!(true)
    }

    /// Types a comment as a reader does, and submits it with the button.
    pub async fn post(self, name: &str, body: &str) {
        self.write(name, body).await;
        self.press("button.send").await;
    }

    /// Types a comment. A name that stands there already is replaced.
    pub async fn write(self, name: &str, body: &str) {
        self.step_into("#name").await;
        let field = self.find("#name").await;
        if Engine::current() == Engine::WebKit {
            self.focus("#name").await;
            self.run("$('#name').select()", Vec::new()).await;
        } else {
            field.clear().await.expect("the name can be cleared");
        }
        self.type_over("#name", name).await;
        self.type_into("#body", body).await;
    }
}
