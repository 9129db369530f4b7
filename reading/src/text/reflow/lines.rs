//! A text's lines, and what each shows: its width, how it begins and how it ends.

use super::is_visible;
use crate::text::bidi::{is_dropped, is_no_break};

/// A line that has something to see.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Without the white space around it.
    pub text: &'a str,
    /// White space before it, in columns.
    pub indent: u32,
    /// How many lines without anything to see stand before it.
    pub blanks: u32,
    /// Whether it begins a stretch of text.
    pub blank_before: bool,
    /// How it ends.
    pub end: End,
    /// The marker of a list item or of a line of dialogue, with which it begins.
    pub marker: Option<Marker>,
    /// Whether it is a rule between parts of the text: `***`, `----`.
    pub rule: bool,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With a sentence.
    Full,
    /// With a quotation mark or bracket: perhaps with a sentence.
    Quoted,
    /// With a colon.
    Colon,
    /// With a point that more often belongs to an abbreviation.
    Abbreviated,
    /// Without any mark.
    Open,
    /// With a comma or semicolon: no paragraph ends so.
    Comma,
    /// Within a word.
    Split,
}

/// What a list item or a line of dialogue begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A hyphen, an asterisk, a bullet.
    Bullet(char),
    /// An en or em dash: dialogue.
    Dash,
    /// A number.
    Number(u32),
}

impl Marker {
    /// Whether `next` may follow in the same list.
    pub(super) fn goes_on(self, next: Self) -> bool {
        match (self, next) {
            (Self::Number(this), Self::Number(next)) => next == this + 1,
            (this, next) => this == next,
        }
    }
}

/// The lines of `text`, by any of the line breaks in use: CR LF, LF, CR and Unicode's own (UAX #14, class BK).
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 64 + 1);
    let mut blanks = 0;
    let mut rest = text;
    loop {
        let at = rest.find(is_break);
        let raw = &rest[..at.unwrap_or(rest.len())];
        match Line::new(raw, blanks) {
            Some(line) => {
                lines.push(line);
                blanks = 0;
            }
            None => blanks += 1,
        }
        let Some(at) = at else { break };
        let after = &rest[at..];
        // A paragraph separator is a line break and a blank line. CR CR LF is what comes of CR LF written twice.
        if after.starts_with('\u{2029}') {
            blanks += 1;
        }
        let carriage_returns = after.bytes().take_while(|b| *b == b'\r').count();
        rest = if after[carriage_returns..].starts_with('\n') {
            &after[carriage_returns + 1..]
        } else {
            after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default()
        };
    }
    if let Some(first) = lines.first_mut() {
        first.blank_before = true;
    }
    lines
}

const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl<'a> Line<'a> {
    fn new(raw: &'a str, blanks: u32) -> Option<Self> {
        if !is_visible(raw) {
            return None;
        }
        let space = |c: char| c.is_whitespace() || is_dropped(c);
        let text = raw.trim_end_matches(space);
        let start = text.trim_start_matches(space);
        let indent = text[..text.len() - start.len()].chars().map(columns).sum();
        Some(Self {
            text: start,
            indent,
            blanks,
            blank_before: blanks > 0,
            end: end(start),
            marker: marker(start),
            rule: is_rule(start),
        })
    }
}

/// Width of a leading space.
fn columns(c: char) -> u32 {
    match c {
        '\t' => 8,
        '\u{3000}' | '\u{2003}' => 2,
        _ if is_dropped(c) => 0,
        _ => 1,
    }
}

/// What the program that wrapped a text counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// What stands beside one another: marks over and under letters, joiners and controls have no width.
    Columns,
    /// Unicode scalar values, marks too: editors and scripts.
    Scalars,
    /// Bytes of UTF-8: older tools.
    Bytes,
}

/// The widths of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// Of all of it but its indentation.
    pub line: u32,
    /// Of its indentation, at most: programs count a tab as one column or as eight.
    pub indent: u32,
    /// Of its first word.
    pub word: u32,
    /// Whether there is but one word, which no wrapping makes shorter.
    pub one_word: bool,
}

