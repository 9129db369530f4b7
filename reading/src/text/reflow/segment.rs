//! Which line breaks end a paragraph: the reading of all of them together that explains the text best.
//!
//! A reading supposes what wrapped the text (the measure it counted in, the width it kept to, whether first lines were
//! narrower, whether blank lines part all paragraphs) and says of each break whether a paragraph ends there. Its cost is
//! how unlikely the text would be, were it so: a wrapped line is full, that is, the next word would not have fitted; a
//! last line has any length and ends a sentence. The cheapest division under each supposition is found by dynamic
//! programming over the lines, and the cheapest supposition wins (minimum description length).
//!
//! Costs are negative logarithms of probabilities, in tenths of a nat.

use super::lines::{End, Line, Marker, Measure, Width};

/// Lines that belong together: a paragraph, or a stretch of verse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub from: usize,
    /// Past the last line.
    pub to: usize,
    pub verse: bool,
}

/// How many lines the suppositions are tried on. More tell no more, and the work would grow with the text.
const SAMPLE: usize = 3000;

/// A supposition about what wrapped the text.
#[derive(Clone, Copy, Debug)]
struct Wrap {
    measure: Measure,
    /// The width that lines keep to; `None`: they are not wrapped.
    width: Option<u32>,
    first: First,
    /// Blank lines part the paragraphs, and hardly anything else does.
    blanks_part: bool,
}

/// How wide the first lines of paragraphs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    /// As wide as the others.
    Full,
    /// Narrower, most of them by this width. They come of a page's source, where the paragraph's tag took up room.
    Narrow(u32),
}

/// What the lines' beginnings say, whatever the widths are.
struct Hints {
    /// Per line: the cost of joining it to the line before.
    join: Vec<u16>,
    /// Per line: the cost of beginning a paragraph with it.
    split: Vec<u16>,
    /// Per line: it begins an item of a list.
    item: Vec<bool>,
    /// The cost of a paragraph that ends with no mark at all, in this text.
    open_end: u32,
}

/// The division of `lines` into paragraphs and verse.
pub(super) fn segment(lines: &mut [Line]) -> Vec<Piece> {
    if lines.is_empty() {
        return Vec::new();
    }
    single_space(lines);
    let hints = Hints::of(lines);
    let sample = &lines[..lines.len().min(SAMPLE)];
    let wrap = likeliest(sample, &hints);
    let widths: Vec<Width> = lines.iter().map(|line| Width::of(line, wrap.measure)).collect();
    Reading { lines, widths: &widths, hints: &hints, wrap }.pieces()
}

/// Forgets the blank lines of a wrapped text in which every line is followed by one; longer gaps stay.
fn single_space(lines: &mut [Line]) {
    const LINES_MIN: usize = 6;
    let gaps = || lines.iter().skip(1).map(|line| line.blanks);
    let Some(least) = gaps().min().filter(|least| *least > 0 && lines.len() >= LINES_MIN) else { return };
    let widths: Vec<Width> = lines.iter().map(|line| Width::of(line, Measure::Columns)).collect();
    let widest = widths.iter().map(|width| width.line).max().unwrap_or_default();
    let (mut going_on, mut full) = (0, 0);
    for (at, pair) in widths.windows(2).enumerate() {
        if lines[at + 1].blanks == least && matches!(lines[at].end, End::Open | End::Comma | End::Split) {
            going_on += 1;
            full += usize::from(pair[0].line + pair[0].indent + 1 + pair[1].word > widest);
        }
    }
    if widest >= 40 && going_on * 2 > lines.len() && (full + 1) * 10 >= going_on * 9 {
        for line in lines.iter_mut().skip(1) {
            line.blank_before = line.blanks > least;
        }
    }
}

/// The cheapest supposition about the lines of a sample.
fn likeliest(lines: &[Line], hints: &Hints) -> Wrap {
    let unwrapped = Wrap { measure: Measure::Columns, width: None, first: First::Full, blanks_part: false };
    let mut best = unwrapped;
    let mut least = u32::MAX;
    for measure in [Measure::Columns, Measure::Scalars, Measure::Bytes] {
        let widths: Vec<Width> = lines.iter().map(|line| Width::of(line, measure)).collect();
        let cost = |wrap| Reading { lines, widths: &widths, hints, wrap }.cost();
        if measure == Measure::Columns {
            least = cost(unwrapped);
        }
        for width in candidates(&widths) {
            let narrow = narrow_first(lines, &widths, width);
            for first in [Some(First::Full), narrow].into_iter().flatten() {
                for blanks_part in [false, true] {
                    let wrap = Wrap { measure, width: Some(width), first, blanks_part };
                    let cost = cost(wrap);
                    if cost < least {
                        (best, least) = (wrap, cost);
                    }
                }
            }
        }
    }
    best
}

