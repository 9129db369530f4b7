//! A draft is one for all tabs of the browser: what is typed in one shows in the others, so that none overwrites it with
//! an older one, and what one has sent stands in no other to be sent again.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use super::Composers;
use super::draft::{self, Draft};

/// Follows the other tabs (HTML, section 12.2.5) until the composers go.
pub(super) fn follow(composers: Composers) {
    let scope = composers.conversation.scope();
    let changed = window_event_listener_untyped("storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
        let Some(target) = event.key().and_then(|key| draft::target_of(&scope, &key)) else { return };
        let text = |json: Option<String>| json.map(|json| Draft::read(&json).body).unwrap_or_default();
        let (before, now) = (text(event.old_value()), text(event.new_value()));
        composers.has_draft_now(&target, !now.is_empty());
        if let Some(composer) = composers.known(&target) {
            composer.follow(&before, &now);
        }
    });
    on_cleanup(move || changed.remove());
}
