//! Bidirectional controls kept in bounds: no text may reorder what stands outside it (UAX #9).

use super::joined;
use maqal_contract::unicode::is_bidi_control;

/// An explicit formatting character that opens a level, and so wants a closing one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// LRE, RLE, LRO, RLO: closed by PDF.
    Embedding,
    /// LRI, RLI, FSI: closed by PDI, which also ends the embeddings within.
    Isolate,
}

/// Deepest nesting that is kept. UAX #9 gives no meaning to levels beyond 125, and each opening takes one or two.
const MAX_DEPTH: usize = 60;

const PDF: char = '\u{202C}';
const PDI: char = '\u{2069}';

/// `text` in which every embedding, override and isolate is closed within its own paragraph, and no closing control
/// stands without its opening one (UAX #9: BD8 to BD16, X1 to X8).
///
/// Paragraphs end at line breaks, as they do for the algorithm (class B). What closes nothing is dropped, what is
/// left open is closed at the paragraph's end, and openings nested deeper than the algorithm can honour are dropped with
/// their partners. The marks LRM, RLM and ALM stay: they reorder nothing outside.
#[must_use]
pub fn balance(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<Open> = Vec::new();
    // Isolates and embeddings beyond `MAX_DEPTH`: their closing partners are dropped too.
    let mut beyond: Vec<Open> = Vec::new();
    for c in text.chars() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => {
                opening(c, Open::Embedding, &mut out, &mut open, &mut beyond)
            }
            '\u{2066}'..='\u{2068}' => opening(c, Open::Isolate, &mut out, &mut open, &mut beyond),
            PDF => {
                if beyond.is_empty() {
                    if open.last() == Some(&Open::Embedding) {
                        open.pop();
                        out.push(PDF);
                    }
                } else if beyond.last() == Some(&Open::Embedding) {
                    beyond.pop();
                }
            }
            PDI => {
                if let Some(at) = beyond.iter().rposition(|&o| o == Open::Isolate) {
                    beyond.truncate(at);
                } else if let Some(at) = open.iter().rposition(|&o| o == Open::Isolate) {
                    beyond.clear();
                    close_down_to(at, &mut out, &mut open);
                }
            }
            '\n' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2029}' => {
                close_down_to(0, &mut out, &mut open);
                beyond.clear();
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    close_down_to(0, &mut out, &mut open);
    out
}

fn opening(c: char, kind: Open, out: &mut String, open: &mut Vec<Open>, beyond: &mut Vec<Open>) {
    if open.len() < MAX_DEPTH {
        open.push(kind);
        out.push(c);
    } else {
        beyond.push(kind);
    }
}

/// Closes what is open above the first `depth` openings, innermost first.
fn close_down_to(depth: usize, out: &mut String, open: &mut Vec<Open>) {
    while open.len() > depth {
        match open.pop() {
            Some(Open::Embedding) => out.push(PDF),
            Some(Open::Isolate) => out.push(PDI),
            None => {}
        }
    }
}

/// `text` as one [`line`], or `None` where nothing in it can be seen.
#[must_use]
pub fn visible_line(text: &str) -> Option<String> {
    Some(line(text)).filter(|line| !line.is_empty())
}

/// `text` in a first-strong isolate: a Latin name stays in its place in an Arabic sentence (UAX #9, section 2.4). It is
/// balanced: a closing control of its own ends no isolate but its own.
#[must_use]
pub fn isolate(text: &str) -> String {
    joined(&["\u{2068}", &balance(text), "\u{2069}"])
}

/// `text` without embeddings, overrides and isolates: code is what it says in the order of its characters, or it deceives
/// (<https://trojansource.codes>, CVE-2021-42574).
#[must_use]
pub fn stripped(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')).collect()
}

/// `text` as one line: for titles, names and captions.
///
/// Line breaks and runs of white space become one space (a no-break space stays as typed), control characters and the
/// byte order mark are dropped, and the bidirectional controls are balanced. Empty where nothing can be seen.
#[must_use]
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.trim().chars() {
        if c.is_whitespace() && !is_no_break(c) {
            space = true;
        } else if !is_dropped(c) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    if !maqal_contract::unicode::is_visible(&out) {
        return String::new();
    }
    if out.chars().any(is_bidi_control) { balance(&out) } else { out }
}

