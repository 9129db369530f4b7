//! A tree as a script hands it over (`embed/tree.js`): one text, since a call for each node costs more than the tree.
//!
//! Its tokens are those of a [`Script`](crate::view::Script) that views are written in, without words and moments; U+0006 begins an
//! element of another vocabulary than HTML's.

use super::{Element, Namespace, Node};

/// The element that `text` holds; `None` where it is not as the script writes it.
#[must_use]
pub fn handed(text: &str) -> Option<Element> {
    let mut open: Vec<Element> = Vec::new();
    let mut rest = text;
    while let Some(kind) = rest.chars().next() {
        let after = &rest[kind.len_utf8()..];
        let end = after.bytes().position(|byte| byte < 9).unwrap_or(after.len());
        let value;
        (value, rest) = after.split_at(end);
        match kind {
            '\u{1}' | '\u{6}' => {
                let namespace = if kind == '\u{1}' { Namespace::Html } else { Namespace::Other };
                open.push(Element { namespace, ..Element::of_html(value) });
            }
            '\u{2}' => open.last_mut()?.attributes.push((value.to_owned(), String::new())),
            '\u{3}' => value.clone_into(&mut open.last_mut()?.attributes.last_mut()?.1),
            '\u{4}' => open.last_mut()?.children.push(Node::Text(value.to_owned())),
            '\u{5}' => {
                let element = open.pop()?;
                let Some(around) = open.last_mut() else { return rest.is_empty().then_some(element) };
                around.children.push(Node::Element(element));
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::handed;
    use crate::markup::{Element, Namespace, Node};

    #[test]
    fn a_tree_is_read_as_it_was_written() {
        let text =
            "\u{1}maqal-card\u{4}\n\u{1}p\u{2}dir\u{3}rtl\u{2}hidden\u{3}\u{4}نصّ \u{6}svg\u{5}\u{1}br\u{5}\u{5}\u{5}";
        let svg = Element { namespace: Namespace::Other, ..Element::of_html("svg") };
        let mut p = Element::of_html("p");
        p.attributes =
            [("dir", "rtl"), ("hidden", "")].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        p.children = vec![Node::Text("نصّ ".to_owned()), Node::Element(svg), Node::Element(Element::of_html("br"))];
        let mut card = Element::of_html("maqal-card");
        card.children = vec![Node::Text("\n".to_owned()), Node::Element(p)];
        assert_eq!(handed(text), Some(card));
    }

    #[test]
    fn what_is_no_tree_is_none() {
        for text in
            ["", "p", "\u{1}p", "\u{5}", "\u{4}a", "\u{1}p\u{5}\u{4}a", "\u{1}p\u{3}a\u{5}", "\u{1}p\u{7}a\u{5}"]
        {
            assert_eq!(handed(text), None, "{text:?}");
        }
    }
}
