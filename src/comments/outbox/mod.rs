//! Submitted comments until they are acknowledged: kept on this device, sent again by themselves.
//!
//! `entry` is one of them and where it stands, `keeping` what the device keeps of it, `lock` sees to it that one tab at a
//! time has it in hand, `siblings` hears what the other tabs do, `backoff` says when it is tried again, `key` names it: sending
//! it again after a lost answer makes no second comment.

mod backoff;
mod entry;
mod keeping;
mod key;
mod lock;
mod siblings;

use std::rc::Rc;
use std::task::{Context, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use maqal_contract::{FieldError, IdempotencyKey, State};

pub use entry::{Entry, EntryState, parent_is_gone};
pub use key::new_key;

use self::keeping::Stored;
use self::lock::Lock;
use super::conversation::Conversation;
use super::own;
use super::scope::Scope;
use super::thread::SLOW_AFTER;
use crate::engines::{Author, Engine, Posted, Submission};
use crate::fetch::{Cause, Failure};
use crate::i18n::{Catalogue, fill};
use crate::outward::FaultCode;
use crate::storage::Kept;
use crate::ui::{CardContext, failure};

/// Offers a refused comment and its refused fields to the composer; returns whether it took them.
pub type TakeBack = dyn Fn(&Submission, &[FieldError]) -> bool;

/// Hears that an entry is about to leave the list, and the id of the comment that comes in its place.
pub type Leaving = dyn Fn(&IdempotencyKey, Option<&str>);

/// What happens when an entry leaves the outbox.
pub struct Reactions {
    /// The endpoint acknowledged it.
    pub sent: Box<dyn Fn(Posted)>,
    /// The endpoint acknowledged to another tab the comment of this id.
    pub sent_elsewhere: Box<dyn Fn(String)>,
    /// The endpoint refused some of its fields.
    pub refused: Box<TakeBack>,
    /// It is about to leave the list.
    pub leaving: Box<Leaving>,
}

/// How a comment's lock is had before it is sent.
enum Claim {
    /// It is in hand already.
    Done(Lock),
    /// Nothing is sent before it is in hand.
    First,
    /// It is asked for while the comment is sent. The other tabs that hear of that wait for a moment; against one that is opened in
    /// this moment there is the idempotency key.
    Meanwhile,
}

/// The outbox of one conversation.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// The entries, the latest first.
    pub entries: RwSignal<Vec<Entry>>,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    conversation: Conversation,
    scope: Scope,
    reactions: Reactions,
    card: CardContext,
}

impl Outbox {
    /// The outbox with what this device keeps for `conversation`; nothing is sent yet.
    #[must_use]
    pub fn new(conversation: Conversation, reactions: Reactions) -> Self {
        let (scope, card) = (conversation.scope(), conversation.card);
        let kept = keeping::all(&scope).into_iter();
        let entries = kept.map(|(key, stored, kept)| restored(stored.submission(&scope.thread, key), kept)).collect();
        let outbox = Self {
            entries: RwSignal::new(entries),
            inner: StoredValue::new_local(Rc::new(Inner { conversation, scope, reactions, card })),
        };
        let online = window_event_listener(leptos::ev::online, move |_| outbox.send_all());
        on_cleanup(move || online.remove());
        siblings::hear(outbox);
        Effect::new(move |former: Option<Option<String>>| {
            let token = conversation.identity.get().map(|identity| identity.token);
            if former.is_some_and(|former| former != token) && token.is_some() {
                outbox.send_those(|state| matches!(state, EntryState::Unsigned(_)));
            }
            token
        });
        outbox
    }

    /// Whether this device keeps `text` as a comment of `scope` that is not acknowledged, as a reply to `parent`: the page
    /// may have died before its draft was gone.
    #[must_use]
    pub fn keeps(scope: &Scope, parent: Option<&str>, text: &str) -> bool {
        keeping::has(scope, parent, text)
    }

