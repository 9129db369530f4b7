//! Links to a place in the same text: footnotes and back, a table of contents.
//!
//! The address bar knows nothing of places inside a shadow tree, so the card goes there itself.

use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, ShadowRoot};

use crate::safe_html::ANCHOR_PREFIX;
use crate::ui::focus;

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
    focus::on(&target, false);
}

fn target_of(clicked: &Element) -> Option<Element> {
    let link = clicked.closest(&["a[href^='#", ANCHOR_PREFIX, "']"].concat()).ok().flatten()?;
    let id = link.get_attribute("href")?;
    link.get_root_node().dyn_into::<ShadowRoot>().ok()?.get_element_by_id(id.strip_prefix('#')?)
}
