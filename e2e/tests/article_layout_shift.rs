//! Nothing on the page moves while a card loads, however slow each of its parts is, and the place that it held ends where
//! nobody sees it.

use fantoccini::key::Key;
use maqal_e2e::article::{self, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::needs;
use maqal_e2e::publisher::{Publisher, readable};
use maqal_e2e::skip::{Step, can};
use maqal_e2e::stage::Stage;
use serde_json::{Value, json};

const PATH: &str = "/a/1.json";
const PICTURE: &str = "/a/picture.svg";

/// Width, height, and whether it is a telephone.
const PHONE: (u32, u32, bool) = (390, 844, true);
const DESKTOP: (u32, u32, bool) = (1280, 900, false);
const TALL: (u32, u32, bool) = (1000, 2600, false);

/// Keeps every layout shift since navigation (Layout Instability API, with its `buffered` flag).
const METER: &str = "<script>
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    const where = sources.map(({ node, previousRect: p, currentRect: c }) =>
      `${node?.nodeName} ${node?.id ?? ''}${node?.className ?? ''} y ${p.y}..${p.bottom} -> ${c.y}..${c.bottom}, x ${p.x}..${p.right} -> ${c.x}..${c.right}`);
    window.shifts.push({ value, hadRecentInput, where });
  }
}).observe({ type: 'layout-shift', buffered: true });
</script>";

/// Tells the host that the page without a card has been painted.
const FIRST_PAINT: &str =
    "<script>requestAnimationFrame(() => requestAnimationFrame(() => fetch('/painted')))</script>";

/// What the publisher has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Long,
    LongWithSizedHero,
    LongWithUnsizedHero,
    Short,
    Missing,
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum First {
    Article,
    Comments,
}

fn source(publisher: &Publisher, kind: Kind) -> Value {
    let mut article = match kind {
        Kind::Short => article::json_ld(),
        _ => article::with_body(&article::paragraphs(30)),
    };
    if matches!(kind, Kind::LongWithSizedHero | Kind::LongWithUnsizedHero) {
        article["image"] = json!({ "@type": "ImageObject", "url": publisher.url(PICTURE) });
    }
    if kind == Kind::LongWithSizedHero {
        article["image"]["width"] = json!(1200);
        article["image"]["height"] = json!(800);
    }
    article
}

fn picture(width: u32, height: u32) -> String {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="100%" height="100%" fill="#357"/></svg>"##
    )
}

fn put(publisher: &Publisher, kind: Kind) {
    let answer = match kind {
        Kind::Missing => readable(404, "not found", &[]),
        _ => readable(200, source(publisher, kind).to_string(), &[]),
    };
    publisher.put(PATH, [answer]);
    publisher.put(PICTURE, [readable(200, picture(1200, 800), &[("content-type", "image/svg+xml")])]);
}

/// The page of a site: a line, the card, and more of the site.
fn put_page(stage: &Stage, publisher: &Publisher, excerpt: &str) {
    let attributes = format!(r#"src="{}" endpoint="{}" thread="t""#, publisher.url(PATH), stage.proxy.endpoint());
    let body = format!(
        "<header style='block-size: 60px'>المضيف</header>
        <main style='max-inline-size: 720px; margin-inline: auto'>{}
        <section id='after' style='block-size: 3000px; background: #eee'><h2>بعد البطاقة</h2><p>نصّ المضيف</p></section></main>{FIRST_PAINT}",
        stage.card(&attributes, excerpt)
    );
    let rule = "<style>maqal-card:not(:defined) { display: flow-root; min-block-size: 100svh }</style>";
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &[], stage.html(&format!("{METER}{rule}"), &body));
}

