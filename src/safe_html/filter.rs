//! From a foreign tree to a safe one: a copy through the allow-list.

use super::allow_list::{Fate, Profile, attributes, fate};
use super::paragraphs::FLOW;
use super::{Element, Node, anchors, media};
use crate::markup::{self, Namespace};
use crate::text::bidi;

/// Deeper markup than this is flattened.
const MAX_DEPTH: usize = 64;

/// What a copy goes by.
pub(super) struct Filter<'a> {
    /// Who wrote it.
    pub(super) profile: Profile,
    /// Elements that the copy passes over.
    pub(super) left_out: &'a [&'a markup::Element],
    /// Identifiers that links lead to, sorted.
    pub(super) targets: &'a [String],
}

impl Filter<'_> {
    /// What stays of the children of `parent`.
    pub(super) fn children(&self, parent: &markup::Element, depth: usize) -> Vec<Node> {
        let mut out = Vec::new();
        for node in &parent.children {
            match node {
                markup::Node::Text(text) => push_text(&mut out, text),
                markup::Node::Element(element) => {
                    if !self.left_out.iter().any(|left_out| std::ptr::eq(*left_out, element)) {
                        self.push_element(&mut out, element, depth);
                    }
                }
            }
        }
        out
    }

    fn push_element(&self, out: &mut Vec<Node>, foreign: &markup::Element, depth: usize) {
        // Elements of SVG and MathML share names with HTML's (`a`, `title`, `style`): none of them stays.
        if foreign.namespace != Namespace::Html {
            return;
        }
        let fate = fate(&foreign.name, self.profile);
        if fate == Fate::Drop {
            return;
        }
        if depth >= MAX_DEPTH {
            push_text(out, &visible_text(foreign, self.profile));
            return;
        }
        let id = anchors::id_of(foreign, self.targets);
        match fate {
            Fate::Drop => {}
            Fate::Embed => out.extend(media::embed(foreign).map(Node::Embed)),
            Fate::Keep("img") => match media::picture(foreign) {
                Some(Node::Text(sign)) => push_text(out, &sign),
                picture => out.extend(picture),
            },
            Fate::Keep(name) => {
                if let Some(kept) = self.kept(name, foreign, id, depth) {
                    out.push(kept);
                }
            }
            Fate::Unwrap => {
                // The place that a link leads to.
                out.extend(id.map(place));
                for node in self.children(foreign, depth + 1) {
                    match node {
                        Node::Text(text) => push_text(out, &text),
                        element => out.push(element),
                    }
                }
            }
            Fate::Flow => {
                let attributes = id.map(|id| ("id", id.to_owned())).into_iter().collect();
                out.push(Node::Element(Element {
                    name: FLOW,
                    attributes,
                    children: self.children(foreign, depth + 1),
                }));
            }
        }
    }

    fn kept(&self, name: &'static str, foreign: &markup::Element, id: Option<&str>, depth: usize) -> Option<Node> {
        let mut kept: Vec<_> = attributes(name)
            .iter()
            .filter_map(|attribute| Some((*attribute, foreign.attribute(attribute)?.to_owned())))
            // Every block gets it where it belongs; on a block around others it would read no text of its own.
            .filter(|(attribute, value)| *attribute != "dir" || !value.eq_ignore_ascii_case("auto"))
            .collect();
        kept.extend(id.map(|id| ("id", id.to_owned())));
        if name == "a" && self.profile == Profile::Comment {
            kept.push(("rel", "noopener nofollow ugc".to_owned()));
        }
        let children = if matches!(name, "video" | "audio") {
            if !kept.iter().any(|(name, _)| *name == "src") {
                kept.push(("src", media::source(foreign)?.to_owned()));
            }
            Vec::new()
        } else {
            self.children(foreign, depth + 1)
        };
        Some(Node::Element(Element { name, attributes: kept, children }))
    }
}

/// An empty element that a link can lead to.
fn place(id: &str) -> Node {
    Node::Element(Element { name: "span", attributes: vec![("id", id.to_owned())], children: Vec::new() })
}

/// The text of markup that is too deep, less what is dropped at any depth.
fn visible_text(foreign: &markup::Element, profile: Profile) -> String {
    let mut out = String::new();
    for node in &foreign.children {
        match node {
            markup::Node::Text(text) => out.push_str(text),
            markup::Node::Element(element) => {
                if element.namespace == Namespace::Html && fate(&element.name, profile) != Fate::Drop {
                    out.push_str(&visible_text(element, profile));
                }
            }
        }
    }
    out
}

fn push_text(out: &mut Vec<Node>, text: &str) {
    let text = bidi::balance(text);
    match out.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => out.push(Node::Text(text)),
    }
}