/// A space at which no line may break: it is kept as typed.
pub const fn is_no_break(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

/// A character that no text keeps: controls and the byte order mark.
pub fn is_dropped(c: char) -> bool {
    c.is_control() || c == '\u{FEFF}'
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, balance, isolate, line, stripped};

    #[test]
    fn text_without_controls_and_balanced_text_stay_as_they_are() {
        for text in [
            "",
            "مقال",
            "a\nb",
            "\u{200F}مقال\u{200E} (x)\u{061C}",
            "\u{2068}a\u{2069} \u{202B}ب\u{202C}",
            "\u{2067}\u{202E}x\u{202C}\u{2069}",
        ] {
            assert_eq!(balance(text), text, "{text:?}");
        }
    }

    #[test]
    fn nothing_breaks_out_of_an_isolate() {
        assert_eq!(isolate("Anna"), "\u{2068}Anna\u{2069}");
        assert_eq!(isolate("\u{2069}\u{202E}x"), "\u{2068}\u{202E}x\u{202C}\u{2069}");
    }

    #[test]
    fn code_keeps_its_marks_and_loses_what_turns_it_around() {
        assert_eq!(stripped("a\u{202E}b\u{2066}c\u{2069}\u{202C}\u{200F}ق"), "abc\u{200F}ق");
    }

    #[test]
    fn what_is_left_open_is_closed_at_the_end() {
        assert_eq!(balance("\u{202E}abc"), "\u{202E}abc\u{202C}");
        assert_eq!(balance("\u{2067}a\u{202B}b"), "\u{2067}a\u{202B}b\u{202C}\u{2069}");
        assert_eq!(balance("\u{202B}a\u{2067}b"), "\u{202B}a\u{2067}b\u{2069}\u{202C}");
    }

    #[test]
    fn what_closes_nothing_is_dropped() {
        assert_eq!(balance("a\u{202C}b\u{2069}c"), "abc");
        // A PDF within an isolate cannot close an embedding outside it (BD11, X7).
        assert_eq!(balance("\u{202B}a\u{2067}b\u{202C}c\u{2069}d"), "\u{202B}a\u{2067}bc\u{2069}d\u{202C}");
    }

    #[test]
    fn a_closed_isolate_ends_the_embeddings_within() {
        assert_eq!(balance("\u{2067}a\u{202E}b\u{2069}c"), "\u{2067}a\u{202E}b\u{202C}\u{2069}c");
        // The PDF that follows is then without a partner.
        assert_eq!(balance("\u{2067}a\u{202E}b\u{2069}c\u{202C}"), "\u{2067}a\u{202E}b\u{202C}\u{2069}c");
    }

    #[test]
    fn nothing_reaches_over_a_line_break() {
        assert_eq!(balance("\u{202E}a\nb\u{202C}"), "\u{202E}a\u{202C}\nb");
        assert_eq!(balance("\u{2067}a\u{2029}b\u{2069}"), "\u{2067}a\u{2069}\u{2029}b");
    }

    #[test]
    fn nesting_beyond_the_algorithms_depth_is_dropped_with_its_partners() {
        let deep = 3 * MAX_DEPTH;
        let text = format!("{}x{}y", "\u{2067}".repeat(deep), "\u{2069}".repeat(deep));
        assert_eq!(balance(&text), format!("{}x{}y", "\u{2067}".repeat(MAX_DEPTH), "\u{2069}".repeat(MAX_DEPTH)));
        let text = format!("{}x", "\u{202E}".repeat(deep));
        assert_eq!(balance(&text), format!("{}x{}", "\u{202E}".repeat(MAX_DEPTH), "\u{202C}".repeat(MAX_DEPTH)));
    }

    /// Whatever is put in, what comes out is balanced, keeps every other character, and balancing it again changes
    /// nothing.
    #[test]
    fn the_outcome_is_balanced_for_every_short_sequence_of_controls() {
        let alphabet = ['\u{202A}', '\u{202E}', '\u{2067}', '\u{2068}', '\u{202C}', '\u{2069}', 'x', '\n'];
        for mut n in 0..alphabet.len().pow(5) {
            let text: String = (0..5)
                .map(|_| {
                    let c = alphabet[n % alphabet.len()];
                    n /= alphabet.len();
                    c
                })
                .collect();
            let balanced = balance(&text);
            assert_eq!(balance(&balanced), balanced, "{text:?}");
            let seen = |t: &str| t.chars().filter(|&c| c == 'x' || c == '\n').collect::<String>();
            assert_eq!(seen(&balanced), seen(&text), "{text:?}");
            for paragraph in balanced.split('\n') {
                let count = |set: &[char]| paragraph.chars().filter(|c| set.contains(c)).count();
                assert_eq!(count(&['\u{202A}', '\u{202E}']), count(&['\u{202C}']), "{text:?}");
                assert_eq!(count(&['\u{2067}', '\u{2068}']), count(&['\u{2069}']), "{text:?}");
            }
        }
    }

    #[test]
    fn a_line_is_single_spaced_without_controls_and_keeps_what_is_typed() {
        assert_eq!(line("\u{FEFF}  صيّادو\r\n\tالصويرة \u{7}"), "صيّادو الصويرة");
        assert_eq!(line("12\u{A0}طنًّا"), "12\u{A0}طنًّا");
        assert_eq!(line("می\u{200C}خواهم"), "می\u{200C}خواهم");
        assert_eq!(line("\u{202E}قلب"), "\u{202E}قلب\u{202C}");
        assert_eq!(line(" \u{202E}\u{200F}\n"), "");
    }
}
