//! A comment that is half written when something happens to its page.

use serde_json::Value;

use crate::browser::Browser;
use crate::stage::{Stage, THREAD};

/// Who writes it.
pub const NAME: &str = "هند";
/// What is written so far.
pub const TYPED: &str = "نصّ لم يُرسل بعد";

/// A card with two comments and a half-written third one, on a page with `head`.
pub async fn half_written(stage: &Stage, head: &str) -> Browser {
    stage.endpoint.fill(THREAD, 2).await;
    stage.host.put("/life.html", stage.html(head, &stage.usual_card()));
    let reader = stage.reader_at("/life.html").await;
    let card = reader.card("maqal-card");
    card.until_comments(2).await;
    card.write(NAME, TYPED).await;
    reader
}

/// What was typed is sent, and the card is whole.
pub async fn goes_on(reader: &Browser) {
    let card = reader.card("maqal-card");
    let before = card.count("ol .comment").await;
    assert_eq!((card.value("#name").await, card.value("#body").await), (NAME.into(), TYPED.into()));
    card.press("button.send").await;
    card.until_comments(before + 1).await;
    assert_eq!(card.count(".broken").await, 0);
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
}
