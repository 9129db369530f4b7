//! One reader: a browser session of its own, steered by WebDriver (W3C, classic).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::card::Card;
use crate::console::{self, ConsoleLine};
use crate::driver::{self, Reader};
use crate::engine::Engine;
use crate::firefox;
use crate::session::Lent;
use crate::skip::{Step, can};

/// The least width of WebKitGTK's window, in CSS pixels.
const NARROWEST: u32 = 334;

/// How many browsers run at a time: each is several processes, and a contributor's machine has few cores.
static SESSIONS: Semaphore = Semaphore::const_new(3);

/// A browser session. It ends when dropped.
#[derive(Debug)]
pub struct Browser {
    engine: Engine,
    client: Lent,
    console: Mutex<Vec<ConsoleLine>>,
    /// The frame that the tests are in.
    frame: Mutex<Option<Element>>,
    _permit: SemaphorePermit<'static>,
}

/// A command that the WebDriver standard does not have, below `/session/{id}/`.
#[derive(Debug)]
pub(crate) struct Vendor {
    pub(crate) path: &'static str,
    pub(crate) body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

impl Browser {
    /// A browser of a reader who was never here.
    pub async fn start() -> Self {
        Self::start_as(driver::USUAL).await
    }

    /// As [`start`](Self::start), for this reader.
    pub async fn start_as(reader: Reader) -> Self {
        Self::with(Lent::to(reader)).await
    }

    /// A browser that nobody used before, with nothing compiled or cached; it ends when dropped.
    pub async fn start_alone() -> Self {
        Self::with(Lent::alone(driver::USUAL)).await
    }

    async fn with(client: impl Future<Output = Lent>) -> Self {
        let permit = SESSIONS.acquire().await.expect("the semaphore is never closed");
        let browser = Self {
            engine: Engine::current(),
            client: client.await,
            console: Mutex::default(),
            frame: Mutex::default(),
            _permit: permit,
        };
        browser.resize(1280, 900).await;
        browser
    }

