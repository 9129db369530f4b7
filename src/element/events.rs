//! What leaves the card becomes a `CustomEvent` on the element, and a fault a line on the console as well.

use std::cell::Cell;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, EventTarget};

use crate::outward::Outgoing;

/// A sink that dispatches on `host`: `maqal:ready`, `maqal:comment`, `maqal:count`, `maqal:error`. They bubble, so that
/// one listener serves a page of cards. Of what the host knows already, the article or the first count, it is not told again.
pub(super) fn sink(
    host: impl Into<EventTarget>,
    knows_article: bool,
    knows_count: bool,
) -> impl Fn(Outgoing) + 'static {
    let host = host.into();
    let (knows_article, knows_count) = (Cell::new(knows_article), Cell::new(knows_count));
    move |outgoing| match outgoing {
        Outgoing::Ready { .. } if knows_article.take() => {}
        Outgoing::Count { .. } if knows_count.take() => {}
        Outgoing::Ready { title } => dispatch(&host, "maqal:ready", &[("title", title.into())]),
        Outgoing::Comment { id, thread } => {
            dispatch(&host, "maqal:comment", &[("id", id.into()), ("thread", thread.into())]);
        }
        Outgoing::Count { thread, total } => {
            // A count of comments is far below 2^53.
            dispatch(&host, "maqal:count", &[("thread", thread.into()), ("total", JsValue::from_f64(total as f64))]);
        }
        Outgoing::Fault(fault) => {
            web_sys::console::error_2(&fault.message.as_str().into(), &host);
            let detail = [
                ("code", fault.code.as_str().into()),
                ("attribute", fault.attribute.map_or(JsValue::NULL, JsValue::from_str)),
                ("message", fault.message.into()),
            ];
            dispatch(&host, "maqal:error", &detail);
        }
    }
}

fn dispatch(host: &EventTarget, name: &str, detail: &[(&str, JsValue)]) {
    let object = Object::new();
    for (key, value) in detail {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&object);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // A listener that throws is the host's affair; the browser reports it.
        let _ = host.dispatch_event(&event);
    }
}
