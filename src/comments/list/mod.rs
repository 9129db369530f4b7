//! What was said, and above it what is still on its way.

use leptos::control_flow::{For, ForProps};
use leptos::html;
use leptos::prelude::*;
use maqal_contract::IdempotencyKey;
use maqal_contract::validate::Field;

mod go_on;

use go_on::GoOn;

use super::composer::{Composers, refusal_sentence};
use super::outbox::{Entry, EntryState, Outbox};
use super::thread::{Said, Status, Thread};
use crate::fetch::Cause;
use crate::i18n::{Locale, fill};
use crate::safe_html::SafeHtml;
use crate::storage::Kept;
use crate::ui::avatar::avatar;
use crate::ui::markup::markup;
use crate::ui::notice::{Tone, action, notice, quiet};
use crate::ui::skeleton::skeleton;
use crate::ui::{CardContext, failure, time};

/// The list: unsent comments, then the conversation, then the way to more of it.
pub fn list(thread: Thread, outbox: Outbox, composer: Composers, _autoload: Memo<bool>) -> impl IntoView {
    let card = thread.conversation().card;
    let keys = move || {
        outbox.entries.with(|entries| entries.iter().map(|entry| entry.submission.key.clone()).collect::<Vec<_>>())
    };
    let unsent = For(ForProps::builder()
        .each(keys)
        .key(|key: &IdempotencyKey| key.as_str().to_owned())
        .children(move |key| pending(key, outbox, composer, card))
        .build());
    let said = For(ForProps::builder()
        .each(move || thread.tops.get())
        .key(|said: &Said| said.id())
        .children(move |comment| said(comment, card))
        .build());
    let is_empty = Memo::new(move |_| {
        thread.status.with(|s| *s == Status::Ready)
            && thread.tops.with(Vec::is_empty)
            && outbox.entries.with(Vec::is_empty)
    });
    let go_on = GoOn::new(thread);
    html::div()
        .node_ref(go_on.list)
        .class("list")
        .aria_busy(move || if thread.status.with(|s| matches!(s, Status::Loading { .. })) { "true" } else { "false" })
        .child((
            // Safari drops the semantics of a list without markers: the role brings them back.
            html::ol().role("list").attr("part", "comments").child((unsent, said)),
            move || is_empty.get().then(|| empty(card)),
            move || unreadable(thread, card),
            foot(thread, go_on, card),
        ))
}

fn empty(card: CardContext) -> impl IntoView {
    html::div().class("empty").attr("part", "empty").child((
        html::p().class("empty-title").child(card.word(|w| w.comments_empty)),
        html::p().child(card.word(|w| w.comments_invite)),
    ))
}

fn unreadable(thread: Thread, card: CardContext) -> Option<AnyView> {
    let count = thread.flaws.get().unreadable;
    (count > 0).then(|| {
        let sentence = move || {
            let locale = card.locale.get();
            locale.plural(&locale.words.comments_unreadable, count)
        };
        notice(Tone::Wait, sentence, Vec::new()).into_any()
    })
}

/// Under the list: what is loading, what failed, or the button for more.
fn foot(thread: Thread, go_on: GoOn, card: CardContext) -> impl IntoView {
    move || match thread.status.get() {
        Status::Loading { slow } => {
            let slow = slow.then(|| html::p().class("slow").role("status").child(card.word(|w| w.slow)));
            html::div().child((skeleton(3, card.word(|w| w.comments_loading)), slow)).into_any()
        }
        Status::Failed(failed) => {
            let sentence = move || {
                let locale = card.locale.get();
                fill(locale.words.comments_failed, "cause", &failure::sentence(&failed.cause, &locale))
            };
            let retry = action(card.word(|w| w.retry), move || go_on.load());
            notice(Tone::Bad, sentence, vec![retry]).into_any()
        }
        Status::Ready if thread.next.with(Option::is_some) => html::button()
            .class("rest")
            .r#type("button")
            .on(leptos::ev::click, move |_| go_on.load())
            .child(card.word(|w| w.comments_more))
            .into_any(),
        Status::Ready => ().into_any(),
    }
}

