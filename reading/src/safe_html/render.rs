//! From the tree to what is shown: each element with what the card adds to it.

use super::anchors::FRAGMENT;
use super::media::Embed;
use super::{Element, Node, allow_list, headings, text};
use crate::text::bidi;
use crate::text::direction::{self, Direction};
use crate::text::joined;
use crate::text::number::{self, decimal};
use crate::url::{self, HttpUrl};
use crate::view::{self, prose};

/// What identifiers of foreign markup begin with: none of them is one of the card's.
pub const ANCHOR_PREFIX: &str = "in-text-";
/// The figure of an [`Embed`]: a button without words (the view gives them) and a link to its address.
pub const EMBED_CLASS: &str = "embed";
/// The box in which a wide table scrolls; the view gives its name.
pub const SCROLL_CLASS: &str = "scroll";

/// The box of a line that runs the other way than its paragraph.
const LINE_CLASS: &str = "line";

/// The view of `nodes`. Each outermost block runs by its own first strong character: a French quote in an Arabic
/// comment. Those inside have no `dir` of their own (the first one's text would not count for it any more); the sheet
/// gives them `unicode-bidi: plaintext`. A block without any strong character (a number, an emoji) runs as what is around
/// it: `auto` would set it from left to right.
/// References are resolved against `base`; headings stand under one of the level `above`.
pub(super) fn view(nodes: &[Node], base: &str, above: u8) -> Vec<view::Node> {
    let mut out = Vec::new();
    push(nodes, &mut out, Place { base, above, outermost: true, by_line: false, runs: None });
    out
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

fn push(nodes: &[Node], out: &mut Vec<view::Node>, place: Place) {
    let is_break = |node: &Node| matches!(node, Node::Element(element) if element.name == "br");
    if !place.by_line || !nodes.iter().any(is_break) {
        return push_line(nodes, out, place);
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
        let within = Place { by_line: false, runs: runs.or(place.runs), ..place };
        match runs {
            Some(runs) => {
                let mut boxed = view::element("bdi").attr("class", LINE_CLASS).attr("dir", runs.as_attr());
                push_line(line, &mut boxed.children, within);
                out.push(boxed.into());
            }
            None => push_line(line, out, within),
        }
        push_line(ending, out, within);
    }
}

fn push_line(nodes: &[Node], out: &mut Vec<view::Node>, place: Place) {
    for node in nodes {
        match node {
            Node::Text(text) if place.runs == Some(Direction::Rtl) => out.extend(prose::right_to_left(text)),
            Node::Text(text) => out.push(text.as_str().into()),
            Node::Element(element) => out.extend(build(element, place).map(Into::into)),
            Node::Embed(embed) => out.extend(build_embed(embed, place.base).map(Into::into)),
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

fn build(element: &Element, place: Place) -> Option<view::Element> {
    let base = place.base;
    let depth = headings::depth_of(element.name);
    let (name, deeper) = depth.map_or((element.name, None), |depth| headings::element(place.above + depth));
    let mut built = view::element(name);
    let set = |built: &mut view::Element, pairs: &[(&'static str, &str)]| {
        for (name, value) in pairs {
            built.set(name, *value);
        }
    };
    // How it is loaded stands there before what is loaded.
    match element.name {
        "img" => set(&mut built, &[("loading", "lazy"), ("decoding", "async"), ("referrerpolicy", "no-referrer")]),
        "video" | "audio" => set(&mut built, &[("controls", ""), ("preload", "none")]),
        _ => {}
    }
    if let Some(depth) = depth {
        built.set("data-depth", decimal(depth.into()));
    }
    if let Some(level) = deeper {
        set(&mut built, &[("role", "heading"), ("aria-level", &decimal(level.into()))]);
    }
    let target = own_target(element, base);
    for (name, value) in &element.attributes {
        if *name == "href" && target.is_some() {
            continue;
        }
        if let Some(value) = checked(name, value, base) {
            built.set(name, value);
        }
    }
    if let Some(target) = target {
        built.set("href", joined(&["#", ANCHOR_PREFIX, &target]));
    }
    let (inside, own) = within(element, place);
    match element.name {
        "img" => {
            built.get("src")?;
            if built.get("height").is_none() {
                // Without a size of its own it gets a box of a usual one, so that nothing moves when it comes.
                built.set("class", "unsized");
            }
            if built.get("alt").is_none() {
                built.set("alt", "");
            }
        }
        "video" | "audio" => {
            built.get("src")?;
        }
        "pre" => {
            set(&mut built, &[("dir", inside.runs.unwrap_or(Direction::Ltr).as_attr()), ("tabindex", "0")]);
        }
        name if declared(element).is_none() && allow_list::is_block(name) => match (own, place.runs) {
            (Some(_), _) if place.outermost => built.set("dir", "auto"),
            (None, Some(runs)) if !place.outermost && !element.children.is_empty() => built.set("dir", runs.as_attr()),
            _ => {}
        },
        _ => {}
    }
    push(&element.children, &mut built.children, inside);
    // What held only pictures whose addresses are none holds nothing now; a cell keeps its place.
    let is_bare = built.children.is_empty() && built.get("id").is_none();
    if is_bare && !element.children.is_empty() && !is_cell(element.name) {
        return None;
    }
    if element.name != "table" {
        return Some(built);
    }
    // A table that is wider than the card scrolls in itself, by the keyboard too.
    Some(view::element("div").attr("class", SCROLL_CLASS).attr("role", "group").attr("tabindex", "0").with(built))
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

fn build_embed(embed: &Embed, base: &str) -> Option<view::Element> {
    let address = HttpUrl::parse(&embed.src, base).ok()?;
    let ratio = embed.size.map(|(width, height)| joined(&[&decimal(width.into()), " / ", &decimal(height.into())]));
    let title = embed.title.as_deref().unwrap_or_else(|| address.host());
    let link = view::element("a").attr("href", address.as_str()).attr("dir", "auto").with(title);
    let figure = view::element("figure").attr("class", EMBED_CLASS).attr_if("data-ratio", ratio);
    let button = view::element("button").attr("type", "button");
    Some(figure.with(button).with(view::element("figcaption").with(link)))
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
        "id" => Some(joined(&[ANCHOR_PREFIX, value])),
        "dir" => ["ltr", "rtl"].into_iter().find(|known| value.eq_ignore_ascii_case(known)).map(str::to_owned),
        "width" | "height" | "colspan" | "rowspan" => {
            number::read(value).filter(|n| *n <= u16::MAX.into()).map(|n| decimal(n.into()))
        }
        "start" | "value" => {
            let (sign, digits) = value.strip_prefix('-').map_or(("", value), |digits| ("-", digits));
            number::read(digits).filter(|n| *n <= i32::MAX as u32).map(|n| joined(&[sign, &decimal(n.into())]))
        }
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
