//! The card behaves as a native element would: it is moved, removed, put back, changed, and stands beside another.

use http::Method;
use maqal_e2e::article::{PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::needs;
use maqal_e2e::proxy::Fault;
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use maqal_e2e::{article, wait};
use serde_json::{Value, json};

const NAME: &str = "هند";
const TYPED: &str = "نصّ لم يُرسل بعد";

/// A card with two comments and a half-written third one.
async fn half_written(stage: &Stage) -> Browser {
    stage.endpoint.fill(THREAD, 2).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_comments(2).await;
    card.write(NAME, TYPED).await;
    reader
}

fn gets(stage: &Stage) -> usize {
    stage.proxy.recorded(&Method::GET).len()
}

async fn assert_still_typed(card: Card<'_>) {
    assert_eq!((card.value("#name").await, card.value("#body").await), (NAME.into(), TYPED.into()));
}

#[tokio::test]
async fn a_moved_card_keeps_its_text_and_its_comments_and_fetches_nothing_anew() {
    let stage = Stage::start().await;
    stage.put_page("/", &format!("<aside></aside><main>{}</main><footer></footer>", stage.usual_card()));
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");
    let before = (gets(&stage), stage.host.times_asked(ARTICLE));

    card.run("window.known = $$('.comment, #body, .title')", vec![]).await;
    for place in ["aside", "footer", "main"] {
        card.run("document.querySelector(args[0]).append(host)", vec![json!(place)]).await;
        let same = "return known.length === 4 && $$('.comment, #body, .title').every((e, i) => e === known[i])";
        card.until("the same nodes stand in the moved card", same).await;
        assert_still_typed(card).await;
    }
    // Whatever a move would have fetched was asked for before this answer.
    card.press("button.send").await;
    card.until_comments(3).await;
    assert_eq!((gets(&stage), stage.host.times_asked(ARTICLE)), before);
}

#[tokio::test]
async fn a_removed_card_leaves_nothing_in_its_shadow_root_and_stands_again_where_it_is_put_back() {
    let stage = Stage::start().await;
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");

    card.run("window.gone = host; host.remove()", vec![]).await;
    let empty = "return window.gone.shadowRoot.innerHTML === '<slot></slot>'";
    reader.until("the shadow root holds a slot only", empty).await;
    assert_eq!(reader.run("return window.gone.querySelector('h1').innerText", vec![]).await, json!(TITLE));

    reader.run("document.body.append(window.gone)", vec![]).await;
    card.until_comments(2).await;
    card.until_text(".title", TITLE).await;
    assert_still_typed(card).await;
    card.press("button.send").await;
    card.until_comments(3).await;
    assert_eq!(reader.heard_of("maqal:error").await, [json!(null); 0]);
}

#[tokio::test]
async fn a_removed_card_aborts_its_requests() {
    let stage = Stage::start().await;
    stage.proxy.fail(Fault::Stalled).await;
    let reader = stage.reader().await;
    reader.card("maqal-card").until_text(".title", TITLE).await;
    wait::until("the request hangs", || async { (stage.proxy.hanging() == 1).then_some(()) }).await;
    reader.run("document.querySelector('maqal-card').remove()", vec![]).await;
    wait::until("the request is given up", || async { (stage.proxy.hanging() == 0).then_some(()) }).await;
    assert_eq!(reader.heard_of("maqal:error").await, [json!(null); 0], "nobody is told of what nobody waits for");
}

#[tokio::test]
async fn a_comment_under_way_when_its_card_is_removed_still_arrives() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.proxy.fail(Fault::Slow(std::time::Duration::from_secs(2))).await;
    card.post(NAME, TYPED).await;
    wait::until("it is under way", || async { (stage.proxy.recorded(&Method::POST).len() == 1).then_some(()) }).await;
    card.run("host.remove()", vec![]).await;
    wait::until("it is stored", || async { (stage.endpoint.stored(THREAD).await.len() == 1).then_some(()) }).await;
    let outbox = "return !Object.keys(localStorage).some((key) => key.startsWith('maqal:outbox'))";
    reader.until("the outbox is empty", outbox).await;
}

