//! From a foreign tree to a safe one: a copy through the allow-list.

use super::allow_list::{Fate, Profile, attributes, fate, fits, is_block, is_code, is_grid};
use super::paragraphs::FLOW;
use super::{Element, Node, anchors, media};
use crate::markup::{self, LeftOut, Namespace};
use crate::text::bidi;
use maqal_contract::unicode::is_visible;

/// Deeper markup than this is flattened.
const MAX_DEPTH: usize = 64;

/// What a copy goes by.
pub(super) struct Filter<'a> {
    /// Who wrote it.
    pub(super) profile: Profile,
    /// Elements that the copy passes over.
    pub(super) left_out: &'a LeftOut,
    /// Identifiers that links lead to, sorted.
    pub(super) targets: &'a [String],
}

/// Where a copy will stand.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The next block around it that is kept (or `ruby`); none at the top.
    parent: &'static str,
    /// Whether a link is around it.
    in_link: bool,
    /// Whether code is around it.
    in_code: bool,
    /// How deep it stands in the foreign tree.
    depth: usize,
}

impl Place {
    /// The top of the text.
    pub(super) const TOP: Self = Self { parent: "", in_link: false, in_code: false, depth: 0 };

    /// A place in an element that is not kept itself.
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// A place in the kept element `name`.
    fn within(self, name: &'static str) -> Self {
        // A paragraph around other blocks is dissolved later.
        let counts = (is_block(name) && name != "p") || matches!(name, "td" | "th" | "ruby" | "rt" | "rp");
        let parent = if counts { name } else { self.parent };
        Self {
            parent,
            in_link: self.in_link || name == "a",
            in_code: self.in_code || is_code(name),
            depth: self.depth + 1,
        }
    }
}

