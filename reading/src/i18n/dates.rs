//! Dates and ages in a language that browsers do not know: Central Kurdish is in CLDR, and in few browsers.

use js_sys::Date;

use super::catalogue::{Find, Text, fill};

/// The words that a catalogue gives under the key `dates`.
#[derive(Debug)]
pub struct Dates {
    /// January to December.
    months: [Text; 12],
    /// Sunday to Saturday.
    weekdays: [Text; 7],
    /// `{day}`, `{month}` and `{year}`.
    day: Text,
    /// `{day_of_week}`, `{date}` and `{time}`.
    moment: Text,
    /// Less than a minute ago.
    now: Text,
    /// The units of `Intl.RelativeTimeFormat` from minutes on, each for one and for more: `{n}`.
    ages: [(Text, [Text; 2]); 5],
}

impl Dates {
    /// The words, where the catalogue has them all.
    pub(super) fn read(find: Find) -> Option<Self> {
        let word = |key: &str| find("dates", Some(key));
        let age = |unit: Text| Some((unit, [word(&[unit, "_one"].concat())?, word(&[unit, "_other"].concat())?]));
        let day = word("day")?;
        let mut months = [""; 12];
        for (number, month) in (1..).zip(&mut months) {
            *month = word(&u32::to_string(&number))?;
        }
        let mut weekdays = [""; 7];
        for (number, weekday) in (0..).zip(&mut weekdays) {
            *weekday = word(&["w", &u32::to_string(&number)].concat())?;
        }
        let ages = [age("minute")?, age("hour")?, age("day")?, age("month")?, age("year")?];
        Some(Self { months, weekdays, day, moment: word("moment")?, now: word("now")?, ages })
    }

    /// The day, in words, in the reader's time zone; `digits` writes a number of at least that many digits.
    pub(super) fn date(&self, at: &Date, digits: &dyn Fn(u32, usize) -> String) -> String {
        let month = self.months.get(at.get_month() as usize).copied().unwrap_or_default();
        let text = fill(self.day, "day", &digits(at.get_date(), 1));
        fill(&fill(&text, "month", month), "year", &digits(at.get_full_year(), 1))
    }

    /// The day and the time, in words.
    pub(super) fn date_time(&self, at: &Date, digits: &dyn Fn(u32, usize) -> String) -> String {
        let weekday = self.weekdays.get(at.get_day() as usize).copied().unwrap_or_default();
        let time = [digits(at.get_hours(), 1), digits(at.get_minutes(), 2)].join(":");
        let text = fill(self.moment, "day_of_week", weekday);
        fill(&fill(&text, "date", &self.date(at, digits)), "time", &time)
    }

    /// `n` of `unit` ago; `number` is how `n` is written.
    pub(super) fn ago(&self, n: u64, unit: &str, number: &str) -> String {
        let forms = self.ages.iter().find(|(of, _)| *of == unit).map(|(_, forms)| forms);
        forms.map_or_else(|| self.now.to_owned(), |[one, other]| fill(if n == 1 { one } else { other }, "n", number))
    }
}
