//! The places xtask works with: the checkout, the per-user cache, and cargo's folder for programs.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use semver::Version;

use crate::lockfile;

/// Where things are, found once at start.
#[derive(Debug, Clone)]
pub struct Site {
    /// The top folder of the checkout.
    pub root: PathBuf,
    /// `${XDG_CACHE_HOME:-~/.cache}/maqal`: what we build once per user and every checkout shares.
    pub cache: PathBuf,
    /// The user's cache folder, where Trunk and wasm-pack keep theirs.
    pub user_cache: PathBuf,
    /// `$CARGO_HOME/bin`: on PATH because cargo is.
    pub cargo_bin: PathBuf,
    /// The `wasm-bindgen` that Cargo.lock names; its command-line tool must be of the same version.
    pub wasm_bindgen: Version,
}

impl Site {
    /// Finds the places from the environment and reads Cargo.lock.
    ///
    /// # Errors
    /// When `HOME` is not set, or when Cargo.lock cannot be read or names no `wasm-bindgen`.
    pub fn find() -> Result<Self> {
        // Cargo sets this at run time too; the compile-time value could name another clone with a shared target folder.
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().unwrap_or(Path::new(".")).to_path_buf();
        let home = env::home_dir().context("HOME is not set, so there is no place for the tools' cache")?;
        // The XDG base directory specification says that a relative path is to be ignored.
        let user_cache = env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .unwrap_or_else(|| home.join(".cache"));
        let cargo_bin = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from).join("bin");
        let wasm_bindgen = lockfile::version_in(&root.join("Cargo.lock"), "wasm-bindgen")?;
        Ok(Self { root, cache: user_cache.join("maqal"), user_cache, cargo_bin, wasm_bindgen })
    }

    /// What `build` writes: the demo page and what third parties include.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The demo endpoint's SQLite file, in a folder of its own: Trunk.toml tells the watcher to pass over it.
    pub fn database(&self) -> PathBuf {
        self.root.join("data/maqal.db")
    }
}
