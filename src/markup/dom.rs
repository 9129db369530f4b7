//! A copy of what stands in a document of the browser's.

use wasm_bindgen::JsCast;

use super::{Element, MAX_DEPTH, Namespace, Node};

/// A copy of `element`, of any document.
#[must_use]
pub fn of_dom(element: &web_sys::Element) -> Element {
    copy(element, 0)
}

fn copy(element: &web_sys::Element, depth: usize) -> Element {
    let mut children = Vec::new();
    if depth >= MAX_DEPTH {
        children.push(Node::Text(element.text_content().unwrap_or_default()));
    } else {
        let mut next = element.first_child();
        while let Some(node) = next {
            next = node.next_sibling();
            match node.node_type() {
                web_sys::Node::TEXT_NODE | web_sys::Node::CDATA_SECTION_NODE => {
                    push_text(&mut children, node.node_value().unwrap_or_default());
                }
                web_sys::Node::ELEMENT_NODE => {
                    children.push(Node::Element(copy(node.unchecked_ref(), depth + 1)));
                }
                _ => {}
            }
        }
    }
    let attributes = element
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
        .filter_map(|name| element.get_attribute(&name).map(|value| (name, value)))
        .collect();
    Element {
        namespace: Namespace::of(element.namespace_uri().as_deref()),
        name: element.local_name(),
        attributes,
        children,
    }
}

fn push_text(children: &mut Vec<Node>, text: String) {
    match children.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => children.push(Node::Text(text)),
    }
}
