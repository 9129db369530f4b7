//! What the buttons of the toolbar do to a text and its selection, in the endpoint's Markdown subset. Pure.

use std::ops::Range;

/// What a button gives to the selected text, or takes from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Strong.
    Strong,
    /// Emphasis.
    Emphasis,
    /// A link.
    Link,
    /// A quote.
    Quote,
    /// Code.
    Code,
    /// A list.
    List,
}

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced, in bytes of the text before.
    pub range: Range<usize>,
    /// What comes in its place.
    pub with: String,
    /// What is selected afterwards, in bytes of the text after.
    pub select: Range<usize>,
}

/// What `mark` does to `text`, of which `selection` (in bytes, at the borders of characters) is selected.
#[must_use]
pub fn apply(text: &str, selection: Range<usize>, mark: Mark) -> Change {
    match mark {
        Mark::Strong => surround(text, selection, "**", |run| run >= 2),
        // Of three stars, two are strong's.
        Mark::Emphasis => surround(text, selection, "*", |run| run % 2 == 1),
        Mark::Code if text[selection.clone()].trim().contains('\n') => fence(text, selection),
        Mark::Code => surround(text, selection, "`", |run| run % 2 == 1),
        Mark::Link => link(text, selection),
        Mark::Quote => lines(text, selection, "> "),
        Mark::List => lines(text, selection, "- "),
    }
}

/// `text` as a quote, each line of it.
#[must_use]
pub fn quote(text: &str) -> String {
    let lines: Vec<_> = text.trim().lines().map(|line| ["> ", line.trim_end()].concat()).collect();
    lines.join("\n")
}

/// `selection` without the white space at its ends: a mark holds only right beside what it marks.
fn tight(text: &str, selection: Range<usize>) -> Range<usize> {
    let selected = &text[selection.clone()];
    let start = selection.start + (selected.len() - selected.trim_start().len());
    start..start + selected.trim().len()
}

/// Puts `marker` on both sides of the selection, or takes it away where `is_marked` of the run of its character there.
fn surround(text: &str, selection: Range<usize>, marker: &str, is_marked: fn(usize) -> bool) -> Change {
    let size = marker.len();
    let sign = marker.chars().next().unwrap_or_default();
    let inner = if text[selection.clone()].trim().is_empty() { selection } else { tight(text, selection) };
    let (before, selected, after) = (&text[..inner.start], &text[inner.clone()], &text[inner.end..]);
    let run = |text: &str| text.len() - text.trim_start_matches(sign).len();
    let run_back = |text: &str| text.len() - text.trim_end_matches(sign).len();
    if is_marked(run_back(before).min(run(after))) {
        let start = inner.start - size;
        return Change {
            range: start..inner.end + size,
            with: selected.to_owned(),
            select: start..start + selected.len(),
        };
    }
    if selected.len() > 2 * size && is_marked(run(selected).min(run_back(selected))) {
        let bare = &selected[size..selected.len() - size];
        return Change { range: inner.clone(), with: bare.to_owned(), select: inner.start..inner.start + bare.len() };
    }
    // A mark does not reach over an empty line: each paragraph gets its own.
    let paragraphs: Vec<_> = selected
        .split("\n\n")
        .map(|part| {
            if part.trim().is_empty() && selected.len() > part.len() {
                part.to_owned()
            } else {
                [marker, part, marker].concat()
            }
        })
        .collect();
    let is_one = paragraphs.len() == 1;
    let with = paragraphs.join("\n\n");
    let select = if is_one { inner.start + size..inner.end + size } else { inner.start..inner.start + with.len() };
    Change { range: inner, with, select }
}

/// Puts the lines of the selection between the fences of a code block, or takes the fences away.
fn fence(text: &str, selection: Range<usize>) -> Change {
    let lines = whole_lines(text, &selection);
    let selected = &text[lines.clone()];
    if let Some(bare) = selected.strip_prefix("```\n").and_then(|rest| rest.strip_suffix("\n```")) {
        let select = lines.start..lines.start + bare.len();
        return Change { range: lines.clone(), with: bare.to_owned(), select };
    }
    let with = ["```\n", selected, "\n```"].concat();
    let select = lines.start..lines.start + with.len();
    Change { range: lines, with, select }
}

