//! `/api/comments`: reads a conversation, adds to it, changes what is in it, tells of what happens there.

mod changes;
mod count;
mod delete;
mod edit;
mod id;
mod like;
mod list;
mod one;
mod post;
mod preview;
mod report;
mod stream;

use axum::http::HeaderName;

// The `__path_…` items are what `utoipa::path` makes beside each handler.
pub use changes::{__path_changes, changes};
pub use count::{__path_count, count};
pub use delete::{__path_delete, delete};
pub use edit::{__path_edit, edit};
pub use like::{__path_like, __path_unlike, like, unlike};
pub use list::{__path_list, list};
pub use one::{__path_one, one};
pub use post::{__path_post, post};
pub use preview::{__path_preview, preview};
pub use report::{__path_report, report};
pub use stream::{__path_stream, stream};

/// The address of all comments; a comment's own is this, `/`, and its id. Ids are made here and are never a word, so
/// that words such as `count` can stand in their place.
pub const PATH: &str = "/api/comments";

/// Says `true` on the answer to a submission that was stored before.
pub const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
