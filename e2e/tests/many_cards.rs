//! Many cards on one page: they share one instance of the WebAssembly, and those that nobody is near cost nothing.

use maqal_e2e::article::{self, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};

const CARDS: usize = 50;

/// Counts the instances of WebAssembly that the page makes, from its start.
const COUNT: &str = "<script>
    window.instances = 0;
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const before = WebAssembly[name];
        WebAssembly[name] = (...values) => { instances++; return before.apply(WebAssembly, values); };
    }
</script>
<style>section { block-size: 1500px; overflow: hidden }</style>";

/// A page of fifty cards, each with an article and a conversation of its own, one a screen.
fn put_page(stage: &Stage) {
    let card = |n: usize| {
        let mut own = article::json_ld();
        own["headline"] = json!(format!("{TITLE} {n}"));
        stage.host.put(&format!("/articles/{n}.json"), own.to_string());
        let attributes =
            format!(r#"id="card-{n}" src="/articles/{n}.json" endpoint="{}" thread="t-{n}""#, stage.proxy.endpoint());
        format!("<section>{}</section>", stage.card(&attributes, "<h1>عنوان</h1>"))
    };
    let cards: String = (0..CARDS).map(card).collect();
    stage.host.put_with("/many.html", 200, "text/html; charset=utf-8", &[], stage.html(COUNT, &cards));
}

/// How many requests the page has made for files of this name.
async fn asked(reader: &Browser, name: &str) -> Value {
    let count = "return performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.endsWith(arguments[0])).length";
    reader.run(count, vec![json!(name)]).await
}

#[tokio::test]
async fn fifty_cards_share_one_instance_and_each_comes_when_its_reader_nears_it() {
    let stage = Stage::start().await;
    put_page(&stage);
    let reader = stage.reader_at("/many.html").await;
    reader.card("#card-0").until_text(".title", &format!("{TITLE} 0")).await;
    reader.card("#card-0").until_empty().await;

    // Those below have their children, and nothing of ours.
    let standing = "return [...document.querySelectorAll('maqal-card')].filter((card) => card.shadowRoot?.querySelector('.maqal')).length";
    assert!(reader.run(standing, vec![]).await.as_u64().is_some_and(|n| n <= 2));
    let far = reader.card("#card-25");
    let cost = "return [root.innerHTML, host.querySelector('h1').getClientRects().length]";
    assert_eq!(far.run(cost, vec![]).await, json!(["<slot></slot>", 1]));
    for n in 3..CARDS {
        assert_eq!(stage.host.times_asked(&format!("/articles/{n}.json")), 0, "card {n}");
    }
    assert_eq!(asked(&reader, "/api/comments").await.as_u64().map(|n| n <= 2), Some(true));

    // A reader who goes through the page meets each of them.
    for n in 0..CARDS {
        let id = format!("#card-{n}");
        let card = reader.card(&id);
        card.run("host.scrollIntoView()", vec![]).await;
        card.until_text(".title", &format!("{TITLE} {n}")).await;
    }
    reader.until("all of them stand", &format!("{} === {CARDS}", standing)).await;
    let ready = format!("return heard.filter(({{ type }}) => type === 'maqal:count').length === {CARDS}");
    reader.until("each has its conversation", &ready).await;
    // One of what shows first, and one of the whole.
    assert_eq!(reader.run("return window.instances", vec![]).await, json!(2));
    for name in
        ["/card.js", "/first_bg.wasm", "/whole.js", "/maqal.js", "/maqal_bg.wasm", "/later.css", "/i18n/ar.json"]
    {
        assert_eq!(asked(&reader, name).await, json!(1), "{name} is fetched once");
    }
    for n in 0..CARDS {
        assert_eq!(stage.host.times_asked(&format!("/articles/{n}.json")), 1, "card {n}");
    }

    // The first and the last are as whole as one alone.
    for id in ["#card-0", "#card-49"] {
        let card = reader.card(id);
        card.run("host.scrollIntoView()", vec![]).await;
        card.run("$('.composer').scrollIntoView()", vec![]).await;
        card.post("هند", "من بين خمسين").await;
        card.until_comments(1).await;
    }
    assert_eq!(stage.endpoint.stored("t-49").await.len(), 1);
    assert_eq!(stage.endpoint.stored("t-25").await.len(), 0);
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn fifty_cards_of_one_article_ask_for_it_once() {
    let stage = Stage::start().await;
    let attributes = format!(r#"src="/article.json" endpoint="{}" thread="t""#, stage.proxy.endpoint());
    let cards = stage.card(&attributes, "").repeat(CARDS);
    let row = "<style>body { display: grid; grid-template-columns: repeat(10, 1fr) } maqal-card { block-size: 90px; overflow: hidden }</style>";
    stage.host.put_with("/same.html", 200, "text/html; charset=utf-8", &[], stage.html(&[COUNT, row].concat(), &cards));
    let reader = stage.reader_at("/same.html").await;
    let all = format!("return heard.filter(({{ type }}) => type === 'maqal:ready').length === {CARDS}");
    reader.until("all fifty stand", &all).await;
    assert_eq!(stage.host.times_asked("/article.json"), 1);
    assert_eq!(reader.run("return window.instances", vec![]).await, json!(1));
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
}

#[tokio::test]
async fn what_is_typed_in_one_card_outlives_the_coming_of_the_others() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 1).await;
    let attributes = |id: &str| format!(r#"id="{id}" endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint());
    let card = |id: &str| stage.card(&attributes(id), "<h1>عنوان</h1><p>نصّ.</p>");
    stage.put_page("/", &[card("a"), card("b")].concat());
    let reader = stage.reader().await;
    let (a, b) = (reader.card("#a"), reader.card("#b"));
    for card in [a, b] {
        card.until("its comment is there", "return $('.first') && $$('.comment').length === 1").await;
    }
    stage.cdn.whole.close();
    let write = "for (const [css, text] of [['#name', 'هند'], ['#body', 'ما كُتب في الأولى']]) {
        const field = $(css);
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
    for (const name of ['pointerdown', 'pointerup']) $('#body').dispatchEvent(new PointerEvent(name, { bubbles: true, composed: true }))";
    a.run(write, vec![]).await;
    stage.cdn.whole.open();
    let whole = "return $('.maqal') && !$('.first')";
    a.until("it is whole", whole).await;
    // Who only writes chooses nothing that another card would follow.
    a.run("$('#body').click()", vec![]).await;
    // What comes while there is nothing else to do has come by then.
    let idle = "return new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(() => setTimeout(resolve, 50)))";
    reader.run(idle, vec![]).await;
    assert_eq!(b.run("return Boolean($('.first:not([aria-busy])'))", vec![]).await, json!(true));
    a.run("$('.like').click()", vec![]).await;
    b.until("it is whole", whole).await;
    for card in [a, b] {
        assert_eq!(card.value("#name").await, "هند");
    }
    assert_eq!(a.value("#body").await, "ما كُتب في الأولى");
    let kept = "return ['author', 'draft'].map((what) => {
        const key = Object.keys(localStorage).find((key) => key.startsWith(`maqal:${what}:`));
        return key ? JSON.parse(localStorage[key]) : null;
    })";
    assert_eq!(reader.run(kept, vec![]).await, json!([{ "name": "هند" }, { "body": "ما كُتب في الأولى" }]));
}

