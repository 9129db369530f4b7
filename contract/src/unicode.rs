//! Characters that carry no mark of their own, and those that turn the direction of others (UAX #9).

/// Whether `c` is one of the explicit bidirectional controls: UAX #9, section 2.
///
/// Embeddings, overrides and isolates, and the three marks (ALM, LRM, RLM).
#[must_use]
pub const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a reader sees nothing where `c` stands: white space, controls, format characters, fillers and
/// variation selectors.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_bidi_control(c)
        || matches!(c,
            '\u{00AD}'                  // soft hyphen
            | '\u{034F}'                // combining grapheme joiner
            | '\u{115F}' | '\u{1160}'   // Hangul fillers
            | '\u{17B4}' | '\u{17B5}'   // Khmer inherent vowels
            | '\u{180B}'..='\u{180F}'   // Mongolian selectors and separator
            | '\u{200B}'..='\u{200D}'   // zero-width space, non-joiner, joiner
            | '\u{2060}'..='\u{2065}'   // word joiner, invisible operators
            | '\u{206A}'..='\u{206F}'   // deprecated format characters
            | '\u{2800}'                // blank Braille pattern
            | '\u{3164}' | '\u{FFA0}'   // Hangul fillers
            | '\u{FE00}'..='\u{FE0F}'   // variation selectors
            | '\u{FEFF}'                // zero-width no-break space (BOM)
            | '\u{FFF0}'..='\u{FFFB}'   // specials
            | '\u{1D173}'..='\u{1D17A}' // musical format characters
            | '\u{E0000}'..='\u{E0FFF}' // tags, further variation selectors
        )
}

/// Whether anything in `text` can be seen.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !is_invisible(c))
}

/// `text` on one line and without controls: no bidirectional or other control is left that could reorder what
/// stands beside it, and each run of white space is one space.
///
/// The zero-width joiner and non-joiner stay: Persian and Urdu names are spelt with them.
#[must_use]
pub fn single_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if !(c.is_control() || is_bidi_control(c) || c == '\u{FEFF}' || c == '\u{200B}') {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{is_visible, single_line};

    #[test]
    fn text_of_only_controls_is_not_visible() {
        for hidden in [
            "",
            " \t\n",
            "\u{202E}\u{202C}",
            "\u{200F}\u{200E}\u{061C}",
            "\u{2066}\u{2069}\u{FEFF}",
            "\u{3164}\u{2800}",
        ] {
            assert!(!is_visible(hidden), "{hidden:?}");
        }
        for seen in ["م", "\u{202E}م", "می\u{200C}خواهم", "."] {
            assert!(is_visible(seen), "{seen:?}");
        }
    }

    #[test]
    fn a_single_line_keeps_joiners_and_loses_overrides() {
        assert_eq!(single_line("  مريم \u{202E}\n ب.\u{202C} "), "مريم ب.");
        assert_eq!(single_line("می\u{200C}خواهم"), "می\u{200C}خواهم");
    }
}
