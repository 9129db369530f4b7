//! From the tree to the document: `createElement`, `setAttribute`, text nodes.

use super::anchors::FRAGMENT;
use super::media::Embed;
use super::{Element, Node, allow_list, headings, text};
use crate::text::bidi;
use crate::text::direction::{self, Direction};
use crate::text::ltr_words::{Piece, pieces};
use crate::url::{self, HttpUrl};

/// What identifiers of foreign markup begin with: none of them is one of the card's.
pub const ANCHOR_PREFIX: &str = "in-text-";
/// The figure of an [`Embed`]: a button without words (the view gives them) and a link to its address.
pub const EMBED_CLASS: &str = "embed";
/// The box in which a wide table scrolls; the view gives its name.
pub const SCROLL_CLASS: &str = "scroll";

/// The box of a line that runs the other way than its paragraph.
const LINE_CLASS: &str = "line";

/// Appends `nodes` to `parent`. Each outermost block runs by its own first strong character: a French quote in an Arabic
/// comment. Those inside have no `dir` of their own (the first one's text would not count for it any more); the sheet
/// gives them `unicode-bidi: plaintext`. A block without any strong character (a number, an emoji) runs as what is around
/// it: `auto` would set it from left to right.
/// References are resolved against `base`; headings stand under one of the level `above`.
pub(super) fn append(nodes: &[Node], parent: &web_sys::Node, base: &str, above: u8) {
    append_in(nodes, parent, Place { base, above, outermost: true, by_line: false, runs: None });
}

/// What is around a node.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// What references are resolved against.
    base: &'a str,
    /// The level of the heading over the text.
    above: u8,
    /// No block.
    outermost: bool,
    /// A block, each line of which runs its own way.
    by_line: bool,
    /// How the text runs; `None` where nothing in it says so.
    runs: Option<Direction>,
}

fn append_in(nodes: &[Node], parent: &web_sys::Node, place: Place) {
    let is_break = |node: &Node| matches!(node, Node::Element(element) if element.name == "br");
    if !place.by_line || !nodes.iter().any(is_break) {
        return append_line(nodes, parent, place);
    }
    // Each line that its writer ended runs its own way, as it did in the field where it was typed.
    for line in nodes.split_inclusive(is_break) {
        let (ending, line) = match line {
            [line @ .., ending] if is_break(ending) => (std::slice::from_ref(ending), line),
            line => (&[][..], line),
        };
        let is_apart = |node: &Node| match node {
            Node::Text(_) => false,
            Node::Element(element) => allow_list::is_block(element.name),
            Node::Embed(_) => true,
        };
        let runs = own_direction(line).filter(|runs| Some(*runs) != place.runs);
        let runs = runs.filter(|_| !line.iter().any(is_apart));
        let boxed = runs.and_then(|runs| {
            let boxed = parent.owner_document()?.create_element("bdi").ok()?;
            boxed.set_attribute("class", LINE_CLASS).ok()?;
            boxed.set_attribute("dir", runs.as_attr()).ok()?;
            parent.append_child(&boxed).ok()
        });
        let within = Place { by_line: false, runs: runs.or(place.runs), ..place };
        append_line(line, boxed.as_ref().unwrap_or(parent), within);
        append_line(ending, parent, within);
    }
}

fn append_line(nodes: &[Node], parent: &web_sys::Node, place: Place) {
    let Some(document) = parent.owner_document() else { return };
    for node in nodes {
        let built: Option<web_sys::Node> = match node {
            Node::Text(text) if place.runs == Some(Direction::Rtl) => {
                append_rtl(text, parent, &document);
                continue;
            }
            Node::Text(text) => Some(document.create_text_node(text).into()),
            Node::Element(element) => build(element, &document, place),
            Node::Embed(embed) => build_embed(embed, &document, place.base).map(Into::into),
        };
        if let Some(built) = built {
            // Appending a fresh node to an element fails only where the host has broken `Node.prototype`.
            let _ = parent.append_child(&built);
        }
    }
}

