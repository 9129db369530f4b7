//! From a foreign tree to a safe one: a copy through the allow-list.

use super::allow_list::{Fate, Profile, attributes, fate};
use super::{Element, Node};
use crate::markup::{self, Namespace};
use crate::text::bidi;

/// Deeper markup than this is flattened.
const MAX_DEPTH: usize = 64;

/// What `profile` allows of the children of `parent`.
pub(super) fn children(
    parent: &markup::Element,
    profile: Profile,
    left_out: &[&markup::Element],
    depth: usize,
) -> Vec<Node> {
    let mut out = Vec::new();
    for node in &parent.children {
        match node {
            markup::Node::Text(text) => push_text(&mut out, text),
            markup::Node::Element(element) if left_out.iter().any(|left_out| std::ptr::eq(*left_out, element)) => {}
            markup::Node::Element(element) => push_element(&mut out, element, profile, left_out, depth),
        }
    }
    out
}

fn push_element(
    out: &mut Vec<Node>,
    element: &markup::Element,
    profile: Profile,
    left_out: &[&markup::Element],
    depth: usize,
) {
    // Elements of SVG and MathML share names with HTML's (`a`, `title`, `style`): none of them stays.
    if element.namespace != Namespace::Html {
        return;
    }
    if depth >= MAX_DEPTH {
        push_text(out, &element.text());
        return;
    }
    match fate(&element.name, profile) {
        Fate::Drop => {}
        Fate::Unwrap => {
            for node in children(element, profile, left_out, depth + 1) {
                match node {
                    Node::Text(text) => push_text(out, &text),
                    element => out.push(element),
                }
            }
        }
        Fate::Keep(name) => {
            let mut kept: Vec<_> = attributes(name)
                .iter()
                .filter_map(|attribute| Some((*attribute, element.attribute(attribute)?.to_owned())))
                // Every block gets it where it belongs; on a block around others it would read no text of its own.
                .filter(|(attribute, value)| *attribute != "dir" || !value.eq_ignore_ascii_case("auto"))
                .collect();
            if name == "a" && profile == Profile::Comment {
                kept.push(("rel", "noopener nofollow ugc".to_owned()));
            }
            let children = children(element, profile, left_out, depth + 1);
            out.push(Node::Element(Element { name, attributes: kept, children }));
        }
    }
}

fn push_text(out: &mut Vec<Node>, text: &str) {
    let text = bidi::balance(text);
    match out.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => out.push(Node::Text(text)),
    }
}
