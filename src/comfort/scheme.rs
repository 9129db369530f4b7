//! Whether the reader's system prefers light on dark, now and whenever that changes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::MediaQueryList;

/// The query (Media Queries Level 5, section 12.5) and who listens to it; dropping it ends that.
struct Watch {
    query: MediaQueryList,
    changed: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Taking a listener away does not fail.
        let _ = self.query.remove_event_listener_with_callback("change", self.changed.as_ref().unchecked_ref());
    }
}

/// Follows the system until the reactive owner goes.
pub(super) fn system_is_dark() -> ReadSignal<bool> {
    let (is_dark, set) = signal(false);
    if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
        set.set(query.matches());
        let changed = {
            let query = query.clone();
            Closure::<dyn FnMut()>::new(move || _ = set.try_set(query.matches()))
        };
        // A list that is no event target (Safari 13) tells of no change.
        let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        StoredValue::new_local(Watch { query, changed });
    }
    is_dark
}
