//! Pictures, films and frames of foreign markup, with the detours that content systems take.

use super::{Element, Node};
use crate::markup;
use crate::text::bidi;
use crate::text::number::{self, decimal};

/// Another document within the text: a film, a map, a post of a social network. It is loaded only when the reader asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embed {
    /// Its address, as found.
    pub(super) src: String,
    /// What it is, in its own words.
    pub(super) title: Option<String>,
    /// Its own width and height, in CSS pixels.
    pub(super) size: Option<(u32, u32)>,
}

/// The box for a frame; `None` where it has no address of its own (`srcdoc`).
pub(super) fn embed(frame: &markup::Element) -> Option<Embed> {
    let src = address(frame)?.trim().to_owned();
    let title = frame.attribute("title").map(bidi::line).filter(|title| !title.is_empty());
    let size = number(frame, "width").zip(number(frame, "height"));
    Some(Embed { src, title, size })
}

/// Where scripts that load lazily keep the real address while `src` holds a placeholder.
const LAZY: [&str; 5] = ["data-src", "data-lazy-src", "data-original", "data-orig-src", "data-litespeed-src"];

/// The address of a picture or a frame.
fn address(element: &markup::Element) -> Option<&str> {
    let is_real = |src: &&str| {
        let src = src.trim();
        !src.is_empty() && !src.starts_with("data:") && !src.starts_with("about:")
    };
    let lazy = || LAZY.iter().find_map(|name| element.attribute(name).filter(is_real));
    let from_set = || {
        let set = element.attribute("srcset").or_else(|| element.attribute("data-srcset"))?;
        set.split_ascii_whitespace().next().filter(is_real)
    };
    // A placeholder that is a picture of its own stands beside the real address.
    lazy().or_else(|| element.attribute("src").filter(is_real)).or_else(from_set)
}

/// The picture `img`, or its words where it is only a sign, or nothing where it has no address or is a counter's pixel.
pub(super) fn picture(img: &markup::Element) -> Option<Node> {
    let src = address(img)?;
    let alt = img.attribute("alt").map(bidi::line);
    if let Some(sign) = alt.as_deref().filter(|alt| is_sign(alt)) {
        return Some(Node::Text(sign.to_owned()));
    }
    let (width, height) = (number(img, "width"), number(img, "height"));
    if width.is_some_and(|n| n <= 2) && height.is_some_and(|n| n <= 2) {
        return None;
    }
    let mut attributes = vec![("src", src.to_owned())];
    attributes.extend(alt.map(|alt| ("alt", alt)));
    // A width alone reserves no space, but says how large it is meant to be; a height alone says neither.
    attributes.extend(width.map(|width| ("width", decimal(width.into()))));
    attributes.extend(width.and(height).map(|height| ("height", decimal(height.into()))));
    Some(Node::Element(Element { name: "img", attributes, children: Vec::new() }))
}

/// Whether the words of a picture are an emoji: content systems draw them as pictures.
fn is_sign(alt: &str) -> bool {
    let is_pictograph = |c: char| matches!(c as u32, 0x2190..=0x2BFF | 0x1F000..=0x1FAFF);
    alt.chars().count() <= 8
        && alt.chars().any(is_pictograph)
        && alt.chars().all(|c| is_pictograph(c) || matches!(c, '\u{200D}' | '\u{FE0F}' | '\u{E0020}'..='\u{E007F}'))
}

/// The address of a film or a recording: its own, else that of its first `source`.
pub(super) fn source(media: &markup::Element) -> Option<&str> {
    media.attribute("src").or_else(|| media.find(&|e| e.is("source"))?.attribute("src"))
}

/// A number of CSS pixels: `640`, `640.0` or `640px`.
fn number(element: &markup::Element, attribute: &str) -> Option<u32> {
    let value = element.attribute(attribute)?.trim();
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if !matches!(value[digits..].chars().next(), None | Some('.' | 'p')) {
        return None;
    }
    number::read(&value[..digits]).filter(|n| *n > 0)
}