#[tokio::test]
async fn removed_cards_are_freed() {
    needs!(Step::Garbage);
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 2).await;
    // Side by side, so that all of them are near the viewport.
    let row = "<style>body { display: grid; grid-template-columns: repeat(11, 1fr) }</style>";
    stage.put_page("/", &[row, &stage.usual_card()].concat());
    let reader = stage.reader().await;
    reader.card("maqal-card").until_comments(2).await;
    // Ten further cards, full of comments, that nobody but the page knows.
    let add = "window.refs = Array.from({ length: 10 }, () => {
            const card = document.querySelector('maqal-card').cloneNode(true);
            document.body.prepend(card);
            return new WeakRef(card);
        })";
    reader.run(add, vec![]).await;
    let loaded = "return [...document.querySelectorAll('maqal-card')].every((card) => card.shadowRoot?.querySelectorAll('.comment').length === 2)";
    reader.until("all of them stand", loaded).await;
    reader
        .run("for (const card of [...document.querySelectorAll('maqal-card')].slice(0, 10)) card.remove()", vec![])
        .await;
    wait::until("the browser has freed all ten", || async {
        reader.collect_garbage().await;
        let left = reader.run("return window.refs.filter((ref) => ref.deref()).length", vec![]).await;
        (left == json!(0)).then_some(())
    })
    .await;
    assert_eq!(reader.card("maqal-card").count(".comment").await, 2, "the one that stayed is as it was");
}

#[tokio::test]
async fn the_theme_changes_without_a_request_or_a_lost_word() {
    let stage = Stage::start().await;
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");
    let before = (gets(&stage), stage.host.times_asked(ARTICLE));
    let colours = async || (card.style(".card", "background-color").await, card.style(".card", "color").await);
    card.run("host.theme = 'light'", vec![]).await;
    card.until("it is light", "return $('.card').dataset.theme === 'light'").await;
    let light = colours().await;
    card.run("host.setAttribute('theme', 'dark')", vec![]).await;
    card.until("it is dark", "return $('.card').dataset.theme === 'dark'").await;
    let dark = colours().await;
    assert!(light.0 != dark.0 && light.1 != dark.1, "{light:?} {dark:?}");
    assert_eq!(card.run("return host.theme", vec![]).await, json!("dark"), "the property says what the attribute says");
    assert_still_typed(card).await;
    card.press("button.send").await;
    card.until_comments(3).await;
    assert_eq!((gets(&stage), stage.host.times_asked(ARTICLE)), before);
}

#[tokio::test]
async fn the_language_changes_without_a_request_or_a_lost_word() {
    let stage = Stage::start().await;
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");
    let before = (gets(&stage), stage.host.times_asked(ARTICLE));
    assert_eq!(card.style(".card", "direction").await, "rtl");
    card.run("host.lang = 'en'", vec![]).await;
    card.until_text("h3", "Comments").await;
    assert_eq!(card.style(".card", "direction").await, "ltr");
    assert_eq!(card.style(".title", "direction").await, "rtl", "the article stays Arabic");
    assert_ne!(card.texts("button.send").await, ["إرسال تعليق"]);
    assert_still_typed(card).await;
    card.run("host.removeAttribute('lang')", vec![]).await;
    card.until_text("h3", "التعليقات").await;
    assert_still_typed(card).await;
    card.press("button.send").await;
    card.until_comments(3).await;
    assert_eq!((gets(&stage), stage.host.times_asked(ARTICLE)), before);
}

#[tokio::test]
async fn another_src_is_another_article_over_the_same_conversation() {
    let stage = Stage::start().await;
    let mut other = article::json_ld();
    other["headline"] = json!("عنوان آخر");
    stage.host.put("/other.json", other.to_string());
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");
    let before = gets(&stage);
    card.run("host.src = '/other.json'", vec![]).await;
    card.until_text(".title", "عنوان آخر").await;
    assert_still_typed(card).await;
    assert_eq!(card.count(".comment").await, 2);
    // Without one, the element's children are the article.
    card.run("host.removeAttribute('src')", vec![]).await;
    card.until_text(".title", TITLE).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    assert_still_typed(card).await;
    card.press("button.send").await;
    card.until_comments(3).await;
    assert_eq!(gets(&stage), before);
    assert_eq!(reader.heard_of("maqal:ready").await.len(), 3);
}

