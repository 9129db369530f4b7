//! What the end-to-end tests, the pictures and the benchmark need: a built page, a built endpoint, a browser and its driver.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Result;

use crate::{
    endpoint,
    page::{self, Profile},
    process,
    setup::Ready,
    site::Site,
    tools::{
        axe::Axe,
        browser::{Browser, Driver},
    },
};

/// Builds the page and the endpoint, and gives a cargo command whose environment names them. The page goes to a folder of its own in
/// the target folder, so that a `dist/` ready to be published stays as it is.
///
/// # Errors
/// When a build fails.
pub fn prepare(site: &Site, ready: &Ready, profile: Profile) -> Result<Command> {
    let dist = page(site, ready, profile)?;
    process::run(&mut endpoint::build(site, ready)?)?;
    let mut cargo = ready.command(site, "cargo")?;
    cargo
        .env("MAQAL_E2E_DIST", dist)
        .env("MAQAL_E2E_SERVER", endpoint::program()?)
        .env("MAQAL_E2E_CHROMEDRIVER", ready.path_of(&Driver)?)
        .env("MAQAL_E2E_CHROMIUM", ready.path_of(&Browser)?)
        .env("MAQAL_E2E_AXE", ready.path_of(&Axe)?)
        .env("MAQAL_E2E_MATRIX", matrix()?);
    Ok(cargo)
}

/// Builds the page, and gives its folder.
///
/// # Errors
/// When the build fails.
pub fn page(site: &Site, ready: &Ready, profile: Profile) -> Result<PathBuf> {
    let folder = match profile {
        Profile::Dev => "e2e-dist",
        Profile::Release => "release-dist",
    };
    let dist = endpoint::target_folder()?.join(folder);
    process::run(&mut page::build(site, ready, profile, &dist)?)?;
    Ok(dist)
}

/// Where the tests write the table of comments lost and doubled.
///
/// # Errors
/// When the target folder cannot be found.
pub fn matrix() -> Result<PathBuf> {
    Ok(endpoint::target_folder()?.join("fault-matrix.md"))
}

/// Runs the tests by `run`, and prints the table that they wrote: the test runner keeps to itself what a passing test prints.
///
/// # Errors
/// What `run` returns, and where the target folder cannot be found.
pub fn with_matrix<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    let path = matrix()?;
    // One of an earlier run says nothing of this one.
    let _ = fs::remove_file(&path);
    let ran = run();
    match fs::read_to_string(&path) {
        Ok(table) => println!("\n{table}"),
        Err(_) => println!("\nThe fault matrix was not played to its end: there is no table."),
    }
    ran
}
