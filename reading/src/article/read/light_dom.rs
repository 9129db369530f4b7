//! The element's own children as an article: JSON-LD in a script, plain HTML, or both.
//!
//! This reader alone needs the browser: its text is a tree already.

use web_sys::Element;

use super::{ReadError, Reading, html_article, json_ld};
use crate::markup::of_dom;

/// Whether the children hold anything for a reader or a program.
#[must_use]
pub fn has_content(host: &Element) -> bool {
    find(host, JSON_LD) || find(host, "img, picture, video") || has_text(host)
}

const JSON_LD: &str = "script[type='application/ld+json']";

/// Reads the children of `host`; `None` where there is nothing to read.
#[must_use]
pub fn read(host: &Element) -> Option<Result<Reading, ReadError>> {
    if !has_content(host) {
        return None;
    }
    let tree = of_dom(host);
    let page = host.base_uri().ok().flatten().unwrap_or_default();
    let reading = html_article::read(&tree, None, &page);
    // Nothing but JSON-LD, and no text in that: its own reader says why.
    match html_article::scripts(&tree).first() {
        Some(script) if reading.article.body.is_empty() => Some(json_ld::read(script)),
        _ => Some(Ok(reading)),
    }
}

fn find(within: &Element, selector: &str) -> bool {
    within.query_selector(selector).ok().flatten().is_some()
}

fn has_text(host: &Element) -> bool {
    let mut next = host.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        let is_code = node.node_name().eq_ignore_ascii_case("script") || node.node_name().eq_ignore_ascii_case("style");
        if !is_code
            && node.node_type() != web_sys::Node::COMMENT_NODE
            && node.text_content().is_some_and(|text| maqal_contract::unicode::is_visible(&text))
        {
            return true;
        }
    }
    false
}
