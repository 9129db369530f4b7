//! One visit to a site: cold, warm, thirty keys and a comment.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};

use super::column::Column;
use super::origin::Traffic;
use super::site::Site;
use crate::bench::device::{self, Events, Network};
use crate::bench::table::Samples;
use crate::browser::Browser;

/// What looks at the widget's view.
const PROBE: &str = include_str!("probe.js");

/// A telephone's screen, in CSS pixels.
const SCREEN: (u32, u32) = (390, 844);

/// What takes longer is stopped.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// For so long nothing is loaded once all is there.
const QUIET: Duration = Duration::from_secs(1);

/// The same, where nobody says what is to come: a script of half a megabyte is on the way for some seconds.
const LONG_QUIET: Duration = Duration::from_secs(4);

/// Between two looks: a look takes time from the page.
const LOOK: Duration = Duration::from_millis(250);

/// How many keys are pressed, and the pause between two of them, as of somebody who types fast.
const KEYS: usize = 30;
const BETWEEN_KEYS: Duration = Duration::from_millis(90);

/// What the browser tells of no key that was faster.
const FASTEST_KEY: f64 = 16.0;

/// The numbers of one opening, or of a visit.
pub type Reading = BTreeMap<Column, f64>;

/// How a visit went.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// The first opening.
    pub cold: Reading,
    /// The second one, in the same browser.
    pub warm: Reading,
    /// Where it ended early, and why.
    pub fault: Option<String>,
}

