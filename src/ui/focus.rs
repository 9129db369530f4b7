//! Gives the keyboard to what a reader could not reach by keys alone: a text that a link leads to, a comment that has just
//! come (WCAG 2.2, success criterion 2.4.3).

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, Node, ShadowRoot};

/// What in the card of `near` has the keyboard. `:focus` does not say it: in WebKit it matches nothing while the window is
/// not the system's active one, as it may be when a voice has read to the end.
#[must_use]
pub fn held(near: &Node) -> Option<Element> {
    near.get_root_node().dyn_ref::<ShadowRoot>()?.active_element()
}

/// Moves the keyboard to `target`, and the view with it unless that is to stay as it is.
pub fn on(target: &Element, stay: bool) {
    let Some(target) = target.dyn_ref::<HtmlElement>() else { return };
    if target.tab_index() < 0 && !target.has_attribute("tabindex") {
        target.set_tab_index(-1);
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(stay);
    // It fails only where the element has left the page.
    let _ = target.focus_with_options(&options);
}
