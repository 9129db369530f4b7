//! The wire between a widget and a comment endpoint: types, limits and problem types. No I/O.
//!
//! The widget and the reference endpoint share this crate, so that neither can drift from the other; the
//! endpoint's OpenAPI document is generated from it (feature `openapi`).

pub mod comment;
pub mod idempotency;
pub mod limits;
pub mod problem;
pub mod unicode;
pub mod validate;

pub use comment::{Comment, NewComment, Page, Posted, Sort};
pub use idempotency::IdempotencyKey;
pub use problem::{FieldError, Problem, ProblemType, Reason};
