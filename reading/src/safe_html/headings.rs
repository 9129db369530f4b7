//! Headings of a text fit under the card's own: the highest becomes the first level under it, the others keep their distance.

use super::Node;

const NAMES: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// The level of the highest heading of a text; what it is in the page is known when it is built.
const FIRST: usize = 3;

/// The element of a heading of this level, counted from 1; and, beyond the sixth, which HTML does not have, the level to
/// give as `aria-level` (WAI-ARIA 1.2).
#[must_use]
pub fn element(level: u8) -> (&'static str, Option<u8>) {
    let name = match level {
        0 | 1 => "h1",
        2..=5 => NAMES[usize::from(level) - 2],
        _ => "h6",
    };
    (name, (level > 6).then_some(level))
}

/// How deep under the text's highest headings `name` stands, counted from 1; `None` where it is no heading.
pub(super) fn depth_of(name: &str) -> Option<u8> {
    u8::try_from(level_of(name)?.saturating_sub(FIRST) + 1).ok()
}

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

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn the_sixth_level_is_the_last_that_has_an_element_of_its_own() {
        let elements = [1, 2, 6, 7, 9].map(element);
        assert_eq!(elements, [("h1", None), ("h2", None), ("h6", None), ("h6", Some(7)), ("h6", Some(9))]);
    }
}
