//! A slow device on a slow network, with nothing in its cache.

use fantoccini::wd::TimeoutConfiguration;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep};

use crate::browser::Browser;

/// What runs before the page's own scripts.
const PROBE: &str = include_str!("probe.js");

/// A stream of events in the place of the browser's.
const STREAM: &str = include_str!("stream.js");

/// The processor is so many times slower than this machine's.
pub const CPU: u32 = 4;

/// 1.6 Mbit/s, in bytes a second.
const DOWN: u32 = 1_600_000 / 8;

/// 750 kbit/s, in bytes a second.
const UP: u32 = 750_000 / 8;

/// The milliseconds that pass before a request's answer begins.
const LATENCY: u32 = 150;

/// Between two looks at a page that works: a look takes time from it.
const LOOK: Duration = Duration::from_millis(250);

/// The longest that anything may take.
const LOOKS: u32 = 4 * 180;

/// The way to the servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// A mobile one: [`DOWN`], [`UP`] and [`LATENCY`].
    Slow,
    /// This machine's own.
    Local,
}

/// Where the endpoint's events come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Events {
    /// The endpoint.
    Endpoint,
    /// The bench, by `bench.hear`.
    Bench,
}

/// A browser that was never anywhere, on a slow device.
pub async fn start(network: Network, events: Events) -> Browser {
    slow(Browser::start().await, network, events).await
}

/// As [`start`], in a browser whose process nothing ran in before.
pub async fn start_alone(network: Network, events: Events) -> Browser {
    slow(Browser::start_alone().await, network, events).await
}

async fn slow(browser: Browser, network: Network, events: Events) -> Browser {
    // A page that works for a minute answers late.
    let patience = TimeoutConfiguration::new(Some(LOOK * LOOKS), Some(LOOK * LOOKS), None);
    browser.client().update_timeouts(patience).await.expect("the driver waits as long as it is told");
    browser.devtools("Network.enable", json!({})).await;
    let source = if events == Events::Bench { [PROBE, STREAM].concat() } else { PROBE.to_owned() };
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": CPU })).await;
    if network == Network::Slow {
        let conditions =
            json!({ "offline": false, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP });
        browser.devtools("Network.emulateNetworkConditions", conditions).await;
    }
    browser
}

/// Waits until the script returns something true, and gives that.
pub async fn until(browser: &Browser, script: &str) -> Value {
    for _ in 0..LOOKS {
        let value = browser.run(script, Vec::new()).await;
        if !matches!(value, Value::Null | Value::Bool(false)) {
            return value;
        }
        sleep(LOOK).await;
    }
    panic!("this did not come true: {script}\n{}", browser.report().await);
}

/// The browser's own counters, such as `JSHeapUsedSize` (bytes), `Nodes` and `TaskDuration` (seconds).
pub async fn metrics(browser: &Browser) -> impl Fn(&str) -> f64 {
    browser.devtools("Performance.enable", json!({})).await;
    let answer = browser.devtools("Performance.getMetrics", json!({})).await;
    move |name| {
        let metrics = answer["metrics"].as_array().into_iter().flatten();
        metrics.filter(|metric| metric["name"] == name).find_map(|metric| metric["value"].as_f64()).unwrap_or(f64::NAN)
    }
}
