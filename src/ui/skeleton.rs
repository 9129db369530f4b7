//! Grey lines where text is on its way.

use leptos::html;
use leptos::prelude::*;

/// `lines` grey lines; `label` is what a screen reader hears in their place.
pub fn skeleton(lines: usize, label: impl Fn() -> &'static str + Send + 'static) -> impl IntoView {
    let bones: Vec<_> = (0..lines).map(|_| html::span().class("bone").aria_hidden("true")).collect();
    html::div().class("skeleton").role("status").child((html::span().class("sr").child(label), bones))
}
