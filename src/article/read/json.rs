//! Which of the JSON formats a document is in.

use super::{Document, ReadError, Reading, json_ld};

/// Reads JSON.
///
/// # Errors
/// [`ReadError::Json`], [`ReadError::NotAnArticle`], and what the format's own reader finds wrong.
pub fn read(document: &Document) -> Result<Reading, ReadError> {
    json_ld::read(document.text)
}