impl Filter<'_> {
    /// What stays of the children of `foreign` at this place.
    pub(super) fn children(&self, foreign: &markup::Element, place: Place) -> Vec<Node> {
        let mut out = Vec::new();
        for node in &foreign.children {
            match node {
                markup::Node::Text(text) if place.in_code => push_text(&mut out, &bidi::stripped(text)),
                markup::Node::Text(text) => push_text(&mut out, text),
                markup::Node::Element(element) => {
                    if !self.left_out.has(element) {
                        self.push_element(&mut out, element, place);
                    }
                }
            }
        }
        out
    }

    /// Adds what stays of `foreign`.
    pub(super) fn push_element(&self, out: &mut Vec<Node>, foreign: &markup::Element, place: Place) {
        // Elements of SVG and MathML share names with HTML's (`a`, `title`, `style`): none of them stays.
        if foreign.namespace != Namespace::Html {
            return;
        }
        let fate = self.fate(foreign, place);
        if fate == Fate::Drop {
            return;
        }
        if place.depth >= MAX_DEPTH {
            let text = visible_text(foreign, self.profile);
            push_text(out, &if place.in_code { bidi::stripped(&text) } else { text });
            return;
        }
        let id = anchors::id_of(foreign, self.targets);
        match fate {
            Fate::Drop => {}
            Fate::Embed => out.extend(media::embed(foreign).map(Node::Embed)),
            Fate::Keep("img") => match media::picture(foreign) {
                Some(Node::Text(sign)) => push_text(out, &sign),
                picture => out.extend(picture),
            },
            Fate::Keep(name) => {
                if let Some(kept) = self.kept(name, foreign, id, place.within(name)) {
                    out.push(kept);
                }
            }
            // A number or a name that runs its own way would take its line along.
            Fate::Unwrap if direction(foreign).is_some() && !is_grid(place.parent) => {
                out.extend(self.kept("bdi", foreign, id, place.deeper()));
            }
            Fate::Unwrap => {
                // The place that a link leads to.
                out.extend(id.filter(|_| !is_grid(place.parent)).map(target));
                for node in self.children(foreign, place.deeper()) {
                    match node {
                        Node::Text(text) => push_text(out, &text),
                        element => out.push(element),
                    }
                }
            }
            Fate::Flow => {
                let attributes = id.map(|id| ("id", id.to_owned())).into_iter().collect();
                out.push(Node::Element(Element {
                    name: FLOW,
                    attributes,
                    children: self.children(foreign, place.deeper()),
                }));
            }
        }
    }

    /// What becomes of `foreign` at this place.
    fn fate(&self, foreign: &markup::Element, place: Place) -> Fate {
        match fate(&foreign.name, self.profile) {
            // A link within a link is none, nor is a button; and what leads nowhere is no link.
            Fate::Keep("a")
                if place.in_link
                    || foreign.attribute("href").is_none()
                    || foreign.find(&|e| e.is("iframe")).is_some() =>
            {
                Fate::Unwrap
            }
            // No parser of HTML puts anything into these; what XML has there stays in their place.
            Fate::Keep("br" | "hr" | "wbr" | "img") if !foreign.children.is_empty() => Fate::Unwrap,
            // Its glosses stand beside single words.
            Fate::Keep("ruby") if foreign.find(&|inner| self.is_apart(inner)).is_some() => Fate::Unwrap,
            Fate::Keep("table") if !self.is_grid_only(foreign, "table") => Fate::Flow,
            Fate::Keep(name) if !fits(name, place.parent) => {
                if matches!(name, "rt" | "rp") {
                    Fate::Unwrap
                } else {
                    Fate::Flow
                }
            }
            fate => fate,
        }
    }

    /// Whether `foreign` stands apart from the line it is in.
    fn is_apart(&self, foreign: &markup::Element) -> bool {
        match fate(&foreign.name, self.profile) {
            Fate::Keep(name) => is_block(name) || matches!(name, "td" | "th"),
            Fate::Flow | Fate::Embed => true,
            Fate::Unwrap | Fate::Drop => false,
        }
    }

    /// Whether `foreign` (a table, or a part of one) holds rows and cells alone, as a parser leaves it; other hands
    /// may have put anything there.
    fn is_grid_only(&self, foreign: &markup::Element, name: &str) -> bool {
        foreign.children.iter().all(|node| match node {
            markup::Node::Text(text) => !is_visible(text),
            markup::Node::Element(inner) if inner.namespace != Namespace::Html => true,
            markup::Node::Element(inner) => match fate(&inner.name, self.profile) {
                Fate::Drop => true,
                Fate::Keep(part) if is_grid(part) && fits(part, name) => self.is_grid_only(inner, part),
                Fate::Keep(part @ ("caption" | "td" | "th")) => fits(part, name),
                Fate::Keep(_) | Fate::Embed => false,
                // Columns, and the empty form that a parser leaves before the rows.
                Fate::Unwrap | Fate::Flow => self.is_hollow(inner),
            },
        })
    }

    /// Whether nothing of what `foreign` holds is kept.
    fn is_hollow(&self, foreign: &markup::Element) -> bool {
        foreign.children.iter().all(|node| match node {
            markup::Node::Text(text) => !is_visible(text),
            markup::Node::Element(inner) if inner.namespace != Namespace::Html => true,
            markup::Node::Element(inner) => match fate(&inner.name, self.profile) {
                Fate::Drop => true,
                Fate::Keep(_) | Fate::Embed => false,
                Fate::Unwrap | Fate::Flow => self.is_hollow(inner),
            },
        })
    }

    fn kept(&self, name: &'static str, foreign: &markup::Element, id: Option<&str>, within: Place) -> Option<Node> {
        let mut kept: Vec<_> = attributes(name)
            .iter()
            .filter_map(|attribute| Some((*attribute, foreign.attribute(attribute)?.to_owned())))
            // Every block gets it where it belongs; on a block around others it would read no text of its own.
            .filter(|(attribute, value)| *attribute != "dir" || !value.eq_ignore_ascii_case("auto"))
            .collect();
        kept.extend(id.map(|id| ("id", id.to_owned())));
        if name == "a" && self.profile == Profile::Comment {
            kept.push(("rel", "noopener nofollow ugc".to_owned()));
        }
        let children = if matches!(name, "video" | "audio") {
            if !kept.iter().any(|(name, _)| *name == "src") {
                kept.push(("src", media::source(foreign)?.to_owned()));
            }
            Vec::new()
        } else {
            self.children(foreign, within)
        };
        Some(Node::Element(Element { name, attributes: kept, children }))
    }
}

/// The direction that `foreign` declares for what it holds.
fn direction(foreign: &markup::Element) -> Option<&str> {
    let value = foreign.attribute("dir")?;
    (value.eq_ignore_ascii_case("ltr") || value.eq_ignore_ascii_case("rtl")).then_some(value)
}

/// An empty element that a link can lead to.
fn target(id: &str) -> Node {
    Node::Element(Element { name: "span", attributes: vec![("id", id.to_owned())], children: Vec::new() })
}

/// The text of markup that is too deep, less what is dropped at any depth.
fn visible_text(foreign: &markup::Element, profile: Profile) -> String {
    let mut out = String::new();
    for node in &foreign.children {
        match node {
            markup::Node::Text(text) => out.push_str(text),
            markup::Node::Element(element) => {
                if element.namespace == Namespace::Html && fate(&element.name, profile) != Fate::Drop {
                    out.push_str(&visible_text(element, profile));
                }
            }
        }
    }
    out
}

fn push_text(out: &mut Vec<Node>, text: &str) {
    let text = bidi::balance(text);
    match out.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => out.push(Node::Text(text)),
    }
}