/// How much is loaded for a reader who stays at the top; nothing where that takes too long.
pub async fn bytes_before(site: &Site, traffic: &Traffic) -> Option<f64> {
    let browser = start(site, false).await;
    traffic.reset();
    let settle = async {
        browser.open(&site.url).await;
        let script = "return document.readyState === 'complete' ? performance.getEntriesByType('resource').length : 0";
        let (mut seen, mut since) = (Value::Null, Instant::now());
        while since.elapsed() < LONG_QUIET || !traffic.is_quiet(LONG_QUIET) {
            sleep(LOOK).await;
            let now = browser.run(script, Vec::new()).await;
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
    };
    timeout(PATIENCE, settle).await.ok().map(|()| traffic.counts().bytes as f64)
}

/// Visits the site as a reader who was never there, scrolls to the comments, comes again, types and posts.
pub async fn visit(site: &Site, traffic: &Traffic) -> Visit {
    let mut visit = Visit::default();
    let browser = start(site, true).await;
    if let Err(fault) = steps(&browser, site, traffic, &mut visit).await {
        eprintln!("{}: {fault}", site.url);
        visit.fault = Some(fault);
    }
    visit
}

async fn steps(browser: &Browser, site: &Site, traffic: &Traffic, visit: &mut Visit) -> Result<(), String> {
    visit.cold = within("the first opening", open(browser, site, traffic)).await?;
    visit.cold.extend(within("the measuring of memory", memory(browser)).await?);
    browser.open("about:blank").await;
    visit.warm = within("the second opening", open(browser, site, traffic)).await?;
    visit.cold.extend(within("typing", typing(browser, site)).await?);
    visit.cold.extend(within("posting", posting(browser, site)).await?);
    Ok(())
}

/// Waits for a step, and no longer than [`PATIENCE`].
async fn within(what: &str, step: impl Future<Output = Result<Reading, String>>) -> Result<Reading, String> {
    match timeout(PATIENCE, step).await {
        Ok(Ok(reading)) => Ok(reading),
        Ok(Err(why)) => Err(format!("{what} failed: {why}")),
        Err(_) => Err(format!("{what} was stopped after {} s", PATIENCE.as_secs())),
    }
}

/// A browser that was never anywhere, on the slow telephone, with the probe in it.
async fn start(site: &Site, scrolls: bool) -> Browser {
    let browser = device::start_alone(Network::Slow, Events::Endpoint).await;
    browser.view(SCREEN.0, SCREEN.1, true).await;
    let mut wanted = json!(site.view);
    wanted["newest"] = json!(site.newest);
    wanted["count"] = json!(site.count);
    wanted["scrolls"] = json!(scrolls);
    let source = format!("{{ const WANTED = {wanted};\n{PROBE} }}");
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    browser
}

async fn open(browser: &Browser, site: &Site, traffic: &Traffic) -> Result<Reading, String> {
    traffic.reset();
    browser.open(&site.url).await;
    loop {
        let told = browser.try_run("return opening.told()", Vec::new()).await?;
        if told.is_object() && traffic.is_quiet(QUIET) {
            let number = |name: &str| told[name].as_f64().unwrap_or(f64::NAN);
            let counts = traffic.counts();
            return Ok(Reading::from([
                (Column::Bytes, counts.bytes as f64),
                (Column::Requests, counts.requests as f64),
                (Column::Article, number("article")),
                (Column::Comments, number("comments")),
                (Column::All, number("all")),
                (Column::Blocked, number("blocked")),
                (Column::Longest, number("longest")),
                (Column::Shift, number("shift")),
            ]));
        }
        sleep(LOOK).await;
    }
}

async fn memory(browser: &Browser) -> Result<Reading, String> {
    browser.collect_garbage().await;
    let metric = device::metrics(browser).await;
    let wasm = browser.run("return opening.told().wasm", Vec::new()).await.as_f64().unwrap_or(f64::NAN);
    eprintln!("  heap {:.0}, WebAssembly {wasm:.0}", metric("JSHeapUsedSize"));
    Ok(Reading::from([(Column::Memory, metric("JSHeapUsedSize") + wasm), (Column::Nodes, metric("Nodes"))]))
}

/// Puts the focus into a field, and the field before the reader's eyes.
async fn focus(browser: &Browser, css: &str) -> Result<(), String> {
    let script = "const field = opening.$(arguments[0]);
        field.scrollIntoView({ block: 'center', behavior: 'instant' });
        field.focus();
        return true";
    browser.try_run(script, vec![json!(css)]).await.map(|_| ())
}

async fn typing(browser: &Browser, site: &Site) -> Result<Reading, String> {
    for (css, text) in site.view.who {
        focus(browser, css).await?;
        browser.insert(text).await;
    }
    focus(browser, site.view.field).await?;
    browser.run("opening.listen(); return bench.painted().then(() => true)", Vec::new()).await;
    for number in 0..KEYS {
        let key = ["م", "ق", "ا", "ل", " "][number % 5];
        let press = json!({ "type": "keyDown", "text": key, "unmodifiedText": key, "key": key });
        browser.devtools("Input.dispatchKeyEvent", press).await;
        browser.devtools("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key })).await;
        sleep(BETWEEN_KEYS).await;
    }
    // What was noted of the last one comes with its frame.
    browser.run("return bench.painted().then(bench.painted).then(() => true)", Vec::new()).await;
    sleep(LOOK).await;
    let told = browser.run("return opening.keys()", Vec::new()).await;
    Ok(keys(told.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()))
}

/// Of all keys, where the browser has told of those that were not too fast for it.
fn keys(mut told: Samples) -> Reading {
    while told.len() < KEYS {
        told.push(FASTEST_KEY);
    }
    Reading::from([(Column::Key, told.median()), (Column::SlowestKey, told.worst())])
}

async fn posting(browser: &Browser, site: &Site) -> Result<Reading, String> {
    // No comment before said so.
    let text = "رسالة 86420";
    focus(browser, site.view.field).await?;
    browser.insert(&format!(" {text}")).await;
    // What was typed last is answered: a widget may wait for a pause before it asks or keeps something.
    sleep(Duration::from_secs(1)).await;
    browser.try_run("opening.post(arguments[0], arguments[1])", vec![json!(site.view.send), json!(text)]).await?;
    let script = "return opening.posting.seen > 0 && opening.posting.stored > 0 && opening.posting";
    let told = device::until(browser, script).await;
    let number = |name: &str| told[name].as_f64().unwrap_or(f64::NAN);
    Ok(Reading::from([(Column::Posting, number("seen")), (Column::Stored, number("stored"))]))
}

#[cfg(test)]
mod tests {
    use super::{Column, KEYS, keys};

    #[test]
    fn keys_too_fast_to_be_told_count_as_the_fastest() {
        let read = keys([104.0, 48.0].into_iter().collect());
        assert_eq!((read[&Column::Key], read[&Column::SlowestKey]), (16.0, 104.0));
        let read = keys(std::iter::repeat_n(40.0, KEYS).collect());
        assert_eq!(read[&Column::Key], 40.0);
    }
}
