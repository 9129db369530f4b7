//! The toolbar of a text: what it gives to the selection, by buttons or by the keys that each names.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::markdown::Mark;
use super::state::Composer;
use crate::i18n::Catalogue;
use crate::text::direction::Direction;
use crate::ui::icon::{icon, turning};

struct Tool {
    mark: Mark,
    word: fn(&Catalogue) -> &'static str,
    /// The letter of its shortcut.
    key: Option<&'static str>,
    drawing: &'static str,
}

const TOOLS: [Tool; 6] = [
    Tool {
        mark: Mark::Strong,
        word: |w| w.tool_strong,
        key: Some("B"),
        drawing: "M6 3.5h4.6a3.2 3.2 0 0 1 0 6.4H6zm0 6.400h5.400a3.300 3.300 0 0 1 0 6.600H6z",
    },
    Tool {
        mark: Mark::Emphasis,
        word: |w| w.tool_emphasis,
        key: Some("I"),
        drawing: "M8 3.5h6M6 16.500h6M11.500 3.500l-3 13",
    },
    Tool { mark: Mark::Link, word: |w| w.tool_link, key: Some("K"), drawing: crate::ui::icon::LINK },
    Tool { mark: Mark::Quote, word: |w| w.tool_quote, key: None, drawing: "M4 4v12M8 6h8M8 10h8M8 14h5" },
    Tool {
        mark: Mark::Code,
        word: |w| w.tool_code,
        key: None,
        drawing: "M7 5.500L2.500 10 7 14.500M13 5.500l4.500 4.500-4.500 4.500",
    },
    Tool {
        mark: Mark::List,
        word: |w| w.tool_list,
        key: None,
        drawing: "M4 5h.01M4 10h.01M4 15h.01M8 5h9M8 10h9M8 15h9",
    },
];

/// The toolbar. One of its buttons is in the order of the Tab key, the arrows lead to the others
/// (<https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/>).
pub fn toolbar(composer: Composer) -> impl IntoView {
    let card = composer.conversation.card;
    let current = RwSignal::new(0);
    let buttons: Vec<_> = TOOLS
        .iter()
        .enumerate()
        .map(|(index, tool)| {
            let title = move || {
                let word = (tool.word)(card.locale.get().words);
                tool.key.map_or_else(|| word.to_owned(), |key| [word, " (Ctrl+", key, ")"].concat())
            };
            html::button()
                .r#type("button")
                .title(title)
                .attr("aria-label", card.word(tool.word))
                .attr("aria-keyshortcuts", tool.key.map(|key| ["Control+", key, " Meta+", key].concat()))
                .attr("tabindex", move || if current.get() == index { "0" } else { "-1" })
                .on(ev::focus, move |_| current.set(index))
                .on(ev::click, move |_| composer.mark(tool.mark))
                .child(match tool.mark {
                    Mark::Quote | Mark::List => turning(tool.drawing).into_any(),
                    _ => icon(tool.drawing).into_any(),
                })
        })
        .collect();
    html::div()
        .class("marks")
        .role("toolbar")
        .attr("aria-label", card.word(|w| w.toolbar))
        .attr("aria-controls", composer.id("body"))
        // The text keeps the keyboard, and a phone its keys.
        .on(ev::mousedown, |event| event.prevent_default())
        .on(ev::keydown, move |event| {
            let is_rtl = card.locale.with_untracked(|locale| locale.direction()) == Direction::Rtl;
            let last = TOOLS.len() - 1;
            let at = current.get_untracked();
            let to = match (event.key().as_str(), is_rtl) {
                ("ArrowRight", false) | ("ArrowLeft", true) => {
                    if at == last {
                        0
                    } else {
                        at + 1
                    }
                }
                ("ArrowLeft", false) | ("ArrowRight", true) => {
                    if at == 0 {
                        last
                    } else {
                        at - 1
                    }
                }
                ("Home", _) => 0,
                ("End", _) => last,
                _ => return,
            };
            event.prevent_default();
            let bar = event.current_target().and_then(|bar| bar.dyn_into::<Element>().ok());
            let button = bar.and_then(|bar| bar.children().item(to as u32));
            if let Some(button) = button {
                let _ = button.unchecked_into::<HtmlElement>().focus();
            }
        })
        .child(buttons)
}

/// What `event` is the shortcut of.
pub fn shortcut(event: &KeyboardEvent) -> Option<Mark> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.shift_key() {
        return None;
    }
    let key = event.key();
    let tool = TOOLS.iter().find(|tool| {
        tool.key.is_some_and(|letter| {
            // On a keyboard of another script the key's place counts.
            key.eq_ignore_ascii_case(letter) || (!key.is_ascii() && event.code() == ["Key", letter].concat())
        })
    });
    tool.map(|tool| tool.mark)
}
