//! A comment's text, in a small Markdown subset, as HTML.
//!
//! The subset: paragraphs, line breaks where the reader pressed Enter, emphasis, strong, code, code blocks, quotes,
//! lists, links to http, https and mailto. What is not in it (HTML, images, headings, rules, other links) comes out
//! as it was typed: no letter that a reader typed is ever left out, for he would not know why.
//!
//! `dir="auto"` stands on the outermost blocks only. Inside one with `dir` of its own, an element's text no longer
//! counts for the direction of what is around it (the HTML standard, "the dir attribute"): a quote of Arabic
//! paragraphs, each with `dir="auto"`, would itself be left-to-right, and its border on the wrong side.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};
use url::Url;

/// Quotes and lists inside each other, at most; what is deeper stands in the deepest. One line of `>` would
/// otherwise make thousands of nested elements, more than some readers of HTML can bear.
const NESTING_MAX: usize = 12;

/// Stands for the colon of `]:` while the text is parsed, so that a line such as `[أحمد]: مرحبا` is not a link's
/// definition, which Markdown does not show. A noncharacter (Unicode, section 23.7): no text has one.
const COLON: char = '\u{FDD0}';

/// Renders `text`. The result is well formed and holds only the elements `p br em strong code pre blockquote ul ol li
/// a`, and the attributes `dir` (`auto`), `start` (a number), `href` and `rel`.
#[must_use]
pub fn render(text: &str) -> String {
    // Neither HTML nor a screen has a use for control characters; HTML forbids some of them even as references.
    let unseen = |c: char| c == COLON || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let source = text.replace(unseen, "").replace("]:", &format!("]{COLON}"));
    let mut html = Html::new(&source);
    for (event, range) in Parser::new_ext(&source, Options::empty()).into_offset_iter() {
        html.event(event, range);
    }
    html.out
}

struct Html<'a> {
    source: &'a str,
    out: String,
    /// The end tags that are still to come; empty for an element that has none.
    open: Vec<&'static str>,
    /// How deep we are in something that has been written as typed already.
    as_typed: usize,
    /// The word after the fence of the code block that we are in; there, `pre` keeps the line breaks.
    fence: Option<CowStr<'a>>,
    /// For each list around us, the number of its last item as it was typed and as it is shown.
    numbers: Vec<Option<(u64, u64)>>,
}

