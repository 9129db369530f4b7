//! The command line.

use anyhow::{Result, bail};
use lexopt::prelude::*;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask <task>

  doctor [--mend]   what is installed, what is missing and how to mend it
                    --mend: install what is missing
";

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Print [`HELP`].
    Help,
    /// Look at the tools.
    Doctor {
        /// Install what is missing first.
        mend: bool,
    },
}

/// Reads the command line.
///
/// # Errors
/// On an unknown task or option, naming it.
pub fn parse(mut parser: lexopt::Parser) -> Result<Task> {
    let mut words = Vec::new();
    let mut mend = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Task::Help),
            Long("mend") => mend = true,
            Value(word) => words.push(word.string()?),
            _ => return Err(argument.unexpected().into()),
        }
    }
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] | ["help"] => Ok(Task::Help),
        ["doctor"] => Ok(Task::Doctor { mend }),
        [task, ..] => bail!("there is no task `{task}`; `cargo xtask help` lists them"),
    }
}
