//! Whatever style sheets a host page has, the card inside looks the same to the pixel: the computed style and the box of each
//! element in it, in every state. And the page's own elements look as they do without the card.

use maqal_e2e::account::{differences, keep};
use maqal_e2e::article;
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::cdn;
use maqal_e2e::engine::Engine;
use maqal_e2e::environment;
use maqal_e2e::hostile::SHEETS;
use maqal_e2e::look::Pixels;
use maqal_e2e::picture::{Frame, shot};
use maqal_e2e::skip::{Step, can};
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use maqal_e2e::states::{States, USUAL, texts};
use serde_json::{Value, json};

/// A place for the card that no sheet moves: where it stands, and on what, is the host's affair.
const PIN: &str = "const pin = (element, css) => {
    for (const [name, value] of css.split(';').map((rule) => rule.split(':'))) element.style.setProperty(name, value, 'important');
};
for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.remove();
pin(host.parentElement, 'display:block;position:absolute;z-index:9;inset:0 auto auto 0;box-sizing:border-box;width:640px;height:auto;margin:0;padding:0;border:0;columns:auto;place-items:normal;border-radius:0;background:#fff;box-shadow:none;outline:0;overflow:visible;list-style:none');
pin(host, 'margin:0;width:auto;max-width:none;height:auto;float:none;position:static;background:none;box-shadow:none;list-style:none');
// A caret is there, or is not.
const still = new CSSStyleSheet();
still.replaceSync('* { caret-color: transparent !important }');
root.adoptedStyleSheets = [...root.adoptedStyleSheets, still];
for (const animation of root.getAnimations()) animation.cancel();
window.dressed = document.createElement('style');
document.head.append(window.dressed);
scrollTo(0, 0);";

/// Opens a state on a page that has no style of its own.
async fn bare<'a>(states: &States, reader: &'a Browser, name: &str) -> Card<'a> {
    let card = states.open(reader, name, USUAL).await;
    card.run(PIN, vec![]).await;
    reader.painted().await;
    card
}

async fn dress(reader: &Browser, css: &str) {
    reader.run("window.dressed.textContent = arguments[0]", vec![json!(css)]).await;
    reader.painted().await;
}

/// Sets each private property of the card's sheets, by their names, on every element of the page.
fn own_variables() -> String {
    let files = cdn::read(&environment::dist());
    // What shows first comes with `card.js`.
    let sheets = files.iter().filter(|(path, _)| path.ends_with("/card.js") || path.ends_with("/later.css"));
    let sheet: String = sheets.map(|(_, text)| String::from_utf8_lossy(text)).collect();
    let names = sheet.split("--_").skip(1).map(|rest| &rest[..rest.find([':', ',', ')', ' ', '`']).unwrap_or(0)]);
    let names: std::collections::BTreeSet<_> = names.collect();
    assert!(names.len() > 20, "{names:?}");
    format!("* {{ {} }}", names.iter().map(|name| format!("--_{name}: 'x' !important;")).collect::<String>())
}

/// The whole card, as a picture.
const WHOLE: Frame<'_> =
    Frame::Element("return document.querySelector('maqal-card').shadowRoot.querySelector('.card')");

/// Edges are smoothed by as much more or less in another layer, of 255.
const SMOOTHING: u8 = 2;

async fn picture(reader: &Browser) -> Pixels {
    Pixels::read(&shot(reader, WHOLE).await).unwrap_or_else(|error| panic!("the picture: {error}"))
}

