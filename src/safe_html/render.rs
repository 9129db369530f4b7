//! From the tree to the document: `createElement`, `setAttribute`, text nodes.

use super::{Element, Node, allow_list};
use crate::url;

/// Appends `nodes` to `parent`. Each outermost block runs by its own first strong character: a French quote in an Arabic
/// comment. Those inside have no `dir` of their own (the first one's text would not count for it any more); the sheet
/// gives them `unicode-bidi: plaintext`.
pub(super) fn append(nodes: &[Node], parent: &web_sys::Node, base: &str, outermost: bool) {
    let Some(document) = parent.owner_document() else { return };
    for node in nodes {
        let built: Option<web_sys::Node> = match node {
            Node::Text(text) => Some(document.create_text_node(text).into()),
            Node::Element(element) => build(element, &document, base, outermost),
        };
        if let Some(built) = built {
            // Appending a fresh node to an element fails only where the host has broken `Node.prototype`.
            let _ = parent.append_child(&built);
        }
    }
}

fn build(element: &Element, document: &web_sys::Document, base: &str, outermost: bool) -> Option<web_sys::Node> {
    let built = document.create_element(element.name).ok()?;
    let mut has_direction = false;
    for (name, value) in &element.attributes {
        if let Some(value) = checked(name, value, base) {
            has_direction |= *name == "dir";
            let _ = built.set_attribute(name, &value);
        }
    }
    if element.name == "img" {
        built.get_attribute("src")?;
        for (name, value) in [("loading", "lazy"), ("decoding", "async"), ("referrerpolicy", "no-referrer")] {
            let _ = built.set_attribute(name, value);
        }
    } else if element.name == "pre" {
        let _ = built.set_attribute("dir", "ltr");
    } else if outermost && !has_direction && allow_list::is_block(element.name) {
        let _ = built.set_attribute("dir", "auto");
    }
    append(&element.children, &built, base, outermost && !allow_list::is_block(element.name));
    Some(built.into())
}

/// The attribute's value as it may stand in the document; `None` where it may not.
fn checked(name: &str, value: &str, base: &str) -> Option<String> {
    match name {
        "href" => url::link(value, base),
        "src" => url::HttpUrl::parse(value, base).ok().map(|url| url.as_str().to_owned()),
        "dir" => matches!(value, "ltr" | "rtl" | "auto").then(|| value.to_owned()),
        "width" | "height" | "colspan" | "rowspan" | "start" => value.parse::<u16>().ok().map(|n| n.to_string()),
        _ => Some(value.to_owned()),
    }
}
