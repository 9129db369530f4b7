//! A panic's last words: what happened and in which card, before the instance is gone.

use std::cell::Cell;

use js_sys::Function;
use leptos::prelude::{LocalStorage, StoredValue, WithValue, provide_context, use_context};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

thread_local! {
    // A hook has to be `Send`, which a function of the page's is not.
    static TELL: Cell<Option<Function>> = const { Cell::new(None) };
}

/// The element of the card whose reactive owner this is.
#[derive(Clone, Copy)]
struct Host(StoredValue<HtmlElement, LocalStorage>);

/// Whatever panics below this reactive owner is `host`'s.
pub(super) fn blame(host: &HtmlElement) {
    provide_context(Host(StoredValue::new_local(host.clone())));
}

/// Has each panic call `tell(message, host)`; the host is `undefined` where no reactive owner says whose fault it is.
pub(super) fn report_to(tell: Function) {
    TELL.set(Some(tell));
    std::panic::set_hook(Box::new(|panic| {
        let Some(tell) = TELL.take() else { return };
        let host = use_context::<Host>().and_then(|Host(host)| host.try_with_value(|host| JsValue::from(host.clone())));
        // Who listens must not call into this instance; what it throws is lost with it.
        let _ = tell.call2(&JsValue::NULL, &panic.to_string().into(), &host.unwrap_or(JsValue::UNDEFINED));
    }));
}