/// Of all elements that `arguments[0]` finds: every longhand of the computed style, and the box of what shows.
const LOOKS: &str = "return [...document.querySelectorAll(arguments[0])].map((element) => {
    const style = getComputedStyle(element), box = element.checkVisibility() ? element.getBoundingClientRect() : {};
    const rules = [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`);
    return [element.localName, box.x, box.y, box.width, box.height, ...rules].join('; ');
})";

/// Where two lists of looks differ: what both are, from a little before the first difference on.
fn unlike(one: &Value, other: &Value) -> Vec<String> {
    let (one, other) = (texts(one), texts(other));
    assert!(!one.is_empty(), "nothing is there");
    assert_eq!(one.len(), other.len(), "other elements");
    let pairs = one.iter().zip(&other).filter(|(one, other)| one != other);
    let told = pairs.map(|(one, other)| {
        let rules = one.split("; ").zip(other.split("; ")).filter(|(one, other)| one != other);
        let rules: Vec<_> = rules.map(|(one, other)| format!("{one} -> {other}")).take(6).collect();
        format!("{}: {}", one.split("; ").next().unwrap_or_default(), rules.join(", "))
    });
    told.collect()
}

/// Every element that a page may have, and text in it.
fn every_element() -> String {
    let around = "a abbr address article aside b bdi bdo blockquote button center cite code del details dfn dialog div dl em fieldset \
        figure footer form h1 h2 h3 h4 h5 h6 header hgroup i ins kbd label main mark menu nav ol p pre q s samp search section small span \
        strong sub summary sup time tt u ul var";
    let around: String = around
        .split_whitespace()
        .map(|tag| format!("<{tag} class=\"card title body send\">نصّ <b>منه</b></{tag}>\n"))
        .collect();
    format!(
        r#"<div id="sample">{around}<dl><dt>س<dd>ج</dl><ul><li>بند</ul><ol><li>بند</ol><table><caption>ع<tr><th>ر<td>خ</table>
<form><input id="name" value="س"><input type="checkbox"><input type="range"><textarea id="body">ن</textarea><select><option>خ</select>
<progress value="0.5"></progress><meter value="0.5"></meter><output>ن</output></form><details open><summary>م</summary>ن</details>
<img alt="صورة" width="40" height="30"><svg width="40" height="30"><path d="M0 0h9v9z"/></svg><canvas width="40" height="30"></canvas><hr>
<ruby>ن<rt>ن</ruby><slot>ن</slot><other-element>ن</other-element></div>"#
    )
}

/// The page's own style.
const STYLE: &str = "<style>body { font: italic 15px/1.9 serif; letter-spacing: 1px; color: #234; text-align: center; text-indent: 1em }
    article { columns: 2; padding: 9px; border: 1px solid } maqal-card { font-size: 18px; color: #432; word-spacing: 3px }
    maqal-card:not(:defined) { display: flow-root } * { text-transform: lowercase !important }</style>";

#[tokio::test]
async fn the_pages_own_elements_look_as_they_do_without_the_card() {
    let stage = Stage::start().await;
    let page = |loader: bool| {
        let page = stage.html(STYLE, &[&every_element(), &*stage.usual_card()].concat());
        if loader { page } else { page.replace("/embed.js", "/none.js") }
    };
    stage.host.put("/with.html", page(true));
    stage.host.put("/without.html", page(false));
    let reader = stage.reader_at("/without.html").await;
    let sample = || vec![json!("#sample, #sample *")];
    let without = reader.run(LOOKS, sample()).await;
    reader.open(&stage.host.url("/with.html")).await;
    let card = reader.card("maqal-card");
    card.run("host.scrollIntoView()", vec![]).await;
    card.until_empty().await;
    card.run("scrollTo(0, 0)", vec![]).await;
    assert_eq!(unlike(&without, &reader.run(LOOKS, sample()).await), [""; 0]);
}

#[tokio::test]
async fn the_elements_children_look_as_the_page_styles_them_wherever_they_show() {
    let stage = Stage::start().await;
    let children = article::light_dom();
    let waits = stage.usual_card();
    let fails = stage
        .card(&format!(r#"src="/nothing.json" endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), &children);
    let plain = stage.html(STYLE, &waits).replace("/embed.js", "/none.js");
    stage.host.put("/without.html", plain);
    stage.host.put_with("/waits.html", 200, "text/html; charset=utf-8", &[], stage.html(STYLE, &waits));
    stage.host.put_with("/fails.html", 200, "text/html; charset=utf-8", &[], stage.html(STYLE, &fails));
    let reader = stage.reader_at("/without.html").await;
    let within = || vec![json!("maqal-card *")];
    let without = reader.run(LOOKS, within()).await;

    stage.cdn.files.close();
    reader.go(&stage.host.url("/waits.html")).await;
    reader.until("the element is defined", "return !!document.querySelector('maqal-card')?.shadowRoot").await;
    assert_eq!(unlike(&without, &reader.run(LOOKS, within()).await), [""; 0], "before the card has come");
    stage.cdn.files.open();

    reader.open(&stage.host.url("/fails.html")).await;
    reader.card("maqal-card").until_empty().await;
    assert_eq!(unlike(&without, &reader.run(LOOKS, within()).await), [""; 0], "where there is no article");
}

#[tokio::test]
async fn a_page_in_quirks_mode_has_the_same_card() {
    let stage = Stage::start().await;
    let text = "<p>فقرة <code>code</code> و<a href='/'>رابط</a><sup>1</sup></p><table><caption>جدول</caption><tr><th>رأس</th><td>خلية</td></tr></table>
        <ul><li>بند</li></ul><pre>a b</pre><blockquote><p>قول</p></blockquote>";
    stage.host.put(ARTICLE, article::with_body(text).to_string());
    stage.endpoint.post(THREAD, "زينب", "تعليق **مهمّ**", "a-comment-to-look-at-1").await;
    let card = format!(
        r#"<div><maqal-card src="{ARTICLE}" endpoint="{}" thread="{THREAD}" theme="light"></maqal-card></div>"#,
        stage.proxy.endpoint()
    );
    let page = stage.html("", &card);
    stage.host.put_with("/quirks.html", 200, "text/html; charset=utf-8", &[], page.replace("<!doctype html>", ""));
    stage.host.put_with("/standards.html", 200, "text/html; charset=utf-8", &[], page);
    let reader = Browser::start().await;
    for (path, mode) in [("/standards.html", "CSS1Compat"), ("/quirks.html", "BackCompat")] {
        reader.open(&stage.host.url(path)).await;
        assert_eq!(reader.run("return document.compatMode", vec![]).await, json!(mode));
        let card = reader.card("maqal-card");
        card.until_comments(1).await;
        card.until_text("table", "خلية").await;
        card.press(".title").await;
        card.run(PIN, vec![]).await;
        reader.painted().await;
        if mode == "CSS1Compat" {
            assert!(keep(card, "clean").await > 80);
            reader.run("sessionStorage.account = JSON.stringify([...window.accounts.get('clean')])", vec![]).await;
        } else {
            reader
                .run("window.accounts = new Map([['clean', new Map(JSON.parse(sessionStorage.account))]])", vec![])
                .await;
            let mut differ = differences(card, "clean").await;
            if Engine::current() == Engine::Firefox {
                // Firefox takes the box of what runs within a line for as high as its letters there; these stand where they stood.
                let within_a_line = ["b.author", "div.dates:nth-child(2) > span"];
                differ.retain(|line| !within_a_line.iter().any(|part| line.contains(part)));
            }
            assert_eq!(differ, [""; 0]);
        }
    }
}

#[tokio::test]
async fn no_style_sheet_reaches_the_card() {
    let states = States::start().await;
    let reader = states.reader().await;
    let card = bare(&states, &reader, "ready").await;
    assert!(keep(card, "clean").await > 200, "the card is not there");
    let clean = if can(Step::Pictures) { Some(picture(&reader).await) } else { None };
    let own = own_variables();
    let mut sheets: Vec<(&str, &str)> = SHEETS.iter().map(|sheet| (sheet.name, sheet.css)).collect();
    sheets.push(("its own variables", &own));
    let mut found = Vec::new();
    for (name, css) in sheets {
        dress(&reader, css).await;
        let mut differ = differences(card, "clean").await;
        if let Some(clean) = &clean {
            match clean.farthest(&picture(&reader).await) {
                Some(0..=SMOOTHING) => {}
                far => differ.push(format!("other pixels: {far:?}")),
            }
        }
        if !differ.is_empty() {
            found.push(format!("{name}:\n  {}", differ.join("\n  ")));
        }
    }
    dress(&reader, "").await;
    assert_eq!(differences(card, "clean").await, [""; 0], "it differs from itself");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// All sheets that do not undo each other, at once.
fn all_at_once() -> String {
    let undo = ["reverted", "unset", "initial"];
    let shout = SHEETS.iter().filter(|sheet| !undo.iter().any(|what| sheet.name.contains(what)));
    let all: Vec<_> = shout.map(|sheet| sheet.css).collect();
    [&own_variables(), &*all.join("\n")].concat()
}

#[tokio::test]
async fn no_style_sheet_reaches_any_state_of_the_card() {
    let states = States::start().await;
    let reader = states.reader().await;
    let css = all_at_once();
    let names = states.names(&reader).await;
    assert!(names.len() > 30, "{names:?}");
    let mut found = Vec::new();
    for name in names {
        let card = bare(&states, &reader, &name).await;
        keep(card, "clean").await;
        dress(&reader, &css).await;
        let suffers = "return getComputedStyle(document.querySelector('h1')).letterSpacing";
        assert_eq!(reader.run(suffers, vec![]).await, json!("9px"), "the page suffers");
        let differ = differences(card, "clean").await;
        if !differ.is_empty() {
            found.push(format!("{name}:\n  {}", differ.join("\n  ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
