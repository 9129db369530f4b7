//! Text as the world has it: which way it runs, bidirectional controls kept in bounds, hard-wrapped lines made paragraphs.

pub mod bidi;
pub mod direction;
pub mod ltr_words;
pub mod percent;
pub mod reflow;
pub mod words;
