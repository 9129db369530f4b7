//! How long an article takes to read.

use super::model::Body;
use crate::i18n::Locale;
use crate::text::direction::{self, Direction};
use crate::text::reflow::Block;
use crate::text::words;

/// Words a minute that adults read silently, by primary language subtag: Trauzettel-Klosinski and Dietz,
/// "Standardized Assessment of Reading Performance", Investigative Ophthalmology & Visual Science 53 (2012).
const WORDS_A_MINUTE: [(&str, usize); 6] =
    [("ar", 138), ("en", 228), ("es", 218), ("fr", 195), ("he", 187), ("tr", 166)];

/// The rate of a language that was not measured: between Arabic and Hebrew, in whose ways Persian, Urdu and Kurdish are
/// written.
const OTHER: usize = 160;

/// How many words `body` has.
#[must_use]
pub fn words(body: &Body) -> usize {
    match body {
        Body::Text(blocks) => blocks.iter().map(words_of).sum(),
        Body::Html(html) => words::count(&html.text()),
        Body::Elsewhere => 0,
    }
}

/// How many words a block has.
#[must_use]
pub fn words_of(block: &Block) -> usize {
    match block {
        Block::Paragraph(text) | Block::Heading(text) => words::count(text),
        Block::Verse(lines) | Block::List(lines) => lines.iter().map(|line| words::count(line)).sum(),
    }
}

/// Minutes that `words` take in the language `tag`, rounded, at least one; `None` for what is read at a glance.
#[must_use]
pub fn minutes(words: usize, tag: &str) -> Option<u64> {
    let primary = tag.split('-').next().unwrap_or(tag);
    let rate =
        WORDS_A_MINUTE.iter().find(|(known, _)| primary.eq_ignore_ascii_case(known)).map_or(OTHER, |(_, rate)| *rate);
    (words * 3 >= rate).then(|| ((words + rate / 2) / rate).max(1) as u64)
}

/// By whose rate a text is read.
#[derive(Clone, Debug)]
pub struct Pace {
    /// The language that it says it is in.
    pub declared: Option<String>,
    /// The way it runs.
    pub runs: Option<Direction>,
}

impl Pace {
    /// How long `words` take to read, in the words of `locale`; nothing for what is read at a glance.
    #[must_use]
    pub fn tell(&self, words: usize, locale: &Locale) -> Option<String> {
        Some(locale.plural(&locale.words.reading_time, self.minutes(words, locale.tag())?))
    }

    /// [`minutes`], on a card in the language `locale`.
    #[must_use]
    pub fn minutes(&self, words: usize, locale: &str) -> Option<u64> {
        minutes(words, self.language(locale))
    }

    /// Its own language where it says so, else the card's `locale` where it runs the same way, else the one that most
    /// texts running so are in.
    fn language<'a>(&'a self, locale: &'a str) -> &'a str {
        let of_direction = match self.runs {
            Some(direction) if direction::of_language(locale) != Some(direction) => match direction {
                Direction::Rtl => "ar",
                Direction::Ltr => "en",
            },
            _ => locale,
        };
        self.declared.as_deref().unwrap_or(of_direction)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pace, minutes};
    use crate::text::direction::Direction;

    #[test]
    fn arabic_takes_longer_than_english_of_as_many_words() {
        assert_eq!(minutes(690, "ar-MA"), Some(5));
        assert_eq!(minutes(690, "en"), Some(3));
        assert_eq!(minutes(690, "fa"), Some(4));
    }

    #[test]
    fn a_minute_is_the_least_and_a_glance_is_none() {
        assert_eq!(minutes(46, "ar"), Some(1));
        assert_eq!(minutes(206, "ar"), Some(1));
        assert_eq!(minutes(207, "ar"), Some(2));
        assert_eq!(minutes(45, "ar"), None);
    }

    #[test]
    fn a_text_that_does_not_say_its_language_is_read_by_the_way_it_runs() {
        let language = |declared: Option<&str>, runs, locale| {
            Pace { declared: declared.map(str::to_owned), runs }.language(locale).to_owned()
        };
        assert_eq!(language(Some("fa"), Some(Direction::Rtl), "en"), "fa");
        assert_eq!(language(None, Some(Direction::Rtl), "en"), "ar");
        assert_eq!(language(None, Some(Direction::Rtl), "ur"), "ur");
        assert_eq!(language(None, Some(Direction::Ltr), "ar-MA"), "en");
        assert_eq!(language(None, None, "tr"), "tr");
    }
}
