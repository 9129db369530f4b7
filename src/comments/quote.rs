//! The button that quotes what its reader has selected in the article or in a comment.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, Node, Range, ShadowRoot};

use crate::ui::CardContext;

/// What may be quoted: the article's text, and what was said. A preview is still being written.
const QUOTABLE: &str = ".body, .say:not(.preview)";

/// The key that quotes, with Alt, for those who select by keys.
const KEY: &str = "Q";

/// Between the selection and the button, and between that and the card's edges, in CSS pixels.
const GAP: f64 = 8.0;

/// The button; `quote` gets the selected text, one line for each of its own. It shows beside the selection for as long as
/// there is one, and stands in the order of the Tab key where it is put.
pub fn button(quote: impl Fn(&str) + 'static, card: CardContext) -> impl IntoView {
    let element = NodeRef::<html::Button>::new();
    let is_shown = RwSignal::new(false);
    let is_due = StoredValue::new(false);
    // A browser may tell of one selection more than once: what the reader is done with does not show again.
    let done_with = StoredValue::new_local(None::<Range>);
    let quote = StoredValue::new_local(quote);
    let finish = move || {
        let range = element.get_untracked().and_then(|button| selected(&button));
        done_with.set_value(range.clone());
        is_shown.set(false);
        range
    };
    let act = move || {
        let selected = finish().map(|range| text_of(&range));
        if let Some(text) = selected.filter(|text| !text.trim().is_empty()) {
            quote.with_value(|quote| quote(&text));
        }
    };
    let look = move || {
        is_due.try_set_value(false);
        let Some(button) = element.try_get_untracked().flatten() else { return };
        let range = selected(&button).filter(|range| !text_of(range).trim().is_empty());
        if done_with
            .with_value(|done| done.as_ref().zip(range.as_ref()).is_some_and(|(done, range)| is_same(done, range)))
        {
            return;
        }
        done_with.set_value(None);
        if let Some(range) = &range {
            place(&button, range);
        }
        if is_shown.get_untracked() != range.is_some() {
            is_shown.set(range.is_some());
        }
    };
    // A drag tells of each of its steps: one look for each frame is enough.
    let changed = document_listener("selectionchange", move |_| {
        if is_due.try_get_value() == Some(false) {
            is_due.set_value(true);
            request_animation_frame(look);
        }
    });
    let changed = StoredValue::new_local(Some(changed));
    let key = window_event_listener(ev::keydown, move |event| {
        if is_shown.try_get_untracked() != Some(true) {
            return;
        }
        if event.key() == "Escape" {
            finish();
        } else if event.alt_key() && event.code() == ["Key", KEY].concat() {
            event.prevent_default();
            act();
        }
    });
    on_cleanup(move || {
        key.remove();
        changed.try_update_value(Option::take);
    });
    html::button()
        .node_ref(element)
        .class("quote")
        .class(("shown", move || is_shown.get()))
        .attr("part", "quote")
        .r#type("button")
        .attr("aria-keyshortcuts", ["Alt+", KEY].concat())
        // The selection stays, on a touch screen too.
        .on(ev::pointerdown, |event| event.prevent_default())
        .on(ev::mousedown, |event| event.prevent_default())
        .on(ev::click, move |_| act())
        .child((card.word(|w| w.comment_quote), html::small().child([" (Alt+", KEY, ")"].concat())))
}

/// Listens on the document until the handle is dropped.
fn document_listener(name: &'static str, act: impl Fn(web_sys::Event) + 'static) -> Listener {
    let callback = Closure::<dyn Fn(web_sys::Event)>::new(act);
    // Fails only where the host has broken `EventTarget`.
    let _ = document().add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
    Listener { name, callback }
}

/// A listener on the document.
struct Listener {
    name: &'static str,
    callback: Closure<dyn Fn(web_sys::Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = document().remove_event_listener_with_callback(self.name, callback);
    }
}

#[wasm_bindgen]
extern "C" {
    /// A `Selection`, or what browsers have for one inside a shadow root.
    type Selecting;
    #[wasm_bindgen(method, catch, js_name = getComposedRanges)]
    fn composed_ranges(this: &Selecting, options: &JsValue) -> Result<js_sys::Array, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getRangeAt)]
    fn range_at(this: &Selecting, index: u32) -> Result<Bounds, JsValue>;

    /// What can select: the window, and in some browsers a shadow root.
    type Selectable;
    #[wasm_bindgen(method, catch, js_name = getSelection)]
    fn selection(this: &Selectable) -> Result<Option<Selecting>, JsValue>;

    /// A `StaticRange` or a `Range`.
    type Bounds;
    #[wasm_bindgen(method, getter, js_name = startContainer)]
    fn start_container(this: &Bounds) -> Node;
    #[wasm_bindgen(method, getter, js_name = startOffset)]
    fn start_offset(this: &Bounds) -> u32;
    #[wasm_bindgen(method, getter, js_name = endContainer)]
    fn end_container(this: &Bounds) -> Node;
    #[wasm_bindgen(method, getter, js_name = endOffset)]
    fn end_offset(this: &Bounds) -> u32;
}

