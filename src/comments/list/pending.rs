//! A comment on its way: the same as it will be, with a tag that says where it stands.

use leptos::html;
use leptos::prelude::*;
use maqal_contract::IdempotencyKey;
use maqal_contract::validate::Field;

use super::Parts;
use crate::comments::composer::refusal_sentence;
use crate::comments::outbox::{Entry, EntryState, Outbox};
use crate::comments::thread::Thread;
use crate::fetch::Cause;
use crate::i18n::{Locale, fill};
use crate::safe_html::SafeHtml;
use crate::storage::Kept;
use crate::ui::avatar::avatar;
use crate::ui::failure;
use crate::ui::markup::markup;
use crate::ui::notice::{Tone, action, quiet};

/// The keys of the unsent comments that stand under the comment `parent`, or at the top: there those too whose parent is
/// not here.
pub(super) fn keys(outbox: Outbox, thread: Thread, parent: Option<&str>) -> Vec<IdempotencyKey> {
    // At the top it matters which comments are here.
    if parent.is_none() {
        thread.tops.track();
    }
    outbox.entries.with(|entries| {
        let stands_here = |entry: &&Entry| match (entry.submission.parent.as_deref(), parent) {
            (Some(own), None) => thread.find(own).is_none(),
            (own, here) => own == here,
        };
        entries.iter().filter(stands_here).map(|entry| entry.submission.key.clone()).collect()
    })
}

/// The unsent comment of `key`.
pub(super) fn pending(key: IdempotencyKey, parts: Parts) -> impl IntoView {
    let Parts { outbox, card, .. } = parts;
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
        move || entry.get().and_then(|entry| trouble(&entry, &key, parts)),
    )))
}

fn trouble(entry: &Entry, key: &IdempotencyKey, parts: Parts) -> Option<AnyView> {
    let Parts { outbox, composers, card, .. } = parts;
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
                composers.edit(&submission);
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
