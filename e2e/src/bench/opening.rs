//! From the navigation until comments stand on the screen.

use serde_json::{Value, json};

use super::device::{self, Events, Network};
use super::table::{Samples, Table};

/// What one kind of opening took, over several runs; milliseconds.
#[derive(Debug, Default)]
pub struct Opening {
    first: Samples,
    all: Samples,
    blocked: Samples,
    ready: Samples,
    bytes: u64,
}

impl Opening {
    /// Opens the page `url` once more, and waits for `count` comments.
    pub async fn measure(&mut self, url: &str, count: usize, events: Events) {
        let browser = device::start(Network::Slow, events).await;
        browser.open(url).await;
        browser.run("bench.open(arguments[0])", vec![json!(count)]).await;
        let script = "if (!bench.all) return null;
            const { first, all, wasm } = bench;
            const bytes = performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0);
            return { first, all, wasm, bytes, blocked: bench.blocked(0, all) }";
        let told = device::until(&browser, script).await;
        let number = |name: &str| told[name].as_f64().unwrap_or(f64::NAN);
        self.first.push(number("first"));
        self.all.push(number("all"));
        self.blocked.push(number("blocked"));
        self.ready.push(number("wasm"));
        self.bytes = told["bytes"].as_u64().unwrap_or_default();
    }

    /// Its lines.
    pub fn tell(&self, name: &str, unseen_bytes: usize, others: [&str; 2], table: &mut Table) {
        table.times(&format!("{name}: the widget's code runs"), &self.ready, "");
        table.times(&format!("{name}: first comment painted"), &self.first, "");
        table.times(&format!("{name}: all in the list"), &self.all, others[0]);
        table.times(&format!("{name}: main thread blocked"), &self.blocked, others[1]);
        let kilobytes = format!("{} kB", (self.bytes + unseen_bytes as u64) / 1000);
        table.line(&format!("{name}: loaded"), &kilobytes, &kilobytes, "");
    }
}

/// What a script returned as a list of numbers.
pub(super) fn numbers(list: &Value) -> Samples {
    list.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}
