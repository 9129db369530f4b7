//! Every state of the card, in every theme, direction and width, by the rules of accessibility that a machine can check
//! (axe-core), and by those that it can measure.

use std::fs;
use std::path::PathBuf;

use maqal_e2e::browser::Browser;
use maqal_e2e::environment;
use maqal_e2e::states::{Shown, States, USUAL, texts};
use serde_json::{Value, json};

/// WCAG 2.0 to 2.2, A and AA, and what axe calls best practice.
const TAGS: [&str; 8] =
    ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice", "experimental"];

/// A telephone of the smallest kind, and a page.
const WIDTHS: [u32; 2] = [320, 1100];

const THEMES: [&str; 3] = ["light", "dark", "sepia"];

/// Runs axe on the page; what it finds in the card, one line each.
async fn axe(reader: &Browser) -> Value {
    let script = "window.found = null;
        axe.run(document, { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations', 'incomplete'],
                rules: { 'target-size': { enabled: true } } })
            .then(({ violations, incomplete }) => {
                const lines = (found) => found.flatMap(({ id, nodes }) => nodes.map((node) =>
                    `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`));
                window.found = { violations: lines(violations), incomplete: lines(incomplete) };
            }, (error) => { window.found = { violations: [`axe: ${error}`], incomplete: [] }; })";
    reader.run(script, vec![json!(TAGS)]).await;
    reader.until("axe has run", "return window.found").await
}

/// Every `part`-th state of `parts`, in `lang`.
async fn states_by_axe(lang: &'static str) {
    let states = States::start().await;
    let reader = states.reader().await;
    let script = fs::read_to_string(environment::axe()).unwrap();
    let (mut flaws, mut unsure) = (Vec::new(), Vec::new());
    for name in states.names(&reader).await {
        reader.view(WIDTHS[0], 900, false).await;
        states.open(&reader, &name, Shown { theme: THEMES[0], lang }).await;
        reader.run(&script, vec![]).await;
        for theme in THEMES {
            states.dress(&reader, theme).await;
            for width in WIDTHS {
                reader.view(width, 900, false).await;
                reader.painted().await;
                let found = axe(&reader).await;
                let line = |line: String| format!("{name}, {theme}, {lang}, {width}: {line}");
                flaws.extend(texts(&found["violations"]).into_iter().map(line));
                unsure.extend(texts(&found["incomplete"]).into_iter().map(line));
            }
        }
    }
    eprintln!("UNSURE\n{}", unsure.join("\n"));
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
