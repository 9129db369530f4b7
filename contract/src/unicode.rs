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

/// A mark over or under a letter, in the scripts whose words can be read without: accents, vowel signs.
#[must_use]
pub const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}'     // accents
        | '\u{0483}'..='\u{0489}'   // Cyrillic
        | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}' // Hebrew
        | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' // Arabic
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{0897}'..='\u{089F}' | '\u{08CA}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
    )
}

#[cfg(test)]
mod tests {
    use super::is_visible;

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
}
