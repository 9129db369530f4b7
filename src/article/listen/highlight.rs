//! The sentence that is being read, made visible: by the CSS Custom Highlight API, which changes no element, else by a
//! class on its block.

use std::ops::Range;

use js_sys::Reflect;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::blocks::Block;
use super::sentences;

/// The highlight's name in the document's registry, for `::highlight()`.
const NAME: &str = "maqal-listening";
/// The class of the block where the browser has no such registry.
const CLASS: &str = "heard";

#[wasm_bindgen]
extern "C" {
    /// `CSS.highlights` (CSS Custom Highlight API, section 3.1).
    type HighlightRegistry;
    #[wasm_bindgen(method, catch)]
    fn get(this: &HighlightRegistry, name: &str) -> Result<Option<Highlight>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &HighlightRegistry, name: &str) -> Result<bool, JsValue>;

    /// `Highlight`: a set of ranges.
    type Highlight;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn add(this: &Highlight, range: &web_sys::Range) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = delete)]
    fn remove(this: &Highlight, range: &web_sys::Range) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn size(this: &Highlight) -> u32;
}

/// A sentence that is visible as the one being read, until this is dropped.
pub(super) enum Mark {
    /// Its ranges in the document's highlight, which all cards share: each takes out its own.
    Ranges(Vec<web_sys::Range>),
    /// Its block.
    Class(web_sys::Element),
}

impl Mark {
    /// Marks `range` of `block`.
    pub(super) fn new(block: &Block, range: &Range<usize>) -> Self {
        let Some(highlight) = registry().and_then(|registry| shared(&registry)) else {
            let _ = block.element.class_list().add_1(CLASS);
            return Self::Class(block.element.clone());
        };
        // One range for each text node: what is passed over between two of them (a footnote's mark) is not marked.
        let parts = sentences::parts(&block.spans, range);
        let ranges: Vec<_> =
            parts.into_iter().filter_map(|(index, part)| text_range(block.nodes.get(index)?, &part).ok()).collect();
        for range in &ranges {
            // A sentence that is not marked is still read.
            let _ = highlight.add(range);
        }
        Self::Ranges(ranges)
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        match self {
            Self::Class(element) => {
                let _ = element.class_list().remove_1(CLASS);
            }
            Self::Ranges(ranges) => {
                let Some(registry) = registry() else { return };
                let Ok(Some(highlight)) = registry.get(NAME) else { return };
                for range in ranges {
                    let _ = highlight.remove(range);
                }
                if highlight.size() == 0 {
                    let _ = registry.delete(NAME);
                }
            }
        }
    }
}

fn registry() -> Option<HighlightRegistry> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok()?;
    let registry = Reflect::get(&css, &"highlights".into()).ok()?;
    registry.is_object().then(|| registry.unchecked_into())
}

/// The document's highlight of this name, made where there is none yet.
fn shared(registry: &HighlightRegistry) -> Option<Highlight> {
    if let Some(highlight) = registry.get(NAME).ok()? {
        return Some(highlight);
    }
    let highlight = Highlight::new().ok()?;
    registry.set(NAME, &highlight).ok()?;
    Some(highlight)
}

/// A live range within `node`; an error where the node has become shorter meanwhile.
fn text_range(node: &web_sys::Text, part: &Range<usize>) -> Result<web_sys::Range, JsValue> {
    let range = web_sys::Range::new()?;
    // Offsets within a text node are 32 bits wide (DOM, section 4.10).
    range.set_start(node, part.start as u32)?;
    range.set_end(node, part.end as u32)?;
    Ok(range)
}
