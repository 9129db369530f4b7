//! The endpoint from outside: the real router on real database files, and the real program. One file per capability.
#![allow(clippy::unwrap_used, reason = "clippy.toml frees tests of it, but not the functions that tests share")]

mod authors;
mod changes;
mod cors;
mod counts;
mod database;
mod edits;
mod idempotency;
mod identity;
mod likes;
mod limits;
mod moderation;
mod openapi;
mod orders;
mod paging;
mod posting;
mod previews;
mod process;
mod reading;
mod replies;
mod reports;
mod routing;
mod stream;
mod support;