impl Width {
    pub(super) fn of(line: &Line, measure: Measure) -> Self {
        let mut width = Self { line: 0, indent: line.indent, word: 0, one_word: true };
        for c in line.text.chars() {
            if width.one_word && c.is_whitespace() && !is_no_break(c) {
                width.one_word = false;
            }
            let columns = match measure {
                Measure::Columns => u32::from(!is_zero_width(c)),
                Measure::Scalars => 1,
                Measure::Bytes => c.len_utf8() as u32,
            };
            width.line += columns;
            if width.one_word {
                width.word += columns;
            }
        }
        width
    }
}

/// Whether `c` takes no room of its own: the marks of the scripts that are written with marks, joiners, controls.
fn is_zero_width(c: char) -> bool {
    c >= '\u{AD}'
        && matches!(c,
        '\u{AD}' | '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}'
        | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{061C}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{0711}'
        | '\u{0730}'..='\u{074A}' | '\u{07A6}'..='\u{07B0}' | '\u{07EB}'..='\u{07F3}' | '\u{08CA}'..='\u{08FF}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{20D0}'..='\u{20F0}'
        | '\u{FB1E}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{FEFF}' | '\u{1E944}'..='\u{1E94A}')
}

/// The mark at the end of `text` by which a word is split over two lines: a soft hyphen, a tatweel or a hyphen.
///
/// A tatweel after a lone letter is that letter's own: the «هـ» of the Hijri calendar.
pub(super) fn split_mark(text: &str) -> Option<char> {
    let mut back = text.chars().rev().filter(|c| !is_zero_width(*c) || *c == '\u{AD}');
    let mark = back.next()?;
    match mark {
        '\u{AD}' => Some(mark),
        '-' | '\u{2010}' => back.next().filter(|c| c.is_alphanumeric()).map(|_| mark),
        'ـ' => {
            let letter = back.find(|c| *c != 'ـ')?;
            let own = letter == 'ه' && !back.next().is_some_and(char::is_alphabetic);
            (letter.is_alphabetic() && !own).then_some(mark)
        }
        _ => None,
    }
}

/// How `text`, the text of a line, ends.
fn end(text: &str) -> End {
    if split_mark(text).is_some() {
        return End::Split;
    }
    let mut rest = text;
    let mut quoted = false;
    loop {
        let Some(last) = rest.chars().next_back() else { return End::Open };
        let before = &rest[..rest.len() - last.len_utf8()];
        match last {
            _ if is_zero_width(last) || last.is_whitespace() => {}
            // The number of a note: [12], (3).
            ']' | ')' if note(before).is_some_and(ends_sentence) => return End::Full,
            '»' | '›' | '”' | '“' | '’' | '"' | '\'' | ')' | ']' | '}' | '﴾' | '﴿' | '*' | '_' => {
                quoted = true
            }
            '.' => {
                return if before.ends_with('.') && !before.ends_with("..") || is_abbreviation(before) {
                    End::Abbreviated
                } else {
                    End::Full
                };
            }
            _ if is_terminal(last) => return End::Full,
            ':' => return End::Colon,
            '،' | ',' | '؛' | ';' | '、' if !quoted => return End::Comma,
            _ => return if quoted { End::Quoted } else { End::Open },
        }
        rest = before;
    }
}

/// What stands before the number of a note, where `text` ends with one and its opening bracket.
fn note(text: &str) -> Option<&str> {
    let digits = text.trim_end_matches(char::is_numeric);
    (digits.len() < text.len()).then_some(())?;
    digits.strip_suffix(['[', '('])
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['»', '”', '"', ' ']).ends_with(|c: char| c == '.' || is_terminal(c))
}

/// A mark, other than the point, that ends a sentence.
const fn is_terminal(c: char) -> bool {
    matches!(c, '!' | '?' | '؟' | '…' | '۔' | '‽' | '⸮' | '。' | '！' | '？' | '।' | '։' | '܀' | '׃')
}