/// Widths that the text may have been wrapped at: its widest line, or less where a few lines stick out.
fn candidates(widths: &[Width]) -> Vec<u32> {
    let mut sorted: Vec<u32> = widths.iter().filter(|width| !width.one_word).map(|width| width.line).collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let mut found: Vec<u32> = Vec::new();
    for out_of in [usize::MAX, 100, 30, 10, 5] {
        if let Some(width) = sorted.get(sorted.len() / out_of)
            && !found.contains(width)
        {
            found.push(*width);
        }
    }
    found
}

/// The width that most of the narrower first lines were wrapped at: it lies between what such a line holds and what
/// it would hold with the next word.
fn narrow_first(lines: &[Line], widths: &[Width], width: u32) -> Option<First> {
    let mut change = vec![0_i32; width as usize + 2];
    for at in 0..lines.len().saturating_sub(1) {
        let begins = lines[at].blank_before || lines[at - 1].end == End::Full;
        if begins && !lines[at + 1].blank_before {
            let (from, to) = (widths[at].line, widths[at].line + 1 + widths[at + 1].word);
            if to + widths[at].indent <= width {
                change[from as usize] += 1;
                change[to as usize] -= 1;
            }
        }
    }
    let (mut sum, mut most, mut at) = (0, 0, 0);
    for (narrow, step) in change.iter().enumerate() {
        sum += step;
        if sum > most {
            (most, at) = (sum, narrow);
        }
    }
    (most > 0).then_some(First::Narrow(u32::try_from(at).unwrap_or_default()))
}

impl Hints {
    fn of(lines: &[Line]) -> Self {
        let items = items(lines);
        let indents = Indents::of(lines, &items);
        let mut hints = Self {
            join: Vec::with_capacity(lines.len()),
            split: Vec::with_capacity(lines.len()),
            item: items,
            open_end: open_end(lines),
        };
        // Where a quotation or bracket was opened last that is still open, in lines.
        let mut quotes: Vec<usize> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            if line.blank_before {
                quotes.clear();
            }
            // An opening sign that nobody closed is forgotten.
            quotes.retain(|opened| at - opened < 12);
            let (mut join, mut split) = (0, 0);
            let item = hints.item[at];
            if item {
                join += 50;
            }
            if line.rule || at > 0 && lines[at - 1].rule {
                join += 500;
            }
            if !quotes.is_empty() {
                split += 25;
            }
            match line.text.chars().next() {
                Some('،' | ',' | '؛' | ';' | '.' | ':' | ')' | ']' | '»' | '؟' | '!' | '?') => split += 60,
                Some(c) if c.is_ascii_lowercase() => split += 30,
                _ => {}
            }
            match indents.sign(lines, at, item) {
                Sign::Begins(strength) => join += strength,
                Sign::GoesOn(strength) => split += strength,
                Sign::None => {}
            }
            hints.join.push(join);
            hints.split.push(split);
            for c in line.text.chars() {
                match c {
                    '«' | '“' | '(' => quotes.push(at),
                    '»' | '”' | ')' => {
                        quotes.pop();
                    }
                    _ => {}
                }
            }
        }
        hints
    }
}

/// Which lines begin an item of a list or a line of dialogue. A dash may also stand where a line of prose happens to
/// begin, and a number too: such a line follows one that does not end, and belongs to no list.
fn items(lines: &[Line]) -> Vec<bool> {
    let mut found = Vec::with_capacity(lines.len());
    let mut last: Option<Marker> = None;
    for (at, line) in lines.iter().enumerate() {
        let ended = line.blank_before || matches!(lines[at - 1].end, End::Full | End::Quoted | End::Colon);
        let goes_on = |marker: Marker| last.is_some_and(|last| last.goes_on(marker));
        let item = line.marker.is_some_and(|marker| ended || goes_on(marker)) && !line.rule;
        if item {
            last = line.marker;
        } else if line.blank_before {
            last = None;
        }
        found.push(item);
    }
    found
}

