//! The picture of a growth: a panel for each quantity, both axes logarithmic, so that what grows as its work does is a straight
//! line along the diagonal.

use std::fmt::Write;

use super::{Growth, Line};
use crate::bench::panels::{self, Grid};
use crate::bench::peers::column::Column;
use crate::bench::peers::results::thousands;

/// What is shown.
const PANELS: [Column; 12] = [
    Column::Bytes,
    Column::Requests,
    Column::Article,
    Column::Comments,
    Column::All,
    Column::Blocked,
    Column::Longest,
    Column::Key,
    Column::SlowestKey,
    Column::Stored,
    Column::Memory,
    Column::Nodes,
];

const LEGEND: f64 = 24.0;
const ACROSS: usize = 3;
const WIDTH: f64 = 250.0;
const PLOT: f64 = 110.0;
const HEAD: f64 = 26.0;
const FOOT: f64 = 30.0;
const START: f64 = 58.0;
const END: f64 = 20.0;

/// The colours are a reader's own scheme's.
const STYLE: &str = "text{font:11px system-ui,sans-serif;fill:#24292f}.head{font-size:12px;font-weight:600}.axis{stroke:#d0d7de}\
path{fill:none;stroke-width:2}.l0{stroke:#0969da}.l1{stroke:#bc4c00}circle.l0{fill:#0969da}circle.l1{fill:#bc4c00}\
text.l0{fill:#0969da;stroke:none}text.l1{fill:#bc4c00;stroke:none}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.axis{stroke:#30363d}.l0{stroke:#58a6ff}.l1{stroke:#f0883e}\
circle.l0,text.l0{fill:#58a6ff}circle.l1,text.l1{fill:#f0883e}}";

/// The picture.
#[must_use]
pub fn picture(growth: &Growth) -> String {
    let shown: Vec<_> = PANELS.into_iter().filter(|column| !values(growth, *column).is_empty()).collect();
    let mut legend = String::new();
    for (number, Line { name, .. }) in growth.lines.iter().enumerate() {
        let x = START + 170.0 * number as f64;
        let _ = writeln!(legend, "<text class=\"l{number}\" x=\"{x}\" y=\"14\">{name}</text>");
    }
    let title = growth.title();
    let grid = Grid {
        title: &title,
        style: STYLE,
        head: (&legend, LEGEND),
        across: ACROSS,
        size: (WIDTH, HEAD + PLOT + FOOT),
    };
    panels::picture(&grid, &shown, |svg, column| panel(svg, growth, *column))
}

/// All that is shown of a quantity that is not nothing: a logarithm has no place for that.
fn values(growth: &Growth, column: Column) -> Vec<f64> {
    let medians = growth.lines.iter().flat_map(|line| &line.points).filter_map(|(_, one)| one.cold.get(&column));
    medians.map(|samples| samples.median()).filter(|value| *value > 0.0).collect()
}

/// The place of `value` between two bounds, by logarithms: from 0 to 1.
fn place(value: f64, (least, most): (f64, f64)) -> f64 {
    if most > least { (value / least).ln() / (most / least).ln() } else { 0.5 }
}

fn bounds(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    (values.clone().fold(f64::INFINITY, f64::min), values.fold(0.0, f64::max))
}

fn panel(svg: &mut String, growth: &Growth, column: Column) {
    let counts = growth.lines.iter().flat_map(|line| &line.points).map(|(count, _)| *count as f64);
    let (across, found) = (bounds(counts), bounds(values(growth, column).into_iter()));
    // At least a factor of four, so that what hardly grows is seen to hardly grow.
    let up = (found.0.min(found.1 / 4.0), found.1);
    let x = |count: usize| START + place(count as f64, across) * (WIDTH - START - END);
    let y = |value: f64| HEAD + PLOT * (1.0 - place(value.max(up.0), up));
    let _ = writeln!(svg, "<text class=\"head\" x=\"{START}\" y=\"14\">{}</text>", column.name());
    for value in [up.0, up.1] {
        let (at, shown) = (y(value), column.unit().show(value));
        let _ = writeln!(
            svg,
            "<path class=\"axis\" d=\"M{START} {at:.1}H{:.1}\" style=\"stroke-width:1\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{shown}</text>",
            WIDTH - END,
            START - 6.0,
            at + 4.0
        );
    }
    if let Some(line) = growth.lines.first() {
        for (count, _) in &line.points {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                x(*count),
                HEAD + PLOT + 16.0,
                thousands(*count)
            );
        }
    }
    for (number, line) in growth.lines.iter().enumerate() {
        let medians = line.points.iter().filter_map(|(count, one)| Some((*count, one.cold.get(&column)?.median())));
        let dots: Vec<_> = medians.map(|(count, median)| (x(count), y(median))).collect();
        let way: Vec<_> = dots.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let _ = writeln!(svg, "<path class=\"l{number}\" d=\"M{}\"/>", way.join("L"));
        for (x, y) in dots {
            let _ = writeln!(svg, "<circle class=\"l{number}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::picture;
    use crate::bench::growth::{Growth, Line};
    use crate::bench::peers::column::Column;
    use crate::bench::peers::entrant::Entrant;
    use crate::bench::peers::results::Measured;

    #[test]
    fn what_grows_as_its_work_does_is_a_straight_line() {
        let point = |count: usize| {
            let mut measured = Measured::new(Entrant::Maqal);
            measured.add_cold(Column::Comments, count as f64 * 10.0);
            (count, measured)
        };
        let points = vec![point(1), point(10), point(100)];
        let growth = Growth { slug: "cards", what: "cards", lines: vec![Line { name: "each", points }] };
        let svg = picture(&growth);
        // From corner to corner: 172 pixels across, 110 up.
        assert!(svg.contains("<path class=\"l0\" d=\"M58.0 136.0L144.0 81.0L230.0 26.0\"/>"), "{svg}");
        // Quantities of which nothing was measured have no panel.
        assert_eq!(svg.matches("<g ").count(), 1);
    }
}
