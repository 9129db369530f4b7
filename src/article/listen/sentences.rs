//! The sentences of a block of text: what a voice is given at once. Pure; offsets are in UTF-16 units, as the document's.

use std::ops::Range;

use maqal_contract::unicode::{is_bidi_control, is_invisible};

/// The longest text that is spoken at once, in UTF-16 units: Chromium's remote voices fall silent after 15 seconds
/// (<https://crbug.com/335907>), which is about as much as a voice reads in that time.
const LONGEST: usize = 200;

/// Words that a full stop shortens, besides single letters («د.», «م.», «أ. د.», «هـ.», «U.S.»).
const SHORTENED: [&str; 8] = ["Dr", "Mr", "Mrs", "Ms", "Prof", "St", "No", "vs"];

/// A sentence, or a part of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Where it stands in its block.
    pub range: Range<usize>,
    /// What a voice is given: the text as it is shown, less what no voice can say.
    pub spoken: String,
}

/// The sentences of `text`, which begin at some of `starts` (in ascending order): a segment that is only an
/// abbreviation, a list's number or an initial goes with the next one, and one without a letter or a digit is left out.
pub(super) fn sentences(text: &str, starts: &[usize]) -> Vec<Sentence> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut found = Vec::new();
    let mut from = 0;
    for end in starts.iter().copied().chain([units.len()]) {
        if end <= from || end > units.len() {
            continue;
        }
        let segment = String::from_utf16_lossy(&units[from..end]);
        if end < units.len() && goes_on(&segment) {
            continue;
        }
        cut(&units, from..end, &mut found);
        from = end;
    }
    found
}

/// Where sentences begin, for a browser without `Intl.Segmenter`: after a full stop, a question mark, an exclamation
/// mark or an ellipsis that white space follows, and at each line's end.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    let (mut closed, mut spaced) = (false, false);
    for c in text.chars() {
        if spaced && !c.is_whitespace() {
            starts.push(at);
            (closed, spaced) = (false, false);
        }
        match c {
            '\n' => (closed, spaced) = (true, true),
            '.' | '؟' | '?' | '!' | '…' | '۔' => closed = true,
            // What closes a quotation or a bracket belongs to the sentence in it.
            '»' | '”' | '’' | '"' | '\'' | ')' | ']' => {}
            c if c.is_whitespace() => spaced |= closed,
            _ => closed = false,
        }
        at += c.len_utf16();
    }
    starts
}

/// The parts of text nodes that make up `wanted`, as the node's index and the range within it. `nodes` tells where each
/// node's text stands in the block's.
pub(super) fn parts(nodes: &[Range<usize>], wanted: &Range<usize>) -> Vec<(usize, Range<usize>)> {
    let part = |(index, node): (usize, &Range<usize>)| {
        let (start, end) = (wanted.start.max(node.start), wanted.end.min(node.end));
        (start < end).then(|| (index, start - node.start..end - node.start))
    };
    nodes.iter().enumerate().filter_map(part).collect()
}

/// Whether `segment` is no sentence yet.
fn goes_on(segment: &str) -> bool {
    let words = segment.trim_end();
    if segment[words.len()..].contains('\n') {
        return false;
    }
    let Some(words) = words.strip_suffix('.') else { return false };
    let last = words.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '«' | '"')).next().unwrap_or(words);
    let number = words == last && !last.is_empty() && last.chars().all(char::is_numeric);
    number || SHORTENED.contains(&last) || last.split('.').all(is_letter)
}

