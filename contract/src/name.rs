//! A name as it is shown, and which names are not taken: none may hide what it is, or pass for another.
//!
//! [`clean`] is for every name, whoever sends it; [`check`] is for one that somebody writes.

use crate::limits::NAME_MAX_CHARS;
use crate::look_alike::{Script, is_dressed, is_look_alike, script};
use crate::presentation::fold;
use crate::problem::Reason;
use crate::unicode::{is_invisible, is_mark};

/// Most marks on one letter. Arabic with its vowels has three, Hebrew with its accents four; a tower of them climbs into
/// the lines above.
const MARKS_MAX: usize = 4;

const ZWNJ: char = '\u{200C}';
const ZWJ: char = '\u{200D}';

/// `raw` as a name is shown: on one line, each run of white space one space, and nothing in it that cannot be seen.
///
/// Marks of direction, overrides and isolates go: a name must reorder neither what stands beside it nor itself. Zero-width
/// and filling characters go: «سلمى» with one of them is the same name. A joiner or non-joiner stays where it
/// changes what is seen (Persian, scripts of India, emoji); a variation selector after an emoji. Presentation forms
/// of Arabic and full-width letters become the plain letters.
#[must_use]
pub fn clean(raw: &str) -> String {
    let mut name = Clean { out: String::with_capacity(raw.len()), space: false, joiner: None, marks: 0 };
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let last = name.out.chars().next_back().filter(|_| !name.space);
        match c {
            _ if c.is_whitespace() => {
                name.settle();
                name.space = true;
            }
            ZWNJ | ZWJ => _ = name.joiner.get_or_insert(c),
            '\u{FE0E}' | '\u{FE0F}' => {
                let keycap = chars.peek() == Some(&'\u{20E3}');
                if last.is_some_and(|last| is_pictograph(last) || keycap && matches!(last, '0'..='9' | '#' | '*')) {
                    name.out.push(c);
                }
            }
            // Mongolian letters are spelt with them.
            '\u{180B}'..='\u{180F}' => {
                if matches!(last, Some('\u{1820}'..='\u{1878}')) {
                    name.out.push(c);
                }
            }
            // The basmala is one character as wide as a line.
            '\u{FDFD}' => {}
            _ if is_invisible(c) => {}
            _ => fold(c, &mut |c| name.push(c)),
        }
    }
    name.settle();
    name.out
}

/// A name that a host vouches for, as it is shown: [`clean`], and cut where it is longer than [`NAME_MAX_CHARS`]; `None`
/// where nothing of it can be seen. What [`check`] refuses is not asked.
#[must_use]
pub fn vouched(raw: &str) -> Option<String> {
    let head: String = clean(raw).chars().take(NAME_MAX_CHARS).collect();
    // Where it was cut, nothing may hang over.
    Some(clean(&head)).filter(|name| !name.is_empty())
}

/// A name that is being cleaned.
struct Clean {
    out: String,
    /// White space came since.
    space: bool,
    /// A joiner or non-joiner came since.
    joiner: Option<char>,
    /// How many marks the last letter has.
    marks: usize,
}

impl Clean {
    fn push(&mut self, c: char) {
        let has_base = !self.space && !self.out.is_empty();
        let is_mark = is_mark(c) || is_sign(c);
        self.marks = if is_mark { self.marks + 1 } else { 0 };
        // A mark without a letter of its own would stand on what comes before the name.
        if is_mark && (!has_base || self.marks > MARKS_MAX) {
            return;
        }
        if let Some(joiner) = self.joiner.take().filter(|joiner| has_base && joins(&self.out, *joiner, c)) {
            self.out.push(joiner);
        }
        if self.space && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push(c);
    }

    /// At a word's end: the joiner after a virama is a letter of Malayalam as it was written before Unicode 5.1.
    fn settle(&mut self) {
        let after_virama = !self.space && self.out.chars().next_back().is_some_and(is_virama);
        self.out.extend(self.joiner.take().filter(|joiner| *joiner == ZWJ && after_virama));
    }
}

