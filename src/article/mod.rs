//! The article: its loading, and the card's view of it. Model and readers are those of `maqal-reading`.

pub mod listen;
pub mod load;
pub mod state;
pub mod view;

pub use maqal_reading::article::{model, read, reading_time};

pub use load::{ArticleError, Loaded};