fn said(said: Said, card: CardContext) -> impl IntoView + use<> {
    let comment = said.comment.get_untracked();
    html::li().child(html::article().class("comment").attr("part", "comment").id(["c-", &comment.id].concat()).child((
        html::div().class("who").child((
            avatar(&comment.name),
            html::b().class("name").child(html::bdi().child(comment.name.clone())),
            comment.posted.map(|at| time::ago(at, card)),
        )),
        html::div().class("say").child(markup(comment.text.safe(), "", card)),
    )))
}

/// A comment on its way: the same as it will be, with a tag that says where it stands.
fn pending(key: IdempotencyKey, outbox: Outbox, composer: Composers, card: CardContext) -> impl IntoView {
    let entry = {
        let key = key.clone();
        Memo::new(move |_| {
            outbox.entries.with(|entries| entries.iter().find(|entry| entry.submission.key == key).cloned())
        })
    };
    let submission = entry.get_untracked().map(|entry| entry.submission);
    let (name, body) = submission.map(|s| (s.author.name, s.body)).unwrap_or_default();
    let tag = move || {
        let words = card.locale.get().words;
        match entry.get().map(|entry| entry.state) {
            Some(EntryState::Sending { slow: false }) | None => words.sending,
            Some(EntryState::Sending { slow: true }) => words.slow,
            Some(EntryState::Waiting(_)) => words.waiting,
            Some(EntryState::Refused(_)) => words.not_sent,
        }
    };
    html::li().child(html::article().class("comment pending").attr("part", "comment pending").child((
        html::div().class("who").child((
            avatar(&name),
            html::b().class("name").child(html::bdi().child(name.clone())),
            html::span().class("tag wait").child(tag),
        )),
        html::div().class("say").child(markup(&SafeHtml::from_lines(&body), "", card)),
        move || entry.get().and_then(|entry| trouble(&entry, &key, outbox, composer, card)),
    )))
}

fn trouble(
    entry: &Entry,
    key: &IdempotencyKey,
    outbox: Outbox,
    composer: Composers,
    card: CardContext,
) -> Option<AnyView> {
    let (failed, tone, passing) = match &entry.state {
        EntryState::Sending { .. } => return None,
        EntryState::Waiting(failed) => (failed.clone(), Tone::Wait, true),
        EntryState::Refused(failed) => (failed.clone(), Tone::Bad, false),
    };
    let kept = entry.kept;
    let sentence = move || {
        let locale = card.locale.get();
        let template = trouble_template(&locale, passing, kept);
        fill(template, "cause", &cause_sentence(&failed.cause, &locale))
    };
    let retry = {
        let key = key.clone();
        action(card.word(|w| w.retry), move || outbox.send(&key))
    };
    let edit = {
        let key = key.clone();
        action(card.word(|w| w.edit), move || {
            if let Some(submission) = outbox.take(&key) {
                composer.edit(&submission);
            }
        })
    };
    // The outbox tells a screen reader, once.
    Some(quiet(tone, sentence, vec![retry, edit]).into_any())
}

/// The cause, down to the field where the endpoint names one.
fn cause_sentence(cause: &Cause, locale: &Locale) -> String {
    if let Cause::Refused(_, Some(problem)) = cause
        && let Some(refused) = problem.errors.first()
        && let Some(field) = Field::from_name(&refused.field)
    {
        return refusal_sentence(field, refused.reason, locale);
    }
    failure::sentence(cause, locale)
}

fn trouble_template(locale: &Locale, passing: bool, kept: Kept) -> &'static str {
    match (passing, kept) {
        (true, Kept::Device) => locale.words.send_failed,
        (true, Kept::Page) => locale.words.send_failed_unkept,
        (false, _) => locale.words.send_refused,
    }
}
