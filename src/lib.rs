//! **Maqal**: a custom element that renders a right-to-left article card and its conversation.
//!
//! The loader (`embed/embed.js`) defines `<maqal-card>` and, once a card nears the viewport, loads this module and
//! hands it each host element: see [`element::Card`]. `ARCHITECTURE.md` tells the rooms and the way of the data.

pub mod app;
pub mod article;
pub mod comfort;
pub mod comments;
pub mod element;
pub mod engines;
pub mod fetch;
pub mod outward;
pub mod settings;
pub mod storage;
pub mod ui;

pub use maqal_reading::{i18n, markup, safe_html, text, url, view};