    /// Takes a comment that was checked, keeps it and sends it. Once this returns it is kept: its draft may go.
    pub fn submit(self, author: Author, parent: Option<String>, body: String) {
        let key = new_key();
        let inner = self.inner.get_value();
        let thread = inner.scope.thread.clone();
        let submission = Submission { key: key.clone(), thread, parent, author, body };
        let kept = keeping::write(&inner.name(&key), &Stored::new(&submission));
        if kept == Kept::Page {
            inner.card.outward.fault(
                FaultCode::Storage,
                "localStorage takes nothing: an unsent comment lives only as long as this page".to_owned(),
            );
        }
        self.entries.update(|entries| entries.insert(0, restored(submission, kept)));
        self.begin(&key, Claim::Meanwhile);
    }

    /// Sends what waits, as far as the server does not want to be left alone.
    pub fn send_all(self) {
        self.send_those(|state| matches!(state, EntryState::Waiting(_)));
    }

    fn send_those(self, which: impl Fn(&EntryState) -> bool) {
        let Some(inner) = self.inner.try_get_value() else { return };
        let keys: Vec<_> = self
            .entries
            .try_with_untracked(|entries| {
                // The first one that was submitted goes first.
                let those = entries.iter().rev().filter(|entry| which(&entry.state));
                those.map(|entry| entry.submission.key.clone()).collect()
            })
            .unwrap_or_default();
        for key in keys {
            let stored = keeping::read(&inner.name(&key));
            match stored.and_then(|(stored, _)| stored.asked_for(js_sys::Date::now())) {
                Some(seconds) => self.try_later(&key, Some(seconds)),
                None => self.send(&key),
            }
        }
    }

    /// Sends the entry of `key`, whatever the server asked for; nothing where it is under way.
    pub fn send(self, key: &IdempotencyKey) {
        self.begin(key, Claim::First);
    }