/// Text of a line from right to left: words that run the other way stand apart.
fn append_rtl(text: &str, parent: &web_sys::Node, document: &web_sys::Document) {
    for piece in pieces(text) {
        let built = match piece {
            Piece::Plain(text) => Some(document.create_text_node(text).into()),
            Piece::LeftToRight(word) => document.create_element("bdi").ok().map(|bdi| {
                let _ = bdi.set_attribute("dir", "ltr");
                bdi.set_text_content(Some(word));
                web_sys::Node::from(bdi)
            }),
        };
        if let Some(built) = built {
            let _ = parent.append_child(&built);
        }
    }
}

/// What is around the children of `element`, and which way its own text says that it runs, where it is a block.
fn within<'a>(element: &Element, place: Place<'a>) -> (Place<'a>, Option<Direction>) {
    let is_block = allow_list::is_block(element.name);
    let mut own = None;
    let (by_line, runs) = match (declared(element), element.name) {
        (Some(declared), _) => (false, Some(declared)),
        (None, "pre") => (false, Some(direction_of_pre(element))),
        (None, name) if allow_list::is_code(name) => (false, Some(Direction::Ltr)),
        (None, name) if is_block || is_cell(name) || name == "bdi" => {
            own = own_direction(&element.children);
            (name != "bdi", own.or(place.runs))
        }
        _ => (false, place.runs),
    };
    (Place { outermost: place.outermost && !is_block, by_line, runs, ..place }, own)
}

fn build(element: &Element, document: &web_sys::Document, place: Place) -> Option<web_sys::Node> {
    let base = place.base;
    let depth = headings::depth_of(element.name);
    let (name, deeper) = depth.map_or((element.name, None), |depth| headings::element(place.above + depth));
    let built = document.create_element(name).ok()?;
    let set = |pairs: &[(&str, &str)]| {
        for (name, value) in pairs {
            let _ = built.set_attribute(name, value);
        }
    };
    // How it is loaded stands there before what is loaded.
    match element.name {
        "img" => set(&[("loading", "lazy"), ("decoding", "async"), ("referrerpolicy", "no-referrer")]),
        "video" | "audio" => set(&[("controls", ""), ("preload", "none")]),
        _ => {}
    }
    if let Some(depth) = depth {
        set(&[("data-depth", &depth.to_string())]);
    }
    if let Some(level) = deeper {
        set(&[("role", "heading"), ("aria-level", &level.to_string())]);
    }
    for (name, value) in &element.attributes {
        if let Some(value) = checked(name, value, base) {
            let _ = built.set_attribute(name, &value);
        }
    }
    if let Some(target) = own_target(element, base) {
        let _ = built.set_attribute("href", &["#", ANCHOR_PREFIX, &target].concat());
    }
    let (inside, own) = within(element, place);
    match element.name {
        "img" => {
            built.get_attribute("src")?;
            if !built.has_attribute("height") {
                // Without a size of its own it gets a box of a usual one, so that nothing moves when it comes.
                set(&[("class", "unsized")]);
            }
            if !built.has_attribute("alt") {
                set(&[("alt", "")]);
            }
        }
        "video" | "audio" => {
            built.get_attribute("src")?;
        }
        "pre" => set(&[("dir", inside.runs.unwrap_or(Direction::Ltr).as_attr()), ("tabindex", "0")]),
        name if declared(element).is_none() && allow_list::is_block(name) => match (own, place.runs) {
            (Some(_), _) if place.outermost => set(&[("dir", "auto")]),
            (None, Some(runs)) if !place.outermost && !element.children.is_empty() => set(&[("dir", runs.as_attr())]),
            _ => {}
        },
        _ => {}
    }
    append_in(&element.children, &built, inside);
    // What held only pictures whose addresses are none holds nothing now; a cell keeps its place.
    if !(element.children.is_empty() || built.has_child_nodes() || built.has_attribute("id") || is_cell(element.name)) {
        return None;
    }
    if element.name != "table" {
        return Some(built.into());
    }
    // A table that is wider than the card scrolls in itself, by the keyboard too.
    let scroll = document.create_element("div").ok()?;
    for (name, value) in [("class", SCROLL_CLASS), ("role", "group"), ("tabindex", "0")] {
        let _ = scroll.set_attribute(name, value);
    }
    scroll.append_child(&built).ok()?;
    Some(scroll.into())
}

