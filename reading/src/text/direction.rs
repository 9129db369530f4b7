//! Which way a text runs: by its first strong character, or by its language tag.

/// The direction of a paragraph: the two values of HTML's `dir`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Right to left: Arabic, Hebrew, Syriac, Thaana, N'Ko, Adlam and others.
    Rtl,
    /// Left to right: every other script.
    Ltr,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    #[must_use]
    pub const fn as_attr(self) -> &'static str {
        match self {
            Self::Rtl => "rtl",
            Self::Ltr => "ltr",
        }
    }
}

/// The direction that the first strong character of `text` gives, or `None` where no character is strong: digits,
/// punctuation and emoji have no direction of their own.
///
/// UAX #9, rules P2 and P3, which HTML's `dir=auto` follows: what stands inside an isolate does not count, and
/// embeddings and overrides are passed over. The Arabic question mark and semicolon are strong, as Unicode has them.
/// Only the first paragraph (up to a line break) is looked at where it has a
/// strong character, later ones where it has none.
#[must_use]
pub fn first_strong(text: &str) -> Option<Direction> {
    let mut isolates = 0_u32;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => isolates += 1,
            '\u{2069}' => isolates = isolates.saturating_sub(1),
            // An isolate that nobody closed ends with its paragraph.
            '\n' | '\r' | '\u{85}' | '\u{2029}' => isolates = 0,
            _ if isolates == 0 => {
                if let Some(direction) = strong(c) {
                    return Some(direction);
                }
            }
            _ => {}
        }
    }
    None
}

