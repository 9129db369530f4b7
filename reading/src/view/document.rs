//! From plain data to the document: `createElement`, `setAttribute`, text nodes.

use super::{Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Appends `nodes` to `parent`.
pub fn append(nodes: &[Node], parent: &web_sys::Node) {
    if let Some(document) = parent.owner_document() {
        append_in(nodes, parent, &document);
    }
}

fn append_in(nodes: &[Node], parent: &web_sys::Node, document: &web_sys::Document) {
    for node in nodes {
        let built: Option<web_sys::Node> = match node {
            Node::Text(text) => Some(document.create_text_node(text).into()),
            Node::Element(element) => build(element, document),
        };
        if let Some(built) = built {
            // Appending a fresh node to an element fails only where the host has broken `Node.prototype`.
            let _ = parent.append_child(&built);
        }
    }
}

fn build(element: &Element, document: &web_sys::Document) -> Option<web_sys::Node> {
    let built = match element.name {
        "svg" | "path" => document.create_element_ns(Some(SVG), element.name),
        name => document.create_element(name),
    };
    let built = built.ok()?;
    for (name, value) in &element.attributes {
        let _ = built.set_attribute(name, value);
    }
    append_in(&element.children, &built, document);
    Some(built.into())
}
