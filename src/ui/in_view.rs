//! Whether something is near what the reader sees.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Whether `element` is within `margin` (CSS lengths, as of `rootMargin`) of the window's view; always so in a browser that
/// cannot tell. It is watched as long as the current reactive owner lives.
pub fn near(element: impl Fn() -> Option<Element> + Send + Sync + 'static, margin: &'static str) -> ReadSignal<bool> {
    let (is_near, set_near) = signal(false);
    Effect::new(move || {
        let Some(element) = element() else { return };
        match Watch::start(&element, margin, set_near) {
            Some(watch) => {
                let watch = StoredValue::new_local(Some(watch));
                on_cleanup(move || _ = watch.try_update_value(Option::take));
            }
            None => set_near.set(true),
        }
    });
    is_near
}

/// Watches one element until it is dropped.
struct Watch {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watch {
    fn start(element: &Element, margin: &str, near: WriteSignal<bool>) -> Option<Self> {
        let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The last entry is how it is now.
            let last = entries.get(entries.length().saturating_sub(1));
            near.try_set(last.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
        });
        let init = IntersectionObserverInit::new();
        init.set_root_margin(margin);
        let observer = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &init).ok()?;
        observer.observe(element);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
