//! `cargo xtask shots`: pictures of the demo page and of the card's states, into `docs/pictures/`.

use std::path::{Path, PathBuf};

use maqal_contract::Posted;
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::demo::Demo;
use maqal_e2e::look::looks;
use maqal_e2e::picture::{DESKTOP, Device, Frame, PHONE, keep, show_on, take};
use maqal_e2e::states::States;
use maqal_e2e::wait;
use serde_json::json;

/// A comment of the pictures.
struct Told {
    /// Who, what, and how many minutes ago.
    name: &'static str,
    body: &'static str,
    minutes: u32,
    /// What it replies to, by its place in the list.
    parent: Option<usize>,
}

const fn told(name: &'static str, body: &'static str, minutes: u32, parent: Option<usize>) -> Told {
    Told { name, body, minutes, parent }
}

/// The conversation of the pictures, the oldest first.
const CONVERSATION: [Told; 10] = [
    told(
        "سلمى العلوي",
        "شكرًا لكل من كتب وسأل. أجمع أسئلتكم هنا، وأنقلها إلى أهل الميناء في زيارتي القادمة.",
        3 * 24 * 60,
        None,
    ),
    told(
        "الحاج مبارك",
        "أربعون سنة في البحر وأنا أرى الشباك تُرمى ولا أحد يسأل. كنا نظن أن البحر يبتلع كل شيء، ثم صرنا نجدها في مراوح القوارب وفي بطون السلاحف.",
        2 * 24 * 60,
        None,
    ),
    told("نجاة بنسالم", "هل يُقبل متطوّعون من خارج المدينة؟ نحن خمس طالبات من آسفي.", 26 * 60, None),
    told("مروان الإدريسي", "أهلًا بكنّ. الورشة مفتوحة صباح كل سبت، والعنوان في آخر المقال.", 25 * 60, Some(2)),
    told("نجاة بنسالم", "رائع، نلتقي السبت إن شاء الله!", 24 * 60, Some(3)),
    told(
        "Julien M.",
        "We saw the workshop last spring: forty people, two looms, and a smell of tar. Please publish the address.",
        7 * 60,
        None,
    ),
    told(
        "ياسين",
        "الأرقام وحدها **لا تكفي**: كم طنًّا يُرمى كل عام؟ بغير هذا الرقم لا نعرف هل نتقدّم أم نلهث خلف المشكلة.",
        95,
        None,
    ),
    told("الحاج مبارك", "> كم طنًّا يُرمى كل عام؟\n\nلا أحد يحصيه يا بنيّ، وهذه هي المشكلة.", 41, Some(6)),
    told("أمّ إلياس", "اشتريتُ حقيبة منها في السوق، خيطها متين ورائحة البحر ما زالت فيها.", 22, None),
    told("سعيد الركراكي", "بارك الله في سواعدكم.\nوأرجو أن تصل الفكرة إلى ميناء أكادير.", 3, None),
];

/// Where the files go.
fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    cards().await;
    articles().await;
    states().await;
}

/// The demo page with a conversation: telephone and desktop, light and dark.
async fn cards() {
    let demo = Demo::start().await;
    let browser = Browser::start().await;
    fill(&demo, &browser).await;
    for device in [PHONE, DESKTOP] {
        for scheme in ["light", "dark"] {
            let card = open(&demo, &browser, device, scheme, "").await;
            card.until_comments(CONVERSATION.len()).await;
            let name = |what: &str| pictures().join(format!("{what}-{}-{scheme}.png", device.name));
            take_bench_away(&browser).await;
            scroll_to(&browser, if device.mobile { "#first" } else { ".masthead" }).await;
            take(&browser, Frame::Screen, &name("card")).await;
            if device.mobile && scheme == "light" {
                take(&browser, Frame::Element(TALK), &name("conversation")).await;
            }
        }
    }
}

/// The conversation's part of the first card.
const TALK: &str = "return document.querySelector('#first').shadowRoot.querySelector('.talk')";

