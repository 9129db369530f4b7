//! A question before something is gone for good: the answer that changes nothing comes first, and has the focus.

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::Element;

use crate::comments::focus;
use crate::i18n::Catalogue;
use crate::ui::CardContext;

/// Asks `words` in `element`; `keep` is called for «keep it» and Escape, `delete` for «delete it». Where `delete` takes its time, the
/// second button `is_busy`; `refusal` is said where it fails.
pub(super) fn question(
    element: NodeRef<html::Div>,
    words: fn(&Catalogue) -> &'static str,
    keep: impl Fn() + Copy + 'static,
    delete: impl Fn() + 'static,
    is_busy: Signal<bool>,
    refusal: Signal<Option<String>>,
    card: CardContext,
) -> impl IntoView {
    html::div()
        .node_ref(element)
        .class("ask")
        .attr("part", "question")
        .role("group")
        .aria_label(card.word(words))
        .on(ev::keydown, move |event| {
            if event.key() == "Escape" {
                event.stop_propagation();
                keep();
            }
        })
        .directive(|element: Element| focus::first(&element, "button"), ())
        .child((
            html::p().child(card.word(words)),
            html::p().class("refusal").role("alert").child(move || refusal.get()),
            html::div().class("choices").child((
                html::button()
                    .r#type("button")
                    .attr("part", "button")
                    .on(ev::click, move |_| keep())
                    .child(card.word(|w| w.delete_keep)),
                html::button()
                    .attr("part", "button")
                    .r#type("button")
                    .class("bad")
                    .attr("aria-disabled", move || is_busy.get().then_some("true"))
                    .on(ev::click, move |_| delete())
                    .child(card.word(|w| w.delete_yes)),
            )),
        ))
}
