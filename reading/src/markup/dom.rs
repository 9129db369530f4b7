//! A copy of what stands in a document of the browser's.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{Element, MAX_DEPTH, Namespace, Node};

// The browser's own methods, taken from their prototypes (`final`): a form answers to the names of its fields, and a
// document to those of its pictures, so that foreign markup would say what comes next or what an attribute is (DOM
// clobbering; HTML, sections 3.1.6 and 4.10.3).
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Node)]
    type OwnNode;
    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = firstChild)]
    fn first_child(this: &OwnNode) -> Option<OwnNode>;
    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = nextSibling)]
    fn next_sibling(this: &OwnNode) -> Option<OwnNode>;
    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = nodeType)]
    fn node_type(this: &OwnNode) -> u16;
    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = nodeValue)]
    fn node_value(this: &OwnNode) -> Option<String>;

    #[wasm_bindgen(extends = OwnNode, js_name = Element)]
    type OwnElement;
    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = localName)]
    fn local_name(this: &OwnElement) -> String;
    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = namespaceURI)]
    fn namespace_uri(this: &OwnElement) -> Option<String>;
    #[wasm_bindgen(method, final, js_class = "Element", js_name = getAttributeNames)]
    fn attribute_names(this: &OwnElement) -> js_sys::Array;
    #[wasm_bindgen(method, final, js_class = "Element", js_name = getAttribute)]
    fn attribute(this: &OwnElement, name: &str) -> Option<String>;
}

/// A copy of `element`, of any document.
#[must_use]
pub fn of_dom(element: &web_sys::Element) -> Element {
    copy(element.unchecked_ref(), 0)
}

/// The document's root element.
#[cfg(target_arch = "wasm32")]
pub(super) fn root_of(document: &web_sys::Document) -> Option<web_sys::Element> {
    let mut next = document.unchecked_ref::<OwnNode>().first_child();
    while let Some(node) = next {
        if node.node_type() == web_sys::Node::ELEMENT_NODE {
            return Some(node.unchecked_into());
        }
        next = node.next_sibling();
    }
    None
}

/// The words within `element`, however deep: no recursion, and no code.
fn flat_text(element: &OwnElement) -> String {
    let mut out = String::new();
    let mut later = vec![element.first_child()];
    while let Some(next) = later.pop() {
        let Some(node) = next else { continue };
        later.push(node.next_sibling());
        match node.node_type() {
            web_sys::Node::TEXT_NODE | web_sys::Node::CDATA_SECTION_NODE => {
                out.push_str(&node.node_value().unwrap_or_default());
            }
            web_sys::Node::ELEMENT_NODE => {
                let name = node.unchecked_ref::<OwnElement>().local_name();
                if !matches!(name.as_str(), "script" | "style") {
                    later.push(node.first_child());
                }
            }
            _ => {}
        }
    }
    out
}

fn copy(element: &OwnElement, depth: usize) -> Element {
    let mut children = Vec::new();
    if depth >= MAX_DEPTH {
        children.push(Node::Text(flat_text(element)));
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
        .attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
        .filter_map(|name| element.attribute(&name).map(|value| (name, value)))
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
