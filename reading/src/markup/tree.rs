//! The tree: elements with attributes, and text.

/// Deeper markup than this is flattened to its text: trees are walked by recursion, and nobody writes so.
pub const MAX_DEPTH: usize = 256;

/// A node of a tree. Comments and processing instructions are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Characters.
    Text(String),
    /// An element with all it holds.
    Element(Element),
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The vocabulary it belongs to.
    pub namespace: Namespace,
    /// Its name without a prefix; in lower case where the vocabulary is HTML's.
    pub name: String,
    /// Its attributes by their qualified names (`href`, `xml:lang`).
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Node>,
}

/// The vocabularies that readers know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// No namespace: RSS 2.0 and 0.9x.
    None,
    /// XHTML, and all that an HTML parser makes.
    Html,
    /// Atom (RFC 4287).
    Atom,
    /// RSS 1.0.
    Rss1,
    /// The RSS module `content` (`content:encoded`).
    Content,
    /// Dublin Core, its elements and its terms (`dc:creator`, `dcterms:modified`).
    DublinCore,
    /// Media RSS (`media:content`).
    Media,
    /// SVG, MathML and any other.
    Other,
}

impl Namespace {
    /// The vocabulary that `uri` names.
    #[must_use]
    pub fn of(uri: Option<&str>) -> Self {
        match uri.map(|uri| uri.trim_end_matches('/')) {
            None | Some("") => Self::None,
            Some("http://www.w3.org/1999/xhtml") => Self::Html,
            Some("http://www.w3.org/2005/Atom") => Self::Atom,
            Some("http://purl.org/rss/1.0") => Self::Rss1,
            Some("http://purl.org/rss/1.0/modules/content") => Self::Content,
            Some("http://purl.org/dc/elements/1.1" | "http://purl.org/dc/terms") => Self::DublinCore,
            Some("http://search.yahoo.com/mrss") => Self::Media,
            Some(_) => Self::Other,
        }
    }
}

impl Element {
    /// An empty element of HTML's.
    #[must_use]
    pub fn of_html(name: &str) -> Self {
        Self { namespace: Namespace::Html, name: name.to_owned(), attributes: Vec::new(), children: Vec::new() }
    }

    /// Whether it is `name` of HTML's vocabulary.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.namespace == Namespace::Html && self.name == name
    }

    /// The value of the attribute of this qualified name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the attribute's white-space-separated list has `word`, whatever its case (`rel`, `class`).
    #[must_use]
    pub fn lists(&self, attribute: &str, word: &str) -> bool {
        self.attribute(attribute)
            .is_some_and(|value| value.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
    }

    /// The elements among its children.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of this vocabulary and name.
    #[must_use]
    pub fn child(&self, namespace: Namespace, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.namespace == namespace && element.name == name)
    }

    /// The first element within it, in the order of the document, for which `is_wanted` holds.
    #[must_use]
    pub fn find(&self, is_wanted: &dyn Fn(&Self) -> bool) -> Option<&Self> {
        self.elements().find_map(|element| if is_wanted(element) { Some(element) } else { element.find(is_wanted) })
    }

    /// All elements within it for which `is_wanted` holds, in the order of the document; those within one another too.
    #[must_use]
    pub fn find_all(&self, is_wanted: &dyn Fn(&Self) -> bool) -> Vec<&Self> {
        let mut found = Vec::new();
        self.gather(is_wanted, &mut found);
        found
    }

    fn gather<'a>(&'a self, is_wanted: &dyn Fn(&Self) -> bool, found: &mut Vec<&'a Self>) {
        for element in self.elements() {
            if is_wanted(element) {
                found.push(element);
            }
            element.gather(is_wanted, found);
        }
    }

    /// All its text, in the order of the document.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.push_text(out),
            }
        }
    }
}

/// Elements of a tree that a copy or a search passes over, found by their identity.
#[derive(Clone, Debug, Default)]
pub struct LeftOut(Vec<*const Element>);

impl LeftOut {
    /// The set of `elements`.
    #[must_use]
    pub fn of(elements: &[&Element]) -> Self {
        let mut pointers: Vec<_> = elements.iter().map(|element| std::ptr::from_ref(*element)).collect();
        pointers.sort_unstable();
        Self(pointers)
    }

    /// Whether `element` is one of them.
    #[must_use]
    pub fn has(&self, element: &Element) -> bool {
        !self.0.is_empty() && self.0.binary_search(&std::ptr::from_ref(element)).is_ok()
    }
}