/// Makes a link of the selection; what is still to be written, its address or its words, is selected.
fn link(text: &str, selection: Range<usize>) -> Change {
    const SCHEME: &str = "https://";
    let inner = tight(text, selection);
    let selected = &text[inner.clone()];
    if let Some((words, _)) =
        selected.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.split_once("]("))
    {
        let select = inner.start..inner.start + words.len();
        return Change { range: inner.clone(), with: words.to_owned(), select };
    }
    let is_address = (selected.starts_with("https://") || selected.starts_with("http://"))
        && !selected.contains(char::is_whitespace);
    if is_address {
        let caret = inner.start + 1;
        return Change { range: inner.clone(), with: ["[](", selected, ")"].concat(), select: caret..caret };
    }
    let with = ["[", selected, "](", SCHEME, ")"].concat();
    let select = if selected.is_empty() {
        inner.start + 1..inner.start + 1
    } else {
        let start = inner.end + "[](".len();
        start..start + SCHEME.len()
    };
    Change { range: inner, with, select }
}

/// Begins each line of the selection with `prefix`, or takes it away where each has it.
fn lines(text: &str, selection: Range<usize>, prefix: &str) -> Change {
    let range = whole_lines(text, &selection);
    let selected = &text[range.clone()];
    let sign = prefix.trim_end();
    let mut written = selected.lines().filter(|line| !line.trim().is_empty()).peekable();
    if written.peek().is_some() && written.all(|line| line.starts_with(sign)) {
        let bare = |line: &str| {
            let rest = line.strip_prefix(sign).unwrap_or(line);
            rest.strip_prefix(' ').unwrap_or(rest).to_owned()
        };
        let with = selected.split('\n').map(bare).collect::<Vec<_>>().join("\n");
        let end = range.start + with.len();
        let select = if selection.is_empty() { end..end } else { range.start..end };
        return Change { range, with, select };
    }
    let mut with = String::with_capacity(selected.len() + 16);
    // A list stands apart from the paragraph before it; the line after it would else belong to it.
    let above = text[..range.start].strip_suffix('\n').and_then(|above| above.rsplit('\n').next());
    if above.is_some_and(|line| !line.trim().is_empty() && !line.starts_with(sign)) {
        with.push('\n');
    }
    let start = range.start + with.len();
    for (index, line) in selected.split('\n').enumerate() {
        if index > 0 {
            with.push('\n');
        }
        with.push_str(prefix);
        with.push_str(line);
    }
    let end = range.start + with.len();
    let below = text[range.end..].strip_prefix('\n').and_then(|below| below.split('\n').next());
    if below.is_some_and(|line| !line.trim().is_empty() && !line.starts_with(sign)) {
        with.push('\n');
    }
    let select = if selection.is_empty() { end..end } else { start..end };
    Change { range, with, select }
}

/// The lines that the selection touches, whole.
fn whole_lines(text: &str, selection: &Range<usize>) -> Range<usize> {
    let start = text[..selection.start].rfind('\n').map_or(0, |at| at + 1);
    // A selection that ends with a line's break does not touch the next line.
    let end = if selection.end > selection.start && text[..selection.end].ends_with('\n') {
        selection.end - 1
    } else {
        selection.end
    };
    let end = end.max(start);
    start..text[end..].find('\n').map_or(text.len(), |at| end + at)
}

