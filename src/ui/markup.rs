//! Foreign HTML in a view: an element that holds what the allow-list left of it, and the words that it needs of ours.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlIFrameElement};

use super::CardContext;
use crate::i18n::{Locale, fill};
use crate::safe_html::{EMBED_CLASS, SCROLL_CLASS, SafeHtml};
use crate::text::bidi;
use crate::url::{self, HttpUrl};
use crate::view;

/// The element with `html` in it; references are resolved against `base`.
pub fn markup(html: &SafeHtml, base: &str, card: CardContext) -> AnyView {
    let is_active = html.is_active();
    let (html, base, above) = (html.clone(), base.to_owned(), card.heading.get_untracked().get());
    let holder = html::div().class("markup").directive(
        move |element: Element| {
            view::append(&html.view(&base, above), &element);
            if is_active {
                set_ratios(&element);
                Effect::new(move || card.locale.with(|locale| set_words(&element, locale)));
            }
        },
        (),
    );
    if !is_active {
        return holder.into_any();
    }
    holder
        .on(ev::click, |event| {
            let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(figure) = clicked.and_then(|clicked| embed_of(&clicked)) {
                open(&figure);
            }
        })
        .into_any()
}

fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = within.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|n| list.item(n)?.dyn_into().ok()).collect()
}

/// The figure of which `clicked` is the button, or within it.
fn embed_of(clicked: &Element) -> Option<Element> {
    clicked.closest(&[".", EMBED_CLASS, " > button"].concat()).ok().flatten()?.parent_element()
}

/// Through the object model: an inline `style` attribute is what content policies forbid.
fn set_ratios(within: &Element) {
    for figure in all(within, "[data-ratio]") {
        if let (Some(ratio), Some(button)) = (figure.get_attribute("data-ratio"), figure.first_element_child()) {
            let _ = button.unchecked_into::<HtmlElement>().style().set_property("aspect-ratio", &ratio);
        }
    }
}

fn set_words(within: &Element, locale: &Locale) {
    for figure in all(within, &[".", EMBED_CLASS].concat()) {
        if let (Some(button), Some(address)) = (figure.first_element_child(), address(&figure))
            && button.tag_name().eq_ignore_ascii_case("button")
        {
            let site = bidi::isolate(address.host());
            let _ = button.set_attribute("dir", locale.direction().as_attr());
            button.set_text_content(Some(&fill(locale.words.open_embed, "site", &site)));
        }
    }
    for scroll in all(within, &[".", SCROLL_CLASS].concat()) {
        let caption = scroll.query_selector("caption").ok().flatten().and_then(|caption| caption.text_content());
        let _ = scroll.set_attribute("aria-label", caption.as_deref().unwrap_or(locale.words.table));
    }
}

fn address(figure: &Element) -> Option<HttpUrl> {
    let link = figure.query_selector("a").ok().flatten()?;
    let href = link.get_attribute("href")?;
    // It is absolute: its base does not matter, but there must be one.
    HttpUrl::parse(&href, &href).ok()
}

/// Puts the frame in the place of its button. Its document is somebody else's: it may run scripts of its own, and not
/// touch the page around it.
fn open(figure: &Element) {
    let (Some(address), Some(button), Some(document)) =
        (address(figure), figure.first_element_child(), figure.owner_document())
    else {
        return;
    };
    let Some(frame) = document.create_element("iframe").ok().and_then(|e| e.dyn_into::<HtmlIFrameElement>().ok())
    else {
        return;
    };
    // A frame of the page's own origin that had its origin and scripts could lift its own sandbox.
    let is_foreign = url::origin_here() != address.origin();
    let sandbox = if is_foreign {
        "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-presentation"
    } else {
        "allow-scripts allow-popups"
    };
    let title = figure.query_selector("a").ok().flatten().and_then(|link| link.text_content()).unwrap_or_default();
    for (name, value) in [
        ("sandbox", sandbox),
        ("allow", "fullscreen; picture-in-picture; encrypted-media"),
        // Players of films refuse a page that does not say whose it is.
        ("referrerpolicy", "strict-origin-when-cross-origin"),
        ("title", &title),
        ("src", address.as_str()),
    ] {
        let _ = frame.set_attribute(name, value);
    }
    let ratio = button.unchecked_ref::<HtmlElement>().style().get_property_value("aspect-ratio").unwrap_or_default();
    let _ = HtmlElement::style(&frame).set_property("aspect-ratio", &ratio);
    if figure.replace_child(&frame, &button).is_ok() {
        // The keyboard stays where it was.
        let _ = frame.focus();
    }
}
