//! The state of a conversation: what is loaded, what there is, and what went wrong.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::scope::Scope;
use crate::engines::{Comment, Engine};
use crate::fetch::Failure;
use crate::outward::{FaultCode, Outgoing};
use crate::ui::CardContext;

/// After this long without an answer the reader is told that the server is slow.
pub const SLOW_AFTER: Duration = Duration::from_secs(5);

/// Where loading stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// A page is on its way; `slow` once it takes its time.
    Loading {
        /// Whether it takes long.
        slow: bool,
    },
    /// What was asked for is here.
    Ready,
    /// The last page asked for did not come.
    Failed(Failure),
}

/// A conversation.
#[derive(Clone, Copy)]
pub struct Thread {
    /// The comments, newest first.
    pub comments: RwSignal<Vec<Arc<Comment>>>,
    /// How many there are in all, once known.
    pub total: RwSignal<Option<u64>>,
    /// How many of those loaded could not be read.
    pub unreadable: RwSignal<u64>,
    /// Where the next page begins.
    pub next: RwSignal<Option<String>>,
    /// Where loading stands.
    pub status: RwSignal<Status>,
    engine: StoredValue<Rc<dyn Engine>, LocalStorage>,
    name: StoredValue<String>,
    attempts: StoredValue<u32>,
    owner: StoredValue<Owner>,
    card: CardContext,
}

impl Thread {
    /// An empty conversation; nothing is asked for yet.
    #[must_use]
    pub fn new(engine: Rc<dyn Engine>, scope: &Scope, card: CardContext) -> Self {
        Self {
            comments: RwSignal::new(Vec::new()),
            total: RwSignal::new(None),
            unreadable: RwSignal::new(0),
            next: RwSignal::new(None),
            status: RwSignal::new(Status::Loading { slow: false }),
            engine: StoredValue::new_local(engine),
            name: StoredValue::new(scope.thread.clone()),
            attempts: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            card,
        }
    }

    /// Forgets what is loaded and asks for the first page again.
    pub fn reload(self) {
        self.comments.set(Vec::new());
        self.unreadable.set(0);
        self.next.set(None);
        self.load();
    }

    /// Asks for the first page, or the next one where some are loaded. It stops when the conversation goes.
    pub fn load(self) {
        self.status.set(Status::Loading { slow: false });
        self.attempts.update_value(|n| *n += 1);
        let attempt = self.attempts.get_value();
        let (engine, name) = (self.engine.get_value(), self.name.get_value());
        let after = self.next.get_untracked();
        let ask = move || {
            set_timeout(
                move || {
                    if self.attempts.try_get_value() == Some(attempt)
                        && self.status.try_with_untracked(|status| matches!(status, Status::Loading { .. }))
                            == Some(true)
                    {
                        self.status.set(Status::Loading { slow: true });
                    }
                },
                SLOW_AFTER,
            );
            spawn_local_scoped_with_cancellation(async move {
                let answer = engine.page(&name, after.as_deref()).await;
                // A later request has taken this one's place.
                if self.attempts.get_value() != attempt {
                    return;
                }
                match answer {
                    Ok(page) => {
                        self.unreadable.update(|n| *n += page.unreadable);
                        if page.unreadable > 0 {
                            let message = format!(
                                "{} comments of a page could not be read: no id, no name, or not of the contract's shape",
                                page.unreadable
                            );
                            self.card.outward.fault(FaultCode::Conversation, message);
                        }
                        self.comments.update(|comments| {
                            for comment in page.comments {
                                if !comments.iter().any(|known| known.id == comment.id) {
                                    comments.push(Arc::new(comment));
                                }
                            }
                        });
                        self.next.set(page.next);
                        self.set_total(page.total);
                        self.status.set(Status::Ready);
                    }
                    Err(failure) => {
                        self.card.outward.fault(FaultCode::Conversation, failure.to_string());
                        self.status.set(Status::Failed(failure));
                    }
                }
            });
        };
        // A retry button's click has no owner: the task is tied to the conversation's.
        self.owner.get_value().with(ask);
    }

    /// Puts an acknowledged comment where the newest is. One that is there already stays as it is.
    pub fn add(self, comment: Comment) {
        let added = self.comments.try_update(|comments| {
            let new = !comments.iter().any(|known| known.id == comment.id);
            if new {
                comments.insert(0, Arc::new(comment));
            }
            new
        });
        if added == Some(true) {
            self.set_total(self.total.get_untracked().unwrap_or(0) + 1);
        }
    }

    fn set_total(self, total: u64) {
        self.total.set(Some(total));
        self.card.outward.send(Outgoing::Count { thread: self.name.get_value(), total });
    }
}
