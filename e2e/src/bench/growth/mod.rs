//! How each quantity grows: with the number of comments, of cards on the page, and of paragraphs of the article.

pub mod chart;

use std::fmt::Write;
use std::fs;

use maqal_contract::Comment;

use super::peers::column::Column;
use super::peers::entrant::{Entrant, Sites};
use super::peers::measure;
use super::peers::page::USUAL_PARAGRAPHS;
use super::peers::report;
use super::peers::results::{Measured, thousands};
use super::peers::site::{Paging, Site};
use crate::project::checkout;

/// The numbers of comments.
pub const COMMENTS: [usize; 4] = [20, 100, 1_000, 10_000];

/// The numbers of cards on a page, each with an article and [`COMMENTS_OF_A_CARD`].
const CARDS: [usize; 4] = [1, 5, 20, 50];

/// How many comments each of several cards has.
pub const COMMENTS_OF_A_CARD: usize = 20;

/// The numbers of paragraphs.
const PARAGRAPHS: [usize; 4] = [1, 10, 100, 500];

/// How often each point is measured.
const RUNS: usize = 3;

/// What was measured along one quantity.
#[derive(Debug)]
pub struct Line {
    /// What is on the page besides.
    pub name: &'static str,
    /// How many there were, and what that took.
    pub points: Vec<(usize, Measured)>,
}

/// Lines along the same quantity.
#[derive(Debug)]
pub struct Growth {
    /// Its name in the names of files and marks.
    pub slug: &'static str,
    /// What there is more and more of.
    pub what: &'static str,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Growth {
    /// What is told, in words.
    #[must_use]
    pub fn title(&self) -> String {
        format!("With the number of {}", self.what)
    }
}

/// The endpoint: its origin; and the names of conversations in it.
#[derive(Clone, Copy)]
pub struct Endpoint<'a> {
    /// Where it is.
    pub origin: &'a str,
    /// The name of the conversation of so many comments.
    pub thread: &'a dyn Fn(usize) -> String,
}

/// Measures all three, `runs` times or as often as is usual, and writes each into the documentation. `conversations` are those
/// of [`COMMENTS`].
pub async fn run(sites: &Sites, conversations: &[Vec<Comment>], endpoint: Endpoint<'_>, runs: Option<usize>) {
    let runs = runs.unwrap_or(RUNS);
    write(&cards(sites, &conversations[0], endpoint, runs).await);
    write(&paragraphs(sites, &conversations[0], endpoint, runs).await);
    write(&comments(sites, conversations, endpoint, runs).await);
}

async fn comments(sites: &Sites, conversations: &[Vec<Comment>], endpoint: Endpoint<'_>, runs: usize) -> Growth {
    let mut lines = Vec::new();
    for (name, paging) in [("the usual first page", Paging::Usual), ("all in one answer", Paging::All)] {
        let mut points = Vec::new();
        for comments in conversations {
            let thread = (endpoint.thread)(comments.len());
            let of = (endpoint.origin, thread.as_str());
            let site = sites.put(Entrant::Maqal, paging, comments, of, USUAL_PARAGRAPHS).await;
            points.push((comments.len(), measured(site, sites, runs).await));
        }
        lines.push(Line { name, points });
    }
    Growth { slug: "comments", what: "comments", lines }
}

async fn cards(sites: &Sites, comments: &[Comment], endpoint: Endpoint<'_>, runs: usize) -> Growth {
    let thread = (endpoint.thread)(comments.len());
    let mut points = Vec::new();
    for count in CARDS {
        let site = sites.put_cards(comments, (endpoint.origin, &thread), count).await;
        points.push((count, measured(site, sites, runs).await));
    }
    Growth { slug: "cards", what: "cards on the page", lines: vec![Line { name: "20 comments each", points }] }
}

async fn paragraphs(sites: &Sites, comments: &[Comment], endpoint: Endpoint<'_>, runs: usize) -> Growth {
    let thread = (endpoint.thread)(comments.len());
    let mut points = Vec::new();
    for count in PARAGRAPHS {
        let of = (endpoint.origin, thread.as_str());
        let site = sites.put(Entrant::Maqal, Paging::Usual, comments, of, count).await;
        points.push((count, measured(site, sites, runs).await));
    }
    Growth {
        slug: "paragraphs",
        what: "paragraphs of the article",
        lines: vec![Line { name: "and 20 comments", points }],
    }
}

async fn measured(site: Site, sites: &Sites, runs: usize) -> Measured {
    let mut measured = Measured::new(Entrant::Maqal);
    for run in 1..=runs {
        eprintln!("{}: run {run} of {runs}", site.url);
        let visit = measure::visit(&site, sites.traffic()).await;
        eprintln!("  {:?}\n  again {:?}", visit.cold, visit.warm);
        measured.add(visit);
        site.reset().await;
        if !measured.faults.is_empty() {
            break;
        }
    }
    measured
}

fn write(growth: &Growth) {
    let docs = checkout().join("docs");
    let pictures = docs.join("pictures/bench");
    fs::create_dir_all(&pictures).expect("a folder can be made");
    let picture = pictures.join(format!("growth-{}.svg", growth.slug));
    fs::write(picture, chart::picture(growth)).expect("a picture can be written");
    let path = docs.join("benchmark.md");
    let text = fs::read_to_string(&path).expect("the document is there");
    let text = report::put(&text, &format!("growth {}", growth.slug), &section(growth));
    fs::write(path, text).expect("the document can be written");
}

/// What is told of it: a picture, and a table of medians of the first visit.
#[must_use]
pub fn section(growth: &Growth) -> String {
    let Growth { slug, lines, .. } = growth;
    let title = growth.title();
    let mut text = format!("### {title}\n\n![{title}](pictures/bench/growth-{slug}.svg)\n");
    for Line { name, points } in lines {
        let _ = write!(text, "\n| {name} |");
        points.iter().for_each(|(count, _)| text.push_str(&format!(" {} |", thousands(*count))));
        let _ = write!(text, "\n| :-- |{}\n", " --: |".repeat(points.len()));
        for column in
            Column::ALL.into_iter().filter(|column| points.iter().any(|(_, one)| one.cold.contains_key(column)))
        {
            let _ = write!(text, "| {} |", column.name());
            for (_, measured) in points {
                let median = measured.cold.get(&column).map(|samples| column.unit().show(samples.median()));
                let _ = write!(text, " {} |", median.as_deref().unwrap_or("–"));
            }
            text.push('\n');
        }
        for (count, measured) in points {
            for fault in &measured.faults {
                let _ = write!(text, "\n{}: {fault}.\n", thousands(*count));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Growth, Line, section};
    use crate::bench::peers::column::Column;
    use crate::bench::peers::entrant::Entrant;
    use crate::bench::peers::results::Measured;

    #[test]
    fn a_line_of_the_table_has_the_median_of_each_number() {
        let of = |value: f64| {
            let mut measured = Measured::new(Entrant::Maqal);
            measured.add_cold(Column::Comments, value);
            measured
        };
        let mut lost = of(3000.0);
        lost.faults.push("typing was stopped".to_owned());
        let points = vec![(20, of(900.0)), (1_000, lost)];
        let growth = Growth { slug: "comments", what: "comments", lines: vec![Line { name: "all", points }] };
        let text = section(&growth);
        assert!(
            text.contains("| all | 20 | 1,000 |\n| :-- | --: | --: |\n| comments visible | 900 ms | 3.00 s |\n"),
            "{text}"
        );
        assert!(text.ends_with("\n1,000: typing was stopped.\n"), "{text}");
    }
}
