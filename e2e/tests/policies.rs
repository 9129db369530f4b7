//! Policies of host pages: the documented ones to the letter (`docs/policies.md`), each directive of which is needed, Trusted
//! Types with any list, denied storage, files, and pages without scripts.
#![allow(clippy::unwrap_used, reason = "clippy.toml frees tests of it, but not the functions that tests share")]

use maqal_e2e::article::{self, PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::driver::{self, Reader, Storage};
use maqal_e2e::engine::Engine;
use maqal_e2e::framed::{enter, leave};
use maqal_e2e::needs;
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use serde_json::{Value, json};

const NAME: &str = "زينب";

/// The policies that the documentation gives: in the page, and in a frame.
fn documented(stage: &Stage) -> [String; 2] {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policies.md")).unwrap();
    let policies: Vec<_> = text.lines().filter(|line| line.starts_with("default-src 'none';")).collect();
    [0, 1].map(|index| {
        policies[index]
            .replace("https://cdn.example", &stage.cdn.origin())
            .replace("https://news.example", &stage.host.origin())
            .replace("https://talk.example", &stage.proxy.origin())
    })
}

/// A page with the card alone, and a script of the widget's origin that notes what the policy is told to forbid.
fn put(stage: &Stage, path: &str, policy: &str, nonce: &str) {
    let noting = "window.violations = []; document.addEventListener('securitypolicyviolation', (event) => \
                  violations.push([event.effectiveDirective, event.blockedURI]));";
    stage.host.put("/noting.js", noting);
    let pictured = article::json_ld();
    let mut pictured = pictured;
    pictured["image"] = json!(stage.host.url("/picture.png"));
    stage.host.put(ARTICLE, pictured.to_string());
    stage.host.put_with("/favicon.ico", 200, "image/png", &[], "");
    let page = stage.html("", &stage.usual_card()).replace(r#"<link rel="icon" href="data:,">"#, "");
    let page = page.replace("<script ", &format!("<script {nonce} "));
    let page = page.replace("<meta charset", &format!(r#"<script {nonce} src="/noting.js"></script><meta charset"#));
    stage.host.put_with(path, 200, "text/html; charset=utf-8", &[("content-security-policy", policy)], page);
}

/// What was forbidden, but for the favicon and this test's own script.
async fn violations(reader: &Browser) -> Vec<Value> {
    let script = "return (window.violations ?? []).filter(([, uri]) => !/favicon|noting/.test(uri))";
    reader.run(script, vec![]).await.as_array().cloned().unwrap_or_default()
}

/// Whether the engine tells a page that its policy forbids WebAssembly: WebKit refuses that without an event.
fn tells_of_wasm() -> bool {
    Engine::current() != Engine::WebKit
}

/// Opens a page with `policy`, reads and posts.
async fn works(stage: &Stage, policy: &str, nonce: &str) {
    put(stage, "/strict", policy, nonce);
    let reader = stage.reader_at("/strict").await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post(NAME, "تعليق").await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
    assert_eq!(violations(&reader).await, [Value::Null; 0], "{policy}");
}

#[tokio::test]
async fn it_works_under_a_nonce_with_strict_dynamic() {
    let stage = Stage::start().await;
    let policy = "script-src 'nonce-n0nce' 'strict-dynamic' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'";
    works(&stage, policy, r#"nonce="n0nce""#).await;
}

#[tokio::test]
async fn it_works_under_the_documented_policy() {
    let stage = Stage::start().await;
    // The page's own scripts are the page's own affair.
    let policy = documented(&stage)[0].replace("script-src ", "script-src 'self' ");
    works(&stage, &policy, "").await;
}

#[tokio::test]
async fn each_directive_of_the_documented_policy_is_needed() {
    let stage = Stage::start().await;
    let policy = documented(&stage)[0].replace("script-src ", "script-src 'self' ");
    let (cdn, host, talk) = (stage.cdn.origin(), stage.host.origin(), stage.proxy.origin());
    let less = [
        // The card tries its frame then, which this policy forbids.
        (policy.replace(" 'wasm-unsafe-eval'", ""), if tells_of_wasm() { "script-src" } else { "frame-src" }),
        (policy.replace(&format!("connect-src {cdn}"), "connect-src"), "connect-src"),
        (policy.replace(&format!("{cdn} {host} {talk}"), &format!("{cdn} {talk}")), "connect-src"),
        (policy.replace(&format!("{cdn} {host} {talk}"), &format!("{cdn} {host}")), "connect-src"),
        (policy.replace("img-src ", "img-src 'none' "), "img-src"),
    ];
    let reader = Browser::start().await;
    for (less, directive) in less {
        assert_ne!(less, policy, "{directive}");
        let less = less.replace(&format!("'none' {host}"), "'none'");
        put(&stage, "/less", &less, "");
        reader.open(&stage.host.url("/less")).await;
        let script = format!("return violations.some(([name]) => name === '{directive}')");
        reader.until(&format!("{directive} is missed under {less}"), &script).await;
    }
}

#[tokio::test]
async fn it_works_under_the_documented_policy_of_the_frame_and_each_directive_of_that_is_needed() {
    let stage = Stage::start().await;
    let policy = documented(&stage)[1].replace("script-src ", "script-src 'self' ");
    put(&stage, "/strict", &policy, "");
    let reader = stage.reader_at("/strict").await;
    let card = enter(&reader, "maqal-card").await;
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post(NAME, "تعليق").await;
    card.until_comments(1).await;
    leave(&reader).await;
    // Whether WebAssembly is forbidden can be asked for in one way only.
    let asked = tells_of_wasm().then(|| json!(["script-src", "wasm-eval"]));
    assert_eq!(violations(&reader).await, Vec::from_iter(asked));
    let cdn = stage.cdn.origin();
    for (less, directive) in [
        (policy.replace(&format!("frame-src {cdn}"), "frame-src 'none'"), "frame-src"),
        (policy.replace(&format!("connect-src {cdn}"), "connect-src"), "connect-src"),
    ] {
        assert_ne!(less, policy);
        put(&stage, "/less", &less, "");
        reader.open(&stage.host.url("/less")).await;
        let script = format!("return violations.some(([name]) => name === '{directive}')");
        reader.until(&format!("{directive} is missed"), &script).await;
        reader.until("the page is told", "return heard.some((event) => event.detail.code === 'load')").await;
    }
}

#[tokio::test]
async fn it_works_where_trusted_types_are_required_whatever_names_are_listed() {
    let stage = Stage::start().await;
    for list in ["", "; trusted-types maqal", "; trusted-types others", "; trusted-types 'none'"] {
        let policy = format!("require-trusted-types-for 'script'{list}");
        put(&stage, "/typed", &policy, "");
        let reader = stage.reader_at("/typed").await;
        let card = reader.card("maqal-card");
        card.until_text(".title", TITLE).await;
        assert_eq!(card.texts(".body p").await, PARAGRAPHS);
        card.find("#body").await;
        assert_eq!(violations(&reader).await, [Value::Null; 0], "{policy}");
    }
}

#[tokio::test]
async fn in_a_sandbox_without_an_origin_the_card_shows_and_says_that_nothing_is_kept() {
    let stage = Stage::start().await;
    let card =
        stage.card(&format!(r#"endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), &article::light_dom());
    stage.put_page("/inner", &card);
    stage.put_page("/outer", r#"<iframe sandbox="allow-scripts allow-forms" src="/inner" style="inline-size: 600px; block-size: 800px"></iframe>"#);
    let reader = stage.reader_at("/outer").await;
    let frame = reader.element("return document.querySelector('iframe')", vec![]).await.unwrap();
    reader.enter(frame).await;
    let denied = "try { return String(localStorage) } catch (error) { return error.name }";
    assert_eq!(reader.run(denied, vec![]).await, json!("SecurityError"), "the browser denies it");
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.type_into("#body", "نصّ").await;
    card.until_text(".kept", "لا يمكن حفظ").await;
}

/// What the browser answers a page that asks for its storage.
const STORAGE: &str = "try { return localStorage.length } catch (error) { return error.name }";

#[tokio::test]
async fn where_cookies_are_blocked_a_comment_is_posted_and_a_text_is_kept_while_the_page_lives() {
    needs!(Step::DeniedStorage);
    let stage = Stage::start().await;
    let reader = Browser::start_as(Reader { storage: Storage::Denied, ..driver::USUAL }).await;
    reader.open(&stage.host.url("/")).await;
    assert_eq!(reader.run(STORAGE, vec![]).await, json!("SecurityError"), "the browser denies it");
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.type_into("#body", "نصّ").await;
    card.until_text(".kept", "لا يمكن حفظ").await;
    // Removed, and there again later.
    let again = "const card = document.querySelector('maqal-card'); const { parentNode } = card; card.remove();
        setTimeout(() => parentNode.append(card))";
    reader.run(again, vec![]).await;
    card.until("what was typed is there", "return $('#body')?.value === 'نصّ'").await;
    let asks = "const leaving = new Event('beforeunload', { cancelable: true }); return !dispatchEvent(leaving)";
    assert_eq!(reader.run(asks, vec![]).await, json!(true), "the page asks before it goes");
    card.post(NAME, "تعليق").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn in_a_frame_of_another_site_it_works_where_third_parties_are_denied_their_storage() {
    needs!(Step::DeniedStorage);
    let stage = Stage::start().await;
    let inner = stage.host.url("/");
    stage.put_page(
        "/outer",
        &format!(r#"<iframe src="{inner}" style="inline-size: 600px; block-size: 800px"></iframe>"#),
    );
    let reader = Browser::start_as(Reader { storage: Storage::ThirdPartiesDenied, ..driver::USUAL }).await;
    // Another name of this machine is another site.
    reader.open(&stage.host.url("/outer").replace("127.0.0.1", "localhost")).await;
    let frame = reader.element("return document.querySelector('iframe')", vec![]).await.unwrap();
    reader.enter(frame).await;
    let denied = reader.run(STORAGE, vec![]).await == json!("SecurityError");
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.type_into("#body", "نصّ").await;
    // Chromium gives it a store of its own for each site around it, Firefox none.
    card.until_text(".kept", if denied { "لا يمكن حفظ" } else { "حُفظت" }).await;
    card.post(NAME, "تعليق").await;
    card.until_comments(1).await;
}

#[tokio::test]
async fn a_file_includes_it_from_another_origin() {
    let stage = Stage::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    let card =
        stage.card(&format!(r#"endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), &article::light_dom());
    std::fs::write(&file, stage.html("", &card)).unwrap();
    let reader = Browser::start().await;
    reader.open(&format!("file://{}", file.display())).await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    card.find("#body").await;
}

#[tokio::test]
async fn without_scripts_the_children_are_read() {
    let stage = Stage::start().await;
    let page = stage.html("", &stage.usual_card());
    let sanitised: String = page.lines().filter(|line| !line.contains("<script")).collect();
    stage.host.put("/sanitised.html", sanitised);
    let reader = stage.reader_at("/sanitised.html").await;
    let readable = |document: &str| {
        format!(
            "return [...{document}.querySelectorAll('h1, p')].filter((it) => it.getClientRects().length > 0).length"
        )
    };
    assert_eq!(reader.run(&readable("document"), vec![]).await, json!(4));
    // A frame that may run none: it is the same origin's, so that it can be looked into.
    stage.put_page(
        "/outer",
        r#"<iframe sandbox="allow-same-origin" src="/" style="inline-size: 600px; block-size: 800px"></iframe>"#,
    );
    reader.open(&stage.host.url("/outer")).await;
    assert_eq!(reader.run(&readable("document.querySelector('iframe').contentDocument"), vec![]).await, json!(4));
}
