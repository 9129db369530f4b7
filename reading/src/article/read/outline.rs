//! The elements of a page in one row, without those that are no part of its article, so that an article can be told by
//! weight and by order.

use std::cell::Cell;

use crate::markup::{Element, Node};

/// Whose markup it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The article alone, as an embedder writes it: only what nobody reads is left out.
    Own,
    /// The article's text alone, as a feed or an API gives it: what a site's plugins put into it is left out too.
    Text,
    /// A whole page: what surrounds an article is left out too.
    Page,
}

/// An element, and where it stands.
pub(super) struct Entry<'a> {
    pub(super) element: &'a Element,
    /// The index of the entry around it.
    pub(super) parent: Option<usize>,
    /// The index after the last entry within it.
    pub(super) end: usize,
    /// The characters of prose within it; links and headings are no prose.
    prose: usize,
}

/// The elements within a root, the root first, in the order of the document.
pub(super) struct Outline<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    /// The outermost elements that were passed over.
    pub(super) clutter: Vec<&'a Element>,
    prose: usize,
}

/// What in an article's text alone is no part of it: boxes for sharing and for other articles, and what nobody reads.
pub(super) fn clutter(root: &Element) -> Vec<&Element> {
    Outline::of(root, Origin::Text).clutter
}

impl<'a> Outline<'a> {
    pub(super) fn of(root: &'a Element, origin: Origin) -> Self {
        let mut outline = Self { entries: Vec::new(), clutter: Vec::new(), prose: 0 };
        let whole = Whole { root, length: Cell::new(None) };
        outline.push(root, None, origin, &whole, Context::default());
        outline
    }

    fn push(&mut self, element: &'a Element, parent: Option<usize>, origin: Origin, whole: &Whole, around: Context) {
        let index = self.entries.len();
        self.entries.push(Entry { element, parent, end: 0, prose: self.prose });
        let is = |names: &[&str]| names.iter().any(|name| element.is(name));
        let context = Context {
            in_article: around.in_article || is(&["article", "main"]) || element.lists("role", "main"),
            in_quote: around.in_quote || is(&["blockquote"]),
            no_prose: around.no_prose || is(&["a", "button", "label", "time", "h1", "h2", "h3", "h4", "h5", "h6"]),
        };
        // The list under a heading such as "Read also" goes with it.
        let mut is_labelled = false;
        for node in &element.children {
            match node {
                Node::Text(text) if !context.no_prose => {
                    self.prose += text.chars().filter(|c| c.is_alphanumeric()).count();
                }
                Node::Text(_) => {}
                Node::Element(child) => {
                    let is_label = origin != Origin::Own && is_reading_list(child);
                    let goes_with_it = is_labelled && text_outside_links(child) == 0;
                    if is_label || goes_with_it || is_clutter(child, origin, whole, context) {
                        self.clutter.push(child);
                    } else {
                        self.push(child, Some(index), origin, whole, context);
                    }
                    is_labelled = is_label;
                }
            }
        }
        let end = self.entries.len();
        self.entries[index].end = end;
        self.entries[index].prose = self.prose - self.entries[index].prose;
    }

    /// The characters of prose within the entry.
    pub(super) fn prose(&self, index: usize) -> usize {
        self.entries[index].prose
    }

    /// The entries within `index`, itself first.
    pub(super) fn within(&self, index: usize) -> std::ops::Range<usize> {
        index..self.entries[index].end
    }

    /// The entries around `index`, itself first.
    pub(super) fn around(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(index), |index| self.entries[*index].parent)
    }

    /// The first entry within `range` for which `is_wanted` holds.
    pub(super) fn find(&self, range: std::ops::Range<usize>, is_wanted: &dyn Fn(&Element) -> bool) -> Option<usize> {
        range.into_iter().find(|index| is_wanted(self.entries[*index].element))
    }
}

/// What an element stands in.
#[derive(Clone, Copy, Default)]
struct Context {
    in_article: bool,
    in_quote: bool,
    no_prose: bool,
}

/// The whole page; its length is counted when first asked for.
struct Whole<'a> {
    root: &'a Element,
    length: Cell<Option<usize>>,
}

impl Whole<'_> {
    /// Whether `element` holds most of the text: then it is the page's frame, whatever it is called.
    fn is_mostly(&self, element: &Element) -> bool {
        let length = self.length.get().unwrap_or_else(|| text_length(self.root));
        self.length.set(Some(length));
        text_length(element) * 2 > length
    }
}

/// The characters of an element's text, less those of code.
fn text_length(element: &Element) -> usize {
    let of = |node: &Node| match node {
        Node::Text(text) => text.chars().filter(|c| c.is_alphanumeric()).count(),
        Node::Element(inner) if is_code(inner) => 0,
        Node::Element(inner) => text_length(inner),
    };
    element.children.iter().map(of).sum()
}

fn is_code(element: &Element) -> bool {
    ["script", "style", "template", "noscript"].iter().any(|name| element.is(name))
}