    fn begin(self, key: &IdempotencyKey, claim: Claim) {
        let Some(inner) = self.inner.try_get_value() else { return };
        let started = self.update(key, |entry| {
            if entry.state.is_under_way() {
                return None;
            }
            let token = match inner.token_for(&entry.submission.author) {
                Ok(token) => token,
                Err(Unsigned) => {
                    entry.state = EntryState::Unsigned(None);
                    return Some(Err(Unsigned));
                }
            };
            entry.attempts = entry.attempts.saturating_add(1);
            entry.state = EntryState::Sending { slow: false };
            Some(Ok((entry.submission.clone(), entry.attempts, token)))
        });
        match started.flatten() {
            None => {}
            Some(Err(Unsigned)) => inner.say(|words| words.unsent_unsigned),
            Some(Ok((submission, attempt, token))) => {
                self.tell_if_slow(key, attempt);
                let engine = inner.conversation.engine();
                let mut delivery = Box::pin(self.deliver(inner, engine, submission, token, claim));
                // Begun before what has changed is shown: the server's answer need not wait for a frame.
                if delivery.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
                    // Not tied to the card: a comment under way when its card goes is let through, and then forgotten here.
                    spawn_local(delivery);
                }
            }
        }
    }

    async fn deliver(
        self,
        inner: Rc<Inner>,
        engine: Rc<dyn Engine>,
        submission: Submission,
        token: Option<String>,
        claim: Claim,
    ) {
        let (mut lock, asked) = match claim {
            Claim::Done(lock) => (Some(lock), None),
            Claim::First => match lock::claim(&inner.name(&submission.key)).await {
                Some(lock) => (Some(lock), None),
                None => {
                    self.update(&submission.key, |entry| entry.state = EntryState::Elsewhere);
                    self.follow(&inner, &submission.key).await;
                    return;
                }
            },
            Claim::Meanwhile => (None, Some(lock::claim(&inner.name(&submission.key)))),
        };
        if self.is_there(&inner, &submission.key).await {
            self.keep_on_device(&inner, &submission);
            let answer = engine.post(&submission, token.as_deref()).await;
            if let Some(asked) = asked {
                lock = asked.await;
            }
            match answer {
                Ok(posted) => self.acknowledge(&inner, &submission.key, posted),
                Err(failure) => self.set_back(&inner, &submission, failure),
            }
        }
        // Where it is still to be sent, whoever tries next need not wait.
        if let Some(lock) = lock.filter(|_| keeping::read(&inner.name(&submission.key)).is_none()) {
            lock.linger();
        }
    }

    /// Gives the comment of `key` to `taker`, and then forgets it here. Where another tab has it, nothing happens, and
    /// that is said.
    pub fn take_back(self, key: &IdempotencyKey, taker: impl FnOnce(&Submission) + 'static) {
        let Some(inner) = self.inner.try_get_value() else { return };
        let key = key.clone();
        inner.conversation.spawn({
            let inner = inner.clone();
            async move {
                let Some(lock) = lock::claim(&inner.name(&key)).await else {
                    inner.say(|words| words.unsent_held);
                    return;
                };
                let is_there = self.is_there(&inner, &key).await;
                let entry = self.look(&key, |entry| entry.submission.clone());
                if let Some(submission) = entry.filter(|_| is_there) {
                    // In this order: where the page dies in between, it is there twice rather than nowhere.
                    taker(&submission);
                    self.forget(&inner, &key, None);
                }
                lock.linger();
            }
        });
    }

    /// Forgets the comment of `key` unsent.
    pub fn discard(self, key: &IdempotencyKey) {
        let inner = self.inner.try_get_value();
        self.take_back(key, move |_| {
            if let Some(inner) = inner {
                inner.say(|words| words.unsent_discarded);
            }
        });
    }

    /// Sends the comment of `key`, which was refused as a reply, as a top-level one.
    pub fn send_as_top(self, key: &IdempotencyKey) {
        // The endpoint may have noted the key for the reply.
        self.take_back(key, move |refused| self.submit(refused.author.clone(), None, refused.body.clone()));
    }

    /// Whether the comment of `key` is still to be sent. To be asked with its lock in hand.
    ///
    /// Where the storage has it no more, another tab has ended with it, and an event says so; or somebody cleared the
    /// storage (a host page that signs its reader out), and then it is kept anew.
    async fn is_there(self, inner: &Inner, key: &IdempotencyKey) -> bool {
        let name = inner.name(key);
        if keeping::read(&name).is_some() {
            return true;
        }
        siblings::heard_all().await;
        let submission = self.look(key, |entry| entry.submission.clone());
        if let Some(submission) = &submission {
            keeping::write(&name, &Stored::new(submission));
        }
        submission.is_some()
    }

    /// Keeps on the device what was only in the page, where there is room by now: its draft has gone.
    fn keep_on_device(self, inner: &Inner, submission: &Submission) {
        let is_unkept = self.look(&submission.key, |entry| entry.kept == Kept::Page) == Some(true);
        if is_unkept && keeping::write(&inner.name(&submission.key), &Stored::new(submission)) == Kept::Device {
            self.update(&submission.key, |entry| entry.kept = Kept::Device);
        }
    }

    /// Takes the entry of `key` off the device, and out of the list where that still stands. `comment` comes in its place.
    fn forget(self, inner: &Inner, key: &IdempotencyKey, comment: Option<&str>) -> bool {
        keeping::remove(&inner.name(key));
        self.leave(inner, key, comment)
    }

    /// Takes the entry of `key` out of the list.
    fn leave(self, inner: &Inner, key: &IdempotencyKey, comment: Option<&str>) -> bool {
        if self.look(key, |_| ()).is_none() {
            return false;
        }
        (inner.reactions.leaving)(key, comment);
        self.entries.try_update(|entries| entries.retain(|entry| entry.submission.key != *key));
        true
    }

    fn acknowledge(self, inner: &Inner, key: &IdempotencyKey, posted: Posted) {
        own::remember(&inner.scope, &posted);
        // Where the card has gone meanwhile, nobody is left to be told.
        if self.forget(inner, key, Some(&posted.comment.id)) {
            let is_pending = posted.comment.state == State::Pending;
            (inner.reactions.sent)(posted);
            inner.say(if is_pending { |words| words.sent_pending } else { |words| words.sent });
        }
    }

    fn set_back(self, inner: &Inner, submission: &Submission, failure: Failure) {
        let key = &submission.key;
        let asked_for = failure.cause.retry_after();
        self.note_failure(inner, submission, asked_for);
        if self.entries.is_disposed() {
            return;
        }
        inner.card.outward.fault(FaultCode::Comment, failure.to_string());
        let fields = match &failure.cause {
            Cause::Refused(_, Some(problem)) if !parent_is_gone(&failure.cause) => problem.errors.as_slice(),
            _ => &[],
        };
        let state = EntryState::after(failure.clone(), submission.author.is_vouched_for);
        self.announce_once(inner, key, &failure);
        if !fields.is_empty() && (inner.reactions.refused)(submission, fields) {
            self.forget(inner, key, None);
            return;
        }
        let waits = matches!(state, EntryState::Waiting(_));
        self.update(key, |entry| entry.state = state);
        if waits {
            self.try_later(key, asked_for);
        }
    }

    /// Notes that an attempt has failed, for the other tabs and the next visit.
    fn note_failure(self, inner: &Inner, submission: &Submission, asked_for: Option<u32>) {
        let name = inner.name(&submission.key);
        let stored = match keeping::read(&name) {
            Some((stored, _)) => stored,
            // Cleared while it was under way; or, where there are no locks, another tab has ended with it.
            None if self.look(&submission.key, |_| ()).is_some() => Stored::new(submission),
            None => return,
        };
        keeping::write(&name, &stored.failed(asked_for));
    }

    /// Has the entry of `key` wait for its next attempt; the reader, the network's return or another tab may be faster.
    fn try_later(self, key: &IdempotencyKey, asked_for: Option<u32>) {
        let Some(attempts) = self.look(key, |entry| entry.attempts) else { return };
        let key = key.clone();
        set_timeout(
            move || {
                let is_due = self
                    .look(&key, |entry| entry.attempts == attempts && matches!(entry.state, EntryState::Waiting(_)));
                if is_due == Some(true) {
                    self.send(&key);
                }
            },
            backoff::pause(attempts, asked_for, js_sys::Math::random()),
        );
    }

    fn tell_if_slow(self, key: &IdempotencyKey, attempt: u32) {
        let key = key.clone();
        set_timeout(
            move || {
                self.update(&key, |entry| {
                    if entry.attempts == attempt && matches!(entry.state, EntryState::Sending { .. }) {
                        entry.state = EntryState::Sending { slow: true };
                    }
                });
            },
            SLOW_AFTER,
        );
    }

    /// Tells a screen reader of the first failure; the attempts that follow by themselves are not worth a word.
    fn announce_once(self, inner: &Inner, key: &IdempotencyKey, failure: &Failure) {
        if self.look(key, |entry| entry.attempts) == Some(1) {
            let locale = inner.card.locale.get_untracked();
            let template =
                if failure.cause.is_passing() { locale.words.send_failed } else { locale.words.send_refused };
            inner.conversation.announce(fill(template, "cause", &failure::sentence(&failure.cause, &locale)));
        }
    }

    fn look<T>(self, key: &IdempotencyKey, look: impl FnOnce(&Entry) -> T) -> Option<T> {
        self.entries
            .try_with_untracked(|entries| entries.iter().find(|entry| entry.submission.key == *key).map(look))
            .flatten()
    }

    fn update<T>(self, key: &IdempotencyKey, change: impl FnOnce(&mut Entry) -> T) -> Option<T> {
        self.entries
            .try_update(|entries| entries.iter_mut().find(|entry| entry.submission.key == *key).map(change))
            .flatten()
    }
}

/// The host page does not say that the comment's author is who reads now.
struct Unsigned;

impl Inner {
    /// Has a screen reader say this.
    fn say(&self, pick: fn(&Catalogue) -> &'static str) {
        self.conversation.announce(pick(self.card.locale.get_untracked().words).to_owned());
    }

    fn name(&self, key: &IdempotencyKey) -> String {
        keeping::storage_key(&self.scope, key)
    }

    /// The token to send along. A reader who wrote under a name of his own choice stays under it; and what one reader
    /// wrote under his host's name is not sent under another's.
    fn token_for(&self, author: &Author) -> Result<Option<String>, Unsigned> {
        if !author.is_vouched_for {
            return Ok(None);
        }
        let identity = self.conversation.identity.get_untracked();
        let same = identity.filter(|identity| identity.name == author.name);
        same.map(|identity| Some(identity.token)).ok_or(Unsigned)
    }
}

/// An entry of which this page knows nothing but what was kept.
fn restored(submission: Submission, kept: Kept) -> Entry {
    Entry { submission, kept, state: EntryState::Waiting(None), attempts: 0 }
}
