//! One comment that stands in the list, and what stands under it.

use std::sync::Arc;

use leptos::prelude::*;
use maqal_contract::IdempotencyKey;
use maqal_reading::places::Place;

use super::Status;
use crate::engines::Comment;

/// A comment in the list.
#[derive(Clone, Copy)]
pub struct Said {
    /// The comment as it is now.
    pub comment: RwSignal<Arc<Comment>>,
    /// What stands under it, in the order in which it came.
    pub replies: RwSignal<Vec<Said>>,
    /// Its reader's own replies that are on their way, the latest first.
    pub unsent: RwSignal<Vec<IdempotencyKey>>,
    /// What its reader has opened beside it.
    pub open: RwSignal<Option<Open>>,
    /// The replies that are not here yet; of a top-level comment.
    pub rest: Option<RwSignal<Rest>>,
    place: StoredValue<Place>,
}

/// What can stand open beside a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// A reply is being written.
    Reply,
    /// Another text is being written in its place.
    Edit,
    /// It is being reported.
    Report,
    /// Its author is asked whether it is to go.
    Delete,
}

/// The replies under a top-level comment that are not here yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// How many.
    pub count: u64,
    /// Where they begin: behind the reply of this id, or at this cursor.
    pub after: Option<String>,
    /// Where loading them stands.
    pub status: Status,
}

impl Said {
    pub(super) fn new(comment: Comment, place: Place) -> Self {
        let is_top = place.depth == 0;
        let rest = Rest { count: 0, after: None, status: Status::Ready };
        Self {
            comment: RwSignal::new(Arc::new(comment)),
            replies: RwSignal::new(Vec::new()),
            unsent: RwSignal::new(Vec::new()),
            open: RwSignal::new(None),
            rest: is_top.then(|| RwSignal::new(rest)),
            place: StoredValue::new(place),
        }
    }

    /// The comment's identifier.
    #[must_use]
    pub fn id(self) -> String {
        self.comment.with_untracked(|comment| comment.id.clone())
    }

    /// Where it stands.
    #[must_use]
    pub fn place(self) -> Place {
        self.place.get_value()
    }

    /// How many comments stand under it here, at whatever depth.
    #[must_use]
    pub fn count_under(self) -> u64 {
        self.replies.with(|replies| replies.iter().map(|reply| 1 + reply.count_under()).sum())
    }
}
