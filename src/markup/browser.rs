//! The browser's own parsers, in documents that run nothing and fetch nothing.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::dom::root_of;
use super::{Element, ParseError, of_dom};

/// The attributes that any reader of foreign HTML, or the allow-list, looks at; `data-` ones besides.
const ATTRIBUTES: &str = "alt aria-hidden class colspan content datetime dir height hidden href id itemprop itemtype lang \
    name poster property pubdate rel reversed role rowspan src srcset start style title type value width";

/// The document element of an inert document made of `html`, or `None` where the page's policy lets nobody parse.
pub(super) fn html(html: &str) -> Option<Element> {
    let document = parse_html(html).or_else(|| parse_with_dom_parser(html, "text/html"))?;
    root_of(&document).map(|root| of_dom(&root))
}

/// As [`html`], with the scripts: `Document.parseHTML` drops them whatever its configuration, so it comes second.
pub(super) fn page(html: &str) -> Option<Element> {
    let document = parse_with_dom_parser(html, "text/html").or_else(|| parse_html(html))?;
    root_of(&document).map(|root| of_dom(&root))
}

/// The root of the XML document `xml`.
pub(super) fn xml(xml: &str) -> Result<Element, ParseError> {
    // `Document.parseHTML` knows no XML, so this needs the policy where Trusted Types are enforced.
    let document = parse_with_dom_parser(xml, "application/xml").ok_or(ParseError::Forbidden)?;
    let root = of_dom(&root_of(&document).ok_or(ParseError::Forbidden)?);
    // The parser reports an error as an element of the document, which each engine puts elsewhere.
    let is_error = |element: &Element| element.name == "parsererror";
    match if is_error(&root) { Some(&root) } else { root.find(&is_error) } {
        Some(error) => Err(ParseError::Xml(error.text())),
        None => Ok(root),
    }
}

/// `reference` in full.
pub(super) fn resolve(reference: &str, base: &str) -> Option<String> {
    web_sys::Url::new_with_base(reference, base).ok().map(|url| url.href())
}

/// `Document.parseHTML`: it needs no permission under Trusted Types, where it exists. A configuration of ours takes the
/// place of its default one, which drops images: it then drops only what could run, frames among it, and the allow-list is
/// ours. It names attributes, since Chromium's renderer dies where it has to drop some event handlers by itself (seen in
/// version 156: `onbeforematch`, `onstart`, `onfinish` of any element).
fn parse_html(html: &str) -> Option<web_sys::Document> {
    let constructor = Reflect::get(&js_sys::global(), &"Document".into()).ok()?;
    let parse: Function = Reflect::get(&constructor, &"parseHTML".into()).ok()?.dyn_into().ok()?;
    // One for all: a conversation parses each of its comments.
    thread_local! {
        static OPTIONS: Option<Object> = parse_options();
    }
    let options = OPTIONS.with(Clone::clone)?;
    parse.call2(&constructor, &html.into(), &options).ok()?.dyn_into().ok()
}

fn parse_options() -> Option<Object> {
    let (options, sanitizer) = (Object::new(), Object::new());
    let attributes: Array = ATTRIBUTES.split_ascii_whitespace().map(JsValue::from_str).collect();
    Reflect::set(&sanitizer, &"attributes".into(), &attributes).ok()?;
    Reflect::set(&sanitizer, &"dataAttributes".into(), &JsValue::TRUE).ok()?;
    Reflect::set(&options, &"sanitizer".into(), &sanitizer).ok()?;
    Some(options)
}

/// `DOMParser`, through a Trusted Types policy named `maqal` where the page enforces them.
fn parse_with_dom_parser(text: &str, kind: &str) -> Option<web_sys::Document> {
    let parser: JsValue = web_sys::DomParser::new().ok()?.into();
    let parse: Function = Reflect::get(&parser, &"parseFromString".into()).ok()?.dyn_into().ok()?;
    let kind = JsValue::from_str(kind);
    // A mere string is refused, and reported, where Trusted Types are enforced: the policy is asked first.
    let text = trusted(text).unwrap_or_else(|_| text.into());
    parse.call2(&parser, &text, &kind).ok()?.dyn_into().ok()
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
