//! The steps of the end-to-end tests that an engine's driver cannot do, as the tests wrote them down: counted by name.

use std::{collections::BTreeMap, fmt};

/// Steps left out, by name, with the tests that left them out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Skipped(BTreeMap<String, Vec<String>>);

impl Skipped {
    /// Reads what the tests wrote: on each line a step and a test, with a tab between.
    pub fn read(text: &str) -> Self {
        let mut steps = BTreeMap::<String, Vec<String>>::new();
        for (step, test) in text.lines().filter_map(|line| line.split_once('\t')) {
            let tests = steps.entry(step.to_owned()).or_default();
            // A test may leave the same step out again and again.
            if !tests.iter().any(|known| known == test) {
                tests.push(test.to_owned());
            }
        }
        Self(steps)
    }

    /// How many steps were left out, each counted once for each test.
    pub fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (step, tests) in &self.0 {
            writeln!(f, "  {step}: {} ({})", tests.len(), tests.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Skipped;

    #[test]
    fn a_step_counts_once_for_each_test_that_leaves_it_out() {
        let skipped = Skipped::read("going offline\ta\nprint\tb\ngoing offline\ta\ngoing offline\tc\n");
        assert_eq!(skipped.count(), 3);
        assert_eq!(skipped.to_string(), "  going offline: 2 (a, c)\n  print: 1 (b)\n");
    }
}
