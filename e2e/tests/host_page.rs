//! Host pages as they are: with styles that shout, with strict policies, left to right, and with patched built-ins.
//! The card is the same on all of them, and changes nothing of theirs.

use maqal_e2e::article::{self, PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::console::ConsoleLine;
use maqal_e2e::needs;
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use serde_json::{Value, json};

const NAME: &str = "زينب";
const BODY: &str = "تعليق **مهمّ** جدًّا";

/// What is looked at in the card: every kind of thing in it.
const PARTS: &str = ".card, .title, .author, .body p, .talk h3, .talk h3 small, form.composer, label, #name, #body, \
    .bar, .kept, button.send, ol, li, .comment, .comment .face, .comment .name, .comment time, .comment .say p, .comment .say strong";

/// The computed style of each part that does not hang on the width of the page, one line each.
async fn look(card: Card<'_>) -> Vec<String> {
    let script = r#"const names = ["align-items", "background-color", "background-image", "border-top", "border-right", "box-shadow",
            "color", "cursor", "direction", "display", "float", "font-family", "font-size", "font-style", "font-variant",
            "font-weight", "letter-spacing", "line-height", "list-style-type", "margin", "opacity", "padding", "position",
            "text-align", "text-decoration", "text-indent", "text-shadow", "text-transform", "unicode-bidi", "visibility",
            "white-space", "word-spacing", "writing-mode", "zoom"];
        return args[0].split(", ").flatMap((css) => {
            const element = $(css);
            if (!element) return [`${css}: not there`];
            const style = getComputedStyle(element);
            return names.map((name) => `${css} { ${name}: ${style.getPropertyValue(name)} }`);
        });"#;
    let lines = card.run(script, vec![json!(PARTS)]).await;
    lines.as_array().into_iter().flatten().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
}

/// Opens a page with these head lines and a card of a fixed width, with one comment and a half-written one.
async fn shown<'a>(stage: &Stage, reader: &'a Browser, path: &str, head: &str) -> Card<'a> {
    let card = format!(
        r#"<maqal-card style="display: block; inline-size: 640px" src="{ARTICLE}" endpoint="{}" thread="{THREAD}" theme="light"></maqal-card>
<p>نصّ المضيف</p>"#,
        stage.proxy.endpoint()
    );
    stage.host.put_with(path, 200, "text/html; charset=utf-8", &[], stage.html(head, &card));
    reader.open(&stage.host.url(path)).await;
    let card = reader.card("maqal-card");
    card.until_comments(1).await;
    card.until_text(".title", TITLE).await;
    card.type_into("#body", "م").await;
    card.until_text(".kept", "حُفظت").await;
    // By the keyboard's way: WebKit's driver presses nothing on this page.
    card.run("$('#name').focus()", vec![]).await;
    card.until("every transition has ended", "return root.getAnimations().length === 0").await;
    card
}

/// Leaves the page as the next one is to find it.
async fn forget(reader: &Browser) {
    reader.run("localStorage.clear()", vec![]).await;
}

