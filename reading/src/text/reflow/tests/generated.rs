//! Property: whatever wrapped them, the paragraphs come back as they were.
//!
//! Texts are put together at random (with a fixed seed) from the corpus, and wrapped as programs wrap. Counted apart
//! are the texts that no reader could divide either: somewhere a paragraph ends with a line so full that the next word
//! would not have fitted, and the next paragraph's first line shows nothing.

use super::super::{Block, reflow};
use super::corpus::{ARABIC, DIALOGUES, HEADINGS, HEBREW, LATIN, LISTS, PERSIAN, URDU, VERSES};

/// Numbers that look random: xorshift64* (Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    fn range(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Scalars,
    WithoutMarks,
    Bytes,
}

fn width(text: &str, counted: Counted) -> usize {
    match counted {
        Counted::Scalars => text.chars().count(),
        Counted::WithoutMarks => {
            text.chars().filter(|c| !matches!(c, '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200C}')).count()
        }
        Counted::Bytes => text.len(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FirstLine {
    AsWide,
    /// Narrower by the same in each paragraph.
    Narrow(usize),
    /// Narrower by something else in each.
    Uneven,
    /// As wide, but indented by this.
    Indented(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BlankLines {
    None,
    All,
    Some,
}

#[derive(Clone, Copy, Debug)]
struct Style {
    width: usize,
    counted: Counted,
    first: FirstLine,
    blanks: BlankLines,
    line_end: &'static str,
    trailing: &'static str,
}

/// The lines of `paragraph`, each as full as its width allows.
fn wrap(paragraph: &str, style: &Style, random: &mut Random) -> Vec<String> {
    let first = match style.first {
        FirstLine::AsWide | FirstLine::Indented(_) => style.width,
        FirstLine::Narrow(first) => first,
        FirstLine::Uneven => random.range(style.width * 2 / 5, style.width * 7 / 10),
    };
    let indent = if let FirstLine::Indented(indent) = style.first { indent } else { "" };
    let mut lines = vec![String::from(indent)];
    for word in paragraph.split(' ') {
        let begins = lines == [indent];
        let limit = if lines.len() == 1 { first } else { style.width };
        let line = lines.last_mut().unwrap();
        if begins {
            line.push_str(word);
        } else if width(line, style.counted) + 1 + width(word, style.counted) <= limit {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

struct Text {
    paragraphs: Vec<&'static str>,
    text: String,
    /// No reader could tell where a paragraph ends.
    ambiguous: bool,
}

fn compose(corpus: &[&'static str], style: &Style, random: &mut Random) -> Text {
    let mut paragraphs = Vec::new();
    let n = random.range(2, corpus.len().min(10));
    while paragraphs.len() < n {
        let one = random.pick(corpus);
        if !paragraphs.contains(&one) {
            paragraphs.push(one);
        }
    }
    let mut text = String::new();
    let mut ambiguous = false;
    let mut before: Option<String> = None;
    for paragraph in &paragraphs {
        let lines = wrap(paragraph, style, random);
        if let Some(last) = before {
            let blank = match style.blanks {
                BlankLines::None => false,
                BlankLines::All => true,
                BlankLines::Some => random.below(2) == 0,
            };
            let word = lines[0].trim_start().split(' ').next().unwrap_or_default();
            let full = width(&last, style.counted) + 1 + width(word, style.counted) > style.width;
            let shows = match style.first {
                FirstLine::AsWide => false,
                FirstLine::Narrow(_) | FirstLine::Uneven => lines.len() > 1,
                FirstLine::Indented(_) => true,
            };
            ambiguous |= full && !shows && !blank;
            if blank {
                text.push_str(style.line_end);
            }
        }
        for line in &lines {
            text.push_str(line);
            text.push_str(style.trailing);
            text.push_str(style.line_end);
        }
        before = lines.last().cloned();
    }
    Text { paragraphs, text, ambiguous }
}

fn style(random: &mut Random, first: impl Fn(&mut Random, usize) -> FirstLine) -> Style {
    let columns = random.range(40, 100);
    let counted = random.pick(&[
        Counted::Scalars,
        Counted::WithoutMarks,
        Counted::Scalars,
        Counted::WithoutMarks,
        Counted::Bytes,
    ]);
    // Arabic has nearly two bytes to a column.
    let width = if counted == Counted::Bytes { columns * 9 / 5 } else { columns };
    Style {
        width,
        counted,
        first: first(random, width),
        blanks: random.pick(&[BlankLines::None, BlankLines::All, BlankLines::Some]),
        line_end: random.pick(&["\n", "\r\n", "\r"]),
        trailing: random.pick(&["", "", " "]),
    }
}

/// The paragraphs that `reflow` found, a title among them.
fn found(text: &str) -> Vec<String> {
    let reflowed = reflow(text);
    let blocks = reflowed.blocks.into_iter().flat_map(|block| match block {
        Block::Paragraph(text) => vec![text],
        Block::Heading(text) => vec![format!("heading: {text}")],
        Block::Verse(lines) => vec![format!("verse: {lines:?}")],
        Block::List(items) => vec![format!("list: {items:?}")],
    });
    reflowed.title.into_iter().chain(blocks).collect()
}

/// How many texts came back as they were.
#[derive(Default, Debug)]
struct Tally {
    texts: u32,
    exact: u32,
    /// Paragraphs were run together.
    joined: u32,
    /// A paragraph was torn.
    torn: u32,
    /// Texts that no reader could divide, which do not count above.
    ambiguous: u32,
    /// Of these, the torn ones: in doubt, paragraphs are to be run together.
    ambiguous_torn: u32,
}

/// Wraps and reflows `texts` texts. The variable `REFLOW_SHOW` is the number of failures to print.
fn tally(corpus: &[&'static str], texts: u32, first: impl Fn(&mut Random, usize) -> FirstLine) -> Tally {
    let mut show: u32 = std::env::var("REFLOW_SHOW").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    let mut tally = Tally::default();
    for _ in 0..texts {
        let style = style(&mut random, &first);
        let text = compose(corpus, &style, &mut random);
        let found = found(&text.text);
        let exact = found == text.paragraphs;
        let torn = !exact && found.len() >= text.paragraphs.len();
        if text.ambiguous {
            tally.ambiguous += 1;
            tally.ambiguous_torn += u32::from(torn);
            continue;
        }
        tally.texts += 1;
        tally.exact += u32::from(exact);
        tally.torn += u32::from(torn);
        tally.joined += u32::from(!exact && !torn);
        if !exact && show > 0 {
            show -= 1;
            let text_seen = text.text.replace("\r\n", "\n").replace('\r', "\n");
            eprintln!("{style:?}\n{text_seen}=> {} paragraphs for {}", found.len(), text.paragraphs.len());
            found.iter().filter(|f| !text.paragraphs.contains(&f.as_str())).for_each(|f| eprintln!("  {f}"));
        }
    }
    eprintln!("{tally:?}");
    tally
}

impl Tally {
    /// Asserts that at least `exact` and at most `torn` in a hundred texts came out so.
    fn check(&self, exact: u32, torn: u32) {
        assert!(self.texts >= 100, "{self:?}");
        assert!(self.exact * 100 >= self.texts * exact, "fewer than {exact} % are exact: {self:?}");
        assert!(self.torn * 100 <= self.texts * torn, "more than {torn} % are torn: {self:?}");
        assert!(self.ambiguous_torn * 20 <= self.ambiguous + 20, "in doubt, paragraphs are torn: {self:?}");
    }
}

fn as_wide(_: &mut Random, _: usize) -> FirstLine {
    FirstLine::AsWide
}

fn indented(random: &mut Random, _: usize) -> FirstLine {
    FirstLine::Indented(random.pick(&["  ", "    ", "\t", "\u{A0}\u{A0}", "\u{3000}"]))
}

fn narrow(random: &mut Random, width: usize) -> FirstLine {
    FirstLine::Narrow(random.range(width * 2 / 5, width * 7 / 10))
}

fn uneven(_: &mut Random, _: usize) -> FirstLine {
    FirstLine::Uneven
}

/// What is left is a last line that is nearly full in a text whose widest line is not quite full.
#[test]
fn evenly_wrapped_paragraphs_come_back() {
    tally(ARABIC, 600, as_wide).check(98, 1);
}

#[test]
fn indented_paragraphs_come_back() {
    tally(ARABIC, 600, indented).check(99, 1);
}

/// What is left is mostly a first line that happens to be a whole sentence: it is read as a paragraph of its own.
#[test]
fn paragraphs_with_narrower_first_lines_come_back() {
    tally(ARABIC, 600, narrow).check(97, 2);
}

#[test]
fn paragraphs_with_uneven_first_lines_come_back() {
    tally(ARABIC, 600, uneven).check(96, 4);
}

#[test]
fn other_languages_come_back() {
    for corpus in [LATIN, PERSIAN, URDU, HEBREW] {
        for first in [as_wide, indented, narrow] {
            tally(corpus, 200, first).check(94, 5);
        }
    }
}

/// A text of paragraphs with a heading, a poem, a list or a dialogue here and there, all wrapped alike.
fn compose_mixed(style: &Style, random: &mut Random) -> (String, Vec<Block>) {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    let mut prose: Vec<&str> = ARABIC.iter().copied().filter(|one| width(one, style.counted) > style.width).collect();
    let mut put = |lines: Vec<String>, blank: bool, random: &mut Random| {
        let apart =
            blank || style.blanks == BlankLines::All || (style.blanks == BlankLines::Some && random.below(2) == 0);
        if apart && !text.is_empty() {
            text.push_str(style.line_end);
        }
        for line in lines {
            text.push_str(&line);
            text.push_str(style.trailing);
            text.push_str(style.line_end);
        }
    };
    let mut after_verse = false;
    for _ in 0..random.range(3, 6) {
        let paragraph = prose.swap_remove(random.below(prose.len()));
        put(wrap(paragraph, style, random), after_verse, random);
        blocks.push(Block::Paragraph(paragraph.to_owned()));
        after_verse = false;
        match random.below(8) {
            0 => {
                let heading = random.pick(HEADINGS);
                put(vec![heading.to_owned()], false, random);
                blocks.push(Block::Heading(heading.to_owned()));
            }
            1 => {
                let verses = random.pick(VERSES);
                put(verses.iter().map(|line| (*line).to_owned()).collect(), true, random);
                blocks.push(Block::Verse(verses.iter().map(|line| (*line).to_owned()).collect()));
                after_verse = true;
            }
            2 => {
                let items = random.pick(LISTS).iter().enumerate();
                let numbered = random.below(2) == 0;
                let items: Vec<String> = items
                    .map(|(n, item)| if numbered { format!("{}. {item}", n + 1) } else { format!("- {item}") })
                    .collect();
                for item in &items {
                    put(wrap(item, style, random), false, random);
                }
                blocks.push(Block::List(items));
            }
            3 => {
                for line in random.pick(DIALOGUES) {
                    put(wrap(line, style, random), false, random);
                    blocks.push(Block::Paragraph((*line).to_owned()));
                }
            }
            _ => {}
        }
    }
    let last = prose.swap_remove(random.below(prose.len()));
    put(wrap(last, style, random), after_verse, random);
    blocks.push(Block::Paragraph(last.to_owned()));
    (text, blocks)
}

/// What is left is a full last line, and a heading before which a paragraph ends full: without blank lines nobody
/// could tell; the texts of which that is true are not set apart here.
#[test]
fn headings_poems_lists_and_dialogues_come_back_between_paragraphs() {
    let mut show: u32 = std::env::var("REFLOW_SHOW").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    for (blanks, least) in [(BlankLines::All, 98), (BlankLines::Some, 80), (BlankLines::None, 65)] {
        let mut random = Random(0x0BAD_5EED_0BAD_5EED);
        let (mut exact, mut paragraphs, mut right) = (0, 0, 0);
        let texts = 400;
        for _ in 0..texts {
            let style = Style { blanks, ..style(&mut random, as_wide) };
            let (text, blocks) = compose_mixed(&style, &mut random);
            let found = reflow(&text);
            let same = found.title.is_none() && found.blocks == blocks;
            exact += u32::from(same);
            paragraphs += blocks.len();
            right += blocks.iter().filter(|block| found.blocks.contains(block)).count();
            if !same && show > 0 {
                show -= 1;
                eprintln!("{style:?}\n{}", text.replace("\r\n", "\n").replace('\r', "\n"));
                found.blocks.iter().filter(|block| !blocks.contains(block)).for_each(|block| eprintln!("  {block:?}"));
            }
        }
        eprintln!("{blanks:?}: {exact} of {texts} texts, {right} of {paragraphs} blocks");
        assert!(exact * 100 >= texts * least, "{blanks:?}: {exact} of {texts}");
    }
}
