//! Where the keyboard goes on once the button that was pressed has gone: at the first comment that came, or at the button
//! that tries again (WCAG 2.2, success criterion 2.4.3).

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DocumentFragment, HtmlElement};

use super::seek::focus;
use crate::comments::HEADING_ID;
use crate::comments::thread::{Status, Thread};

/// The place to go on at, for one list.
#[derive(Clone, Copy)]
pub struct GoOn {
    /// The list's element.
    pub list: NodeRef<html::Div>,
    thread: Thread,
    /// How many comments there were when the button was pressed.
    from: StoredValue<Option<usize>>,
}

impl GoOn {
    /// Watches `thread`; nothing happens until a button was pressed.
    #[must_use]
    pub fn new(thread: Thread) -> Self {
        let go_on = Self { list: NodeRef::new(), thread, from: StoredValue::new(None) };
        Effect::new(move || {
            let failed = match thread.status.get() {
                Status::Loading { .. } => return,
                Status::Failed(_) => true,
                Status::Ready => false,
            };
            if let Some(from) = go_on.from.try_update_value(Option::take).flatten() {
                // By the next frame the view shows what the state says.
                request_animation_frame(move || {
                    go_on.focus(from, failed);
                });
            }
        });
        go_on
    }

    /// A button was pressed: asks for the next page.
    pub fn load(self) {
        self.from
            .set_value(Some(self.thread.newest.with_untracked(Vec::len) + self.thread.tops.with_untracked(Vec::len)));
        self.thread.load();
    }

    fn focus(self, from: usize, failed: bool) -> Option<()> {
        let list = self.list.try_get_untracked()??;
        let place = if failed {
            list.query_selector(":scope > .foot .note button").ok()?
        } else {
            let comments = list.query_selector_all(":scope > ol > .top > .comment").ok()?;
            let first = u32::try_from(from).ok().and_then(|index| comments.item(index)).and_then(|c| c.dyn_into().ok());
            first.or_else(|| list.parent_element()?.query_selector(&["#", HEADING_ID].concat()).ok()?)
        }?;
        if !failed {
            place.set_attribute("tabindex", "-1").ok()?;
        }
        place.unchecked_into::<HtmlElement>().focus().ok()
    }
}

/// The button in `place` was pressed and has gone: the keyboard goes on at the comment of this id, or at the button that is
/// there now.
pub(super) fn go_on(place: NodeRef<html::Div>, comment: Option<String>) {
    // By the next frame the view shows what the state says.
    request_animation_frame(move || {
        let Some(place) = place.try_get_untracked().flatten() else { return };
        let root = place.get_root_node().dyn_into::<DocumentFragment>().ok();
        let comment = comment.and_then(|id| root?.get_element_by_id(&["c-", &id].concat()));
        // Focusing fails only where the element has left the page.
        let _ = match comment.map(JsCast::unchecked_into::<HtmlElement>) {
            Some(comment) => focus(&comment),
            None => place
                .query_selector("button")
                .ok()
                .flatten()
                .and_then(|button| button.unchecked_into::<HtmlElement>().focus().ok()),
        };
    });
}