/// Whether the point after `before` belongs to an abbreviation: a lone letter (د., J.), letters with points (أ.د.,
/// U.S.), a form of address.
pub(super) fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '«' | '"')).next().unwrap_or_default();
    let last = word.rsplit('.').next().unwrap_or_default();
    let letters = last.chars().filter(|c| !is_zero_width(*c));
    let lone = letters.take(2).count() == 1 && last.starts_with(char::is_alphabetic);
    lone || matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "St" | "vs" | "cf" | "Mme" | "Mlle" | "No")
}

/// The marker with which `text` begins.
fn marker(text: &str) -> Option<Marker> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let after = chars.as_str();
    let spaced = after.starts_with(char::is_whitespace);
    match first {
        '-' | '*' | '+' | '·' if spaced => Some(Marker::Bullet(first)),
        '•' | '●' | '▪' | '■' | '◦' | '○' | '‣' | '◆' | '➢' | '✓' | '✔' => {
            Some(Marker::Bullet(first))
        }
        '–' | '—' if spaced || after.starts_with(char::is_alphabetic) => Some(Marker::Dash),
        '(' => number(after, true),
        _ => number(text, false),
    }
}

/// A number of at most three digits and what sets it apart: `1.`, `١-`, `(2)`.
fn number(text: &str, bracketed: bool) -> Option<Marker> {
    let mut value = 0;
    let mut digits = 0;
    let mut chars = text.chars();
    let delimiter = loop {
        let c = chars.next()?;
        match digit(c) {
            Some(digit) if digits < 3 => value = value * 10 + digit,
            _ => break c,
        }
        digits += 1;
    };
    let after = chars.as_str();
    let fits = match delimiter {
        ')' => true,
        '.' | '-' | '–' | '/' | '．' => !bracketed,
        _ => false,
    };
    // 2.5, 12-15 and 10-year are no markers; «١-المقدمة» is.
    let apart =
        after.starts_with(|c: char| c.is_whitespace() || (c.is_alphabetic() && !c.is_ascii() && delimiter != '/'));
    (digits > 0 && fits && apart).then_some(Marker::Number(value))
}

/// The value of a European, Arabic-Indic or Persian digit.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        '۰'..='۹' => Some(c as u32 - '۰' as u32),
        _ => None,
    }
}

/// Whether `text` is a rule: three or more of the signs that draw one.
fn is_rule(text: &str) -> bool {
    let signs = text.chars().filter(|c| !c.is_whitespace());
    text.chars().all(|c| {
        c.is_whitespace() || matches!(c, '*' | '-' | '_' | '=' | '~' | '#' | '•' | '–' | '—' | 'ـ' | '⁂' | '❖')
    }) && (signs.take(3).count() == 3 || text.starts_with(['⁂', '❖']))
}

#[cfg(test)]
mod tests {
    use super::{End, Marker, Measure, Width, end, marker, split, split_mark};

    #[test]
    fn every_kind_of_line_break_ends_a_line() {
        for text in
            ["ا\nب\nج", "ا\r\nب\r\nج", "ا\rب\rج", "ا\r\r\nب\r\r\nج\r\r\n", "ا\u{85}ب\u{2028}ج", "\u{FEFF}ا\u{B}ب\u{C}ج"]
        {
            let lines = split(text);
            assert_eq!(lines.iter().map(|line| line.text).collect::<Vec<_>>(), ["ا", "ب", "ج"], "{text:?}");
            assert!(lines[1..].iter().all(|line| !line.blank_before), "{text:?}");
        }
    }

    #[test]
    fn lines_of_nothing_to_see_are_blank() {
        for text in ["ا\n\nب", "ا\r\n\r\nب", "ا\r\rب", "ا\n \u{A0}\t\nب", "ا\n\u{200F}\nب", "ا\u{2029}ب"] {
            let lines = split(text);
            assert_eq!(lines.len(), 2, "{text:?}");
            assert!(lines[1].blank_before, "{text:?}");
        }
    }

