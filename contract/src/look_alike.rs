//! Letters that pass for those of another script: after Unicode's `confusables.txt` and `Scripts.txt` (UTS #39, UAX #24).

/// A script that has letters which are drawn as those of another one in this list.
///
/// Scripts that nobody would take for Latin (Arabic, Hebrew, those of India and East Asia) are none of them: their words
/// may stand beside Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
    Lisu,
    Coptic,
    Syllabics,
    Tifinagh,
    /// Deseret, Osage, and scripts that are no longer written.
    Rare,
}

impl Script {
    /// How many there are.
    pub const COUNT: usize = Self::Rare as usize + 1;
}

/// First and last code point of the places where a script's letters stand. What is no letter there is not asked for.
const PLACES: [(u32, u32, Script); 42] = [
    (0x0041, 0x02B8, Script::Latin),
    (0x02E0, 0x02E4, Script::Latin),
    (0x0370, 0x03E1, Script::Greek),
    (0x03E2, 0x03EF, Script::Coptic),
    (0x03F0, 0x03FF, Script::Greek),
    (0x0400, 0x052F, Script::Cyrillic),
    (0x0531, 0x0588, Script::Armenian),
    (0x13A0, 0x13FD, Script::Cherokee),
    (0x1401, 0x167F, Script::Syllabics),
    (0x18B0, 0x18F5, Script::Syllabics),
    (0x1C80, 0x1C8A, Script::Cyrillic),
    (0x1D00, 0x1D25, Script::Latin),
    (0x1D26, 0x1D2A, Script::Greek),
    (0x1D2B, 0x1D2B, Script::Cyrillic),
    (0x1D2C, 0x1D5C, Script::Latin),
    (0x1D5D, 0x1D61, Script::Greek),
    (0x1D62, 0x1D65, Script::Latin),
    (0x1D66, 0x1D6A, Script::Greek),
    (0x1D6B, 0x1D77, Script::Latin),
    (0x1D78, 0x1D78, Script::Cyrillic),
    (0x1D79, 0x1DBE, Script::Latin),
    (0x1E00, 0x1EFF, Script::Latin),
    (0x1F00, 0x1FFC, Script::Greek),
    (0x2071, 0x209C, Script::Latin),
    (0x214E, 0x214E, Script::Latin),
    (0x2C60, 0x2C7F, Script::Latin),
    (0x2C80, 0x2CF3, Script::Coptic),
    (0x2D30, 0x2D6F, Script::Tifinagh),
    (0x2DE0, 0x2DFF, Script::Cyrillic),
    (0xA4D0, 0xA4FD, Script::Lisu),
    (0xA640, 0xA69F, Script::Cyrillic),
    (0xA722, 0xA7FF, Script::Latin),
    (0xAB30, 0xAB64, Script::Latin),
    (0xAB65, 0xAB65, Script::Greek),
    (0xAB66, 0xAB69, Script::Latin),
    (0xAB70, 0xABBF, Script::Cherokee),
    (0xFB00, 0xFB06, Script::Latin),
    (0xFB13, 0xFB17, Script::Armenian),
    (0x10280, 0x1032F, Script::Rare),
    (0x10400, 0x10527, Script::Rare),
    (0x1E030, 0x1E08F, Script::Cyrillic),
    (0x1DF00, 0x1DF2A, Script::Latin),
];

/// The letters of the scripts above, Latin apart, that common fonts draw as Latin ones. Those are left out that a
/// reader tells apart at a glance, so that few true names are made of look-alikes alone (Greek α, Cyrillic г).
const LOOK_ALIKES: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧͿϜϹϺνοϲϳ\
    АВЕЅІЈКМНОРСТУХѴҮҺӀԌԚԜЁЇЀаеорсухѕіјѵүһӏԁԛԝёїѐӔӕꙇᲂᲃ\
    ՍՏՕգզհյոսցւօ\
    ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏳᏴꭵꮁꮃꮓꮤꮩꮪꮯ\
    ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ\
    ϭⲂⲌⲍⲎⲒⲓⲔⲘⲚⲞⲟⲢⲣⲤⲥⲦⲨⲩⲬⳎⳏⳐ\
    ᐯᑌᑭᑯᑲᒍᒪᕼᖇᖯᖴᗅᗞᗪᗰᗷ\
    ⴸⴹⵏⵔⵕⵝ\
    𐐄𐐕𐐛𐐠𐐬𐐽𐑈𐒴𐓂𐓎𐓪𐓶𐌁𐌂𐌉𐌏𐌑𐌕𐌗𐌜𐊠𐊡𐊢𐊥𐊫𐊰𐊱𐊲𐊴𐋏𐊂𐊆𐊇𐊊𐊐𐊒𐊕𐊖𐊗𐔇𐔎𐔓𐔖𐔘𐔛𐔝𐔥𐔦𐔧";

/// The script of the letter `c`, if it is one that has look-alikes.
pub(crate) fn script(c: char) -> Option<Script> {
    PLACES.iter().find(|(first, last, _)| (*first..=*last).contains(&(c as u32))).map(|(_, _, script)| *script)
}

/// Whether `c`, a letter of another script, is drawn as a Latin one.
pub(crate) fn is_look_alike(c: char) -> bool {
    LOOK_ALIKES.contains(c)
}

