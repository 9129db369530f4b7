//! Packages from npm, each into a folder of its own in our cache.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::process::{command, command_line, run};

/// Installs `package` (`name@version`) into `folder`.
///
/// # Errors
/// Where there is no npm, or it fails.
pub fn install(package: &str, folder: &Path) -> Result<()> {
    if which::which("npm").is_err() {
        bail!("{package} comes by npm, and there is no npm here: install Node");
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut npm = command("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(folder).arg(package);
    println!("{}", command_line(&npm));
    run(&mut npm)
}
