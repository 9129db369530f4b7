//! What this device keeps for the reader: `localStorage`, and the page's memory where that is denied.
//!
//! Browsers deny storage by throwing on access (third-party storage blocked, sandboxed frames) or on writing
//! (quota). Nothing is lost for that while the page lives: what could not be stored is kept in memory.

use std::cell::{Cell, RefCell};

use js_sys::Map;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::window_event_listener;
use serde::Serialize;
use serde::de::DeserializeOwned;

thread_local! {
    /// Texts by their keys. The loader lends it, so that it outlives an instance that breaks.
    static MEMORY: RefCell<Map> = RefCell::new(Map::new());
    static GUARD: Cell<Option<WindowListenerHandle>> = const { Cell::new(None) };
}

/// What begins the keys of texts that a reader would miss.
const TEXTS: [&str; 2] = ["maqal:draft:", "maqal:outbox:"];

/// Where a value went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// On the device: it outlives a reload.
    Device,
    /// In the page only: it is lost on a reload.
    Page,
}

fn device() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Keeps what the device would not in `memory` from now on, a map of texts by their keys; what is in it already is found.
pub fn remember_in(memory: Map) {
    MEMORY.set(memory);
    guard();
}

fn memory_keys() -> Vec<String> {
    MEMORY.with_borrow(|memory| memory.keys().into_iter().flatten().filter_map(|key| key.as_string()).collect())
}

/// The value kept under `key`, and where it is kept.
#[must_use]
pub fn get(key: &str) -> Option<(String, Kept)> {
    let kept_here = MEMORY.with_borrow(|memory| memory.get(&key.into()).as_string());
    kept_here.map(|value| (value, Kept::Page)).or_else(|| Some((device()?.get_item(key).ok()??, Kept::Device)))
}

/// Keeps `value` under `key`, on the device if it can.
pub fn set(key: &str, value: &str) -> Kept {
    let is_kept = device().is_some_and(|device| device.set_item(key, value).is_ok());
    MEMORY.with_borrow(|memory| {
        if is_kept {
            memory.delete(&key.into());
        } else {
            memory.set(&key.into(), &value.into());
        }
    });
    guard();
    if is_kept { Kept::Device } else { Kept::Page }
}

/// The value kept as JSON under `key`, and where it is kept; `None` where there is none, or one that cannot be read (any
/// more).
#[must_use]
pub fn read<T: DeserializeOwned>(key: &str) -> Option<(T, Kept)> {
    let (json, kept) = get(key)?;
    Some((serde_json::from_str(&json).ok()?, kept))
}

/// Keeps `value` as JSON under `key`, on the device if it can.
pub fn write(key: &str, value: &impl Serialize) -> Kept {
    // What is kept here is made of texts and numbers, which always serialise.
    set(key, &serde_json::to_string(value).unwrap_or_default())
}

/// While the page alone has a text of its reader's, the browser asks before it lets the page go (`beforeunload`).
fn guard() {
    let has_text = memory_keys().iter().any(|key| TEXTS.iter().any(|text| key.starts_with(text)));
    let guard = match (GUARD.take(), has_text) {
        (None, true) => Some(window_event_listener(leptos::ev::beforeunload, |event| event.prevent_default())),
        (Some(guard), false) => {
            guard.remove();
            None
        }
        (guard, _) => guard,
    };
    GUARD.set(guard);
}

/// Forgets what is kept under `key`.
pub fn remove(key: &str) {
    MEMORY.with_borrow(|memory| memory.delete(&key.into()));
    guard();
    if let Some(device) = device() {
        // A browser that denies this kept nothing.
        let _ = device.remove_item(key);
    }
}

/// Every key that starts with `prefix`, in order.
#[must_use]
pub fn keys(prefix: &str) -> Vec<String> {
    let mut keys = memory_keys();
    if let Some(device) = device() {
        let length = device.length().unwrap_or(0);
        keys.extend((0..length).filter_map(|index| device.key(index).ok().flatten()));
    }
    keys.retain(|key| key.starts_with(prefix));
    keys.sort_unstable();
    keys.dedup();
    keys
}
