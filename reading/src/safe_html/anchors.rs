//! Links within one text (footnotes, a table of contents) and what they lead to.

use super::{Element, Node};
use crate::markup;
use crate::text::percent;

/// The attribute of a link that names its target in the same text; it is no attribute of HTML's.
pub(super) const FRAGMENT: &str = "fragment";

/// The fragments of all links within `element`, decoded.
pub(super) fn targets(element: &markup::Element) -> Vec<String> {
    let mut targets: Vec<String> = element
        .find_all(&|e| e.is("a"))
        .into_iter()
        .filter_map(|link| link.attribute("href").and_then(fragment))
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// The identifier of `element`, where one of `targets` names it. Old pages name a place by `<a name>`.
pub(super) fn id_of<'a>(element: &'a markup::Element, targets: &[String]) -> Option<&'a str> {
    let name = || element.is("a").then(|| element.attribute("name")).flatten();
    let id = element.attribute("id").or_else(name)?;
    targets.binary_search_by(|target| target.as_str().cmp(id)).is_ok().then_some(id)
}

/// Marks the links whose target is there.
pub(super) fn link(nodes: &mut [Node]) {
    let mut ids = Vec::new();
    gather(nodes, &mut ids);
    ids.sort_unstable();
    if !ids.is_empty() {
        mark(nodes, &ids);
    }
}

fn gather(nodes: &[Node], ids: &mut Vec<String>) {
    for node in nodes {
        if let Node::Element(element) = node {
            ids.extend(element.attributes.iter().filter(|(name, _)| *name == "id").map(|(_, id)| id.clone()));
            gather(&element.children, ids);
        }
    }
}

fn mark(nodes: &mut [Node], ids: &[String]) {
    for node in nodes {
        let Node::Element(Element { name, attributes, children }) = node else { continue };
        if *name == "a" {
            let href = attributes.iter().find(|(name, _)| *name == "href");
            let target = href.and_then(|(_, href)| fragment(href)).filter(|target| ids.binary_search(target).is_ok());
            attributes.extend(target.map(|target| (FRAGMENT, target)));
        }
        mark(children, ids);
    }
}

/// What follows `#` in a reference, decoded; `None` where nothing does, or no text.
fn fragment(href: &str) -> Option<String> {
    let (_, fragment) = href.split_once('#')?;
    String::from_utf8(percent::bytes(fragment)).ok().filter(|fragment| !fragment.is_empty())
}

#[cfg(test)]
mod tests {
    use super::fragment;

    #[test]
    fn a_fragment_is_decoded_and_an_empty_one_is_none() {
        assert_eq!(fragment("#%D9%85%D9%82").as_deref(), Some("مق"));
        assert_eq!(fragment("https://x.example/a#fn1").as_deref(), Some("fn1"));
        assert_eq!(fragment("#100%").as_deref(), Some("100%"));
        assert_eq!((fragment("#"), fragment("a")), (None, None));
    }
}
