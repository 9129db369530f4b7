//! Where the keyboard goes when what it was at has gone (WCAG 2.2, success criterion 2.4.3).

use leptos::html;
use leptos::prelude::{GetUntracked, NodeRef, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

use super::HEADING_ID;
use crate::ui::focus;

/// The identifier of the comment `id`, inside the card's own tree.
#[must_use]
pub fn element_id(id: &str) -> String {
    ["c-", id].concat()
}

/// The identifier of what names the comment with this [`element_id`] to a screen reader: its author, or what stands in
/// its place.
#[must_use]
pub fn name_id(element_id: &str) -> String {
    ["by-", element_id].concat()
}

/// To the comment `id` in the card of `near`, once the view shows what the state says.
pub fn comment(near: &Element, id: &str) {
    let (root, id) = (near.get_root_node(), element_id(id));
    request_animation_frame(move || {
        if let Some(place) = root.dyn_ref::<ShadowRoot>().and_then(|root| root.get_element_by_id(&id)) {
            focus::on(&place, false);
        }
    });
}

/// To the first of `selector` in `element`, once that stands in the page. A view that is told again while it stands
/// leaves the focus where the reader has it.
pub fn first(element: &Element, selector: &'static str) {
    if element.is_connected() {
        return;
    }
    let element = element.clone();
    request_animation_frame(move || {
        if let Some(place) = element.query_selector(selector).ok().flatten() {
            let _ = place.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// To what stands where the comment around `near` stood, once that has gone: its placeholder, else the next comment,
/// else the one before, else the heading.
pub fn successor(near: &Element) -> Option<()> {
    let list = near.closest(".list").ok()??;
    let all = list.query_selector_all(".comment").ok()?;
    let at = (0..all.length()).find(|&at| all.item(at).is_some_and(|comment| comment.contains(Some(near))))?;
    request_animation_frame(move || {
        let Ok(all) = list.query_selector_all(".comment") else { return };
        let place = all.item(at).or_else(|| all.item(all.length().checked_sub(1)?));
        if let Some(place) = place.and_then(|place| place.dyn_into().ok()).or_else(|| heading(&list)) {
            focus::on(&place, false);
        }
    });
    Some(())
}

/// The button in `place` was pressed and has gone: on to the comment of this id that came, to the button that is there
/// now, or to the heading. The view stays as it is where the comment came above it.
pub fn go_on(place: NodeRef<html::Div>, comment: Option<String>, stay: bool) {
    // By the next frame the view shows what the state says.
    request_animation_frame(move || {
        let Some(place) = place.try_get_untracked().flatten() else { return };
        let root = place.get_root_node().dyn_into::<ShadowRoot>().ok();
        let comment = comment.and_then(|id| root?.get_element_by_id(&element_id(&id)));
        let button = || place.query_selector("button").ok().flatten();
        if let Some(next) = comment.or_else(button).or_else(|| heading(&place)) {
            focus::on(&next, stay);
        }
    });
}

/// The heading of the conversation around `near`.
fn heading(near: &Element) -> Option<Element> {
    near.closest(".talk").ok()??.query_selector(&["#", HEADING_ID].concat()).ok()?
}
