//! Foreign HTML as a tree of allow-listed elements: parsed inert, filtered node by node, built with `createElement`.
//!
//! No markup string of anybody's reaches a sink of the live document. A [`SafeHtml`] can only be made from text or
//! through the allow-list, so a view that takes one needs no further care.

mod allow_list;
mod filter;
mod render;

pub use allow_list::Profile;

use crate::markup;

/// Text and allow-listed elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeHtml(Vec<Node>);

/// A node of a [`SafeHtml`].
#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Text(String),
    Element(Element),
}

/// An element whose name and attributes are on the allow-list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

impl SafeHtml {
    /// Parses foreign HTML in a document that runs nothing and fetches nothing, and keeps what `profile` allows.
    #[must_use]
    pub fn parse(html: &str, profile: Profile) -> Self {
        markup::html(html).map_or_else(|_| Self::from_lines(html), |root| Self::copy(&root, profile, &[]))
    }

    /// Keeps what `profile` allows of the children of `parent`, less the elements in `left_out`.
    #[must_use]
    pub fn copy(parent: &markup::Element, profile: Profile, left_out: &[&markup::Element]) -> Self {
        Self(filter::children(parent, profile, left_out, 0))
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
                paragraph.push(Node::Text(line.to_owned()));
            }
        }
        Self(paragraphs.into_iter().filter(|p| !p.is_empty()).map(|p| element("p", p)).collect())
    }

    /// The text without the markup.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        collect_text(&self.0, &mut out);
        out
    }

    /// Whether it has a paragraph, heading, list or other block at its top; bare text needs paragraphs of its own.
    #[must_use]
    pub fn has_blocks(&self) -> bool {
        self.0.iter().any(|node| matches!(node, Node::Element(e) if allow_list::is_block(e.name)))
    }

    /// Appends the tree to `parent`, element by element. References are resolved against `base`.
    pub fn append_to(&self, parent: &web_sys::Node, base: &str) {
        render::append(&self.0, parent, base, true);
    }
}

fn element(name: &'static str, children: Vec<Node>) -> Node {
    Node::Element(Element { name, attributes: Vec::new(), children })
}

fn collect_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) => {
                collect_text(&element.children, out);
                if allow_list::is_block(element.name) || element.name == "br" {
                    out.push('\n');
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SafeHtml;

    #[test]
    fn plain_lines_become_paragraphs_and_their_text_comes_back() {
        let html = SafeHtml::from_lines("سطر\nسطر ثانٍ\n\n\nفقرة <b>");
        assert_eq!(html.text(), "سطر\nسطر ثانٍ\nفقرة <b>\n");
        assert!(html.has_blocks());
    }
}
