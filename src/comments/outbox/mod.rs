//! Submitted comments until they are acknowledged: kept on this device, sent again by themselves.
//!
//! Each has an idempotency key, so that sending it again after a lost answer makes no second comment. Each is kept
//! under a storage key of its own, so that two tabs do not overwrite each other's.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use maqal_contract::{FieldError, IdempotencyKey};
use serde::{Deserialize, Serialize};

use super::conversation::Conversation;
use super::own;
use super::scope::Scope;
use super::thread::SLOW_AFTER;
use crate::engines::{Author, Posted, Submission};
use crate::fetch::{Cause, Failure};
use crate::i18n::fill;
use crate::outward::FaultCode;
use crate::storage::{self, Kept};
use crate::ui::{CardContext, failure};

/// The first pause between two attempts, in seconds; each further one is twice as long.
const FIRST_PAUSE: u32 = 4;

/// The longest pause of our own, in seconds.
const LONGEST_PAUSE: u32 = 120;

/// The longest pause that a server may ask for, in seconds: an hour.
const LONGEST_ASKED_FOR: u32 = 3600;

/// A submitted comment that is not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was submitted.
    pub submission: Submission,
    /// Where it is kept.
    pub kept: Kept,
    /// Where it stands.
    pub state: EntryState,
    attempts: u32,
}

/// Where an [`Entry`] stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// It is on its way; `slow` once it takes its time.
    Sending {
        /// Whether it takes long.
        slow: bool,
    },
    /// It did not get through, and is sent again.
    Waiting(Failure),
    /// The endpoint refused it; it is not sent again as it is.
    Refused(Failure),
}

/// Offers a refused comment and its refused fields to the composer; returns whether it took them.
pub type TakeBack = dyn Fn(&Submission, &[FieldError]) -> bool;

/// What happens when an entry leaves the outbox.
pub struct Reactions {
    /// The endpoint acknowledged it.
    pub sent: Box<dyn Fn(Posted)>,
    /// The endpoint refused some of its fields.
    pub refused: Box<TakeBack>,
}

/// The outbox of one conversation.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// The entries, the latest first.
    pub entries: RwSignal<Vec<Entry>>,
    /// What a screen reader is told when a comment is acknowledged.
    pub announcement: RwSignal<String>,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    conversation: Conversation,
    scope: Scope,
    thread: String,
    prefix: String,
    reactions: Reactions,
    card: CardContext,
}

/// An entry as it is kept.
#[derive(Serialize, Deserialize)]
struct Stored {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    website: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(default)]
    is_vouched_for: bool,
    body: String,
    /// Milliseconds since the epoch, to keep the order.
    at: f64,
}

impl Outbox {
    /// The outbox with what this device keeps for `conversation`; nothing is sent yet.
    #[must_use]
    pub fn new(conversation: Conversation, reactions: Reactions) -> Self {
        let (scope, card) = (conversation.scope(), conversation.card);
        let prefix = scope.storage_key("outbox");
        let entries = restore(&prefix, &scope.thread);
        let inner = Inner { conversation, thread: scope.thread.clone(), scope, prefix, reactions, card };
        let outbox = Self {
            entries: RwSignal::new(entries),
            announcement: RwSignal::new(String::new()),
            inner: StoredValue::new_local(Rc::new(inner)),
        };
        let online = window_event_listener(leptos::ev::online, move |_| outbox.send_all());
        on_cleanup(move || online.remove());
        outbox
    }

    /// Takes a comment that was checked, keeps it and sends it.
    pub fn submit(self, author: Author, parent: Option<String>, body: String) {
        let key = new_key();
        let inner = self.inner.get_value();
        let stored = Stored {
            name: author.name.clone(),
            email: author.email.clone(),
            website: author.website.clone(),
            parent: parent.clone(),
            is_vouched_for: author.is_vouched_for,
            body: body.clone(),
            at: js_sys::Date::now(),
        };
        // Strings and a finite number always serialise.
        let json = serde_json::to_string(&stored).unwrap_or_default();
        let kept = storage::set(&inner.storage_key(&key), &json);
        if kept == Kept::Page {
            inner.card.outward.fault(
                FaultCode::Storage,
                "localStorage takes nothing: an unsent comment lives only as long as this page".to_owned(),
            );
        }
        let submission = Submission { key: key.clone(), thread: inner.thread.clone(), parent, author, body };
        let entry = Entry { submission, kept, state: EntryState::Sending { slow: false }, attempts: 0 };
        self.announcement.set(String::new());
        self.entries.update(|entries| entries.insert(0, entry));
        self.send(&key);
    }

    /// Sends again what is not under way and was not refused.
    pub fn send_all(self) {
        let waiting: Vec<_> = self
            .entries
            .try_with_untracked(|entries| {
                let waiting = entries.iter().filter(|entry| matches!(entry.state, EntryState::Waiting(_)));
                waiting.map(|entry| entry.submission.key.clone()).collect()
            })
            .unwrap_or_default();
        for key in waiting {
            self.send(&key);
        }
    }

    /// Sends the entry of `key`.
    pub fn send(self, key: &IdempotencyKey) {
        let started = self.update(key, |entry| {
            entry.attempts += 1;
            entry.state = EntryState::Sending { slow: false };
            (entry.submission.clone(), entry.attempts)
        });
        let Some((submission, attempt)) = started else { return };
        let Some(inner) = self.inner.try_get_value() else { return };
        let slow_key = key.clone();
        set_timeout(
            move || {
                self.update(&slow_key, |entry| {
                    if entry.attempts == attempt && matches!(entry.state, EntryState::Sending { .. }) {
                        entry.state = EntryState::Sending { slow: true };
                    }
                });
            },
            SLOW_AFTER,
        );
        let (engine, token) = (inner.conversation.engine(), inner.conversation.token());
        // Not tied to the card: a comment under way when its card goes is let through, and then forgotten here.
        spawn_local(async move {
            match engine.post(&submission, token.as_deref()).await {
                Ok(posted) => self.acknowledge(&inner, &submission.key, posted),
                Err(failure) => self.set_back(&inner, &submission, failure),
            }
        });
    }

