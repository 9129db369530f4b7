//! Counts tests from the closing lines of the runners: cargo's and wasm-pack's both end with
//! `test result: ok. 3 passed; 0 failed; 0 ignored; …`.

use std::{
    fmt,
    io::{BufRead, BufReader, Write},
    ops::AddAssign,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::process::command_line;

/// How many tests ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// That passed.
    pub passed: u64,
    /// That failed.
    pub failed: u64,
}

impl Tally {
    /// Whether no test ran.
    pub fn is_empty(self) -> bool {
        self.passed + self.failed == 0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs a test runner, copies what it prints to `screen` and counts; and whether it ended with success.
///
/// # Errors
/// When it cannot be started or its output cannot be read.
pub fn run(command: &mut Command, screen: &mut impl Write) -> Result<(Tally, bool)> {
    let line = command_line(command);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("cannot start `{line}`"))?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        for bytes in BufReader::new(output).split(b'\n') {
            let mut bytes = bytes.with_context(|| format!("cannot read what `{line}` prints"))?;
            tally += closing_line(&String::from_utf8_lossy(&bytes)).unwrap_or_default();
            bytes.push(b'\n');
            screen.write_all(&bytes).context("cannot write to standard output")?;
        }
    }
    let status = child.wait().with_context(|| format!("cannot wait for `{line}`"))?;
    Ok((tally, status.success()))
}

/// The sum of what closing lines in `output` tell.
pub fn of(output: &str) -> Tally {
    let mut tally = Tally::default();
    output.lines().filter_map(closing_line).for_each(|counts| tally += counts);
    tally
}

/// The counts of a closing line; nothing for any other line.
fn closing_line(line: &str) -> Option<Tally> {
    let (_, counts) = line.split_once("test result: ")?.1.split_once(". ")?;
    let count =
        |word: &str| counts.split(';').find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok());
    Some(Tally { passed: count("passed")?, failed: count("failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_closing_lines_are_counted() {
        let line = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(closing_line(line), Some(Tally { passed: 12, failed: 0 }));
        let line = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s";
        assert_eq!(closing_line(line), Some(Tally { passed: 3, failed: 2 }));
    }

    #[test]
    fn wasm_packs_closing_lines_are_counted() {
        let line = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.10s";
        assert_eq!(closing_line(line), Some(Tally { passed: 4, failed: 0 }));
        assert_eq!(
            closing_line("    test result: \u{1b}[32mok\u{1b}[0m. 4 passed; 0 failed; 0 ignored\r"),
            Some(Tally { passed: 4, failed: 0 })
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in ["running 3 tests", "test it_works ... ok", "test result: soon", ""] {
            assert_eq!(closing_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_run_is_summed_and_its_exit_code_kept() {
        let script = "echo 'test result: ok. 1 passed; 0 failed;'; echo 'test result: ok. 2 passed; 1 failed;'; exit 1";
        let (tally, success) = run(Command::new("sh").args(["-c", script]), &mut std::io::sink()).unwrap();
        assert_eq!((tally.to_string().as_str(), success), ("3 passed, 1 failed", false));
    }

    #[test]
    fn no_test_at_all_is_seen() {
        assert!(Tally::default().is_empty());
        assert!(!Tally { passed: 0, failed: 1 }.is_empty());
    }
}
