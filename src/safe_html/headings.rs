//! Headings of a text fit under the card's own: the highest becomes level three, the others keep their distance.

use super::Node;

const NAMES: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// The level of the card's headings within the text.
const FIRST: usize = 3;

/// The level of the heading `name`, or `None` where it is none.
pub(super) fn level_of(name: &str) -> Option<usize> {
    NAMES.iter().position(|known| *known == name).map(|n| n + 2)
}

/// Moves all headings so that the highest is of the first level under the card's title.
pub(super) fn level(nodes: &mut [Node]) {
    if let Some(highest) = highest(nodes)
        && highest != FIRST
    {
        shift(nodes, highest);
    }
}

fn highest(nodes: &[Node]) -> Option<usize> {
    nodes
        .iter()
        .filter_map(|node| match node {
            // One heading may stand in another, by way of a quote.
            Node::Element(element) => level_of(element.name).into_iter().chain(highest(&element.children)).min(),
            Node::Text(_) | Node::Embed(_) => None,
        })
        .min()
}

fn shift(nodes: &mut [Node], highest: usize) {
    for node in nodes {
        if let Node::Element(element) = node {
            if let Some(level) = level_of(element.name) {
                let level = (level + FIRST - highest).min(NAMES.len() + 1);
                element.name = NAMES[level - 2];
            }
            shift(&mut element.children, highest);
        }
    }
}
