//! What a reader typed is kept on this device with each keystroke, and the card says so, or says that it is not.

use maqal_e2e::proxy::Fault;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::json;

const NAME: &str = "لبنى";
const TYPED: &str = "كنت سأكتب أكثر";

#[tokio::test]
async fn a_half_written_text_outlives_a_reload_and_the_card_says_that_it_is_kept() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.write(NAME, TYPED).await;
    card.until_text(".bar .kept", "حُفظت المسودّة على هذا الجهاز").await;
    reader.reload().await;
    card.until_empty().await;
    assert_eq!((card.value("#name").await, card.value("#body").await), (NAME.into(), TYPED.into()));
}

#[tokio::test]
async fn a_sent_text_does_not_come_back() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post(NAME, TYPED).await;
    card.until_comments(1).await;
    reader.reload().await;
    card.until_comments(1).await;
    assert_eq!(card.value("#body").await, "");
    assert_eq!(card.texts(".bar .kept").await, [""]);
}

#[tokio::test]
async fn where_the_device_keeps_nothing_the_card_says_so_and_the_comment_still_arrives() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    // The host page has used up the quota, to the last character.
    let fill = "for (let size = 1 << 22; size >= 1; ) {
            try { localStorage.setItem('host' + Math.random(), 'x'.repeat(size)); } catch { size = Math.floor(size / 2); }
        }";
    reader.run(fill, vec![]).await;
    card.write(NAME, TYPED).await;
    card.until_text(".bar .kept", "لا يمكن حفظ المسودّة على هذا الجهاز.").await;
    let told = reader.heard_of("maqal:error").await;
    assert_eq!(told.iter().map(|error| error["code"].clone()).collect::<Vec<_>>(), [json!("storage")], "once");

    stage.proxy.fail(Fault::Status(503, Some(60))).await;
    card.press("button.send").await;
    card.until_text(".pending .note", "لا تغلق الصفحة").await;
    stage.proxy.heal().await;
    card.press(".pending .note button").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn an_unsent_comment_is_edited_and_sent_under_a_new_key() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.proxy.fail(Fault::Status(503, Some(60))).await;
    card.post(NAME, TYPED).await;
    card.until_text(".pending .note", "الخادم متوقف الآن").await;
    assert!(card.press_if_there(".pending .note", "عدّل النص").await);
    card.until("it is in its field again", "return !$('.pending') && $('#body').value !== ''").await;
    assert_eq!((card.value("#name").await, card.value("#body").await), (NAME.into(), TYPED.into()));
    stage.proxy.heal().await;
    card.type_into("#body", " من هذا").await;
    card.press("button.send").await;
    card.until_comments(1).await;
    reader.reload().await;
    card.until_comments(1).await;
    let stored = stage.endpoint.stored(THREAD).await;
    assert_eq!(stored.iter().map(|comment| comment.body.as_str()).collect::<Vec<_>>(), ["كنت سأكتب أكثر من هذا"]);
}

#[tokio::test]
async fn unsent_comments_go_out_in_the_order_they_were_written() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.proxy.fail(Fault::Refused).await;
    for text in ["الأول", "الثاني", "الثالث"] {
        card.post(NAME, text).await;
        card.until_text(".pending .say", text).await;
    }
    assert_eq!(card.texts(".pending .say").await, ["الثالث", "الثاني", "الأول"], "the latest on top");
    reader.reload().await;
    card.until("all three are restored", "return $$('.pending').length === 3").await;
    stage.proxy.heal().await;
    reader.reload().await;
    card.until_comments(3).await;
    let mut stored: Vec<String> = stage.endpoint.stored(THREAD).await.into_iter().map(|comment| comment.body).collect();
    stored.sort();
    assert_eq!(stored, ["الأول", "الثالث", "الثاني"], "each once");
}
