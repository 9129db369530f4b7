//! What is measured of a widget.

/// A quantity; less of it is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// What is loaded before the reader leaves the top of the article.
    BytesBefore,
    /// What is loaded until all is there.
    Bytes,
    /// Requests, those of CORS included.
    Requests,
    /// From the navigation until the article's title is painted.
    Article,
    /// From the navigation until the newest comment is painted.
    Comments,
    /// From the navigation until all comments of the page are in the document.
    All,
    /// The sum of what each task takes beyond 50 ms.
    Blocked,
    /// The longest task.
    Longest,
    /// Cumulative layout shift.
    Shift,
    /// The middle one of thirty keys.
    Key,
    /// The slowest of them.
    SlowestKey,
    /// From the press until the new comment stands in the list.
    Posting,
    /// From the press until it stands there, and the server has it.
    Stored,
    /// JavaScript's heap and WebAssembly's memory.
    Memory,
    /// Nodes of the document, shadow roots included.
    Nodes,
}

/// What a quantity is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes.
    Bytes,
    /// Milliseconds.
    Time,
    /// A number of things.
    Count,
    /// A number of no dimension.
    Ratio,
}

impl Column {
    /// All, in the order of the table.
    pub const ALL: [Self; 15] = [
        Self::BytesBefore,
        Self::Bytes,
        Self::Requests,
        Self::Article,
        Self::Comments,
        Self::All,
        Self::Blocked,
        Self::Longest,
        Self::Shift,
        Self::Key,
        Self::SlowestKey,
        Self::Posting,
        Self::Stored,
        Self::Memory,
        Self::Nodes,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BytesBefore => "bytes before the comments are reached",
            Self::Bytes => "bytes in all",
            Self::Requests => "requests",
            Self::Article => "article visible",
            Self::Comments => "comments visible",
            Self::All => "all comments in the document",
            Self::Blocked => "main thread blocked",
            Self::Longest => "longest task",
            Self::Shift => "layout shift",
            Self::Key => "a key, median",
            Self::SlowestKey => "a key, slowest",
            Self::Posting => "posting, until it is seen",
            Self::Stored => "posting, until it is stored",
            Self::Memory => "memory",
            Self::Nodes => "DOM nodes",
        }
    }

    /// What it is counted in.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::BytesBefore | Self::Bytes | Self::Memory => Unit::Bytes,
            Self::Requests | Self::Nodes => Unit::Count,
            Self::Shift => Unit::Ratio,
            _ => Unit::Time,
        }
    }
}

impl Unit {
    /// A quantity, as far as its digits mean something.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Time if value >= 995.0 => format!("{:.2} s", value / 1e3),
            Self::Time => format!("{value:.0} ms"),
            Self::Bytes if value >= 995_000.0 => format!("{:.2} MB", value / 1e6),
            Self::Bytes if value >= 99_500.0 => format!("{:.0} kB", value / 1e3),
            Self::Bytes => format!("{:.1} kB", value / 1e3),
            Self::Count => format!("{value:.0}"),
            Self::Ratio => format!("{value:.3}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn quantities_are_rounded_to_what_they_mean() {
        let shown = [
            Unit::Time.show(1234.5),
            Unit::Time.show(47.6),
            Unit::Bytes.show(18_540.0),
            Unit::Bytes.show(494_000.0),
            Unit::Bytes.show(5_210_000.0),
            Unit::Count.show(7.0),
            Unit::Ratio.show(0.0216),
        ];
        assert_eq!(shown, ["1.23 s", "48 ms", "18.5 kB", "494 kB", "5.21 MB", "7", "0.022"]);
    }
}
