//! The article's place while it is on its way: as high as an article that is folded, so that nothing moves when it comes.

use leptos::html;
use leptos::prelude::*;

use crate::ui::CardContext;

/// Lines of each paragraph.
const PARAGRAPHS: [usize; 3] = [5, 6, 5];

/// A picture, a heading, a byline and paragraphs, in grey.
pub fn skeleton(card: CardContext) -> impl IntoView {
    let lines = |count: usize| (0..count).map(|_| html::span().class("bone")).collect::<Vec<_>>();
    let paragraphs: Vec<_> = PARAGRAPHS.iter().map(|count| html::div().class("bones").child(lines(*count))).collect();
    html::div().class("waiting").role("status").child((
        html::span().class("sr").child(card.word(|w| w.article_loading)),
        html::div().aria_hidden("true").child((
            html::div().class("bone picture"),
            html::div().class("bones title-bones").child(lines(2)),
            html::div().class("bones by-bones").child(lines(1)),
            paragraphs,
        )),
    ))
}
