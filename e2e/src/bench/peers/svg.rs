//! Pictures of a comparison: bars of medians, with a line from the least to the most.

use std::fmt::Write;

use super::column::Column;
use super::entrant::Entrant;
use super::results::{Comparison, Measured};
use crate::bench::panels::{self, Grid};
use crate::bench::table::Samples;

/// What is shown, and whether of the second visit.
const PANELS: [(Column, bool); 9] = [
    (Column::Comments, false),
    (Column::Comments, true),
    (Column::All, false),
    (Column::Article, false),
    (Column::Blocked, false),
    (Column::Bytes, false),
    (Column::Key, false),
    (Column::Stored, false),
    (Column::Memory, false),
];

const ACROSS: usize = 3;
const WIDTH: f64 = 300.0;
const BAR: f64 = 14.0;
const STEP: f64 = 22.0;
const NAMES: f64 = 56.0;
const NUMBERS: f64 = 62.0;
const HEAD: f64 = 30.0;
const GAP: f64 = 22.0;

/// The colours are a reader's own scheme's.
const STYLE: &str = "text{font:12px system-ui,sans-serif;fill:#24292f}.head{font-weight:600}.bar{fill:#8c959f}.ours{fill:#0969da}\
.line{stroke:#24292f;stroke-width:1.5}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#6e7681}.ours{fill:#58a6ff}.line{stroke:#e6edf3}}";

/// The picture.
#[must_use]
pub fn picture(comparison: &Comparison) -> String {
    let height = HEAD + STEP * comparison.measured.len() as f64 + GAP;
    let shown: Vec<_> =
        PANELS.into_iter().filter(|panel| comparison.measured.iter().any(|one| of(one, *panel).is_some())).collect();
    let title = comparison.title();
    let grid = Grid { title: &title, style: STYLE, head: ("", 0.0), across: ACROSS, size: (WIDTH, height) };
    panels::picture(&grid, &shown, |svg, panel| draw(svg, comparison, *panel))
}

fn of(measured: &Measured, (column, is_warm): (Column, bool)) -> Option<&Samples> {
    if is_warm { &measured.warm } else { &measured.cold }.get(&column)
}

fn draw(svg: &mut String, comparison: &Comparison, panel: (Column, bool)) {
    let again = if panel.1 { ", second visit" } else { "" };
    let _ = writeln!(svg, "<text class=\"head\" x=\"0\" y=\"16\">{}{again}</text>", panel.0.name());
    let most = comparison.measured.iter().filter_map(|one| of(one, panel)).map(Samples::worst).fold(0.0, f64::max);
    let scale = |value: f64| if most > 0.0 { value / most * (WIDTH - NAMES - NUMBERS) } else { 0.0 };
    for (number, measured) in comparison.measured.iter().enumerate() {
        let y = HEAD + STEP * number as f64;
        let (middle, base) = (y + BAR / 2.0, y + BAR - 2.0);
        let _ = writeln!(svg, "<text x=\"0\" y=\"{base:.1}\">{}</text>", measured.entrant.name());
        let Some(samples) = of(measured, panel) else {
            let _ = writeln!(svg, "<text x=\"{NAMES}\" y=\"{base:.1}\">–</text>");
            continue;
        };
        let class = if measured.entrant == Entrant::Maqal { "ours" } else { "bar" };
        let (least, median, worst) = (scale(samples.percentile(0)), scale(samples.median()), scale(samples.worst()));
        let _ = writeln!(
            svg,
            "<rect class=\"{class}\" x=\"{NAMES}\" y=\"{y:.1}\" width=\"{median:.1}\" height=\"{BAR}\" rx=\"2\"/>\n\
             <path class=\"line\" d=\"M{:.1} {middle:.1}H{:.1}\"/>\n\
             <text x=\"{:.1}\" y=\"{base:.1}\">{}</text>",
            NAMES + least,
            NAMES + worst,
            NAMES + worst + 6.0,
            panel.0.unit().show(samples.median())
        );
    }
}

#[cfg(test)]
mod tests {
    use super::picture;
    use crate::bench::peers::column::Column;
    use crate::bench::peers::results::Comparison;
    use crate::bench::peers::site::Paging;

    #[test]
    fn a_bar_is_as_long_as_its_median_and_its_line_goes_from_the_least_to_the_most() {
        let mut comparison = Comparison::new(20, Paging::All);
        for value in [100.0, 200.0, 400.0] {
            comparison.measured[0].add_cold(Column::Comments, value);
        }
        comparison.measured[1].add_cold(Column::Comments, 50.0);
        let svg = picture(&comparison);
        // 182 pixels are 400 ms.
        assert!(svg.contains("<rect class=\"ours\" x=\"56\" y=\"30.0\" width=\"91.0\""), "{svg}");
        assert!(svg.contains("d=\"M101.5 37.0H238.0\""), "{svg}");
        assert!(svg.contains("<rect class=\"bar\" x=\"56\" y=\"52.0\" width=\"22.8\""), "{svg}");
        // Widgets of which nothing was measured are told of too, and panels of which nothing was are not there.
        assert_eq!(svg.matches(">–</text>").count(), 3);
        assert_eq!(svg.matches("<g ").count(), 1);
    }
}
