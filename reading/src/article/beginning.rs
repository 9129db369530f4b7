//! Where a long text is folded: what of it shows first, and what at a click.

use super::model::Body;
use super::reading_time;
use crate::safe_html::SafeHtml;
use crate::text::reflow::Block;
use crate::text::words;

/// A text of at most so many words is shown whole.
const SHORT: usize = 400;
/// Words of a longer one that show before the fold, at least: a minute and a half in Arabic.
const BEGINNING: usize = 220;

impl Body {
    /// What of a text of so many `words` shows first; and what is folded, with its words, where it is long.
    #[must_use]
    pub fn folded(self, words: usize) -> (Self, Option<(Self, usize)>) {
        let is_short = words <= SHORT;
        match self {
            Self::Text(mut blocks) if !is_short => {
                let rest = blocks.split_off(beginning(&blocks));
                let count = rest.iter().map(reading_time::words_of).sum();
                (Self::Text(blocks), (!rest.is_empty()).then_some((Self::Text(rest), count)))
            }
            Self::Html(html) if !is_short => {
                let (beginning, rest) = html.split(BEGINNING);
                let of = |rest: SafeHtml| {
                    let count = words::count(&rest.text());
                    (Self::Html(rest), count)
                };
                (Self::Html(beginning), (!rest.is_empty()).then(|| of(rest)))
            }
            whole => (whole, None),
        }
    }
}

/// How many of the first blocks have enough words together. A heading stays with what it heads.
fn beginning(blocks: &[Block]) -> usize {
    let parts = blocks.iter().map(|block| (matches!(block, Block::Heading(_)), reading_time::words_of(block)));
    words::part(parts, BEGINNING).unwrap_or(blocks.len())
}

#[cfg(test)]
mod tests {
    use super::{BEGINNING, beginning};
    use crate::text::reflow::Block;

    fn paragraph(words: usize) -> Block {
        Block::Paragraph("كلمة ".repeat(words))
    }

    #[test]
    fn the_fold_is_between_blocks_and_never_under_a_heading() {
        let heading = Block::Heading("عنوان".to_owned());
        let blocks = [paragraph(BEGINNING / 2), paragraph(BEGINNING / 2), paragraph(100)];
        assert_eq!(beginning(&blocks), 2);
        let blocks = [paragraph(BEGINNING - 10), heading.clone(), paragraph(100)];
        assert_eq!(beginning(&blocks), 1);
        let blocks = [heading, paragraph(BEGINNING), paragraph(100)];
        assert_eq!(beginning(&blocks), 2);
        assert_eq!(beginning(&[paragraph(1000)]), 1);
    }
}
