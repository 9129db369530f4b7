//! Nothing of an article is wider than its card, however narrow that is: what is wide scrolls inside itself.

use maqal_e2e::browser::Browser;
use maqal_e2e::demo::Demo;
use maqal_e2e::stage::Stage;
use maqal_e2e::states::{States, USUAL};
use serde_json::json;

/// What sticks out of the card to either side, with how much, but for what scrolls inside itself and what is for screen
/// readers only. The comments of a list reach into the card's own pad on purpose.
const STICKING_OUT: &str = "const card = $('.card'), edge = card.getBoundingClientRect();
const out = $$('.card *').filter((element) => shown(element) && !element.closest('.scroll > *, pre > *, .sr, svg')
    && getComputedStyle(element).clipPath === 'none').flatMap((element) => {
    const box = element.getBoundingClientRect(), by = Math.max(edge.left - box.left, box.right - edge.right);
    return by > 0.5 ? [`${element.localName}.${element.className} by ${by}: ${element.textContent.slice(0, 40)}`] : [];
});
if (card.scrollWidth > card.clientWidth) out.push(`the card scrolls: ${card.scrollWidth} in ${card.clientWidth}`);
for (const element of $$('.card *')) {
    if (element.matches('.scroll, pre, .scroll *, pre *, .sr, input, textarea, .list, .all') || getComputedStyle(element).display === 'inline') continue;
    if (getComputedStyle(element).clipPath !== 'none') continue;
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) {
        out.push(`${element.localName}.${element.className} is cut: ${element.scrollWidth} in ${element.clientWidth}: ${element.textContent.slice(0, 40)}`);
    }
}
return out";

/// How far the text of each cell is from where its column begins, in pixels, by rows.
const BEGINNINGS: &str = "return $$('.scroll tr').map((row) => [...row.cells].map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return Math.round(cell.getBoundingClientRect().right - range.getBoundingClientRect().right);
}))";

/// Waits for the article with everything a body can hold, and unfolds it.
async fn unfolded(reader: &Browser, selector: &str) {
    let card = reader.card(selector);
    card.until("the article is there", "return shown($('.title')) && shown($('.talk'))").await;
    card.run("$('.more')?.click()", vec![]).await;
    card.until("the rest shows", "return !$('.more') && !$('.rest-of-text')?.hidden").await;
}

#[tokio::test]
async fn on_the_demo_page_nothing_is_wider_than_the_card_or_the_screen() {
    let demo = Demo::start().await;
    let reader = Browser::start().await;
    for width in [320, 390, 768] {
        reader.view(width, 844, width < 700).await;
        reader.open(&demo.url("?article=museum.json")).await;
        let card = reader.card("#first");
        card.until("the article is there", "return shown($('.title')) && shown($('.talk'))").await;
        assert_eq!(card.run(STICKING_OUT, vec![]).await, json!([]), "folded at {width} px");
        unfolded(&reader, "#first").await;
        assert_eq!(card.run(STICKING_OUT, vec![]).await, json!([]), "unfolded at {width} px");
        let sideways = "const page = document.documentElement; return page.scrollWidth - page.clientWidth";
        assert_eq!(reader.run(sideways, vec![]).await, json!(0), "sideways scroll at {width} px");
        // The table is wider than a telephone, and scrolls.
        assert!(card.count(".scroll table").await > 0);
    }
}

#[tokio::test]
async fn a_column_of_a_page_may_be_as_narrow_as_240_px() {
    let stage = Stage::start().await;
    let src = format!("{}/demo/articles/museum.json", stage.cdn.origin());
    let reader = Browser::start().await;
    for width in [240, 320, 390, 768] {
        let attributes = format!(r#"src="{src}" endpoint="{}" thread="t""#, stage.proxy.endpoint());
        let card = stage.card(&attributes, "");
        stage.put_page("/", &format!(r#"<div style="inline-size: {width}px">{card}</div>"#));
        reader.open(&stage.host.url("/")).await;
        unfolded(&reader, "maqal-card").await;
        let card = reader.card("maqal-card");
        assert_eq!(card.run(STICKING_OUT, vec![]).await, json!([]), "{width} px");
        assert_eq!(card.run("return host.getBoundingClientRect().width", vec![]).await, json!(width));
    }
    // The look has eyes.
    let card = reader.card("maqal-card");
    card.run(
        "const bar = document.createElement('div'); bar.style.inlineSize = '3000px'; $('.body').append(bar)",
        vec![],
    )
    .await;
    assert_ne!(card.run(STICKING_OUT, vec![]).await, json!([]));
}

#[tokio::test]
async fn in_every_state_the_card_fits_its_column_from_240_to_1400_px_and_at_every_size_of_text() {
    let states = States::start().await;
    let reader = states.reader().await;
    reader.view(1400, 900, false).await;
    let mut flaws = Vec::new();
    for name in states.names(&reader).await {
        states.open(&reader, &name, USUAL).await;
        let card = reader.card("maqal-card");
        // The widths at the usual size, and the largest text where there is least room for it.
        for (width, percent) in [(240, 100), (320, 100), (390, 100), (768, 100), (1400, 100), (240, 130), (320, 175)] {
            let dressed = "host.style.inlineSize = `${args[0]}px`; $('.container').dataset.textSize = args[1]; dispatchEvent(new Event('resize'))";
            card.run(dressed, vec![json!(width), json!(percent.to_string())]).await;
            let out = card.run(STICKING_OUT, vec![]).await;
            if out != json!([]) {
                flaws.push(format!("{name} at {width} px, {percent} %: {out}"));
            }
        }
    }
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

#[tokio::test]
async fn numbers_alone_stand_where_their_column_begins() {
    let demo = Demo::start().await;
    let reader = Browser::start().await;
    reader.open(&demo.url("?article=museum.json")).await;
    unfolded(&reader, "#first").await;
    let card = reader.card("#first");
    let numbers =
        card.run("return $$('td').filter((cell) => /^[٠-٩]+$/.test(cell.textContent.trim())).length", vec![]).await;
    assert!(numbers.as_u64() > Some(0), "the table has cells without a letter: {numbers}");
    let rows = card.run(BEGINNINGS, vec![]).await;
    // The headings are smaller, and so is their padding.
    let first = &rows[1][0];
    for row in rows.as_array().into_iter().flatten().skip(1) {
        assert!(row.as_array().is_some_and(|cells| cells.iter().all(|cell| cell == first)), "{rows}");
    }
}
