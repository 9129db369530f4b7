//! Which of the XML formats a document is in, and what is put right before it can be parsed.

use std::borrow::Cow;

use super::{Document, ReadError, Reading, Warning, atom, html_page, html_text, rss};
use crate::markup::{self, ParseError};

/// Reads XML: an Atom feed or entry, an RSS feed, or XHTML.
///
/// Feeds are written by templates, and are often not well-formed. What stands before the XML declaration is cut off.
/// Where the parser then finds an error, HTML's entities, bare ampersands, control characters and what follows the
/// root's end are put right once, with a warning.
///
/// # Errors
/// [`ReadError::Xml`], [`ReadError::UnknownXml`], and what the format's own reader finds wrong.
pub fn read(document: &Document) -> Result<Reading, ReadError> {
    let (text, cut) = from_declaration(document.text);
    let mut warnings = Vec::new();
    if cut {
        warnings.push(Warning { field: "XML", found: "something before `<?xml`, left out" });
    }
    let root = match markup::xml(text) {
        Ok(root) => root,
        Err(ParseError::Xml(detail)) => {
            let root = markup::xml(&mended(text)).map_err(|_| ParseError::Xml(detail))?;
            warnings.push(Warning {
                field: "XML",
                found: "not well-formed: entities of HTML, bare `&`, control characters or something after the end; it \
                        was put right",
            });
            root
        }
        Err(forbidden) => return Err(forbidden.into()),
    };
    let mut reading = match root.name.as_str() {
        "feed" | "entry" => atom::read(document, &root),
        "rss" | "RDF" => rss::read(document, &root),
        "html" => html_page::read(document),
        _ => Err(ReadError::UnknownXml { root: root.name }),
    }?;
    warnings.append(&mut reading.warnings);
    Ok(Reading { article: reading.article, warnings })
}

/// How far into a document an XML declaration is looked for, in bytes: a server's warning may stand before it.
const DECLARATION_WITHIN: usize = 4096;

/// `text` without the white space and the byte order mark before it, and from its XML declaration on; and whether more
/// than those were cut off.
fn from_declaration(text: &str) -> (&str, bool) {
    let text = super::start(text);
    let roots = ["<rss", "<feed", "<rdf:RDF", "<html", "<!DOCTYPE", "<!doctype"];
    match text.find("<?xml ") {
        Some(at) if at > 0 && at < DECLARATION_WITHIN && !roots.iter().any(|root| text[..at].contains(root)) => {
            (&text[at..], true)
        }
        _ => (text, false),
    }
}

/// `xml` as its template meant it. CDATA sections stay as they are, but for the characters that XML forbids.
fn mended(xml: &str) -> String {
    let end = ["</rss>", "</feed>", "</rdf:RDF>"].iter().find_map(|end| Some(xml.rfind(end)? + end.len()));
    let mut rest = &xml[..end.unwrap_or(xml.len())];
    let mut out = String::with_capacity(rest.len());
    while !rest.is_empty() {
        let cdata = rest.find("<![CDATA[").unwrap_or(rest.len());
        push_mended(&mut out, &rest[..cdata]);
        rest = &rest[cdata..];
        let end = rest.find("]]>").map_or(rest.len(), |end| end + 3);
        out.extend(rest[..end].chars().filter(|c| is_allowed(*c)));
        rest = &rest[end..];
    }
    out
}

fn push_mended(out: &mut String, markup: &str) {
    let mut rest = markup;
    while let Some(at) = rest.find('&') {
        out.extend(rest[..at].chars().filter(|c| is_allowed(*c)));
        rest = &rest[at..];
        let length = rest.bytes().take(12).position(|b| b == b';').map_or(1, |end| end + 1);
        let (reference, after) = rest.split_at(length);
        out.push_str(&of_reference(reference));
        // What is no reference may hold the beginning of one.
        let is_reference = length > 1 && !reference[1..].contains('&');
        rest = if is_reference { after } else { &rest[1..] };
    }
    out.extend(rest.chars().filter(|c| is_allowed(*c)));
}

/// What XML can read instead of `reference`, which begins with `&`.
fn of_reference(reference: &str) -> Cow<'_, str> {
    if reference[1..].contains('&') {
        return "&amp;".into();
    }
    if matches!(reference, "&amp;" | "&lt;" | "&gt;" | "&quot;" | "&apos;") {
        return reference.into();
    }
    let decoded = html_text::decode(reference);
    if decoded == reference {
        // Perhaps a rarer entity: HTML's parser will know it.
        return if reference.len() > 1 { ["&amp;", &reference[1..]].concat().into() } else { "&amp;".into() };
    }
    match decoded.as_str() {
        "&" => "&amp;".into(),
        "<" => "&lt;".into(),
        _ => decoded.chars().filter(|c| is_allowed(*c)).collect::<String>().into(),
    }
}

