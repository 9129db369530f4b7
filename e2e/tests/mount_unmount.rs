//! A card that comes and goes a thousand times leaves nothing behind, by the browser's own counters.

use maqal_e2e::browser::Browser;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};

const WARM_UP: usize = 100;
const ROUNDS: usize = 1_000;

/// Keeps the WebAssembly's memory where the test can see it.
const SEE: &str = "<script>
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const before = WebAssembly[name];
        WebAssembly[name] = async (...values) => {
            const result = await before.apply(WebAssembly, values);
            window.memory = (result.instance ?? result).exports.memory;
            return result;
        };
    }
</script>";

/// Puts a card on the page, waits until it stands with its conversation, and takes it away; so often.
const ROUNDS_OF: &str = "window.done = false;
    (async () => {
        const place = document.querySelector('main');
        for (let round = 0; round < arguments[0]; round++) {
            const card = document.createElement('maqal-card');
            for (const [name, value] of Object.entries(arguments[1])) card.setAttribute(name, value);
            const ready = new Promise((ready) => card.addEventListener('maqal:count', ready, { once: true }));
            place.append(card);
            await ready;
            await new Promise(requestAnimationFrame);
            card.remove();
            await new Promise((left) => setTimeout(left));
            if (window.heard) window.heard.length = 0;
        }
        window.done = true;
    })();";

#[derive(Debug)]
struct Counters {
    nodes: i64,
    listeners: i64,
    heap: i64,
    memory: i64,
}

/// The browser's counters, once it has collected what is garbage.
async fn counters(reader: &Browser) -> Counters {
    reader.run("performance.clearResourceTimings()", vec![]).await;
    for _ in 0..3 {
        reader.devtools("HeapProfiler.collectGarbage", json!({})).await;
        reader.painted().await;
    }
    let metrics = reader.devtools("Performance.getMetrics", json!({})).await;
    let of = |name: &str| {
        let metric = metrics["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == name);
        // Whole numbers, far below what they can hold.
        metric.and_then(|metric| metric["value"].as_f64()).unwrap_or_else(|| panic!("no {name} in {metrics}")) as i64
    };
    let memory = reader.run("return window.memory.buffer.byteLength", vec![]).await;
    Counters {
        nodes: of("Nodes"),
        listeners: of("JSEventListeners"),
        heap: of("JSHeapUsedSize"),
        memory: memory.as_i64().unwrap_or_default(),
    }
}

async fn rounds(reader: &Browser, stage: &Stage, count: usize) {
    let attributes = json!({ "src": "/article.json", "endpoint": stage.proxy.endpoint(), "thread": THREAD });
    // By tens of seconds: a script of the driver's has an end.
    for _ in 0..count / 50 {
        reader.run(ROUNDS_OF, vec![json!(50), attributes.clone()]).await;
        reader.until("fifty cards have come and gone", "return window.done").await;
    }
}

#[tokio::test]
async fn a_thousand_cards_that_came_and_went_leave_nothing_behind() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 3).await;
    stage.host.put_with("/come.html", 200, "text/html; charset=utf-8", &[], stage.html(SEE, "<main></main>"));
    let reader = stage.reader_at("/come.html").await;
    reader.until("the loader stands", "return Boolean(customElements.get('maqal-card'))").await;
    reader.devtools("Performance.enable", json!({})).await;
    rounds(&reader, &stage, WARM_UP).await;
    let before = counters(&reader).await;
    rounds(&reader, &stage, ROUNDS).await;
    let after = counters(&reader).await;

    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
    // A card has some hundred nodes and dozens of listeners: a single one that stayed would show.
    assert!(after.nodes <= before.nodes + 50, "{before:?} {after:?}");
    assert!(after.listeners <= before.listeners + 10, "{before:?} {after:?}");
    // Half a kilobyte a card: caches and tables of the browser's fill up, a card's objects are many times that.
    assert!(after.heap - before.heap < 512 * 1_000, "{before:?} {after:?}");
    // Two pages of 64 KiB: what is alive falls into other gaps each time.
    assert!(after.memory - before.memory <= 2 * 65_536, "{before:?} {after:?}");
}
