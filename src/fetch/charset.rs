//! Which encoding a document is in: old Arabic sites are in windows-1256. Pure; the browser's `TextDecoder` does the rest.
//!
//! It stands here and not with the readers, who take text: bytes are seen by the request alone.

/// How far into a document of HTML its `<meta>` is looked for (HTML Standard, "prescan a byte stream").
pub const HEAD_BYTES: usize = 1024;

/// The label of the encoding of a document that begins with `head` (at most [`HEAD_BYTES`] are looked at) and came with
/// the header `Content-Type: content_type`: by its byte order mark, the header's `charset`, the XML declaration or the
/// `<meta>` of HTML, in this order, else UTF-8. The label is as found: a `TextDecoder` knows it, or throws.
#[must_use]
pub fn label(content_type: Option<&str>, head: &[u8]) -> String {
    let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
    let of_document = || {
        // Each byte a character, in small letters: what is looked for is ASCII, and so is what is around it.
        let head: String =
            head.iter().take(HEAD_BYTES).map(|byte| char::from(byte.to_ascii_lowercase())).collect::<String>();
        let head = head.trim_start();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        let declared = head.strip_prefix("<?xml").and_then(|after| {
            let declaration = after.split_once("?>")?.0;
            attribute(declaration, "encoding")
        });
        // A feed may quote a `<meta>`; a type that says nothing leaves the word to the shape.
        let is_html = essence.ends_with("html")
            || !essence.ends_with("xml") && !essence.ends_with("json") && head.starts_with('<');
        let label = declared.or_else(|| if is_html { meta(head) } else { None })?;
        // What could be read as ASCII is not in UTF-16, whatever it says (HTML Standard, the same section).
        Some(if label.starts_with("utf-16") { "utf-8".to_owned() } else { label })
    };
    by_mark(head)
        .map(str::to_owned)
        .or_else(|| parameter(&content_type))
        .or_else(of_document)
        .unwrap_or_else(|| "utf-8".to_owned())
}

fn by_mark(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => Some("utf-8"),
        [0xFE, 0xFF, ..] => Some("utf-16be"),
        [0xFF, 0xFE, ..] => Some("utf-16le"),
        _ => None,
    }
}

/// The `charset` of a media type in small letters, quoted or not.
fn parameter(content_type: &str) -> Option<String> {
    let (_, after) = content_type.split_once("charset")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let value = match value.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next(),
        None => value.split(|c: char| c == ';' || c.is_ascii_whitespace()).next(),
    };
    value.map(str::trim).filter(|label| !label.is_empty()).map(str::to_owned)
}

/// The encoding that a `<meta>` in `head` names, by `charset` or by `http-equiv`.
fn meta(head: &str) -> Option<String> {
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(tag) = rest.strip_prefix("meta")
            && tag.starts_with(|c: char| c == '/' || c.is_ascii_whitespace())
        {
            let pragma = || {
                let is_type = attribute(tag, "http-equiv").is_some_and(|name| name == "content-type");
                if is_type { parameter(&attribute(tag, "content")?) } else { None }
            };
            if let Some(label) = attribute(tag, "charset").or_else(pragma) {
                return Some(label);
            }
        }
    }
    None
}

