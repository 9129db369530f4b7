//! What WebDriver has no command for, done by Firefox's own scripts: geckodriver hands them in where
//! `--allow-system-access` allows it. See <https://firefox-source-docs.mozilla.org/testing/geckodriver/>.

use fantoccini::Client;
use serde_json::{Value, json};

use crate::browser::{Browser, Vendor};
use crate::console::ConsoleLine;
use crate::driver::Output;

/// From now on what the browser says of pages is kept: errors, and what it refuses.
const LISTEN: &str = "window.maqalSaid = [];
Services.console.registerListener({ observe(said) {
  if (!(said instanceof Ci.nsIScriptError) || !/^https?:/.test(said.sourceName)) return;
  // What it thinks of a page's style is no error of ours.
  if (/^(CSS|Layout|HTML)/.test(said.category)) return;
  const { errorFlag, warningFlag } = Ci.nsIScriptError;
  const level = said.flags & warningFlag ? 'WARNING' : said.flags === errorFlag ? 'SEVERE' : 'INFO';
  window.maqalSaid.push([level, `${said.sourceName} ${said.errorMessage}`]);
} });";

/// What a page wants to know of the reader's system, and the property that says so in its stead.
const PREFERENCES: [(&str, &str); 3] = [
    ("prefers-color-scheme", "prefersColorSchemeOverride"),
    ("prefers-reduced-motion", "prefersReducedMotionOverride"),
    ("forced-colors", "forcedColorsOverride"),
];

/// A page that is left and kept for the way back keeps its browsing context; the one that follows gets another, which is to
/// know what was set.
const KEEP: &str = "window.maqalSet = new Map();
Services.obs.addObserver((context) => {
  if (!context.parent) Object.assign(context, window.maqalSet.get(context.browserId));
}, 'browsing-context-attached');";

/// Listens to what the browser says, from now on, and keeps what is set from page to page.
pub(crate) async fn listen(client: &Client) {
    run(client, &[LISTEN, KEEP].concat(), Vec::new()).await;
}

/// Forgets what the browser has said, and what was set.
pub(crate) async fn forget(client: &Client) {
    run(client, "window.maqalSaid = []; window.maqalSet = new Map()", Vec::new()).await;
}

/// What the browser itself has said so far.
pub(crate) async fn said(client: &Client) -> Vec<ConsoleLine> {
    let lines = run(client, "return window.maqalSaid", Vec::new()).await;
    let line = |line: &Value| ConsoleLine {
        level: line[0].as_str().unwrap_or_default().to_owned(),
        message: line[1].as_str().unwrap_or_default().to_owned(),
    };
    // `globalThis` would be the script's own, and go with it.
    lines.as_array().expect("the browser's window keeps what was said").iter().map(line).collect()
}

/// All lines that pages have had the browser write so far.
pub(crate) async fn written(client: &Client, output: &Output) -> Vec<String> {
    // Its output takes its way to here: a mark comes behind the rest.
    let mark = format!("[{} lines so far]", output.lines().len());
    run(client, "window.dump(`${arguments[0]}\\n`)", vec![json!(mark)]).await;
    crate::wait::until("what Firefox has written is here", || async {
        Some(output.lines()).filter(|lines| lines.contains(&mark))
    })
    .await
}

/// Shows pages in a viewport of this size.
pub(crate) async fn view(browser: &Browser, width: u32, height: u32) {
    let script = "const { style } = gBrowser.selectedBrowser;
        for (const [side, size] of [['width', arguments[0]], ['height', arguments[1]]])
          for (const bound of ['min', 'max']) style.setProperty(`${bound}-${side}`, `${size}px`);";
    run(browser.client(), script, vec![json!(width), json!(height)]).await;
    browser
        .until("the viewport has its size", &format!("return innerWidth === {width} && innerHeight === {height}"))
        .await;
}

/// Shows pages on `medium` (on the screen where that is empty), on a system that wants this.
pub(crate) async fn media(browser: &Browser, medium: &str, features: &[(&str, &str)]) {
    set(browser, "mediumOverride", json!(medium)).await;
    for (name, property) in PREFERENCES {
        let value = features.iter().find(|(feature, _)| *feature == name).map_or("none", |(_, value)| *value);
        set(browser, property, json!(value)).await;
    }
    if let Some((unknown, _)) = features.iter().find(|(name, _)| PREFERENCES.iter().all(|(known, _)| known != name)) {
        panic!("Firefox cannot be told of {unknown}: the test asks `can(Step::…)` first");
    }
}

/// Takes the network away from the page, or gives it back.
pub(crate) async fn set_offline(browser: &Browser, offline: bool) {
    set(browser, "forceOffline", json!(offline)).await;
}

/// Collects the garbage of all pages.
pub(crate) async fn collect_garbage(browser: &Browser) {
    let script =
        "for (const wish of ['child-gc-request', 'child-cc-request']) Services.obs.notifyObservers(null, wish)";
    run(browser.client(), script, Vec::new()).await;
}

/// Empties the HTTP cache.
pub(crate) async fn empty_cache(browser: &Browser) {
    run(browser.client(), "Services.cache2.clear()", Vec::new()).await;
}

/// Sets a property of the tab's browsing context from now on.
async fn set(browser: &Browser, property: &str, value: Value) {
    let script = "const { browsingContext } = gBrowser.selectedBrowser, { browserId } = browsingContext;
        browsingContext[arguments[0]] = arguments[1];
        window.maqalSet.set(browserId, { ...window.maqalSet.get(browserId), [arguments[0]]: arguments[1] });";
    run(browser.client(), script, vec![json!(property), value]).await;
}

/// Runs the body of a function in the browser's own window.
async fn run(client: &Client, script: &str, arguments: Vec<Value>) -> Value {
    enter(client, "chrome").await;
    let result = client.execute(script, arguments).await;
    enter(client, "content").await;
    result.unwrap_or_else(|error| panic!("{error}\nin the browser's script:\n{script}"))
}

async fn enter(client: &Client, context: &str) {
    let command = Vendor { path: "moz/context", body: json!({ "context": context }) };
    client.issue_cmd(command).await.expect("geckodriver lets us into the browser and out again");
}