    /// Takes the entry of `key` out, for the composer to have it again.
    pub fn take(self, key: &IdempotencyKey) -> Option<Submission> {
        let inner = self.inner.try_get_value()?;
        self.forget(&inner, key)
    }

    /// Takes the entry of `key` off the device, and out of the list where that still stands.
    fn forget(self, inner: &Inner, key: &IdempotencyKey) -> Option<Submission> {
        storage::remove(&inner.storage_key(key));
        let taken = self.entries.try_update(|entries| {
            let index = entries.iter().position(|entry| entry.submission.key == *key)?;
            Some(entries.remove(index))
        });
        taken.flatten().map(|entry| entry.submission)
    }

    fn acknowledge(self, inner: &Inner, key: &IdempotencyKey, posted: Posted) {
        own::remember(&inner.scope, &posted);
        // Where the card has gone meanwhile, nobody is left to be told.
        if self.forget(inner, key).is_some() {
            (inner.reactions.sent)(posted);
            self.announcement.try_set(inner.card.locale.get_untracked().words.sent.to_owned());
        }
    }

    fn set_back(self, inner: &Inner, submission: &Submission, failure: Failure) {
        if self.entries.is_disposed() {
            return;
        }
        inner.card.outward.fault(FaultCode::Comment, failure.to_string());
        let key = &submission.key;
        self.announce_once(inner, key, &failure);
        if !failure.cause.is_passing() {
            let fields = match &failure.cause {
                Cause::Refused(_, Some(problem)) => problem.errors.as_slice(),
                _ => &[],
            };
            if !fields.is_empty() && (inner.reactions.refused)(submission, fields) {
                self.forget(inner, key);
            } else {
                self.update(key, |entry| entry.state = EntryState::Refused(failure));
            }
            return;
        }
        let asked_for = failure.cause.retry_after().unwrap_or(0).min(LONGEST_ASKED_FOR);
        let attempts = self.update(key, |entry| {
            entry.state = EntryState::Waiting(failure);
            entry.attempts
        });
        let Some(attempts) = attempts else { return };
        let pause =
            FIRST_PAUSE.saturating_mul(1 << attempts.saturating_sub(1).min(8)).min(LONGEST_PAUSE).max(asked_for);
        let key = key.clone();
        set_timeout(
            move || {
                // The reader, or the network's return, may have sent it in the meantime.
                let due = self.entries.try_with_untracked(|entries| {
                    entries.iter().any(|entry| {
                        entry.submission.key == key
                            && entry.attempts == attempts
                            && matches!(entry.state, EntryState::Waiting(_))
                    })
                });
                if due == Some(true) {
                    self.send(&key);
                }
            },
            Duration::from_secs(pause.into()),
        );
    }

    /// Tells a screen reader of the first failure; the attempts that follow by themselves are not worth a word.
    fn announce_once(self, inner: &Inner, key: &IdempotencyKey, failure: &Failure) {
        if self.update(key, |entry| entry.attempts) == Some(1) {
            let locale = inner.card.locale.get_untracked();
            let template =
                if failure.cause.is_passing() { locale.words.send_failed } else { locale.words.send_refused };
            self.announcement.try_set(fill(template, "cause", &failure::sentence(&failure.cause, &locale)));
        }
    }

    fn update<T>(self, key: &IdempotencyKey, change: impl FnOnce(&mut Entry) -> T) -> Option<T> {
        self.entries
            .try_update(|entries| entries.iter_mut().find(|entry| entry.submission.key == *key).map(change))
            .flatten()
    }
}

impl Inner {
    fn storage_key(&self, key: &IdempotencyKey) -> String {
        [&self.prefix, key.as_str()].concat()
    }
}

/// What this device keeps under `prefix`: comments of an earlier visit, which may have arrived or not.
fn restore(prefix: &str, thread: &str) -> Vec<Entry> {
    let mut restored: Vec<(f64, Entry)> = storage::keys(prefix)
        .into_iter()
        .filter_map(|storage_key| {
            let key = IdempotencyKey::parse(storage_key.strip_prefix(prefix)?)?;
            let (json, kept) = storage::get(&storage_key)?;
            let stored: Stored = serde_json::from_str(&json).ok()?;
            let author = Author {
                name: stored.name,
                email: stored.email,
                website: stored.website,
                is_vouched_for: stored.is_vouched_for,
            };
            let (parent, body) = (stored.parent, stored.body);
            let submission = Submission { key, thread: thread.to_owned(), parent, author, body };
            let failure = Failure { cause: Cause::Unreachable, detail: "kept from an earlier visit".to_owned() };
            let state = EntryState::Waiting(failure);
            Some((stored.at, Entry { submission, kept, state, attempts: 0 }))
        })
        .collect();
    restored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    restored.into_iter().map(|(_, entry)| entry).collect()
}

/// A random key (RFC 9562, version 4). `crypto.randomUUID` exists in secure contexts only; random bytes do everywhere,
/// but where a host has broken `crypto`: the key need not be secret there, only its own.
pub(super) fn new_key() -> IdempotencyKey {
    let mut bytes = [0_u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok()).is_none() {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    IdempotencyKey::from_random(bytes)
}
