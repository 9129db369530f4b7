//! The blocks of an article that are read aloud, and their sentences. A sentence never goes across blocks.

use std::ops::Range;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Text};

use super::sentences::{self, Sentence};

/// What is read, in the order of the document; the sentence that leads to an article elsewhere is none of it.
const READ: &str = ".title, .lead, .body:not(.elsewhere)";
/// What stands on lines of its own.
const BLOCKS: &str = "p, blockquote, ul, ol, li, h2, h3, h4, h5, h6, figure, figcaption, hr, pre, table, dl, dt, dd, details, \
                      summary, div, .verse > span";
/// What is passed over: code, tables, other documents, controls, what is not shown, and the marks of footnotes.
const PASSED: &str = "pre, table, figure.embed, figcaption, button, video, audio, rt, rp, a > sup, [aria-hidden=true], \
                      details:not([open]) > :not(summary)";

/// A stretch of text without a block in it.
pub(super) struct Block {
    /// The element on whose lines it stands.
    pub element: Element,
    /// Its text nodes.
    pub nodes: Vec<Text>,
    /// Where the text of each node stands in the block's, in UTF-16 units.
    pub spans: Vec<Range<usize>>,
    text: String,
    length: usize,
}

impl Block {
    fn new(element: &Element) -> Self {
        Self { element: element.clone(), nodes: Vec::new(), spans: Vec::new(), text: String::new(), length: 0 }
    }

    fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.length;
        self.text.push_str(text);
        self.length += text.encode_utf16().count();
        start..self.length
    }
}

/// A sentence and the index of its block.
pub(super) struct Passage {
    /// Which of the blocks.
    pub block: usize,
    /// The sentence.
    pub sentence: Sentence,
}

/// All that is read of one article.
pub(super) struct Script {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Their sentences, in order.
    pub passages: Vec<Passage>,
}

impl Script {
    /// What `article` holds now, in sentences of the language `tag`.
    pub(super) fn of(article: &Element, tag: &str) -> Self {
        let mut blocks = Vec::new();
        if let Ok(parts) = article.query_selector_all(READ) {
            for part in (0..parts.length()).filter_map(|index| parts.item(index)?.dyn_into::<Element>().ok()) {
                blocks.push(Block::new(&part));
                collect(&part, &part, &mut blocks);
            }
        }
        blocks.retain(|block| block.text.contains(char::is_alphanumeric));
        let segmenter = segmenter(tag);
        let mut passages = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let segmented = segmenter.as_ref().and_then(|segmenter| segment(segmenter, &block.text));
            let starts = segmented.unwrap_or_else(|| sentences::starts(&block.text));
            let found = sentences::sentences(&block.text, &starts);
            passages.extend(found.into_iter().map(|sentence| Passage { block: index, sentence }));
        }
        Self { blocks, passages }
    }
}

/// Appends what is in `parent` to the last of `blocks`, and to new ones where blocks begin and end. `block` is the
/// innermost block that holds `parent`.
fn collect(parent: &Node, block: &Element, blocks: &mut Vec<Block>) {
    let mut next = parent.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if let (Some(text), Some(open)) = (node.dyn_ref::<Text>(), blocks.last_mut()) {
            // A line's end in the source is a space to a reader.
            let data: String =
                text.data().chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
            let span = open.push(&data);
            open.nodes.push(text.clone());
            open.spans.push(span);
        }
        let Some(element) = node.dyn_ref::<Element>() else { continue };
        // The selectors are constants: a browser either knows all of them or throws at each.
        let is = |selector: &str| element.matches(selector).unwrap_or(false);
        if is("br") {
            if let Some(open) = blocks.last_mut() {
                open.push("\n");
            }
            continue;
        }
        let is_block = is(BLOCKS);
        if is_block {
            blocks.push(Block::new(element));
        }
        let footnote = || is("sup") && element.query_selector("a").is_ok_and(|link| link.is_some());
        if !is(PASSED) && !footnote() {
            collect(element, if is_block { element } else { block }, blocks);
        }
        if is_block {
            blocks.push(Block::new(block));
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// `Intl.Segmenter` (ECMA-402, section 18), which a browser may lack: each call catches.
    #[wasm_bindgen(js_namespace = Intl)]
    type Segmenter;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &Array, options: &Object) -> Result<Segmenter, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn segment(this: &Segmenter, text: &str) -> Result<JsValue, JsValue>;
}

fn segmenter(tag: &str) -> Option<Segmenter> {
    let options = Object::new();
    Reflect::set(&options, &"granularity".into(), &"sentence".into()).ok()?;
    Segmenter::new(&Array::of1(&tag.into()), &options).ok()
}

/// Where the segments of `text` begin, in UTF-16 units.
fn segment(segmenter: &Segmenter, text: &str) -> Option<Vec<usize>> {
    let segments = js_sys::try_iter(&segmenter.segment(text).ok()?).ok()??;
    let start = |segment: Result<JsValue, JsValue>| Reflect::get(&segment.ok()?, &"index".into()).ok()?.as_f64();
    // An index into a string is a whole number far below 2^53.
    segments.map(|segment| start(segment).map(|index| index as usize)).collect()
}
