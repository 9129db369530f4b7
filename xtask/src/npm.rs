//! Packages from npm, each into a folder of its own in our cache.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::process::{command, command_line, run};

/// Debian's packages that [`install`] needs: none where there is an npm already, whoever has put it there.
pub fn debian_packages() -> &'static [&'static str] {
    if which::which("npm").is_ok() { &[] } else { &["nodejs", "npm"] }
}

/// Installs `packages` (`name@version`) into `folder`.
///
/// # Errors
/// Where there is no npm, or it fails.
pub fn install(packages: &[&str], folder: &Path) -> Result<()> {
    if which::which("npm").is_err() {
        bail!("{} comes by npm, and there is no npm here: install Node", packages.join(", "));
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut npm = command("npm");
    // Packages of two versions of one framework do not want each other: nobody is asked what wants to stand beside what.
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--legacy-peer-deps",
        "--save-exact",
        "--prefix",
    ])
    .arg(folder)
    .args(packages);
    println!("{}", command_line(&npm));
    run(&mut npm)
}
