//! Leads to one comment: the one that the page's address names (`#maqal-ID`), or that the reader has asked for.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::comments::focus::element_id;
use crate::comments::thread::{Status, Thread};
use crate::ui::focus;
use crate::url;

/// What a fragment that leads to a comment begins with.
pub const FRAGMENT: &str = "#maqal-";

/// The class of the comment that was sought, until another is.
const SOUGHT: &str = "sought";

/// How many frames the comment may take to be seen: the card shows nothing until its article has its place.
const FRAMES: u32 = 600;

/// The comment that the page's address names.
#[must_use]
pub fn named() -> Option<String> {
    let here = url::here()?;
    let id = here[here.find('#')?..].strip_prefix(FRAGMENT)?;
    let id = js_sys::decode_uri_component(id).ok()?.as_string()?;
    (!id.is_empty()).then_some(id)
}

/// Goes to the comment that is sought once it stands in `list`, and seeks another when the page's address changes.
pub(super) fn follow(thread: Thread, list: NodeRef<html::Div>) {
    let changed = window_event_listener(leptos::ev::hashchange, move |_| {
        if let Some(id) = named() {
            thread.seek(&id);
        }
    });
    on_cleanup(move || changed.remove());
    Effect::new(move || {
        let Some(id) = thread.sought.get() else { return };
        if thread.status.with(|status| *status == Status::Ready) {
            if thread.find(&id).is_some() {
                go_to(list, id);
            }
            thread.sought.set(None);
        }
    });
}

/// Scrolls to the comment of this id, gives it the keyboard, and marks it.
pub(super) fn go_to(list: NodeRef<html::Div>, id: String) {
    try_frame(list, id, FRAMES);
}

fn try_frame(list: NodeRef<html::Div>, id: String, frames: u32) {
    request_animation_frame(move || {
        if arrive(list, &id).is_none() && frames > 0 && !list.is_disposed() {
            try_frame(list, id, frames - 1);
        }
    });
}

fn arrive(list: NodeRef<html::Div>, id: &str) -> Option<()> {
    let list = list.try_get_untracked()??;
    let root: web_sys::DocumentFragment = list.get_root_node().dyn_into().ok()?;
    let comment: HtmlElement = root.get_element_by_id(&element_id(id))?.unchecked_into();
    if comment.offset_height() == 0 {
        return None;
    }
    if let Ok(former) = list.query_selector_all(&[".", SOUGHT].concat()) {
        for former in (0..former.length()).filter_map(|n| former.item(n)) {
            let _ = former.unchecked_ref::<HtmlElement>().class_list().remove_1(SOUGHT);
        }
    }
    let _ = comment.class_list().add_1(SOUGHT);
    let still = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|q| q.matches());
    let scroll = ScrollIntoViewOptions::new();
    scroll.set_block(ScrollLogicalPosition::Center);
    scroll.set_behavior(if still { ScrollBehavior::Instant } else { ScrollBehavior::Smooth });
    comment.scroll_into_view_with_scroll_into_view_options(&scroll);
    focus::on(&comment, true);
    Some(())
}
