//! Maqal beside other comment widgets: the same page, article and comments, on the same slow device and network, each after
//! the other in each round.

pub mod artalk;
pub mod column;
pub mod entrant;
pub mod isso;
pub mod maqal;
pub mod measure;
pub mod origin;
pub mod page;
pub mod proxy;
pub mod report;
pub mod results;
pub mod site;
pub mod stub;
pub mod svg;
pub mod twikoo;
pub mod waline;

use std::fs;
use std::sync::Arc;

use maqal_contract::Comment;

use tokio::task::JoinError;

use crate::project::checkout;
use column::Column;
use entrant::{Entrant, Sites};
use measure::Visit;
use results::Comparison;
use site::{Paging, Site};

/// How often each widget is measured, with short conversations and with long ones.
const RUNS: usize = 5;
const RUNS_WHEN_LONG: usize = 3;

/// Up to here a conversation is on one page of most widgets anyway: it is compared so only.
const SHORT: usize = 20;

/// Measures all widgets with this conversation, `runs` times or as often as is usual. Maqal's own endpoint is at
/// `endpoint.0`, where it has the comments as `endpoint.1`.
pub async fn compare(
    sites: &Sites,
    comments: &[Comment],
    endpoint: (&str, &str),
    runs: Option<usize>,
) -> Vec<Comparison> {
    let length = comments.len();
    let runs = runs.unwrap_or(if length <= SHORT { RUNS } else { RUNS_WHEN_LONG });
    let pagings = if length <= SHORT { vec![Paging::All] } else { vec![Paging::Usual, Paging::All] };
    let mut comparisons: Vec<_> = pagings.into_iter().map(|paging| Comparison::new(length, paging)).collect();
    let mut put = Vec::new();
    for comparison in &comparisons {
        for entrant in Entrant::ALL {
            // Its endpoint gives all of a short conversation at once.
            let is_short = entrant == Entrant::Maqal && length <= SHORT;
            let paging = if is_short { Paging::Usual } else { comparison.paging };
            let site = sites.put(entrant, paging, comments, endpoint, page::USUAL_PARAGRAPHS).await;
            put.push(Arc::new(site));
        }
    }
    for run in 1..=runs {
        let mut sites_left = put.iter();
        for comparison in &mut comparisons {
            measure_all(comparison, &mut sites_left, sites, run, runs).await;
        }
    }
    comparisons
}

/// One round.
async fn measure_all(
    comparison: &mut Comparison,
    put: &mut std::slice::Iter<'_, Arc<Site>>,
    sites: &Sites,
    run: usize,
    runs: usize,
) {
    let title = comparison.title();
    for (measured, site) in comparison.measured.iter_mut().zip(put) {
        // What was too slow once is not waited for again.
        if !measured.faults.is_empty() {
            continue;
        }
        eprintln!("{title}: {}, run {run} of {runs}", measured.entrant.name());
        if run == 1 {
            match measure::bytes_before(site, sites.traffic()).await {
                Some(bytes) => measured.add_cold(Column::BytesBefore, bytes),
                None => measured.faults.push("a page where nobody scrolled never came to rest".to_owned()),
            }
        }
        match visit(site, sites).await {
            Ok(visit) => {
                eprintln!("  {:?}\n  again {:?}", visit.cold, visit.warm);
                measured.add(visit);
            }
            Err(why) => measured.faults.push(format!("a visit was lost with its browser: {why}")),
        }
        site.reset().await;
    }
}

/// One visit. A browser or a driver that ends does not end hours of measuring with it: the visit is made once more.
async fn visit(site: &Arc<Site>, sites: &Sites) -> Result<Visit, JoinError> {
    let once = || {
        let (site, traffic) = (site.clone(), sites.traffic().clone());
        tokio::spawn(async move { measure::visit(&site, &traffic).await })
    };
    match once().await {
        Ok(visit) => Ok(visit),
        Err(why) => {
            eprintln!("{}: {why}; once more", site.url);
            site.reset().await;
            once().await
        }
    }
}

/// Writes a comparison into the documentation, and its picture beside it.
pub fn write(comparison: &Comparison) {
    let docs = checkout().join("docs");
    let pictures = docs.join("pictures/bench");
    fs::create_dir_all(&pictures).expect("a folder can be made");
    let picture = pictures.join(format!("{}.svg", comparison.slug()));
    fs::write(picture, svg::picture(comparison)).expect("a picture can be written");
    let path = docs.join("benchmark.md");
    let text = fs::read_to_string(&path).expect("the document is there");
    let text = report::put(&text, &format!("peers {}", comparison.slug()), &report::section(comparison));
    fs::write(path, text).expect("the document can be written");
}
