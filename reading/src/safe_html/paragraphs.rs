//! Loose lines become paragraphs: content systems part them by `<div>` or by `<br><br>`, and pad with empty ones.

use super::allow_list::{holds_paragraphs, is_block, is_grid};
use super::{Element, Node, text};
use maqal_contract::unicode::is_visible;

/// The name of a container that only keeps its content apart; none is left in the end.
pub(super) const FLOW: &str = "div";

/// Sets `nodes` in blocks: text in paragraphs, a picture alone in a figure. Nothing empty stays, and no [`FLOW`].
pub(super) fn set(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut line = Vec::new();
    for node in nodes {
        match node {
            Node::Element(flow) if flow.name == FLOW => {
                flush(&mut line, &mut out);
                let first = out.len();
                out.extend(set(flow.children));
                // The place that a link leads to is where its content begins.
                if let Some(Node::Element(block)) = out.get_mut(first)
                    && !block.attributes.iter().any(|(name, _)| *name == "id")
                {
                    block.attributes.extend(flow.attributes);
                }
            }
            Node::Element(paragraph) if paragraph.name == "p" => {
                flush(&mut line, &mut out);
                set_paragraph(paragraph, &mut out);
            }
            Node::Element(mut block) if is_block(block.name) => {
                flush(&mut line, &mut out);
                block.children = within(block.name, block.children);
                if stays(&block) {
                    out.push(Node::Element(block));
                }
            }
            Node::Embed(_) => {
                flush(&mut line, &mut out);
                out.push(node);
            }
            // A link around blocks, say.
            Node::Element(mut inline) if inline.children.iter().any(holds_block) => {
                flush(&mut line, &mut out);
                inline.children = set(inline.children);
                if stays(&inline) {
                    out.push(Node::Element(inline));
                }
            }
            inline => line.push(inline),
        }
    }
    flush(&mut line, &mut out);
    out
}

/// The content of the block `name`.
fn within(name: &str, children: Vec<Node>) -> Vec<Node> {
    let is_list = matches!(name, "ul" | "ol" | "dl");
    let children = if is_grid(name) {
        // White space between the rows means nothing, nor do the form or the columns around them.
        children.into_iter().filter(|node| matches!(node, Node::Element(part) if part.name != FLOW)).collect()
    } else if holds_paragraphs(name) || is_list || children.iter().any(holds_paragraph) {
        let set = set(children);
        return match name {
            "figure" => without_lone_figure(set),
            _ if holds_paragraphs(name) || is_list => set,
            _ => lone_paragraph(set),
        };
    } else {
        children
    };
    children
        .into_iter()
        .filter_map(|node| match node {
            Node::Element(mut inner) if is_block(inner.name) || inner.children.iter().any(holds_block) => {
                inner.children = within(inner.name, inner.children);
                // A row or a cell without words still has its place beside the others.
                (is_grid(inner.name) || name == "tr" || stays(&inner)).then_some(Node::Element(inner))
            }
            other => Some(other),
        })
        .collect()
}

/// A picture in a container of its own is set as a figure; within a figure it is that one's picture. Several are a gallery.
fn without_lone_figure(nodes: Vec<Node>) -> Vec<Node> {
    let is_caption = |node: &Node| matches!(node, Node::Element(e) if e.name == "figcaption");
    let says_nothing = |e: &Element| !e.children.iter().any(is_caption) && !is_visible(&text(&e.children));
    let is_bare = |e: &Element| e.name == "figure" && e.attributes.is_empty() && says_nothing(e);
    if nodes.iter().filter(|node| matches!(node, Node::Element(e) if e.name == "figure")).count() != 1 {
        return nodes;
    }
    nodes
        .into_iter()
        .flat_map(|node| match node {
            Node::Element(inner) if is_bare(&inner) => inner.children,
            other => vec![other],
        })
        .collect()
}

/// An item, a cell or a caption of one paragraph is a line: the paragraph's own space would be too much.
fn lone_paragraph(mut nodes: Vec<Node>) -> Vec<Node> {
    match nodes.as_mut_slice() {
        [Node::Element(only)] if only.name == "p" && only.attributes.is_empty() => std::mem::take(&mut only.children),
        [Node::Element(inline)] if !is_block(inline.name) => {
            inline.children = lone_paragraph(std::mem::take(&mut inline.children));
            nodes
        }
        _ => nodes,
    }
}

