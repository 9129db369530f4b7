//! The article: its model, the readers of what publishers have, its loading, and the card's view of it.

pub mod listen;
pub mod load;
pub mod model;
pub mod read;
pub mod reading_time;
pub mod state;
pub mod view;

pub use load::{ArticleError, Loaded};
