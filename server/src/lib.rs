//! The reference comment endpoint of Maqal: the contract on a SQLite file.
//!
//! A request passes through [`app::guard`] (log, CORS, limits) to one of the [`routes`], which speak to the
//! [`store`]. The binary adds only the command line: [`config`], [`run`].

pub mod access;
pub mod access_log;
pub mod app;
pub mod author;
pub mod body;
pub mod client;
pub mod config;
pub mod cors;
pub mod cursor;
pub mod identity;
pub mod identity_key;
pub mod limits;
pub mod logging;
pub mod markdown;
pub mod openapi;
pub mod problem;
pub mod query;
pub mod rate_limit;
pub mod reply;
pub mod request;
pub mod routes;
pub mod run;
pub mod secret;
pub mod serve;
pub mod signals;
pub mod state;
pub mod store;
pub mod streams;
