//! Parsers for native tests: `html5ever` (into `scraper`'s tree) for HTML, `roxmltree` for XML, `url` for addresses.

use ego_tree::NodeRef;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use super::{Element, MAX_DEPTH, Namespace, Node, ParseError};

pub(super) fn html(text: &str) -> Option<Element> {
    // As in a document without a window: `noscript` holds markup.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let sink = scraper::HtmlTreeSink::new(scraper::Html::new_document());
    let document = parse_document(sink, ParseOpts { tree_builder, ..ParseOpts::default() }).one(text);
    Some(copy_html(*document.root_element(), 0))
}

pub(super) use html as page;

pub(super) fn resolve(reference: &str, base: &str) -> Option<String> {
    Some(url::Url::parse(base).ok()?.join(reference).ok()?.to_string())
}

fn copy_html(node: NodeRef<'_, scraper::Node>, depth: usize) -> Element {
    let scraper::Node::Element(element) = node.value() else { panic!("not an element: {:?}", node.value()) };
    let mut children = Vec::new();
    if depth >= MAX_DEPTH {
        let is_code = |within: &NodeRef<'_, scraper::Node>| {
            let parent =
                within.parent().and_then(|parent| parent.value().as_element().map(scraper::node::Element::name));
            parent.is_some_and(|name| matches!(name, "script" | "style"))
        };
        let texts = node
            .descendants()
            .filter(|within| !is_code(within))
            .filter_map(|within| within.value().as_text().map(|text| text.to_string()));
        children.push(Node::Text(texts.collect()));
    } else {
        for child in node.children() {
            match child.value() {
                scraper::Node::Text(text) => children.push(Node::Text(text.to_string())),
                scraper::Node::Element(_) => children.push(Node::Element(copy_html(child, depth + 1))),
                _ => {}
            }
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
    if depth >= MAX_DEPTH {
        let texts = node.descendants().filter(|within| within.is_text()).filter_map(|within| within.text());
        children.push(Node::Text(texts.collect()));
    } else {
        for child in node.children() {
            if child.is_text() {
                children.push(Node::Text(child.text().unwrap_or_default().to_owned()));
            } else if child.is_element() {
                children.push(Node::Element(copy_xml(child, depth + 1)));
            }
        }
    }
    let attributes = node
        .attributes()
        .map(|attribute| {
            let prefix = match attribute.namespace() {
                None => None,
                Some("http://www.w3.org/XML/1998/namespace") => Some("xml"),
                Some(uri) => node.lookup_prefix(uri),
            };
            let name = attribute.name();
            (prefix.map_or_else(|| name.to_owned(), |prefix| format!("{prefix}:{name}")), attribute.value().to_owned())
        })
        .collect();
    Element {
        namespace: Namespace::of(node.tag_name().namespace()),
        name: node.tag_name().name().to_owned(),
        attributes,
        children,
    }
}