/// Loads the page with everything slow: each part comes once the page without it has been painted.
async fn load(stage: &Stage, publisher: &Publisher, reader: &Browser, kind: Kind, first: First) {
    for gate in [&stage.cdn.loader, &stage.cdn.files, &publisher.gate, &stage.proxy.gate] {
        gate.close();
    }
    reader.empty_cache().await;
    let painted = stage.host.times_asked("/painted");
    let asked_for = publisher.asked(PATH).len();
    // A page has loaded when its module scripts have.
    let url = stage.host.url("/");
    let then_the_loader = async {
        maqal_e2e::wait::until("the page without a card is painted", || async {
            (stage.host.times_asked("/painted") > painted).then_some(())
        })
        .await;
        stage.cdn.loader.open();
    };
    futures_util::future::join(reader.open(&url), then_the_loader).await;
    let card = reader.card("maqal-card");
    reader.until("the element is defined", "return Boolean(customElements.get('maqal-card'))").await;
    reader.painted().await;
    stage.cdn.files.open();
    card.until("the card stands", "return $('.card') ?? $('.talk')").await;
    maqal_e2e::wait::until("the article is asked for", || async {
        (publisher.asked(PATH).len() > asked_for).then_some(())
    })
    .await;
    reader.painted().await;
    let article = async || {
        publisher.gate.open();
        match kind {
            Kind::Missing => card.until_text(".note", "").await,
            _ => card.until_text(".title", TITLE).await,
        }
        if matches!(kind, Kind::LongWithSizedHero | Kind::LongWithUnsizedHero) {
            card.until("the picture has come", "return $('img.hero').complete && $('img.hero').naturalWidth > 0").await;
        }
        reader.painted().await;
    };
    let comments = async || {
        stage.proxy.gate.open();
        if first == First::Article {
            card.until("the comments are there", "return $$('.comment').length === 2 && !$('.skeleton')").await;
        } else {
            // They show with their article.
            let here = "return performance.getEntriesByType('resource').some((entry) => entry.name.includes('/api/comments') && entry.responseEnd)";
            reader.until("they have come", here).await;
        }
        reader.painted().await;
    };
    if first == First::Article {
        article().await;
        comments().await;
    } else {
        comments().await;
        article().await;
        card.until("the comments are there", "return $$('.comment').length === 2 && !$('.skeleton')").await;
    }
    reader.painted().await;
}

/// What moved so far, but for what a reader's own action moved.
async fn shifts(reader: &Browser) -> Vec<Value> {
    match reader.run("return window.shifts.filter((shift) => !shift.hadRecentInput)", vec![]).await {
        Value::Array(shifts) => shifts,
        _ => panic!("the page has no meter"),
    }
}

async fn stage() -> (Stage, Publisher) {
    let (stage, publisher) = (Stage::start().await, Publisher::start().await);
    for (body, key) in [("تعليق أوّل", "a-comment-of-the-shifts-1"), ("تعليق ثانٍ", "a-comment-of-the-shifts-2")]
    {
        stage.endpoint.post("t", "سلمى", body, key).await;
    }
    (stage, publisher)
}

