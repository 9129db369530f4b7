//! Why a comment was not sent, and what its author can do: try again, change it, copy it, discard it.
//!
//! The notice stays as it is through further attempts, so that nothing under the reader's hand goes away.

use std::time::Duration;

use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::IdempotencyKey;
use maqal_contract::validate::Field;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};

use super::Parts;
use super::question::question;
use crate::comments::composer::refusal_sentence;
use crate::comments::focus;
use crate::comments::outbox::{Entry, EntryState, parent_is_gone};
use crate::engines::Submission;
use crate::fetch::Cause;
use crate::i18n::{Locale, fill};
use crate::storage::Kept;
use crate::ui::notice::action;
use crate::ui::{CardContext, failure, share};

/// How long the button says that the text was copied.
const SAID: Duration = Duration::from_secs(4);

/// What stands under the buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    Nothing,
    /// The text is on the clipboard.
    Copied,
    /// The text, to be copied by hand.
    Text,
    /// Whether it is to be discarded.
    Question,
}

/// The notice; nothing before the first attempt has failed.
pub(super) fn notice(entry: Memo<Option<Entry>>, parts: Parts) -> impl IntoView {
    // While it is tried again, what is said stays.
    let told = Memo::new(move |former: Option<&Option<Entry>>| {
        let entry = entry.get();
        let is_news = entry.as_ref().is_some_and(|entry| !entry.state.is_under_way());
        if is_news { entry } else { former.cloned().flatten() }
    });
    let is_there = Memo::new(move |_| told.with(Option::is_some));
    move || is_there.get().then(|| build(told, parts))
}

fn build(told: Memo<Option<Entry>>, parts: Parts) -> AnyView {
    let card = parts.card;
    let below = RwSignal::new(Below::Nothing);
    let class = move || {
        let is_refused = told.with(|told| told.as_ref().is_some_and(|e| matches!(e.state, EntryState::Refused(_))));
        if is_refused { "note bad" } else { "note wait" }
    };
    let sentence = move || told.with(|told| told.as_ref().map(|entry| sentence(entry, &card.locale.get())));
    let has_no_parent = Memo::new(move |_| {
        told.with(|told| {
            told.as_ref().is_some_and(|e| matches!(&e.state, EntryState::Refused(why) if parent_is_gone(&why.cause)))
        })
    });
    // The outbox tells a screen reader, once.
    html::div()
        .class(class)
        .attr("part", "notice")
        .child((
            html::p().child(sentence),
            move || actions(told, below, has_no_parent.get(), parts),
            move || match below.get() {
                Below::Nothing | Below::Copied => None,
                Below::Text => Some(by_hand(&submission(told)?.body, card).into_any()),
                Below::Question => Some(ask(told, below, parts).into_any()),
            },
        ))
        .into_any()
}

fn actions(
    told: Memo<Option<Entry>>,
    below: RwSignal<Below>,
    has_no_parent: bool,
    parts: Parts,
) -> impl IntoView + use<> {
    let Parts { outbox, composers, card, thread, .. } = parts;
    let key = move || submission(told).map(|submission| submission.key);
    let act = move |act: &dyn Fn(&IdempotencyKey)| {
        if let Some(key) = key() {
            act(&key);
        }
    };
    let first = if has_no_parent {
        action(card.word(|w| w.unsent_as_top), move || act(&|key| outbox.send_as_top(key)))
    } else {
        action(card.word(|w| w.retry), move || act(&|key| outbox.send(key)))
    };
    let edit = action(card.word(|w| w.edit), move || {
        act(&|key| outbox.take_back(key, move |submission| composers.edit(submission)));
    });
    let copied = move || {
        let words = card.locale.get().words;
        if below.get() == Below::Copied { words.unsent_copied } else { words.unsent_copy }
    };
    let copy = action(copied, move || {
        if let Some(submission) = submission(told) {
            thread.conversation().spawn(copy(submission.body, below, parts));
        }
    });
    let discard = action(card.word(|w| w.unsent_discard), move || below.set(Below::Question));
    html::div().class("actions").child((first, edit, copy, discard))
}

fn submission(told: Memo<Option<Entry>>) -> Option<Submission> {
    told.with_untracked(|told| told.as_ref().map(|entry| entry.submission.clone()))
}

async fn copy(text: String, below: RwSignal<Below>, parts: Parts) {
    if !share::copy(&text).await {
        below.try_set(Below::Text);
        return;
    }
    if below.try_set(Below::Copied).is_some() {
        return;
    }
    let words = parts.card.locale.get_untracked().words;
    parts.acts.conversation().announce(words.unsent_copied.to_owned());
    set_timeout(
        move || {
            below.try_update(|below| {
                if *below == Below::Copied {
                    *below = Below::Nothing;
                }
            });
        },
        SAID,
    );
}

/// The text, selected.
fn by_hand(text: &str, card: CardContext) -> impl IntoView + use<> {
    html::label().class("by-hand").directive(|label: Element| focus::first(&label, "textarea"), ()).child((
        html::span().child(card.word(|w| w.unsent_text)),
        html::textarea()
            .attr("part", "field")
            .readonly(true)
            .dir("auto")
            .attr("rows", "4")
            .prop("value", text.to_owned())
            .on(ev::focus, |event| event_target::<HtmlTextAreaElement>(&event).select()),
    ))
}

/// The question whether it is to go.
fn ask(told: Memo<Option<Entry>>, below: RwSignal<Below>, parts: Parts) -> impl IntoView {
    let Parts { outbox, card, .. } = parts;
    let element = NodeRef::<html::Div>::new();
    let keep = move || {
        // Back to the button that asked.
        let note = element.get_untracked().and_then(|element| element.closest(".note").ok()?);
        let button = note.and_then(|note| note.query_selector(".actions > button:last-child").ok()?);
        if let Some(button) = button {
            // It fails only where the button has left the page.
            let _ = button.unchecked_into::<web_sys::HtmlElement>().focus();
        }
        below.set(Below::Nothing);
    };
    let discard = move || {
        if let Some(submission) = submission(told) {
            outbox.discard(&submission.key);
        }
    };
    let (is_busy, refusal) = (Signal::stored(false), Signal::stored(None));
    question(element, |w| w.unsent_question, keep, discard, is_busy, refusal, card)
}

/// Why it was not sent, and what becomes of it.
fn sentence(entry: &Entry, locale: &Locale) -> String {
    let words = locale.words;
    let is_kept = entry.kept == Kept::Device;
    let (template, cause) = match &entry.state {
        EntryState::Unsigned(None) => (words.unsent_unsigned, None),
        EntryState::Unsigned(Some(failed)) => (words.unsent_identity, Some(&failed.cause)),
        EntryState::Refused(failed) if is_kept => (words.send_refused, Some(&failed.cause)),
        EntryState::Refused(failed) => (words.unsent_refused_unkept, Some(&failed.cause)),
        EntryState::Waiting(Some(failed)) if is_kept => (words.send_failed, Some(&failed.cause)),
        EntryState::Waiting(Some(failed)) => (words.send_failed_unkept, Some(&failed.cause)),
        EntryState::Waiting(None) | EntryState::Sending { .. } | EntryState::Elsewhere => (words.unsent_waits, None),
    };
    cause.map_or_else(|| template.to_owned(), |cause| fill(template, "cause", &cause_sentence(cause, locale)))
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
