//! Plain letters for those that old encodings kept by their shape: presentation forms of Arabic, full-width Latin.

/// The letters of Arabic Presentation Forms-B from U+FE80 on, each with the number of its forms.
const FORMS_B: &str = "ء1آ2أ2ؤ2إ2ئ4ا2ب4ة2ت4ث4ج4ح4خ4د2ذ2ر2ز2س4ش4ص4ض4ط4ظ4ع4غ4ف4ق4ك4ل4م4ن4ه4و2ى2ي4";
/// Those of Forms-A from U+FB50 on.
const FORMS_A: &str = "ٱ2ٻ4پ4ڀ4ٺ4ٿ4ٹ4ڤ4ڦ4ڄ4ڃ4چ4ڇ4ڍ2ڌ2ڎ2ڈ2ژ2ڑ2ک4گ4ڳ4ڱ4ں2ڻ4ۀ2ہ4ھ4ے2ۓ2";
/// Those from U+FBD3 on; U+0677 is two letters in one.
const FORMS_A_LATER: &str = "ڭ4ۇ2ۆ2ۈ2ٷ1ۋ2ۅ2ۉ2ې4ى2";

/// Gives `to` the plain letters for `c` (those of Unicode's form NFKC), or `c` itself.
pub(crate) fn fold(c: char, to: &mut dyn FnMut(char)) {
    let code = c as u32;
    let plain = match code {
        // Signs for a mark alone, or on a tatweel.
        0xFE70..=0xFE72 | 0xFE74 | 0xFE76..=0xFE7F => char::from_u32(match code {
            0xFE71 => 0x064B,
            _ => 0x064B + (code - 0xFE70) / 2,
        }),
        0xFE80..=0xFEF4 => form(code - 0xFE80, FORMS_B),
        0xFEF5..=0xFEFC => {
            to('ل');
            form(code - 0xFEF5, "آ2أ2إ2ا2")
        }
        0xFB50..=0xFBB1 => form(code - 0xFB50, FORMS_A),
        0xFBD3..=0xFBE9 => form(code - 0xFBD3, FORMS_A_LATER),
        0xFBFC..=0xFBFF => Some('ی'),
        0xFDF2 => {
            "الل".chars().for_each(&mut *to);
            Some('ه')
        }
        0xFF01..=0xFF5E => char::from_u32(code - 0xFF01 + 0x21),
        _ => None,
    };
    to(plain.unwrap_or(c));
}

/// The letter whose form is the one numbered `n` in `table`.
fn form(n: u32, table: &str) -> Option<char> {
    let mut left = n;
    let mut letter = None;
    for c in table.chars() {
        match c.to_digit(10).filter(|_| c.is_ascii_digit()) {
            None => letter = Some(c),
            Some(count) if left < count => return letter,
            Some(count) => left -= count,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::fold;
    use unicode_normalization::UnicodeNormalization as _;

    #[test]
    fn a_form_becomes_what_unicode_says_it_is() {
        let mut folded = 0;
        for c in ('\u{FB50}'..='\u{FDFF}').chain('\u{FE70}'..='\u{FEFF}').chain('\u{FF00}'..='\u{FFEF}') {
            let mut plain = String::new();
            fold(c, &mut |c| plain.push(c));
            if plain.chars().eq([c]) {
                continue;
            }
            folded += 1;
            // A mark is told with something to stand on; U+06C7 with a hamza is told as two letters.
            let told: String = [c].iter().copied().nfkc().filter(|c| !matches!(c, ' ' | 'ـ')).collect();
            assert_eq!(plain.chars().nfkc().collect::<String>(), told, "U+{:04X}", c as u32);
        }
        assert_eq!(folded, 14 + 117 + 8 + 98 + 23 + 4 + 1 + 94);
    }
}
