//! Foreign HTML and XML as an inert tree: what a parser made of it, copied out of the parser's document.
//!
//! The tree is plain data. Nothing in it runs, fetches or is known to be safe: [`SafeHtml`](crate::safe_html::SafeHtml)
//! is what may be shown.

#[cfg(target_arch = "wasm32")]
mod browser;
mod dom;
mod handed;
mod links;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod tree;

/// The parsers: the browser's own in the widget; in native tests, libraries that keep to the same standards.
#[cfg(target_arch = "wasm32")]
use browser as parser;
#[cfg(not(target_arch = "wasm32"))]
use native as parser;

pub use dom::of_dom;
pub use handed::handed;
pub use links::make_absolute;
pub use tree::{Element, LeftOut, MAX_DEPTH, Namespace, Node};

/// Why there is no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// The page's Trusted Types let nobody parse: neither `Document.parseHTML` nor a policy named `maqal`.
    Forbidden,
    /// It is not well-formed XML; the parser's own words.
    Xml(String),
}

/// Parses a page or a fragment of HTML (HTML, section 13.2). The element is `html`, with `head` and `body` in it. Scripts
/// and frames may be lost.
///
/// # Errors
/// [`ParseError::Forbidden`].
pub fn html(text: &str) -> Result<Element, ParseError> {
    parser::html(text).ok_or(ParseError::Forbidden)
}

/// Parses as [`html`] does, and keeps frames where the page's Trusted Types allow it.
///
/// # Errors
/// [`ParseError::Forbidden`].
pub fn html_with_frames(text: &str) -> Result<Element, ParseError> {
    // Asking for a policy that the page forbids is reported to its owner: only where there is something to gain.
    if has_frame(text) { page(text) } else { html(text) }
}

fn has_frame(text: &str) -> bool {
    let name = b"<iframe";
    text.as_bytes().windows(name.len()).any(|found| found.eq_ignore_ascii_case(name))
}

/// Parses a page, as [`html`] does, and keeps its scripts, which hold its JSON-LD. Where the page's Trusted Types allow
/// only the parser that drops them, they are missing.
///
/// # Errors
/// [`ParseError::Forbidden`].
pub fn page(text: &str) -> Result<Element, ParseError> {
    parser::page(text).ok_or(ParseError::Forbidden)
}

/// Parses an XML document. The element is its root.
///
/// # Errors
/// [`ParseError`].
pub fn xml(text: &str) -> Result<Element, ParseError> {
    parser::xml(text)
}

/// `reference` in full, by the address that it stands under (WHATWG URL); `None` where it is no URL.
#[must_use]
pub fn resolve(reference: &str, base: &str) -> Option<String> {
    parser::resolve(reference, base)
}
