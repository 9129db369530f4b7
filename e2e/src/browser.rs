//! One reader: a browser session of its own, steered by WebDriver (W3C, classic).

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::card::Card;
use crate::child::Child;
use crate::environment;

/// How many browsers run at a time: each is several processes, and a contributor's machine has few cores.
static SESSIONS: Semaphore = Semaphore::const_new(3);

/// How a browser of the tests is started. Without a display, without its own chatter with its maker, and without the
/// sandbox that root cannot have.
const SWITCHES: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=ar",
];

/// A browser session. It ends when dropped, with every process of it.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    console: Mutex<Vec<ConsoleLine>>,
    // These in this order: the processes end before their folder goes.
    _driver: Child,
    _folder: TempDir,
    _permit: SemaphorePermit<'static>,
}

/// A line of the browser's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO`.
    pub level: String,
    /// The message, with the place it came from before it.
    pub message: String,
}

/// A command that the WebDriver standard does not have, below `/session/{id}/`.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
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
    /// Starts a browser with a profile of its own, as a reader's who was never here.
    pub async fn start() -> Self {
        Self::start_with_text(16).await
    }

    /// As [`start`](Self::start), for a reader whose text has this size where no page says otherwise, in CSS pixels.
    pub async fn start_with_text(size: u32) -> Self {
        let permit = SESSIONS.acquire().await.expect("the semaphore is never closed");
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (driver, port) = start_driver(folder.path()).await;
        let mut profile = OsString::from("--user-data-dir=");
        profile.push(folder.path().join("profile"));
        let mut switches: Vec<String> = SWITCHES.map(str::to_owned).into();
        switches.push(profile.to_string_lossy().into_owned());
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": environment::chromium(), "args": switches, "prefs": { "webkit.webprefs.default_font_size": size } },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is an object, right above") };
        let capabilities: Capabilities = capabilities;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("the browser does not start: {error}"));
        let console = Mutex::new(Vec::new());
        let browser = Self { client, console, _driver: driver, _folder: folder, _permit: permit };
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
        self.client.set_window_size(width, height).await.expect("the window can be resized");
    }

    /// Opens `url` and waits until the page itself has loaded.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
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

    /// What the console says so far.
    pub async fn console(&self) -> Vec<ConsoleLine> {
        let log = Vendor { path: "se/log", body: json!({ "type": "browser" }) };
        let lines = self.client.issue_cmd(log).await.expect("the driver gives the console");
        let mut console = self.console.lock().unwrap_or_else(PoisonError::into_inner);
        // Each line is given once only.
        console.extend(lines.as_array().into_iter().flatten().map(|line| ConsoleLine {
            level: line["level"].as_str().unwrap_or_default().to_owned(),
            // The driver escapes it, as a page of HTML might have to.
            message: line["message"].as_str().unwrap_or_default().replace("\\u003C", "<"),
        }));
        console.clone()
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let answer = self.client.issue_cmd(Vendor { path: "goog/cdp/execute", body }).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Shows pages in a viewport of this size from now on, in CSS pixels; as on a telephone where `mobile`.
    pub async fn view(&self, width: u32, height: u32, mobile: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Waits until what is there now has been painted.
    pub async fn painted(&self) {
        let script = "window.painted = false;
            requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = true; }))";
        self.run(script, Vec::new()).await;
        self.until("the page is painted", "return window.painted").await;
    }

    /// Presses keys on the keyboard, one after the other, wherever the focus is. Named keys are WebDriver's code points
    /// ([`fantoccini::key::Key`]).
    pub async fn keys(&self, keys: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.expect("keys can be pressed");
    }

    /// Takes the network away from the page, or gives it back.
    pub async fn set_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Inserts `text` at the caret at once, as a paste does.
    pub async fn insert(&self, text: &str) {
        self.devtools("Input.insertText", json!({ "text": text })).await;
    }

    /// What to print where a test fails: the console.
    pub async fn report(&self) -> String {
        let console = tokio::time::timeout(Duration::from_secs(5), self.console()).await.unwrap_or_default();
        let lines: Vec<String> = console.iter().map(|line| format!("  {} {}", line.level, line.message)).collect();
        format!("the console says:\n{}", lines.join("\n"))
    }
}

/// Starts a driver, which takes a free port by itself; where it says so and another program is faster, once more.
async fn start_driver(folder: &Path) -> (Child, u16) {
    let ready = |line: &str| {
        let port = line.split_once("started successfully on port ")?.1.trim_end_matches('.');
        port.parse::<u16>().ok()
    };
    let mut refusal = String::new();
    for _ in 0..5 {
        let started =
            Child::start(&environment::chromedriver(), &["--port=0".as_ref()], &folder.join("driver.log"), ready).await;
        match started {
            Ok(started) => return started,
            Err(why) => refusal = why,
        }
    }
    panic!("{refusal}");
}
