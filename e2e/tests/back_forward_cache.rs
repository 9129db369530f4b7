//! A page that is left and come back to is the one that was left, where the browser keeps such pages.

use maqal_e2e::engine::Engine;
use maqal_e2e::half_written::{goes_on, half_written};
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::json;

/// Notes how the page is shown again, and each line that it opens.
const BACK: &str = "<script>
    window.lines = [];
    window.EventSource = class extends EventSource {
        constructor(address) { super(address); lines.push(this); }
    };
    addEventListener('pageshow', ({ persisted }) => { if (persisted) window.back = true; });
</script>";

const IS_HEARD: &str = "return lines.some((line) => line.readyState === EventSource.OPEN)";

#[tokio::test]
async fn a_page_that_is_left_is_kept_as_it_is_and_hears_the_conversation_again_on_the_way_back() {
    let stage = Stage::start().await;
    stage.host.put("/next.html", "<!doctype html><meta charset=utf-8><title>التالي</title><h1>التالي</h1>");
    let reader = half_written(&stage, BACK).await;
    let card = reader.card("maqal-card");
    card.run("$('.list').scrollIntoView()", vec![]).await;
    reader.until("the page listens", IS_HEARD).await;
    card.run("window.known = $$('.comment, #body, .title')", vec![]).await;

    // By the driver: WebKit's waits for ever for the answer of a script that is on the page that is left.
    reader.open(&stage.host.url("/next.html")).await;
    stage.endpoint.post(THREAD, "قارئ آخر", "كتبتُ في الأثناء", "another-readers-key-0001").await;
    reader.client().back().await.unwrap();
    let why = "if (document.readyState !== 'complete' || location.pathname !== '/life.html') return null;
        const why = performance.getEntriesByType('navigation')[0].notRestoredReasons;
        return window.back ? 'kept' : JSON.stringify(why ?? 'no reason is given')";
    let kept = reader.until("the page is back", why).await;
    if Engine::current() == Engine::Firefox {
        // It keeps no page that has an open stream: the page comes anew, and the draft with it.
        assert_ne!(kept, json!("kept"), "then the rest of this test holds in Firefox too");
        card.until_comments(3).await;
        return goes_on(&reader).await;
    }
    assert_eq!(kept, json!("kept"));
    let same = "return known.every((e, i) => e === $$('.comment, #body, .title')[i])";
    assert_eq!(card.run(same, vec![]).await, json!(true), "it is the page that was left");
    reader.until("the page listens again", IS_HEARD).await;
    let open = "return lines.filter((line) => line.readyState !== EventSource.CLOSED).length";
    assert_eq!(reader.run(open, vec![]).await, json!(1));
    card.until_text(".fresh button", "تعليق جديد").await;
    goes_on(&reader).await;
}