/// Whether XML 1.0 allows `c` (section 2.2).
const fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::mended;
    use crate::article::read::{Document, ReadError, Reading};

    fn read(text: &str) -> Result<Reading, ReadError> {
        crate::article::read::read(&Document {
            content_type: Some("text/xml; charset=utf-8"),
            address: "https://news.example/feed/",
            item: None,
            text,
        })
    }

    fn rss(title: &str) -> String {
        format!(
            "<rss version=\"2.0\"><channel><item><title>{title}</title><description>&lt;p&gt;نصّ.&lt;/p&gt;</description></item></channel></rss>"
        )
    }

    fn title(text: &str) -> (Option<String>, usize) {
        let reading = read(text).unwrap();
        (reading.article.title, reading.warnings.len())
    }

    #[test]
    fn white_space_and_a_byte_order_mark_before_the_declaration_do_no_harm() {
        let text = format!("\u{FEFF}\r\n\n  <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", rss("عنوان"));
        assert_eq!(title(&text), (Some("عنوان".to_owned()), 0));
    }

    #[test]
    fn a_servers_notice_before_the_declaration_is_cut_off_with_a_warning() {
        let text = format!("<br />\n<b>Notice</b>: x in y.php<br />\n<?xml version=\"1.0\"?>\n{}", rss("عنوان"));
        assert_eq!(title(&text), (Some("عنوان".to_owned()), 1));
    }

    #[test]
    fn entities_of_html_and_bare_ampersands_are_put_right_with_a_warning() {
        let (found, warnings) = title(&rss("البحر&nbsp;و&laquo;الميناء&raquo; AT&T & R&amp;D"));
        assert_eq!((found.as_deref(), warnings), (Some("البحر\u{A0}و«الميناء» AT&T & R&D"), 1));
    }

    #[test]
    fn characters_that_xml_forbids_and_what_follows_the_end_are_dropped() {
        let text = format!("{}<script>track()</script> & more", rss("عن\u{8}وان&#11;"));
        assert_eq!(title(&text), (Some("عنوان".to_owned()), 1));
    }

    #[test]
    fn only_what_is_wrong_is_changed() {
        for (from, to) in [
            ("", ""),
            ("<a b='c?d=1&e=2'>&lt;&#1605;&amp;lt;</a>", "<a b='c?d=1&amp;e=2'>&lt;م&amp;lt;</a>"),
            ("&", "&amp;"),
            ("&&amp;", "&amp;&amp;"),
            ("&;&x", "&amp;;&amp;x"),
            ("&Scaron;", "&amp;Scaron;"),
            ("&#38;&#60;&#x26;", "&amp;&lt;&amp;"),
            ("<![CDATA[&nbsp; & \u{1}<br>]]>&nbsp;", "<![CDATA[&nbsp; & <br>]]>\u{A0}"),
            ("<![CDATA[&nbsp;", "<![CDATA[&nbsp;"),
            ("&مقالات;", "&amp;مقالات;"),
        ] {
            assert_eq!(mended(from), to, "{from}");
        }
    }

    #[test]
    fn what_cannot_be_put_right_keeps_the_parsers_words() {
        let Err(ReadError::Xml(detail)) = read("<rss><channel><item></channel></rss>") else { panic!() };
        assert!(detail.contains("item"), "{detail}");
        assert!(matches!(read("<rss><channel>"), Err(ReadError::Xml(_))));
    }

    #[test]
    fn xml_of_another_kind_is_named_by_its_root() {
        let map =
            "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url/></urlset>";
        let error = read(map).unwrap_err();
        assert_eq!(error, ReadError::UnknownXml { root: "urlset".to_owned() });
        assert!(error.to_string().contains("urlset"));
    }

    #[test]
    fn a_thousand_levels_are_read_without_a_crash() {
        let deep = format!("{}نصّ{}", "<b>".repeat(1000), "</b>".repeat(1000));
        let feed = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>x</id><title>عنوان</title><content type=\"xhtml\">\
             <div xmlns=\"http://www.w3.org/1999/xhtml\">{deep}</div></content></entry></feed>"
        );
        assert_eq!(read(&feed).unwrap().article.title.as_deref(), Some("عنوان"));
        let escaped = deep.replace('<', "&lt;").replace('>', "&gt;");
        assert!(read(&rss("عنوان").replace("نصّ.", &escaped)).is_ok());
    }

    /// Trees of the elements that these formats have, with text and markup in them, written as XML and as HTML, and cut
    /// off or scrambled.
    #[cfg(not(target_arch = "wasm32"))]
    mod generated {
        use proptest::prelude::*;

        use crate::article::model::Body;
        use crate::article::read::{Document, read};

        const NAMES: &[&str] = &[
            "feed",
            "entry",
            "rss",
            "rdf:RDF",
            "channel",
            "item",
            "title",
            "link",
            "guid",
            "id",
            "author",
            "name",
            "content",
            "content:encoded",
            "description",
            "summary",
            "category",
            "media:content",
            "media:thumbnail",
            "enclosure",
            "dc:creator",
            "html",
            "head",
            "body",
            "meta",
            "main",
            "article",
            "h1",
            "h2",
            "p",
            "div",
            "a",
            "img",
            "figure",
            "figcaption",
            "time",
            "address",
            "nav",
            "form",
            "aside",
            "header",
            "footer",
            "table",
            "script",
            "style",
            "svg",
            "template",
            "noscript",
            "blockquote",
            "ul",
            "li",
            "base",
        ];
        const ATTRIBUTES: &[&str] = &[
            "type='html'",
            "type='xhtml'",
            "type='image/png'",
            "type='application/ld+json'",
            "href='/a'",
            "href='//['",
            "src='a.jpg'",
            "url='b.jpg'",
            "rel='author'",
            "rel='alternate'",
            "class='entry-content'",
            "class='byline'",
            "class='social share'",
            "itemprop='articleBody'",
            "itemprop='author'",
            "property='og:title' content='x'",
            "property='og:image' content='c.png'",
            "datetime='2026'",
            "hidden=''",
            "xml:lang='ar'",
            "lang='ar'",
            "xml:base='http://['",
            "xml:base='b/'",
            "isPermaLink='false'",
            "width='99999999999'",
            "medium='image'",
        ];
        const TEXTS: &[&str] = &[
            "نصّ عن البحر والصيد فيه. ",
            "&amp;lt;p&amp;gt;",
            "&lt;p&gt;نصّ&lt;/p&gt;",
            "&nbsp;",
            "&",
            "<![CDATA[<b>نصّ]]>",
            "اقرأ أيضا",
            "\u{202E}",
            "\u{0}",
            "…",
            "https://x.example/",
            "a@b.example (مريم)",
            "{\"@type\":\"Article\"}",
        ];

        fn tree() -> impl Strategy<Value = String> {
            let leaf = proptest::sample::select(TEXTS).prop_map(str::to_owned);
            leaf.prop_recursive(6, 64, 6, |inner| {
                let element = (
                    proptest::sample::select(NAMES),
                    proptest::sample::subsequence(ATTRIBUTES, 0..3),
                    proptest::collection::vec(inner, 0..6),
                );
                element.prop_map(|(name, attributes, inner)| {
                    format!("<{name} {}>{}</{name}>", attributes.join(" "), inner.concat())
                })
            })
        }

        fn document() -> impl Strategy<Value = String> {
            let roots = [
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
                "<rss><channel><item>",
                "<html>",
                "<?xml version='1.0'?><rdf:RDF><item>",
                "",
            ];
            (proptest::sample::select(roots.to_vec()), proptest::collection::vec(tree(), 0..5)).prop_map(|(root, trees)| {
                let namespaces = " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:media='http://search.yahoo.com/mrss/' \
                                  xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'";
                let end: String = root
                    .split('<')
                    .filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()))
                    .filter_map(|tag| tag.split([' ', '>']).next())
                    .rev()
                    .map(|name| format!("</{name}>"))
                    .collect();
                let root = root.replacen("<rss", &format!("<rss{namespaces}"), 1).replacen("<rdf:RDF", &format!("<rdf:RDF{namespaces}"), 1);
                format!("{root}{}{end}", trees.concat())
            })
        }

        fn holds(text: &str) -> Result<(), TestCaseError> {
            for content_type in [None, Some("text/html"), Some("application/xml")] {
                let address = "https://news.example/feed/";
                match read(&Document { content_type, address, item: None, text }) {
                    // What is read is shown: something of it can be seen, or it has an address.
                    Ok(reading) => match reading.article.body {
                        Body::Elsewhere => prop_assert!(reading.article.url.is_some(), "{}", text),
                        Body::Html(_) | Body::Text(_) => {}
                    },
                    Err(error) => prop_assert!(!error.to_string().is_empty()),
                }
            }
            Ok(())
        }

        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

            #[test]
            fn whatever_the_tree_it_is_an_article_or_a_clear_error(text in document()) {
                holds(&text)?;
            }

            #[test]
            fn whatever_the_text_it_is_an_article_or_a_clear_error(text in "(<[?!/]?[a-z:]{0,4}[ ='>]|[^<]){0,40}") {
                holds(&text)?;
            }

            #[test]
            fn a_document_that_was_cut_off_is_an_article_or_a_clear_error((text, at) in (document(), any::<prop::sample::Index>())) {
                let at = at.index(text.len().max(1));
                let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                holds(&text[..at])?;
            }
        }
    }
}
