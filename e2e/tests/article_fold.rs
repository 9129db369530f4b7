//! A long article is folded: the keyboard, a search of the page, an address that points into it, and paper reach the rest.

use fantoccini::key::Key;
use maqal_e2e::article::{self, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::needs;
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{ARTICLE, Stage};
use serde_json::{Value, json};

/// Words that stand in what is folded, and nowhere else on the page.
const HIDDEN_WORDS: &str = "زيتونة المعصرة القديمة";

fn text() -> String {
    let (beginning, rest) = (article::paragraphs(12), article::paragraphs(6));
    format!(
        r#"<p>بداية <a href="/in-the-beginning">رابط أوّل</a></p>{beginning}{rest}
        <p>في الباقي <a href="/in-the-rest">رابط ثانٍ</a></p><p>ثم بلغت الحافلة {HIDDEN_WORDS} قبل المغيب.</p>
        <table><tr><th>القرية</th><th>الكتب</th></tr><tr><td>تيزي</td><td>٤٠</td></tr></table>"#
    )
}

async fn stage() -> Stage {
    let stage = Stage::start().await;
    stage.host.put(ARTICLE, article::with_body(&text()).to_string());
    stage.put_page("/", &card(&stage));
    stage
}

fn card(stage: &Stage) -> String {
    let card = stage.card(&format!(r#"src="{ARTICLE}" endpoint="{}" thread="fold""#, stage.proxy.endpoint()), "");
    format!(
        r##"<p id="top">نصّ المضيف</p>{card}<p id="end"><a id="point" href="#:~:text={HIDDEN_WORDS}">إلى الكلمات</a></p>"##
    )
}

/// A reader at the folded article.
async fn folded(stage: &Stage) -> Browser {
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    assert!(is_folded(&reader).await);
    assert!(!card.text().await.contains(HIDDEN_WORDS));
    reader
}

async fn is_folded(reader: &Browser) -> bool {
    let rest = reader.card("maqal-card").run("return $('.rest-of-text').hidden", vec![]).await;
    assert_eq!(rest == json!("until-found"), reader.card("maqal-card").count(".more").await == 1);
    rest == json!("until-found")
}

/// Waits until the rest shows, with the words on the screen.
async fn until_found(reader: &Browser) {
    let card = reader.card("maqal-card");
    let found = "const p = $$('.rest-of-text p').find((p) => p.innerText.includes(args[0]));
        const box = p?.getBoundingClientRect();
        return !$('.more') && !$('.rest-of-text').hidden && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight";
    card.until_with("the words are on the screen", found, vec![json!(HIDDEN_WORDS)]).await;
    assert!(!is_folded(reader).await);
}

/// What has the focus, within the card.
async fn focused(reader: &Browser) -> String {
    let script = "const e = root.activeElement; return e ? `${e.localName}.${e.className}#${e.id} ${e.getAttribute('href') ?? ''}` : ''";
    reader.card("maqal-card").run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
}

/// Presses the tabulator until `what` is in the name of what has the focus.
async fn tab_to(reader: &Browser, what: &str) {
    for _ in 0..20 {
        reader.keys(&char::from(Key::Tab).to_string()).await;
        if focused(reader).await.contains(what) {
            return;
        }
    }
    panic!("the tabulator does not come to {what}: {}", focused(reader).await);
}

/// `window.find` sees what the browser's own search sees, but reveals nothing; the next test has what reveals.
#[tokio::test]
async fn a_search_of_the_page_sees_what_is_folded() {
    needs!(Step::Find);
    let stage = stage().await;
    let reader = folded(&stage).await;
    let find = "getSelection().removeAllRanges(); return window.find(arguments[0])";
    assert_eq!(reader.run(find, vec![json!(HIDDEN_WORDS)]).await, json!(true));
    // Text that is hidden in any other way is not seen.
    reader.card("maqal-card").run("$('.rest-of-text').hidden = true", vec![]).await;
    assert_eq!(reader.run(find, vec![json!(HIDDEN_WORDS)]).await, json!(false));
}

/// A text fragment (<https://wicg.github.io/scroll-to-text-fragment/>) goes the way of the browser's search: it fires
/// `beforematch`.
#[tokio::test]
async fn an_address_that_points_into_the_text_finds_what_is_folded() {
    let stage = stage().await;
    let reader = folded(&stage).await;
    let link = reader.client().find(fantoccini::Locator::Id("point")).await;
    let clicked = match link {
        Ok(link) => link.click().await,
        Err(error) => Err(error),
    };
    assert!(clicked.is_ok(), "{clicked:?}");
    until_found(&reader).await;
}

#[tokio::test]
async fn the_keyboard_opens_the_fold_and_goes_on_where_the_rest_begins() {
    let stage = stage().await;
    let reader = folded(&stage).await;
    tab_to(&reader, "in-the-beginning").await;
    reader.keys(&char::from(Key::Tab).to_string()).await;
    assert!(
        focused(&reader).await.starts_with("button.more"),
        "nothing folded is on the way: {}",
        focused(&reader).await
    );
    reader.painted().await;
    let card = reader.card("maqal-card");
    let place = "return $('.beginning').getBoundingClientRect().top";
    let before = card.run(place, vec![]).await;
    reader.keys(&char::from(Key::Enter).to_string()).await;
    card.until("it is open", "return !$('.rest-of-text').hidden && !$('.more')").await;
    reader.painted().await;
    assert_eq!(card.run(place, vec![]).await, before, "what was read stays where it was");
    assert!(focused(&reader).await.contains("rest-of-text"), "{}", focused(&reader).await);
    reader.keys(&char::from(Key::Tab).to_string()).await;
    assert!(focused(&reader).await.contains("in-the-rest"), "{}", focused(&reader).await);
}

#[tokio::test]
async fn a_place_in_the_text_stays_where_it_is_when_the_fold_opens_by_the_mouse() {
    let stage = stage().await;
    let reader = folded(&stage).await;
    let card = reader.card("maqal-card");
    card.run("$('.more').scrollIntoView({ block: 'center' })", vec![]).await;
    reader.painted().await;
    let place = "return $('.beginning').getBoundingClientRect().bottom";
    let before = card.run(place, vec![]).await;
    card.press(".more").await;
    card.until("it is open", "return !$('.more')").await;
    reader.painted().await;
    assert_eq!(card.run(place, vec![]).await, before);
}

/// How each part is laid out: `true` where it takes room.
async fn shows(reader: &Browser, parts: &[&str]) -> Vec<Value> {
    let script = "return args[0].map((css) => {
        const element = $(css);
        return element ? element.checkVisibility() && element.getBoundingClientRect().height > 0 : `no ${css}`;
    })";
    let shows = reader.card("maqal-card").run(script, vec![json!(parts)]).await;
    shows.as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn on_paper_the_article_is_whole_and_alone() {
    needs!(Step::Print);
    let stage = stage().await;
    let reader = folded(&stage).await;
    let article = [".title", ".by", ".beginning p", ".rest-of-text", ".rest-of-text p", ".rest-of-text table"];
    let aside = [".talk", "form.composer", ".fold", ".more", ".acts", ".tool"];
    assert!(shows(&reader, &aside).await.iter().all(|shows| *shows == json!(true)));
    reader.media("print", &[]).await;
    reader.painted().await;
    assert!(
        shows(&reader, &article).await.iter().all(|shows| *shows == json!(true)),
        "{:?}",
        shows(&reader, &article).await
    );
    assert!(
        shows(&reader, &aside).await.iter().all(|shows| *shows == json!(false)),
        "{:?}",
        shows(&reader, &aside).await
    );
    let card = reader.card("maqal-card");
    assert_eq!(card.style(".folded > .beginning", "mask-image").await, "none");
    assert_eq!(card.style(".title", "color").await, "rgb(0, 0, 0)");
    assert!(card.text().await.contains(HIDDEN_WORDS));
    // Back on the screen it is folded as before.
    reader.media("", &[]).await;
    assert!(is_folded(&reader).await);
    assert_eq!(shows(&reader, &[".talk", ".more", ".rest-of-text p"]).await, [json!(true), json!(true), json!(false)]);
}

#[tokio::test]
async fn dark_is_no_colour_for_paper() {
    needs!(Step::Print);
    let stage = stage().await;
    let by_attribute = card(&stage).replace("<maqal-card ", r#"<maqal-card theme="dark" "#);
    stage.put_page("/dark", &by_attribute);
    for (path, scheme) in [("/", "dark"), ("/dark", "light")] {
        let reader = Browser::start().await;
        reader.media("", &[("prefers-color-scheme", scheme)]).await;
        reader.open(&stage.host.url(path)).await;
        let card = reader.card("maqal-card");
        card.until_text(".title", TITLE).await;
        assert_eq!(card.style(".card", "color-scheme").await, "dark");
        reader.media("print", &[("prefers-color-scheme", scheme)]).await;
        assert_eq!(card.style(".title", "color").await, "rgb(0, 0, 0)", "{path}");
        assert_eq!(card.style(".card", "background-color").await, "rgb(255, 255, 255)", "{path}");
        assert_eq!(card.style(".card", "color-scheme").await, "light", "{path}");
    }
}

#[tokio::test]
async fn nothing_is_animated_for_a_reader_who_wants_no_motion() {
    needs!(Step::Preferences);
    let stage = stage().await;
    let running =
        "return [...root.getAnimations(), ...host.getAnimations({ subtree: true }), ...document.getAnimations()]
        .map((animation) => animation.animationName ?? animation.transitionProperty)";
    for (motion, skeleton) in [("no-preference", true), ("reduce", false)] {
        let reader = Browser::start().await;
        reader.media("", &[("prefers-reduced-motion", motion)]).await;
        stage.proxy.gate.close();
        reader.open(&stage.host.url("/")).await;
        let card = reader.card("maqal-card");
        // The conversation is on its way: its grey lines show.
        card.until("the grey lines show", "return shown($('.skeleton .bone'))").await;
        let animations = card.run(running, vec![]).await;
        assert_eq!(animations.as_array().is_some_and(|names| !names.is_empty()), skeleton, "{motion}: {animations}");
        stage.proxy.gate.open();
        card.until_empty().await;
        if motion == "reduce" {
            card.press(".more").await;
            assert_eq!(card.run(running, vec![]).await, json!([]), "unfolded");
            card.press("#body").await;
            assert_eq!(card.run(running, vec![]).await, json!([]), "focused");
            assert_eq!(card.style("#article-rest", "scroll-behavior").await, "auto");
        }
    }
}