#[tokio::test]
async fn no_style_of_the_host_reaches_the_card() {
    let stage = Stage::start().await;
    stage.endpoint.post(THREAD, NAME, BODY, "a-comment-to-look-at-1").await;
    let reader = Browser::start().await;
    let clean = look(shown(&stage, &reader, "/clean", "").await).await;
    assert!(clean.iter().all(|line| !line.ends_with("not there")), "{clean:?}");
    forget(&reader).await;
    let hostile = format!(r#"<link rel="stylesheet" href="{}/demo/hostile.css">"#, stage.cdn.origin());
    let resets = "<style>* { all: unset } *, *::before { box-sizing: content-box !important; transition: none !important }
        html { font-size: 62.5% } body { font: 300 9px/1 monospace; color: #0f0; text-align: left; direction: ltr;
        white-space: pre; visibility: visible; letter-spacing: 1em; word-spacing: 1em; cursor: wait; zoom: 1; list-style: square }
        .card, .title, .send, .note { display: none !important } input, textarea, button { border: 9px solid lime !important }
        head, script, style, link, title, meta { display: none }</style>";
    for (path, head) in [("/hostile", hostile.as_str()), ("/resets", resets)] {
        let card = shown(&stage, &reader, path, head).await;
        let page = "return getComputedStyle(document.querySelector('p')).letterSpacing";
        assert_ne!(reader.run(page, vec![]).await, json!("normal"), "the page itself suffers");
        let suffered = look(card).await;
        let differences: Vec<_> = clean.iter().zip(&suffered).filter(|(clean, other)| clean != other).collect();
        assert!(differences.is_empty(), "{path}: {differences:#?}");
        forget(&reader).await;
    }
}

#[tokio::test]
async fn the_card_changes_nothing_of_the_host() {
    let stage = Stage::start().await;
    stage.endpoint.post(THREAD, NAME, BODY, "a-comment-to-look-at-1").await;
    let own = r#"<main id="host"><h1 class="title">عنوان</h1><p class="body">فقرة <a href="/">رابط</a></p><button class="send">زرّ</button>
        <input id="name"><textarea id="body"></textarea><ol><li class="comment">بند</li></ol><article class="card">بطاقة</article></main>"#;
    let everything = "const all = [...document.querySelectorAll('#host, #host *')].map((element) => {
            const style = getComputedStyle(element), box = element.getBoundingClientRect();
            return [element.tagName, box.x, box.y, box.width, box.height, ...Array.from(style, (name) => name + ':' + style.getPropertyValue(name))].join(';');
        });
        // The driver's own are no page's affair.
        const globals = Object.getOwnPropertyNames(window).filter((name) => !/^cdc_|^ret_nodes$/.test(name)).sort();
        const builtins = [Object, Array, Element, Node, HTMLElement, EventTarget, String, Promise].flatMap((type) =>
            [...Object.getOwnPropertyNames(type), ...Object.getOwnPropertyNames(type.prototype)]);
        const sheets = [document.styleSheets.length, document.adoptedStyleSheets.length];
        const places = [document.title, document.documentElement.lang, document.documentElement.className, document.body.className, scrollY];
        return { all, globals, builtins, sheets, places };";
    let reader = Browser::start().await;
    // The same page without the loader: an element that nobody defines.
    let page = |loader: &str| {
        format!(
            r#"<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>المضيف</title><link rel="icon" href="data:,">
<script src="{cdn}/heard.js"></script>{loader}<body>{own}
<maqal-card src="{ARTICLE}" endpoint="{endpoint}" thread="{THREAD}"></maqal-card>"#,
            cdn = stage.cdn.origin(),
            endpoint = stage.proxy.endpoint()
        )
    };
    stage.host.put("/without.html", page(""));
    let loader = format!(r#"<script type="module" src="{}/embed.js"></script>"#, stage.cdn.origin());
    stage.host.put("/with.html", page(&loader));
    reader.open(&stage.host.url("/without.html")).await;
    let without = reader.run(everything, vec![]).await;
    reader.open(&stage.host.url("/with.html")).await;
    reader.card("maqal-card").until_comments(1).await;
    let with = reader.run(everything, vec![]).await;
    for what in ["all", "globals", "builtins", "sheets", "places"] {
        let lines = |page: &Value| page[what].as_array().cloned().unwrap_or_default();
        let (with, without) = (lines(&with), lines(&without));
        let new: Vec<_> = with.iter().filter(|line| !without.contains(line)).collect();
        let gone: Vec<_> = without.iter().filter(|line| !with.contains(line)).collect();
        assert!(new.is_empty() && gone.is_empty() && !with.is_empty(), "{what}: new {new:?}, gone {gone:?}");
    }
}

