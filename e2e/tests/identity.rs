//! Readers whom the host page knows: it signs for them, and the endpoint verifies it.
#![allow(clippy::unwrap_used, reason = "clippy.toml frees tests of it, but not the functions that tests share")]

use std::time::{SystemTime, UNIX_EPOCH};

use http::Method;
use jsonwebtoken::{EncodingKey, Header};
use maqal_contract::Badge;
use maqal_contract::identity::Claims;
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};

const SECRET: &str = "the-tests-own-secret-of-32-bytes-and-more";
const NAME: &str = "سلمى العلوي";
const BODY: &str = "ذكّرتني هذه الحافلة بمكتبة جدّي.";
const STAFF: &str = "من فريق التحرير";
const EXPIRED: &str = "انتهت مدّة دخولك إلى هذا الموقع. سجّل الدخول من جديد";
const NOT_ACCEPTED: &str = "لم يقبل خادم التعليقات حسابك في هذا الموقع.";
const REQUIRED: &str = "الكتابة هنا لمن سجّل الدخول إلى هذا الموقع.";

/// The host's word for its reader, signed with `secret`, that ends so many seconds from now.
fn token(secret: &str, seconds: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = Claims {
        sub: "reader-7".to_owned(),
        name: NAME.to_owned(),
        picture: None,
        badge: Some(Badge::Staff),
        exp: now.checked_add_signed(seconds).unwrap(),
    };
    jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

async fn stage(options: &[&str]) -> Stage {
    Stage::start_with(&[&["--identity-secret", SECRET], options].concat()).await
}

/// What the script of a host page does when its reader has signed in.
async fn sign_in(card: Card<'_>, token: &str) {
    card.run("host.identity = args[0]", vec![json!(token)]).await;
    card.until_text(".vouched", NAME).await;
}

async fn say(card: Card<'_>, body: &str) {
    card.type_into("#body", body).await;
    card.press("button.send").await;
}

/// The first comment in the list has the host's name and badge.
async fn is_the_hosts(card: Card<'_>) {
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .name").await, [NAME]);
    assert_eq!(card.texts(".comment .say").await, [BODY]);
    card.until_text(".comment .who", STAFF).await;
}

/// The `Idempotency-Key` of every submission so far.
fn keys(stage: &Stage) -> Vec<Option<String>> {
    stage.proxy.recorded(&Method::POST).into_iter().map(|request| request.key).collect()
}

async fn told(reader: &Browser) -> Vec<Value> {
    reader.heard_of("maqal:error").await.into_iter().map(|detail| detail["code"].clone()).collect()
}

#[tokio::test]
async fn a_host_that_knows_its_reader_gives_name_and_badge_and_the_name_field_is_gone() {
    let stage = stage(&[]).await;
    let word = format!("<script>document.querySelector('maqal-card').identity = '{}'</script>", token(SECRET, 600));
    stage.put_page("/signed-in", &(stage.usual_card() + &word));
    let reader = stage.reader_at("/signed-in").await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.until_text(".vouched", &format!("تكتب باسم \u{2068}{NAME}\u{2069}")).await;
    card.until_text(".vouched", STAFF).await;
    assert_eq!(card.count("#name").await, 0);

    say(card, BODY).await;
    is_the_hosts(card).await;
    assert_eq!(stage.endpoint.stored(THREAD).await[0].name, NAME);
    assert_eq!(told(&reader).await, [json!(null); 0]);
    let kept = "return JSON.stringify({...localStorage, ...sessionStorage}).includes(args[0])";
    assert_eq!(card.run(kept, vec![json!("eyJ")]).await, json!(false), "the token is not kept on the device");

    let other = stage.reader().await;
    is_the_hosts(other.card("maqal-card")).await;
    assert_eq!(other.card("maqal-card").count("#name").await, 1);
}

#[tokio::test]
async fn a_forged_identity_is_refused_with_a_sentence_and_the_text_outlives_it_and_a_reload() {
    let stage = stage(&[]).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    sign_in(card, &token("a-secret-that-somebody-has-made-up-for-this", 600)).await;
    say(card, BODY).await;
    card.until_text(".pending .note", NOT_ACCEPTED).await;
    assert_eq!(card.texts(".pending .say").await, [BODY]);
    assert_eq!(told(&reader).await, [json!("comment")]);
    assert_eq!(stage.endpoint.page(THREAD).await.total, 0);

    // It is not posted as anybody else's meanwhile.
    reader.reload().await;
    card.until_text(".pending .note", "سجّل الدخول إلى الموقع ليُرسل تعليقك باسمك فيه.").await;
    assert_eq!(card.texts(".pending .say").await, [BODY]);
    assert_eq!(keys(&stage).len(), 1);

    sign_in(card, &token(SECRET, 600)).await;
    is_the_hosts(card).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn an_expired_identity_has_its_own_sentence_and_a_fresh_one_sends_what_waited() {
    let stage = stage(&[]).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    // A device whose clock is two hours slow cannot know that the time is over.
    reader
        .run(
            "const { Date } = window; const now = Date.now; window.right = now; Date.now = () => now() - 7200e3",
            vec![],
        )
        .await;
    sign_in(card, &token(SECRET, -3600)).await;
    say(card, BODY).await;
    card.until_text(".pending .note", EXPIRED).await;
    assert_eq!(card.texts(".pending .say").await, [BODY]);
    assert_eq!(stage.endpoint.page(THREAD).await.total, 0);

    reader.run("window.Date.now = window.right", vec![]).await;
    sign_in(card, &token(SECRET, 600)).await;
    is_the_hosts(card).await;
    let keys = keys(&stage);
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1], "it is the same submission");
    assert_eq!(card.value("#body").await, "");
}

#[tokio::test]
async fn an_identity_that_has_expired_already_leaves_the_choice_of_a_name() {
    let stage = stage(&[]).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.run("host.identity = args[0]", vec![json!(token(SECRET, -3600))]).await;
    card.until_text(".note", EXPIRED).await;
    assert_eq!(told(&reader).await, [json!("identity")]);

    card.post("مريم", BODY).await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .name").await, ["مريم"]);
    assert!(!card.text().await.contains(STAFF));
}

#[tokio::test]
async fn where_only_known_readers_may_write_others_are_told_so_and_keep_their_text() {
    let stage = stage(&["--require-identity"]).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post("مريم", BODY).await;
    card.until_text(".pending .note", REQUIRED).await;
    assert_eq!(card.texts(".pending .say").await, [BODY]);
    assert_eq!(stage.endpoint.page(THREAD).await.total, 0);
    reader.reload().await;
    card.until_text(".pending .note", REQUIRED).await;
    assert_eq!(card.texts(".pending .say").await, [BODY]);
}
