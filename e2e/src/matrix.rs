//! The fault matrix: what can fail, where a comment stands when it does, what its reader does meanwhile; and the table of
//! what became of the comments.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::proxy::Fault;

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failing {
    /// Nothing.
    Nothing,
    /// The device's network.
    Offline,
    /// The connection is refused.
    Refused,
    /// The connection is cut before the request is read.
    Cut,
    /// The connection is cut after the endpoint stored the comment.
    LostAnswer,
    /// The answer comes later than the card waits.
    Late,
    /// No answer ever comes.
    Stalled,
    /// 500.
    Status500,
    /// 500 without a content.
    Empty500,
    /// 502 with a page of HTML.
    Page502,
    /// 503 with `Retry-After`.
    Status503,
    /// 429 with `Retry-After`.
    Status429,
    /// The answer lacks the headers that let the page read it.
    NoCors,
    /// The answer is not JSON.
    NotJson,
    /// Half of the answer comes.
    Half,
    /// The endpoint is killed (`kill -9`), and started again later.
    Killed,
    /// The browser denies its storage.
    StorageDenied,
    /// The storage is full.
    StorageFull,
}

/// Where a comment stands when that begins to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It is being typed.
    Typing,
    /// It is submitted, and what the reader does comes at once.
    Submitting,
    /// It is under way to the endpoint.
    InFlight,
    /// It did not get through, and waits to be sent again.
    Waiting,
    /// The endpoint has stored it, and the card does not know yet.
    Stored,
}

/// What the reader does meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Stays.
    Stay,
    /// Loads the page anew.
    Reload,
    /// Closes the tab, and opens the page in another.
    Reopen,
    /// Opens the page in a second tab beside the first.
    SecondTab,
}

/// What became of the comment of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Comments that are not in the database, and texts that are in no field.
    pub lost: usize,
    /// Comments that are in the database more than once.
    pub doubled: usize,
}

impl Failing {
    /// Everything that can fail.
    pub const ALL: [Self; 18] = [
        Self::Nothing,
        Self::Offline,
        Self::Refused,
        Self::Cut,
        Self::LostAnswer,
        Self::Late,
        Self::Stalled,
        Self::Status500,
        Self::Empty500,
        Self::Page502,
        Self::Status503,
        Self::Status429,
        Self::NoCors,
        Self::NotJson,
        Self::Half,
        Self::Killed,
        Self::StorageDenied,
        Self::StorageFull,
    ];

    /// Its row in the table.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nothing => "nothing fails",
            Self::Offline => "offline",
            Self::Refused => "connection refused",
            Self::Cut => "connection cut before the request is read",
            Self::LostAnswer => "connection cut after the comment is stored",
            Self::Late => "answer later than the card waits",
            Self::Stalled => "no answer ever",
            Self::Status500 => "500",
            Self::Empty500 => "500 without a content",
            Self::Page502 => "502 with a page of HTML",
            Self::Status503 => "503 with Retry-After",
            Self::Status429 => "429 with Retry-After",
            Self::NoCors => "answer without CORS headers",
            Self::NotJson => "answer that is not JSON",
            Self::Half => "half an answer",
            Self::Killed => "endpoint killed and started again",
            Self::StorageDenied => "storage denied",
            Self::StorageFull => "storage full",
        }
    }

    /// Whether it is the device that fails, and with it the whole page.
    #[must_use]
    pub const fn is_of_device(self) -> bool {
        matches!(self, Self::Offline | Self::StorageDenied | Self::StorageFull)
    }

    /// Whether it is what the browser keeps.
    #[must_use]
    pub const fn is_of_storage(self) -> bool {
        matches!(self, Self::StorageDenied | Self::StorageFull)
    }

    /// What the way to the endpoint does; `None` where that is sound. `late` is longer than the card waits.
    #[must_use]
    pub fn fault(self, late: Duration) -> Option<Fault> {
        Some(match self {
            Self::Nothing | Self::Offline | Self::Killed | Self::StorageDenied | Self::StorageFull => return None,
            Self::Refused => Fault::Refused,
            Self::Cut => Fault::Cut,
            Self::LostAnswer => Fault::LostAnswer,
            Self::Late => Fault::Late(late),
            Self::Stalled => Fault::Stalled,
            Self::Status500 => Fault::Status(500, None),
            Self::Empty500 => Fault::Empty(500),
            Self::Page502 => Fault::Page(502),
            Self::Status503 => Fault::Status(503, Some(2)),
            Self::Status429 => Fault::Status(429, Some(2)),
            Self::NoCors => Fault::NoCors,
            Self::NotJson => Fault::Html,
            Self::Half => Fault::Truncated,
        })
    }
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 5] = [Self::Typing, Self::Submitting, Self::InFlight, Self::Waiting, Self::Stored];

    /// Its columns in the table.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Typing => "typing",
            Self::Submitting => "submitting",
            Self::InFlight => "in flight",
            Self::Waiting => "waiting",
            Self::Stored => "stored",
        }
    }
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Stay, Self::Reload, Self::Reopen, Self::SecondTab];

    /// Its letter in the table.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Reload => "reload",
            Self::Reopen => "reopen",
            Self::SecondTab => "second tab",
        }
    }
}

