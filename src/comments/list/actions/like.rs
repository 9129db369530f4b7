//! Liking a comment: shown at once, taken back where the endpoint refuses it. The last press counts, however fast they
//! come.

use std::collections::HashMap;

use leptos::prelude::*;

use super::Actions;
use super::share::Remark;
use crate::comments::kept::KeptSet;
use crate::comments::reader;
use crate::comments::scope::Scope;
use crate::comments::thread::Said;
use crate::engines::Comment;

/// The likes of this device's reader in one conversation.
#[derive(Clone, Copy)]
pub(super) struct Likes {
    /// The ids of the comments of which the endpoint knows.
    kept: StoredValue<KeptSet>,
    /// Those of which it is being told.
    sending: StoredValue<HashMap<String, Like>>,
}

/// A like that is being given or taken back.
#[derive(Clone, Copy)]
struct Like {
    /// What the reader wants.
    wanted: bool,
    /// What the endpoint is known to know.
    known: bool,
}

impl Likes {
    pub(super) fn new(scope: &Scope) -> Self {
        let kept = KeptSet::load(scope.storage_key("liked"));
        Self { kept: StoredValue::new(kept), sending: StoredValue::new(HashMap::new()) }
    }

    /// Whether the reader likes `comment`, and how many readers do, this one included.
    pub(super) fn of(self, comment: &Comment) -> (bool, u64) {
        match self.sending(&comment.id) {
            Some(Like { wanted: true, known: false }) => (true, comment.likes.saturating_add(1)),
            Some(Like { wanted: false, known: true }) => (false, comment.likes.saturating_sub(1)),
            Some(Like { wanted, .. }) => (wanted, comment.likes),
            None => (self.kept.with_value(|kept| kept.contains(&comment.id)), comment.likes),
        }
    }

    fn sending(self, id: &str) -> Option<Like> {
        self.sending.try_with_value(|sending| sending.get(id).copied()).flatten()
    }

    /// The reader changes his mind. Gives whether the endpoint is to be told: it is not where somebody tells it already.
    fn turn(self, id: &str) -> bool {
        let known = self.kept.with_value(|kept| kept.contains(id));
        let mut is_new = false;
        self.sending.update_value(|sending| {
            let like = sending.entry(id.to_owned()).or_insert_with(|| {
                is_new = true;
                Like { wanted: known, known }
            });
            like.wanted = !like.wanted;
        });
        is_new
    }

    fn know(self, id: &str, known: bool) {
        self.kept.update_value(|kept| kept.set(id, known));
        self.sending.update_value(|sending| {
            if let Some(like) = sending.get_mut(id) {
                like.known = known;
            }
        });
    }

    fn settled(self, id: &str) {
        self.sending.update_value(|sending| _ = sending.remove(id));
    }
}

impl Actions {
    /// Likes `said`, or takes that back.
    pub(super) fn like(self, said: Said) {
        let id = said.id();
        let is_new = self.likes.turn(&id);
        self.remark(&id, None);
        if is_new {
            self.conversation().spawn(self.send_like(id));
        }
    }

    /// Tells the endpoint what the reader wants until it knows that.
    async fn send_like(self, id: String) {
        if self.likes.sending(&id).is_some_and(|like| like.wanted == like.known) {
            // He has changed his mind back before anybody heard of it.
            self.likes.settled(&id);
            return;
        }
        let conversation = self.conversation();
        let (engine, reader) = (conversation.engine(), reader::name(&conversation.scope()));
        while let Some(Like { wanted, .. }) = self.likes.sending(&id) {
            let answer = engine.like(&id, wanted, reader.as_str(), conversation.token().as_deref()).await;
            let has_changed = self.likes.sending(&id).is_some_and(|like| like.wanted != wanted);
            if let Ok(now) = &answer {
                self.likes.know(&id, now.liked);
                if let Some(said) = self.thread.find(&id) {
                    said.comment.update(|comment| std::sync::Arc::make_mut(comment).likes = now.likes);
                }
            }
            // After a failure too: nobody knows whether the endpoint heard the former wish.
            if has_changed {
                continue;
            }
            self.likes.settled(&id);
            match answer {
                Ok(_) => self.tell(&id),
                Err(failure) => {
                    self.fault(failure.to_string());
                    self.remark(&id, Some(Remark::LikeFailed { wanted, cause: failure.cause }));
                }
            }
        }
    }
}
