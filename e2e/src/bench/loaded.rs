//! With the whole of a long conversation loaded: typing, scrolling, and what happens meanwhile.

use std::time::Duration;

use maqal_contract::{Change, Comment};
use serde_json::{Value, json};

use super::device::{self, Events, Network};
use super::opening::numbers;
use super::table::{Samples, Table, ms};
use crate::browser::Browser;

/// How many keys are typed.
const KEYS: usize = 200;

/// Between two of them, as of somebody who types fast.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);

/// How many changes come.
const CHANGES: usize = 20;

/// The frames of a screen of 60 Hz, in milliseconds; one that takes half as long again is late.
const FRAME: f64 = 1000.0 / 60.0;

/// Opens the page `url` and waits until `count` comments are in the list.
pub async fn open(url: &str, count: usize, table: &mut Table) -> Browser {
    let browser = device::start(Network::Local, Events::Bench).await;
    browser.open(url).await;
    browser.run("bench.open(arguments[0])", vec![json!(count)]).await;
    let script = "return bench.all && { first: bench.first, all: bench.all, blocked: bench.blocked(0, bench.all),
        longest: bench.longest(0, bench.all) }";
    let told = device::until(&browser, script).await;
    let mut tell = |what: &str, name: &str| table.times(what, &once(&told[name]), "");
    tell("10,000 in one answer: first comment painted", "first");
    tell("10,000 in one answer: all in the list", "all");
    tell("10,000 in one answer: main thread blocked", "blocked");
    tell("10,000 in one answer: longest task", "longest");
    browser
}

fn once(value: &Value) -> Samples {
    value.as_f64().into_iter().collect()
}

/// Opens the page `url`, whose endpoint gives pages, and asks for one after the other until all are there.
pub async fn by_pages(url: &str, count: usize, table: &mut Table) {
    let browser = device::start(Network::Local, Events::Bench).await;
    browser.open(url).await;
    device::until(&browser, "return bench.count() > 0").await;
    let script = "const count = arguments[0];
        (async () => {
          const pages = [];
          while (bench.count() < count) {
            const before = bench.count();
            pages.push(await bench.press('.foot .rest', () => bench.count() > before && bench.$('.foot .rest, .foot:empty')));
          }
          bench.pages = pages;
        })()";
    browser.run(script, vec![json!(count)]).await;
    let pages = device::until(&browser, "return bench.pages").await;
    let pages: Vec<f64> = pages.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let some = pages.len().min(10);
    table.times("10,000 in pages of 100: the first ten pages, each", &pages[..some].iter().copied().collect(), "");
    table.times(
        "10,000 in pages of 100: the last ten, each",
        &pages[pages.len() - some..].iter().copied().collect(),
        "",
    );
}

/// What the list holds.
pub async fn memory(browser: &Browser, table: &mut Table) {
    browser.devtools("HeapProfiler.collectGarbage", json!({})).await;
    let metric = device::metrics(browser).await;
    let wasm = browser.run("return bench.wasmBytes()", Vec::new()).await.as_f64().unwrap_or(f64::NAN);
    let megabytes = |bytes: f64| format!("{:.0} MB", bytes / 1e6);
    table.line("10,000 loaded: JavaScript heap", &megabytes(metric("JSHeapUsedSize")), "", "");
    table.line("10,000 loaded: WebAssembly memory", &megabytes(wasm), "", "");
    table.line("10,000 loaded: DOM nodes", &format!("{:.0}", metric("Nodes")), "", "");
}