/// The cost of a paragraph that ends with no mark: low where the author hardly writes any.
fn open_end(lines: &[Line]) -> u32 {
    let (mut ends, mut open, mut full) = (0, 0, 0);
    for (at, line) in lines.iter().enumerate() {
        full += usize::from(line.end == End::Full);
        // The last line of several, before a blank line.
        if !line.blank_before && lines.get(at + 1).is_none_or(|next| next.blank_before) {
            ends += 1;
            open += usize::from(line.end == End::Open);
        }
    }
    let unmarked = (ends >= 4 && open * 5 > ends * 2) || (lines.len() >= 10 && full * 30 < lines.len());
    if unmarked { 15 } else { 50 }
}

/// What indentation means in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Indents {
    Nothing,
    /// Paragraphs begin with an indented line.
    First,
    /// All but the first line of a paragraph are indented.
    Hanging,
}

/// What the indentation of a line says, and how strongly.
enum Sign {
    None,
    Begins(u16),
    GoesOn(u16),
}

impl Indents {
    fn of(lines: &[Line], items: &[bool]) -> Self {
        let base = lines.iter().map(|line| line.indent).min().unwrap_or_default();
        // Lines within a stretch, by whether they are indented and whether the line before ends a sentence.
        let (mut deep, mut deep_after_end, mut flush, mut flush_after_end) = (0, 0, 0, 0);
        for (at, line) in lines.iter().enumerate() {
            if line.blank_before || items[at] {
                continue;
            }
            let after_end = usize::from(matches!(lines[at - 1].end, End::Full | End::Quoted | End::Colon));
            if line.indent > base {
                deep += 1;
                deep_after_end += after_end;
            } else {
                flush += 1;
                flush_after_end += after_end;
            }
        }
        if deep > 0 && deep_after_end * 2 >= deep {
            Self::First
        } else if deep >= flush && flush_after_end * 10 >= flush * 7 && flush > 0 {
            Self::Hanging
        } else {
            Self::Nothing
        }
    }

    fn sign(self, lines: &[Line], at: usize, item: bool) -> Sign {
        let line = &lines[at];
        if line.blank_before {
            return Sign::None;
        }
        let before = lines[at - 1].indent;
        match self {
            Self::First if item => Sign::None,
            // The rest of an item stands under its text.
            Self::First if line.indent > before && lines[at - 1].marker.is_some() => Sign::GoesOn(20),
            Self::First if line.indent >= before + 2 => Sign::Begins(80),
            Self::First if line.indent > before || (line.indent > 0 && line.indent == before) => Sign::Begins(25),
            Self::Hanging if line.indent < before => Sign::Begins(80),
            Self::Hanging if line.indent > before => Sign::GoesOn(40),
            _ => Sign::None,
        }
    }
}

/// The lines, read under one supposition.
struct Reading<'a> {
    lines: &'a [Line<'a>],
    widths: &'a [Width],
    hints: &'a Hints,
    wrap: Wrap,
}

/// The place of a line in its paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First = 0,
    Later = 1,
}

/// Of a line in either place: the place of the line before, in the cheapest reading up to here.
type Back = [Place; 2];

/// A line that fills its width, as the next word would not have fitted: some eight lengths are as likely.
const TIGHT: u32 = 21;
/// A reading that cannot be.
const NEVER: u32 = 1_000_000;

