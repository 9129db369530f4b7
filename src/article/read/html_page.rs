//! A whole web page: its JSON-LD, its Open Graph, its markup.

use super::{Document, ReadError, Reading};

/// Reads the article of a page.
///
/// # Errors
/// [`ReadError::HtmlInstead`], [`ReadError::NoArticleInHtml`], [`ReadError::Forbidden`].
pub fn read(document: &Document) -> Result<Reading, ReadError> {
    let _ = document;
    Err(ReadError::NoArticleInHtml { title: None })
}