    #[test]
    fn an_indent_is_counted_whatever_makes_it() {
        for (text, columns) in [("  ا ", 2), ("\u{A0}\u{A0}\u{A0}ا", 3), ("\u{3000}ا", 2), ("\tا", 8), ("\u{FEFF}ا", 0)]
        {
            let lines = split(text);
            assert_eq!((lines[0].indent, lines[0].text), (columns, "ا"), "{text:?}");
        }
    }

    #[test]
    fn sentences_end_with_their_mark_whatever_closes_after_it() {
        for text in [
            "نعم.",
            "نعم؟",
            "نعم!",
            "نعم…",
            "نعم...",
            "ہے۔",
            "«نعم.»",
            "(نعم.)",
            "نعم!»",
            "נכון.",
            "Yes.”",
            "نعم.[12]",
            "نعم.(٣)",
            "نعم.\u{200F}",
            "2019.",
        ] {
            assert_eq!(end(text), End::Full, "{text}");
        }
        for (text, kind) in [
            ("قال د.", End::Abbreviated),
            ("قال أ.د.", End::Abbreviated),
            ("John F.", End::Abbreviated),
            ("the U.S.", End::Abbreviated),
            ("with Dr.", End::Abbreviated),
            ("كان ذلك..", End::Abbreviated),
            ("يسمّى «الفقوس»", End::Quoted),
            ("(FAO)", End::Quoted),
            ("المادة (3)", End::Quoted),
            ("وقال:", End::Colon),
            ("الماء،", End::Comma),
            ("ساعة؛", End::Comma),
            ("الماء", End::Open),
            ("المـ", End::Split),
            ("exam-", End::Split),
            ("سنة 1445هـ", End::Open),
            ("المدينة -", End::Open),
        ] {
            assert_eq!(end(text), kind, "{text}");
        }
    }

    #[test]
    fn a_word_is_split_by_soft_hyphen_tatweel_or_hyphen() {
        for (text, mark) in [
            ("اقتـ", Some('ـ')),
            ("بـ", Some('ـ')),
            ("soft\u{AD}", Some('\u{AD}')),
            ("well-", Some('-')),
            ("هـ", None),
            ("1445 هـ", None),
            ("نص –", None),
            ("نص", None),
            ("", None),
        ] {
            assert_eq!(split_mark(text), mark, "{text}");
        }
    }

    #[test]
    fn markers_are_told_from_numbers_and_dashes_in_the_text() {
        for (text, found) in [
            ("- سردين", Marker::Bullet('-')),
            ("* سردين", Marker::Bullet('*')),
            ("•سردين", Marker::Bullet('•')),
            ("– نعم.", Marker::Dash),
            ("—نعم.", Marker::Dash),
            ("1. المقدمة", Marker::Number(1)),
            ("١٢- المقدمة", Marker::Number(12)),
            ("۳) مقدمه", Marker::Number(3)),
            ("(٤) المقدمة", Marker::Number(4)),
            ("1-المقدمة", Marker::Number(1)),
        ] {
            assert_eq!(marker(text), Some(found), "{text}");
        }
        for text in [
            "-5 درجات",
            "2.5 مليون",
            "12-15 كيلومترًا",
            "1990. كان",
            "10-year",
            "(2019) كان",
            "المقدمة",
            "-",
            "3/4 السكان",
            "**مهم**",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
    }

    #[test]
    fn marks_have_no_width_but_for_programs_that_count_them() {
        let lines = split("قُيّدَت حصّة");
        let of = |measure| (Width::of(&lines[0], measure).line, Width::of(&lines[0], measure).word);
        assert_eq!(of(Measure::Columns), (8, 4));
        assert_eq!(of(Measure::Scalars), (12, 7));
        assert_eq!(of(Measure::Bytes), (23, 14));
    }
}