impl Reading<'_> {
    /// The cost of the whole.
    fn cost(&self) -> u32 {
        let mut total = self.cost_of_supposing();
        let mut from = 0;
        while from < self.lines.len() {
            let to = self.stretch_end(from);
            let prose = self.prose(from, to, None);
            total = total.saturating_add(prose.min(self.verse(from, to)));
            from = to;
        }
        total
    }

    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut back = Vec::new();
        let mut from = 0;
        while from < self.lines.len() {
            let to = self.stretch_end(from);
            back.clear();
            let prose = self.prose(from, to, Some(&mut back));
            if self.verse(from, to) < prose {
                pieces.push(Piece { from, to, verse: true });
            } else {
                let begun = pieces.len();
                let mut end = to;
                let mut place = if self.last_place(from, to) { Place::Later } else { Place::First };
                for at in (from..to).rev() {
                    let before = back[at - from][place as usize];
                    if place == Place::First {
                        pieces.push(Piece { from: at, to: end, verse: false });
                        end = at;
                    }
                    place = before;
                }
                pieces[begun..].reverse();
            }
            from = to;
        }
        pieces
    }

    /// Where the stretch of lines without a blank one ends that begins at `from`.
    fn stretch_end(&self, from: usize) -> usize {
        let more = self.lines[from + 1..].iter().position(|line| line.blank_before);
        more.map_or(self.lines.len(), |more| from + 1 + more)
    }

    /// The cost of the supposition itself: of a width, more so an unusual one, and of each thing that is out of the
    /// ordinary.
    fn cost_of_supposing(&self) -> u32 {
        let Some(width) = self.wrap.width else { return 40 };
        // A byte count is nearly twice the columns in Arabic.
        let columns = if self.wrap.measure == Measure::Bytes { width * 5 / 9 } else { width };
        let unusual = match columns {
            0..=35 => 80,
            36..=44 => 15,
            45..=110 => 0,
            111..=135 => 30,
            _ => 150,
        };
        45 + unusual
            + if self.wrap.first == First::Full { 0 } else { 25 }
            + match self.wrap.measure {
                Measure::Columns | Measure::Scalars => 0,
                Measure::Bytes => 30,
            }
    }

    /// The cost of `from..to` as prose. Notes in `back` how it is reached.
    fn prose(&self, from: usize, to: usize, back: Option<&mut Vec<Back>>) -> u32 {
        let [first, later] = self.run(from, to, back);
        first.min(later)
    }

    /// Whether the last line of `from..to` is a later line of its paragraph.
    fn last_place(&self, from: usize, to: usize) -> bool {
        let [first, later] = self.run(from, to, None);
        later < first
    }

    fn run(&self, from: usize, to: usize, mut back: Option<&mut Vec<Back>>) -> [u32; 2] {
        let mut costs = [self.over(from), NEVER];
        if let Some(back) = back.as_deref_mut() {
            back.push([Place::First; 2]);
        }
        for at in from..to - 1 {
            let split = self.split(at);
            let ended = [Place::First, Place::Later]
                .map(|place| costs[place as usize].saturating_add(self.last(at, place) + split));
            let joined =
                [Place::First, Place::Later].map(|place| costs[place as usize].saturating_add(self.join(at, place)));
            let best = |of: [u32; 2]| if of[0] <= of[1] { (of[0], Place::First) } else { (of[1], Place::Later) };
            let ((ended, ended_from), (joined, joined_from)) = (best(ended), best(joined));
            let over = self.over(at + 1);
            costs = [ended.saturating_add(over), joined.saturating_add(over)];
            if let Some(back) = back.as_deref_mut() {
                back.push([ended_from, joined_from]);
            }
        }
        for place in [Place::First, Place::Later] {
            let cost = &mut costs[place as usize];
            *cost = cost.saturating_add(self.last(to - 1, place));
        }
        costs
    }

    /// The cost of a line wider than the width it keeps to: some cannot be broken.
    fn over(&self, at: usize) -> u32 {
        match self.wrap.width {
            Some(width) if self.widths[at].line > width && !self.widths[at].one_word => 150,
            _ => 0,
        }
    }

    /// The cost of a line that ends its paragraph: it may have any length.
    fn last(&self, at: usize, place: Place) -> u32 {
        let end = match self.lines[at].end {
            End::Full => 0,
            End::Quoted | End::Colon | End::Abbreviated => 20,
            // Items of a list and headings end so.
            End::Open if self.lines[at].rule || self.hints.item[at] => 10,
            // A single line among full ones may be a heading.
            End::Open if place == Place::First && self.wrap.width.is_some() && self.wrap.first == First::Full => {
                self.hints.open_end.min(30)
            }
            End::Open => self.hints.open_end,
            End::Comma => 80,
            End::Split => 120,
        };
        let line = self.widths[at].line;
        let length = match (self.wrap.width, self.wrap.first, place) {
            (None, ..) => logarithm(line.max(20)) + 9,
            (_, First::Narrow(narrow), Place::First) if line > narrow => logarithm(narrow) + 40,
            // Few paragraphs have but one line.
            (_, First::Narrow(narrow), Place::First) => logarithm(narrow) + 10,
            (Some(width), ..) => logarithm(width),
        };
        end + length
    }

    /// The cost of a paragraph that ends with the line `at`, but for that line's.
    fn split(&self, at: usize) -> u32 {
        let prior = match self.wrap.width {
            None => 1,
            Some(_) if self.hints.item[at + 1] => 3,
            Some(_) if self.wrap.blanks_part => 50,
            Some(_) => 19,
        };
        prior + u32::from(self.hints.split[at + 1])
    }

    /// The cost of a paragraph that goes on after the line `at`.
    fn join(&self, at: usize, place: Place) -> u32 {
        let Some(width) = self.wrap.width else { return NEVER };
        let end = match self.lines[at].end {
            End::Full => 25,
            End::Quoted => 12,
            End::Colon | End::Abbreviated => 15,
            End::Open | End::Comma | End::Split => 0,
        };
        let prior = if self.wrap.blanks_part { 0 } else { 2 };
        let line = self.widths[at].line;
        let with_next = line + self.widths[at].indent + 1 + self.widths[at + 1].word;
        let fit = match (self.wrap.first, place) {
            _ if self.lines[at].end == End::Split => 0,
            // A line that was not wrapped, among others that were.
            _ if self.over(at) > 0 => TIGHT + 60,
            // What a page's source leaves of an item is as wide as the rest of it.
            (First::Narrow(_), Place::First) if self.hints.item[at] && with_next <= width => TIGHT + 70,
            (First::Narrow(narrow), Place::First) if line <= narrow && narrow < with_next => TIGHT,
            (First::Narrow(_), Place::First) if with_next > width => TIGHT + 30,
            (First::Narrow(_), Place::First) => logarithm(width) + 20,
            _ if with_next > width => TIGHT,
            // A program that counts a little otherwise than we do.
            _ if with_next + 2 > width => TIGHT + 60,
            _ => TIGHT + 120,
        };
        end + prior + fit + u32::from(self.hints.join[at + 1])
    }

    /// The cost of `from..to` as verse: lines of any length, short ones, hardly any of which ends a sentence.
    fn verse(&self, from: usize, to: usize) -> u32 {
        const WIDEST: u32 = 90;
        let lines = &self.lines[from..to];
        let any_item = self.hints.item[from..to].iter().any(|item| *item);
        if lines.len() < 2 || any_item || lines.iter().any(|line| line.rule) {
            return NEVER;
        }
        let sentences = lines.iter().filter(|line| line.end == End::Full).count();
        let run_on = lines.iter().filter(|line| has_sentence_end_within(line.text)).count();
        if sentences * 5 > lines.len() * 2 || run_on * 6 > lines.len() {
            return NEVER;
        }
        let in_halves = lines.iter().filter(|line| has_caesura(line.text)).count() * 4 >= lines.len() * 3;
        let rhymed = lines.len() >= 4 && rhymes(lines);
        // Lines as wide as the prose's are its lines, but for those that show that they are verse.
        let limit = match self.wrap.width {
            Some(width) if in_halves || rhymed => width.min(WIDEST),
            Some(width) => (width * 4 / 5).min(70),
            None => 70,
        };
        if self.widths[from..to].iter().any(|width| width.line > limit) {
            return NEVER;
        }
        let mut cost = 30;
        for line in lines {
            cost += match line.end {
                End::Full => 67,
                End::Split => 120,
                _ => 40,
            };
            let evidence = if in_halves { 30 } else { 0 } + if rhymed { 22 } else { 0 };
            cost -= evidence.min(38);
        }
        cost
    }
}