/// The value of the attribute `name` in what follows a tag's name, up to the tag's end.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c == '/' || c.is_ascii_whitespace());
        if rest.is_empty() || rest.starts_with('>') {
            return None;
        }
        // A name has at least one character, `=` too (HTML Standard, "before attribute name state").
        let mut ends = rest.char_indices().skip(1);
        let end = ends.find(|(_, c)| matches!(c, '=' | '>' | '/') || c.is_ascii_whitespace());
        let (found, after) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
        rest = after.trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote)?,
                _ => after.split_at(after.find(|c: char| c == '>' || c.is_ascii_whitespace()).unwrap_or(after.len())),
            };
        }
        if found == name {
            return Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    fn html(head: &str) -> String {
        label(Some("text/html"), head.as_bytes())
    }

    #[test]
    fn the_mark_comes_before_the_header_and_the_header_before_the_document() {
        let meta = r#"<meta charset="iso-8859-6">"#;
        let marked = [b"\xEF\xBB\xBF".as_slice(), meta.as_bytes()].concat();
        assert_eq!(label(Some("text/html; charset=windows-1256"), &marked), "utf-8");
        assert_eq!(label(Some("text/html; charset=windows-1256"), meta.as_bytes()), "windows-1256");
        assert_eq!(html(meta), "iso-8859-6");
        assert_eq!(label(None, b"\xFF\xFEa\0"), "utf-16le");
        assert_eq!(label(None, b"\xFE\xFF\0a"), "utf-16be");
    }

    #[test]
    fn the_header_is_read_in_any_spelling() {
        for header in [
            "text/plain;charset=Windows-1256",
            "text/plain; Charset = windows-1256",
            r#"text/plain; charset="windows-1256"; format=flowed"#,
            "text/plain; charset='windows-1256'",
        ] {
            assert_eq!(label(Some(header), b"x"), "windows-1256", "{header}");
        }
        assert_eq!(label(Some("text/plain; charset="), b"x"), "utf-8");
    }

    #[test]
    fn xml_says_it_in_its_declaration() {
        let feed = r#"<?xml version="1.0" encoding="windows-1256"?><rss><meta charset="x"></rss>"#;
        assert_eq!(label(Some("application/rss+xml"), feed.as_bytes()), "windows-1256");
        assert_eq!(label(None, feed.as_bytes()), "windows-1256");
        assert_eq!(label(Some("text/xml"), b"<?xml version='1.0'?><rss><meta charset='x'/></rss>"), "utf-8");
    }

    #[test]
    fn html_says_it_in_a_meta() {
        assert_eq!(html("<!doctype html><HTML><META CHARSET=Windows-1256><title>x"), "windows-1256");
        assert_eq!(html("<meta name=a content='b > c'><meta charset='windows-1256'/>"), "windows-1256");
        assert_eq!(html("<meta charset=windows-1256>"), "windows-1256");
        assert_eq!(
            html(r#"<meta content="text/html; charset=windows-1256" http-equiv="Content-Type">"#),
            "windows-1256"
        );
        assert_eq!(html("<!-- <meta charset=iso-8859-6> --><meta charset=windows-1256>"), "windows-1256");
    }

    #[test]
    fn what_is_no_statement_is_not_taken_for_one() {
        assert_eq!(html("<metadata charset=windows-1256>"), "utf-8");
        assert_eq!(html("<meta name=description content='charset=windows-1256'>"), "utf-8");
        assert_eq!(html("<!-- <meta charset=windows-1256>"), "utf-8");
        assert_eq!(html("<meta charset=''>"), "utf-8");
        assert_eq!(html(&[" ".repeat(1024).as_str(), "<meta charset=windows-1256>"].concat()), "utf-8");
        assert_eq!(label(Some("application/json"), br#"{"a":"<meta charset=windows-1256>"}"#), "utf-8");
        assert_eq!(label(Some("text/plain"), b"about <meta charset=windows-1256>"), "utf-8");
    }

    #[test]
    fn what_could_be_read_as_ascii_is_not_in_utf_16() {
        assert_eq!(html("<meta charset=utf-16le>"), "utf-8");
        assert_eq!(label(None, br#"<?xml version="1.0" encoding="UTF-16"?>"#), "utf-8");
    }

    // `proptest` is there for native tests only.
    #[cfg(not(target_arch = "wasm32"))]
    mod generated {
        use super::{html, label};
        use proptest::prelude::{any, prop, proptest};

        proptest! {
            #[test]
            fn any_bytes_have_a_label(content_type in any::<Option<String>>(), head in prop::collection::vec(any::<u8>(), 0..200)) {
                assert!(!label(content_type.as_deref(), &head).is_empty());
            }

            #[test]
            fn any_tag_soup_has_a_label(head in "(<meta|<!--|-->|charset|http-equiv|content|=|\"|'|>|/| |\u{e9}|a){0,40}") {
                assert!(!html(&head).is_empty());
            }
        }
    }
}