/// Whether `node` is a paragraph or a container, or is a phrase around one.
fn holds_paragraph(node: &Node) -> bool {
    matches!(node, Node::Element(e)
        if e.name == FLOW || e.name == "p" || (!is_block(e.name) && e.children.iter().any(holds_paragraph)))
}

fn holds_block(node: &Node) -> bool {
    match node {
        Node::Text(_) => false,
        Node::Embed(_) => true,
        Node::Element(e) => e.name == FLOW || is_block(e.name) || e.children.iter().any(holds_block),
    }
}

/// Whether a block says anything.
fn stays(block: &Element) -> bool {
    matches!(block.name, "hr" | "video" | "audio") || has_id(block) || is_seen(&block.children)
}

/// Whether anything of `nodes` can be seen.
pub(super) fn is_seen(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => is_visible(text),
        Node::Embed(_) => true,
        Node::Element(e) => matches!(e.name, "img" | "hr" | "video" | "audio") || is_seen(&e.children),
    })
}

fn has_id(element: &Element) -> bool {
    element.attributes.iter().any(|(name, _)| *name == "id")
        || element.children.iter().any(|node| matches!(node, Node::Element(e) if has_id(e)))
}

/// Ends the line that was begun.
fn flush(line: &mut Vec<Node>, out: &mut Vec<Node>) {
    let children = std::mem::take(line);
    set_paragraph(Element { name: "p", attributes: Vec::new(), children }, out);
}

/// Sets a paragraph, which may be several: two line breaks in a row part them.
fn set_paragraph(paragraph: Element, out: &mut Vec<Node>) {
    let Element { mut attributes, children, .. } = paragraph;
    if children.iter().any(holds_block) {
        // A parser never nests them so; another hand may.
        out.extend(set(children));
        return;
    }
    let mut part: Vec<Node> = Vec::new();
    let mut breaks = 0;
    for node in children {
        let is_break = matches!(&node, Node::Element(e) if e.name == "br");
        let is_blank = matches!(&node, Node::Text(text) if !is_visible(text));
        if is_break {
            breaks += 1;
        } else if !is_blank {
            if breaks > 1 {
                end(&mut part, &mut attributes, out);
            }
            breaks = 0;
        }
        part.push(node);
    }
    end(&mut part, &mut attributes, out);
}

/// Ends a paragraph: without blanks around it, a figure where it only holds pictures, nothing where it holds nothing.
///
/// The first that stands takes the identifier along.
fn end(part: &mut Vec<Node>, attributes: &mut Vec<(&'static str, String)>, out: &mut Vec<Node>) {
    let mut children = std::mem::take(part);
    let is_blank = |node: &Node| match node {
        Node::Text(text) => !is_visible(text),
        Node::Element(e) => e.name == "br",
        Node::Embed(_) => false,
    };
    while children.last().is_some_and(is_blank) {
        children.pop();
    }
    let blanks = children.iter().take_while(|node| is_blank(node)).count();
    children.drain(..blanks);
    if let Some(Node::Text(first)) = children.first_mut() {
        *first = first.trim_start_matches([' ', '\t', '\n', '\r']).to_owned();
    }
    if let Some(Node::Text(last)) = children.last_mut() {
        last.truncate(last.trim_end_matches([' ', '\t', '\n', '\r']).len());
    }
    let mut block = Element { name: "p", attributes: attributes.clone(), children };
    if !stays(&block) {
        return;
    }
    attributes.retain(|(name, _)| *name != "id");
    let is_picture = |node: &Node| match node {
        Node::Element(e) if e.name == "img" => true,
        Node::Element(e) => {
            e.name == "a" && e.children.iter().all(|n| matches!(n, Node::Element(e) if e.name == "img"))
        }
        Node::Text(text) => !is_visible(text),
        Node::Embed(_) => false,
    };
    if is_seen(&block.children) && block.children.iter().all(is_picture) {
        block.name = "figure";
        block.children.retain(|node| !matches!(node, Node::Text(_)));
    }
    out.push(Node::Element(block));
}
