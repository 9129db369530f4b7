//! A page whose policy forbids WebAssembly: the card stands in a sandboxed frame, with all that it has elsewhere.
#![allow(clippy::unwrap_used, reason = "clippy.toml frees tests of it, but not the functions that tests share")]

use std::time::{SystemTime, UNIX_EPOCH};

use http::Method;
use jsonwebtoken::{EncodingKey, Header};
use maqal_contract::identity::Claims;
use maqal_e2e::article::{self, PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::framed::{enter, leave, policy, put_page};
use maqal_e2e::needs;
use maqal_e2e::proxy::Fault;
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use serde_json::{Value, json};

const NAME: &str = "زينب";
const BODY: &str = "تعليق **مهمّ** جدًّا";
const SECRET: &str = "the-tests-own-secret-of-32-bytes-and-more";

/// A stage whose page `/` has the usual card and forbids WebAssembly.
async fn stage() -> Stage {
    stage_with(&[]).await
}

async fn stage_with(options: &[&str]) -> Stage {
    let stage = Stage::start_with(options).await;
    put_page(&stage, "/", &policy(&stage), &stage.usual_card());
    stage
}

/// The attributes of a card for `thread`.
fn attributes(stage: &Stage, thread: &str) -> String {
    format!(r#"src="{ARTICLE}" endpoint="{}" thread="{thread}""#, stage.proxy.endpoint())
}

/// How high the card's frame is, and how high the card in it, in CSS pixels.
async fn heights(reader: &Browser) -> (f64, f64) {
    let outer =
        "return document.querySelector('maqal-card').shadowRoot.querySelector('iframe').getBoundingClientRect().height";
    leave(reader).await;
    let outer = reader.run(outer, vec![]).await.as_f64().unwrap();
    let card = enter(reader, "maqal-card").await;
    (outer, card.run("return host.getBoundingClientRect().height", vec![]).await.as_f64().unwrap())
}

/// Waits until the frame is as high as its card, and that is not `other`.
async fn until_fitting(reader: &Browser, other: f64) -> f64 {
    maqal_e2e::wait::until("the frame is as high as the card", || async {
        let (outer, inner) = heights(reader).await;
        ((outer - inner).abs() < 2.0 && (outer - other).abs() > 1.0).then_some(outer)
    })
    .await
}

#[tokio::test]
async fn the_article_shows_and_a_comment_goes_through_the_page_to_the_database() {
    let stage = stage().await;
    stage.endpoint.post(THREAD, NAME, BODY, "a-comment-to-look-at-1").await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_text(".title", TITLE).await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    assert_eq!(card.texts(".say strong").await, ["مهمّ"], "the endpoint's HTML is rebuilt");
    card.post("زائر", "وهذا بعده").await;
    card.until_comments(2).await;
    let stored: Vec<_> = stage.endpoint.stored(THREAD).await.into_iter().map(|comment| comment.body).collect();
    assert_eq!(stored, [BODY, "وهذا بعده"]);

    // The endpoint lets in the page's origin only: the frame has none, and asks through the page.
    let origin = "try { return [origin, String(document.cookie)] } catch (error) { return [origin, error.name] }";
    assert_eq!(card.run(origin, vec![]).await, json!(["null", "SecurityError"]));

    leave(&reader).await;
    let heard: Vec<_> = reader.heard().await.iter().map(|event| event["type"].clone()).collect();
    for name in ["maqal:ready", "maqal:count", "maqal:comment"] {
        assert!(heard.contains(&json!(name)), "{name} at the element: {heard:?}");
    }
    assert_eq!(reader.heard_of("maqal:ready").await[0]["title"], TITLE);
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
    let shown =
        "return [...document.querySelector('maqal-card').children].some((child) => child.getClientRects().length > 0)";
    assert_eq!(reader.run(shown, vec![]).await, json!(false), "the children give way");
    let title = "return document.querySelector('maqal-card').shadowRoot.querySelector('iframe').title";
    assert_eq!(reader.run(title, vec![]).await, json!(TITLE));
}

#[tokio::test]
async fn a_draft_outlives_a_reload_and_lies_where_the_ordinary_card_has_it() {
    let stage = stage().await;
    stage.put_page("/ordinary", &stage.usual_card());
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    card.write(NAME, "كنت سأكتب").await;
    card.until_text(".kept", "حُفظت").await;
    leave(&reader).await;
    reader.reload().await;
    let card = enter(&reader, "maqal-card").await;
    card.until("the draft is there", "return $('#body')?.value === 'كنت سأكتب'").await;
    reader.open(&stage.host.url("/ordinary")).await;
    let card = reader.card("maqal-card");
    card.until("the draft is there too", "return $('#body')?.value === 'كنت سأكتب'").await;
}

#[tokio::test]
async fn an_unsent_comment_waits_and_is_sent_once_after_a_reload() {
    let stage = stage().await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    stage.proxy.fail(Fault::Refused).await;
    card.post(NAME, BODY).await;
    card.until_text(".pending .note", "لم يُرسل").await;
    leave(&reader).await;
    stage.proxy.heal().await;
    reader.reload().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
    let keys: Vec<_> = stage.proxy.recorded(&Method::POST).into_iter().map(|request| request.key).collect();
    assert!(keys.iter().all(|key| key.is_some() && *key == keys[0]), "one key: {keys:?}");
}

#[tokio::test]
async fn a_comment_is_sent_by_itself_when_the_page_is_online_again() {
    needs!(Step::Offline);
    let stage = stage().await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    leave(&reader).await;
    reader.set_offline(true).await;
    let card = enter(&reader, "maqal-card").await;
    card.post(NAME, BODY).await;
    card.until_text(".pending .note", "لا اتصال بالإنترنت").await;
    leave(&reader).await;
    reader.set_offline(false).await;
    let card = enter(&reader, "maqal-card").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn a_reader_whom_the_page_knows_is_known_in_the_frame() {
    let stage = stage_with(&["--identity-secret", SECRET]).await;
    let reader = stage.reader().await;
    let exp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 600;
    let claims = Claims { sub: "reader-7".to_owned(), name: NAME.to_owned(), picture: None, badge: None, exp };
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let token = jsonwebtoken::encode(&Header::default(), &claims, &key).unwrap();
    let sign_in = "document.querySelector('maqal-card').identity = arguments[0]";
    reader.run(sign_in, vec![json!(token)]).await;
    let card = enter(&reader, "maqal-card").await;
    card.until_text(".vouched", NAME).await;
    card.type_into("#body", BODY).await;
    card.press("button.send").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await[0].name, NAME);
    leave(&reader).await;
    reader.run(sign_in, vec![Value::Null]).await;
    let card = enter(&reader, "maqal-card").await;
    card.find("#name").await;
    assert_eq!(card.count(".vouched").await, 0);
}

#[tokio::test]
async fn attributes_words_and_the_pages_own_language_reach_the_frame_as_they_change() {
    let stage = stage().await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    card.type_into("#body", "نصّ").await;
    leave(&reader).await;
    reader.run("document.querySelector('maqal-card').theme = 'dark'", vec![]).await;
    reader
        .run("document.documentElement.lang = 'en'; document.body.append(document.querySelector('maqal-card'))", vec![])
        .await;
    let card = enter(&reader, "maqal-card").await;
    card.until_text("h3", "Comments").await;
    card.until("it is dark", "return $('.card').dataset.theme === 'dark'").await;
    card.until("what was typed is there", "return $('#body').value === 'نصّ'").await;
    leave(&reader).await;
    let change =
        "const card = document.querySelector('maqal-card'); card.lang = 'fr'; card.words = { send: 'Envoyer !' }";
    reader.run(change, vec![]).await;
    let card = enter(&reader, "maqal-card").await;
    card.until_text("button.send", "Envoyer !").await;
    card.until_text("h3", "Commentaires").await;
    leave(&reader).await;
    reader
        .run("document.querySelector('maqal-card').style.setProperty('--maqal-accent', 'rgb(1, 2, 3)')", vec![])
        .await;
    let card = enter(&reader, "maqal-card").await;
    card.until(
        "its colours are the page's",
        "return getComputedStyle($('.card')).getPropertyValue('--_maqal-accent').includes('1, 2, 3')",
    )
    .await;
}

#[tokio::test]
async fn the_frame_is_as_high_as_the_card_whatever_comes_and_goes() {
    let stage = stage().await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    let first = until_fitting(&reader, 0.0).await;
    reader.card("maqal-card").type_into("#body", &"سطر\u{e007}".repeat(6)).await;
    let second = until_fitting(&reader, first).await;
    leave(&reader).await;
    reader.resize(420, 900).await;
    enter(&reader, "maqal-card").await;
    let third = until_fitting(&reader, second).await;
    reader.card("maqal-card").post(NAME, BODY).await;
    reader.card("maqal-card").until_comments(1).await;
    until_fitting(&reader, third).await;
    let scrolls = "const page = document.scrollingElement; return page.scrollHeight > innerHeight + 1 || page.scrollWidth > innerWidth";
    assert_eq!(
        reader
            .card("maqal-card")
            .run(&scrolls.replace("innerHeight", "document.documentElement.clientHeight"), vec![])
            .await,
        json!(false),
        "the frame scrolls nowhere"
    );
}

#[tokio::test]
async fn an_address_that_names_a_comment_scrolls_the_page_to_it_and_so_does_a_later_one() {
    let stage = stage().await;
    stage.endpoint.fill(THREAD, 12).await;
    let stored = stage.endpoint.stored(THREAD).await;
    let spaced =
        format!("<div style='block-size: 3000px'></div>{}<div style='block-size: 3000px'></div>", stage.usual_card());
    put_page(&stage, "/far", &policy(&stage), &spaced);
    let reader = Browser::start().await;
    let in_view = "const mark = $('.sought')?.getBoundingClientRect(); return mark ? [document.querySelector('maqal-card').shadowRoot.querySelector('.sought').id, mark.top] : null";
    let frame_top =
        "return document.querySelector('maqal-card').shadowRoot.querySelector('iframe').getBoundingClientRect().top";
    reader.open(&stage.host.url(&format!("/far#maqal-{}", stored[3].id))).await;
    for (round, wanted) in [&stored[3].id, &stored[10].id].into_iter().enumerate() {
        if round > 0 {
            reader.run("location.hash = '#maqal-' + arguments[0]", vec![json!(wanted)]).await;
        }
        let card = enter(&reader, "maqal-card").await;
        let script = format!("{} && $('.sought')?.id.includes(args[0])", "return Boolean($('.sought'))");
        card.until_with("the comment is marked", &script, vec![json!(wanted)]).await;
        maqal_e2e::wait::until("the comment is before the reader's eyes", || async {
            let inner = reader.card("maqal-card").run(in_view, vec![]).await[1].as_f64()?;
            leave(&reader).await;
            let outer = reader.run(frame_top, vec![]).await.as_f64()?;
            let height = reader.run("return innerHeight", vec![]).await.as_f64()?;
            enter(&reader, "maqal-card").await;
            (0.0..height).contains(&(outer + inner)).then_some(())
        })
        .await;
        leave(&reader).await;
    }
}

#[tokio::test]
async fn the_conversations_name_is_the_pages_address() {
    let stage = stage().await;
    let unnamed = stage.card(&format!(r#"endpoint="{}""#, stage.proxy.endpoint()), &article::light_dom());
    put_page(&stage, "/named?by=address", &policy(&stage), &unnamed);
    put_page(&stage, "/named", &policy(&stage), &unnamed);
    let reader = stage.reader_at("/named?by=address").await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    card.post(NAME, BODY).await;
    card.until_comments(1).await;
    let page = stage.host.url("/named?by=address");
    assert_eq!(stage.endpoint.stored(&page).await.len(), 1);
    let id = stage.endpoint.stored(&page).await[0].id.clone();
    leave(&reader).await;
    reader.run("location.hash = '#maqal-' + arguments[0]", vec![json!(id)]).await;
    enter(&reader, "maqal-card").await.until("the page's address leads to it", "return Boolean($('.sought'))").await;
}

#[tokio::test]
async fn two_cards_of_one_page_know_of_each_other() {
    let stage = stage().await;
    let cards = format!(
        r#"<maqal-card id="a" {}></maqal-card><maqal-card id="b" {}></maqal-card>"#,
        attributes(&stage, THREAD),
        attributes(&stage, THREAD)
    );
    put_page(&stage, "/two", &policy(&stage), &cards);
    let reader = stage.reader_at("/two").await;
    enter(&reader, "#a").await.until_empty().await;
    reader.card("maqal-card").type_into("#body", "مشترك").await;
    leave(&reader).await;
    reader.run("document.querySelector('#b').scrollIntoView()", vec![]).await;
    let other = enter(&reader, "#b").await;
    other.until("the draft is one for both", "return $('#body')?.value === 'مشترك'").await;
}

#[tokio::test]
async fn removed_it_is_gone_and_added_again_it_stands_again_with_what_was_typed() {
    let stage = stage().await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    card.type_into("#body", "نصّ").await;
    card.until_text(".kept", "حُفظت").await;
    leave(&reader).await;
    let remove = "window.former = document.querySelector('maqal-card'); former.remove()";
    reader.run(remove, vec![]).await;
    reader.until("nothing of it is left", "return former.shadowRoot.querySelector('iframe') === null && former.shadowRoot.querySelector('slot') !== null").await;
    reader.run("document.body.append(window.former)", vec![]).await;
    let card = enter(&reader, "maqal-card").await;
    card.until("what was typed is there", "return $('#body')?.value === 'نصّ'").await;
    leave(&reader).await;
    reader.run("document.querySelector('maqal-card').reload()", vec![]).await;
    enter(&reader, "maqal-card").await.until_empty().await;
}

#[tokio::test]
async fn an_article_inside_the_element_is_read_and_followed_and_none_of_its_scripts_runs() {
    let stage = stage().await;
    let children = format!("{}<script type=x>1</script><img src=x onerror='parent.ran = true'>", article::light_dom());
    let card = stage.card(&format!(r#"endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), &children);
    put_page(&stage, "/inline", &policy(&stage).replace("'unsafe-inline'", ""), &card);
    let reader = stage.reader_at("/inline").await;
    let card = enter(&reader, "maqal-card").await;
    card.until_text(".title", TITLE).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    leave(&reader).await;
    reader.run("document.querySelector('maqal-card h1').textContent = 'عنوان آخر'", vec![]).await;
    enter(&reader, "maqal-card").await.until_text(".title", "عنوان آخر").await;
}

#[tokio::test]
async fn where_the_frame_is_forbidden_too_the_children_show_and_the_developer_is_told_both_ways_out() {
    let stage = stage().await;
    let policy = format!("{}; frame-src 'none'", policy(&stage));
    put_page(&stage, "/", &policy, &stage.usual_card());
    let reader = stage.reader().await;
    let told = reader
        .until("the page is told", "return window.heard.find((event) => event.type === 'maqal:error') ?? null")
        .await;
    assert_eq!(told["detail"]["code"], "load");
    let message = told["detail"]["message"].as_str().unwrap_or_default();
    let way = format!("{} to its frame-src", stage.cdn.origin());
    assert!(message.contains("'wasm-unsafe-eval' to its script-src") && message.contains(&way), "{message}");
    let readable = "const shown = (css) => document.querySelector(css).getClientRects().length > 0; return shown('h1') && shown('p')";
    assert_eq!(reader.run(readable, vec![]).await, json!(true));
    assert_eq!(
        reader.run("return document.querySelector('maqal-card').shadowRoot.querySelector('iframe')", vec![]).await,
        json!(null)
    );
    assert_eq!(reader.heard_of("maqal:error").await.len(), 1);
}

#[tokio::test]
async fn until_the_frame_stands_the_children_show_and_where_the_article_fails_they_show_on() {
    let stage = stage().await;
    let card = format!(r#"src="/gone.json" endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint());
    put_page(&stage, "/gone", &policy(&stage), &stage.card(&card, &article::light_dom()));
    let reader = stage.reader_at("/gone").await;
    let inside = enter(&reader, "maqal-card").await;
    inside.until_text(".note", "لا مقال في هذا العنوان").await;
    assert_eq!(inside.run("return [...host.children].some(shown)", vec![]).await, json!(false), "not twice");
    leave(&reader).await;
    let shown = "return document.querySelector('maqal-card h1').getClientRects().length > 0";
    assert_eq!(reader.run(shown, vec![]).await, json!(true));
    assert_eq!(reader.heard_of("maqal:error").await[0]["code"], "article");
}

#[tokio::test]
async fn where_storage_is_denied_the_frame_says_so_and_the_page_asks_before_it_goes() {
    let stage = stage().await;
    let deny = "<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })</script>";
    put_page(&stage, "/denied", &policy(&stage), &format!("{deny}{}", stage.usual_card()));
    let reader = stage.reader_at("/denied").await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    card.type_into("#body", "نصّ").await;
    card.until_text(".kept", "لا يمكن حفظ").await;
    leave(&reader).await;
    let asks = "const leaving = new Event('beforeunload', { cancelable: true }); return !dispatchEvent(leaving)";
    reader.until("the page asks before it goes", asks).await;
    // The text outlives the frame.
    reader.run("document.body.append(document.querySelector('maqal-card'))", vec![]).await;
    let card = enter(&reader, "maqal-card").await;
    card.until("what was typed is there", "return $('#body')?.value === 'نصّ'").await;
}

#[tokio::test]
async fn the_pages_connect_policy_is_named_where_it_forbids_the_endpoint() {
    let stage = stage().await;
    let policy = format!("{}; connect-src {} {}", policy(&stage), stage.cdn.origin(), stage.host.origin());
    put_page(&stage, "/", &policy, &stage.usual_card());
    let reader = stage.reader().await;
    let told = reader
        .until("the page is told", "return window.heard.find((event) => event.detail.code === 'conversation') ?? null")
        .await;
    let message = told["detail"]["message"].as_str().unwrap_or_default();
    assert!(message.contains(&format!("add {}", stage.proxy.origin())) && message.contains("connect-src"), "{message}");
}

#[tokio::test]
async fn what_others_say_comes_while_the_conversation_is_read() {
    let stage = stage().await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_empty().await;
    leave(&reader).await;
    reader.run("document.querySelector('maqal-card').scrollIntoView({ block: 'end' })", vec![]).await;
    let card = enter(&reader, "maqal-card").await;
    stage.endpoint.post(THREAD, NAME, BODY, "a-comment-of-another-1").await;
    card.until("it has come", "return Boolean($('.fresh:not([hidden])')) || $$('ol .comment').length > 0").await;
}

#[tokio::test]
async fn the_button_for_new_comments_stays_at_the_windows_edge() {
    let stage = stage().await;
    stage.endpoint.fill(THREAD, 20).await;
    let reader = stage.reader().await;
    let card = enter(&reader, "maqal-card").await;
    card.until_comments(20).await;
    leave(&reader).await;
    let frame = "document.querySelector('maqal-card').shadowRoot.querySelector('iframe').getBoundingClientRect()";
    stage.endpoint.post(THREAD, NAME, BODY, "a-comment-of-another-2").await;
    maqal_e2e::wait::until("it is within the window", || async {
        // Each time, for the frame may still be growing.
        reader.run(&format!("scrollBy(0, {frame}.bottom - 600)"), vec![]).await;
        let top = reader.run(&format!("return {frame}.top"), vec![]).await.as_f64()?;
        let script = "return $('.fresh:not([hidden]) button')?.getBoundingClientRect().top ?? null";
        let button = enter(&reader, "maqal-card").await.run(script, vec![]).await.as_f64();
        leave(&reader).await;
        (0.0..100.0).contains(&(top + button?)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_tab_key_goes_into_the_frame_and_out_again() {
    let stage = stage().await;
    let around = format!("<button id=before>قبل</button>{}<button id=after>بعد</button>", stage.usual_card());
    put_page(&stage, "/around", &policy(&stage), &around);
    let reader = stage.reader_at("/around").await;
    enter(&reader, "maqal-card").await.until_empty().await;
    leave(&reader).await;
    reader.run("document.querySelector('#before').focus()", vec![]).await;
    reader.keys("\u{e004}").await;
    assert_eq!(reader.run("return document.activeElement.localName", vec![]).await, json!("maqal-card"));
    let card = enter(&reader, "maqal-card").await;
    assert_eq!(card.run("return Boolean(root.activeElement)", vec![]).await, json!(true));
    leave(&reader).await;
    maqal_e2e::wait::until("the keyboard is out again", || async {
        reader.keys("\u{e004}").await;
        let at = reader.run("return document.activeElement.id", vec![]).await;
        (at == json!("after")).then_some(())
    })
    .await;
}
