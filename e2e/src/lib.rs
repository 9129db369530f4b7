//! The end-to-end harness: a real browser, the built widget, a page on another origin, and the real endpoint on a
//! SQLite file, with faults in between that a test switches on and off.
//!
//! A [`Stage`](stage::Stage) is everything but the browser; a [`Browser`](browser::Browser) is one reader.
//! `cargo xtask test e2e` builds what they need and names it in the environment ([`environment`]).

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness fails its test by panicking, with a sentence that says why"
)]

pub mod account;
pub mod apart;
pub mod article;
pub mod bench;
pub mod browser;
pub mod card;
pub mod cdn;
pub mod child;
pub mod client;
pub mod console;
pub mod demo;
pub mod driver;
pub mod endpoint;
pub mod engine;
pub mod environment;
pub mod firefox;
pub mod firefox_profile;
pub mod framed;
pub mod framework;
pub mod gate;
pub mod glyphs;
pub mod half_written;
pub mod host;
pub mod hostile;
pub mod http;
pub mod keyboard;
pub mod look;
pub mod matrix;
pub mod palette;
pub mod picture;
pub mod project;
pub mod proxy;
pub mod publisher;
pub mod recipe;
pub mod sabotage;
pub mod scratch;
pub mod session;
pub mod skip;
pub mod stage;
pub mod states;
pub mod tree;
pub mod wait;
pub mod wordpress;