fn is_clutter(element: &Element, origin: Origin, whole: &Whole, around: Context) -> bool {
    let is = |names: &[&str]| names.iter().any(|name| element.is(name));
    let role = |roles: &[&str]| element.attribute("role").is_some_and(|role| roles.contains(&role.trim()));
    if is_code(element) || is(&["nav", "dialog", "button", "select", "textarea", "input"]) || role(&["navigation"]) {
        return true;
    }
    let is_hidden = element.attribute("hidden").is_some_and(|hidden| !hidden.eq_ignore_ascii_case("until-found"))
        || element.attribute("aria-hidden") == Some("true");
    if is_hidden || is(&["form"]) {
        return !whole.is_mostly(element);
    }
    match origin {
        Origin::Own => return false,
        Origin::Text => return is_named_as_clutter(element, &["class"]) && !whole.is_mostly(element),
        Origin::Page => {}
    }
    let undisplayed = || {
        element.attribute("style").is_some_and(|style| {
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().contains("display:none")
        })
    };
    let is_around = is(&["aside"])
        || (is(&["footer"]) && !around.in_quote && !holds_notes(element))
        || (is(&["header"]) && !around.in_article)
        || role(&["banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "toolbar"])
        || is_named_as_clutter(element, &["class", "id"])
        || undisplayed();
    is_around && !whole.is_mostly(element)
}

fn holds_notes(footer: &Element) -> bool {
    footer.find(&|e| e.lists("role", "doc-endnotes") || e.lists("role", "doc-footnote")).is_some()
        || footer.lists("class", "footnotes")
}

/// Words in the names of what surrounds an article.
const CLUTTER: [&str; 38] = [
    "share",
    "shares",
    "sharing",
    "sharedaddy",
    "social",
    "related",
    "relatedposts",
    "newsletter",
    "subscribe",
    "subscription",
    "advert",
    "adverts",
    "advertisement",
    "ads",
    "ad",
    "adsbygoogle",
    "sponsored",
    "promo",
    "comments",
    "comment",
    "disqus",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "gdpr",
    "consent",
    "popup",
    "modal",
    "sidebar",
    "pagination",
    "recommended",
    "recommendations",
    "taboola",
    "outbrain",
    "addtoany",
    "yarpp",
    "toolbar",
];

/// Whether one of these attributes of an element has one of [`CLUTTER`]'s words.
fn is_named_as_clutter(element: &Element, attributes: &[&str]) -> bool {
    let is = |names: &[&str]| names.iter().any(|name| element.is(name));
    if is(&["html", "body", "main", "h1"]) {
        return false;
    }
    // The identifier of a heading or a paragraph is made of its words.
    let is_box = is(&["div", "section", "aside", "ul", "ol", "header", "footer", "table", "ins"]);
    let names = attributes.iter().filter(|name| is_box || **name != "id").filter_map(|name| element.attribute(name));
    names.flat_map(str::split_ascii_whitespace).any(|name| {
        // The subject of the article, as WordPress marks it: `tag-social`.
        let is_subject = ["tag-", "category-"].iter().any(|start| name.starts_with(start));
        !is_subject
            && name.split(['-', '_']).any(|word| CLUTTER.iter().any(|clutter| word.eq_ignore_ascii_case(clutter)))
    })
}

/// How boxes with links to other articles begin.
const READ_ALSO: [&str; 12] = [
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "اقرأ ايضا",
    "إقرأ أيضا",
    "إقرأ أيضًا",
    "اقرأ المزيد",
    "مواضيع ذات صلة",
    "مقالات ذات صلة",
    "شاهد أيضا",
    "شاهد أيضًا",
    "Read also",
    "Related:",
];

/// Whether an element is a heading or a box of links to other articles, by its first words.
fn is_reading_list(element: &Element) -> bool {
    if !["p", "div", "section", "ul", "blockquote", "h2", "h3", "h4", "h5"].iter().any(|name| element.is(name)) {
        return false;
    }
    let mut text = String::new();
    first_words(element, &mut text);
    READ_ALSO.iter().any(|label| text.starts_with(label)) && text_outside_links(element) <= 24
}

/// The beginning of an element's text.
fn first_words(element: &Element, out: &mut String) {
    const ENOUGH: usize = 48;
    for node in &element.children {
        if out.len() >= ENOUGH {
            return;
        }
        match node {
            Node::Text(text) => {
                let text = if out.is_empty() { text.trim_start() } else { text };
                out.extend(text.chars().take(ENOUGH));
            }
            Node::Element(inner) => first_words(inner, out),
        }
    }
}

fn text_outside_links(element: &Element) -> usize {
    let of = |node: &Node| match node {
        Node::Text(text) => text.chars().filter(|c| c.is_alphanumeric()).count(),
        Node::Element(inner) if inner.is("a") => 0,
        Node::Element(inner) => text_outside_links(inner),
    };
    element.children.iter().map(of).sum()
}
