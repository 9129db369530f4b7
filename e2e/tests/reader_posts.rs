//! A reader reads, writes and is read: through a real browser, a real endpoint and a real database.

use maqal_e2e::article::{AUTHOR, PARAGRAPHS, TITLE};
use maqal_e2e::proxy::Fault;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::json;

const NAME: &str = "سلمى العلوي";
const BODY: &str = "ذكّرتني هذه الحافلة بمكتبة جدّي.";

#[tokio::test]
async fn a_reader_reads_the_article_and_is_invited_to_be_the_first_to_comment() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");

    card.until_text(".title", TITLE).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    card.until_text(".author", AUTHOR).await;
    card.until_empty().await;
    assert_eq!(card.texts("button.send").await, ["إرسال تعليق"]);
    assert_eq!(card.texts(".note").await, [""; 0]);
    // The card's own article stands in place of the element's children.
    assert_eq!(card.run("return shown(host.querySelector('h1'))", vec![]).await, json!(false));
}

#[tokio::test]
async fn a_plain_text_article_is_read_too() {
    let stage = Stage::start().await;
    let endpoint = stage.proxy.endpoint();
    stage.put_page("/", &stage.card(&format!(r#"src="/article.txt" endpoint="{endpoint}""#), ""));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
}

#[tokio::test]
async fn a_posted_comment_is_acknowledged_and_outlives_a_reload() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;

    card.post(NAME, BODY).await;
    card.until_comments(1).await;

    assert_eq!(card.texts(".comment .name").await, [NAME]);
    assert_eq!(card.texts(".comment .say").await, [BODY]);
    assert_eq!(card.value("#body").await, "");
    assert_eq!(card.value("#name").await, NAME, "the name stays for the next comment");
    assert_eq!(card.texts("h3 small").await, ["١"]);
    assert_eq!(card.count(".empty").await, 0);
    let stored = stage.endpoint.stored(THREAD).await;
    assert_eq!(stored.len(), 1);
    assert_eq!((stored[0].name.as_str(), stored[0].body.as_str()), (NAME, BODY));

    reader.reload().await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .say").await, [BODY]);
    assert_eq!(card.texts("h3 small").await, ["١"]);
}

#[tokio::test]
async fn a_posted_comment_is_there_on_the_way_back_however_long_answers_may_be_kept() {
    let stage = Stage::start().await;
    stage.proxy.fail(Fault::Kept).await;
    stage.host.put("/next.html", "<!doctype html><meta charset=utf-8><title>التالي</title><h1>التالي</h1>");
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post(NAME, BODY).await;
    card.until_comments(1).await;
    reader.open(&stage.host.url("/next.html")).await;
    reader.open(&stage.host.url("/")).await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .say").await, [BODY]);
}

#[tokio::test]
async fn the_host_page_hears_what_happens() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post(NAME, BODY).await;
    card.until_comments(1).await;

    assert_eq!(reader.heard_of("maqal:ready").await, [json!({ "title": TITLE })]);
    let count = |total: u64| json!({ "thread": THREAD, "total": total });
    assert_eq!(reader.heard_of("maqal:count").await, [count(0), count(1)]);
    let id = stage.endpoint.stored(THREAD).await[0].id.clone();
    assert_eq!(reader.heard_of("maqal:comment").await, [json!({ "id": id, "thread": THREAD })]);
    assert_eq!(reader.heard_of("maqal:error").await, [json!(null); 0]);
    assert!(reader.heard().await.iter().all(|event| event["tag"] == "maqal-card"), "the element itself is the target");
}

#[tokio::test]
async fn another_reader_sees_the_comment() {
    let stage = Stage::start().await;
    let first = stage.reader().await;
    first.card("maqal-card").until_empty().await;
    first.card("maqal-card").post(NAME, BODY).await;
    first.card("maqal-card").until_comments(1).await;

    let second = stage.reader().await;
    let card = second.card("maqal-card");
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .name").await, [NAME]);
    assert_eq!(card.texts(".comment .say").await, [BODY]);
    assert_eq!(card.value("#name").await, "", "one reader's name is not another's");
}

#[tokio::test]
async fn an_acknowledged_comment_outlives_kill_9_of_the_endpoint() {
    let mut stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post(NAME, BODY).await;
    card.until_comments(1).await;

    stage.restart_endpoint().await;
    let page = stage.endpoint.page(THREAD).await;
    assert_eq!((page.total, page.comments[0].body.as_str()), (1, BODY));
    reader.reload().await;
    card.until_comments(1).await;
}

#[tokio::test]
async fn lines_and_paragraphs_stay_as_they_were_typed() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post(NAME, "سطر أول\nسطر ثانٍ\n\nفقرة أخرى فيها <b>وسم</b> و& وَحدها").await;
    card.until_comments(1).await;
    let said = "return $$('.say p').map((p) => p.innerText)";
    let shown = card.run(said, vec![]).await;
    reader.reload().await;
    card.until_comments(1).await;
    assert_eq!(card.run(said, vec![]).await, shown, "the same at once and after a reload");
    assert_eq!(shown, json!(["سطر أول\nسطر ثانٍ", "فقرة أخرى فيها <b>وسم</b> و& وَحدها"]));
}

#[tokio::test]
async fn a_press_on_the_very_edge_of_the_button_sends() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.write(NAME, BODY).await;
    let edge = "$('button.send').scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = $('button.send').getBoundingClientRect();
        const x = Math.round(box.x + box.width / 2);
        let y = Math.floor(box.y);
        while (root.elementFromPoint(x, y) !== $('button.send')) y += 1;
        return [x, y]";
    let edge = card.run(edge, vec![]).await;
    let [x, y] = [0, 1].map(|part| edge[part].as_f64().expect("a point is two numbers"));
    reader.press_at((x, y)).await;
    card.until_comments(1).await;
}

#[tokio::test]
async fn a_long_conversation_comes_page_by_page_each_comment_once() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 45).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");

    card.until_comments(20).await;
    assert_eq!(card.texts("h3 small").await, ["٤٥"], "the count is of the whole conversation");
    card.press(".rest").await;
    card.until_comments(40).await;
    card.press(".rest").await;
    card.until_comments(45).await;
    assert_eq!(card.count(".rest").await, 0, "there is no more");
    let expected: Vec<String> = (1..=45).rev().map(|number| format!("تعليق {number}")).collect();
    let shown = card.run("return $$('.comment .say').map((say) => say.textContent.trim())", vec![]).await;
    assert_eq!(shown, json!(expected), "each once, the newest first");
}

#[tokio::test]
async fn a_comment_posted_between_two_pages_neither_hides_nor_doubles_another() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 25).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_comments(20).await;
    card.post(NAME, BODY).await;
    card.until_comments(21).await;
    stage.endpoint.post(THREAD, "قارئ آخر", "وصلتُ في الأثناء", "another-readers-key-0001").await;
    card.press(".rest").await;
    card.until_comments(26).await;
    let mut expected = vec![BODY.to_owned()];
    expected.extend((1..=25).rev().map(|number| format!("تعليق {number}")));
    let shown = card.run("return $$('.comment .say').map((say) => say.textContent.trim())", vec![]).await;
    assert_eq!(shown, json!(expected));
    assert_eq!(card.texts("h3 small").await, ["٢٧"], "the count knows of the one that is not shown");
}
