//! The choice of an order.

use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::Sort;

use crate::comments::thread::Thread;
use crate::i18n::Catalogue;

/// The choice; it is not there where there is nothing to put in order.
pub fn sort(thread: Thread) -> impl IntoView {
    let is_useful = Memo::new(move |_| thread.total.get().is_some_and(|total| total > 1));
    move || is_useful.get().then(|| select(thread))
}

fn select(thread: Thread) -> impl IntoView {
    let card = thread.conversation().card;
    let options: Vec<_> = Sort::ALL
        .into_iter()
        .map(|sort| {
            html::option()
                .value(sort.as_str())
                .selected(move || thread.sort.get() == sort)
                .child(card.word(label(sort)))
        })
        .collect();
    let select = html::select()
        .attr("part", "sort")
        .aria_label(card.word(|w| w.sort_label))
        .on(ev::change, move |event| {
            if let Some(sort) = Sort::from_name(&event_target_value(&event)) {
                thread.set_sort(sort);
            }
        })
        .child(options);
    html::span().class("sort").child(select)
}

const fn label(sort: Sort) -> fn(&Catalogue) -> &'static str {
    match sort {
        Sort::Newest => |w| w.sort_newest,
        Sort::Oldest => |w| w.sort_oldest,
        Sort::Liked => |w| w.sort_liked,
    }
}