#[tokio::test]
async fn a_name_typed_at_first_sight_leaves_what_else_the_device_keeps_of_its_author() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 1).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("its comment is there", "return $('.first') && $$('.comment').length === 1").await;
    stage.cdn.whole.close();
    let kept = "const key = `maqal:author:${host.getAttribute('endpoint')}`;
        localStorage.setItem(key, JSON.stringify({ name: 'هند', forget: true }));
        const field = $('#name');
        field.value = 'سلمى';
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        return JSON.parse(localStorage.getItem(key))";
    assert_eq!(card.run(kept, vec![]).await, json!({ "name": "سلمى", "forget": true }));
    stage.cdn.whole.open();
}

/// Holds the answer of `/late.json` until the page is told to let it pass.
const HOLD: &str = "<script>
    const own = window.fetch;
    window.fetch = (...wanted) => new Promise((resolve) => {
        if (String(wanted[0]).endsWith('/late.json')) window.pass = resolve;
        else resolve();
    }).then(() => own(...wanted));
</script>";

#[tokio::test]
async fn a_card_whose_article_comes_after_another_one_is_whole_becomes_whole_too() {
    let stage = Stage::start().await;
    stage.host.put("/late.json", article::json_ld().to_string());
    let card = |id: &str, src: &str, children: &str| {
        stage.card(&format!(r#"id="{id}" {src} endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), children)
    };
    let cards = card("a", "", "<h1>عنوان</h1><p>نصّ.</p>") + &card("b", r#"src="/late.json""#, "");
    stage.host.put_with("/late.html", 200, "text/html; charset=utf-8", &[], stage.html(HOLD, &cards));
    let reader = stage.reader_at("/late.html").await;
    let (a, b) = (reader.card("#a"), reader.card("#b"));
    a.until("it stands", "return $('.first .empty')").await;
    b.until("its place is held", "return $('.first .waiting')").await;
    a.run("host.setAttribute('heading', '2')", vec![]).await;
    a.until("it is whole", "return $('.maqal') && !$('.first')").await;
    reader.run("window.pass()", vec![]).await;
    b.until_text(".title", TITLE).await;
    b.until("it is whole", "return !$('.first')").await;
}
