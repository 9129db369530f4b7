//! The button for comments that came while others were being read: nothing moves until the reader wants them.

use leptos::prelude::*;
use leptos::{ev, html};

use super::seek::go_to;
use crate::comments::thread::Thread;

/// The button. A screen reader hears of it when it appears and when its number changes.
pub(super) fn fresh(thread: Thread, list: NodeRef<html::Div>) -> impl IntoView {
    let card = thread.conversation().card;
    let count = Memo::new(move |_| thread.waiting.with(Vec::len) as u64);
    let label = move || {
        let locale = card.locale.get();
        locale.plural(&locale.words.comments_new, count.get())
    };
    let is_there = Memo::new(move |_| count.get() > 0);
    let show = move || {
        if let Some(first) = thread.show_waiting() {
            go_to(list, first.id());
        }
    };
    // The element is there from the start, so that a screen reader hears what is put into it.
    html::div().class("fresh").role("status").child(move || {
        is_there.get().then(|| {
            html::button()
                .r#type("button")
                .attr("part", "button new-comments")
                .on(ev::click, move |_| show())
                .child(label)
        })
    })
}
