//! What the end-to-end tests, the pictures and the benchmark need: a built page, a built endpoint, a browser and its driver.

use std::process::Command;

use anyhow::Result;

use crate::{
    endpoint,
    page::{self, Profile},
    process,
    setup::Ready,
    site::Site,
    tools::browser::{Browser, Driver},
};

/// Builds the page and the endpoint, and gives a cargo command whose environment names them. The page goes to a folder of its own in
/// the target folder, so that a `dist/` ready to be published stays as it is.
///
/// # Errors
/// When a build fails.
pub fn prepare(site: &Site, ready: &Ready, profile: Profile) -> Result<Command> {
    let folder = match profile {
        Profile::Dev => "e2e-dist",
        Profile::Release => "bench-dist",
    };
    let dist = endpoint::target_folder()?.join(folder);
    process::run(&mut page::build(site, ready, profile, &dist)?)?;
    process::run(&mut endpoint::build(site, ready)?)?;
    let mut cargo = ready.command(site, "cargo")?;
    cargo
        .env("MAQAL_E2E_DIST", dist)
        .env("MAQAL_E2E_SERVER", endpoint::program()?)
        .env("MAQAL_E2E_CHROMEDRIVER", ready.path_of(&Driver)?)
        .env("MAQAL_E2E_CHROMIUM", ready.path_of(&Browser)?);
    Ok(cargo)
}
