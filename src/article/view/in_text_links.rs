//! Links to a place in the same text: footnotes and back, a table of contents.
//!
//! The address bar knows nothing of places inside a shadow tree, so the card goes there itself.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, MouseEvent, ShadowRoot};

use crate::safe_html::ANCHOR_PREFIX;

/// Goes where the clicked link leads, if that is in the same text; `reveal` shows what is folded.
pub(super) fn follow(event: &MouseEvent, reveal: impl FnOnce()) {
    // A new tab is the reader's own wish.
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|e| target_of(&e))
    else {
        return;
    };
    event.prevent_default();
    if target.closest("[hidden]").ok().flatten().is_some() {
        reveal();
    }
    focus(&target, false);
}

fn target_of(clicked: &Element) -> Option<Element> {
    let link = clicked.closest(&["a[href^='#", ANCHOR_PREFIX, "']"].concat()).ok().flatten()?;
    let id = link.get_attribute("href")?;
    link.get_root_node().dyn_into::<ShadowRoot>().ok()?.get_element_by_id(id.strip_prefix('#')?)
}

/// Moves the keyboard to `target`, and the view with it unless that is to stay as it is.
pub(super) fn focus(target: &Element, stay: bool) {
    let Some(target) = target.dyn_ref::<HtmlElement>() else { return };
    if target.tab_index() < 0 && !target.has_attribute("tabindex") {
        target.set_tab_index(-1);
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(stay);
    let _ = target.focus_with_options(&options);
}
