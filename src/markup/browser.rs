//! The browser's own parsers, in documents that run nothing and fetch nothing.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{Element, ParseError, of_dom};

/// The document element of an inert document made of `html`, or `None` where the page's policy lets nobody parse.
pub(super) fn html(html: &str) -> Option<Element> {
    let document = parse_html(html).or_else(|| parse_with_dom_parser(html, "text/html"))?;
    document.document_element().map(|root| of_dom(&root))
}

/// As [`html`], with the scripts: `Document.parseHTML` drops them whatever its configuration, so it comes second.
pub(super) fn page(html: &str) -> Option<Element> {
    let document = parse_with_dom_parser(html, "text/html").or_else(|| parse_html(html))?;
    document.document_element().map(|root| of_dom(&root))
}

/// The root of the XML document `xml`.
pub(super) fn xml(xml: &str) -> Result<Element, ParseError> {
    // `Document.parseHTML` knows no XML, so this needs the policy where Trusted Types are enforced.
    let document = parse_with_dom_parser(xml, "application/xml").ok_or(ParseError::Forbidden)?;
    let root = document.document_element().ok_or(ParseError::Forbidden)?;
    // The parser reports an error as an element of the document, which each engine puts elsewhere.
    match document.get_elements_by_tag_name("parsererror").item(0) {
        Some(error) => Err(ParseError::Xml(error.text_content().unwrap_or_default())),
        None => Ok(of_dom(&root)),
    }
}

/// `reference` in full.
pub(super) fn resolve(reference: &str, base: &str) -> Option<String> {
    web_sys::Url::new_with_base(reference, base).ok().map(|url| url.href())
}

/// `Document.parseHTML`: it needs no permission under Trusted Types, where it exists. An empty configuration takes the
/// place of its default one, which drops images: it then drops only what could run, frames among it, and the allow-list is
/// ours.
fn parse_html(html: &str) -> Option<web_sys::Document> {
    let constructor = Reflect::get(&js_sys::global(), &"Document".into()).ok()?;
    let parse: Function = Reflect::get(&constructor, &"parseHTML".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"sanitizer".into(), &Object::new()).ok()?;
    parse.call2(&constructor, &html.into(), &options).ok()?.dyn_into().ok()
}

/// `DOMParser`, through a Trusted Types policy named `maqal` where the page enforces them.
fn parse_with_dom_parser(text: &str, kind: &str) -> Option<web_sys::Document> {
    let parser: JsValue = web_sys::DomParser::new().ok()?.into();
    let parse: Function = Reflect::get(&parser, &"parseFromString".into()).ok()?.dyn_into().ok()?;
    let kind = JsValue::from_str(kind);
    let document = parse.call2(&parser, &text.into(), &kind).or_else(|_| parse.call2(&parser, &trusted(text)?, &kind));
    document.ok()?.dyn_into().ok()
}

/// `markup` as a `TrustedHTML`: the policy passes it on, since the document that it is parsed into runs nothing.
fn trusted(markup: &str) -> Result<JsValue, JsValue> {
    thread_local! {
        static POLICY: Result<JsValue, JsValue> = create_policy();
    }
    let policy = POLICY.with(Clone::clone)?;
    let create: Function = Reflect::get(&policy, &"createHTML".into())?.dyn_into()?;
    create.call1(&policy, &markup.into())
}

fn create_policy() -> Result<JsValue, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
    let create: Function = Reflect::get(&factory, &"createPolicy".into())?.dyn_into()?;
    let rules = Object::new();
    let same = Closure::<dyn Fn(JsValue) -> JsValue>::new(|markup| markup).into_js_value();
    Reflect::set(&rules, &"createHTML".into(), &same)?;
    Reflect::apply(&create, &factory, &Array::of2(&"maqal".into(), &rules))
}
