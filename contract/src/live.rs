//! What happens in a conversation while it is read: comments that came, changed or went.
//!
//! A change is the comment as it is now: one of an unknown `id` is new, one of a known `id` takes its place. They come as
//! server-sent events (HTML, section 9.2) from `{endpoint}/stream?thread=…&since=…`, each with the moment as its `id`, so
//! that a browser that comes back sends it as `Last-Event-ID`; or all at once from `{endpoint}/changes?thread=…&since=…`.

use serde::{Deserialize, Serialize};

use crate::comment::Comment;

/// The header by which a browser resumes a stream (HTML, section 9.2.4).
pub const LAST_EVENT_ID_HEADER: &str = "Last-Event-ID";

/// The name of the event whose data is a [`Change`].
pub const CHANGE_EVENT: &str = "change";

/// The data of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// The comment as it is now.
    pub comment: Comment,
    /// How many comments the whole conversation has now.
    pub total: u64,
}

/// The changes since a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changes {
    /// Each comment that came, changed or went, once, as it is now; a reply stands after what it replies to.
    pub changes: Vec<Comment>,
    /// How many comments the whole conversation has now.
    pub total: u64,
    /// The moment to ask from next time.
    pub live: String,
    /// Whether there is more to ask for at once: an answer has at most
    /// [`limits::CHANGES_MAX`](crate::limits::CHANGES_MAX).
    #[serde(default)]
    pub more: bool,
}
