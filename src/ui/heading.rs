//! Headings whose level the host page sets, so that the card's outline fits into the page's (WCAG 2.2, criterion 1.3.1).

use leptos::html::{self, Custom, HtmlElement};
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;

use crate::safe_html::heading_element;

/// A heading of this level, counted from 1.
pub fn heading(level: u8) -> HtmlElement<Custom<&'static str>, impl Attribute, ()> {
    let (name, deeper) = heading_element(level);
    html::custom(name).role(deeper.map(|_| "heading")).attr("aria-level", deeper.map(|level| level.to_string()))
}