/// Opens a page with `policy`, reads, posts, and looks for complaints of the browser.
async fn works_under(policy: &str, children: &str, source: &str) {
    let stage = Stage::start().await;
    stage.endpoint.post(THREAD, NAME, BODY, "a-comment-to-look-at-1").await;
    let policy = policy
        .replace("{cdn}", &stage.cdn.origin())
        .replace("{host}", &stage.host.origin())
        .replace("{endpoint}", &stage.proxy.origin());
    let card = stage
        .card(&format!(r#"{source} endpoint="{}" thread="{THREAD}" theme="light""#, stage.proxy.endpoint()), children);
    // Without the favicon, which the strict policy forbids.
    let page = stage.html("", &card).replace(r#"<link rel="icon" href="data:,">"#, "");
    let headers = [("content-security-policy", policy.as_str())];
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &headers, page);
    stage.host.put_with("/favicon.ico", 200, "image/png", &[], "");
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    // Where no policy of ours is allowed, only `Document.parseHTML` reads HTML; without it the text stands as it was typed.
    let reads = !policy.contains("trusted-types 'none'")
        || reader.run("return 'parseHTML' in Document", vec![]).await == json!(true);
    let rebuilt: &[&str] = if reads { &["مهمّ"] } else { &[] };
    assert_eq!(card.texts(".say strong").await, rebuilt, "the endpoint's HTML is rebuilt");
    card.until_text(".say", "مهمّ").await;
    assert_eq!(card.style(".card", "background-color").await, "rgb(255, 254, 251)", "the styles are there");
    card.post("زائر", "وهذا بعده").await;
    card.until_comments(2).await;
    // A theme, a language and a reload: every part is built once more.
    card.run("host.theme = 'dark'; host.lang = 'en'; host.reload()", vec![]).await;
    card.until_text("h3", "Comments").await;
    card.until_comments(2).await;
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
    // An attempt that the policy forbids is told by the browser.
    let told = |line: &ConsoleLine| reads || !line.says("Content Security Policy: ");
    let console: Vec<_> = reader.console().await.into_iter().filter(told).collect();
    assert_eq!(console, [], "{policy}");
}

const FETCHED: &str = r#"src="/article.json""#;

#[tokio::test]
async fn it_works_under_a_strict_content_security_policy() {
    let policy = "default-src 'none'; script-src {cdn} 'wasm-unsafe-eval'; connect-src {cdn} {host} {endpoint}; img-src {host}; \
                  style-src {host}; base-uri 'none'; form-action 'none'";
    works_under(policy, "", FETCHED).await;
}

#[tokio::test]
async fn it_works_where_trusted_types_are_required_and_ours_is_allowed() {
    works_under("require-trusted-types-for 'script'; trusted-types maqal", "", FETCHED).await;
}

#[tokio::test]
async fn it_works_where_trusted_types_are_required_and_no_policy_is_allowed() {
    works_under("require-trusted-types-for 'script'; trusted-types 'none'", "", FETCHED).await;
}

#[tokio::test]
async fn an_article_inside_the_element_works_where_trusted_types_are_required_too() {
    works_under("require-trusted-types-for 'script'; trusted-types 'none'", &article::light_dom(), "").await;
}

#[tokio::test]
async fn where_the_page_forbids_webassembly_the_article_stays_readable_and_the_developer_is_told() {
    let stage = Stage::start().await;
    // The frame that would do without is forbidden too.
    let policy = format!("script-src {}; frame-src 'none'", stage.cdn.origin());
    let headers = [("content-security-policy", policy.as_str())];
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &headers, stage.html("", &stage.usual_card()));
    let reader = stage.reader().await;
    let told = reader
        .until("the page is told", "return window.heard.find((event) => event.type === 'maqal:error') ?? null")
        .await;
    assert_eq!(told["detail"]["code"], "load");
    assert!(told["detail"]["message"].as_str().unwrap_or_default().contains("wasm-unsafe-eval"), "{told}");
    let readable = "const shown = (css) => document.querySelector(css).getClientRects().length > 0; return shown('h1') && shown('p')";
    assert_eq!(reader.run(readable, vec![]).await, json!(true));
}

#[tokio::test]
async fn on_a_page_from_left_to_right_the_card_runs_from_right_to_left() {
    let stage = Stage::start().await;
    stage.endpoint.post(THREAD, NAME, BODY, "a-comment-to-look-at-1").await;
    let page =
        stage.html("", &stage.usual_card()).replace(r#"<html lang="ar" dir="rtl">"#, r#"<html lang="en" dir="ltr">"#);
    let page = page.replace("<maqal-card ", r#"<maqal-card lang="ar" "#);
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &[], page);
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_comments(1).await;
    for css in [".card", ".title", ".body p", ".talk", "#name", "#body", ".say p"] {
        assert_eq!(card.style(css, "direction").await, "rtl", "{css}");
    }
    // The face stands at the right of the name, the button at the left end of its bar.
    let places = card.run("const x = (css) => $(css).getBoundingClientRect().x; return x('.comment .face') > x('.comment .name') && x('.send') < x('.kept')", vec![]).await;
    assert_eq!(places, json!(true));
    // And an English comment in it runs from left to right, on its own.
    card.post("Sam", "An English comment (with a full stop).").await;
    card.until_comments(2).await;
    assert_eq!(card.style(".comment .say p", "direction").await, "ltr");
}

#[tokio::test]
async fn a_host_that_extends_the_built_ins_does_not_disturb_it() {
    needs!(Step::BrokenBuiltIns);
    let stage = Stage::start().await;
    let extended = "<script>
        Array.prototype.toJSON = function () { return 'patched' };
        Object.prototype.extra = 'patched';
        String.prototype.toJSON = function () { return 'patched' };
        Array.from = () => { throw new Error('patched') };
        NodeList.prototype.forEach = () => { throw new Error('patched') };
        </script>";
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &[], stage.html(extended, &stage.usual_card()));
    let reader = stage.reader().await;
    // The driver's own scripts need whole built-ins: they are mended once the card stands.
    let mended =
        "delete Array.prototype.toJSON; delete Object.prototype.extra; delete String.prototype.toJSON; return true";
    let card = reader.card("maqal-card");
    reader.devtools("Runtime.evaluate", json!({ "expression": "new Promise((done) => addEventListener('maqal:count', done, { once: true }))", "awaitPromise": true })).await;
    reader.devtools("Runtime.evaluate", json!({ "expression": format!("(() => {{ {mended} }})()") })).await;
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post(NAME, BODY).await;
    card.until_comments(1).await;
}

#[tokio::test]
async fn it_hides_with_what_is_around_it_and_has_a_width_in_a_row_that_sizes_by_content() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let attributes = format!(r#"src="{ARTICLE}" endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint());
    let cards = format!(
        r#"<div style="visibility: hidden"><maqal-card id="hidden" {attributes}></maqal-card></div>
<div style="display: flex"><maqal-card id="row" {attributes}></maqal-card></div>"#
    );
    stage.host.put_with("/around", 200, "text/html; charset=utf-8", &[], stage.html("", &cards));
    reader.open(&stage.host.url("/around")).await;
    let (hidden, row) = (reader.card("#hidden"), reader.card("#row"));
    hidden.until_with("the article is there", "return !!$('.title')", vec![]).await;
    row.until_text(".title", TITLE).await;
    let visibility = hidden.run("return getComputedStyle($('#name')).visibility", vec![]).await;
    assert_eq!(visibility, json!("hidden"), "a hidden field cannot be reached by the keyboard");
    let width = row.run("return host.getBoundingClientRect().width", vec![]).await;
    assert!(width.as_f64().is_some_and(|width| width > 200.0), "{width}");
}
