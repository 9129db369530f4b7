//! A comment on its way: the same as it will be, with a tag that says where it stands.

use leptos::html;
use leptos::prelude::*;
use maqal_contract::IdempotencyKey;
use wasm_bindgen::JsCast;
use web_sys::{Element, ShadowRoot};

use super::{Parts, unsent};
use crate::comments::focus::{self, name_id};
use crate::comments::outbox::{Entry, EntryState, Outbox};
use crate::comments::thread::{Said, Thread};
use crate::safe_html::SafeHtml;
use crate::ui::avatar::avatar;
use crate::ui::markup::markup;

/// The keys of the unsent comments that stand under the comment `parent`, or at the top: there those too whose parent is
/// not here.
pub(super) fn keys(outbox: Outbox, thread: Thread, parent: Option<&str>) -> Vec<IdempotencyKey> {
    // At the top it matters which comments are here.
    if parent.is_none() {
        thread.track_loaded();
    }
    outbox.entries.with(|entries| {
        let stands_here = |entry: &&Entry| match (entry.submission.parent.as_deref(), parent) {
            (Some(own), None) => thread.find(own).is_none(),
            (own, here) => own == here,
        };
        entries.iter().filter(stands_here).map(|entry| entry.submission.key.clone()).collect()
    })
}

/// Tells each comment which replies to it are on their way, from now on. Ten thousand comments that looked into the outbox
/// themselves, whenever something changes there, would take seconds.
pub(super) fn tell_parents(outbox: Outbox, thread: Thread) {
    Effect::new(move |former: Option<Vec<String>>| {
        let parent = |entry: &Entry| entry.submission.parent.clone();
        let now: Vec<_> = outbox.entries.with(|entries| entries.iter().filter_map(parent).collect());
        for parent in former.iter().flatten().chain(&now) {
            if let Some(said) = thread.find(parent) {
                tell(said, outbox, thread);
            }
        }
        now
    });
}

/// Tells a comment which replies to it are on their way.
pub(super) fn tell(said: Said, outbox: Outbox, thread: Thread) {
    let unsent = untrack(|| keys(outbox, thread, Some(&said.id())));
    if said.unsent.with_untracked(|known| *known != unsent) {
        said.unsent.set(unsent);
    }
}

/// The unsent comment of `key`.
pub(super) fn pending(key: IdempotencyKey, parts: Parts) -> impl IntoView {
    let Parts { outbox, card, .. } = parts;
    let id = element_id(&key);
    let entry = Memo::new(move |_| {
        outbox.entries.with(|entries| entries.iter().find(|entry| entry.submission.key == key).cloned())
    });
    let submission = entry.get_untracked().map(|entry| entry.submission);
    let (name, body) = submission.map(|s| (s.author.name, s.body)).unwrap_or_default();
    let tag = move || {
        let words = card.locale.get().words;
        match entry.get().map(|entry| entry.state) {
            Some(EntryState::Sending { slow: false }) | None => words.sending,
            Some(EntryState::Sending { slow: true }) => words.slow,
            Some(EntryState::Elsewhere) => words.unsent_elsewhere,
            Some(EntryState::Waiting(_)) => words.waiting,
            Some(EntryState::Unsigned(_) | EntryState::Refused(_)) => words.not_sent,
        }
    };
    html::li().role("listitem").child(
        html::article()
            .class("comment pending")
            .attr("part", "comment pending")
            .aria_labelledby(name_id(&id))
            .id(id.clone())
            .child((
                html::div().class("who").child((
                    avatar(&name),
                    html::b()
                        .class("name")
                        .attr("part", "comment-name")
                        .id(name_id(&id))
                        .child(html::bdi().child(name.clone())),
                    html::span().class("tag wait").attr("part", "badge").child(tag),
                )),
                html::div().class("say").attr("part", "comment-body").child(markup(
                    &SafeHtml::from_lines(&body),
                    "",
                    card,
                )),
                unsent::notice(entry, parts),
            )),
    )
}

/// The unsent comment of `key` is about to leave the list of `section`. If the keyboard is in it, it goes on at the
/// `comment` that comes in its place, or at what stands there then.
pub fn leaving(section: &Element, key: &IdempotencyKey, comment: Option<&str>) -> Option<()> {
    let root: ShadowRoot = section.get_root_node().dyn_into().ok()?;
    let pending = root.get_element_by_id(&element_id(key))?;
    let focused = root.active_element()?;
    if pending.contains(Some(&focused)) {
        match comment {
            Some(id) => focus::comment(&pending, id),
            None => focus::successor(&pending)?,
        }
    }
    Some(())
}

fn element_id(key: &IdempotencyKey) -> String {
    ["u-", key.as_str()].concat()
}
