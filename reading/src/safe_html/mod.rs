//! Foreign HTML as a tree of allow-listed elements: parsed inert, filtered node by node, built with `createElement`.
//!
//! No markup string of anybody's reaches a sink of the live document. A [`SafeHtml`] can only be made from text or
//! through the allow-list, so a view that takes one needs no further care.

mod allow_list;
mod anchors;
mod deferred;
mod filter;
mod headings;
mod media;
mod paragraphs;
mod pictures;
mod render;
mod simple;

pub use allow_list::Profile;
pub use deferred::Deferred;
pub use headings::element as heading_element;
pub use media::Embed;
pub use pictures::Picture;
pub use render::{ANCHOR_PREFIX, EMBED_CLASS, SCROLL_CLASS};

use crate::markup::{self, LeftOut};
use crate::text::bidi;
use crate::text::words;
use crate::view;

/// Text and allow-listed elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeHtml(Vec<Node>);

/// A node of a [`SafeHtml`].
#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Text(String),
    Element(Element),
    Embed(Embed),
}

/// An element whose name and attributes are on the allow-list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

impl SafeHtml {
    /// Parses foreign HTML in a document that runs nothing and fetches nothing, and keeps what `profile` allows. Where
    /// the page lets nobody parse, its lines are shown as text.
    #[must_use]
    pub fn parse(html: &str, profile: Profile) -> Self {
        let root = match profile {
            Profile::Article => markup::html_with_frames(html),
            Profile::Comment => markup::html(html),
        };
        root.map_or_else(|_| Self::from_lines(html), |root| Self::copy(&root, profile, &[]))
    }

    /// Keeps what `profile` allows of what `parent` holds, less the elements in `left_out`.
    ///
    /// Loose lines become paragraphs, headings begin at the level under the card's own title, and identifiers stay only
    /// where a link of the same text leads to them.
    #[must_use]
    pub fn copy(parent: &markup::Element, profile: Profile, left_out: &[&markup::Element]) -> Self {
        let targets = match profile {
            Profile::Article => anchors::targets(parent),
            Profile::Comment => Vec::new(),
        };
        let filter = filter::Filter { profile, left_out: &LeftOut::of(left_out), targets: &targets };
        Self::set(filter.children(parent, filter::Place::TOP))
    }

    /// Keeps what `profile` allows of `element` itself. No link leads into it.
    #[must_use]
    pub fn of_element(element: &markup::Element, profile: Profile) -> Self {
        let filter = filter::Filter { profile, left_out: &LeftOut::default(), targets: &[] };
        let mut nodes = Vec::new();
        filter.push_element(&mut nodes, element, filter::Place::TOP);
        Self::set(nodes)
    }

    fn set(nodes: Vec<Node>) -> Self {
        let mut nodes = paragraphs::set(nodes);
        headings::level(&mut nodes);
        anchors::link(&mut nodes);
        Self(nodes)
    }

    /// Plain text: each line a line, each blank line a new paragraph.
    #[must_use]
    pub fn from_lines(text: &str) -> Self {
        let mut paragraphs: Vec<Vec<Node>> = vec![Vec::new()];
        for line in text.lines() {
            if line.trim().is_empty() {
                paragraphs.push(Vec::new());
            } else if let Some(paragraph) = paragraphs.last_mut() {
                if !paragraph.is_empty() {
                    paragraph.push(element("br", Vec::new()));
                }
                paragraph.push(Node::Text(bidi::balance(line)));
            }
        }
        Self(paragraphs.into_iter().filter(|p| !p.is_empty()).map(|p| element("p", p)).collect())
    }

    /// The text without the markup; each block ends a line.
    #[must_use]
    pub fn text(&self) -> String {
        text(&self.0)
    }

    /// Whether nothing of it can be seen: neither text nor a picture, a film or a box.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !paragraphs::is_seen(&self.0)
    }

    /// The text of its first paragraph.
    #[must_use]
    pub fn first_paragraph(&self) -> Option<String> {
        self.0.iter().find_map(|node| match node {
            Node::Element(element) if element.name == "p" => Some(text(&element.children)),
            _ => None,
        })
    }

    /// Takes away a heading at the head that only says `title` again.
    pub fn drop_leading_heading(&mut self, title: &str) {
        if let Some(Node::Element(first)) = self.0.first()
            && headings::level_of(first.name).is_some()
            && text(&first.children).trim() == title
        {
            self.0.remove(0);
        }
    }

    /// The part whose blocks have at least `least` words together, and the rest. A heading stays with what it heads.
    #[must_use]
    pub fn split(mut self, least: usize) -> (Self, Self) {
        let blocks = self.0.iter().map(|node| {
            let is_heading = matches!(node, Node::Element(e) if headings::level_of(e.name).is_some());
            (is_heading, words::count(&text(std::slice::from_ref(node))))
        });
        let at = words::part(blocks, least).unwrap_or(self.0.len());
        let rest = self.0.split_off(at);
        (self, Self(rest))
    }

    /// Whether it has what needs words or answers of the card's: a frame to open, a table to name.
    #[must_use]
    pub fn is_active(&self) -> bool {
        is_active(&self.0)
    }

    /// How it is shown. References are resolved against `base`; its headings stand under one of the level `above`.
    #[must_use]
    pub fn view(&self, base: &str, above: u8) -> Vec<view::Node> {
        render::view(&self.0, base, above)
    }
}

fn element(name: &'static str, children: Vec<Node>) -> Node {
    Node::Element(Element { name, attributes: Vec::new(), children })
}

fn is_active(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(_) => false,
        Node::Embed(_) => true,
        Node::Element(element) => element.name == "table" || is_active(&element.children),
    })
}

fn text(nodes: &[Node]) -> String {
    let mut out = String::new();
    collect_text(nodes, &mut out);
    out
}

fn collect_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Embed(_) => {}
            Node::Element(element) => {
                collect_text(&element.children, out);
                // A line that stands already needs no second end.
                if element.name == "br" || (allow_list::is_block(element.name) && !out.ends_with('\n')) {
                    out.push('\n');
                }
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod property_tests;
#[cfg(test)]
mod tests;
