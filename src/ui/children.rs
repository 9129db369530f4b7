//! The element's own children, shown through a slot wherever the card has no article of its own.
//!
//! The slot stands outside the card: what is in it looks as the host page styles it.

use web_sys::Element;

/// Shows the children of `host`, or hides them.
pub fn show(host: &Element, shown: bool) {
    let Some(root) = host.shadow_root() else { return };
    let slot = root.query_selector("slot").ok().flatten();
    match (slot, shown) {
        (Some(slot), false) => slot.remove(),
        // What stands at first sight shows the article.
        (None, true) if root.query_selector(".first").ok().flatten().is_none() => {
            if let Some(slot) = host.owner_document().and_then(|document| document.create_element("slot").ok()) {
                // Inserting a fresh node fails only where the host has broken `Node.prototype`.
                let _ = root.insert_before(&slot, root.first_child().as_ref());
            }
        }
        _ => {}
    }
}
