//! The element's shadow root: opened once, kept for the element's life.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

/// Opens (or finds) the shadow root, adopts `sheet` and returns a fresh element in it to mount into: the only one, or where
/// `is_second` the last.
pub(super) fn open(host: &HtmlElement, sheet: Option<&CssStyleSheet>, is_second: bool) -> Result<HtmlElement, JsValue> {
    let root = match host.shadow_root() {
        Some(root) => root,
        None => host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?,
    };
    if let Some(sheet) = sheet
        && let Err(error) = adopt(&root, sheet)
    {
        // A sheet of another document is refused; a card without its looks is still a card.
        web_sys::console::error_2(&"<maqal-card>: no styles:".into(), &error);
    }
    if !is_second {
        empty(&root);
    }
    let document = host.owner_document().ok_or(JsValue::NULL)?;
    let parent: HtmlElement = document.create_element("div")?.unchecked_into();
    parent.set_class_name("maqal");
    root.append_child(&parent)?;
    Ok(parent)
}

/// Adds `sheet` to those that the loader has put there.
fn adopt(root: &ShadowRoot, sheet: &CssStyleSheet) -> Result<(), JsValue> {
    let present: Array = Reflect::get(root, &"adoptedStyleSheets".into())?.unchecked_into();
    // Not `Array.from`, which hosts replace.
    let sheets = Array::new();
    for other in present.iter().filter(|other| !js_sys::Object::is(other, sheet)) {
        sheets.push(&other);
    }
    sheets.push(sheet);
    Reflect::set(root, &"adoptedStyleSheets".into(), &sheets)?;
    Ok(())
}

/// Leaves a lone slot in the shadow root, so that the element's children show again.
pub(super) fn close(host: &HtmlElement) {
    let (Some(root), Some(document)) = (host.shadow_root(), host.owner_document()) else { return };
    empty(&root);
    if let Ok(slot) = document.create_element("slot") {
        // Appending a fresh node fails only where the host has broken `Node.prototype`.
        let _ = root.append_child(&slot);
    }
}

fn empty(root: &ShadowRoot) {
    while let Some(child) = root.first_child() {
        if root.remove_child(&child).is_err() {
            break;
        }
    }
}