/// Whether `c` is a letter in disguise: mathematical, in a circle, raised, a ligature, a shape of Arabic that has no
/// plain letter in [`fold`](crate::presentation::fold).
pub(crate) const fn is_dressed(c: char) -> bool {
    matches!(c,
        '\u{02B0}'..='\u{02B8}' | '\u{02E0}'..='\u{02E4}'       // raised
        | '\u{1D00}'..='\u{1D6A}' | '\u{1D78}' | '\u{1D9B}'..='\u{1DBF}' // small capitals, raised and lowered
        | '\u{2071}' | '\u{207F}' | '\u{2090}'..='\u{209C}'
        | '\u{2102}' | '\u{2107}' | '\u{210A}'..='\u{2113}' | '\u{2115}' | '\u{2119}'..='\u{211D}' | '\u{2124}'
        | '\u{2126}' | '\u{2128}' | '\u{212A}'..='\u{212D}' | '\u{212F}'..='\u{2138}' | '\u{213C}'..='\u{213F}'
        | '\u{2145}'..='\u{2149}'                               // letterlike
        | '\u{2160}'..='\u{2188}'                               // Roman numerals
        | '\u{249C}'..='\u{24E9}'                               // in brackets, in circles
        | '\u{2C7C}' | '\u{2C7D}' | '\u{A7F1}'..='\u{A7F4}' | '\u{A7F8}' | '\u{A7F9}' | '\u{AB5C}'..='\u{AB5F}' | '\u{AB69}'
        | '\u{FB00}'..='\u{FB06}' | '\u{FB13}'..='\u{FB17}' | '\u{FB20}'..='\u{FB29}'
        | '\u{FBEA}'..='\u{FBFB}' | '\u{FC00}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDF9}'
        | '\u{10780}'..='\u{107BA}' | '\u{1D400}'..='\u{1D7FF}' | '\u{1E030}'..='\u{1E08F}'
        | '\u{1EE00}'..='\u{1EEFF}' | '\u{1F110}'..='\u{1F189}')
}

#[cfg(test)]
mod tests {
    use super::{LOOK_ALIKES, Script, is_dressed, is_look_alike, script};
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_script::{Script as Told, UnicodeScript as _};

    fn letters() -> impl Iterator<Item = char> {
        (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| c.is_alphabetic())
    }

    #[test]
    fn each_letter_has_the_script_that_unicode_gives_it() {
        let mut wrong = Vec::new();
        for c in letters().filter(|c| !is_dressed(*c) && !('\u{FF00}'..='\u{FFEF}').contains(c)) {
            let told = match c.script() {
                Told::Latin => Some(Script::Latin),
                Told::Greek if c < '\u{10000}' => Some(Script::Greek),
                Told::Cyrillic => Some(Script::Cyrillic),
                Told::Armenian => Some(Script::Armenian),
                Told::Cherokee => Some(Script::Cherokee),
                Told::Lisu if c < '\u{10000}' => Some(Script::Lisu),
                Told::Coptic if c < '\u{10000}' => Some(Script::Coptic),
                Told::Canadian_Aboriginal if c < '\u{10000}' => Some(Script::Syllabics),
                Told::Tifinagh => Some(Script::Tifinagh),
                Told::Lycian
                | Told::Carian
                | Told::Old_Italic
                | Told::Deseret
                | Told::Shavian
                | Told::Osmanya
                | Told::Osage
                | Told::Elbasan => Some(Script::Rare),
                // Micro sign, modifier letters: of every script.
                Told::Common | Told::Inherited => continue,
                _ => None,
            };
            if script(c) != told {
                wrong.push(format!("U+{:04X} {c} {told:?}", c as u32));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn unicode_takes_each_look_alike_for_latin_letters() {
        for c in LOOK_ALIKES.chars() {
            assert!(script(c).is_some_and(|script| script != Script::Latin), "{c}");
            let skeleton: String = unicode_security::skeleton(c.encode_utf8(&mut [0; 4])).collect();
            let bare: String = skeleton.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).collect();
            assert!(bare.chars().all(|c| c.is_ascii_alphabetic()), "U+{:04X} {c}: {skeleton}", c as u32);
        }
    }

    #[test]
    fn what_unicode_tells_as_another_letter_is_dressed() {
        // Two letters in one square, raised signs beside a number, spellings of Latin, Thai, Lao, Tibetan and Korean that
        // keyboards still write.
        let mut wrong = Vec::new();
        let written = |c: char| {
            matches!(c, 'ª' | 'º' | 'µ' | '\u{1E9B}' | '\u{2139}' | '\u{FF70}' | '\u{FF9E}' | '\u{FF9F}' | '\u{0132}'..='\u{0149}' | '\u{017F}' | '\u{01C4}'..='\u{01F3}' | '\u{03D0}'..='\u{03F9}'
                | '\u{0587}' | '\u{0675}'..='\u{0678}' | '\u{0E33}' | '\u{0EB3}' | '\u{0EDC}' | '\u{0EDD}' | '\u{0F77}' | '\u{0F79}'
                | '\u{0F0C}' | '\u{10FC}' | '\u{1E9A}' | '\u{037A}' | '\u{1FBD}' | '\u{2D6F}' | '\u{A69C}' | '\u{A69D}' | '\u{A770}' | '\u{FB4F}'
                | '\u{FDFA}' | '\u{FDFB}')
        };
        for c in letters() {
            let plain: String = [c].into_iter().nfkc().collect();
            let same: String = [c].into_iter().nfc().collect();
            let mut folded = String::new();
            crate::presentation::fold(c, &mut |c| folded.push(c));
            let is_told = plain != same && folded.chars().eq([c]);
            let elsewhere = matches!(c.script(), Told::Han | Told::Hangul | Told::Katakana | Told::Hiragana);
            if is_told && !elsewhere && !written(c) && !is_dressed(c) {
                wrong.push(format!("U+{:04X} {c} is {plain}", c as u32));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        for c in LOOK_ALIKES.chars() {
            assert!(is_look_alike(c) && !is_dressed(c), "{c}");
        }
    }
}
