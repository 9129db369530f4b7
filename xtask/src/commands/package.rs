//! `package`: the npm package, from a build and `npm/`.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{commands::build, package, page::Profile, site::Site};

/// Puts the npm package together in the target folder, from `dist` where one is given, else from a release built for it.
///
/// # Errors
/// When the build fails, or a file is missing or not as we know it.
pub fn run(site: &Site, dist: Option<PathBuf>) -> Result<()> {
    let dist = match dist {
        Some(dist) if dist.join("integrity.json").is_file() => dist,
        Some(dist) => bail!("{} is no folder that `cargo xtask build` wrote: it has no integrity.json", dist.display()),
        None => {
            build::run(site, Profile::Release)?;
            site.dist()
        }
    };
    let out = package::folder()?;
    package::assemble(&site.root, &dist, &out)?;
    println!("Put together {}: `npm pack {}` makes the file to publish.", out.display(), out.display());
    Ok(())
}
