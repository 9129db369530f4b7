//! HTML of the shape that a comment server writes, read with little code and without a parser: what shows first takes it, and
//! leaves all other HTML to the whole widget.

use super::{Element, Node, SafeHtml};
use maqal_contract::unicode::is_bidi_control;

/// The elements that are read, which the allow-list keeps for anybody (a test says so): blocks, and what stands in a line.
const BLOCKS: [&str; 6] = ["p", "pre", "blockquote", "ul", "ol", "li"];
const INLINE: [&str; 5] = ["br", "em", "strong", "code", "a"];

/// Deeper markup than this is left to the parser.
const MAX_DEPTH: usize = 32;

impl SafeHtml {
    /// Reads `html` where it is well-formed and holds nothing but paragraphs, quotes, lists, code, links and emphasis, each where
    /// HTML lets it stand; `None` for any other. What it gives is what [`parse`](Self::parse) gives.
    #[must_use]
    pub fn of_simple(html: &str) -> Option<Self> {
        let mut reader = Reader { rest: html };
        let nodes = reader.blocks("", 0)?;
        (reader.rest.is_empty() && !nodes.is_empty()).then_some(Self(nodes))
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// The blocks in the element `parent`, up to its end.
    fn blocks(&mut self, parent: &str, depth: usize) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        if depth > MAX_DEPTH {
            return None;
        }
        loop {
            self.rest = self.rest.trim_start_matches('\n');
            if self.rest.is_empty() || self.rest.starts_with("</") {
                return Some(nodes);
            }
            let element = self.open(&BLOCKS)?;
            let is_list = matches!(parent, "ul" | "ol");
            if (element.name == "li") != is_list {
                return None;
            }
            nodes.push(Node::Element(self.inside(element, depth)?));
        }
    }

    /// What a block holds, and its end.
    fn inside(&mut self, mut element: Element, depth: usize) -> Option<Element> {
        element.children = match element.name {
            "p" => self.line(false, depth)?,
            // A line break at the head of preformatted text is none (HTML, section 13.1.2.5).
            "pre" if self.rest.starts_with('\n') => return None,
            "pre" => self.line(false, depth)?,
            "li" if !self.rest.starts_with("<p>") => self.line(false, depth)?,
            name => self.blocks(name, depth + 1)?,
        };
        self.close(element.name)?;
        if element.name == "li" {
            lone_paragraph(&mut element.children);
        }
        (stands(&element.children) && (element.name == "pre" || is_trimmed(&element.children))).then_some(element)
    }

    /// Text and what stands in a line, up to the end of the element around it.
    fn line(&mut self, in_link: bool, depth: usize) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        loop {
            let text = self.text()?;
            if !text.is_empty() {
                nodes.push(Node::Text(text));
            }
            if self.rest.starts_with("</") {
                return Some(nodes);
            }
            let mut element = self.open(&INLINE)?;
            if element.name != "br" {
                let is_link = element.name == "a";
                if (is_link && in_link) || depth > MAX_DEPTH {
                    return None;
                }
                element.children = self.line(in_link || is_link, depth + 1)?;
                self.close(element.name)?;
            }
            nodes.push(Node::Element(element));
        }
    }

    /// Characters up to the next tag.
    fn text(&mut self) -> Option<String> {
        let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
        self.rest = rest;
        decoded(text)
    }

    /// The start tag of one of `names`.
    fn open(&mut self, names: &[&'static str]) -> Option<Element> {
        let (tag, rest) = self.rest.strip_prefix('<')?.split_once('>')?;
        let (name, mut list) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = *names.iter().find(|known| **known == name)?;
        let mut attributes = Vec::new();
        while !list.is_empty() {
            let (attribute, after) =
                list.split_once('=').and_then(|(name, value)| Some((name, value.strip_prefix('"')?)))?;
            let (value, after) = after.split_once('"')?;
            list = after.strip_prefix(' ').unwrap_or(after);
            match (name, attribute) {
                // The card sets these itself.
                (_, "dir") if value == "auto" => {}
                ("a", "rel") => {}
                ("a", "href") => {
                    attributes.push(("href", decoded(value)?));
                    attributes.push(("rel", "noopener nofollow ugc".to_owned()));
                }
                ("ol", "start") => attributes.push(("start", decoded(value)?)),
                _ => return None,
            }
        }
        self.rest = rest;
        Some(Element { name, attributes, children: Vec::new() })
    }

    /// The end tag of `name`.
    fn close(&mut self, name: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix("</")?.strip_prefix(name)?.strip_prefix('>')?;
        Some(())
    }
}

/// An item of one paragraph is a line.
fn lone_paragraph(nodes: &mut Vec<Node>) {
    if let [Node::Element(only)] = nodes.as_mut_slice()
        && only.name == "p"
    {
        *nodes = std::mem::take(&mut only.children);
    }
}

/// Whether a parser's tree of the same would be left as it is: nothing empty, and no break at an edge or beside another.
fn stands(nodes: &[Node]) -> bool {
    let mut at_edge = true;
    for node in nodes {
        match node {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Element(element) if element.name == "br" => {
                if at_edge {
                    return false;
                }
                at_edge = true;
            }
            Node::Element(element) if !stands(&element.children) => return false,
            _ => at_edge = false,
        }
    }
    !at_edge
}

/// Whether a line begins and ends with what can be seen: a parser's tree of any other is trimmed.
fn is_trimmed(nodes: &[Node]) -> bool {
    let is_seen = |node: Option<&Node>, is_first: bool| match node {
        Some(Node::Text(text)) if is_first => !text.starts_with(char::is_whitespace),
        Some(Node::Text(text)) => !text.ends_with(char::is_whitespace),
        Some(Node::Element(element)) => is_trimmed(&element.children),
        _ => true,
    };
    is_seen(nodes.first(), true) && is_seen(nodes.last(), false)
}

/// `text` with the references decoded that a serialiser writes; `None` where there is any other, or a character that a parser
/// changes.
fn decoded(text: &str) -> Option<String> {
    if text.chars().any(|c| matches!(c, '\0' | '\r') || is_bidi_control(c)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';')?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" | "#x27" => '\'',
            _ => return None,
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, INLINE};
    use crate::safe_html::allow_list::{Fate, Profile, fate};
    use crate::safe_html::{Node, SafeHtml};

    #[test]
    fn the_allow_list_keeps_what_is_read_here() {
        for name in BLOCKS.into_iter().chain(INLINE) {
            assert_eq!(fate(name, Profile::Comment), Fate::Keep(name));
        }
    }

    #[test]
    fn what_is_not_of_the_shape_is_left_to_the_parser() {
        for html in [
            "",
            "نصّ",
            "<p></p>",
            "<p>a",
            "<p>a</p>b",
            "<p>a<p>b</p></p>",
            "<p onclick=\"x()\">a</p>",
            "<p><img src=\"/a.png\"></p>",
            "<P>a</P>",
            "<p>a&nbsp;b</p>",
            "<p>a & b</p>",
            "<p><a href=\"/x\">a<a href=\"/y\">b</a></a></p>",
            "<script>a</script>",
            "<li>a</li>",
            "<ul><p>a</p></ul>",
            "<pre>\na</pre>",
            "<p>a<br></p>",
            "<p> a</p>",
            "<p dir=\"rtl\">a</p>",
            "<p>a\u{202E}b</p>",
        ] {
            assert_eq!(SafeHtml::of_simple(html), None, "{html}");
        }
        assert!(
            matches!(SafeHtml::of_simple("<p>a</p>"), Some(SafeHtml(nodes)) if matches!(nodes[..], [Node::Element(_)]))
        );
    }
}