/// Whether a sentence ends within a line and another begins: prose does so all the time, verse hardly ever.
fn has_sentence_end_within(text: &str) -> bool {
    text.match_indices(['.', '؟', '?', '۔']).any(|(at, mark)| {
        text[at + mark.len()..].starts_with(' ')
            && !text[..at].ends_with('.')
            && !super::lines::is_abbreviation(&text[..at])
    })
}

/// Whether a line is in two halves, with a gap or a sign between, as classical verse is set.
fn has_caesura(text: &str) -> bool {
    const GAPS: [&str; 6] = ["   ", "\u{A0}\u{A0}\u{A0}", "\t", "***", " // ", "....."];
    GAPS.iter().any(|gap| text.find(gap).is_some_and(|at| at * 4 > text.len() && at * 4 < text.len() * 3))
}

/// Whether nearly all lines end in the same letter.
fn rhymes(lines: &[Line]) -> bool {
    let rhyme = |line: &Line| {
        line.text
            .chars()
            .rev()
            .find(|c| c.is_alphabetic() && !matches!(c, '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}'))
    };
    let Some(letter) = lines.first().and_then(rhyme) else { return false };
    lines.iter().filter(|line| rhyme(line) == Some(letter)).count() * 10 >= lines.len() * 9
}

/// Ten times the natural logarithm of `n`, near enough.
fn logarithm(n: u32) -> u32 {
    let n = n.max(1);
    let whole = n.ilog2();
    // Between two powers of two the logarithm is nearly a line.
    let part = (u64::from(n) * 7 / (1 << whole)) as u32 - 7;
    whole * 693 / 100 + part
}
