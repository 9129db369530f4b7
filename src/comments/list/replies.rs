//! The list of replies under a comment, unsent ones among them, and the way to more.

use leptos::control_flow::{For, ForProps};
use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::IdempotencyKey;

use super::{Parts, comment, pending};
use crate::comments::focus::go_on;
use crate::comments::thread::{Said, Status};
use crate::i18n::fill;
use crate::ui::failure;
use crate::ui::notice::{Tone, action, notice};
use crate::ui::skeleton::skeleton;

/// What stands under `said`.
pub(super) fn replies(said: Said, parts: Parts) -> impl IntoView {
    let Parts { thread, outbox, .. } = parts;
    pending::tell(said, outbox, thread);
    let unsent = said.unsent;
    let has_any = Memo::new(move |_| {
        said.replies.with(|replies| !replies.is_empty())
            || unsent.with(|unsent| !unsent.is_empty())
            || said.rest.is_some_and(|rest| rest.with(|rest| rest.count > 0))
    });
    let is_folded = RwSignal::new(false);
    let foot = NodeRef::<html::Div>::new();
    move || {
        has_any.get().then(|| {
            let is_top = said.place().depth == 0;
            let list = html::ol().role("list").class("replies").hidden(move || is_folded.get()).child((
                For(ForProps::builder()
                    .each(move || said.replies.get())
                    .key(|reply: &Said| reply.comment)
                    .children(move |reply| comment::comment(reply, parts))
                    .build()),
                For(ForProps::builder()
                    .each(move || unsent.get())
                    .key(|key: &IdempotencyKey| key.as_str().to_owned())
                    .children(move |key| pending::pending(key, parts))
                    .build()),
            ));
            let more = is_top.then(|| html::div().node_ref(foot).child(more(said, is_folded, foot, parts)));
            (is_top.then(|| fold(said, is_folded, parts)), list, more).into_any()
        })
    }
}

/// The button that folds the replies and unfolds them.
fn fold(said: Said, is_folded: RwSignal<bool>, parts: Parts) -> impl IntoView {
    let card = parts.card;
    let label = move || {
        let locale = card.locale.get();
        if is_folded.get() {
            let count = said.count_under() + said.rest.map_or(0, |rest| rest.with(|rest| rest.count));
            locale.plural(&locale.words.replies_show, count)
        } else {
            locale.words.replies_hide.to_owned()
        }
    };
    html::button()
        .class("fold-replies")
        .r#type("button")
        .aria_expanded(move || if is_folded.get() { "false" } else { "true" })
        .on(ev::click, move |_| is_folded.update(|folded| *folded = !*folded))
        .child(label)
}

/// The way to the replies that are not here yet.
fn more(said: Said, is_folded: RwSignal<bool>, foot: NodeRef<html::Div>, parts: Parts) -> impl IntoView {
    let Parts { thread, card, .. } = parts;
    let load = move || thread.load_replies(said, move |first| go_on(foot, first, true));
    move || {
        let rest = said.rest?.get();
        if rest.count == 0 || is_folded.get() {
            return None;
        }
        Some(match rest.status {
            Status::Loading { .. } => skeleton(1, card.word(|w| w.replies_loading)).into_any(),
            Status::Failed(failed) => {
                let sentence = move || {
                    let locale = card.locale.get();
                    fill(locale.words.replies_failed, "cause", &failure::sentence(&failed.cause, &locale))
                };
                let retry = action(card.word(|w| w.retry), load);
                notice(Tone::Bad, sentence, vec![retry]).into_any()
            }
            Status::Ready => {
                let label = move || {
                    let locale = card.locale.get();
                    locale.plural(&locale.words.replies_more, rest.count)
                };
                html::button()
                    .class("more-replies")
                    .r#type("button")
                    .on(ev::click, move |_| load())
                    .child(label)
                    .into_any()
            }
        })
    }
}
