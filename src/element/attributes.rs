//! The attributes as they stand on the host element.

use crate::settings::RawAttributes;

/// Reads the element's attributes, and what it inherits from the page.
pub(super) fn read(host: &web_sys::Element) -> RawAttributes {
    let inherited = host.parent_element().and_then(|parent| parent.closest("[lang]").ok().flatten());
    RawAttributes {
        src: host.get_attribute("src"),
        item: host.get_attribute("item"),
        endpoint: host.get_attribute("endpoint"),
        thread: host.get_attribute("thread"),
        lang: host.get_attribute("lang"),
        words: host.get_attribute("words"),
        theme: host.get_attribute("theme"),
        comfort: host.get_attribute("comfort"),
        heading: host.get_attribute("heading"),
        sort: host.get_attribute("sort"),
        autoload: host.get_attribute("autoload"),
        email: host.get_attribute("email"),
        website: host.get_attribute("website"),
        inherited_lang: inherited.and_then(|ancestor| ancestor.get_attribute("lang")),
        base: host.base_uri().ok().flatten().unwrap_or_default(),
    }
}
