//! The way to the endpoint fails in every way we know: the reader gets a clear sentence, and nothing typed is lost or
//! doubled. Each fault prints its row of a table, counted in the database.

use std::io::Write;
use std::time::Duration;

use http::Method;
use maqal_contract::{FieldError, Problem, Reason};
use maqal_e2e::article::TITLE;
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::needs;
use maqal_e2e::proxy::Fault;
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::json;

const NAME: &str = "إدريس";
const AT_LOAD: &str = "كُتب هذا والمحادثة لم تُحمَّل.";
const AT_SUBMIT: &str = "كُتب هذا وكلّ شيء يعمل، ثم تعطّل الطريق عند الإرسال.";
const UNSENT: &str = "لم أضغط على الزرّ بعد";
const RETRY: &str = "أعد المحاولة";

const UNREACHABLE: &str = "لا يمكن الوصول إلى الخادم.";
const GARBAGE: &str = "جاء من الخادم جواب غير مفهوم.";

#[tokio::test]
async fn nothing_listens_where_the_endpoint_should_be() {
    endures("connection refused", Fault::Refused, UNREACHABLE).await;
}

#[tokio::test]
async fn an_endpoint_that_never_answers() {
    endures("never answers", Fault::Stalled, "لم يُجب الخادم في الوقت المنتظر.").await;
}

#[tokio::test]
async fn the_endpoint_answers_500() {
    endures("500", Fault::Status(500, None), "في الخادم عطل (٥٠٠).").await;
}

#[tokio::test]
async fn a_gateway_answers_502() {
    endures("502", Fault::Status(502, None), "الخادم متوقف الآن (٥٠٢).").await;
}

#[tokio::test]
async fn the_endpoint_answers_503_with_retry_after() {
    endures("503, Retry-After", Fault::Status(503, Some(60)), "الخادم متوقف الآن (٥٠٣).").await;
}

#[tokio::test]
async fn the_endpoint_answers_429_with_retry_after() {
    endures("429, Retry-After", Fault::Status(429, Some(60)), "طلبات كثيرة في وقت قصير.").await;
}

#[tokio::test]
async fn the_endpoint_has_moved_away() {
    endures("404", Fault::Status(404, None), "لا شيء في هذا العنوان (٤٠٤).").await;
}

#[tokio::test]
async fn a_captive_portal_answers_with_html() {
    endures("200 with HTML", Fault::Html, GARBAGE).await;
}

#[tokio::test]
async fn half_of_the_answer_arrives() {
    endures("half of the JSON", Fault::Truncated, GARBAGE).await;
}

#[tokio::test]
async fn json_of_another_shape_arrives() {
    endures("JSON of another shape", Fault::WrongShape, GARBAGE).await;
}

#[tokio::test]
async fn the_connection_is_cut_before_the_answer() {
    endures("answer lost", Fault::LostAnswer, UNREACHABLE).await;
}

#[tokio::test]
async fn the_endpoint_does_not_let_the_page_read_its_answers() {
    endures("no CORS headers", Fault::NoCors, UNREACHABLE).await;
}

/// The path of a reader through `fault`: it is there when the page loads and when a comment is submitted, it outlives
/// a reload, and it ends. Then it is there again at a submission only, and once more while a text is half written.
async fn endures(row: &str, fault: Fault, sentence: &str) {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 2).await;

    // At load, and at a submission on top of it.
    stage.proxy.fail(fault.clone()).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.post(NAME, AT_LOAD).await;
    card.until_text(".foot .note", &format!("تعذّر تحميل التعليقات. {sentence}")).await;
    card.until_text(".pending .note", sentence).await;
    assert_eq!(card.texts(".pending .say").await, [AT_LOAD]);
    assert_told(&reader, "conversation").await;
    assert_told(&reader, "comment").await;

    // A reload while it lasts.
    reader.reload().await;
    card.until_text(".pending .say", AT_LOAD).await;
    assert_eq!(card.value("#name").await, NAME);

    // It ends, and the reader presses the buttons.
    stage.proxy.heal().await;
    recovers(card, 3).await;

    // At a submission only.
    card.write(NAME, AT_SUBMIT).await;
    stage.proxy.fail(fault.clone()).await;
    card.press("button.send").await;
    card.until_text(".pending .note", sentence).await;
    assert_eq!(card.texts(".pending .say").await, [AT_SUBMIT]);
    stage.proxy.heal().await;
    recovers(card, 4).await;

    // While a text is half written: a reload does not lose it.
    card.type_into("#body", UNSENT).await;
    stage.proxy.fail(fault).await;
    reader.reload().await;
    let kept = "return $('#body')?.value === args[0]";
    card.until_with("the half-written text is in its field again", kept, vec![json!(UNSENT)]).await;
    stage.proxy.heal().await;
    reader.reload().await;
    card.until_comments(4).await;
    assert_eq!(card.value("#body").await, UNSENT);
    card.press("button.send").await;
    card.until_comments(5).await;

    print_row(&stage, row).await;
}

/// Presses what leads on, until `count` comments stand there: the conversation's button, and the unsent comment's,
/// unless the card was faster.
async fn recovers(card: Card<'_>, count: usize) {
    maqal_e2e::wait::until("the card has recovered", || async {
        card.press_if_there(".foot .note", RETRY).await;
        card.press_if_there(".pending .note", RETRY).await;
        let script = "return $$('ol .comment:not(.pending)').length === args[0] && !$('.pending')";
        (card.run(script, vec![json!(count)]).await == json!(true)).then_some(())
    })
    .await;
    card.until_comments(count).await;
    assert_eq!(card.texts(".note").await, [""; 0], "no complaint is left");
}

