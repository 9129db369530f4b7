//! Numbers of several runs, and the table of them.

/// What was measured once, or several times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// The middle one.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// The worst one.
    #[must_use]
    pub fn worst(&self) -> f64 {
        self.percentile(100)
    }

    /// The one that so many of a hundred do not exceed (nearest rank); not a number where nothing was measured.
    #[must_use]
    pub fn percentile(&self, hundredths: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are above this.
    #[must_use]
    pub fn above(&self, bound: f64) -> usize {
        self.0.iter().filter(|sample| **sample > bound).count()
    }

    /// One more.
    pub fn push(&mut self, sample: f64) {
        self.0.push(sample);
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<T: IntoIterator<Item = f64>>(samples: T) -> Self {
        Self(samples.into_iter().collect())
    }
}

/// The table, as Markdown.
#[derive(Clone, Debug, Default)]
pub struct Table(Vec<[String; 4]>);

impl Table {
    /// A line: what was measured, its median and worst in milliseconds, and what others were measured to take.
    pub fn times(&mut self, what: &str, samples: &Samples, others: &str) {
        self.line(what, &ms(samples.median()), &ms(samples.worst()), others);
    }

    /// A line of any text.
    pub fn line(&mut self, what: &str, median: &str, worst: &str, others: &str) {
        // It takes minutes to the end.
        eprintln!("  {what}: {median} {worst}");
        self.0.push([what, median, worst, others].map(str::to_owned));
    }

    /// The table as it is printed: each column as wide as its widest cell.
    #[must_use]
    pub fn render(&self) -> String {
        let head = ["what", "median", "worst", "others, another run"].map(str::to_owned);
        let rule = [":--", "--:", "--:", ":--"].map(str::to_owned);
        let lines: Vec<_> = [head, rule].into_iter().chain(self.0.iter().cloned()).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
        let widths = [width(0), width(1), width(2), width(3)];
        let mut text = String::new();
        for line in &lines {
            for (cell, width) in line.iter().zip(widths) {
                text.push_str(&format!("| {cell:<width$} "));
            }
            text.push_str("|\n");
        }
        text
    }
}

/// Milliseconds, as far as they mean something.
#[must_use]
pub fn ms(milliseconds: f64) -> String {
    match milliseconds {
        seconds if seconds >= 1000.0 => format!("{:.2} s", seconds / 1000.0),
        tens if tens >= 10.0 => format!("{tens:.0} ms"),
        few => format!("{few:.1} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Samples, Table, ms};

    #[test]
    fn the_median_the_worst_and_percentiles_are_among_the_samples() {
        let samples: Samples = [30.0, 10.0, 20.0, 40.0].into_iter().collect();
        assert_eq!((samples.median(), samples.percentile(95), samples.worst()), (20.0, 40.0, 40.0));
        assert!(Samples::default().median().is_nan());
    }

    #[test]
    fn columns_line_up_and_times_are_rounded() {
        let mut table = Table::default();
        table.times("a page", &[1234.5, 3.149].into_iter().collect(), "");
        let lines: Vec<_> = table.render().lines().map(str::to_owned).collect();
        assert_eq!(lines[2], "| a page | 3.1 ms | 1.23 s |                     |");
        assert!(lines.iter().all(|line| line.chars().count() == lines[0].chars().count()));
        assert_eq!(ms(47.6), "48 ms");
    }
}
