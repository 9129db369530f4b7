//! Parsers for native tests: `html5ever` (by way of `scraper`) for HTML, `roxmltree` for XML.

use ego_tree::NodeRef;

use super::{Element, MAX_DEPTH, Namespace, Node, ParseError};

pub(super) fn html(text: &str) -> Option<Element> {
    let document = scraper::Html::parse_document(text);
    Some(copy_html(*document.root_element(), 0))
}

fn copy_html(node: NodeRef<'_, scraper::Node>, depth: usize) -> Element {
    let scraper::Node::Element(element) = node.value() else { panic!("not an element: {:?}", node.value()) };
    let mut children = Vec::new();
    for child in node.children() {
        match child.value() {
            scraper::Node::Text(text) => children.push(Node::Text(text.to_string())),
            scraper::Node::Element(_) if depth < MAX_DEPTH => {
                children.push(Node::Element(copy_html(child, depth + 1)));
            }
            _ => {}
        }
    }
    Element {
        namespace: Namespace::of(Some(&element.name.ns)),
        name: element.name.local.to_string(),
        attributes: element.attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        children,
    }
}

pub(super) fn xml(text: &str) -> Result<Element, ParseError> {
    // A browser's parser reads document type declarations; so must this one.
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document =
        roxmltree::Document::parse_with_options(text, options).map_err(|error| ParseError::Xml(error.to_string()))?;
    Ok(copy_xml(document.root_element(), 0))
}

fn copy_xml(node: roxmltree::Node<'_, '_>, depth: usize) -> Element {
    let mut children = Vec::new();
    for child in node.children() {
        if child.is_text() {
            children.push(Node::Text(child.text().unwrap_or_default().to_owned()));
        } else if child.is_element() && depth < MAX_DEPTH {
            children.push(Node::Element(copy_xml(child, depth + 1)));
        }
    }
    let attributes = node
        .attributes()
        .map(|attribute| {
            let prefix =
                if attribute.namespace() == Some("http://www.w3.org/XML/1998/namespace") { "xml:" } else { "" };
            (format!("{prefix}{}", attribute.name()), attribute.value().to_owned())
        })
        .collect();
    Element {
        namespace: Namespace::of(node.tag_name().namespace()),
        name: node.tag_name().name().to_owned(),
        attributes,
        children,
    }
}