/// Whether `word` is a single letter, whatever stands over or under it.
fn is_letter(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !is_bidi_control(*c) && !is_tatweel(*c) && !is_mark(*c));
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// The sentence in `range`, in parts where it is too long: cut after a comma or a semicolon if one is near, else at a
/// space, into parts of about one length.
fn cut(units: &[u16], range: Range<usize>, found: &mut Vec<Sentence>) {
    let Range { start: mut from, end } = trimmed(units, range);
    while end - from > LONGEST {
        let rest = &units[from..end];
        let aim = rest.len() / rest.len().div_ceil(LONGEST);
        let space = |at: usize| char_of(rest[at]).is_whitespace();
        let clause =
            |at: usize| space(at) && at > aim / 2 && matches!(char_of(rest[at - 1]), '،' | '؛' | ',' | ';' | ':');
        let nearest =
            |fits: &dyn Fn(usize) -> bool| (1..=LONGEST).filter(|at| fits(*at)).min_by_key(|at| at.abs_diff(aim));
        let at = nearest(&clause).or_else(|| nearest(&space)).unwrap_or_else(|| within_a_word(rest));
        push(units, from..from + at, found);
        from += at;
    }
    push(units, from..end, found);
}

/// Where to cut a word that is longer than a sentence may be: not within a character, nor before its marks.
fn within_a_word(rest: &[u16]) -> usize {
    let apart = |at: &usize| !matches!(rest[*at], 0xDC00..=0xDFFF) && !is_mark(char_of(rest[*at]));
    (1..=LONGEST).rev().find(apart).unwrap_or(LONGEST)
}

fn push(units: &[u16], range: Range<usize>, found: &mut Vec<Sentence>) {
    let range = trimmed(units, range);
    let mut spoken = String::from_utf16_lossy(&units[range.clone()]);
    spoken.retain(|c| !is_bidi_control(c) && !is_tatweel(c) && !matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}'));
    if spoken.contains(char::is_alphanumeric) {
        found.push(Sentence { range, spoken });
    }
}

/// `range` without what cannot be seen at its ends.
fn trimmed(units: &[u16], Range { mut start, mut end }: Range<usize>) -> Range<usize> {
    let invisible = |at: usize| is_invisible(char_of(units[at]));
    while start < end && invisible(start) {
        start += 1;
    }
    while start < end && invisible(end - 1) {
        end -= 1;
    }
    start..end
}