/// Whether `joiner` between `before` and `next` changes what is seen: after UAX #31, section 2.3.1, and UTS #51,
/// section 2.3.
fn joins(before: &str, joiner: char, next: char) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    if is_virama(last) || is_virama(next) {
        return is_indic(last) && is_indic(next);
    }
    let Some(base) = before.chars().rev().find(|c| !is_mark(*c) && *c != '\u{FE0F}') else { return false };
    match joiner {
        ZWNJ => joins_on(base) && is_arabic(next) && next != 'ء',
        _ => is_pictograph(base) && is_pictograph(next),
    }
}

/// Whether `c` is a letter of the Arabic script.
const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D3}' | '\u{06D5}' | '\u{06EE}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}' | '\u{0870}'..='\u{0887}' | '\u{0889}'..='\u{088E}' | '\u{08A0}'..='\u{08C9}')
        && !is_mark(c)
}

/// Whether `c` is a letter of the Arabic script that joins the one after it (`ArabicShaping.txt`: not joining type R
/// or U).
const fn joins_on(c: char) -> bool {
    is_arabic(c)
        && !matches!(c,
            '\u{0621}'..='\u{0625}' | '\u{0627}' | '\u{0629}' | '\u{062F}'..='\u{0632}' | '\u{0648}'
            | '\u{0671}'..='\u{0677}' | '\u{0688}'..='\u{0699}' | '\u{06C0}' | '\u{06C3}'..='\u{06CB}' | '\u{06CD}'
            | '\u{06CF}' | '\u{06D2}'..='\u{06D5}' | '\u{06EE}' | '\u{06EF}' | '\u{0759}'..='\u{075B}' | '\u{076B}'
            | '\u{076C}' | '\u{0771}' | '\u{0773}' | '\u{0774}' | '\u{0778}' | '\u{0779}' | '\u{0870}'..='\u{0882}'
            | '\u{088E}' | '\u{08AA}'..='\u{08AC}' | '\u{08AE}' | '\u{08B1}' | '\u{08B2}' | '\u{08B9}')
}

/// Whether `c` stands in one of the blocks from Devanagari to Sinhala.
const fn is_indic(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0DFF}')
}

/// The sign that takes its vowel from a letter of India: at the same place in each block, but for Sinhala's.
const fn is_virama(c: char) -> bool {
    c == '\u{0DCA}' || matches!(c, '\u{0900}'..='\u{0D7F}') && c as u32 & 0x7F == 0x4D
}

/// A vowel sign, or another sign that stands on a letter, of the scripts whose words cannot be read without them.
const fn is_sign(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{0EB1}' | '\u{0EB4}'..='\u{0EBC}'
        | '\u{0EC8}'..='\u{0ECE}' | '\u{0711}' | '\u{0730}'..='\u{074A}' | '\u{07A6}'..='\u{07B0}'
        | '\u{07EB}'..='\u{07F3}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}')
        || matches!(c, '\u{0900}'..='\u{0D7F}') && matches!(c as u32 & 0x7F, 0..=3 | 0x3C | 0x3E..=0x4D | 0x62 | 0x63)
        || matches!(c, '\u{0DCA}'..='\u{0DDF}')
}

/// Whether `c` is a picture or a sign that says something alone: emoji, arrows, stars, currencies.
const fn is_pictograph(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{203C}' | '\u{2049}' | '\u{20A0}'..='\u{20CF}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether `c` is a letter that stands alone: no mark, no sign, no tatweel, no modifier.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_mark(c) && !is_sign(c) && !matches!(c, '\u{02B0}'..='\u{02FF}' | '\u{0640}' | '\u{07FA}')
}

