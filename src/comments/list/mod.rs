//! What was said, and above it what is still on its way.
//!
//! `comment` is one comment with what stands under it, `replies` the list under one, `pending` a comment on its way, `unsent` why it was not sent,
//! `fresh` the button for those that came meanwhile, `sort` the choice of an order, `foot` the way to more, `seek` leads to
//! the comment that the page's address names, `actions` is what a reader does with a comment.

pub mod actions;
mod comment;
mod foot;
mod fresh;
pub mod pending;
mod question;
mod replies;
pub mod seek;
mod sort;
mod unsent;

use leptos::control_flow::{For, ForProps};
use leptos::html;
use leptos::prelude::*;
use maqal_contract::IdempotencyKey;

pub use sort::sort;

use self::actions::Actions;
use super::composer::Composers;
use super::outbox::Outbox;
use super::thread::{Chunk, Chunks, Said, Status, Thread};
use crate::ui::CardContext;
use crate::ui::notice::{Tone, notice};

/// What a comment's view needs of its conversation.
#[derive(Clone, Copy)]
pub struct Parts {
    /// What is loaded.
    pub thread: Thread,
    /// What is on its way.
    pub outbox: Outbox,
    /// Where is written.
    pub composers: Composers,
    /// What is done with comments.
    pub acts: Actions,
    /// The card around it.
    pub card: CardContext,
}

/// The list: unsent comments, then the conversation, then the way to more of it.
pub fn list(parts: Parts, autoload: Memo<bool>) -> impl IntoView {
    let Parts { thread, outbox, acts, card, .. } = parts;
    pending::tell_parents(outbox, thread);
    let unsent = For(ForProps::builder()
        .each(move || pending::keys(outbox, thread, None))
        .key(|key: &IdempotencyKey| key.as_str().to_owned())
        .children(move |key| pending::pending(key, parts))
        .build());
    let said = |list: Chunks| {
        For(ForProps::builder()
            .each(move || list.get())
            // Not by its signal: the hash of one that is counted is of no fixed value (reactive_graph 0.2).
            .key(|chunk: &Chunk| chunk.number)
            .children(move |chunk| self::chunk(chunk, parts))
            .build())
    };
    let (newest, said) = (said(thread.newest), said(thread.tops));
    let has_none =
        Memo::new(move |_| thread.tops.is_empty() && thread.newest.is_empty() && outbox.entries.with(Vec::is_empty));
    let is_empty = Memo::new(move |_| {
        has_none.get() && thread.status.with(|s| *s == Status::Ready) && thread.waiting.with(Vec::is_empty)
    });
    let place = NodeRef::new();
    seek::follow(thread, place);
    html::div()
        .node_ref(place)
        .class("list")
        .aria_busy(move || if thread.status.with(Status::is_loading) { "true" } else { "false" })
        .child((
            fresh::fresh(thread, place),
            foot::before(thread, card),
            // One list to a screen reader, whatever it is grouped into for the browser.
            html::div()
                .class("all")
                .role("list")
                .attr("part", "comments")
                // A list of nothing is nothing to hear of.
                .hidden(move || has_none.get())
                .child((html::ol().role("none").child(unsent), newest, said)),
            move || is_empty.get().then(|| empty(card)),
            move || flaws(thread, card),
            foot::foot(thread, autoload),
            actions::menu::view(acts),
        ))
}

/// Comments that the browser lays out together, or leaves alone together while they are far off the screen.
fn chunk(chunk: Chunk, parts: Parts) -> impl IntoView {
    let comments = chunk.comments;
    let count = comments.clone();
    html::ol()
        .class("chunk")
        .role("none")
        // How much room they take before they are laid out.
        .style(("--_maqal-comments", move || count.with(Vec::len).to_string()))
        .child(For(ForProps::builder()
            .each(move || comments.get())
            .key(|said: &Said| said.comment)
            .children(move |said| comment::comment(said, parts))
            .build()))
}

fn empty(card: CardContext) -> impl IntoView {
    html::div().class("empty").attr("part", "empty").child((
        html::p().class("empty-title").child(card.word(|w| w.comments_empty)),
        html::p().child(card.word(|w| w.comments_invite)),
    ))
}

/// What of the loaded comments could not be shown.
fn flaws(thread: Thread, card: CardContext) -> (Option<AnyView>, Option<AnyView>) {
    let flaws = thread.flaws.get();
    let unreadable = (flaws.unreadable > 0).then(|| {
        let sentence = move || {
            let locale = card.locale.get();
            locale.plural(&locale.words.comments_unreadable, flaws.unreadable)
        };
        notice(Tone::Wait, sentence, Vec::new()).into_any()
    });
    let cut = flaws
        .is_cut
        .then(|| notice(Tone::Wait, move || card.locale.get().words.comments_cut.to_owned(), Vec::new()).into_any());
    (unreadable, cut)
}