    /// The WebDriver client, for what has no method here.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Gives the window this size, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        match self.engine {
            // Firefox's bars come and go, so the size is that of the page.
            Engine::Firefox => firefox::view(self, width, height).await,
            Engine::Chromium | Engine::WebKit => {
                self.client.set_window_size(width, height).await.expect("the window can be resized");
            }
        }
    }

    /// Opens `url` and waits until the page itself has loaded.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// Goes to the address without waiting for what the page loads: in Firefox a module on its way holds its `load` event up.
    pub async fn go(&self, url: &str) {
        self.run("const [url] = arguments; setTimeout(() => location.assign(url))", vec![json!(url)]).await;
    }

    /// Loads the page anew, as a reader does.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the page loads anew");
    }

    /// Opens an empty tab and goes to it; gives the one that was left.
    pub async fn new_tab(&self) -> WindowHandle {
        let former = self.client.window().await.expect("there is a tab");
        let tab = self.client.new_window(true).await.expect("a tab can be opened");
        self.client.switch_to_window(tab.handle).await.expect("the new tab is there");
        former
    }

    /// Goes to the tab `other`; gives the one that was left.
    pub async fn switch_to(&self, other: WindowHandle) -> WindowHandle {
        let former = self.client.window().await.expect("there is a tab");
        self.client.switch_to_window(other).await.expect("the other tab is there");
        former
    }

    /// Closes this tab and goes to `other`.
    pub async fn close_for(&self, other: WindowHandle) {
        self.client.close_window().await.expect("the tab can be closed");
        self.client.switch_to_window(other).await.expect("the other tab is there");
    }

    /// Goes into a frame of the page.
    pub async fn enter(&self, frame: Element) {
        *self.frame.lock().unwrap_or_else(PoisonError::into_inner) = Some(frame.clone());
        frame.enter_frame().await.expect("the frame can be entered");
    }

    /// Goes back to the page around the frame.
    pub async fn leave(&self) {
        *self.frame.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.client.clone().enter_parent_frame().await.expect("a frame has a page around it");
    }

    /// Whether the tests are in a frame of the page.
    pub(crate) fn is_in_frame(&self) -> bool {
        self.frame().is_some()
    }

    fn frame(&self) -> Option<Element> {
        self.frame.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Brings what is at this height of the frame that the tests are in into the window: a frame as high as its content
    /// has nothing to scroll. Gives the place of the frame's left upper corner in the window, and leaves the tests in the page.
    async fn bring_into_window(&self, frame: &Element, y: f64) -> (f64, f64) {
        self.leave().await;
        let script = "const [frame, y] = arguments, place = () => frame.getBoundingClientRect();
            scrollBy({ top: place().top + y - innerHeight / 2, behavior: 'instant' });
            return [place().left + frame.clientLeft, place().top + frame.clientTop]";
        let place = self.run(script, vec![json!(frame), json!(y)]).await;
        (place[0].as_f64().unwrap_or_default(), place[1].as_f64().unwrap_or_default())
    }

    /// Has the page around the frame show what is at this height of it, where the tests are in one.
    pub(crate) async fn show_in_frame(&self, y: f64) {
        if let Some(frame) = self.frame() {
            self.bring_into_window(&frame, y).await;
            self.enter(frame).await;
        }
    }

    /// Presses at this point of the document that the tests are in, with the mouse.
    pub async fn press_at(&self, (x, y): (f64, f64)) {
        let frame = self.frame();
        let (left, top) = match &frame {
            // WebKit's driver takes each point for one of the page.
            Some(frame) => self.bring_into_window(frame, y).await,
            None => (0.0, 0.0),
        };
        let (x, y) = ((left + x).floor(), (top + y).floor());
        let press = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(press).await.unwrap_or_else(|error| panic!("no press at {x}, {y}: {error}"));
        if let Some(frame) = frame {
            self.enter(frame).await;
        }
    }

    /// The first card that `selector` finds on the page.
    #[must_use]
    pub fn card<'a>(&'a self, selector: &'a str) -> Card<'a> {
        Card::new(self, selector)
    }

    /// Runs the body of a function in the page and returns what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.try_run(script, arguments).await.unwrap_or_else(|error| panic!("{error}\nin the script:\n{script}"))
    }

    /// As [`run`](Self::run), where the script may throw.
    ///
    /// # Errors
    /// What it threw.
    pub async fn try_run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        self.client.execute(script, arguments).await.map_err(|error| error.to_string())
    }

    /// Runs a whole script in the page, as the developer's own tools would: the page's policy does not hold for it.
    pub async fn add_script(&self, script: &str) {
        match self.engine {
            Engine::Chromium => _ = self.devtools("Runtime.evaluate", json!({ "expression": script })).await,
            Engine::Firefox | Engine::WebKit => _ = self.run(script, Vec::new()).await,
        }
    }

    /// Runs the body of a function that returns an element.
    pub async fn element(&self, script: &str, arguments: Vec<Value>) -> Option<Element> {
        let found = self.run(script, arguments).await;
        let id = found.as_object()?.values().next()?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    /// Waits until a script returns something true, and returns that. See [`crate::wait::until`].
    pub async fn until(&self, what: &str, script: &str) -> Value {
        crate::wait::until(what, || async {
            Some(self.run(script, Vec::new()).await).filter(|value| !matches!(value, Value::Null | Value::Bool(false)))
        })
        .await
    }

    /// What the cards of the page told it so far: `{type, detail, id, tag}` each. The page has to include `heard.js`.
    pub async fn heard(&self) -> Vec<Value> {
        match self.run("return window.heard ?? null", Vec::new()).await {
            Value::Array(events) => events,
            _ => panic!("the page does not include heard.js"),
        }
    }

    /// The details of the events of this type so far.
    pub async fn heard_of(&self, event: &str) -> Vec<Value> {
        self.heard()
            .await
            .into_iter()
            .filter(|heard| heard["type"] == event)
            .map(|heard| heard["detail"].clone())
            .collect()
    }

    /// What the console says so far. In WebKit, that of this page: what its scripts say, and what is thrown.
    pub async fn console(&self) -> Vec<ConsoleLine> {
        match self.engine {
            Engine::Chromium => {
                let lines =
                    self.client.issue_cmd(console::chromedrivers()).await.expect("the driver gives the console");
                let mut console = self.console.lock().unwrap_or_else(PoisonError::into_inner);
                // Each line is given once only.
                console.extend(lines.as_array().into_iter().flatten().map(console::of_chromedriver));
                console.clone()
            }
            Engine::Firefox => {
                let mut lines = firefox::said(&self.client).await;
                lines.extend(console::of_firefox(&firefox::written(&self.client, self.client.output()).await));
                lines
            }
            Engine::WebKit => match self.run("return window.consoleLines ?? null", Vec::new()).await {
                Value::Null => panic!("the page does not include heard.js, which notes what the console says"),
                noted => console::of_page(&noted),
            },
        }
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        assert_eq!(self.engine, Engine::Chromium, "{command}: the test asks `needs!` or `can` for this step first");
        let body = json!({ "cmd": command, "params": parameters });
        let answer = self.client.issue_cmd(Vendor { path: "goog/cdp/execute", body }).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Shows pages in a viewport of this size from now on, in CSS pixels; as on a telephone where `mobile`, in Chromium.
    pub async fn view(&self, width: u32, height: u32, mobile: bool) {
        match self.engine {
            Engine::Chromium => {
                let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
                self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
            }
            Engine::Firefox => firefox::view(self, width, height).await,
            // Its window has no bars.
            Engine::WebKit => {
                let can_be = width >= NARROWEST || can(Step::NarrowWindow);
                let width = if can_be { width } else { NARROWEST };
                self.resize(width, height).await;
                self.until("the window has its size", &format!("return innerWidth === {width}")).await;
            }
        }
    }

    /// Shows pages on `medium` from now on (on the screen where that is empty), on a system that wants these media
    /// features of pages.
    pub async fn media(&self, medium: &str, features: &[(&str, &str)]) {
        match self.engine {
            Engine::Chromium => {
                let features: Vec<_> =
                    features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
                self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features })).await;
            }
            Engine::Firefox => firefox::media(self, medium, features).await,
            Engine::WebKit => panic!("the test asks `needs!` or `can` for this step first: {medium} {features:?}"),
        }
    }

    /// Collects the garbage of the page, as far as the engine does so when asked.
    pub async fn collect_garbage(&self) {
        match self.engine {
            Engine::Chromium => _ = self.devtools("HeapProfiler.collectGarbage", json!({})).await,
            Engine::Firefox => firefox::collect_garbage(self).await,
            Engine::WebKit => panic!("the test asks `needs!` or `can` for this step first"),
        }
    }

    /// Empties the HTTP cache.
    pub async fn empty_cache(&self) {
        match self.engine {
            Engine::Chromium => _ = self.devtools("Network.clearBrowserCache", json!({})).await,
            Engine::Firefox => firefox::empty_cache(self).await,
            Engine::WebKit => panic!("the test asks `needs!` or `can` for this step first"),
        }
    }

    /// Waits until what is there now has been painted.
    pub async fn painted(&self) {
        let script = "window.painted = false;
            requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = true; }))";
        self.run(script, Vec::new()).await;
        self.until("the page is painted", "return window.painted").await;
    }

    /// Presses keys on the keyboard, one after the other, wherever the focus is. Named keys are WebDriver's code points
    /// ([`fantoccini::key::Key`]); shift, control, alt and meta are held until «null», as when an element is sent keys.
    pub async fn keys(&self, keys: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        let mut held = Vec::new();
        for value in keys.chars() {
            match value {
                '\u{E000}' => {
                    actions = held.drain(..).fold(actions, |actions, value| actions.then(KeyAction::Up { value }));
                }
                '\u{E008}'..='\u{E00A}' | '\u{E03D}' => {
                    held.push(value);
                    actions = actions.then(KeyAction::Down { value });
                }
                _ => actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value }),
            }
        }
        actions = held.drain(..).fold(actions, |actions, value| actions.then(KeyAction::Up { value }));
        self.client.perform_actions(actions).await.expect("keys can be pressed");
    }

    /// Takes the network away from the page, or gives it back.
    pub async fn set_offline(&self, offline: bool) {
        match self.engine {
            Engine::Chromium => {
                self.devtools("Network.enable", json!({})).await;
                let conditions =
                    json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
                self.devtools("Network.emulateNetworkConditions", conditions).await;
            }
            Engine::Firefox => firefox::set_offline(self, offline).await,
            Engine::WebKit => panic!("the test asks `needs!` or `can` for this step first"),
        }
    }

    /// Inserts `text` at the caret at once, as a paste does.
    pub async fn insert(&self, text: &str) {
        match self.engine {
            Engine::Chromium => _ = self.devtools("Input.insertText", json!({ "text": text })).await,
            Engine::Firefox | Engine::WebKit => {
                let script = "return document.execCommand('insertText', false, arguments[0])";
                let inserted = self.run(script, vec![json!(text)]).await;
                assert_eq!(inserted, json!(true), "the focus is where a text can be inserted");
            }
        }
    }

    /// What to print where a test fails: the console.
    pub async fn report(&self) -> String {
        // A page without a collector says nothing; that is no reason to fail in place of what is to be reported.
        let noted = self.engine != Engine::WebKit
            || self.run("return Boolean(window.consoleLines)", Vec::new()).await == json!(true);
        let console = async { if noted { self.console().await } else { Vec::new() } };
        let console = tokio::time::timeout(Duration::from_secs(5), console).await.unwrap_or_default();
        let lines: Vec<String> = console.iter().map(|line| format!("  {} {}", line.level, line.message)).collect();
        format!("the console says:\n{}", lines.join("\n"))
    }
}
