//! Trunk: builds and serves the demo page with the widget.

use std::{env, path::Path, process::Command};

use anyhow::Result;

use crate::{setup::Ready, site::Site};

/// Optimised for size, or quick to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Dev,
    /// What is published.
    Release,
}

/// A Trunk command in the checkout.
///
/// # Errors
/// When a folder's name holds the separator of `PATH`.
pub fn trunk(site: &Site, ready: &Ready, arguments: &[&str]) -> Result<Command> {
    let mut trunk = ready.command(site, "trunk")?;
    // The look for a newer Trunk needs the network.
    trunk.args(arguments).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk takes only `true` or `false` here, and stops at the usual `NO_COLOR=1` (see https://no-color.org).
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// A command that builds the page into `dist`.
///
/// # Errors
/// As [`trunk`].
pub fn build(site: &Site, ready: &Ready, profile: Profile, dist: &Path) -> Result<Command> {
    let mut trunk = trunk(site, ready, &["build"])?;
    if profile == Profile::Release {
        trunk.arg("--release");
    }
    trunk.arg("--dist").arg(dist);
    Ok(trunk)
}
