//! The wire between a widget and a comment endpoint: types, limits and problem types. No I/O.
//!
//! The widget and the reference endpoint share this crate, so that neither can drift from the other; the
//! endpoint's OpenAPI document is generated from it (feature `openapi`).

pub mod comment;
pub mod idempotency;
pub mod identity;
pub mod lenient;
pub mod limits;
pub mod live;
mod look_alike;
pub mod name;
mod presentation;
pub mod problem;
pub mod reader;
pub mod unicode;
pub mod validate;

pub use comment::{Badge, Comment, Edit, NewComment, Page, Posted, Preview, Rendered, Sort, State};
pub use idempotency::IdempotencyKey;
pub use live::{Change, Changes};
pub use problem::{FieldError, Problem, ProblemType, Reason};
pub use reader::{Counts, Likes, Report, ReportReason};