/// The direction of a strong character (bidi classes L, R and AL), by the ranges of Unicode's `DerivedBidiClass`.
fn strong(c: char) -> Option<Direction> {
    let right_to_left = matches!(c,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    if right_to_left {
        // Marks (NSM), digits (AN, EN) and punctuation inside the right-to-left blocks.
        let not_strong = matches!(c,
            '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{05C7}'
            | '\u{0600}'..='\u{0607}' | '\u{0609}'..='\u{060A}' | '\u{060C}' | '\u{060E}'..='\u{061A}'
            | '\u{064B}'..='\u{066C}' | '\u{0670}' | '\u{06D6}'..='\u{06E4}' | '\u{06E7}'..='\u{06ED}'
            | '\u{06F0}'..='\u{06F9}' | '\u{0711}' | '\u{0730}'..='\u{074A}' | '\u{07A6}'..='\u{07B0}'
            | '\u{07EB}'..='\u{07F3}' | '\u{07F6}'..='\u{07F9}' | '\u{07FD}' | '\u{0816}'..='\u{0819}'
            | '\u{081B}'..='\u{0823}' | '\u{0825}'..='\u{0827}' | '\u{0829}'..='\u{082D}' | '\u{0859}'..='\u{085B}'
            | '\u{0890}'..='\u{0891}' | '\u{0897}'..='\u{089F}' | '\u{08CA}'..='\u{08FF}' | '\u{FB1E}' | '\u{FB29}'
            | '\u{FD3E}'..='\u{FD4F}' | '\u{FDCF}'..='\u{FDEF}' | '\u{FDFD}'..='\u{FDFF}'
            | '\u{10D24}'..='\u{10D27}' | '\u{10D30}'..='\u{10D39}' | '\u{10E60}'..='\u{10E7E}'
            | '\u{1E8D0}'..='\u{1E8D6}' | '\u{1E944}'..='\u{1E94A}' | '\u{1EEF0}'..='\u{1EEF1}');
        // U+061C, the Arabic letter mark, is strong and right to left (AL).
        return if not_strong && c != '\u{061C}' { None } else { Some(Direction::Rtl) };
    }
    match c {
        '\u{200F}' => Some(Direction::Rtl),
        '\u{200E}' => Some(Direction::Ltr),
        // Letters by Unicode's property, but neutral (ON, NSM) in direction.
        '\u{02B9}'..='\u{02BA}' | '\u{02C6}'..='\u{02CF}' | '\u{02EC}' | '\u{0345}' | '\u{0363}'..='\u{036F}' => None,
        _ if c.is_alphabetic() => Some(Direction::Ltr),
        _ => None,
    }
}

/// The direction in which the language of a BCP 47 tag is written, or `None` where the tag names none (empty, `und`,
/// malformed, private use).
///
/// A script subtag decides (`az-Arab`, `ar-Latn`); then the few languages whose script depends on the region
/// (`pa-PK`); then the language itself, by the scripts of CLDR's likely subtags. `_` is taken for `-`, as content
/// systems write it.
#[must_use]
pub fn of_language(tag: &str) -> Option<Direction> {
    let tag = tag.trim().to_ascii_lowercase();
    let mut subtags = tag.split(['-', '_']);
    let language = subtags.next()?;
    if !(2..=8).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    if matches!(language, "und" | "mul" | "mis" | "zxx") && !tag.contains(['-', '_']) {
        return None;
    }
    let mut region = "";
    for subtag in subtags {
        match subtag.len() {
            // A singleton opens an extension or private use: nothing about the script follows.
            0 | 1 => break,
            4 if subtag.bytes().all(|b| b.is_ascii_lowercase()) => return Some(of_script(subtag)),
            2 if region.is_empty() => region = subtag,
            _ => {}
        }
    }
    let rtl = match language {
        "und" | "mul" | "mis" | "zxx" => return None,
        "pa" => region == "pk",
        "uz" => region == "af",
        "az" => matches!(region, "ir" | "iq"),
        "kk" | "ky" => region == "cn",
        "sd" => region != "in",
        _ => lists(RTL_LANGUAGES, language),
    };
    Some(if rtl { Direction::Rtl } else { Direction::Ltr })
}

/// Languages written from right to left unless their tag names another script: Arabic and the languages of its macrolanguage
/// that have a tag of their own; Hebrew, Yiddish, Aramaic and Syriac (`iw` and `ji` are the old tags); languages in the Arabic
/// script; Thaana, N'Ko, Hanifi Rohingya. One text: a comparison with each of many weighs more.
const RTL_LANGUAGES: &str = "\
    ar aao abh abv acm acq acw acx acy adf aeb aec afb apc apd arb arq ars ary arz auz avl ayh ayl ayn ayp pga shu \
    ssh \
    he iw yi ji lad arc syr aii tru sam myz \
    fa pes prs ur ckb sdh ps pbu pst ug ks bal bgn bqi brh azb glk mzn lrc luz haz pnb skr hnd hno khw bft kvx lah \
    ota swb zdj wni cja \
    dv nqo rhg";

/// Scripts written from right to left (ISO 15924), in lower case.
const RTL_SCRIPTS: &str = "\
    adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo \
    orkh ougr palm phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa yezi";

fn lists(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// The direction of an ISO 15924 script, in lower case.
fn of_script(script: &str) -> Direction {
    if lists(RTL_SCRIPTS, script) { Direction::Rtl } else { Direction::Ltr }
}

#[cfg(test)]
mod tests {
    use super::Direction::{Ltr, Rtl};
    use super::{first_strong, of_language};

    #[test]
    fn the_first_letter_gives_the_direction_in_every_living_script() {
        for text in ["مقال", "מאמר", "مقاله", "مضمون", "ܫܠܡܐ", "ދިވެހި", "ߒߞߏ", "𞤀𞤣𞤤𞤢𞤥", "ﻣﻘﺎﻝ", "\u{10D00}\u{10D01}"]
        {
            assert_eq!(first_strong(text), Some(Rtl), "{text}");
        }
        for text in ["article", "статья", "άρθρο", "文章", "記事", "기사", "लेख", "บทความ", "Ⅻ", "ªb"]
        {
            assert_eq!(first_strong(text), Some(Ltr), "{text}");
        }
    }

    #[test]
    fn digits_punctuation_and_emoji_decide_nothing() {
        for text in ["", " ", "2026", "٢٠٢٦", "۱۴۰۵", "!،.", "👍🏽", "\u{064B}", "\u{0301}", "—«»"] {
            assert_eq!(first_strong(text), None, "{text:?}");
        }
        assert_eq!(first_strong("١٢ (FAO) منظمة"), Some(Ltr));
        assert_eq!(first_strong("👍 2026: مقال about"), Some(Rtl));
    }

    #[test]
    fn marks_are_strong_and_isolates_are_passed_over() {
        assert_eq!(first_strong("\u{200F}abc"), Some(Rtl));
        assert_eq!(first_strong("\u{061C}123"), Some(Rtl));
        assert_eq!(first_strong("\u{200E}مقال"), Some(Ltr));
        assert_eq!(first_strong("\u{2068}abc\u{2069} مقال"), Some(Rtl));
        assert_eq!(first_strong("\u{2067}\u{2066}abc\u{2069}\u{2069}"), None);
        assert_eq!(first_strong("\u{2068}abc\nمقال"), Some(Rtl));
        // An embedding is not an isolate: its text counts (P2 passes over isolates alone).
        assert_eq!(first_strong("\u{202B}abc\u{202C} مقال"), Some(Ltr));
    }

    #[test]
    fn a_language_tag_gives_the_direction_of_its_usual_script() {
        for tag in [
            "ar", "ar-MA", "AR_ma", "ary", "fa", "fa-AF", "ur-PK", "he", "iw", "yi", "ckb", "ps", "sd", "ug", "dv",
            "nqo",
        ] {
            assert_eq!(of_language(tag), Some(Rtl), "{tag}");
        }
        for tag in ["en", "fr-MA", "ru", "el", "zh-Hant", "ku", "pa", "pa-IN", "az", "uz", "ff", "sd-IN", "kab"] {
            assert_eq!(of_language(tag), Some(Ltr), "{tag}");
        }
        for tag in ["pa-PK", "uz-AF", "az-IR", "kk-CN"] {
            assert_eq!(of_language(tag), Some(Rtl), "{tag}");
        }
    }

    #[test]
    fn a_script_subtag_wins_over_the_language() {
        assert_eq!(of_language("ar-Latn"), Some(Ltr));
        assert_eq!(of_language("ar-Latn-MA"), Some(Ltr));
        assert_eq!(of_language("az-Arab"), Some(Rtl));
        assert_eq!(of_language("en-Hebr"), Some(Rtl));
        assert_eq!(of_language("ff-Adlm-GN"), Some(Rtl));
        assert_eq!(of_language("ur-Aran"), Some(Rtl));
        assert_eq!(of_language("und-Arab"), Some(Rtl));
        assert_eq!(of_language("zh-cmn-Hans-CN"), Some(Ltr));
    }

    #[test]
    fn a_tag_that_names_no_language_gives_no_direction() {
        for tag in ["", " ", "und", "mul", "zxx", "x-private", "a", "1ar", "عربي", "und-MA", "toolonglanguage"] {
            assert_eq!(of_language(tag), None, "{tag:?}");
        }
        assert_eq!(of_language("ar-x-latn"), Some(Rtl));
    }
}
