//! The life of `<maqal-card>`: from the host element that the loader hands over to the app in its shadow root.
//!
//! The loader's class (`embed/embed.js`) calls [`Card`]: [`attach`](Card::attach) when the element is on the page,
//! [`attribute_changed`](Card::attribute_changed) when an observed attribute is set, and [`detach`](Card::detach) when
//! the element has really left. A move within the page is not a leave-taking: the loader waits for the next task.

mod attributes;
mod events;
mod panic;
mod shadow;

use std::any::Any;

use js_sys::Promise;
use leptos::prelude::{ArcRwSignal, Set, Update};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, HtmlElement, MutationObserver, MutationObserverInit};

use crate::app::{Inputs, app};
use crate::engines::Identity;
use crate::i18n::Catalogue;
use crate::settings::Settings;

/// Readies this instance, before its first card. `memory` is a `Map` of texts: what the device would not keep, which outlives
/// the instance. `on_panic(message, host)` is called when the instance is about to break, with the element at fault where
/// that is known.
#[wasm_bindgen]
pub fn start(memory: js_sys::Map, on_panic: js_sys::Function) {
    crate::storage::remember_in(memory);
    panic::report_to(on_panic);
}

/// Takes what a card at first sight has asked for: a promise of the `Response` to a plain `GET` of `url`. The next one need not be
/// sent.
#[wasm_bindgen]
pub fn hand(url: String, response: Promise) {
    crate::fetch::handed::take(url, response);
}

/// An element that is on a page.
#[wasm_bindgen]
pub struct Card {
    host: HtmlElement,
    inputs: Inputs,
    children: Option<ChildrenWatch>,
    /// Leptos' handle: dropping it unmounts the view and ends its reactive graph.
    mounted: Option<Box<dyn Any>>,
}

#[wasm_bindgen]
impl Card {
    /// Shows the card in `host`'s open shadow root, with the styles of `sheet` and the words of a catalogue. Where
    /// `is_second`, behind the card that stands there at first sight, which has told the host page of its article, and of the
    /// number of comments where it `has_counted` them.
    ///
    /// # Errors
    /// What the browser throws where `host` can have no shadow root, or has a closed one.
    pub fn attach(
        host: HtmlElement,
        sheet: Option<CssStyleSheet>,
        words: &JsValue,
        is_second: bool,
        has_counted: bool,
    ) -> Result<Self, JsValue> {
        let parent = shadow::open(&host, sheet.as_ref(), is_second)?;
        let inputs = Inputs {
            settings: ArcRwSignal::new(Settings::parse(&attributes::read(&host))),
            words: ArcRwSignal::new(Catalogue::of_page(words)),
            light_dom: ArcRwSignal::new(0),
            reload: ArcRwSignal::new(0),
            identity: ArcRwSignal::new(Ok(None)),
        };
        let view = {
            let (inputs, host) = (inputs.clone(), host.clone());
            move || {
                panic::blame(&host);
                let sink = events::sink(host.clone(), is_second, has_counted);
                app(inputs, host.into(), sink)
            }
        };
        let mounted = leptos::mount::mount_to(parent, view);
        let children = ChildrenWatch::start(&host, inputs.light_dom.clone());
        Ok(Self { host, inputs, children, mounted: Some(Box::new(mounted)) })
    }

    /// Reads the attributes anew. Only what depends on a changed one is shown anew: a new `theme` fetches nothing.
    #[wasm_bindgen(js_name = attributeChanged)]
    pub fn attribute_changed(&self) {
        self.inputs.settings.set(Settings::parse(&attributes::read(&self.host)));
    }

    /// Takes the words of another catalogue: the card's language has changed.
    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&self, words: &JsValue) {
        self.inputs.words.set(Catalogue::of_page(words));
    }

    /// Takes the host page's word for its reader: a signed token (RFC 7519), which the endpoint verifies; or none. It is
    /// not kept on the device.
    #[wasm_bindgen(js_name = setIdentity)]
    pub fn set_identity(&self, token: Option<String>) {
        let identity = token.map(|token| Identity::read(&token, js_sys::Date::now())).transpose();
        self.inputs.identity.set(identity);
    }

    /// Loads the article and the conversation again.
    pub fn reload(&self) {
        self.inputs.reload.update(|count| *count += 1);
    }

    /// Ends the card: the view is gone, requests are aborted, and the element's own children show again.
    pub fn detach(mut self) {
        self.children.take();
        self.mounted.take();
        shadow::close(&self.host);
    }
}

/// Watches the element's children, which may be the article, until it is dropped.
struct ChildrenWatch {
    observer: MutationObserver,
    _callback: Closure<dyn FnMut()>,
}

impl ChildrenWatch {
    fn start(host: &HtmlElement, changes: ArcRwSignal<u32>) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(move || changes.update(|count| *count += 1));
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_character_data(true);
        what.set_subtree(true);
        observer.observe_with_options(host, &what).ok()?;
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for ChildrenWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
