//! Plain text as a blogger has it becomes paragraphs, whatever wrapped its lines.
//!
//! A line break in such a text is either the end of a paragraph or the place where some program ran out of room. The
//! text does not say which; its shape does. `lines` notes what each line shows, `segment` finds the reading of all
//! line breaks that explains the text best, `footer` knows the lines that blog platforms add at the end.
//!
//! What cannot be known: a paragraph whose last line is exactly full, and which is followed by one with a full first
//! line, looks like one paragraph. It is read as one: two paragraphs that run on are easier to read than a sentence
//! that is torn. A hyphen or tatweel at a line's end is kept, and the word made whole without a space.

mod footer;
mod lines;
mod segment;
#[cfg(test)]
mod tests;

use super::bidi::{balance, is_dropped};
use super::has;
use lines::{End, Line, Marker};
use maqal_contract::unicode::{is_bidi_control, is_visible};
use segment::Piece;

/// A text in its blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reflowed {
    /// The title, where the text begins with a line set apart.
    pub title: Option<String>,
    /// The rest, in order. Each string is one line of visible text with its bidirectional controls balanced.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Prose, or a line of dialogue.
    Paragraph(String),
    /// A line that heads what follows.
    Heading(String),
    /// Lines that are lines: a poem's, an address's.
    Verse(Vec<String>),
    /// The items of a list, each with its marker as typed.
    List(Vec<String>),
}

/// Longest title or heading, in characters.
const HEADING_MAX_CHARS: usize = 120;

/// Makes paragraphs of `text`.
///
/// Each paragraph is one line: hard wraps are undone with single spaces; no-break spaces, tatweel, joiners and soft
/// hyphens stay as typed; control characters and the byte order mark are dropped; bidirectional controls are balanced
/// ([`balance`]). The footer lines of blog platforms are dropped at the end of the text, unless there is nothing else.
/// The time taken grows with the length of the text, not faster.
#[must_use]
pub fn reflow(text: &str) -> Reflowed {
    let mut lines = lines::split(text);
    lines.truncate(footer::start(&lines));
    let pieces = segment::segment(&mut lines);
    let mut title = None;
    let mut blocks: Vec<Block> = Vec::new();
    let mut items = Items::default();
    let headed = ends_are_marked(&pieces, &lines);
    for (at, piece) in pieces.iter().enumerate() {
        let these = &lines[piece.from..piece.to];
        if piece.verse {
            items.flush(&mut blocks);
            blocks.push(Block::Verse(these.iter().map(|line| finish(line.text)).collect()));
            continue;
        }
        let next = pieces.get(at + 1);
        let text = join(these);
        let heads = headed && is_heading(these, next, &lines);
        let marker = these.first().and_then(|line| line.marker).filter(|marker| !matches!(marker, Marker::Dash));
        // «١- المقدمة» heads a chapter where no second item follows.
        if let Some(marker) = marker
            && !(heads && matches!(marker, Marker::Number(_)) && items.texts.is_empty())
        {
            items.push(marker, text, &mut blocks);
            continue;
        }
        items.flush(&mut blocks);
        if at == 0 && marker.is_none() && (heads || is_set_apart(these, next, &lines)) {
            title = Some(text);
        } else if heads {
            blocks.push(Block::Heading(text));
        } else {
            blocks.push(Block::Paragraph(text));
        }
    }
    items.flush(&mut blocks);
    Reflowed { title, blocks }
}

/// The items of a list that is being read.
#[derive(Default)]
struct Items {
    last: Option<Marker>,
    texts: Vec<String>,
}

impl Items {
    fn push(&mut self, marker: Marker, text: String, blocks: &mut Vec<Block>) {
        if !self.last.is_some_and(|last| last.goes_on(marker)) {
            self.flush(blocks);
        }
        self.last = Some(marker);
        self.texts.push(text);
    }

    /// One item alone is no list: a paragraph that begins with a dash, or with a number.
    fn flush(&mut self, blocks: &mut Vec<Block>) {
        self.last = None;
        let mut texts = std::mem::take(&mut self.texts);
        match texts.len() {
            0 => {}
            1 => blocks.extend(texts.pop().map(Block::Paragraph)),
            _ => blocks.push(Block::List(texts)),
        }
    }
}

