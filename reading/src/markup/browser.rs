//! The browser's own parsers, in documents that run nothing and fetch nothing.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::dom::root_of;
use super::{Element, ParseError, of_dom};

/// The attributes that any reader of foreign HTML, or the allow-list, looks at; `data-` ones besides.
const ATTRIBUTES: &str = "alt aria-hidden class colspan content datetime dir height hidden href id itemprop itemtype lang \
    name poster property pubdate rel reversed role rowspan src srcset start style title type value width";

/// What `html` holds, or `None` where the page's policy lets nobody parse.
pub(super) fn html(html: &str) -> Option<Element> {
    if let Some(holder) = set_html(html) {
        return Some(holder);
    }
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

/// `Element.setHTML` in a document of nobody's: as safe as `Document.parseHTML`, and in Chromium nearly twenty times as
/// fast. A conversation parses each of its comments.
fn set_html(html: &str) -> Option<Element> {
    thread_local! {
        static HOLDER: Option<(web_sys::Element, Function, Object)> = holder();
    }
    HOLDER.with(|holder| {
        let (holder, set, options) = holder.as_ref()?;
        set.call2(holder, &html.into(), options).ok()?;
        let copy = of_dom(holder);
        holder.set_text_content(None);
        Some(copy)
    })
}

/// The element that [`set_html`] uses again and again, its method, and the configuration: a `Sanitizer` that is made once,
/// since a plain object would be read anew each time.
fn holder() -> Option<(web_sys::Element, Function, Object)> {
    let document = web_sys::window()?.document()?.implementation().ok()?.create_html_document().ok()?;
    let holder = document.create_element("div").ok()?;
    let set: Function = Reflect::get(&holder, &"setHTML".into()).ok()?.dyn_into().ok()?;
    let sanitizer: Function = Reflect::get(&js_sys::global(), &"Sanitizer".into()).ok()?.dyn_into().ok()?;
    let sanitizer = Reflect::construct(&sanitizer, &Array::of1(&configuration()?)).ok()?;
    let options = Object::new();
    Reflect::set(&options, &"sanitizer".into(), &sanitizer).ok()?;
    Some((holder, set, options))
}

fn parse_options() -> Option<Object> {
    let options = Object::new();
    Reflect::set(&options, &"sanitizer".into(), &configuration()?).ok()?;
    Some(options)
}

/// What a `Sanitizer` is made of.
fn configuration() -> Option<JsValue> {
    let sanitizer = Object::new();
    let attributes: Array = ATTRIBUTES.split_ascii_whitespace().map(JsValue::from_str).collect();
    Reflect::set(&sanitizer, &"attributes".into(), &attributes).ok()?;
    Reflect::set(&sanitizer, &"dataAttributes".into(), &JsValue::TRUE).ok()?;
    Some(sanitizer.into())
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
