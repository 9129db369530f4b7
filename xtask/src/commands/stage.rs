//! `stage`: Trunk's hook after a build (Trunk.toml). See <https://trunkrs.dev/assets/#hooks>.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::distribution;

/// Finishes the widget's files in Trunk's staging folder.
///
/// # Errors
/// When Trunk has not called this, or a file cannot be read or written, or the glue is not as we know it.
pub fn run() -> Result<()> {
    let is_released = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let esbuild = if is_released { which::which("esbuild").ok() } else { None };
    if is_released && esbuild.is_none() {
        println!(
            "There is no esbuild here: scripts are larger than they are published (`cargo xtask doctor` says more)."
        );
    }
    let source = folder("TRUNK_SOURCE_DIR")?;
    let finished = distribution::finish(&source, &folder("TRUNK_STAGING_DIR")?, esbuild.as_deref())?;
    let kept = distribution::kept_card(&source, &finished.folder);
    fs::create_dir_all(kept.parent().unwrap_or(&kept)).with_context(|| format!("cannot keep {}", kept.display()))?;
    fs::write(&kept, finished.card).with_context(|| format!("cannot write {}", kept.display()))
}

fn folder(variable: &str) -> Result<PathBuf> {
    let folder = env::var_os(variable).with_context(|| format!("{variable} is not set: this is a hook of Trunk's"))?;
    Ok(folder.into())
}
