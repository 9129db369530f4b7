//! Which of the XML formats a document is in.

use super::{Document, ReadError, Reading};
use crate::markup;

/// Reads XML.
///
/// # Errors
/// [`ReadError::Xml`], [`ReadError::UnknownXml`], and what the format's own reader finds wrong.
pub fn read(document: &Document) -> Result<Reading, ReadError> {
    let root = markup::xml(document.text)?;
    Err(ReadError::UnknownXml { root: root.name })
}
