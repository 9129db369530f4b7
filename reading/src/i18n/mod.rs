//! The card's words, and its numbers, dates and plurals: one [`Locale`] for each card.
//!
//! Words come from a [`Catalogue`], which the loader fetches; what the browser knows (`Intl`, ECMA-402) is left to the
//! browser.

mod catalogue;
mod dates;
mod intl;
#[cfg(test)]
mod tests;
mod words;

use js_sys::Array;
use wasm_bindgen::JsValue;

pub use catalogue::{CATEGORIES, Catalogue, KEYS, Plural, Text, fill};
pub use words::OwnWords;

use crate::text::direction::{self, Direction};
use dates::Dates;

/// A well-formed language tag (BCP 47), in its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageTag(String);

impl Default for LanguageTag {
    fn default() -> Self {
        Self("ar".to_owned())
    }
}

impl LanguageTag {
    /// Has the browser check `raw` (`Intl.getCanonicalLocales`); `None` where it is not a tag.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if raw.is_empty() {
            return None;
        }
        intl::canonical(raw).map(Self)
    }

    /// As [`parse`](Self::parse), of what a document says: `ar_MA` is how Open Graph writes it, and no tag.
    #[must_use]
    pub fn of_document(raw: &str) -> Option<Self> {
        Self::parse(&raw.replace('_', "-"))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language without script and region: `ar` of `ar-MA`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

/// How numbers, plurals and dates are written beside words of a language (`Intl`, ECMA-402).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    tag: String,
    /// What `Intl` is asked for.
    asked: String,
}

impl Format {
    /// The format for `tag` beside words of `language`. Where they are of another language (there is no catalogue for this
    /// one, or not yet), the numbers and dates are of that one too. `may_be_unknown` where browsers may not know it.
    #[must_use]
    pub fn new(tag: &LanguageTag, language: &str, may_be_unknown: bool) -> Self {
        // Arabic in Latin letters is read beside Arabic words: they run their own way.
        let is_theirs =
            tag.primary() == language && direction::of_language(tag.as_str()) == direction::of_language(language);
        let tag = if is_theirs { tag.as_str() } else { language }.to_owned();
        let asked = match tag.as_str() {
            // Arabic without a region: browsers differ in its digits, and Arabic words read best with Arabic ones. A
            // region decides for itself (`ar-MA` has Latin digits).
            "ar" => "ar-u-nu-arab".to_owned(),
            // The digits of Kurdish are Arabic's, whether or not the browser knows the language.
            _ if may_be_unknown && !intl::knows(&tag) => "ar-u-nu-arab".to_owned(),
            _ => tag.clone(),
        };
        Self { tag, asked }
    }

    /// The tag of the words, for the `lang` attribute.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The direction of the words.
    #[must_use]
    pub fn direction(&self) -> Direction {
        direction::of_language(&self.tag).unwrap_or(Direction::Ltr)
    }

    /// `n` in the locale's digits (`Intl.NumberFormat`).
    #[must_use]
    pub fn number(&self, n: u64) -> String {
        intl::number(&self.asked, n)
    }

    /// The locale's digits, by their name in CLDR: `latn`, `arab` or `arabext`.
    #[must_use]
    pub fn digits_name(&self) -> &'static str {
        name_of_digits(&self.number(1))
    }

    /// The plural category of `n` (`Intl.PluralRules`).
    #[must_use]
    pub fn plural_category(&self, n: u64) -> String {
        intl::plural_category(&self.asked, n)
    }

    /// The day, in words: «١٤ نوفمبر ٢٠٢٦» (`Intl.DateTimeFormat`).
    #[must_use]
    pub fn date(&self, at: Timestamp) -> String {
        intl::date_time(&self.asked, &at.date(), intl::DateKind::Day)
    }

    /// The day and the time, in words.
    #[must_use]
    pub fn date_time(&self, at: Timestamp) -> String {
        intl::date_time(&self.asked, &at.date(), intl::DateKind::Full)
    }

    /// How long ago an [`Age`] is: «قبل ساعتين» (`Intl.RelativeTimeFormat`).
    #[must_use]
    pub fn ago(&self, age: Age) -> String {
        intl::relative(&self.asked, -age.amount, age.unit)
    }
}

/// How long ago a moment was, in the largest unit that it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Age {
    amount: f64,
    unit: &'static str,
}

impl Age {
    /// How long before `now` it was. A moment that is still to come (a clock that is wrong somewhere) counts as now.
    #[must_use]
    pub fn of(at: Timestamp, now: Timestamp) -> Self {
        const MINUTE: f64 = 60.0;
        const HOUR: f64 = 60.0 * MINUTE;
        const DAY: f64 = 24.0 * HOUR;
        const MONTH: f64 = 30.44 * DAY;
        const YEAR: f64 = 365.25 * DAY;
        let seconds = ((now.0 - at.0) / 1000.0).max(0.0);
        let (size, unit) = match seconds {
            s if s < MINUTE => (1.0, "second"),
            s if s < HOUR => (MINUTE, "minute"),
            s if s < DAY => (HOUR, "hour"),
            s if s < MONTH => (DAY, "day"),
            s if s < YEAR => (MONTH, "month"),
            _ => (YEAR, "year"),
        };
        // Within the first minute it is «now», not a count that is wrong a second later.
        Self { amount: if unit == "second" { 0.0 } else { (seconds / size).floor() }, unit }
    }
}

