//! What the card at first sight (`first/`) has asked for: whoever wants it next need not ask again.

use std::cell::RefCell;

use js_sys::Promise;

thread_local! {
    static RESPONSES: RefCell<Vec<(String, Promise)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps the promise of a `Response` for whoever asks `url` next.
pub fn take(url: String, response: Promise) {
    RESPONSES.with_borrow_mut(|responses| {
        responses.retain(|(known, _)| *known != url);
        responses.push((url, response));
    });
}

/// What is kept for `url`: once.
pub(super) fn give(url: &str) -> Option<Promise> {
    RESPONSES.with_borrow_mut(|responses| {
        let at = responses.iter().position(|(known, _)| known == url)?;
        Some(responses.swap_remove(at).1)
    })
}
