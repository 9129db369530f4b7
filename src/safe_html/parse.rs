//! From the browser's parser to the tree: an inert document, and a copy through the allow-list.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::allow_list::{Fate, Profile, attributes, fate};
use super::{Element, Node};
use crate::text::bidi;

/// Deeper markup than this is flattened: the copy recurses, and nobody writes so.
const MAX_DEPTH: usize = 64;

const HTML_NAMESPACE: &str = "http://www.w3.org/1999/xhtml";

/// The body of an inert document made of `html`, or `None` where the page's policy lets nobody parse.
pub(super) fn parse(html: &str) -> Option<web_sys::Node> {
    let document = parse_static(html).or_else(|| parse_with_dom_parser(html))?;
    document.body().map(Into::into)
}

/// `Document.parseHTML`: it needs no permission under Trusted Types, where it exists. An empty configuration takes the
/// place of its default one, which drops images: it then drops only what could run, and the allow-list is ours.
fn parse_static(html: &str) -> Option<web_sys::Document> {
    let constructor = Reflect::get(&js_sys::global(), &"Document".into()).ok()?;
    let parse: Function = Reflect::get(&constructor, &"parseHTML".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"sanitizer".into(), &Object::new()).ok()?;
    parse.call2(&constructor, &html.into(), &options).ok()?.dyn_into().ok()
}

/// `DOMParser`, through a Trusted Types policy named `maqal` where the page enforces them.
fn parse_with_dom_parser(html: &str) -> Option<web_sys::Document> {
    let parser: JsValue = web_sys::DomParser::new().ok()?.into();
    let parse: Function = Reflect::get(&parser, &"parseFromString".into()).ok()?.dyn_into().ok()?;
    let kind = JsValue::from_str("text/html");
    let document = parse.call2(&parser, &html.into(), &kind).or_else(|_| parse.call2(&parser, &trusted(html)?, &kind));
    document.ok()?.dyn_into().ok()
}

/// `html` as a `TrustedHTML`: the policy passes it on, since the document that it is parsed into runs nothing.
fn trusted(html: &str) -> Result<JsValue, JsValue> {
    thread_local! {
        static POLICY: Result<JsValue, JsValue> = create_policy();
    }
    let policy = POLICY.with(Clone::clone)?;
    let create: Function = Reflect::get(&policy, &"createHTML".into())?.dyn_into()?;
    create.call1(&policy, &html.into())
}

fn create_policy() -> Result<JsValue, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
    let create: Function = Reflect::get(&factory, &"createPolicy".into())?.dyn_into()?;
    let rules = Object::new();
    let same = Closure::<dyn Fn(JsValue) -> JsValue>::new(|html| html).into_js_value();
    Reflect::set(&rules, &"createHTML".into(), &same)?;
    Reflect::apply(&create, &factory, &Array::of2(&"maqal".into(), &rules))
}

/// What `profile` allows of the children of `parent`.
pub(super) fn children(
    parent: &web_sys::Node,
    profile: Profile,
    left_out: &[web_sys::Element],
    depth: usize,
) -> Vec<Node> {
    let mut out = Vec::new();
    let mut next = parent.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if node.node_type() == web_sys::Node::TEXT_NODE {
            push_text(&mut out, &node.node_value().unwrap_or_default());
        } else if let Ok(element) = node.dyn_into::<web_sys::Element>()
            && !left_out.contains(&element)
        {
            push_element(&mut out, &element, profile, left_out, depth);
        }
    }
    out
}

fn push_element(
    out: &mut Vec<Node>,
    element: &web_sys::Element,
    profile: Profile,
    left_out: &[web_sys::Element],
    depth: usize,
) {
    // Elements of SVG and MathML share names with HTML's (`a`, `title`, `style`): none of them stays.
    if element.namespace_uri().as_deref() != Some(HTML_NAMESPACE) {
        return;
    }
    if depth >= MAX_DEPTH {
        push_text(out, &element.text_content().unwrap_or_default());
        return;
    }
    match fate(&element.local_name(), profile) {
        Fate::Drop => {}
        Fate::Unwrap => {
            for node in children(element, profile, left_out, depth + 1) {
                match node {
                    Node::Text(text) => push_text(out, &text),
                    element => out.push(element),
                }
            }
        }
        Fate::Keep(name) => {
            let mut kept: Vec<_> = attributes(name)
                .iter()
                .filter_map(|attribute| Some((*attribute, element.get_attribute(attribute)?)))
                // Every block gets it where it belongs; on a block around others it would read no text of its own.
                .filter(|(attribute, value)| *attribute != "dir" || !value.eq_ignore_ascii_case("auto"))
                .collect();
            if name == "a" && profile == Profile::Comment {
                kept.push(("rel", "noopener nofollow ugc".to_owned()));
            }
            let children = children(element, profile, left_out, depth + 1);
            out.push(Node::Element(Element { name, attributes: kept, children }));
        }
    }
}

fn push_text(out: &mut Vec<Node>, text: &str) {
    let text = bidi::balance(text);
    match out.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => out.push(Node::Text(text)),
    }
}
