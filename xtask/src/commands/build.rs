//! `build`: `dist/`, ready to be copied to any static host.

use anyhow::Result;

use crate::{
    page::{self, Profile},
    process,
    setup::{self, Need},
    site::Site,
};

/// Builds `dist/`, for publishing or (quicker) for looking at.
///
/// # Errors
/// When a tool cannot be installed or the build fails.
pub fn run(site: &Site, profile: Profile) -> Result<()> {
    let need = match profile {
        Profile::Dev => Need::Serve,
        Profile::Release => Need::Build,
        Profile::Distribution => Need::Distribution,
    };
    let ready = setup::ensure(site, need)?;
    let dist = site.dist();
    process::run(&mut page::build(site, &ready, profile, &dist)?)?;
    println!("Built {}", dist.display());
    Ok(())
}