/// Whether paragraphs end with a mark in this text. Where they do not, a short one cannot be told from a heading.
fn ends_are_marked(pieces: &[Piece], lines: &[Line]) -> bool {
    let (mut ends, mut open) = (0, 0);
    for piece in pieces.iter().filter(|piece| !piece.verse) {
        let last = &lines[piece.to - 1];
        // A single line may be the heading in question.
        if piece.to - piece.from > 1 || !is_short(last) {
            ends += 1;
            open += usize::from(last.end == End::Open);
        }
    }
    open * 5 <= ends * 2
}

/// Whether the first piece is one short line before a blank one, and no sentence: the title. A question or an
/// exclamation may be one.
fn is_set_apart(these: &[Line], next: Option<&Piece>, lines: &[Line]) -> bool {
    let ([line], Some(next)) = (these, next) else { return false };
    let sentence = match line.end {
        End::Open | End::Quoted => false,
        End::Full => !line.text.ends_with(['؟', '?', '!']),
        End::Colon | End::Abbreviated | End::Comma | End::Split => true,
    };
    !sentence && is_short(line) && !line.rule && lines[next.from].blank_before
}

/// Whether a piece heads the next one: one short line that ends as no sentence does, before one that is not so.
fn is_heading(these: &[Line], next: Option<&Piece>, lines: &[Line]) -> bool {
    let ([line], Some(next)) = (these, next) else { return false };
    let alone = |line: &Line| line.end == End::Open && is_short(line) && !line.rule;
    // A numbered line heads its chapter only if the next piece is not the next number.
    let list = |next: &Line| next.marker.is_some_and(|next| line.marker.is_some_and(|this| this.goes_on(next)));
    match &lines[next.from..next.to] {
        [after] => alone(line) && !list(after) && (after.marker.is_some() || !alone(after)),
        [after, ..] => alone(line) && !list(after),
        [] => false,
    }
}

fn is_short(line: &Line) -> bool {
    !has(line.text, "://") && line.text.chars().take(HEADING_MAX_CHARS + 1).count() <= HEADING_MAX_CHARS
}

/// The lines of a paragraph as one.
fn join(lines: &[Line]) -> String {
    let mut out = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for (n, line) in lines.iter().enumerate() {
        if n > 0 && !joins_without_space(&out, line.text) {
            out.push(' ');
        }
        out.push_str(line.text);
    }
    finish(&out)
}

/// Whether a word is split between `before` and `after`: by a soft hyphen, a tatweel, or a hyphen.
fn joins_without_space(before: &str, after: &str) -> bool {
    match lines::split_mark(before) {
        Some('-' | '\u{2010}') => after.starts_with(char::is_alphanumeric) && !closes_parenthesis(before),
        Some(_) => true,
        None => false,
    }
}

/// Whether the hyphen at the end of `text` closes a parenthesis -like this one- rather than splitting a word.
fn closes_parenthesis(text: &str) -> bool {
    // The opening one stands in the same sentence; to look further would take long in a long paragraph.
    let mut spaced = true;
    let mut open = false;
    let from = text.char_indices().rev().nth(300).map_or(0, |(at, _)| at);
    let mut chars = text[from..].chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '-' | '\u{2010}') {
            match chars.peek() {
                Some(next) if spaced && !next.is_whitespace() => open = true,
                Some(next) if !spaced && (next.is_whitespace() || is_closing(*next)) => open = false,
                _ => {}
            }
        }
        spaced = c.is_whitespace();
    }
    open
}

const fn is_closing(c: char) -> bool {
    matches!(c, '.' | '،' | ',' | '؛' | ';' | ':' | '!' | '؟' | '?' | ')' | '»' | '"')
}

/// `text` without control characters, and its bidirectional controls balanced.
fn finish(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut bidi = false;
    for c in text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !is_dropped(*c)) {
        bidi |= is_bidi_control(c);
        clean.push(c);
    }
    if bidi { balance(&clean) } else { clean }
}
