//! `bench`: what long conversations cost a reader on a slow device, in the end-to-end tests' browser.

use anyhow::Result;

use crate::{
    cli::Measured,
    end_to_end::Built,
    engine::Engine,
    page::Profile,
    process,
    setup::{self, Need},
    site::Site,
};

/// Builds the released widget and what is around it, measures, and prints the table.
///
/// # Errors
/// When a tool cannot be installed, or a build or the measuring fails.
pub fn run(site: &Site, part: Option<Measured>) -> Result<()> {
    let ready = setup::ensure(site, Need::Test(Some(Engine::Chromium)))?;
    let mut cargo = Built::new(site, &ready, Profile::Release)?.cargo(site, &ready, Engine::Chromium)?;
    cargo.args(["run", "--package", "maqal-e2e", "--bin", "bench", "--"]);
    process::run(cargo.args(part.map(Measured::word)))
}
