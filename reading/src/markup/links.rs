//! References within a tree, made absolute.

use super::{Element, Namespace, Node, resolve};

/// The attributes of HTML that hold one reference, and those in which scripts that load lazily keep one.
const ONE: [&str; 8] =
    ["href", "src", "poster", "data-src", "data-lazy-src", "data-original", "data-orig-src", "data-litespeed-src"];

/// The attributes that hold several, each perhaps with a descriptor (HTML, section 2.5.10).
const SEVERAL: [&str; 2] = ["srcset", "data-srcset"];

/// Makes the references of HTML within `element` absolute: those that stand under an address of their own (`xml:base`,
/// `base`), which they lose where they are shown. What leads to a place in the same text (`#note`) stays as it is, and
/// so does what is no URL.
pub fn make_absolute(element: &mut Element, base: &str) {
    if element.namespace == Namespace::Html {
        for (name, value) in &mut element.attributes {
            if ONE.contains(&name.as_str()) {
                if let Some(absolute) = absolute(value, base) {
                    *value = absolute;
                }
            } else if SEVERAL.contains(&name.as_str()) {
                *value = candidates(value, base);
            }
        }
    }
    for child in &mut element.children {
        if let Node::Element(child) = child {
            make_absolute(child, base);
        }
    }
}

fn absolute(reference: &str, base: &str) -> Option<String> {
    let reference = reference.trim();
    if reference.is_empty() || reference.starts_with('#') { None } else { resolve(reference, base) }
}

fn candidates(set: &str, base: &str) -> String {
    let mut out = String::new();
    for token in set.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let bare = token.trim_end_matches(',');
        let is_descriptor = bare
            .strip_suffix(['w', 'x', 'h'])
            .is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        match absolute(bare, base) {
            Some(absolute) if !is_descriptor => {
                out.push_str(&absolute);
                out.push_str(&token[bare.len()..]);
            }
            _ => out.push_str(token),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::make_absolute;
    use crate::markup;

    #[test]
    fn references_become_absolute_and_those_within_the_text_stay() {
        let mut tree = markup::html(
            r##"<p><a href="b">ب</a><a href="#note">١</a><a href="mailto:a@b.example">ج</a><a href=" ">د</a>
            <img src="/i/a.jpg" data-src="../c.jpg" srcset="s.jpg 1x, //cdn.example/l.jpg 2x,"></p>"##,
        )
        .unwrap();
        make_absolute(&mut tree, "https://news.example/2026/11/post");
        let hrefs: Vec<_> = tree.find_all(&|e| e.is("a")).into_iter().map(|a| a.attribute("href").unwrap()).collect();
        assert_eq!(hrefs, ["https://news.example/2026/11/b", "#note", "mailto:a@b.example", " "]);
        let img = tree.find(&|e| e.is("img")).unwrap();
        assert_eq!(img.attribute("src"), Some("https://news.example/i/a.jpg"));
        assert_eq!(img.attribute("data-src"), Some("https://news.example/2026/c.jpg"));
        assert_eq!(
            img.attribute("srcset"),
            Some("https://news.example/2026/11/s.jpg 1x, https://cdn.example/l.jpg 2x,")
        );
    }

    #[test]
    fn a_base_that_is_no_address_changes_nothing() {
        let mut tree = markup::html("<a href='b'>ب</a>").unwrap();
        let before = tree.clone();
        make_absolute(&mut tree, "");
        assert_eq!(tree, before);
    }
}
