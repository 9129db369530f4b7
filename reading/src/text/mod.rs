//! Text as the world has it: which way it runs, bidirectional controls kept in bounds, hard-wrapped lines made paragraphs.

pub mod bidi;
pub mod direction;
pub mod ltr_words;
pub mod number;
pub mod percent;
pub mod reflow;
pub mod words;

/// `parts` as one text. The library's `concat` weighs many times as much.
#[must_use]
pub fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Whether `text` has `part` in it, which is short. The library's search is for long ones, and weighs as much as it is quick.
#[must_use]
pub fn has(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|found| found == part.as_bytes())
}