impl<'a> Html<'a> {
    fn new(source: &'a str) -> Self {
        let out = String::with_capacity(source.len() + source.len() / 2);
        Self { source, out, open: Vec::new(), as_typed: 0, fence: None, numbers: Vec::new() }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(_) if self.as_typed > 0 => self.as_typed += 1,
            Event::End(_) if self.as_typed > 1 => self.as_typed -= 1,
            Event::End(_) if self.as_typed == 1 => self.as_typed = 0,
            _ if self.as_typed > 0 => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => {
                self.out.push_str("<code>");
                self.escaped(&code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => {
                self.block("<p", "</p>");
                self.source_of(range);
                self.close();
            }
            // Extensions, none of which is switched on.
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.source_of(range);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::CodeBlock(CodeBlockKind::Indented) => self.block("<p", "</p>"),
            Tag::Heading { .. } => {
                self.block("<p", "</p>");
                let source = self.slice(range);
                let marks = source.len() - source.trim_start_matches('#').len();
                if marks > 0 {
                    self.out.push_str(&source[..marks]);
                    self.out.push(' ');
                }
            }
            Tag::BlockQuote(_) => self.container("<blockquote", "</blockquote>"),
            Tag::CodeBlock(CodeBlockKind::Fenced(word)) => {
                self.block("<pre", "</code></pre>");
                self.out.push_str("<code>");
                // The name of a language is not shown. What is no such name was meant to be read.
                if word.bytes().all(|b| b.is_ascii_graphic()) {
                    self.fence = Some(word);
                } else {
                    self.escaped(&word);
                    self.out.push('\n');
                    self.fence = Some(CowStr::Borrowed(""));
                }
            }
            Tag::List(None) => {
                self.numbers.push(None);
                self.container("<ul", "</ul>");
            }
            Tag::List(Some(first)) => {
                self.numbers.push(None);
                self.container(&ordered(first), "</ol>");
            }
            Tag::Item => self.item(range),
            Tag::Emphasis => self.inline("<em>", "</em>"),
            Tag::Strong => self.inline("<strong>", "</strong>"),
            Tag::Link { link_type, dest_url, title, .. } => match target(link_type, &dest_url) {
                Some(target) if title.is_empty() => {
                    self.out.push_str("<a href=\"");
                    let _cannot_fail = escape_href(&mut self.out, &target);
                    self.inline("\" rel=\"nofollow ugc noopener\">", "</a>");
                }
                _ => self.typed(range),
            },
            _ => self.typed(range),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::List(_) => {
                self.numbers.pop();
            }
            TagEnd::HtmlBlock | TagEnd::CodeBlock => {
                if let (Some(word), true) = (self.fence.take(), self.out.ends_with("<code>")) {
                    self.escaped(&word);
                }
                if let Some(less) = self.out.strip_suffix("<br>") {
                    self.out.truncate(less.len());
                }
            }
            TagEnd::Heading(_) => {
                let source = self.slice(range);
                if let (false, Some((_, underline))) = (source.starts_with('#'), source.rsplit_once('\n')) {
                    self.out.push_str("<br>");
                    self.escaped(underline.trim());
                }
            }
            _ => {}
        }
        self.close();
    }

    /// Opens an item. A line that begins with a year and a full stop is an item to Markdown, which numbers items by
    /// itself: ours keep the number that was typed, by beginning the list anew where it jumps. The same number again is
    /// how Markdown's users let it count.
    fn item(&mut self, range: Range<usize>) {
        let marker = self.slice(range).trim_start();
        let digits = marker.find(|c: char| !c.is_ascii_digit()).unwrap_or(marker.len());
        if let (Ok(typed), Some(last)) = (marker[..digits].parse::<u64>(), self.numbers.last_mut()) {
            let shown = match *last {
                Some((before, shown)) if typed == before => shown + 1,
                _ => typed,
            };
            let jumps = last.is_some_and(|(_, before)| shown != before + 1);
            *last = Some((typed, shown));
            if jumps && self.open.last() == Some(&"</ol>") {
                self.close();
                self.container(&ordered(shown), "</ol>");
            }
        }
        if self.too_deep() { self.open.push("") } else { self.inline("<li>", "</li>") }
    }

    /// Opens an element that holds text; `tag` lacks its `>`.
    fn block(&mut self, tag: &str, end: &'static str) {
        self.out.push_str(tag);
        self.out.push_str(if self.open.is_empty() { " dir=\"auto\">" } else { ">" });
        self.open.push(end);
    }

    /// Opens an element that holds blocks, unless it would be nested too deep.
    fn container(&mut self, tag: &str, end: &'static str) {
        if self.too_deep() { self.open.push("") } else { self.block(tag, end) }
    }

    fn inline(&mut self, tag: &str, end: &'static str) {
        self.out.push_str(tag);
        self.open.push(end);
    }

    fn close(&mut self) {
        self.out.push_str(self.open.pop().unwrap_or_default());
    }

    fn too_deep(&self) -> bool {
        self.open.len() >= NESTING_MAX
    }

    /// Writes an element as it was typed, and passes over what is in it.
    fn typed(&mut self, range: Range<usize>) {
        self.source_of(range);
        self.as_typed = 1;
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default().trim_end()
    }

    fn source_of(&mut self, range: Range<usize>) {
        let source = self.slice(range);
        self.text(source);
    }

    fn text(&mut self, text: &str) {
        if self.fence.is_some() {
            return self.escaped(text);
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.out.push_str("<br>");
            }
            self.escaped(line.trim_end_matches('\r'));
        }
    }

    fn escaped(&mut self, text: &str) {
        // A String takes whatever is written to it.
        let _cannot_fail = escape_html(&mut self.out, &text.replace(COLON, ":"));
    }
}

/// The beginning of an ordered list's tag.
fn ordered(first: u64) -> String {
    if first == 1 { "<ol".to_owned() } else { format!("<ol start=\"{first}\"") }
}

/// Where a link may lead: an absolute address by http, https or mailto. Relative ones would lead into whatever page
/// the comment stands on.
fn target(kind: LinkType, address: &str) -> Option<String> {
    let address = address.replace(COLON, ":");
    let address = if kind == LinkType::Email { format!("mailto:{address}") } else { address };
    let url = Url::parse(&address).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then_some(address)
}

#[cfg(test)]
mod tests {
    use super::{NESTING_MAX, render};
    use maqal_reading::safe_html::{Profile, SafeHtml};

    #[test]
    fn what_is_written_here_is_read_without_a_parser() {
        for text in [
            "سطر\nسطر ثانٍ\n\nفقرة",
            "*مهم* و**أهم** و`a < b` و[رابط](https://a.example/?a=1&b=2)",
            "> اقتباس\n>\n> فقرة ثانية\n\n- بند\n- آخر\n\n3. ثالث\n4. رابع",
            "```\nlet x = 1 < 2 && \"a\" > 'b';\n```",
        ] {
            let html = render(text);
            assert_eq!(SafeHtml::of_simple(&html), Some(SafeHtml::parse(&html, Profile::Comment)), "{html}");
        }
    }