/// The character of one unit; half a pair is the replacement character, which is neither space nor mark.
fn char_of(unit: u16) -> char {
    char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

const fn is_tatweel(c: char) -> bool {
    c == '\u{640}'
}

/// Whether `c` is an Arabic or a general combining mark.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Sentence, parts, sentences, starts};

    fn spoken(text: &str) -> Vec<String> {
        sentences(text, &starts(text)).into_iter().map(|sentence| sentence.spoken).collect()
    }

    /// What a highlight of the sentence shows.
    fn shown(text: &str, sentence: &Sentence) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        String::from_utf16(&units[sentence.range.clone()]).unwrap()
    }

    #[test]
    fn sentences_end_with_their_marks_and_what_closes_a_quotation() {
        assert_eq!(
            spoken("قالت: «هل عدتَ؟» ثم صمتت. نعم! انتظر… وبعدها ۔ مضى"),
            ["قالت: «هل عدتَ؟»", "ثم صمتت.", "نعم!", "انتظر…", "وبعدها ۔", "مضى"]
        );
    }

    #[test]
    fn a_point_within_a_number_or_an_address_ends_nothing() {
        assert_eq!(spoken("بلغت 3.14 نقطة في news.example اليوم."), ["بلغت 3.14 نقطة في news.example اليوم."]);
    }

    #[test]
    fn a_line_ends_a_sentence() {
        assert_eq!(spoken("على قدر أهل العزم\nتأتي العزائم"), ["على قدر أهل العزم", "تأتي العزائم"]);
        assert_eq!(spoken("قال د.\nثم سكت"), ["قال د.", "ثم سكت"], "even after an abbreviation");
    }

    #[test]
    fn an_abbreviation_goes_with_what_it_shortens() {
        assert_eq!(spoken("زارنا أ. د. سالم أمس. ثم عاد."), ["زارنا أ. د. سالم أمس.", "ثم عاد."]);
        assert_eq!(spoken("سنة ٣٠ ق.م. بنيت القلعة."), ["سنة ٣٠ ق.م. بنيت القلعة."]);
        assert_eq!(spoken("عام ١٤٤٥ هـ. وقع ذلك."), ["عام ١٤٤٥ ه. وقع ذلك."]);
        assert_eq!(
            spoken("Ask Dr. Smith (Mr. J. R. Hill). He knows."),
            ["Ask Dr. Smith (Mr. J. R. Hill).", "He knows."]
        );
        assert_eq!(spoken("١. البند الأول. ٢. الثاني."), ["١. البند الأول.", "٢. الثاني."]);
        assert_eq!(spoken("كان ذلك عام ٢٠٢٠. وبعده."), ["كان ذلك عام ٢٠٢٠.", "وبعده."]);
    }

    #[test]
    fn signs_alone_are_not_spoken() {
        assert_eq!(spoken("*** نصّ الحاشية. ↩"), ["*** نصّ الحاشية."]);
        assert_eq!(spoken(" … \u{200F}"), Vec::<String>::new());
    }

    #[test]
    fn a_voice_gets_neither_tatweel_nor_bidi_controls_and_the_range_is_of_what_is_shown() {
        let text = "  \u{200F}عــربي \u{2068}Web\u{2069} جميل. ";
        let found = sentences(text, &starts(text));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].spoken, "عربي Web جميل.");
        assert_eq!(shown(text, &found[0]), "عــربي \u{2068}Web\u{2069} جميل.");
    }

    #[test]
    fn offsets_count_utf16_units() {
        let text = "😀 فرح. حزن.";
        let found = sentences(text, &starts(text));
        assert_eq!(found.iter().map(|s| shown(text, s)).collect::<Vec<_>>(), ["😀 فرح.", "حزن."]);
        assert_eq!(found[0].range, 0..7);
    }

    #[test]
    fn a_long_sentence_is_cut_at_commas_into_parts_that_together_are_all_of_it() {
        let clause = "وتمضي القوارب مع الفجر نحو الأفق البعيد";
        let text = format!("{}.", [clause; 8].join("، "));
        let found = spoken(&text);
        assert!(found.iter().all(|part| part.encode_utf16().count() <= LONGEST), "{found:?}");
        assert!(found[..found.len() - 1].iter().all(|part| part.ends_with('،')), "{found:?}");
        assert_eq!(found.join(" "), text);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_long_sentence_without_commas_is_cut_at_spaces_into_parts_of_one_length() {
        let text = ["كلمة"; 50].join(" ");
        let found = spoken(&text);
        assert_eq!(found.join(" "), text);
        assert!(found.iter().all(|part| (100..=LONGEST).contains(&part.encode_utf16().count())), "{found:?}");
    }

    #[test]
    fn a_word_longer_than_a_sentence_is_cut_between_characters() {
        for text in ["بَ".repeat(300), "😀a".repeat(200), "\u{64B}".repeat(450) + "ا"] {
            let found = sentences(&text, &[]);
            assert!(!found.is_empty() && found.iter().all(|part| part.range.len() <= LONGEST));
            for part in &found {
                assert!(!shown(&text, part).is_empty(), "no half character");
            }
        }
    }

    #[test]
    fn offsets_that_make_no_sense_are_passed_over() {
        assert_eq!(sentences("نصّ. آخر.", &[0, 5, 3, 99]).len(), 2);
        assert_eq!(sentences("", &[0, 1]), []);
    }

    #[test]
    fn a_sentence_is_found_in_the_text_nodes_that_hold_it() {
        // «أول », «ثانٍ. », a line break of one unit, «آخر»
        let nodes = [0..4, 4..10, 11..14];
        assert_eq!(parts(&nodes, &(0..9)), [(0, 0..4), (1, 0..5)]);
        assert_eq!(parts(&nodes, &(11..14)), [(2, 0..3)]);
        assert_eq!(parts(&nodes, &(5..7)), [(1, 1..3)]);
        assert_eq!(parts(&[], &(0..4)), []);
    }
}