async fn nothing_moves(viewport: (u32, u32, bool)) {
    needs!(Step::LayoutShifts);
    let (stage, publisher) = stage().await;
    let reader = Browser::start().await;
    let (width, height, mobile) = viewport;
    reader.view(width, height, mobile).await;
    let mut moved = Vec::new();
    for excerpt in [String::new(), article::light_dom()] {
        put_page(&stage, &publisher, &excerpt);
        for kind in [Kind::Long, Kind::LongWithSizedHero, Kind::LongWithUnsizedHero, Kind::Short, Kind::Missing] {
            put(&publisher, kind);
            for first in [First::Article, First::Comments] {
                load(&stage, &publisher, &reader, kind, first).await;
                let shifts = shifts(&reader).await;
                if !shifts.is_empty() {
                    moved.push(format!("{kind:?}, {first:?} first, excerpt {}: {shifts:#?}", !excerpt.is_empty()));
                }
            }
        }
    }
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

#[tokio::test]
async fn nothing_moves_on_a_telephone() {
    nothing_moves(PHONE).await;
}

#[tokio::test]
async fn nothing_moves_on_a_desktop() {
    nothing_moves(DESKTOP).await;
}

#[tokio::test]
async fn nothing_moves_in_a_tall_window() {
    nothing_moves(TALL).await;
}

#[tokio::test]
async fn the_meter_sees_what_does_move() {
    needs!(Step::LayoutShifts);
    let (stage, publisher) = stage().await;
    put(&publisher, Kind::Short);
    put_page(&stage, &publisher, "");
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_comments(2).await;
    reader.painted().await;
    assert_eq!(shifts(&reader).await, Vec::<Value>::new());
    reader.run("document.querySelector('header').style.blockSize = '260px'", vec![]).await;
    reader.until("it is seen", "return window.shifts.length > 0").await;
}

/// The card's height, and the viewport's.
async fn heights(reader: &Browser) -> (f64, f64) {
    let script = "return [document.querySelector('maqal-card').getBoundingClientRect().height, innerHeight]";
    let heights = reader.run(script, vec![]).await;
    // What is no number is neither higher nor lower than anything.
    let height = |n: usize| heights[n].as_f64().unwrap_or(f64::NAN);
    (height(0), height(1))
}

#[tokio::test]
async fn a_short_card_has_its_own_height_after_the_readers_next_action() {
    needs!(Step::LayoutShifts);
    let (stage, publisher) = stage().await;
    put(&publisher, Kind::Short);
    put_page(&stage, &publisher, "");
    for act in ["key", "pointer"] {
        let reader = Browser::start().await;
        reader.view(TALL.0, TALL.1, TALL.2).await;
        load(&stage, &publisher, &reader, Kind::Short, First::Article).await;
        let (card, window) = heights(&reader).await;
        assert!(card >= window, "it holds its place: {card} of {window}");
        if act == "key" {
            reader.keys(&char::from(Key::Shift).to_string()).await;
        } else {
            reader.card("maqal-card").press(".title").await;
        }
        let natural = "const host = document.querySelector('maqal-card'), root = host.shadowRoot;
            const bottom = Math.max(...[...root.children].map((child) => child.getBoundingClientRect().bottom));
            return Math.abs(host.getBoundingClientRect().bottom - bottom) < 2";
        reader.until("the card ends where its content ends", natural).await;
        let (card, window) = heights(&reader).await;
        assert!(card < window, "{card} of {window}");
        reader.painted().await;
        assert_eq!(shifts(&reader).await, Vec::<Value>::new(), "what moves is the reader's own doing: {act}");
    }
}

#[tokio::test]
async fn a_card_that_fills_the_screen_holds_no_place_afterwards() {
    needs!(Step::LayoutShifts);
    let (stage, publisher) = stage().await;
    put(&publisher, Kind::Long);
    put_page(&stage, &publisher, "");
    let reader = Browser::start().await;
    reader.view(PHONE.0, PHONE.1, PHONE.2).await;
    load(&stage, &publisher, &reader, Kind::Long, First::Article).await;
    let card = reader.card("maqal-card");
    card.until("nothing is held", "return getComputedStyle(host).minBlockSize !== '844px'").await;
    assert_eq!(shifts(&reader).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_picture_without_a_size_moves_nothing_when_it_comes() {
    let (stage, publisher) = stage().await;
    let pictures = Publisher::start().await;
    let paths = ["/wide.svg", "/tall.svg", "/rest.svg"];
    for (path, (width, height)) in paths.into_iter().zip([(1600, 300), (300, 1600), (900, 900)]) {
        pictures.put(path, [readable(200, picture(width, height), &[("content-type", "image/svg+xml")])]);
    }
    // One alone, one in a figure, and one in what is folded.
    let [wide, tall, rest] = paths.map(|path| pictures.url(path));
    let text = article::paragraphs(3);
    let body = format!(
        r#"{text}<p><img src="{wide}" alt="عريضة"></p>{text}<figure><img src="{tall}" alt="طويلة"><figcaption>شرح</figcaption></figure>{}<p><img src="{rest}" alt="مطوية"></p>{text}"#,
        article::paragraphs(20)
    );
    publisher.put(PATH, [readable(200, article::with_body(&body).to_string(), &[])]);
    put_page(&stage, &publisher, "");
    for (width, height, mobile) in [PHONE, DESKTOP] {
        let reader = Browser::start().await;
        reader.view(width, height, mobile).await;
        let before = paths.map(|path| pictures.asked(path).len());
        pictures.gate.close();
        reader.open(&stage.host.url("/")).await;
        let card = reader.card("maqal-card");
        card.until_text(".title", TITLE).await;
        card.until_comments(2).await;
        card.press(".more").await;
        for path in paths {
            let src = json!(pictures.url(path));
            let there = "const img = $(`img[src=\"${args[0]}\"]`); img?.scrollIntoView({ block: 'center' });
                return Boolean(img) && !img.complete";
            card.until_with("the picture has its place", there, vec![src]).await;
            reader.painted().await;
        }
        maqal_e2e::wait::until("all pictures are asked for", || async {
            paths.iter().zip(&before).all(|(path, before)| pictures.asked(path).len() > *before).then_some(())
        })
        .await;
        let places =
            "const [a] = args; return a.map((src) => { const box = $(`img[src=\"${src}\"]`).getBoundingClientRect();
            return [box.x, box.y, box.width, box.height] })";
        let all = json!(paths.map(|path| pictures.url(path)));
        let held = card.run(places, vec![all.clone()]).await;
        // All that moves counts from here, even what comes soon after the press.
        reader.run("window.shifts.length = 0", vec![]).await;
        pictures.gate.open();
        let come = "return args[0].every((src) => { const img = $(`img[src=\"${src}\"]`); return img.complete && img.naturalWidth > 0 })";
        card.until_with("the pictures have come", come, vec![all.clone()]).await;
        reader.painted().await;
        if can(Step::LayoutShifts) {
            assert_eq!(reader.run("return window.shifts", vec![]).await, json!([]), "at {width} px");
        }
        // Off the screen too.
        assert_eq!(card.run(places, vec![all]).await, held, "at {width} px");
    }
}
