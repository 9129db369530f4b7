//! A text field under our hands: its selection, and changes that its reader can undo.

use std::ops::Range;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use super::markdown::{Change, byte_of_unit, unit_of_byte};

/// What is selected in `field`, in bytes of its text.
pub fn selection(field: &HtmlTextAreaElement, text: &str) -> Range<usize> {
    let unit =
        |unit: Result<Option<u32>, _>| unit.ok().flatten().map_or(text.len(), |u| byte_of_unit(text, u as usize));
    let start = unit(field.selection_start());
    start..unit(field.selection_end()).max(start)
}

/// Changes the text as if the reader had typed it. The field has the keyboard then, and an `input` event tells of it.
pub fn change(field: &HtmlTextAreaElement, change: &Change) {
    let text = field.value();
    let (start, end) = (unit_of_byte(&text, change.range.start), unit_of_byte(&text, change.range.end));
    // Fails only where the field has left the page.
    let _ = field.focus();
    let _ = field.set_selection_range(start as u32, end as u32);
    let is_nothing = change.range.is_empty() && change.with.is_empty();
    if !is_nothing && !type_in(&change.with) {
        // The browser's undo does not know of this one.
        let _ = field.set_range_text_with_start_and_end(&change.with, start as u32, end as u32);
        if let Ok(event) = web_sys::Event::new("input") {
            let _ = field.dispatch_event(&event);
        }
    }
    let text = field.value();
    let unit = |byte: usize| unit_of_byte(&text, floor(&text, byte)) as u32;
    let _ = field.set_selection_range(unit(change.select.start), unit(change.select.end));
}

/// Puts `text` in the place of what is selected, by the one way that keeps the browser's undo
/// (`execCommand`: <https://w3c.github.io/editing/docs/execCommand/>).
fn type_in(text: &str) -> bool {
    let document: HtmlDocument = document().unchecked_into();
    let done = if text.is_empty() {
        document.exec_command("delete")
    } else {
        document.exec_command_with_show_ui_and_value("insertText", false, text)
    };
    done.unwrap_or(false)
}

/// `byte`, or the border of a character before it: where a browser has changed more than it was told to.
fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
