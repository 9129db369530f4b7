//! The text in a scrap of markup: what content systems leave of HTML in fields that should be text.
//!
//! Its outcome is text, never set as markup, so nothing here guards against scripts; it only must not lose words.

use std::borrow::Cow;

/// Whether `text` has what looks like a tag: `<` and a letter, or `</` and a letter.
#[must_use]
pub fn has_tags(text: &str) -> bool {
    let last = text.rfind('>').unwrap_or_default();
    text[..last].match_indices('<').any(|(at, _)| {
        let after = &text[at + 1..];
        let name = after.strip_prefix('/').unwrap_or(after);
        name.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// Whether `text` is markup, and not text that mentions a tag: it has a closing tag, or one that needs none.
#[must_use]
pub fn is_markup(text: &str) -> bool {
    any_tag(text, &|tag| tag.closing || tag.is(&["p", "br", "img", "hr", "iframe"]))
}

/// `html` with paragraphs where it only has the text's own lines and markup within them: parted at blank lines, or,
/// where there is none and `lines` says that each line is a paragraph, at line breaks.
#[must_use]
pub fn in_paragraphs(html: &str, lines: bool) -> Cow<'_, str> {
    if !html.trim().contains('\n') || any_tag(html, &|tag| !matches!(tag.effect(), Effect::None)) {
        return Cow::Borrowed(html);
    }
    let html = html.replace("\r\n", "\n");
    let parting = if html.trim().contains("\n\n") || !lines { "\n\n" } else { "\n" };
    let mut out = String::with_capacity(html.len() + 64);
    for part in html.split(parting).filter(|part| !part.trim().is_empty()) {
        out.push_str("<p>");
        out.push_str(part);
        out.push_str("</p>");
    }
    Cow::Owned(out)
}

/// `text` as HTML, each of its lines a paragraph.
#[must_use]
pub fn of_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        out.push_str("<p>");
        push_escaped(&mut out, line);
        out.push_str("</p>");
    }
    out
}

/// Adds `text` to HTML as text.
pub fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            _ => out.push(c),
        }
    }
}

/// Whether one of the tags of `html` is wanted.
fn any_tag(html: &str, is_wanted: &dyn Fn(&Tag) -> bool) -> bool {
    let mut tags = Tags::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        match tags.at(rest) {
            Some(tag) if is_wanted(&tag) => return true,
            Some(tag) => rest = &rest[tag.length..],
            None => rest = &rest[1..],
        }
    }
    false
}

/// The text of `html`: tags dropped, entities decoded, paragraphs and the like set apart by blank lines, `<br>` made a
/// line break, list items given a dash.
///
/// White space between the tags means nothing, as in HTML. The contents of `script`, `style` and `template` are
/// dropped.
#[must_use]
pub fn strip(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut tags = Tags::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        push_text(&mut out, before);
        let Some(tag) = tags.at(from) else {
            // A less-than sign that opens nothing.
            out.push('<');
            rest = &from[1..];
            continue;
        };
        rest = &from[tag.length..];
        match tag.effect() {
            Effect::None => {}
            Effect::Hide => {
                // All up to the closing tag, which is itself without effect.
                let end = find_end(rest, tag.name);
                rest = &rest[end..];
            }
            Effect::Break => {
                trim_spaces(&mut out);
                out.push('\n');
            }
            Effect::Block => apart(&mut out),
            Effect::Item => {
                trim_spaces(&mut out);
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                out.push_str("- ");
            }
        }
    }
    push_text(&mut out, rest);
    trim_spaces(&mut out);
    out
}

/// Where the closing tag of `name` begins in `html`, or its end.
fn find_end(html: &str, name: &str) -> usize {
    let found = html.match_indices("</").find(|(at, _)| {
        let after = &html.as_bytes()[at + 2..];
        after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    });
    found.map_or(html.len(), |(at, _)| at)
}

enum Effect {
    None,
    Hide,
    Break,
    Block,
    Item,
}

struct Tag<'a> {
    name: &'a str,
    closing: bool,
    /// From `<` to `>`, in bytes.
    length: usize,
}

/// Finds the ends of tags in time that grows with the text, not faster.
#[derive(Default)]
struct Tags {
    /// A quotation mark was found that nothing closes: from there on, quotation marks are taken for text.
    ignore_quotes: bool,
    /// Nothing closes a tag any more.
    no_end: bool,
}

