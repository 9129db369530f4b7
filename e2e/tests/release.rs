//! What is published: another build than that of the other tests, and it must load all the same.

use maqal_e2e::article::TITLE;
use maqal_e2e::browser::Browser;
use maqal_e2e::cdn::Cdn;
use maqal_e2e::environment;
use maqal_e2e::stage::{Stage, THREAD};

#[tokio::test]
async fn what_is_published_shows_an_article_and_takes_a_comment_and_a_reply() {
    let mut stage = Stage::start().await;
    stage.cdn = Cdn::of(&environment::release()).await;
    stage.put_page("/", &stage.usual_card());
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/")).await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post("سلمى", "أول تعليق").await;
    card.until_comments(1).await;
    card.press("[data-act='reply']").await;
    card.type_into(".comment textarea", "وأول ردّ عليه").await;
    card.press(".comment button.send").await;
    card.until_comments(2).await;
    let stored: Vec<_> = stage.endpoint.stored(THREAD).await.into_iter().map(|stored| stored.body).collect();
    assert_eq!(stored, ["أول تعليق", "وأول ردّ عليه"]);
    let errors: Vec<_> = reader.console().await.into_iter().filter(|line| line.level == "SEVERE").collect();
    assert_eq!(errors, []);
}
