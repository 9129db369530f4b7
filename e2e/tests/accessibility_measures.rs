//! What of accessibility can be measured, in every state: the size of what is pressed, no scrolling sideways, forced
//! colours, reduced motion.

use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::driver::{self, Reader};
use maqal_e2e::needs;
use maqal_e2e::skip::Step;
use maqal_e2e::states::{States, USUAL, texts};

/// What the scripts share: everything in the card that is drawn, and how one of them is called.
const PRELUDE: &str = "const drawn = [...root.querySelectorAll('*')].filter((element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }) && !element.closest('.sr'));
const called = (element) => element.localName + [...element.classList].map((name) => '.' + name).join('')
    + ' «' + (element.ariaLabel ?? element.innerText ?? '').trim().slice(0, 40) + '»';
const pressable = 'a[href], button, input, select, textarea, [role=menuitem]';
";

/// What is pressed has 24 by 24 pixels at least (WCAG 2.2, success criterion 2.5.8), but links within a sentence. A box or
/// a button of a choice is as large as its label.
const TARGETS: &str = "return drawn.filter((element) => element.matches(pressable)).flatMap((element) => {
    if (element.matches('p a, li a, blockquote a') && element.closest('.markup, .body')) return [];
    const target = element.matches('[type=checkbox], [type=radio]') ? element.closest('label') : element;
    const { width, height } = target.getBoundingClientRect();
    // Layout counts in sixty-fourths of a pixel.
    return width > 23.9 && height > 23.9 ? [] : [`${called(element)} has ${width.toFixed(1)} by ${height.toFixed(1)}`];
})";

/// Nothing is wider than the window, or scrolls sideways within the card but tables and code.
const WIDTHS: &str = "const over = document.documentElement.scrollWidth - innerWidth;
const wide = drawn.filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
    && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && !element.closest('pre, table, .scrolls, textarea, select'));
return [...(over > 0 ? [`the page scrolls sideways by ${over}`] : []), ...wide.map((element) => `${called(element)} scrolls sideways`)]";

/// Marks what shows by its background alone that it can be pressed, or is open or chosen.
const FILLED: &str = "const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (!/^rgba.*, 0\\)$/.test(backgroundColor)) return backgroundColor;
    }
};
for (const element of drawn.filter((element) => element.matches('button, .note, .menu, .composer, .ask, .report'))) {
    const { borderTopStyle, borderTopWidth } = getComputedStyle(element);
    const bordered = borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0;
    if (bordered || ground(element) !== ground(element.parentElement)) element.dataset.stands = '';
}
return []";

/// What was marked has an edge where the reader's own colours take every background.
const EDGES: &str = "return [...root.querySelectorAll('[data-stands]')].flatMap((element) => {
    const { borderTopStyle, borderTopWidth, borderTopColor, outlineStyle } = getComputedStyle(element);
    const edged = borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1 && !/^rgba.*, 0\\)$/.test(borderTopColor);
    return edged || outlineStyle !== 'none' ? [] : [`${called(element)} has no edge`];
})";