/// The host page's developer is told, by an event and on the console.
async fn assert_told(reader: &Browser, code: &str) {
    let told = reader.heard_of("maqal:error").await;
    let message = told.iter().find(|error| error["code"] == code).map(|error| error["message"].clone());
    let message = message.unwrap_or_else(|| panic!("no maqal:error of {code}: {told:?}"));
    let message = message.as_str().unwrap_or_default();
    assert!(!message.is_empty());
    let console = reader.console().await;
    let there = console.iter().any(|line| line.level == "SEVERE" && line.says(message));
    assert!(there, "the console does not say {message}: {console:#?}");
}

/// Counts in the database what became of each text, prints it, and fails where one is missing or there twice.
async fn print_row(stage: &Stage, row: &str) {
    let stored = stage.endpoint.stored(THREAD).await;
    let count = |text: &str| stored.iter().filter(|comment| comment.body == text).count();
    let counts = [("load", AT_LOAD), ("submit", AT_SUBMIT), ("reload", UNSENT)].map(|(step, text)| (step, count(text)));
    let cells = counts.map(|(step, count)| {
        format!("at {step}: lost {}, doubled {}", 1_usize.saturating_sub(count), count.saturating_sub(1))
    });
    // Past the test runner's capture: the table is part of the result.
    let _ = writeln!(std::io::stderr(), "| {row:<22} | {} |", cells.join(" | "));
    assert_eq!(counts.map(|(_, count)| count), [1, 1, 1], "{stored:?}");
    assert_eq!(stored.len(), 5, "nothing else was stored: {stored:?}");
}

#[tokio::test]
async fn a_slow_endpoint_is_said_to_be_slow_and_then_all_arrives_by_itself() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 2).await;
    stage.proxy.fail(Fault::Slow(Duration::from_secs(7))).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".slow", "الخادم بطيء").await;
    card.until_comments(2).await;
    card.post(NAME, AT_SUBMIT).await;
    card.until_text(".pending .tag", "الخادم بطيء").await;
    card.until_comments(3).await;
    assert_eq!(reader.heard_of("maqal:error").await, [json!(null); 0]);
    assert_eq!(stage.proxy.recorded(&Method::POST).len(), 1, "it was not sent twice out of impatience");
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 3);
}

#[tokio::test]
async fn a_field_that_the_endpoint_refuses_comes_back_to_the_composer_with_the_reason() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    let refused = FieldError {
        field: "name".into(),
        pointer: "#/name".into(),
        reason: Reason::Other,
        max: None,
        detail: "this name is taken".into(),
    };
    stage.proxy.fail(Fault::Problem(Box::new(Problem::validation(vec![refused])))).await;
    card.post(NAME, AT_SUBMIT).await;
    card.until_text("#name-error", "لم يقبل الخادم هذه الخانة.").await;
    assert_eq!((card.value("#name").await, card.value("#body").await), (NAME.into(), AT_SUBMIT.into()));
    assert_eq!(card.count(".pending").await, 0);
    assert_eq!(card.run("return $('#name').getAttribute('aria-invalid')", vec![]).await, json!("true"));

    // Another name, and it is taken.
    stage.proxy.heal().await;
    let name = card.find("#name").await;
    name.clear().await.unwrap();
    name.send_keys("إدريس الثاني").await.unwrap();
    assert_eq!(card.texts("#name-error").await, [""], "the complaint goes as soon as the name changes");
    card.press("button.send").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn a_refused_comment_does_not_overwrite_what_is_being_written_meanwhile() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    let refused = FieldError {
        field: "body".into(),
        pointer: "#/body".into(),
        reason: Reason::Other,
        max: None,
        detail: "no links, please".into(),
    };
    // Not reached at first: the reader goes on to write.
    stage.proxy.fail(Fault::Status(503, Some(60))).await;
    card.post(NAME, AT_SUBMIT).await;
    card.until_text(".pending .say", AT_SUBMIT).await;
    card.type_into("#body", UNSENT).await;
    stage.proxy.fail(Fault::Problem(Box::new(Problem::validation(vec![refused])))).await;
    // The next attempt is refused.
    card.press(".pending .note button").await;
    card.until_text(".pending .note", "لم يُقبل تعليقك").await;
    assert_eq!(card.value("#body").await, UNSENT);
    assert_eq!(card.texts(".pending .say").await, [AT_SUBMIT]);

    // The reader takes it back behind what is written.
    stage.proxy.heal().await;
    assert!(card.press_if_there(".pending .note", "عدّل النص").await);
    let both = "return $('#body').value.startsWith(args[0]) && $('#body').value.includes(args[1]) && !$('.pending')";
    card.until_with("both texts stand in the field", both, vec![json!(UNSENT), json!(AT_SUBMIT)]).await;
}

#[tokio::test]
async fn an_offline_reader_is_told_so_and_the_comment_leaves_with_the_networks_return() {
    needs!(Step::Offline);
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    reader.set_offline(true).await;
    card.post(NAME, AT_SUBMIT).await;
    card.until_text(".pending .note", "لا اتصال بالإنترنت.").await;
    reader.set_offline(false).await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn an_endpoint_that_was_killed_and_restarted_gets_the_comment_without_the_readers_help() {
    let mut stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.endpoint.kill();
    card.post(NAME, AT_SUBMIT).await;
    card.until_text(".pending .note", UNREACHABLE).await;
    stage.restart_endpoint().await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn the_page_after_the_first_fails_and_is_asked_for_again() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 30).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_comments(20).await;
    stage.proxy.fail(Fault::Status(500, None)).await;
    card.press(".rest").await;
    card.until_text(".foot .note", "تعذّر تحميل التعليقات.").await;
    assert_eq!(card.count("ol .comment").await, 20, "what was loaded stays");
    stage.proxy.heal().await;
    card.press(".foot .note button").await;
    card.until_comments(30).await;
}
