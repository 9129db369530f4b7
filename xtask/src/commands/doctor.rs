//! `doctor`: what is there, what is missing, and the command that mends it.

use anyhow::{Result, bail};

use crate::{
    setup::{self, Need},
    site::Site,
    table,
    tools::State,
};

/// Prints the table of tools; with `mend` installs first what is missing.
///
/// # Errors
/// When a tool is missing, so that the exit code says so.
pub fn run(site: &Site, mend: bool) -> Result<()> {
    if mend {
        setup::ensure(site, Need::Test(None))?;
    }
    let mut rows = Vec::new();
    let mut mends = Vec::new();
    for tool in setup::tools(Need::Test(None)) {
        let (verdict, version, path) = match tool.find(site) {
            State::Ready { version, path } => ("ok", version, path.display().to_string()),
            State::Unfit { version, path } => ("unfit", version, path.display().to_string()),
            State::Missing => ("missing", String::new(), String::new()),
        };
        if verdict != "ok" {
            mends.push(format!("  {}: {}", tool.name(), tool.mend(site)));
        }
        rows.push([tool.name().to_owned(), verdict.to_owned(), version, tool.wanted(site), path]);
    }
    print!("{}", table::render(["tool", "", "found", "wanted", "where"], &rows));
    println!("cache: {}", site.cache.display());
    if mends.is_empty() {
        println!("Everything is there.");
        return Ok(());
    }
    println!("\nTo mend it all at once: cargo xtask doctor --mend\nOr one by one:\n{}", mends.join("\n"));
    bail!("{} of {} tools are missing or unfit", mends.len(), rows.len());
}
