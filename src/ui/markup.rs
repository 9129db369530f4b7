//! Foreign HTML in a view: an element that holds what the allow-list left of it.

use leptos::html;
use leptos::prelude::*;

use crate::safe_html::SafeHtml;

/// The element with `html` in it; references are resolved against `base`.
pub fn markup(html: &SafeHtml, base: &str) -> AnyView {
    let (html, base) = (html.clone(), base.to_owned());
    html::div()
        .class("markup")
        .directive(move |element: web_sys::Element| html.append_to(&element, &base), ())
        .into_any()
}
