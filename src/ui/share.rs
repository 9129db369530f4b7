//! Passing an address on: the device's own sheet (Web Share), else the clipboard, else the address to copy by hand.

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, Element, HtmlInputElement, Navigator, ShareData};

use super::CardContext;
use crate::i18n::Catalogue;

/// What is passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The address.
    pub url: String,
    /// What it leads to.
    pub title: Option<String>,
    /// How that begins.
    pub text: Option<String>,
}

/// Whether the device has a sheet of its own (`navigator.share`).
#[must_use]
pub fn has_sheet() -> bool {
    navigator()
        .is_some_and(|navigator| Reflect::get(&navigator, &"share".into()).is_ok_and(|share| share.is_function()))
}

/// Opens the device's sheet. `false` where it could not be opened; a reader who closes it has been served.
pub async fn hand_over(shared: &Shared) -> bool {
    let Some(navigator) = navigator() else { return false };
    let data = ShareData::new();
    data.set_url(&shared.url);
    if let Some(title) = &shared.title {
        data.set_title(title);
    }
    if let Some(text) = &shared.text {
        data.set_text(text);
    }
    match JsFuture::from(navigator.share_with_data(&data)).await {
        Ok(_) => true,
        Err(error) => error.dyn_ref::<DomException>().is_some_and(|error| error.name() == "AbortError"),
    }
}

/// Puts `url` on the clipboard. There is none where the page is not secure, or its policy forbids it.
pub async fn copy(url: &str) -> bool {
    let Some(navigator) = navigator() else { return false };
    let has_clipboard =
        Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard: JsValue| clipboard.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(url)).await.is_ok()
}

/// The address, selected, under its `label`.
pub fn by_hand(url: String, label: fn(&Catalogue) -> &'static str, card: CardContext) -> impl IntoView {
    html::label().class("by-hand").child((
        html::span().child(card.word(label)),
        html::input()
            .attr("part", "field")
            .r#type("text")
            .readonly(true)
            .dir("ltr")
            .value(url)
            .directive(
                |input: Element| {
                    // The view around it is told again while it stands: the reader may be elsewhere by then.
                    if input.is_connected() {
                        return;
                    }
                    // Once it stands in the page.
                    request_animation_frame(move || {
                        let input: HtmlInputElement = input.unchecked_into();
                        let _ = input.focus();
                        input.select();
                    });
                },
                (),
            )
            .on(ev::focus, |event| event_target::<HtmlInputElement>(&event).select()),
    ))
}

fn navigator() -> Option<Navigator> {
    Some(web_sys::window()?.navigator())
}