/// Types into the composer, where `typed` characters stand already.
pub async fn typing(browser: &Browser, name: &str, typed: usize, table: &mut Table) {
    let script = "const field = bench.$('textarea');
        field.scrollIntoView({ block: 'center', behavior: 'instant' });
        field.focus();
        return true";
    browser.run(script, Vec::new()).await;
    if typed > 0 {
        browser.insert(&"نص طويل يُكتب على مهل. ".repeat(typed / 23)).await;
    }
    browser.run("bench.keys(); return bench.painted().then(() => true)", Vec::new()).await;
    let before = device::metrics(browser).await;
    for number in 0..KEYS {
        let key = ["م", "ق", "ا", "ل", " "][number % 5];
        let press = json!({ "type": "keyDown", "text": key, "unmodifiedText": key, "key": key });
        browser.devtools("Input.dispatchKeyEvent", press).await;
        browser.devtools("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key })).await;
        tokio::time::sleep(BETWEEN_KEYS).await;
    }
    let after = device::metrics(browser).await;
    device::until(browser, &format!("return bench.typed.length >= {KEYS}")).await;
    let told = browser.run("return bench.typed", Vec::new()).await;
    let of = |name: &str| -> Samples {
        told.as_array().into_iter().flatten().filter_map(|key| key[name].as_f64()).collect()
    };
    let (handlers, frames) = (of("handlers"), of("frame"));
    let with_percentile = |what: &str, samples: &Samples, table: &mut Table| {
        let what = format!("{name}: {what}; p95 {}", ms(samples.percentile(95)));
        table.times(&what, samples, "");
    };
    with_percentile("a key's listeners", &handlers, table);
    with_percentile("a key until it is painted", &frames, table);
    let each = |counter: &str| ms((after(counter) - before(counter)) * 1000.0 / KEYS as f64);
    let what = format!(
        "{name}: main thread for each key (of that style {}, layout {})",
        each("RecalcStyleDuration"),
        each("LayoutDuration")
    );
    table.line(&what, &each("TaskDuration"), "", "");
}

/// Scrolls from end to end, a screen in each frame.
pub async fn scrolling(browser: &Browser, table: &mut Table) {
    browser.run("bench.scroll()", Vec::new()).await;
    let frames = numbers(&device::until(browser, "return bench.frames").await);
    let late = frames.above(1.5 * FRAME);
    let what = format!("10,000 loaded, scrolled a screen a frame: frames ({} of {} late)", late, frames.len());
    table.times(&what, &frames, "");
}

/// Comments that change, and one that comes.
pub async fn changes(browser: &Browser, comments: &[Comment], table: &mut Table) {
    let total = comments.len() as u64;
    browser.run("scrollTo({ top: 0, behavior: 'instant' })", Vec::new()).await;
    device::until(browser, "return bench.sources.some((source) => source.readyState === 1)").await;
    let (mut likes, mut texts) = (Samples::default(), Samples::default());
    for number in 0..CHANGES {
        let comment = comments[number * comments.len() / CHANGES].clone();
        let liked = Comment { likes: comment.likes + 1, ..comment.clone() };
        likes.push(hear(browser, liked, total).await);
        let html = format!("<p>تصحيح {number}</p>");
        texts.push(hear(browser, Comment { html, ..comment }, total).await);
    }
    table.times("10,000 loaded: another reader's like until it is painted", &likes, "");
    table.times("10,000 loaded: another reader's edit until it is painted", &texts, "");
    let mut shown = Samples::default();
    for number in 0..3 {
        let id = format!("new-{number}");
        let new = Comment { id, parent: None, root: None, replies: 0, ..comments[0].clone() };
        hear(browser, new, total + 1 + number).await;
        device::until(browser, "return bench.$('.fresh button')").await;
        let script = "const before = bench.count(); return bench.press('.fresh button', () => bench.count() > before)";
        shown.push(browser.run(script, Vec::new()).await.as_f64().unwrap_or(f64::NAN));
    }
    table.times("10,000 loaded: new comments shown, from the press until they are painted", &shown, "");
}

async fn hear(browser: &Browser, comment: Comment, total: u64) -> f64 {
    let data = serde_json::to_string(&Change { comment, total }).expect("a change serialises");
    browser.run("return bench.hear(arguments[0])", vec![json!(data)]).await.as_f64().unwrap_or(f64::NAN)
}
