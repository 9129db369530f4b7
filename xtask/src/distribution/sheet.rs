//! Style sheets without what only people read: comments, and space that says nothing.

/// `css` without its comments, and without space that parts nothing (CSS Syntax, section 4). Texts in quotes stay as they are.
pub fn lean(css: &str) -> String {
    let mut lean = String::with_capacity(css.len());
    let mut rest = css;
    // Space is put when it is known what comes after it.
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if let Some(comment) = rest.strip_prefix("/*") {
            length = comment.find("*/").map_or(rest.len(), |end| end + 4);
            space = true;
        } else if c.is_ascii_whitespace() {
            space = true;
        } else {
            if c == '"' || c == '\'' {
                length = end_of_text(rest, c);
            }
            let parts_by_itself = lean.ends_with(['{', '}', ';', ',']) || matches!(c, '{' | '}' | ';' | ',');
            if space && !parts_by_itself && !lean.is_empty() {
                lean.push(' ');
            }
            if c == '}' && lean.ends_with(';') {
                lean.pop();
            }
            lean.push_str(&rest[..length]);
            space = false;
        }
        rest = &rest[length..];
    }
    lean
}

/// The length of the text in quotes at the head of `css`.
fn end_of_text(css: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in css.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn what_people_read_goes_and_what_means_something_stays() {
        let css = "/* What. */\n.a .b:hover > i,\n.c :is(p, q) {\n  color: red; /* Why. */\n  margin: calc(1px + 2px) 0;\n}\n\n@media (width < 3px) {\n  .d { --x: ; }\n}\n";
        let wanted = ".a .b:hover > i,.c :is(p,q){color: red;margin: calc(1px + 2px) 0}@media (width < 3px){.d{--x:}}";
        assert_eq!(lean(css), wanted);
    }

    #[test]
    fn texts_in_quotes_stay_as_they_are() {
        let css = r#".a::before { content: "a  /* b */ \" ;  }"; quotes: '«  ' "  »"; }"#;
        assert_eq!(lean(css), r#".a::before{content: "a  /* b */ \" ;  }";quotes: '«  ' "  »"}"#);
    }
}