/// The byte at which the UTF-16 unit `unit` of `text` begins; within a character, where that begins.
#[must_use]
pub fn byte_of_unit(text: &str, unit: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units + c.len_utf16() > unit {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// The UTF-16 unit at which the byte `byte` of `text` stands.
#[must_use]
pub fn unit_of_byte(text: &str, byte: usize) -> usize {
    text[..byte].encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::{Mark, apply, byte_of_unit, quote, unit_of_byte};

    /// `before` and the result with the selection between `‹` and `›`.
    fn after(before: &str, mark: Mark) -> String {
        let start = before.find('‹').unwrap();
        let end = before.find('›').unwrap() - '‹'.len_utf8();
        let text = before.replace(['‹', '›'], "");
        let change = apply(&text, start..end, mark);
        let mut out = text;
        out.replace_range(change.range, &change.with);
        out.insert(change.select.end, '›');
        out.insert(change.select.start, '‹');
        out
    }

    #[test]
    fn a_mark_is_put_on_and_taken_off_again() {
        for (mark, bare, marked) in [
            (Mark::Strong, "قبل ‹كلمة› بعد", "قبل **‹كلمة›** بعد"),
            (Mark::Emphasis, "قبل ‹كلمة› بعد", "قبل *‹كلمة›* بعد"),
            (Mark::Code, "قبل ‹let x› بعد", "قبل `‹let x›` بعد"),
            (Mark::Strong, "‹›", "**‹›**"),
        ] {
            assert_eq!(after(bare, mark), marked);
            assert_eq!(after(marked, mark), bare, "and back");
        }
    }

    #[test]
    fn a_mark_stands_right_beside_what_it_marks() {
        assert_eq!(after("قبل‹ كلمة ›بعد", Mark::Strong), "قبل **‹كلمة›** بعد");
        assert_eq!(after("‹**كلمة**›", Mark::Strong), "‹كلمة›");
    }

    #[test]
    fn strong_and_emphasis_do_not_take_each_others_stars() {
        assert_eq!(after("**‹كلمة›**", Mark::Emphasis), "***‹كلمة›***");
        assert_eq!(after("***‹كلمة›***", Mark::Emphasis), "**‹كلمة›**");
        assert_eq!(after("***‹كلمة›***", Mark::Strong), "*‹كلمة›*");
        assert_eq!(after("*‹كلمة›*", Mark::Strong), "***‹كلمة›***");
    }

    #[test]
    fn each_paragraph_has_its_own_mark() {
        assert_eq!(after("‹أولى\n\nثانية›", Mark::Strong), "‹**أولى**\n\n**ثانية**›");
    }

    #[test]
    fn code_of_several_lines_stands_between_fences() {
        assert_eq!(after("‹let x = 1;\nlet y = 2;›", Mark::Code), "‹```\nlet x = 1;\nlet y = 2;\n```›");
        assert_eq!(after("‹```\nlet x = 1;\nlet y = 2;\n```›", Mark::Code), "‹let x = 1;\nlet y = 2;›");
    }

    #[test]
    fn a_link_selects_what_is_still_to_be_written() {
        assert_eq!(after("هذا ‹المقال›.", Mark::Link), "هذا [المقال](‹https://›).");
        assert_eq!(after("‹https://news.example/a›", Mark::Link), "[‹›](https://news.example/a)");
        assert_eq!(after("‹›", Mark::Link), "[‹›](https://)");
        assert_eq!(after("‹[المقال](https://news.example)›", Mark::Link), "‹المقال›");
    }

    #[test]
    fn lines_are_quoted_or_listed_whole_and_apart_from_what_is_around_them() {
        assert_eq!(after("أ\nب‹ب\nجـ›ـج\nد", Mark::Quote), "أ\n\n‹> بب\n> جــج›\n\nد");
        assert_eq!(after("‹> بب\n> ج›", Mark::Quote), "‹بب\nج›");
        assert_eq!(after("سط‹›ر", Mark::List), "- سطر‹›");
        assert_eq!(after("- سط‹›ر", Mark::List), "سطر‹›");
        assert_eq!(after("‹›", Mark::Quote), "> ‹›");
        assert_eq!(after("‹أ\n›ب", Mark::List), "‹- أ›\n\nب");
    }

    #[test]
    fn a_quoted_text_keeps_its_lines() {
        assert_eq!(quote(" أولى \n\nثانية\n"), "> أولى\n> \n> ثانية");
    }

    #[test]
    fn a_browsers_units_and_bytes_are_told_apart() {
        let text = "أ😀b";
        assert_eq!([0, 1, 2, 3, 4, 9].map(|unit| byte_of_unit(text, unit)), [0, 2, 2, 6, 7, 7]);
        assert_eq!([0, 2, 6, 7].map(|byte| unit_of_byte(text, byte)), [0, 1, 3, 4]);
    }
}
