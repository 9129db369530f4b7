//! The article: its model, the readers of what publishers have, and how long it takes to read.

mod beginning;
pub mod model;
pub mod read;
pub mod reading_time;