/// The article of the first card.
const ARTICLE: &str = "return document.querySelector('#first').shadowRoot.querySelector('.article')";

/// An article with all that a body can hold, unfolded.
async fn articles() {
    let demo = Demo::start().await;
    let browser = Browser::start().await;
    for (device, scheme) in [(PHONE, "light"), (DESKTOP, "dark")] {
        let card = open(&demo, &browser, device, scheme, "?article=museum.json").await;
        take_bench_away(&browser).await;
        card.press(".more").await;
        card.until("the rest", "return !$('.more')").await;
        // The pictures further down are loaded as a reader comes near.
        let near = "for (const image of $$('img')) image.loading = 'eager'; root.activeElement?.blur()";
        card.run(near, vec![]).await;
        card.until("the pictures are there", "return $$('img').every((img) => img.complete)").await;
        take(&browser, Frame::Element(ARTICLE), &pictures().join(format!("article-{}-{scheme}.png", device.name)))
            .await;
    }
}

/// The states that are kept: what `tests/look.rs` compares.
async fn states() {
    let states = States::start().await;
    let browser = states.reader().await;
    for look in looks() {
        keep(&look.take(&states, &browser).await, &look.path());
    }
}

/// Opens the demo page on `device`, and waits for the article and its pictures and fonts.
async fn open<'a>(demo: &Demo, browser: &'a Browser, device: Device, scheme: &str, query: &str) -> Card<'a> {
    show_on(browser, device, scheme).await;
    browser.open(&demo.url(query)).await;
    let card = browser.card("#first");
    card.until(
        "the article stands, and its picture",
        "return shown($('.title')) && $$('img:not([loading])').every((img) => img.complete)",
    )
    .await;
    browser.until("the fonts are there", "return document.fonts.status === 'loaded'").await;
    card
}

/// The strip of switches is the contributor's; the picture is the reader's.
async fn take_bench_away(browser: &Browser) {
    browser.run("document.querySelector('.bench').remove()", vec![]).await;
}

async fn scroll_to(browser: &Browser, css: &str) {
    let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'start', behavior: 'instant' });
        scrollBy({ top: -8, behavior: 'instant' })";
    browser.run(script, vec![json!(css)]).await;
}

/// Puts the conversation under the first card.
async fn fill(demo: &Demo, browser: &Browser) {
    open(demo, browser, PHONE, "light", "").await.until_empty().await;
    // Its name is the widget's to choose: it is in what the widget asked for.
    let thread = wait::until("the card asks for its conversation", || async {
        let asked = demo.api.recorded(&http::Method::GET);
        let query = asked.first()?.path.split_once('?')?.1.to_owned();
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == "thread")
            .map(|(_, name)| name.into_owned())
    })
    .await;
    let mut ids: Vec<String> = Vec::new();
    for (number, told) in CONVERSATION.into_iter().enumerate() {
        let id = match told.parent {
            Some(parent) => demo.endpoint.reply(&thread, &ids[parent], told.name, told.body).await,
            None => {
                let key = format!("key-for-the-pictures-{number}");
                let answer = demo.endpoint.post(&thread, told.name, told.body, &key).await;
                assert_eq!(answer.status(), 201, "{:?}", answer.body());
                let posted: Posted =
                    serde_json::from_slice(answer.body()).unwrap_or_else(|error| panic!("no comment: {error}"));
                posted.comment.id
            }
        };
        demo.endpoint.change(&id, "created_ms = created_ms - ? * 60000", told.minutes).await;
        ids.push(id);
    }
    // What only a moderator or a host page could say.
    for (place, change) in [
        (0, "badge = 'author', pinned = ?"),
        (3, "badge = 'staff', pinned = ? - 1"),
        (1, "featured = ?"),
        (0, "likes = 40 + ?"),
        (1, "likes = 17 + ?"),
        (6, "likes = 5 + ?"),
    ] {
        demo.endpoint.change(&ids[place], change, 1).await;
    }
}