#[tokio::test]
async fn another_thread_is_another_conversation_and_what_was_typed_waits_in_the_first() {
    let stage = Stage::start().await;
    stage.endpoint.fill("other", 1).await;
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");
    card.run("host.thread = 'other'", vec![]).await;
    card.until_comments(1).await;
    assert_eq!(card.value("#body").await, "", "it is not the other conversation's");
    card.type_into("#body", "وهذا للثانية").await;
    card.run("host.thread = args[0]", vec![json!(THREAD)]).await;
    card.until_comments(2).await;
    assert_still_typed(card).await;
    card.run("host.thread = 'other'", vec![]).await;
    card.until_comments(1).await;
    assert_eq!(card.value("#body").await, "وهذا للثانية");
}

#[tokio::test]
async fn another_endpoint_is_asked_and_a_wrong_one_loses_no_text() {
    let stage = Stage::start().await;
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");
    let first = stage.proxy.endpoint();
    card.run("host.endpoint = 'ftp://talk.example/'", vec![]).await;
    card.until_text(".note", "endpoint").await;
    assert_eq!(card.count(".composer").await, 0);
    card.until_text(".title", TITLE).await;
    card.run("host.endpoint = args[0]", vec![json!(first)]).await;
    card.until_comments(2).await;
    assert_still_typed(card).await;
    assert_eq!(card.texts(".note").await, [""; 0]);
    // The endpoint itself, past the proxy.
    let direct = format!("{}{}", stage.endpoint.origin(), maqal_e2e::endpoint::PATH);
    let before = gets(&stage);
    card.run("host.endpoint = args[0]", vec![json!(direct)]).await;
    card.until("it is another conversation", "return $('#body')?.value === ''").await;
    card.until_comments(2).await;
    assert_eq!(gets(&stage), before, "the proxy is out of it");
}

