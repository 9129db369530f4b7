//! Links from where plain `trunk` and `wasm-pack` look into our cache. Nothing of the user's own is ever overwritten.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{site::Site, tools::Tool};

/// A link to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where the link will be.
    pub at: PathBuf,
    /// The program in our cache.
    pub to: PathBuf,
}

/// The links that are missing for a tool that was found at `path`. None when it is on PATH by the user's own doing.
pub fn missing(site: &Site, tool: &dyn Tool, path: &Path) -> Vec<Link> {
    if !path.starts_with(&site.cache) {
        return Vec::new();
    }
    let Some(folder) = path.parent() else { return Vec::new() };
    let links = tool.programs().iter().flat_map(|program| {
        let to = folder.join(program);
        places(site, program).into_iter().map(move |at| Link { at, to: to.clone() })
    });
    links.filter(|link| fs::read_link(&link.at).ok().as_ref() != Some(&link.to)).collect()
}

/// Makes a link and the folder it lies in.
///
/// # Errors
/// When the file system refuses.
pub fn make(link: &Link) -> Result<()> {
    if let Some(folder) = link.at.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    // Only ever a link of our own is in the way: `places` gives no others.
    if fs::symlink_metadata(&link.at).is_ok() {
        fs::remove_file(&link.at).with_context(|| format!("cannot replace {}", link.at.display()))?;
    }
    symlink(&link.to, &link.at).with_context(|| format!("cannot link {}", link.at.display()))
}

/// Where a link makes plain commands find `program`: cargo's folder of programs, or where the user has another version on PATH, the
/// folders that Trunk and wasm-pack keep by version (Trunk: `src/tools.rs`, wasm-pack: `src/install/mod.rs`).
fn places(site: &Site, program: &str) -> Vec<PathBuf> {
    let in_cargo_bin = site.cargo_bin.join(program);
    let taken = which::which(program).is_ok_and(|found| found != in_cargo_bin) || !is_free(site, &in_cargo_bin);
    let places = if taken { by_version(site, program) } else { vec![in_cargo_bin] };
    places.into_iter().filter(|place| is_free(site, place)).collect()
}

fn by_version(site: &Site, program: &str) -> Vec<PathBuf> {
    let version = &site.wasm_bindgen;
    let trunk = site.user_cache.join("trunk");
    let wasm_pack = site.user_cache.join(".wasm-pack").join(format!("wasm-bindgen-cargo-install-{version}"));
    match program {
        "wasm-bindgen" => {
            vec![trunk.join(format!("wasm-bindgen-{version}/wasm-bindgen")), wasm_pack.join(program)]
        }
        "wasm-bindgen-test-runner" => vec![wasm_pack.join(program)],
        "wasm-opt" => vec![trunk.join("wasm-opt-version_132/bin/wasm-opt")],
        _ => Vec::new(),
    }
}

/// Nothing there, or a link into our cache.
fn is_free(site: &Site, place: &Path) -> bool {
    match fs::read_link(place) {
        Ok(to) => to.starts_with(&site.cache),
        Err(_) => !place.exists(),
    }
}