/// What is selected in the card of `within`, as far as it may be quoted.
fn selected(within: &Element) -> Option<Range> {
    let root: ShadowRoot = within.get_root_node().dyn_into().ok()?;
    let bounds = bounds(&root)?;
    let (start, end) = (quotable(&bounds.start_container()), quotable(&bounds.end_container()));
    let place = start.clone().or_else(|| end.clone()).filter(|place| root.contains(Some(place)))?;
    let range = document().create_range().ok()?;
    range.select_node_contents(&place).ok()?;
    // A selection that reaches out of its text, as a third click makes it, is quoted to the text's border.
    if start.is_some() {
        range.set_start(&bounds.start_container(), bounds.start_offset()).ok()?;
    }
    if end.as_ref() == Some(&place) {
        range.set_end(&bounds.end_container(), bounds.end_offset()).ok()?;
    }
    (!range.collapsed()).then_some(range)
}

/// Where the selection begins and ends, inside the shadow root too: `getComposedRanges` as the Selection API has it, as
/// Safari had it first, and what browsers had before it.
fn bounds(root: &ShadowRoot) -> Option<Bounds> {
    let window: Selectable = window().unchecked_into();
    let selection = window.selection().ok().flatten()?;
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"shadowRoots".into(), &js_sys::Array::of1(root));
    let ranges = selection.composed_ranges(&options).or_else(|_| selection.composed_ranges(root));
    if let Ok(ranges) = ranges {
        return (ranges.length() > 0).then(|| ranges.get(0).unchecked_into());
    }
    let own = root.unchecked_ref::<Selectable>().selection().ok().flatten();
    own.unwrap_or(selection).range_at(0).ok()
}

fn is_same(one: &Range, other: &Range) -> bool {
    [Range::START_TO_START, Range::END_TO_END].into_iter().all(|ends| one.compare_boundary_points(ends, other) == Ok(0))
}

fn quotable(node: &Node) -> Option<Element> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    element.closest(QUOTABLE).ok().flatten()
}

/// Puts the button under the end of the selection, and never out of the card or of the window.
fn place(button: &HtmlElement, range: &Range) -> Option<()> {
    let card = button.closest(".card").ok()??.get_bounding_client_rect();
    let selection = range.get_bounding_client_rect();
    let (width, height) = (f64::from(button.offset_width()), f64::from(button.offset_height()));
    let floor = card.bottom().min(window().inner_height().ok()?.as_f64()?) - height - GAP;
    let below = selection.bottom() + GAP;
    let top = if below <= floor {
        below
    } else {
        (selection.top() - height - GAP).clamp(card.top() + GAP, floor.max(card.top() + GAP))
    };
    let middle = (selection.left() + selection.right()) / 2.0;
    let is_rtl = window().get_computed_style(button).ok()??.get_property_value("direction").ok()? == "rtl";
    let from_start = if is_rtl { card.right() - middle } else { middle - card.left() };
    let start = (from_start - width / 2.0).min(card.width() - width - GAP).max(GAP);
    let style = HtmlElement::style(button);
    style.set_property("inset-block-start", &pixels(top - card.top())).ok()?;
    style.set_property("inset-inline-start", &pixels(start)).ok()
}

fn pixels(length: f64) -> String {
    [&(length as i32).to_string(), "px"].concat()
}

/// The text of `range`: a line for each line, an empty one between blocks.
fn text_of(range: &Range) -> String {
    let mut text = String::new();
    if let Ok(contents) = range.clone_contents() {
        collect(&contents, false, &mut text);
    }
    text.trim().to_owned()
}

fn collect(node: &Node, is_verbatim: bool, text: &mut String) {
    let mut next = node.first_child();
    while let Some(child) = next {
        next = child.next_sibling();
        match child.dyn_ref::<Element>() {
            Some(element) => match element.tag_name().to_ascii_uppercase().as_str() {
                "BR" => text.push('\n'),
                // What is ours and not the text's.
                "BUTTON" | "SVG" | "IFRAME" => {}
                tag @ ("P" | "DIV" | "LI" | "BLOCKQUOTE" | "PRE" | "UL" | "OL" | "H2" | "H3" | "H4" | "H5" | "H6"
                | "FIGURE" | "FIGCAPTION" | "TR" | "DT" | "DD") => {
                    break_block(text);
                    collect(element, is_verbatim || tag == "PRE", text);
                    break_block(text);
                }
                _ => collect(element, is_verbatim, text),
            },
            None if is_verbatim => text.push_str(&child.text_content().unwrap_or_default()),
            None => {
                for c in child.text_content().unwrap_or_default().chars() {
                    if !c.is_whitespace() {
                        text.push(c);
                    } else if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                        text.push(' ');
                    }
                }
            }
        }
    }
}

/// Ends a block: what follows stands after an empty line.
fn break_block(text: &mut String) {
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}