    #[test]
    fn whatever_is_read_without_a_parser_is_what_a_parser_reads() {
        const PIECES: [&str; 26] = [
            "كلمة",
            "word",
            " ",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "7) ",
            "*",
            "**",
            "`",
            "```\n",
            "[",
            "](https://a.example/)",
            "](/x)",
            "<b>",
            "&amp;",
            "&",
            "\"",
            "'",
            "\\",
            "    ",
            "😀",
            "\u{202E}",
            "\u{200F}",
        ];
        let mut random = fastrand::Rng::with_seed(13);
        let mut read = 0;
        for _ in 0..4_000 {
            let text: String = (0..random.usize(1..14)).map(|_| PIECES[random.usize(..PIECES.len())]).collect();
            let html = render(&text);
            if let Some(simple) = SafeHtml::of_simple(&html) {
                assert_eq!(simple, SafeHtml::parse(&html, Profile::Comment), "{text:?}: {html}");
                read += 1;
            }
        }
        assert!(read > 1_500, "only {read} of 4,000 were read");
    }

    #[test]
    fn paragraphs_and_the_lines_in_them_are_kept() {
        assert_eq!(render("سطر\nسطر ثانٍ\r\n\nفقرة"), r#"<p dir="auto">سطر<br>سطر ثانٍ</p><p dir="auto">فقرة</p>"#);
    }

    #[test]
    fn emphasis_strong_and_code_are_marked() {
        assert_eq!(
            render("*مهم* و**أهم** و`a < b`"),
            r#"<p dir="auto"><em>مهم</em> و<strong>أهم</strong> و<code>a &lt; b</code></p>"#
        );
    }

    #[test]
    fn a_fenced_block_keeps_its_lines_and_marks() {
        assert_eq!(
            render("```rust\nlet a = *b;\n\n<i>\n```"),
            "<pre dir=\"auto\"><code>let a = *b;\n\n&lt;i&gt;\n</code></pre>"
        );
    }

    #[test]
    fn an_indented_paragraph_is_a_paragraph_and_no_code() {
        assert_eq!(render("أول\n\n    ثانٍ\n    ثالث"), r#"<p dir="auto">أول</p><p dir="auto">ثانٍ<br>ثالث</p>"#);
    }

    #[test]
    fn a_quote_has_one_direction_taken_from_all_its_text() {
        assert_eq!(
            render("> اقتباس\n>\n> ثانٍ\n\nرد"),
            r#"<blockquote dir="auto"><p>اقتباس</p><p>ثانٍ</p></blockquote><p dir="auto">رد</p>"#
        );
    }

    #[test]
    fn lists_keep_their_kind_and_their_numbers() {
        assert_eq!(render("- أ\n- ب"), r#"<ul dir="auto"><li>أ</li><li>ب</li></ul>"#);
        assert_eq!(render("1. أ\n2. ب"), r#"<ol dir="auto"><li>أ</li><li>ب</li></ol>"#);
        assert_eq!(render("1990. كان عامًا"), r#"<ol start="1990" dir="auto"><li>كان عامًا</li></ol>"#);
        assert_eq!(
            render("2020. بدأ\n2022. توقف\n2023. عاد"),
            "<ol start=\"2020\" dir=\"auto\"><li>بدأ</li></ol>\
             <ol start=\"2022\" dir=\"auto\"><li>توقف</li><li>عاد</li></ol>"
        );
        assert_eq!(render("1. أ\n1. ب\n1. ج"), r#"<ol dir="auto"><li>أ</li><li>ب</li><li>ج</li></ol>"#);
        assert_eq!(render("- أ\n\n- ب"), r#"<ul dir="auto"><li><p>أ</p></li><li><p>ب</p></li></ul>"#);
    }

    #[test]
    fn links_lead_to_the_web_or_to_mail_and_vouch_for_nothing() {
        assert_eq!(
            render("[هنا](https://a.example/?q=\"x\"&y) <mailto:a@b.example> <c@d.example>"),
            "<p dir=\"auto\"><a href=\"https://a.example/?q=%22x%22&amp;y\" rel=\"nofollow ugc noopener\">هنا</a> \
             <a href=\"mailto:a@b.example\" rel=\"nofollow ugc noopener\">mailto:a@b.example</a> \
             <a href=\"mailto:c@d.example\" rel=\"nofollow ugc noopener\">c@d.example</a></p>"
        );
    }

    #[test]
    fn other_links_come_out_as_typed() {
        for typed in [
            "[x](javascript:alert(1))",
            "[x](JAVASCRIPT:alert(1))",
            "[x](java&#x0A;script:alert(1))",
            "[x](data:text/html,y)",
            "[x](/login)",
            "[x](//evil.example)",
            "[**x**](vbscript:y)",
        ] {
            let shown = typed.replace('&', "&amp;");
            assert_eq!(render(typed), format!("<p dir=\"auto\">{shown}</p>"));
        }
    }

    #[test]
    fn images_headings_and_rules_come_out_as_typed() {
        assert_eq!(render("![قط](https://a.example/c.png)"), r#"<p dir="auto">![قط](https://a.example/c.png)</p>"#);
        assert_eq!(render("## عنوان *مهم*"), r#"<p dir="auto">## عنوان <em>مهم</em></p>"#);
        assert_eq!(render("عنوان\n----"), r#"<p dir="auto">عنوان<br>----</p>"#);
        assert_eq!(render("أ\n\n***\n\nب"), r#"<p dir="auto">أ</p><p dir="auto">***</p><p dir="auto">ب</p>"#);
    }

    #[test]
    fn what_markdown_would_not_show_is_shown() {
        assert_eq!(render("[أحمد]: مرحبا"), r#"<p dir="auto">[أحمد]: مرحبا</p>"#);
        assert_eq!(render("[أ]: /ب\n\n[أ]"), r#"<p dir="auto">[أ]: /ب</p><p dir="auto">[أ]</p>"#);
        assert_eq!(render("`[أ]:`"), r#"<p dir="auto"><code>[أ]:</code></p>"#);
        assert_eq!(render("```انظر هنا"), "<pre dir=\"auto\"><code>انظر هنا\n</code></pre>");
        assert_eq!(render("```word"), r#"<pre dir="auto"><code>word</code></pre>"#);
        let titled = r#"[أ](https://a.example "عنوان")"#;
        assert_eq!(render(titled), format!("<p dir=\"auto\">{}</p>", titled.replace('"', "&quot;")));
    }

    #[test]
    fn html_comes_out_as_text() {
        assert_eq!(
            render("<script>alert(1)</script>\n<b>غامق</b>"),
            r#"<p dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</p><p dir="auto">&lt;b&gt;غامق&lt;/b&gt;</p>"#
        );
        assert_eq!(
            render("نص <img src=x onerror=alert(1)> &lt;i&gt; <!-- x -->"),
            r#"<p dir="auto">نص &lt;img src=x onerror=alert(1)&gt; &lt;i&gt; &lt;!-- x --&gt;</p>"#
        );
    }

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(render("أ\0ب\u{1B}[31mج\u{85}"), r#"<p dir="auto">أب[31mج</p>"#);
    }

    #[test]
    fn nesting_ends_somewhere_and_loses_no_text() {
        for mark in ["> ", "- "] {
            let html = render(&format!("{}نهاية", mark.repeat(5_000)));
            assert!(html.contains("نهاية"), "{mark}");
            assert!(html.matches("</").count() <= 2 * NESTING_MAX, "{mark}");
        }
    }

    #[test]
    fn whatever_is_typed_the_html_is_balanced_of_the_allowed_elements_and_has_every_word() {
        const PIECES: [&str; 28] = [
            "```",
            "~~~",
            "<!--",
            "]:",
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "> ",
            "- ",
            "1. ",
            "\n",
            "\n\n",
            "[",
            "](",
            ")",
            "<",
            ">",
            "!",
            "https://a.b",
            "javascript:",
            "# ",
            "---",
            "    ",
            "&",
            "\"",
            "two words",
        ];
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let text: String = (0..random.usize(1..40)).map(|_| PIECES[random.usize(..PIECES.len())]).collect();
            let html = render(&text);
            let mut open = Vec::new();
            for tag in html.split('<').skip(1) {
                let (tag, _) = tag.split_once('>').unwrap();
                if let Some(name) = tag.strip_prefix('/') {
                    assert_eq!(open.pop(), Some(name), "{text:?} gave {html}");
                } else if tag != "br" {
                    let name = tag.split(' ').next().unwrap();
                    let known = ["p", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"];
                    assert!(known.contains(&name), "{text:?} gave {html}");
                    open.push(name);
                }
            }
            assert!(open.is_empty(), "{text:?} gave {html}");
            assert!(html.matches("two words").count() >= text.matches("two words").count(), "{text:?} gave {html}");
            assert!(!html.contains("href=\"javascript"), "{text:?} gave {html}");
        }
    }
}