/// Refuses a [`clean`] name that says nothing, or that could be drawn for another's.
///
/// After UTS #39: a word may not mix scripts whose letters look alike (section 5.1), and no script may stand in the name
/// with look-alikes of Latin letters alone (section 4.2): «Анна» and «Сара Иванова» are names, «Sаlma» with a
/// Cyrillic letter and «аса» in Cyrillic ones are disguises. Nor may a letter be dressed as a sign: «𝓢𝓪𝓵𝓶𝓪».
///
/// # Errors
/// [`Reason::NoLetter`], [`Reason::MixedScripts`] or [`Reason::LookAlike`].
pub fn check(name: &str) -> Result<(), Reason> {
    if !name.chars().any(|c| is_letter(c) || c.is_numeric() || is_pictograph(c)) {
        return Err(Reason::NoLetter);
    }
    // By script: whether a letter that passes for a Latin one was seen, and one that does not.
    let mut seen = [(false, false); Script::COUNT];
    let mut word = None;
    let mut is_dressed_up = false;
    for c in name.chars() {
        is_dressed_up |= is_dressed(c);
        if !is_letter(c) {
            // A mark or a digit ends no word.
            if !(c.is_numeric() || is_mark(c) || is_sign(c) || is_invisible(c)) || c == ' ' {
                word = None;
            }
            continue;
        }
        let Some(script) = script(c) else { continue };
        if word.is_some_and(|word| word != script) {
            return Err(Reason::MixedScripts);
        }
        word = Some(script);
        let (alike, own) = &mut seen[script as usize];
        if is_look_alike(c) { *alike = true } else { *own = true }
    }
    let is_disguised = seen.iter().any(|(alike, own)| *alike && !own);
    if is_dressed_up || is_disguised { Err(Reason::LookAlike) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{check, clean, vouched};
    use crate::limits::NAME_MAX_CHARS;
    use crate::problem::Reason;

    /// Names as people write them, in many scripts.
    const NAMES: &[&str] = &[
        "سلمى",
        "سَلْمَى العَلَوِيّ",
        "مُحَمَّدٌ بْنُ عَبْدِ ٱللَّهِ",
        "عبد الرحمٰن",
        "آمنة بنت وَهْب",
        "أبو بكر",
        "ليلى ٢",
        "محمد ﷺ",
        "سـلـمى",
        "می\u{200C}خواهم",
        "علی\u{200C}رضا پورمند",
        "بی\u{200C}بی گل",
        "فاطمہ ژوب",
        "ڕۆژان ئەحمەد",
        "به\u{200C}هار",
        "ئۇيغۇر قىزى",
        "שָׁלוֹם",
        "יעל כהן־לוי",
        "José",
        "Jose\u{301}",
        "Zoë Müller-Lüdenscheidt",
        "Nguyễn Thị Ánh",
        "Nguye\u{302}\u{303}n",
        "İbrahim Işık",
        "O'Brien",
        "O’Neill",
        "Anna-Maria d'Arc",
        "Anna (editor)",
        "J. R. R.",
        "Ana 2",
        "R2D2",
        "123",
        "٢٠٢٦",
        "Анна Каренина",
        "Сара Иванова",
        "Анна Smith",
        "Ростислав",
        "Αννα Παπαδοπούλου",
        "Νίκος",
        "Արամ Խաչատրյան",
        "ᏣᎳᎩ",
        "ⵙⴰⵍⵎⴰ",
        "ᓄᓇᕗᑦ",
        "ნინო",
        "李小龙",
        "山田 太郎",
        "さくら ガール",
        "김민수",
        "สมชาย ใจดี",
        "ປາຄຳ",
        "राम शर्मा",
        "क्\u{200D}ष",
        "র\u{200D}্যাব",
        "അവന്\u{200D}",
        "ශ්\u{200D}රී ලංකා",
        "தமிழ்",
        "አማርኛ",
        "ܫܠܡܐ",
        "ދިވެހި",
        "ߒߞߏ",
        "ᠮᠣᠩᠭᠣᠯ",
        "🌹",
        "سلمى 🌹",
        "👩\u{200D}💻 Salma",
        "❤\u{FE0F}",
        "👩🏽\u{200D}❤\u{FE0F}\u{200D}👨🏻",
        "1\u{FE0F}\u{20E3}",
        "🇲🇦",
        "★",
        "€uro",
        "Salma سلمى",
        "سلمى Alaoui",
        "C++",
        "李 Anna",
        "Toshi東京",
        "Þórður",
        "Łukasz",
        "Ọlá Ṣadé",
        "ɛdwoa",
    ];

    #[test]
    fn names_of_all_the_world_are_taken_as_they_are() {
        for name in NAMES {
            assert_eq!(clean(name), *name, "{name:?}");
            assert_eq!(check(name), Ok(()), "{name:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_makes_no_other_name() {
        let hidden = [
            '\u{AD}',
            '\u{34F}',
            '\u{61C}',
            '\u{115F}',
            '\u{17B4}',
            '\u{180B}',
            '\u{180E}',
            '\u{200B}',
            '\u{200C}',
            '\u{200D}',
            '\u{200E}',
            '\u{200F}',
            '\u{202A}',
            '\u{202B}',
            '\u{202C}',
            '\u{202D}',
            '\u{202E}',
            '\u{2060}',
            '\u{2063}',
            '\u{2066}',
            '\u{2067}',
            '\u{2068}',
            '\u{2069}',
            '\u{206F}',
            '\u{2800}',
            '\u{3164}',
            '\u{FE00}',
            '\u{FE0F}',
            '\u{FEFF}',
            '\u{FFA0}',
            '\u{1D173}',
            '\u{E0001}',
            '\u{E0061}',
            '\u{E0100}',
            '\u{0}',
            '\u{85}',
        ];
        for c in hidden.into_iter().filter(|c| !c.is_whitespace()) {
            // The non-joiner shows between letters that would join: not at these places.
            for name in [format!("{c}سلمى"), format!("سلمى{c}"), format!("سلمى {c}{c}"), format!("{c} سلمى")]
            {
                assert_eq!(clean(&name), "سلمى", "{name:?}");
            }
            assert_eq!(clean(&format!("دا{c}{c}ود")), "داود", "U+{:04X}", c as u32);
            assert_eq!(clean(&format!("Sal{c}ma {c}A")), "Salma A", "U+{:04X}", c as u32);
        }
        assert_eq!(clean("سلم\u{200B}ى"), "سلمى");
        assert_eq!(clean("سلم\u{200D}ى"), "سلمى");
        assert_eq!(clean("रा\u{200C}म"), "राम");
        assert_eq!(clean("🌹\u{200D}"), "🌹");
        assert_eq!(clean("🌹\u{200D}Anna"), "🌹Anna");
        assert_eq!(clean("1\u{FE0F}"), "1");
    }

    #[test]
    fn joiners_are_never_doubled() {
        assert_eq!(clean("می\u{200C}\u{200C}\u{200B}\u{200D}خواهم"), "می\u{200C}خواهم");
        assert_eq!(clean("👩\u{200D}\u{200D}💻"), "👩\u{200D}💻");
        assert_eq!(clean("❤\u{FE0F}\u{FE0F}\u{FE0E}"), "❤\u{FE0F}");
    }

    #[test]
    fn an_override_turns_nothing_not_even_the_name_itself() {
        assert_eq!(clean("\u{202E}amlaS"), "amlaS");
        assert_eq!(clean("Anna\u{2067}(editor\u{2069}"), "Anna(editor");
        assert_eq!(clean("  مريم \u{202E}\n ب.\u{202C} "), "مريم ب.");
    }

    #[test]
    fn marks_stand_on_a_letter_and_in_no_tower() {
        assert_eq!(clean("\u{64B}\u{301}سلمى \u{64E}"), "سلمى");
        assert_eq!(clean(&format!("Z{}algo", "\u{301}".repeat(40))), format!("Z{}algo", "\u{301}".repeat(4)));
    }

    #[test]
    fn presentation_forms_and_full_width_letters_become_plain() {
        assert_eq!(clean("ﺳﻠﻤﻰ"), "سلمى");
        assert_eq!(clean("ﻋﻼء ﮐﯿﺎﻥ ﭘﻮﺭ"), "علاء کیان پور");
        assert_eq!(clean("عبد ﷲ"), "عبد الله");
        assert_eq!(clean("Ｓａｌｍａ　２"), "Salma 2");
        assert_eq!(clean("﷽ سلمى"), "سلمى");
    }

    #[test]
    fn a_name_that_is_vouched_for_is_cut_at_its_end_alone() {
        assert_eq!(vouched(" \u{202E}سلمى "), Some("سلمى".to_owned()));
        assert_eq!(vouched("\u{200B}\u{2066}"), None);
        let long = format!("{} {}", "م".repeat(NAME_MAX_CHARS - 1), "م".repeat(9));
        assert_eq!(vouched(&long), Some("م".repeat(NAME_MAX_CHARS - 1)), "no space is left over");
        assert_eq!(vouched("аса"), Some("аса".to_owned()), "the host knows who it is");
    }

    #[test]
    fn a_name_without_a_letter_a_digit_or_a_picture_is_refused() {
        for name in [".", "...", "-", "ـــ", "«»", "؟!", "()", "،", "—", "ʼ", "_", "\u{E000}", "・", "ـَ"]
        {
            assert_eq!(check(&clean(name)), Err(Reason::NoLetter), "{name:?}");
        }
    }

    #[test]
    fn a_word_that_mixes_scripts_that_look_alike_is_refused() {
        for name in [
            "Sаlma",
            "Salmа Alaoui",
            "سلمى Аlaoui",
            "Νikos",
            "Αnna",
            "аlpha1",
            "a1а",
            "Sal\u{301}mа",
            "Oհ",
            "Ꭺnna",
            "ꓢalma",
            "Аννα",
            "Annⵔ",
            "ᑌna",
            "𐐛ina",
        ] {
            assert_eq!(check(&clean(name)), Err(Reason::MixedScripts), "{name:?}");
        }
    }

    #[test]
    fn a_name_of_letters_that_pass_for_others_is_refused() {
        for name in [
            "аса",
            "Ѕаѕһа",
            "С",
            "Anna Сох",
            "سلمى Сох",
            "Salm-а",
            "ΑΝΝΑ",
            "ᎪᎳᎪ",
            "ꓢꓮꓠ",
            "օհ",
            "𝓢𝓪𝓵𝓶𝓪",
            "𝐒alma",
            "Ⓢⓐⓛⓜⓐ",
            "🅂🄰🄻🄼🄰",
            "ₛₐₗₘₐ",
            "ᴀɴɴᴀ",
            "Anna ℌ",
            "Ⅿax",
            "ﬁfi",
            "𞸎𞸉",
            "ﱠ سلمى ﲀ",
        ] {
            assert_eq!(check(&clean(name)), Err(Reason::LookAlike), "{name:?}");
        }
    }

    #[test]
    fn a_clean_name_is_clean() {
        let parts: Vec<char> =
            "سدlaа क्മ\u{200C}\u{200D}\u{200B}\u{202E}\u{FE0F}\u{301}\u{64B} 👩💻1\u{20E3}ﻼＡ\u{180B}ᠮ\u{2060}-"
                .chars()
                .collect();
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let raw: String = (0..8)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    parts[(state >> 33) as usize % parts.len()]
                })
                .collect();
            let once = clean(&raw);
            assert_eq!(clean(&once), once, "{raw:?}");
            assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "), "{raw:?}");
        }
    }
}
