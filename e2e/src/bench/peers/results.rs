//! What was measured of all widgets, side by side.

use std::collections::BTreeMap;

use super::column::Column;
use super::entrant::Entrant;
use super::measure::{Reading, Visit};
use super::site::Paging;
use crate::bench::table::Samples;

/// The samples of some quantities.
pub type Numbers = BTreeMap<Column, Samples>;

/// What was measured of one widget.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The widget.
    pub entrant: Entrant,
    /// Of first openings, and what was done after them.
    pub cold: Numbers,
    /// Of second openings.
    pub warm: Numbers,
    /// Where visits ended early, and why.
    pub faults: Vec<String>,
}

impl Measured {
    /// Nothing yet.
    #[must_use]
    pub fn new(entrant: Entrant) -> Self {
        Self { entrant, cold: Numbers::new(), warm: Numbers::new(), faults: Vec::new() }
    }

    /// One more visit.
    pub fn add(&mut self, visit: Visit) {
        add(&mut self.cold, &visit.cold);
        add(&mut self.warm, &visit.warm);
        self.faults.extend(visit.fault);
    }

    /// One more number of a first opening.
    pub fn add_cold(&mut self, column: Column, value: f64) {
        add(&mut self.cold, &Reading::from([(column, value)]));
    }
}

fn add(numbers: &mut Numbers, reading: &Reading) {
    for (column, value) in reading {
        numbers.entry(*column).or_default().push(*value);
    }
}

/// All widgets with the same conversation.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// How many comments it has.
    pub length: usize,
    /// How much of it comes at once.
    pub paging: Paging,
    /// In the order of [`Entrant::ALL`].
    pub measured: Vec<Measured>,
}

impl Comparison {
    /// Nothing measured yet.
    #[must_use]
    pub fn new(length: usize, paging: Paging) -> Self {
        Self { length, paging, measured: Entrant::ALL.map(Measured::new).into() }
    }

    /// Its name in the names of files and marks.
    #[must_use]
    pub fn slug(&self) -> String {
        format!("{}-{}", self.length, if self.paging == Paging::All { "all" } else { "usual" })
    }

    /// What is compared, in words.
    #[must_use]
    pub fn title(&self) -> String {
        let length = thousands(self.length);
        match self.paging {
            Paging::All => format!("{length} comments on one page"),
            Paging::Usual => format!("{length} comments, of which each shows its usual first page"),
        }
    }
}

/// A number with a comma for each thousand.
#[must_use]
pub fn thousands(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}
