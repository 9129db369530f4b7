//! One submission is one comment, however often it has to be sent.

use http::Method;
use maqal_e2e::proxy::Fault;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};

const NAME: &str = "ياسين";
const BODY: &str = "أين تقف الحافلة يوم الخميس؟";

#[tokio::test]
async fn the_same_key_again_gets_the_same_comment_and_makes_no_second_one() {
    let stage = Stage::start().await;
    let key = "8e03978e-40d5-43e8-bc93-6894a57f9324";
    let first = stage.endpoint.post(THREAD, NAME, BODY, key).await;
    let second = stage.endpoint.post(THREAD, NAME, BODY, key).await;
    assert_eq!(first.status(), 201);
    assert!(second.status().is_success(), "{}", second.status());
    assert!(id_of(first.body()).is_string());
    assert_eq!(id_of(first.body()), id_of(second.body()));
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn the_same_key_outlives_kill_9_of_the_endpoint() {
    let mut stage = Stage::start().await;
    let key = "8e03978e-40d5-43e8-bc93-6894a57f9324";
    stage.endpoint.post(THREAD, NAME, BODY, key).await;
    stage.restart_endpoint().await;
    assert!(stage.endpoint.post(THREAD, NAME, BODY, key).await.status().is_success());
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn twenty_posts_of_one_key_at_once_make_one_comment() {
    let stage = Stage::start().await;
    let key = "8e03978e-40d5-43e8-bc93-6894a57f9324";
    let answers = futures_util::future::join_all((0..20).map(|_| stage.endpoint.post(THREAD, NAME, BODY, key))).await;
    assert!(answers.iter().all(|answer| answer.status().is_success()));
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_the_comment_stands_once() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.proxy.fail(Fault::LostAnswer).await;
    card.post(NAME, BODY).await;
    card.until_text(".pending .note", "لم يُرسل تعليقك بعد").await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1, "the endpoint has it; the reader does not know");

    stage.proxy.heal().await;
    card.press_if_there(".pending .note", "أعد المحاولة").await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .say").await, [BODY]);
    assert_eq!(card.texts("h3 small").await, ["١"]);
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
    assert_one_key(&stage);
}

#[tokio::test]
async fn a_lost_answer_and_then_a_reload_still_make_one_comment() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.proxy.fail(Fault::LostAnswer).await;
    card.post(NAME, BODY).await;
    card.until_text(".pending .note", "لم يُرسل تعليقك بعد").await;

    // The card of the next visit finds it in the outbox, and in the conversation too.
    stage.proxy.heal().await;
    reader.reload().await;
    card.until_comments(1).await;
    assert_eq!(card.texts("h3 small").await, ["١"]);
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
    assert_one_key(&stage);
    assert_eq!(kept(&reader).await, json!([]), "the outbox is empty");
}

#[tokio::test]
async fn a_reload_while_the_comment_is_under_way_neither_loses_nor_doubles_it() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.proxy.fail(Fault::Stalled).await;
    card.post(NAME, BODY).await;
    maqal_e2e::wait::until("the comment is under way", || async {
        (!stage.proxy.recorded(&Method::POST).is_empty()).then_some(())
    })
    .await;
    reader.reload().await;
    card.until_text(".pending .say", BODY).await;
    stage.proxy.heal().await;
    reader.reload().await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .say").await, [BODY]);
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
    assert_one_key(&stage);
}

#[tokio::test]
async fn two_quick_presses_of_the_button_make_one_comment() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.write(NAME, BODY).await;
    card.run("const button = $('button.send'); button.click(); button.click();", vec![]).await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn the_same_words_twice_are_two_comments_where_the_reader_wants_it() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post(NAME, BODY).await;
    card.until_comments(1).await;
    card.post(NAME, BODY).await;
    card.until_comments(2).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 2);
}

/// The comment's identifier in an answer.
fn id_of(answer: &[u8]) -> Value {
    serde_json::from_slice::<Value>(answer).map(|comment| comment["id"].clone()).unwrap_or_default()
}

/// Every attempt carried the one key.
fn assert_one_key(stage: &Stage) {
    let posts = stage.proxy.recorded(&Method::POST);
    assert!(posts.len() >= 2, "it was sent again: {posts:?}");
    assert!(posts.iter().all(|post| post.key.is_some() && post.key == posts[0].key), "{posts:?}");
    assert!(posts.iter().all(|post| post.body == posts[0].body), "{posts:?}");
}

async fn kept(reader: &maqal_e2e::browser::Browser) -> Value {
    reader.run("return Object.keys(localStorage).filter((key) => key.startsWith('maqal:outbox'))", vec![]).await
}