/// Whatever takes the focus is outlined then, or its form is.
const OUTLINES: &str = "const before = root.activeElement;
const plain = drawn.filter((element) => element.matches(pressable)).flatMap((element) => {
    element.focus({ preventScroll: true, focusVisible: true });
    if (root.activeElement !== element) return [];
    const outlined = [element, element.closest('.composer'), element.closest('.report'), element.closest('label')].some((one) => {
        const style = one && getComputedStyle(one);
        return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    return outlined ? [] : [`${called(element)} is not outlined`];
});
before?.focus({ preventScroll: true });
return plain";

/// Nothing moves, now or when something changes.
const MOTION: &str = "const running = root.getAnimations().filter(({ playState }) => playState === 'running').map(({ effect }) => `${called(effect.target)} moves`);
const longest = (list) => Math.max(...list.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
const would = drawn.filter((element) => longest(getComputedStyle(element).transitionDuration) > 10).map((element) => `${called(element)} would move`);
return [...running, ...would]";

async fn measured(card: Card<'_>, script: &str) -> Vec<String> {
    let drawn = card.run(&[PRELUDE, "return drawn.length"].concat(), vec![]).await;
    assert!(drawn.as_u64() > Some(5), "there is a card to be measured: {drawn}");
    texts(&card.run(&[PRELUDE, script].concat(), vec![]).await)
}

/// Has the reader's system want this of pages.
async fn wants(reader: &Browser, feature: &str, value: &str) {
    reader.media("", &[(feature, value)]).await;
}

fn assert_none(flaws: &[String]) {
    assert!(flaws.is_empty(), "{} flaws:\n{}", flaws.len(), flaws.join("\n"));
}

#[tokio::test]
async fn targets_are_large_enough_and_nothing_scrolls_sideways_in_any_state() {
    let states = States::start().await;
    let reader = states.reader().await;
    let mut flaws = Vec::new();
    for name in states.names(&reader).await {
        reader.view(1100, 900, false).await;
        let card = states.open(&reader, &name, USUAL).await;
        for width in [1100, 320] {
            reader.view(width, 900, false).await;
            reader.painted().await;
            for script in [TARGETS, WIDTHS] {
                flaws.extend(measured(card, script).await.into_iter().map(|flaw| format!("{name}, {width}: {flaw}")));
            }
        }
    }
    assert_none(&flaws);
}

#[tokio::test]
async fn nothing_scrolls_sideways_where_the_reader_has_twice_the_size_of_text() {
    needs!(Step::TextSize);
    let states = States::start().await;
    let reader = Browser::start_as(Reader { text: 32, ..driver::USUAL }).await;
    let mut flaws = Vec::new();
    for name in states.names(&reader).await {
        reader.view(640, 900, false).await;
        let card = states.open(&reader, &name, USUAL).await;
        let size = card.style(".card", "font-size").await;
        assert!(size.trim_end_matches("px").parse::<f64>().unwrap() >= 30.0, "the text has its usual size: {size}");
        flaws.extend(measured(card, WIDTHS).await.into_iter().map(|flaw| format!("{name}: {flaw}")));
    }
    assert_none(&flaws);
}

#[tokio::test]
async fn edges_focus_and_choice_show_in_the_readers_own_colours() {
    needs!(Step::ForcedColors);
    let states = States::start().await;
    let reader = states.reader().await;
    reader.view(390, 900, false).await;
    let mut flaws = Vec::new();
    for name in states.names(&reader).await {
        wants(&reader, "forced-colors", "none").await;
        let card = states.open(&reader, &name, USUAL).await;
        measured(card, FILLED).await;
        wants(&reader, "forced-colors", "active").await;
        reader.painted().await;
        for script in [EDGES, OUTLINES] {
            flaws.extend(measured(card, script).await.into_iter().map(|flaw| format!("{name}: {flaw}")));
        }
        if name == "liked" {
            let look = "return $$('.like').slice(0, 2).map((like) => getComputedStyle(like).borderTopColor)";
            let look = texts(&card.run(look, vec![]).await);
            assert_ne!(look[0], look[1], "a liked comment looks as any other");
        }
    }
    assert_none(&flaws);
}

#[tokio::test]
async fn nothing_moves_for_a_reader_who_wants_that() {
    needs!(Step::Preferences);
    let states = States::start().await;
    let reader = states.reader().await;
    reader.view(390, 900, false).await;
    let mut flaws = Vec::new();
    for name in states.names(&reader).await {
        wants(&reader, "prefers-reduced-motion", "reduce").await;
        let card = states.open(&reader, &name, USUAL).await;
        flaws.extend(measured(card, MOTION).await.into_iter().map(|flaw| format!("{name}: {flaw}")));
    }
    assert_none(&flaws);
}
