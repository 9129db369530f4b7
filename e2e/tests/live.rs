//! What happens in a conversation while it is read: it reaches every page that shows it, moves nothing there, and nothing
//! of it is missed.
#![allow(clippy::unwrap_used, reason = "clippy.toml frees tests of it, but not the functions that tests share")]

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::BodyExt;
use maqal_contract::Posted;
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::client;
use maqal_e2e::endpoint::PATH;
use maqal_e2e::proxy::Fault;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};

/// Keeps each line that the page opens where the test can see it.
const LINES: &str = "<script>
    window.lines = [];
    window.EventSource = class extends EventSource {
        constructor(address) { super(address); lines.push(this); }
    };
</script>";

const IS_HEARD: &str = "return lines.some((line) => line.readyState === EventSource.OPEN)";
const IS_SILENT: &str = "return lines.length > 0 && lines.every((line) => line.readyState === EventSource.CLOSED)";

/// Opens the page and waits until it listens.
async fn listener(stage: &Stage) -> Browser {
    stage.host.put("/heard.html", stage.html(LINES, &stage.usual_card()));
    let browser = Browser::start().await;
    browser.open(&stage.host.url("/heard.html")).await;
    browser.card("maqal-card").find(".sort select").await;
    browser.card("maqal-card").run("$('.list').scrollIntoView()", vec![]).await;
    browser.until("the page listens", IS_HEARD).await;
    browser
}

/// Posts a comment past the browsers.
async fn say(stage: &Stage, body: &str) -> Posted {
    let key = format!("said-past-the-browsers-{}", stage.endpoint.stored(THREAD).await.len());
    let answer = stage.endpoint.post(THREAD, "قارئة", body, &key).await;
    serde_json::from_slice(answer.body()).unwrap()
}

/// Has its author change a comment, or delete it.
async fn change(stage: &Stage, method: Method, posted: &Posted, json: Option<Value>) {
    let request = Request::builder()
        .method(method)
        .uri(format!("{}{PATH}/{}", stage.endpoint.origin(), posted.comment.id))
        .header("Content-Type", "application/json")
        .header("Authorization", format!("Bearer {}", posted.secret))
        .body(json.map(|json| Bytes::from(json.to_string())).unwrap_or_default());
    assert!(client::send(request.unwrap()).await.unwrap().status().is_success());
}

/// Where what is being read stands.
async fn places(card: Card<'_>) -> Value {
    card.run("return $$('.list .comment').map((e) => [e.id, e.getBoundingClientRect().top])", vec![]).await
}

#[tokio::test]
async fn a_stream_comes_through_the_proxy_as_it_comes_and_is_not_counted() {
    let stage = Stage::start().await;
    let address = format!("{}/stream?thread={THREAD}&since=0", stage.proxy.endpoint());
    // No gate holds a stream back.
    stage.proxy.gate.close();
    let open = || client::open(Request::get(&address).body(Bytes::new()).unwrap());
    let mut stream = open().await.unwrap();
    let mut heard = String::new();
    for body in ["أول", "ثان"] {
        let id = say(&stage, body).await.comment.id;
        while !heard.contains(&id) {
            let frame = stream.frame().await.expect("the stream goes on").unwrap();
            heard += std::str::from_utf8(frame.data_ref().unwrap()).unwrap();
        }
    }
    assert_eq!(stage.proxy.recorded(&Method::GET).len(), 0);
    stage.proxy.fail(Fault::Status(503, None)).await;
    assert_eq!(open().await.unwrap().status(), 503);
    stage.proxy.fail(Fault::Refused).await;
    while let Some(Ok(_)) = stream.frame().await {}
}

#[tokio::test]
async fn a_comment_of_one_reader_waits_for_another_behind_a_button_and_moves_nothing() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 8).await;
    let (writer, reader) = (listener(&stage).await, listener(&stage).await);
    let card = reader.card("maqal-card");
    card.run("$$('.list .comment')[3].scrollIntoView()", vec![]).await;
    reader.painted().await;
    let before = places(card).await;

    writer.card("maqal-card").post("إدريس", "رأي جديد في المقال").await;
    writer.card("maqal-card").until_comments(9).await;
    card.until_text(".fresh button", "تعليق جديد").await;
    reader.painted().await;
    assert_eq!(places(card).await, before);
    assert_eq!(writer.card("maqal-card").count(".fresh button").await, 0, "one's own comment does not wait");
    card.press(".fresh button").await;
    card.until_text(".list .say", "رأي جديد في المقال").await;
    card.until_comments(9).await;
}

#[tokio::test]
async fn an_edit_and_a_deletion_apply_in_place() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 3).await;
    let (edited, gone) = (say(&stage, "فيه خطأ مطبعيّ").await, say(&stage, "ندم عليه صاحبه").await);
    stage.endpoint.reply(THREAD, &gone.comment.id, "قارئ", "ردّ يبقى").await;
    let reader = listener(&stage).await;
    let card = reader.card("maqal-card");
    card.until_comments(6).await;
    change(&stage, Method::PATCH, &edited, Some(json!({ "body": "لا خطأ فيه" }))).await;
    card.until_text(".say", "لا خطأ فيه").await;
    change(&stage, Method::DELETE, &gone, None).await;
    card.until_text(&format!("#c-{}", gone.comment.id), "حُذف").await;
    let shown = card.text().await;
    assert!(!shown.contains("فيه خطأ مطبعيّ") && !shown.contains("ندم عليه صاحبه"), "{shown}");
    assert!(shown.contains("ردّ يبقى"));
    assert_eq!(card.count(".fresh button").await, 0);
}

#[tokio::test]
async fn an_endpoint_that_was_killed_is_heard_again_once_it_is_back_and_nothing_is_missed() {
    let mut stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 2).await;
    let reader = listener(&stage).await;
    let card = reader.card("maqal-card");
    say(&stage, "قبل العطل").await;
    card.until_text(".fresh button", "تعليق جديد").await;
    stage.endpoint.kill();
    reader.until("the page no longer hears it", "return !lines.some((line) => line.readyState === 1)").await;
    stage.restart_endpoint().await;
    // Perhaps before the page is back, perhaps after.
    say(&stage, "بعد العطل").await;
    card.until_text(".fresh button", "تعليقان جديدان").await;
    card.press(".fresh button").await;
    card.until_comments(4).await;
}

#[tokio::test]
async fn a_page_that_is_hidden_does_not_listen_and_catches_up_when_it_is_seen() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 2).await;
    let reader = listener(&stage).await;
    let card = reader.card("maqal-card");
    reader.client().minimize_window().await.unwrap();
    reader.until("the page is hidden", "return document.visibilityState === 'hidden'").await;
    reader.until("nobody listens", IS_SILENT).await;
    for body in ["أول", "ثانٍ", "ثالث"] {
        say(&stage, body).await;
    }
    assert_eq!(card.count(".fresh button").await, 0);
    reader.client().set_window_size(1280, 900).await.unwrap();
    reader.until("the page is seen", "return document.visibilityState === 'visible'").await;
    card.until_text(".fresh button", "٣ تعليقات جديدة").await;
    card.press(".fresh button").await;
    card.until_comments(5).await;
}