impl Tags {
    /// The tag or comment at the start of `text`, which begins with `<`.
    fn at<'a>(&mut self, text: &'a str) -> Option<Tag<'a>> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let length = comment.find("-->").map_or(text.len(), |end| end + 7);
            return Some(Tag { name: "", closing: false, length });
        }
        let after = &text[1..];
        let (closing, from) = match after.strip_prefix('/') {
            Some(from) => (true, from),
            None => (false, after),
        };
        let name_length = from.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(from.len());
        if self.no_end || !from.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = &from[..name_length];
        if !self.ignore_quotes {
            // A `>` within a quoted attribute does not end the tag.
            let mut quote = None;
            for (at, b) in text.bytes().enumerate() {
                match (quote, b) {
                    (None, b'>') => return Some(Tag { name, closing, length: at + 1 }),
                    (None, b'"' | b'\'') if at > name_length => quote = Some(b),
                    (Some(open), _) if open == b => quote = None,
                    _ => {}
                }
            }
            self.ignore_quotes = true;
        }
        let end = text.find('>');
        self.no_end = end.is_none();
        Some(Tag { name, closing, length: end? + 1 })
    }
}

impl Tag<'_> {
    fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }

    fn effect(&self) -> Effect {
        let is = |names: &[&str]| self.is(names);
        if is(&["script", "style", "template", "noscript", "iframe"]) {
            if self.closing { Effect::None } else { Effect::Hide }
        } else if is(&["br"]) {
            Effect::Break
        } else if is(&["li"]) {
            if self.closing { Effect::None } else { Effect::Item }
        } else if is(&[
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "figure",
            "figcaption",
            "section",
            "article",
            "header",
            "footer",
            "aside",
            "table",
            "tr",
            "hr",
            "pre",
            "address",
            "main",
            "nav",
        ]) {
            Effect::Block
        } else {
            Effect::None
        }
    }
}

