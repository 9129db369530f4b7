//! Which elements and attributes stay, for whom, and which vanish with all they hold.

/// Who wrote the HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// The publisher.
    Article,
    /// Anybody.
    Comment,
}

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays, under this name.
    Keep(&'static str),
    /// It goes, and its children stay in the line.
    Unwrap,
    /// It goes, and its children stay, apart from what stands before and after.
    Flow,
    /// It shows another document: a box that the reader opens takes its place.
    Embed,
    /// It goes with all it holds: its content is code, a form, or another document.
    Drop,
}

/// Elements that both may use.
const COMMON: &[&str] = &[
    "p",
    "br",
    "strong",
    "em",
    "b",
    "i",
    "del",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "bdi",
    "sub",
    "sup",
];

/// Elements that a publisher may use besides.
const PUBLISHER: &[&str] = &[
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "figcaption",
    "img",
    "hr",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "caption",
    "dl",
    "dt",
    "dd",
    "q",
    "cite",
    "mark",
    "abbr",
    "small",
    "ins",
    "u",
    "kbd",
    "samp",
    "var",
    "dfn",
    "ruby",
    "rt",
    "rp",
    "wbr",
    "details",
    "summary",
    "video",
    "audio",
];

/// Elements that vanish with their content.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "template",
    "noscript",
    "noembed",
    "noframes",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "svg",
    "math",
    "head",
    "title",
    "meta",
    "link",
    "base",
    "textarea",
    "select",
    "option",
    "input",
    "button",
    "canvas",
    "audio",
    "video",
    "xmp",
    "plaintext",
    "dialog",
    "datalist",
    "map",
    "area",
    "param",
    "portal",
];

/// Containers without a meaning of their own to a reader, but apart from their neighbours.
const FLOW: &[&str] = &[
    "html",
    "body",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "address",
    "center",
    "form",
    "fieldset",
    "hgroup",
    "search",
    "menu",
    "dir",
    "marquee",
    "legend",
    "optgroup",
    "listing",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "hr",
    "details",
    "summary",
    "caption",
];

/// Blocks: what stands on lines of its own.
const BLOCKS: &[&str] = &[
    "p",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "figcaption",
    "hr",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "video",
    "audio",
];

/// The fate of the HTML element `name` (lower case).
pub(super) fn fate(name: &str, profile: Profile) -> Fate {
    let publisher = match profile {
        Profile::Article if name == "h1" => Some("h2"),
        Profile::Article if name == "iframe" => return Fate::Embed,
        Profile::Article => find(PUBLISHER, name),
        Profile::Comment => None,
    };
    match find(COMMON, name).or(publisher) {
        Some(kept) => Fate::Keep(kept),
        None if find(DROPPED, name).is_some() => Fate::Drop,
        None if find(FLOW, name).is_some() => Fate::Flow,
        None => Fate::Unwrap,
    }
}

/// The attributes that `element` may keep. Those that hold a reference are checked again when they are rendered.
pub(super) fn attributes(element: &str) -> &'static [&'static str] {
    match element {
        "a" => &["href", "dir", "lang"],
        "img" => &["src", "alt", "width", "height"],
        // No `poster`: it would be fetched before the reader asks for the film.
        "video" => &["src", "width", "height"],
        "audio" => &["src"],
        "td" | "th" => &["colspan", "rowspan", "dir", "lang"],
        "ol" => &["start", "reversed", "dir", "lang"],
        "li" => &["value", "dir", "lang"],
        "abbr" => &["title", "dir", "lang"],
        _ => &["dir", "lang"],
    }
}

/// Whether `name` stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether the text of `name` is code, or stands as it was typed.
pub(super) fn is_code(name: &str) -> bool {
    matches!(name, "code" | "pre" | "kbd" | "samp" | "var")
}

/// Whether `name` may stand in the block `parent`, the next one around it: a parser of HTML keeps these nowhere else, so
/// that what is copied from the page and parsed again would be another tree.
pub(super) fn fits(name: &str, parent: &str) -> bool {
    match name {
        "li" => matches!(parent, "ul" | "ol"),
        "dt" | "dd" => parent == "dl",
        "caption" | "thead" | "tbody" | "tfoot" => parent == "table",
        "tr" => matches!(parent, "table" | "thead" | "tbody" | "tfoot"),
        "td" | "th" => parent == "tr",
        "figcaption" => parent == "figure",
        "summary" => parent == "details",
        "rt" | "rp" => parent == "ruby",
        "h2" | "h3" | "h4" | "h5" | "h6" => !matches!(parent, "h2" | "h3" | "h4" | "h5" | "h6"),
        _ => true,
    }
}

/// Whether `name` holds rows or cells and nothing else.
pub(super) fn is_grid(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr")
}

/// Whether the paragraphs of `name` are paragraphs of the text: its loose lines become some.
pub(super) fn holds_paragraphs(name: &str) -> bool {
    matches!(name, "blockquote" | "details")
}

fn find(list: &[&'static str], name: &str) -> Option<&'static str> {
    list.iter().copied().find(|listed| *listed == name)
}

#[cfg(test)]
mod tests {
    use super::{Fate, Profile, fate, fits};

    #[test]
    fn code_forms_and_other_documents_vanish_with_their_content() {
        for name in ["script", "style", "object", "svg", "math", "template", "noscript", "textarea", "button"] {
            assert_eq!(fate(name, Profile::Article), Fate::Drop, "{name}");
            assert_eq!(fate(name, Profile::Comment), Fate::Drop, "{name}");
        }
    }

    #[test]
    fn a_comment_has_neither_images_nor_headings_and_an_article_has_both() {
        assert_eq!(fate("img", Profile::Comment), Fate::Unwrap);
        assert_eq!(fate("h2", Profile::Comment), Fate::Flow);
        assert_eq!(fate("img", Profile::Article), Fate::Keep("img"));
        assert_eq!(fate("h1", Profile::Article), Fate::Keep("h2"));
    }

    #[test]
    fn a_frame_is_a_box_in_an_article_and_nothing_in_a_comment() {
        assert_eq!(fate("iframe", Profile::Article), Fate::Embed);
        assert_eq!(fate("iframe", Profile::Comment), Fate::Drop);
    }

    #[test]
    fn an_item_stands_in_a_list_and_a_cell_in_a_row() {
        assert!(fits("li", "ol") && fits("td", "tr") && fits("p", "td"));
        assert!(!fits("li", "li") && !fits("td", "table") && !fits("h3", "h2"));
    }

    #[test]
    fn an_unknown_element_leaves_its_words() {
        assert_eq!(fate("font", Profile::Comment), Fate::Unwrap);
        assert_eq!(fate("x-anything", Profile::Article), Fate::Unwrap);
    }
}
