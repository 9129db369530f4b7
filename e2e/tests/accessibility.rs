//! Every state of the card, in every theme, direction and width, by the rules of accessibility that a machine can check
//! (axe-core).

use std::fs;

use maqal_e2e::browser::Browser;
use maqal_e2e::environment;
use maqal_e2e::states::{Shown, States, texts};
use serde_json::{Value, json};

/// WCAG 2.0 to 2.2, A and AA, and what axe calls best practice.
const TAGS: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/// A telephone of the smallest kind, and a page.
const WIDTHS: [u32; 2] = [320, 1100];

const THEMES: [&str; 3] = ["light", "dark", "sepia"];

/// Runs axe on the page: what is wrong, and where it cannot tell.
///
/// It cannot tell a contrast where something lies above or beside a text. There the ratio is counted here, of the text's
/// colour and the first opaque background around it; 4.5 is enough for any size of text (WCAG 2.2, 1.4.3). It cannot tell
/// either whether a button's number is its name: that of likes is in its name as a phrase («أعجب قارئَين»). What is left
/// to look at is what an open menu covers: it is meant to be.
const AXE: &str = "window.found = null;
const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const found = (target) => target.flat().reduce((root, css) => {
    const element = root.querySelector(css);
    return element?.shadowRoot && target.flat().at(-1) !== css ? element.shadowRoot : element;
}, document);
const contrast = (element) => {
    const over = (at) => !at ? 'rgb(255, 255, 255)' : (channels(getComputedStyle(at).backgroundColor)[3] ?? 1) === 1
        ? getComputedStyle(at).backgroundColor : over(at.parentElement);
    const [one, other] = [light(getComputedStyle(element).color), light(over(element))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
};
const menu = document.querySelector('maqal-card').shadowRoot.querySelector('.menu, .comfort-menu:not([hidden])');
const covered = (element) => {
    if (!menu) return false;
    const [one, other] = [element, menu].map((element) => element.getBoundingClientRect());
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
};
const lines = (kinds) => kinds.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`));
const [type, values] = arguments;
axe.run(document, { runOnly: { type, values }, resultTypes: ['violations', 'incomplete'],
        ...(type === 'tag' && { rules: { 'target-size': { enabled: true } } }) })
    .then(({ violations, incomplete }) => {
        const unsure = incomplete.map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ target }) => {
            const element = found(target);
            const counted = id === 'color-contrast' && contrast(element) >= 4.5;
            const number = id === 'label-content-name-mismatch' && /^[\\p{N}\\s]+$/u.test(element.textContent);
            return !counted && !number && !covered(element);
        }) }));
        window.found = { violations: lines(violations), incomplete: lines(unsure) };
    })
    .catch((error) => { window.found = { violations: [`axe: ${error}`], incomplete: [] }; });";

fn axe_core() -> String {
    let path = environment::axe();
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a look at the page is to find.
enum Rules {
    All,
    /// The only one that a theme can break.
    Contrast,
}

async fn axe(reader: &Browser, rules: Rules) -> Value {
    let (kind, values) = match rules {
        Rules::All => ("tag", json!(TAGS)),
        Rules::Contrast => ("rule", json!(["color-contrast"])),
    };
    reader.run(AXE, vec![json!(kind), values]).await;
    reader.until("axe has run", "return window.found").await
}

/// Every state in `lang`.
async fn states_by_axe(lang: &'static str) {
    let states = States::start().await;
    let reader = states.reader().await;
    let script = axe_core();
    let (mut flaws, mut unsure) = (Vec::new(), Vec::new());
    for name in states.names(&reader).await {
        reader.view(WIDTHS[0], 900, false).await;
        states.open(&reader, &name, Shown { theme: THEMES[0], lang }).await;
        reader.run(&script, vec![]).await;
        for width in WIDTHS {
            reader.view(width, 900, false).await;
            for theme in THEMES {
                states.dress(&reader, theme).await;
                reader.painted().await;
                let rules = if theme == THEMES[0] { Rules::All } else { Rules::Contrast };
                let found = axe(&reader, rules).await;
                let line = |line: String| format!("{name}, {theme}, {lang}, {width}: {line}");
                flaws.extend(texts(&found["violations"]).into_iter().map(line));
                unsure.extend(texts(&found["incomplete"]).into_iter().map(line));
            }
        }
    }
    assert!(flaws.is_empty(), "{} flaws:\n{}", flaws.len(), flaws.join("\n"));
    assert!(unsure.is_empty(), "axe cannot tell in {} places:\n{}", unsure.len(), unsure.join("\n"));
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_theme_and_width_from_right_to_left() {
    states_by_axe("ar").await;
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_theme_and_width_from_left_to_right() {
    states_by_axe("en").await;
}
