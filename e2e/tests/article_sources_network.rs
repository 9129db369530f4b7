//! The article comes from a publisher's server on another origin: each way it can fail has its own sentence for the
//! developer, with the fix; and it is asked for no oftener than it must be.

use http::{Method, Response};
use maqal_e2e::article::{self, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::needs;
use maqal_e2e::publisher::{Publisher, readable};
use maqal_e2e::skip::Step;
use maqal_e2e::stage::Stage;

const PATH: &str = "/a/1.json";

fn card(stage: &Stage, src: &str) -> String {
    stage.card(&format!(r#"src="{src}" endpoint="{}" thread="t""#, stage.proxy.endpoint()), "")
}

fn article() -> String {
    article::json_ld().to_string()
}

/// Waits for the fault of the article, and returns its message.
async fn told(reader: &Browser) -> String {
    let script = "return window.heard.find((event) => event.type === 'maqal:error' && event.detail.code === 'article')
        ?.detail.message ?? null";
    let message = reader.until("the developer is told", script).await;
    let message = message.as_str().unwrap_or_default().to_owned();
    let console = reader.console().await;
    assert!(console.iter().any(|line| line.message.contains(&message)), "{message}: {console:?}");
    message
}

/// A reader on a page with one card of the publisher's article.
async fn reader_of(stage: &Stage, publisher: &Publisher) -> Browser {
    stage.put_page("/", &card(stage, &publisher.url(PATH)));
    stage.reader().await
}

#[tokio::test]
async fn a_server_that_lets_no_page_read_is_told_with_the_header_and_the_pages_origin() {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    publisher.put(PATH, [maqal_e2e::http::answer(200, "application/json", article())]);
    let reader = reader_of(&stage, &publisher).await;
    let message = told(&reader).await;
    assert!(message.contains("lets no page of another origin read it (CORS)"), "{message}");
    assert!(message.ends_with(&format!("Access-Control-Allow-Origin: {}", stage.host.origin())), "{message}");
    let preflights = publisher.asked(PATH).iter().filter(|asked| asked.method == Method::OPTIONS).count();
    assert_eq!(preflights, 0, "nothing that we send needs one");
}

#[tokio::test]
async fn a_policy_of_the_page_is_told_with_the_directive_and_the_origin() {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    publisher.put(PATH, [readable(200, article(), &[])]);
    for policy in
        ["connect-src", "default-src 'none'; img-src *; style-src *; script-src * 'wasm-unsafe-eval'; connect-src"]
    {
        let policy = format!("{policy} {} {}", stage.cdn.origin(), stage.proxy.origin());
        let page = stage.html("", &card(&stage, &publisher.url(PATH)));
        stage.host.put_with("/", 200, "text/html", &[("content-security-policy", &policy)], page);
        let reader = stage.reader().await;
        let message = told(&reader).await;
        assert!(message.contains(&format!("add {} ", publisher.origin())), "{message}");
        assert!(message.contains("to connect-src"), "{message}");
    }
    assert!(publisher.asked(PATH).is_empty(), "the browser sent nothing");
}

#[tokio::test]
async fn a_policy_that_only_reports_is_no_obstacle() {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    publisher.put(PATH, [readable(200, article(), &[])]);
    let page = stage.html("", &card(&stage, &publisher.url(PATH)));
    let policy = [("content-security-policy-report-only", "connect-src 'none'")];
    stage.host.put_with("/", 200, "text/html", &policy, page);
    stage.reader().await.card("maqal-card").until_text(".title", TITLE).await;
}

#[tokio::test]
async fn an_address_with_nothing_there_is_told_as_one() {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    let reader = reader_of(&stage, &publisher).await;
    let message = told(&reader).await;
    assert!(message.contains("answered 404") && message.contains("check `src`"), "{message}");
    assert_eq!(publisher.asked(PATH).len(), 1, "it is asked for once");
}

#[tokio::test]
async fn a_port_where_nothing_listens_is_told_as_one() {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    publisher.shut().await;
    let reader = reader_of(&stage, &publisher).await;
    let message = told(&reader).await;
    assert!(message.contains("no server answers there; check the address"), "{message}");
    assert!(message.contains(&publisher.origin()), "{message}");
}

#[tokio::test]
async fn a_redirect_to_where_no_page_may_read_is_told_as_one() {
    let (stage, publisher, other) = (Stage::start().await, Publisher::start().await, Publisher::start().await);
    other.put(PATH, [maqal_e2e::http::answer(200, "application/json", article())]);
    publisher.put(PATH, [readable(302, "", &[("location", &other.url(PATH))])]);
    let reader = reader_of(&stage, &publisher).await;
    let message = told(&reader).await;
    assert!(message.contains(&format!("{} redirects", publisher.url(PATH))), "{message}");
}

#[tokio::test]
async fn a_pause_that_the_server_asks_for_is_obeyed_and_the_reader_sees_no_failure() {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    let busy = readable(503, "busy", &[("retry-after", "1"), ("access-control-expose-headers", "retry-after")]);
    publisher.put(PATH, [busy, readable(200, article(), &[])]);
    let reader = reader_of(&stage, &publisher).await;
    reader.card("maqal-card").until_text(".title", TITLE).await;
    assert_eq!(publisher.asked(PATH).len(), 2);
    assert!(reader.heard_of("maqal:error").await.is_empty());
}

#[tokio::test]
async fn two_cards_of_one_src_ask_once() {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    publisher.put(PATH, [readable(200, article(), &[("cache-control", "no-store")])]);
    let card = card(&stage, &publisher.url(PATH));
    stage.put_page("/", &format!(r#"<div id="one">{card}</div><div id="two">{card}</div>"#));
    let reader = stage.reader().await;
    for selector in ["#one maqal-card", "#two maqal-card"] {
        // The second one may wait for the viewport.
        let script = "host.scrollIntoView(); return $('.title')?.innerText === args[0]";
        reader.card(selector).until_with("the article is there", script, vec![TITLE.into()]).await;
    }
    assert_eq!(publisher.asked(PATH).len(), 1);
}

/// Opens two pages with the card, one after the other, and reloads the card on the second one.
async fn visited_twice(answer: Response<bytes::Bytes>) -> (Stage, Publisher, Browser) {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    publisher.put(PATH, [answer]);
    stage.put_page("/second", &card(&stage, &publisher.url(PATH)));
    let reader = reader_of(&stage, &publisher).await;
    reader.card("maqal-card").until_text(".title", TITLE).await;
    reader.open(&stage.host.url("/second")).await;
    reader.card("maqal-card").until_text(".title", TITLE).await;
    (stage, publisher, reader)
}

#[tokio::test]
async fn what_the_server_lets_a_browser_keep_is_not_asked_for_at_the_second_visit() {
    needs!(Step::HttpCache);
    let answer = readable(200, article(), &[("cache-control", "max-age=600"), ("etag", "\"one\"")]);
    let (_stage, publisher, reader) = visited_twice(answer).await;
    assert_eq!(publisher.asked(PATH).len(), 1);

    // One who asks for it anew gets it anew: with the question whether it has changed.
    let changed = article().replace(TITLE, "عنوان تغيّر");
    publisher.put(PATH, [readable(200, changed, &[("etag", "\"two\"")])]);
    let card = reader.card("maqal-card");
    card.run("host.reload()", vec![]).await;
    card.until_text(".title", "عنوان تغيّر").await;
    let asked = publisher.asked(PATH);
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].headers["if-none-match"], "\"one\"");
}

#[tokio::test]
async fn what_the_server_wants_to_be_asked_about_costs_no_second_body() {
    needs!(Step::HttpCache);
    let answer = readable(200, article(), &[("cache-control", "no-cache"), ("etag", "\"one\"")]);
    let (_stage, publisher, _reader) = visited_twice(answer).await;
    let asked = publisher.asked(PATH);
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].headers["if-none-match"], "\"one\"", "it is answered with 304");
    assert!(asked.iter().all(|asked| asked.method == Method::GET), "no preflight");
}