/// A card's language: its words, and how its numbers and dates are written.
#[derive(Clone)]
pub struct Locale {
    /// The words.
    pub words: &'static Catalogue,
    format: Format,
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.format.tag == other.format.tag && std::ptr::eq(self.words, other.words)
    }
}

impl Locale {
    /// The locale for `tag` with these words: see [`Format::new`].
    #[must_use]
    pub fn new(tag: &LanguageTag, words: &'static Catalogue) -> Self {
        Self { words, format: Format::new(tag, words.language, words.dates.is_some()) }
    }

    /// The words for months and ages, where the browser has none in this language.
    fn dates(&self) -> Option<&'static Dates> {
        self.words.dates.as_ref().filter(|_| self.format.asked != self.format.tag)
    }

    fn digits(&self, n: u32, at_least: usize) -> String {
        intl::digits(&self.format.asked, n, at_least)
    }

    /// The tag of the words, for the `lang` attribute.
    #[must_use]
    pub fn tag(&self) -> &str {
        self.format.tag()
    }

    /// The direction of the words.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.format.direction()
    }

    /// `n` in the locale's digits (`Intl.NumberFormat`).
    #[must_use]
    pub fn number(&self, n: u64) -> String {
        self.format.number(n)
    }

    /// The locale's digits, by their name in CLDR: `latn`, `arab` or `arabext`.
    #[must_use]
    pub fn digits_name(&self) -> &'static str {
        self.format.digits_name()
    }

    /// The form of `plural` for `n`, with `{n}` filled in (`Intl.PluralRules`).
    #[must_use]
    pub fn plural(&self, plural: &Plural, n: u64) -> String {
        fill(plural.form(n, &self.format.plural_category(n)), "n", &self.number(n))
    }

    /// The day, in words: «١٤ نوفمبر ٢٠٢٦» (`Intl.DateTimeFormat`).
    #[must_use]
    pub fn date(&self, at: Timestamp) -> String {
        match self.dates() {
            Some(dates) => dates.date(&at.date(), &|n, at_least| self.digits(n, at_least)),
            None => self.format.date(at),
        }
    }

    /// The day and the time, in words.
    #[must_use]
    pub fn date_time(&self, at: Timestamp) -> String {
        match self.dates() {
            Some(dates) => dates.date_time(&at.date(), &|n, at_least| self.digits(n, at_least)),
            None => self.format.date_time(at),
        }
    }

    /// How long before `now` it was: «قبل ساعتين» (`Intl.RelativeTimeFormat`). A moment that is still to come counts as now.
    #[must_use]
    pub fn ago(&self, at: Timestamp, now: Timestamp) -> String {
        let age = Age::of(at, now);
        match self.dates() {
            // Hundreds of years at most.
            Some(dates) => dates.ago(age.amount as u64, age.unit, &self.number(age.amount as u64)),
            None => self.format.ago(age),
        }
    }
}

/// The digits of a language, by their name in CLDR: `latn`, `arab` or `arabext`.
#[must_use]
pub fn digits_name(tag: &LanguageTag) -> &'static str {
    match (tag.as_str(), tag.primary()) {
        // As in [`Locale::new`].
        ("ar", _) | (_, "ckb") => "arab",
        (tag, _) => name_of_digits(&intl::number(tag, 1)),
    }
}

fn name_of_digits(one: &str) -> &'static str {
    match one {
        "١" => "arab",
        "۱" => "arabext",
        _ => "latn",
    }
}

/// A moment: milliseconds since 1970-01-01T00:00:00Z, always finite.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Timestamp(f64);

impl Timestamp {
    /// Reads an ISO 8601 date or date and time with the browser's parser (`Date.parse`). A date alone is that day wherever
    /// the reader is; the parser would take its midnight in Greenwich.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_day = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let at = if is_day { js_sys::Date::parse(&[text, "T00:00"].concat()) } else { js_sys::Date::parse(text) };
        at.is_finite().then_some(Self(at))
    }

    /// This moment, by the device's clock.
    #[must_use]
    pub fn now() -> Self {
        Self(js_sys::Date::now())
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn milliseconds(self) -> f64 {
        self.0
    }

    fn date(self) -> js_sys::Date {
        js_sys::Date::new(&JsValue::from_f64(self.0))
    }

    /// In ISO 8601, UTC, for the `datetime` attribute.
    #[must_use]
    pub fn iso(self) -> String {
        self.date().to_iso_string().into()
    }
}

fn locales(tag: &str) -> Array {
    Array::of1(&JsValue::from_str(tag))
}
