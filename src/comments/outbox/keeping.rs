//! What the device keeps of a submitted comment: one value for each, under a key of its own, so that two tabs do not
//! overwrite each other's.

use maqal_contract::IdempotencyKey;
use serde::{Deserialize, Serialize};

use super::backoff::LONGEST_ASKED_FOR;
use crate::comments::scope::Scope;
use crate::engines::{Author, Submission};
use crate::storage::{self, Kept};

/// What of the storage's keys the outbox of a conversation has.
const KIND: &str = "outbox";

/// A comment as it is kept. The token of a reader whom the host page knows is never among it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
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
    /// How many attempts have failed, in whatever tab.
    #[serde(default)]
    pub tried: u32,
    /// Until when the server wants to be left alone, in milliseconds since the epoch.
    #[serde(default)]
    pub not_before: f64,
}

impl Stored {
    /// `submission` as it is at first.
    #[must_use]
    pub fn new(submission: &Submission) -> Self {
        let author = submission.author.clone();
        Self {
            name: author.name,
            email: author.email,
            website: author.website,
            parent: submission.parent.clone(),
            is_vouched_for: author.is_vouched_for,
            body: submission.body.clone(),
            at: js_sys::Date::now(),
            tried: 0,
            not_before: 0.0,
        }
    }

    /// The comment of the conversation `thread` that goes by `key`.
    #[must_use]
    pub fn submission(self, thread: &str, key: IdempotencyKey) -> Submission {
        let Self { name, email, website, is_vouched_for, parent, body, .. } = self;
        let author = Author { name, email, website, is_vouched_for };
        Submission { key, thread: thread.to_owned(), parent, author, body }
    }

    /// The same after one more failed attempt; `asked_for` is the pause that the server wants, in seconds.
    #[must_use]
    pub fn failed(self, asked_for: Option<u32>) -> Self {
        let pause = f64::from(asked_for.unwrap_or(0).min(LONGEST_ASKED_FOR)) * 1_000.0;
        Self { tried: self.tried.saturating_add(1), not_before: js_sys::Date::now() + pause, ..self }
    }

    /// How long the server wants to be left alone from `now` on, in seconds; `None` where it does not.
    #[must_use]
    pub fn asked_for(&self, now: f64) -> Option<u32> {
        let seconds = ((self.not_before - now) / 1_000.0).ceil();
        // A longer one says that the clock was set back.
        (seconds > 0.0 && seconds <= f64::from(LONGEST_ASKED_FOR)).then_some(seconds as u32)
    }
}

/// The storage key of the submitted comment `key` of `scope`.
#[must_use]
pub fn storage_key(scope: &Scope, key: &IdempotencyKey) -> String {
    [&scope.storage_key(KIND), key.as_str()].concat()
}

/// The idempotency key in the storage key `name`, where that is one of `scope`'s outbox.
#[must_use]
pub fn key_of(scope: &Scope, name: &str) -> Option<IdempotencyKey> {
    IdempotencyKey::parse(name.strip_prefix(&scope.storage_key(KIND))?)
}

/// Keeps `stored` under `name`.
pub fn write(name: &str, stored: &Stored) -> Kept {
    storage::write(name, stored)
}

/// What is kept under `name`, and where.
#[must_use]
pub fn read(name: &str) -> Option<(Stored, Kept)> {
    storage::read(name)
}

/// Forgets what is kept under `name`.
pub fn remove(name: &str) {
    storage::remove(name);
}

/// Every comment that the device keeps for `scope`, the latest first.
#[must_use]
pub fn all(scope: &Scope) -> Vec<(IdempotencyKey, Stored, Kept)> {
    let names = storage::keys(&scope.storage_key(KIND));
    let mut all: Vec<_> = names
        .iter()
        .filter_map(|name| {
            let (stored, kept) = read(name)?;
            Some((key_of(scope, name)?, stored, kept))
        })
        .collect();
    all.sort_by(|(_, one, _), (_, other, _)| other.at.total_cmp(&one.at));
    all
}

/// Whether the outbox of `scope` has this text already, as a reply to `parent`. A draft that says the same was left by a
/// page that died between keeping the comment and emptying the field.
#[must_use]
pub fn has(scope: &Scope, parent: Option<&str>, text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && all(scope).iter().any(|(_, stored, _)| stored.body == text && stored.parent.as_deref() == parent)
}
