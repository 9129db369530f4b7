//! What the other tabs on the same conversation do: `storage` events tell of each change that they make (HTML, section
//! 12.2.5), and a lock that is free again tells that one has ended or died.

use std::rc::Rc;
use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use maqal_contract::IdempotencyKey;
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use super::keeping::{self, Stored};
use super::{Claim, Entry, EntryState, Inner, Outbox, lock, restored};
use crate::fetch::pause::sleep;
use crate::storage::Kept;

/// How long the tab in which a comment was submitted may take to begin sending it.
const HEAD_START: Duration = Duration::from_secs(3);

/// How long the event of a change may come after the change itself can be seen.
const EVENT_DELAY: Duration = Duration::from_millis(50);

/// Hears what the other tabs do, until the outbox goes.
pub(super) fn hear(outbox: Outbox) {
    let stored = window_event_listener_untyped("storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            outbox.changed(event);
        }
    });
    // A page that comes out of the browser's back-forward cache has heard nothing meanwhile.
    let shown = window_event_listener_untyped("pageshow", move |event| {
        if Reflect::get(&event, &"persisted".into()).is_ok_and(|persisted| persisted.is_truthy()) {
            outbox.look_again();
        }
    });
    on_cleanup(move || {
        stored.remove();
        shown.remove();
    });
}

/// Waits until the events of all changes that can be seen now have come.
pub(super) async fn heard_all() {
    sleep(EVENT_DELAY).await;
}

impl Outbox {
    fn changed(self, event: &StorageEvent) {
        let Some(inner) = self.inner.try_get_value() else { return };
        let Some(name) = event.key() else {
            self.keep_anew(&inner);
            return;
        };
        if let Some(key) = keeping::key_of(&inner.scope, &name) {
            match keeping::read(&name) {
                Some((stored, kept)) => self.noted(&inner, key, stored, kept),
                None => self.ended(&inner, &key),
            }
        } else if let Some(id) = name.strip_prefix(&inner.scope.storage_key("own"))
            && event.old_value().is_none()
            && event.new_value().is_some()
        {
            (inner.reactions.sent_elsewhere)(id.to_owned());
        }
    }

    /// Another tab has kept the comment of `key`, or noted a failed attempt.
    fn noted(self, inner: &Rc<Inner>, key: IdempotencyKey, stored: Stored, kept: Kept) {
        let asked_for = stored.asked_for(js_sys::Date::now());
        let waits = self.look(&key, |entry| matches!(entry.state, EntryState::Waiting(_)));
        if waits == Some(true) {
            // Neither tab need try before the other's pause is over.
            self.update(&key, |entry| entry.attempts = entry.attempts.max(stored.tried));
            self.try_later(&key, asked_for);
        } else if waits.is_none() {
            let submission = stored.submission(&inner.scope.thread, key.clone());
            let entry = Entry { state: EntryState::Elsewhere, ..restored(submission, kept) };
            self.entries.update(|entries| entries.insert(0, entry));
            let inner = inner.clone();
            inner.conversation.spawn(async move {
                sleep(HEAD_START).await;
                self.follow(&inner, &key).await;
            });
        }
    }

    /// Another tab has ended with the comment of `key`: it was acknowledged, taken back or discarded there.
    fn ended(self, inner: &Inner, key: &IdempotencyKey) {
        // One that is under way here as well, where there are no locks, ends with its own answer.
        if self.look(key, |entry| matches!(entry.state, EntryState::Sending { .. })) == Some(false) {
            self.leave(inner, key, None);
        }
    }

    /// Waits until no other tab has the comment of `key`, and goes on with it where it is not done.
    pub(super) async fn follow(self, inner: &Rc<Inner>, key: &IdempotencyKey) {
        let name = inner.name(key);
        let tried = keeping::read(&name).map(|(stored, _)| stored.tried);
        let lock = lock::wait(&name).await;
        let stored = keeping::read(&name).map(|(stored, _)| stored);
        if stored.is_none() {
            heard_all().await;
        }
        if self.look(key, |entry| entry.state == EntryState::Elsewhere) != Some(true) {
            return;
        }
        self.update(key, |entry| entry.state = EntryState::Waiting(None));
        match stored {
            Some(stored) if Some(stored.tried) != tried => {
                self.try_later(key, stored.asked_for(js_sys::Date::now()));
            }
            // It died; or the storage was cleared.
            _ => self.begin(key, Claim::Done(lock)),
        }
    }

    /// Somebody cleared the storage: what is not acknowledged is kept anew.
    fn keep_anew(self, inner: &Inner) {
        self.entries.try_update(|entries| {
            for entry in entries {
                entry.kept = keeping::write(&inner.name(&entry.submission.key), &Stored::new(&entry.submission));
            }
        });
    }

    /// Takes out of the list what other tabs have ended with while this page heard nothing.
    fn look_again(self) {
        let Some(inner) = self.inner.try_get_value() else { return };
        let keys = self.entries.with_untracked(|entries| {
            let keys = entries.iter().map(|entry| entry.submission.key.clone());
            keys.filter(|key| keeping::read(&inner.name(key)).is_none()).collect::<Vec<_>>()
        });
        for key in keys {
            self.ended(&inner, &key);
        }
        self.send_all();
    }
}
