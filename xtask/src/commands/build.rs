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
    let need = if profile == Profile::Release { Need::Build } else { Need::Serve };
    let ready = setup::ensure(site, need)?;
    let dist = site.dist();
    process::run(&mut page::build(site, &ready, profile, &dist)?)?;
    println!("Built {}", dist.display());
    Ok(())
}