/// Adds text from between two tags: each run of white space is one space.
fn push_text(out: &mut String, text: &str) {
    let mut space = false;
    for c in decode(text).chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            space = true;
        } else {
            if space && !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    if space && !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

fn trim_spaces(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\t']).len());
}

/// Ends the paragraph, if one was begun.
fn apart(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\t', '\n']).len());
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}

/// `text` with its character references decoded, once: numeric ones, and the named ones that content systems leave.
/// What is no reference stays as it is.
#[must_use]
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        // The longest name below has six letters, the longest number eight digits.
        let end = from.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((reference(&from[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &from[end + 1..];
            }
            None => {
                out.push('&');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that the reference `name` (without `&` and `;`) stands for.
fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
            None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
            _ => return None,
        };
        return Some(match code {
            // HTML reads these as windows-1252 (HTML, section 13.2.5.80).
            0x80..=0x9F => WINDOWS_1252.chars().nth(code as usize - 0x80).unwrap_or(char::REPLACEMENT_CHARACTER),
            0 => char::REPLACEMENT_CHARACTER,
            _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
        });
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "laquo" => '«',
        "raquo" => '»',
        "lsaquo" => '‹',
        "rsaquo" => '›',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "bull" => '•',
        "middot" => '·',
        "shy" => '\u{AD}',
        "zwnj" => '\u{200C}',
        "zwj" => '\u{200D}',
        "lrm" => '\u{200E}',
        "rlm" => '\u{200F}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "pound" => '£',
        "deg" => '°',
        "times" => '×',
        "frac12" => '½',
        "agrave" => 'à',
        "acirc" => 'â',
        "auml" => 'ä',
        "ccedil" => 'ç',
        "egrave" => 'è',
        "eacute" => 'é',
        "Eacute" => 'É',
        "ecirc" => 'ê',
        "euml" => 'ë',
        "icirc" => 'î',
        "iuml" => 'ï',
        "ntilde" => 'ñ',
        "oacute" => 'ó',
        "ocirc" => 'ô',
        "ouml" => 'ö',
        "ugrave" => 'ù',
        "ucirc" => 'û',
        "uuml" => 'ü',
        "szlig" => 'ß',
        "oelig" => 'œ',
        _ => return None,
    })
}

const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

#[cfg(test)]
mod tests {
    use super::{decode, has_tags, in_paragraphs, is_markup, of_lines, strip};

    #[test]
    fn references_are_decoded_once_and_the_rest_stays() {
        assert_eq!(decode("&laquo;الصويرة&raquo; &amp; أكادير"), "«الصويرة» & أكادير");
        assert_eq!(decode("&#1605;&#x642;&#X627;&#1604;"), "مقال");
        assert_eq!(decode("l&#146;eau &#8217; &rsquo;"), "l’eau ’ ’");
        assert_eq!(decode("&amp;quot;"), "&quot;");
        assert_eq!(
            decode("AT&T; R&D, a & b &unknown; &; &#; &#x; &#xZ; &"),
            "AT&T; R&D, a & b &unknown; &; &#; &#x; &#xZ; &"
        );
        assert_eq!(decode("&#0;&#xD800;&#99999999;"), "\u{FFFD}\u{FFFD}\u{FFFD}");
        assert_eq!(decode("&مقال;"), "&مقال;");
    }

    #[test]
    fn tags_are_told_from_signs() {
        for text in ["<p>x", "a</b>", "x<br/>y", "<A href='x'>"] {
            assert!(has_tags(text), "{text}");
        }
        for text in ["", "a < b", "٣ <٤> ٥", "<3", "a <b", "->"] {
            assert!(!has_tags(text), "{text}");
        }
    }

    #[test]
    fn paragraphs_breaks_and_items_become_lines() {
        assert_eq!(strip("<p>أول.</p>\n<p class=\"x>y\">ثانٍ<br>\nتابع.</p>"), "أول.\n\nثانٍ\nتابع.\n\n");
        assert_eq!(
            strip("<div><div>أول</div></div><ul><li>سردين</li><li>تونة</li></ul>بعد"),
            "أول\n\n- سردين\n- تونة\n\nبعد"
        );
        assert_eq!(strip("واحد<br/><br />اثنان"), "واحد\n\nاثنان");
    }

    #[test]
    fn words_keep_their_spaces_and_what_is_no_text_goes() {
        assert_eq!(strip("<p>نص\n  <b>مهم</b> <i>جدًّا</i>.</p>"), "نص مهم جدًّا.\n\n");
        assert_eq!(strip("أ<script>if (a < b) { x(\"</p>\") }</script>ب<!-- <p> -->ج<style>p{}</style>"), "أبج");
        assert_eq!(strip("a < b &lt;c&gt; <3"), "a < b <c> <3");
        assert_eq!(strip("آخر <b"), "آخر <b");
        assert_eq!(strip("<script>لا يُغلق"), "");
    }
    #[test]
    fn markup_is_told_from_the_mention_of_a_tag() {
        for text in ["<p>نص", "سطر<br>سطر", "<b>مهم</b>", "<IMG src=a.jpg>"] {
            assert!(is_markup(text), "{text}");
        }
        for text in ["الوسم <b> يجعل الخط غليظًا", "a < b > c", "<!-- <p> -->", "٣ <٤>", "<p"] {
            assert!(!is_markup(text), "{text}");
        }
    }

    #[test]
    fn lines_with_markup_within_them_become_paragraphs() {
        assert_eq!(in_paragraphs("أول <b>مهم</b>\r\n\r\nثانٍ\nتابع", true), "<p>أول <b>مهم</b></p><p>ثانٍ\nتابع</p>");
        assert_eq!(in_paragraphs("أول <b>مهم</b>\nثانٍ\n", true), "<p>أول <b>مهم</b></p><p>ثانٍ</p>");
        assert_eq!(in_paragraphs("أول <b>مهم</b>\nتابع", false), "<p>أول <b>مهم</b>\nتابع</p>");
        for html in ["<p>أول</p>\n\n<p>ثانٍ</p>", "أول<br>\n\nثانٍ", "<b>سطر</b>\n", "<pre>a\n\nb</pre>"]
        {
            assert_eq!(in_paragraphs(html, true), html);
        }
        assert_eq!(of_lines("a < b &amp;\n\n<b>ثانٍ"), "<p>a &lt; b &amp;amp;</p><p>&lt;b>ثانٍ</p>");
    }

    /// What a hostile page may send: it must not take a time that grows faster than its length.
    #[test]
    fn a_quotation_mark_that_nothing_closes_hides_nothing_and_costs_no_time() {
        assert_eq!(strip("<a href='x>رابط</a> <b>نص</b>"), "رابط نص");
        for scrap in ["<a ", "<a '>'", "<a \"'>", "<", "&", "<!--", "</", "<script>", "&#"] {
            let text = scrap.repeat((1 << 20) / scrap.len());
            assert!(strip(&text).len() <= text.len());
            assert!(!is_markup(&text) || scrap.contains('/'));
            assert_eq!(has_tags(&text), scrap.contains('>'));
        }
    }
}