/// Why a cell makes no sense; `None` where it does.
#[must_use]
pub fn left_out(failing: Failing, step: Step, way: Way) -> Option<&'static str> {
    use Failing::{Cut, Nothing, Offline, Refused, Stalled, StorageDenied, StorageFull};
    match (failing, step, way) {
        (Nothing, Step::Waiting, _) => Some("where nothing fails, nothing waits"),
        (Refused, Step::InFlight | Step::Stored, _) => Some("what was refused is not under way"),
        (Cut, Step::Stored, _) => Some("what was not read is not stored"),
        (Stalled, Step::Stored, _) => Some("the same as the answer that is later than the card waits"),
        (Offline, Step::InFlight | Step::Stored, _) => Some("the same as the connection that is cut"),
        (StorageDenied | StorageFull, Step::Waiting, _) => Some("the same as in flight: it is kept already"),
        (StorageDenied | StorageFull, Step::Typing | Step::Submitting, Way::Reload | Way::Reopen) => {
            Some("only the page has the text, and the browser asks before it lets that go")
        }
        _ => None,
    }
}

/// The table so far.
#[derive(Debug, Default)]
pub struct Table(BTreeMap<(Failing, Step, Way), Outcome>);

impl Table {
    /// Adds what became of the comment of one cell.
    pub fn add(&mut self, failing: Failing, step: Step, way: Way, outcome: Outcome) {
        let sum = self.0.entry((failing, step, way)).or_default();
        sum.lost += outcome.lost;
        sum.doubled += outcome.doubled;
    }

    /// Takes over the cells of `other`.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The sums of all cells, and how many there are.
    #[must_use]
    pub fn sum(&self) -> (usize, Outcome) {
        let mut sum = Outcome::default();
        for outcome in self.0.values() {
            sum.lost += outcome.lost;
            sum.doubled += outcome.doubled;
        }
        (self.0.len(), sum)
    }

    /// Which cells there should be, and are not.
    #[must_use]
    pub fn missing(&self) -> Vec<(Failing, Step, Way)> {
        every_cell().filter(|cell| left_out(cell.0, cell.1, cell.2).is_none() && !self.0.contains_key(cell)).collect()
    }

    /// As Markdown: a row for each fault, a column for each step, and in each cell the four ways.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::from("# Fault matrix: comments lost and doubled, counted in the endpoint's database\n\n");
        let ways = Way::ALL.map(Way::title).join(", ");
        let _ = writeln!(out, "Each cell: {ways}. `0/0` is none lost and none doubled, `-` is left out.\n");
        let steps = Step::ALL.map(Step::title).join(" | ");
        let _ =
            writeln!(out, "| fault | {steps} | lost | doubled |\n|---|{}---:|---:|", "---|".repeat(Step::ALL.len()));
        for failing in Failing::ALL {
            let mut row = Outcome::default();
            let cells = Step::ALL.map(|step| {
                Way::ALL
                    .map(|way| match self.0.get(&(failing, step, way)) {
                        Some(outcome) => {
                            row.lost += outcome.lost;
                            row.doubled += outcome.doubled;
                            format!("{}/{}", outcome.lost, outcome.doubled)
                        }
                        None => "-".to_owned(),
                    })
                    .join(" ")
            });
            let _ = writeln!(out, "| {} | {} | {} | {} |", failing.title(), cells.join(" | "), row.lost, row.doubled);
        }
        let (count, sum) = self.sum();
        let _ = writeln!(out, "\n{count} cells: {} lost, {} doubled.\n\nLeft out:\n", sum.lost, sum.doubled);
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        for (failing, step, way) in every_cell() {
            let Some(reason) = left_out(failing, step, way) else { continue };
            let cell = format!("{}, {}", failing.title(), step.title());
            match reasons.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, cells)) if !cells.contains(&cell) => cells.push(cell),
                Some(_) => {}
                None => reasons.push((reason, vec![cell])),
            }
        }
        for (reason, cells) in reasons {
            let _ = writeln!(out, "- {}: {reason}.", cells.join("; "));
        }
        out
    }
}

fn every_cell() -> impl Iterator<Item = (Failing, Step, Way)> {
    Failing::ALL.into_iter().flat_map(|failing| {
        Step::ALL.into_iter().flat_map(move |step| Way::ALL.into_iter().map(move |way| (failing, step, way)))
    })
}

#[cfg(test)]
mod tests {
    use super::{Failing, Outcome, Step, Table, Way};

    #[test]
    fn what_is_lost_or_doubled_shows_in_its_cell_its_row_and_the_sum() {
        let mut table = Table::default();
        table.add(Failing::Cut, Step::Waiting, Way::Stay, Outcome::default());
        table.add(Failing::Cut, Step::Waiting, Way::Reload, Outcome { lost: 0, doubled: 2 });
        table.add(Failing::Half, Step::Stored, Way::Stay, Outcome { lost: 1, doubled: 0 });
        assert_eq!(table.sum(), (3, Outcome { lost: 1, doubled: 2 }));
        let markdown = table.markdown();
        assert!(markdown.contains("| 0/0 0/2 - - |"), "{markdown}");
        assert!(markdown.contains("3 cells: 1 lost, 2 doubled."), "{markdown}");
        assert!(!table.missing().is_empty());
    }
}
