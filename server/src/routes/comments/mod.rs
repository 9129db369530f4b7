//! `/api/comments`: reads a conversation, adds to it, reads one comment.

mod list;
mod one;
mod post;

use axum::http::HeaderName;

// The `__path_…` items are what `utoipa::path` makes beside each handler.
pub use list::{__path_list, list};
pub use one::{__path_one, one};
pub use post::{__path_post, post};

/// The address of all comments; a comment's own is this, `/`, and its id.
pub const PATH: &str = "/api/comments";

/// Says `true` on the answer to a submission that was stored before.
pub const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
