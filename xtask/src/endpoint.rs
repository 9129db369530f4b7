//! The reference endpoint: builds `maqal-server` and finds the program.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{setup::Ready, site::Site};

/// A command that builds the endpoint.
///
/// # Errors
/// When a folder's name holds the separator of `PATH`.
pub fn build(site: &Site, ready: &Ready) -> Result<Command> {
    let mut cargo = ready.command(site, "cargo")?;
    cargo.args(["build", "--package", "maqal-server"]);
    Ok(cargo)
}

/// Where that build puts the program.
///
/// # Errors
/// As [`target_folder`].
pub fn program() -> Result<PathBuf> {
    Ok(target_folder()?.join("debug/maqal-server"))
}

/// Cargo's target folder: this program lies in it, wherever the user has put it.
///
/// # Errors
/// When the system cannot say where this program lies.
pub fn target_folder() -> Result<PathBuf> {
    let own = env::current_exe().context("cannot find where xtask itself lies")?;
    let folder = own.parent().and_then(Path::parent);
    folder.map(Path::to_path_buf).context("xtask does not lie in a target folder")
}
