//! The tables in the documentation: medians, their spread, and ratios to Maqal.

use std::fmt::Write;

use super::column::Column;
use super::entrant::Entrant;
use super::results::{Comparison, Measured, Numbers};
use crate::bench::table::Samples;

/// Stands in a cell whose widget is ahead of Maqal.
const AHEAD: &str = "▲";

/// What is told of a comparison: two tables, a picture, and what could not be measured.
#[must_use]
pub fn section(comparison: &Comparison) -> String {
    let mut text = format!(
        "### {}\n\n![{}](pictures/bench/{}.svg)\n\nThe first visit:\n\n",
        capital(&comparison.title()),
        comparison.title(),
        comparison.slug()
    );
    text.push_str(&table(comparison, |measured| &measured.cold));
    text.push_str("\nThe second visit, in the same browser:\n\n");
    text.push_str(&table(comparison, |measured| &measured.warm));
    let behind = behind(comparison);
    if !behind.is_empty() {
        let _ = write!(text, "\nAhead of Maqal on the first visit: {}.\n", behind.join("; "));
    }
    for measured in &comparison.measured {
        for fault in &measured.faults {
            let _ = write!(text, "\n{}: {fault}.\n", measured.entrant.name());
        }
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn table(comparison: &Comparison, numbers: impl Fn(&Measured) -> &Numbers) -> String {
    let mut text = String::from("| |");
    for measured in &comparison.measured {
        let _ = write!(text, " {} |", measured.entrant.name());
    }
    text.push_str("\n| :-- |");
    text.push_str(&" --: |".repeat(comparison.measured.len()));
    text.push('\n');
    let ours = comparison.measured.first().map(&numbers);
    for column in Column::ALL {
        if !comparison.measured.iter().any(|measured| numbers(measured).contains_key(&column)) {
            continue;
        }
        let _ = write!(text, "| {} |", column.name());
        for measured in &comparison.measured {
            let ours = ours.and_then(|ours| ours.get(&column)).filter(|_| measured.entrant != Entrant::Maqal);
            let cell = numbers(measured).get(&column).map_or_else(|| "–".to_owned(), |told| cell(column, told, ours));
            let _ = write!(text, " {cell} |");
        }
        text.push('\n');
    }
    text
}

/// The median, the least and the most where they differ, and how it stands to ours.
fn cell(column: Column, samples: &Samples, ours: Option<&Samples>) -> String {
    let show = |value: f64| column.unit().show(value);
    let (median, least, most) = (show(samples.median()), show(samples.percentile(0)), show(samples.worst()));
    let mut text = median.clone();
    if least != most {
        let _ = write!(text, " ({least} to {most})");
    }
    if let Some(ours) = ours {
        if ours.median() > 0.0 {
            let _ = write!(text, " ×{}", ratio(samples.median() / ours.median()));
        }
        if is_ahead(column, samples, ours) {
            let _ = write!(text, " {AHEAD}");
        }
    }
    text
}

fn ratio(ratio: f64) -> String {
    if ratio >= 9.95 { format!("{ratio:.0}") } else { format!("{ratio:.2}") }
}

/// Whether less was measured than of ours, as far as it is shown.
fn is_ahead(column: Column, samples: &Samples, ours: &Samples) -> bool {
    let show = |value: f64| column.unit().show(value);
    samples.median() < ours.median() && show(samples.median()) != show(ours.median())
}

/// Who is ahead of ours, by quantity.
fn behind(comparison: &Comparison) -> Vec<String> {
    let Some((ours, others)) = comparison.measured.split_first() else { return Vec::new() };
    let told = |column: Column| {
        let ours = ours.cold.get(&column)?;
        let ahead = |other: &&Measured| other.cold.get(&column).is_some_and(|told| is_ahead(column, told, ours));
        let names: Vec<_> = others.iter().filter(ahead).map(|other| other.entrant.name()).collect();
        (!names.is_empty()).then(|| format!("{} ({})", column.name(), names.join(", ")))
    };
    Column::ALL.into_iter().filter_map(told).collect()
}

/// `document` with `section` between the marks of `name`; at its end, with marks, where they are not there yet.
#[must_use]
pub fn put(document: &str, name: &str, section: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let found = document.split_once(&start).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match found {
        Some((before, after)) => format!("{before}{start}{section}{end}{after}"),
        None => format!("{document}\n{start}{section}{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{cell, put, section};
    use crate::bench::peers::column::Column;
    use crate::bench::peers::results::Comparison;
    use crate::bench::peers::site::Paging;
    use crate::bench::table::Samples;

    fn samples(values: &[f64]) -> Samples {
        values.iter().copied().collect()
    }

    #[test]
    fn a_cell_has_the_median_the_spread_the_ratio_and_says_who_is_ahead() {
        let ours = samples(&[1000.0]);
        let cell = |values: &[f64]| cell(Column::Comments, &samples(values), Some(&ours));
        assert_eq!(cell(&[500.0, 400.0, 600.0]), "500 ms (400 ms to 600 ms) ×0.50 ▲");
        assert_eq!(cell(&[12_340.0]), "12.34 s ×12");
        assert_eq!(cell(&[999.0]), "1.00 s ×1.00");
    }

    #[test]
    fn what_was_measured_of_nobody_has_no_line_and_a_stop_is_told() {
        let mut comparison = Comparison::new(1000, Paging::All);
        comparison.measured[0].add_cold(Column::All, 900.0);
        comparison.measured[3].add_cold(Column::All, 300.0);
        comparison.measured[2].faults.push("the first opening was stopped after 120 s".into());
        let text = section(&comparison);
        assert!(text.starts_with("### 1,000 comments on one page\n"));
        assert!(text.contains("| all comments in the document | 900 ms | – | – | 300 ms ×0.33 ▲ | – |\n"), "{text}");
        assert!(!text.contains("requests"));
        assert!(text.contains("Ahead of Maqal on the first visit: all comments in the document (Artalk)."));
        assert!(text.ends_with("\nWaline: the first opening was stopped after 120 s.\n"));
    }

    #[test]
    fn a_section_takes_the_place_of_its_former_one() {
        let document = put("# A\n", "a", "one\n");
        assert_eq!(document, "# A\n\n<!-- a -->\none\n<!-- /a -->\n");
        assert_eq!(put(&document, "a", "two\n"), "# A\n\n<!-- a -->\ntwo\n<!-- /a -->\n");
    }
}
