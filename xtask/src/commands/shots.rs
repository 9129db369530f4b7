//! `shots`: pictures of the card in its states, taken by the end-to-end tests' browser.

use anyhow::Result;

use crate::{
    end_to_end::Built,
    engine::Engine,
    page::Profile,
    process,
    setup::{self, Need},
    site::Site,
};

/// Builds what is needed and takes the pictures.
///
/// # Errors
/// When a tool cannot be installed, or a build or the taking fails.
pub fn run(site: &Site) -> Result<()> {
    let ready = setup::ensure(site, Need::Test(Some(Engine::Chromium)))?;
    let mut cargo = Built::new(site, &ready, Profile::Dev)?.cargo(site, &ready, Engine::Chromium)?;
    process::run(cargo.args(["run", "--package", "maqal-e2e", "--bin", "shots"]))
}