/// Preformatted text is code, unless it does not say so and its words run from right to left: verse is set in it too.
fn direction_of_pre(pre: &Element) -> Direction {
    let is_code = pre.children.iter().any(|node| matches!(node, Node::Element(e) if e.name == "code"));
    let is_verse = !is_code && direction::first_strong(&text(&pre.children)) == Some(Direction::Rtl);
    if is_verse { Direction::Rtl } else { Direction::Ltr }
}

/// Which way `nodes` say that they run. What is isolated in them has no say (HTML, section 3.2.6.4).
fn own_direction(nodes: &[Node]) -> Option<Direction> {
    fn gather(nodes: &[Node], own: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => own.push_str(text),
                Node::Element(element) if element.name != "bdi" && declared(element).is_none() => {
                    gather(&element.children, own);
                }
                Node::Element(_) | Node::Embed(_) => {}
            }
        }
    }
    let mut own = String::new();
    gather(nodes, &mut own);
    direction::first_strong(&own)
}

/// The direction that the element itself names.
fn declared(element: &Element) -> Option<Direction> {
    let (_, value) = element.attributes.iter().find(|(name, _)| *name == "dir")?;
    Some(if checked("dir", value, "")? == "rtl" { Direction::Rtl } else { Direction::Ltr })
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

fn build_embed(embed: &Embed, document: &web_sys::Document, base: &str) -> Option<web_sys::Element> {
    let address = HttpUrl::parse(&embed.src, base).ok()?;
    let figure = document.create_element("figure").ok()?;
    let _ = figure.set_attribute("class", EMBED_CLASS);
    if let Some((width, height)) = embed.size {
        let _ = figure.set_attribute("data-ratio", &[&width.to_string(), " / ", &height.to_string()].concat());
    }
    let button = document.create_element("button").ok()?;
    let _ = button.set_attribute("type", "button");
    figure.append_child(&button).ok()?;
    let caption = document.create_element("figcaption").ok()?;
    let link = document.create_element("a").ok()?;
    let _ = link.set_attribute("href", address.as_str());
    let _ = link.set_attribute("dir", "auto");
    link.set_text_content(Some(embed.title.as_deref().unwrap_or_else(|| address.host())));
    caption.append_child(&link).ok()?;
    figure.append_child(&caption).ok()?;
    Some(figure)
}

/// The target of a link that stays in the text.
fn own_target(element: &Element, base: &str) -> Option<String> {
    let get = |wanted: &str| element.attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    let (target, href) = (get(FRAGMENT)?, get("href")?);
    let bare = |url: &str| HttpUrl::parse(url, base).ok().map(|url| url.without_fragment().to_owned());
    (href.starts_with('#') || bare(href) == bare(base)).then(|| target.clone())
}

/// The attribute's value as it may stand in the document; `None` where it may not.
fn checked(name: &str, value: &str, base: &str) -> Option<String> {
    match name {
        "href" => url::link(value, base),
        // An empty one would be the article's own address.
        "src" | "poster" if value.trim().is_empty() => None,
        "src" => HttpUrl::parse(value, base).ok().map(|url| url.as_str().to_owned()),
        "id" => Some([ANCHOR_PREFIX, value].concat()),
        "dir" => ["ltr", "rtl"].into_iter().find(|known| value.eq_ignore_ascii_case(known)).map(str::to_owned),
        "width" | "height" | "colspan" | "rowspan" => value.parse::<u16>().ok().map(|n| n.to_string()),
        "start" | "value" => value.parse::<i32>().ok().map(|n| n.to_string()),
        "reversed" => Some(String::new()),
        // A language tag (RFC 5646, section 2.1), near enough.
        "lang" => (value.len() <= 35 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
            .then(|| value.to_owned()),
        "title" => Some(bidi::line(value)),
        "alt" | "rel" => Some(value.to_owned()),
        // `fragment` is ours; any other name is not on the list.
        _ => None,
    }
}
