//! The endpoint from outside: the real router on real database files, and the real program. One file per capability.
#![allow(clippy::unwrap_used, reason = "clippy.toml frees tests of it, but not the functions that tests share")]

mod cors;
mod database;
mod idempotency;
mod limits;
mod openapi;
mod paging;
mod posting;
mod process;
mod reading;
mod replies;
mod routing;
mod support;
