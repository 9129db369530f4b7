//! What every part of a conversation shares: which one it is, who answers for it, and who reads.

use std::rc::Rc;

use leptos::prelude::*;

use super::scope::Scope;
use crate::engines::{Engine, Identity, IdentityFault};
use crate::settings::Asks;
use crate::ui::CardContext;

/// One conversation, as its parts know it.
#[derive(Clone, Copy)]
pub struct Conversation {
    /// The card around it.
    pub card: CardContext,
    /// The reader, where the host page knows the reader.
    pub identity: Memo<Option<Identity>>,
    /// Why the host page's word for its reader is not taken, where it gave one.
    pub identity_fault: Memo<Option<IdentityFault>>,
    /// What is asked of an author beside a name.
    pub asks: Memo<Asks>,
    /// What a screen reader is told of what is written, sent and saved.
    pub announcement: RwSignal<String>,
    scope: StoredValue<Scope>,
    engine: StoredValue<Rc<dyn Engine>, LocalStorage>,
    owner: StoredValue<Owner>,
}

impl Conversation {
    /// The conversation of `scope`, owned by the current reactive owner.
    #[must_use]
    pub fn new(
        scope: &Scope,
        engine: Rc<dyn Engine>,
        identity: Memo<Result<Option<Identity>, IdentityFault>>,
        asks: Memo<Asks>,
        card: CardContext,
    ) -> Self {
        Self {
            card,
            identity: Memo::new(move |_| identity.get().unwrap_or_default()),
            identity_fault: Memo::new(move |_| identity.with(|identity| identity.as_ref().err().copied())),
            asks,
            announcement: RwSignal::new(String::new()),
            scope: StoredValue::new(scope.clone()),
            engine: StoredValue::new_local(engine),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// Which one.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.scope.get_value()
    }

    /// Who answers for it.
    #[must_use]
    pub fn engine(self) -> Rc<dyn Engine> {
        self.engine.get_value()
    }

    /// The token of a reader whom the host page knows, as it is now.
    #[must_use]
    pub fn token(self) -> Option<String> {
        self.identity.with_untracked(|identity| identity.as_ref().map(|identity| identity.token.clone()))
    }

    /// Has a screen reader say `sentence`, though it is the one that it said last.
    pub fn announce(self, sentence: String) {
        self.announcement.try_set(String::new());
        // A text that is the same is no change of the page.
        request_animation_frame(move || _ = self.announcement.try_set(sentence));
    }

    /// Makes something whose signals live as long as the conversation.
    pub fn with_owner<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }

    /// Runs `task` as long as the conversation lives. A button's click has no owner of its own.
    pub fn spawn(self, task: impl Future<Output = ()> + 'static) {
        if let Some(owner) = self.owner.try_get_value() {
            owner.with(|| leptos::task::spawn_local_scoped_with_cancellation(task));
        }
    }
}
