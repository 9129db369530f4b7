//! The cards at first sight beside the whole ones: what a reader chooses for all cards of a page holds for them too.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    static TELL: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Calls this from now on, where a page has such cards.
pub fn tell_by(tell: Option<Function>) {
    TELL.set(tell);
}

/// Tells them that a choice has changed, once it is kept.
pub fn tell() {
    if let Some(tell) = TELL.with_borrow(Clone::clone) {
        // Our own function, which throws nothing.
        let _ = tell.call0(&JsValue::NULL);
    }
}
