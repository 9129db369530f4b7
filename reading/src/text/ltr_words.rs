//! Words that are read from left to right in a line that runs from right to left: addresses, paths, names of programs.
//!
//! UAX #9 moves the signs at the edge of such a word to its other side: C++ becomes ++C, and @anna becomes anna@. It knows
//! no words; higher protocols do (its section 4.3, HL4), by isolating them.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that the algorithm sets right.
    Plain(&'a str),
    /// What has to be isolated, from left to right.
    LeftToRight(&'a str),
}

/// Punctuation of the sentence, before a word and after it.
const OPENING: &str = "([{«\"'“‘";
const CLOSING: &str = ")]}»\"'”’.,;:!?…،؛؟";

/// `text`, part of a line from right to left, in its pieces; they are the text together.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        let end = start + text[start..].find(char::is_whitespace).unwrap_or(text.len() - start);
        at = end.max(start);
        if let Some((first, last)) = word(text, start, end) {
            if done < first {
                pieces.push(Piece::Plain(&text[done..first]));
            }
            pieces.push(Piece::LeftToRight(&text[first..last]));
            done = last;
            at = last.max(at);
        }
    }
    if done < text.len() {
        pieces.push(Piece::Plain(&text[done..]));
    }
    pieces
}

/// Where the word between `start` and `end` is to be isolated, less the sentence's punctuation around it.
fn word(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let whole = &text[start..end];
    let bare = whole.trim_start_matches(|c| OPENING.contains(c));
    let first = end - bare.len();
    let mut core = bare.trim_end_matches(|c| CLOSING.contains(c));
    // A bracket that the word itself opens is its own: a call, a page of an encyclopedia.
    if bare[core.len()..].starts_with(')') && core.matches('(').count() > core.matches(')').count() {
        core = &bare[..core.len() + 1];
    }
    if is_dialled(core) {
        return Some((first, first + dialled(&text[first..])));
    }
    needs_isolation(core).then(|| (first, first + core.len()))
}

/// Whether `core` begins as a number with its sign, or its country's code.
fn is_dialled(core: &str) -> bool {
    let mut chars = core.chars();
    matches!(chars.next(), Some('+' | '-' | '\u{2212}'))
        && chars.next().is_some_and(|c| c.is_ascii_digit())
        && core.chars().skip(1).all(|c| c.is_ascii_digit() || "-().%/".contains(c))
}

/// The length of the number that `text` begins with: the groups of one with a country's code may stand apart.
fn dialled(text: &str) -> usize {
    let mut end = 0;
    let has_groups = text.starts_with('+');
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' | ')' | '%' => end = at + c.len_utf8(),
            // Another sign is another number: «+1 +2» are two.
            '+' | '\u{2212}' if at > 0 => break,
            ' ' | '\u{A0}' if !has_groups => break,
            '+' | '-' | '\u{2212}' | '(' | '.' | '/' | ' ' | '\u{A0}' => {}
            _ => break,
        }
    }
    end
}

fn needs_isolation(core: &str) -> bool {
    let (Some(first), Some(last)) = (core.chars().next(), core.chars().next_back()) else { return false };
    if is_address(core) {
        return true;
    }
    let is_latin = |c: char| c.is_alphabetic() && (c.is_ascii() || ('\u{C0}'..'\u{590}').contains(&c));
    if core.chars().any(|c| !(c.is_ascii() || is_latin(c))) {
        return false;
    }
    let tag = first == '#' && core[1..].bytes().all(|b| b.is_ascii_digit()) && core.len() > 1;
    if tag {
        return true;
    }
    if !core.chars().any(is_latin) {
        return false;
    }
    "@#/\\.~$_&+-<".contains(first)
        || "+#/\\*_=>%)".contains(last)
        // A number first would be set as one of the line, and the letters behind it: 1.2.3-beta.
        || first.is_ascii_digit() && core.chars().any(|c| !c.is_alphanumeric())
}

/// Whether `core` is the address of a page or a file: it runs from left to right whatever its letters are.
fn is_address(core: &str) -> bool {
    let begins = |prefix: &str| core.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let drive = core.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && core[1..].starts_with(":\\");
    begins("http://") || begins("https://") || begins("www.") || begins("mailto:") || begins("~/") || drive
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn isolated(text: &str) -> Vec<&str> {
        let of = |piece: Piece<'static>| match piece {
            Piece::LeftToRight(word) => Some(word),
            Piece::Plain(_) => None,
        };
        let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
        let all = pieces(text);
        let whole: String = all
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) | Piece::LeftToRight(text) => *text,
            })
            .collect();
        assert_eq!(whole, text);
        all.into_iter().filter_map(of).collect()
    }

    #[test]
    fn words_with_signs_at_their_edge_are_isolated() {
        for (text, words) in [
            ("تعلّمت C++ ثم C#.", &["C++", "C#"][..]),
            ("شكرًا @anna و@bob", &["@anna"]),
            ("وسم #rust_lang!", &["#rust_lang"]),
            ("في /usr/local/bin/ أو C:\\Users\\سلمى\\", &["/usr/local/bin/", "C:\\Users\\سلمى\\"]),
            ("انظر https://a.example/مقال/?x=1.", &["https://a.example/مقال/?x=1"]),
            ("(https://a.example/)،", &["https://a.example/"]),
            ("اتصل بـ +212 (522) 12-34-56، شكرًا", &["+212 (522) 12-34-56"]),
            ("بين -5 و +5%", &["-5", "+5%"]),
            ("الحرارة -5 10 مساءً", &["-5"]),
            ("بين -5 -3 درجات", &["-5", "-3"]),
            ("+1 +2", &["+1", "+2"]),
            ("الإصدار 1.2.3-beta", &["1.2.3-beta"]),
            ("استعمل --force و$HOME و .env", &["--force", ".env"]),
            ("نادِ main() هنا", &["main()"]),
            ("المسألة #42", &["#42"]),
            ("وسم <br/> هنا", &["<br/>"]),
        ] {
            assert_eq!(isolated(text), words, "{text}");
        }
    }

    #[test]
    fn words_that_are_set_right_anyway_stay_in_their_line() {
        for text in [
            "",
            " ",
            "نصّ عربي (مع قوسين).",
            "قرأت Le Monde، ثم «Figaro».",
            "راسل anna@news.example اليوم",
            "بين 2019-2026 و10:30",
            "نسبة 50% من 1,234.5",
            "٢٠٢٦-١١-٢٤",
            "#وسم_عربي @سلمى",
            "etc. (IBM)؟",
            "--- *** + - #",
            "5G و3D",
            "src/main.rs",
            "— Anna",
            "日本語。",
        ] {
            assert_eq!(isolated(text), [""; 0], "{text}");
        }
    }
}