#[tokio::test]
async fn two_cards_on_one_page_are_independent() {
    let stage = Stage::start().await;
    stage.endpoint.fill("b", 1).await;
    let endpoint = stage.proxy.endpoint();
    let card = |id: &str| stage.card(&format!(r#"id="{id}" src="{ARTICLE}" endpoint="{endpoint}" thread="{id}""#), "");
    stage.put_page("/", &[card("a"), card("b")].concat());
    let reader = stage.reader().await;
    let (a, b) = (reader.card("#a"), reader.card("#b"));
    a.until_empty().await;
    b.until_comments(1).await;

    a.write(NAME, TYPED).await;
    assert_eq!((b.value("#name").await, b.value("#body").await), (String::new(), String::new()));
    b.write("قارئ", "نصّ للثانية").await;
    assert_still_typed(a).await;

    a.press("button.send").await;
    a.until_comments(1).await;
    assert_eq!(b.texts(".comment .say").await, ["تعليق 1"]);
    assert_eq!((a.texts("h3 small").await, b.texts("h3 small").await), (vec!["١".to_owned()], vec!["١".to_owned()]));
    assert_eq!(b.value("#body").await, "نصّ للثانية");
    assert_eq!(stage.endpoint.stored("b").await.len(), 1);
    let heard = reader.heard().await;
    let of = |id: &str, event: &str| heard.iter().filter(|h| h["id"] == id && h["type"] == event).count();
    assert_eq!((of("a", "maqal:comment"), of("b", "maqal:comment")), (1, 0));
    assert_eq!((of("a", "maqal:count"), of("b", "maqal:count")), (2, 1));

    // One fails, the other stands.
    a.run("host.theme = 'dark'; host.src = '/nothing.json'", vec![]).await;
    a.until_text(".note", "تعذّر تحميل المقال").await;
    assert_eq!(b.texts(".note").await, [""; 0]);
    assert_eq!(b.run("return $('.card').dataset.theme", vec![]).await, json!("light"));
    a.run("host.remove()", vec![]).await;
    b.press("button.send").await;
    b.until_comments(2).await;
}

#[tokio::test]
async fn a_loader_that_is_included_twice_is_no_error() {
    let stage = Stage::start().await;
    let cdn = stage.cdn.origin();
    let again = format!(r#"<script type="module" src="{cdn}/embed.js?again"></script>"#);
    let html = stage.html(&again, &stage.usual_card());
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &[], html);
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post(NAME, TYPED).await;
    card.until_comments(1).await;
    assert_eq!(reader.heard_of("maqal:ready").await.len(), 1);
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn properties_that_were_set_before_the_element_was_defined_count() {
    let stage = Stage::start().await;
    let (cdn, endpoint) = (stage.cdn.origin(), stage.proxy.endpoint());
    // The host's own script comes first, and the loader much later.
    let page = format!(
        r#"<!doctype html><html lang="ar"><meta charset="utf-8"><title>موقع المضيف</title><link rel="icon" href="data:,">
<script src="{cdn}/heard.js"></script>
<body><script>
const card = document.createElement("maqal-card");
Object.assign(card, {{ src: "{ARTICLE}", endpoint: new URL("{endpoint}"), thread: "{THREAD}", theme: "dark" }});
document.body.append(card);
</script>
<script type="module" src="{cdn}/embed.js"></script>"#
    );
    stage.host.put("/early.html", page);
    let reader = stage.reader_at("/early.html").await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    assert_eq!(card.run("return $('.card').dataset.theme", vec![]).await, json!("dark"));
    let attributes = card.run("return ['thread', 'theme', 'src'].map((name) => host.getAttribute(name))", vec![]).await;
    assert_eq!(attributes, json!([THREAD, "dark", ARTICLE]));
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
}

#[tokio::test]
async fn a_card_far_below_costs_nothing_until_the_reader_nears_it() {
    let stage = Stage::start().await;
    stage.put_page("/", &format!(r#"<div style="block-size: 6000px">بعيد</div>{}"#, stage.usual_card()));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    // Two frames after the page has loaded, the observer has told what is near.
    reader.run("requestAnimationFrame(() => requestAnimationFrame(() => { window.settled = true }))", vec![]).await;
    reader.until("two frames have passed", "return document.readyState === 'complete' && window.settled").await;
    // Engines list them in the order of the page, or in that of their coming.
    let fetched = "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname).sort()";
    assert_eq!(reader.run(fetched, vec![]).await, json!(["/embed.js", "/heard.js"]));
    assert_eq!(stage.host.times_asked(ARTICLE), 0);
    reader.run("document.querySelector('maqal-card').scrollIntoView()", vec![]).await;
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
}

#[tokio::test]
async fn reload_brings_what_others_wrote_and_keeps_what_is_being_written() {
    let stage = Stage::start().await;
    let reader = half_written(&stage).await;
    let card = reader.card("maqal-card");
    stage.endpoint.post(THREAD, "قارئ آخر", "كتبتُ في الأثناء", "another-readers-key-0001").await;
    card.run("host.reload()", vec![]).await;
    card.until_comments(3).await;
    card.until_text(".title", TITLE).await;
    assert_still_typed(card).await;
    assert_eq!(stage.host.times_asked(ARTICLE), 2);
}

#[tokio::test]
async fn a_widget_that_cannot_be_loaded_leaves_the_article_readable_and_is_tried_again() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    // Far below: nothing but the loader is fetched until the card nears.
    let far = format!(r#"<div style="block-size: 9000px">…</div>{}"#, stage.usual_card());
    stage.put_page("/far", &far);
    reader.open(&stage.host.url("/far")).await;
    reader.until("the loader stands", "return !!customElements.get('maqal-card')").await;
    stage.cdn.shut().await;
    reader.run("document.querySelector('maqal-card').scrollIntoView()", vec![]).await;
    reader.until("the developer is told", "return heard.some(({ detail }) => detail.code === 'load')").await;
    let readable = "return document.querySelector('maqal-card h1').getClientRects().length > 0";
    assert_eq!(reader.run(readable, vec![]).await, json!(true), "the children stay readable");

    stage.cdn.open().await;
    reader.run("document.querySelector('maqal-card').reload()", vec![]).await;
    reader.card("maqal-card").until_text(".title", TITLE).await;
}
