//! A reader of pages whose built-ins are broken: its scripts run in a world apart (an isolated world, as browser extensions have),
//! which shares the page's elements and none of its JavaScript.

use std::time::Instant;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::wait::{self, PAUSE, SOON};

const WORLD: &str = "maqal-tests";

/// Before each script.
const PRELUDE: &str = "const host = document.querySelector('maqal-card'), root = host?.shadowRoot ?? null;
const $ = (css) => root?.querySelector(css) ?? null;
const $$ = (css) => [...(root?.querySelectorAll(css) ?? [])];
";

/// Notes the faults that cards tell, from the page's start.
const HEARD: &str = "window.faults = [];
addEventListener('maqal:error', ({ detail }) => window.faults.push(`${detail?.code}: ${detail?.message}`));";

/// A reader apart.
#[derive(Debug)]
pub struct Apart<'a> {
    browser: &'a Browser,
}

impl<'a> Apart<'a> {
    /// Watches the pages of `browser` from now on.
    pub async fn of(browser: &'a Browser) -> Self {
        browser.devtools("Page.enable", json!({})).await;
        let heard = json!({ "source": HEARD, "worldName": WORLD });
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", heard).await;
        Self { browser }
    }

    /// Opens `url`. (The driver's own way to open a page runs scripts in it.)
    pub async fn open(&self, url: &str) {
        self.leave("Page.navigate", json!({ "url": url })).await;
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.leave("Page.reload", json!({})).await;
    }

    async fn leave(&self, command: &str, parameters: Value) {
        self.run("window.isLeft = true").await;
        self.browser.devtools(command, parameters).await;
        let here = "return !window.isLeft && document.readyState === 'complete'";
        wait::until("the other page is there", || async { (self.run(here).await == json!(true)).then_some(()) }).await;
    }

    /// Runs the body of a function with `host`, `root`, `$(css)` and `$$(css)`, and gives what it returns.
    pub async fn run(&self, script: &str) -> Value {
        let tree = self.browser.devtools("Page.getFrameTree", json!({})).await;
        let frame = &tree["frameTree"]["frame"]["id"];
        let world = json!({ "frameId": frame, "worldName": WORLD });
        let world = self.browser.devtools("Page.createIsolatedWorld", world).await;
        let expression = format!("(() => {{ {PRELUDE}{script} }})()");
        let asked =
            json!({ "expression": expression, "contextId": world["executionContextId"], "returnByValue": true });
        let answer = self.browser.devtools("Runtime.evaluate", asked).await;
        assert!(answer["exceptionDetails"].is_null(), "{answer}\nin the script:\n{script}");
        answer["result"]["value"].clone()
    }

    /// Runs a script in the page's own world, as the page would; gives nothing.
    pub async fn run_as_the_page(&self, script: &str) {
        let expression = format!("(() => {{ {script} }})()");
        let answer = self.browser.devtools("Runtime.evaluate", json!({ "expression": expression })).await;
        assert!(answer["exceptionDetails"].is_null(), "{answer}\nin the script:\n{script}");
    }

    /// Waits until the script returns something true.
    ///
    /// # Errors
    /// Where it does not, with what the card shows, what it has told, and what the console says.
    pub async fn until(&self, what: &str, script: &str) -> Result<(), String> {
        let end = Instant::now() + SOON;
        while Instant::now() < end {
            if !matches!(self.run(script).await, Value::Null | Value::Bool(false)) {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        let faults = self.faults().await;
        let shows = self.run("return (root ? $('.card')?.innerText : null)?.slice(0, 200)").await;
        let report = self.browser.report().await;
        let mut lines: Vec<_> = report.lines().rev().take(8).collect();
        lines.reverse();
        let report = lines.join("\n    ");
        Err(format!("{what}: it did not come true\n    the card told {faults:?} and shows {shows}\n    {}", report))
    }

    /// Types `text` into the field that `css` finds, as a keyboard does.
    pub async fn type_into(&self, css: &str, text: &str) {
        self.run(&format!("$('{css}').focus()")).await;
        self.browser.insert(text).await;
    }

    /// What cards of the page told it as faults so far.
    pub async fn faults(&self) -> Vec<String> {
        crate::states::texts(&self.run("return window.faults").await)
    }
}
