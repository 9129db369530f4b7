//! The checkout's `rust-toolchain.toml` (git-ignored): names the toolchain folder in the cache, so that plain `cargo`, `trunk` and
//! `wasm-pack` in the checkout use it too. See <https://rust-lang.github.io/rustup/overrides.html#path>.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::site::Site;

const FIRST_LINE: &str = "# Written by `cargo xtask`; delete it to use rustup's default toolchain again.";

/// Names `folder` as the checkout's toolchain.
///
/// # Errors
/// When there is such a file that we did not write, or it cannot be written.
pub fn write(site: &Site, folder: &Path) -> Result<()> {
    let path = path(site);
    if path.exists() && !is_ours(&path)? {
        bail!(
            "{} is your own and the toolchain it names has no wasm32-unknown-unknown target: add the target to it, or delete the file",
            path.display()
        );
    }
    println!("{} names {}", path.display(), folder.display());
    fs::write(&path, text_for(folder)).with_context(|| format!("cannot write {}", path.display()))
}

/// Removes the file when we wrote it.
///
/// # Errors
/// When it cannot be read or removed.
pub fn remove_ours(site: &Site) -> Result<()> {
    let path = path(site);
    if path.exists() && is_ours(&path)? {
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Whether the checkout has such a file of ours.
pub fn is_written(site: &Site) -> bool {
    is_ours(&path(site)).unwrap_or(false)
}

fn path(site: &Site) -> PathBuf {
    site.root.join("rust-toolchain.toml")
}

fn is_ours(path: &Path) -> Result<bool> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.starts_with(FIRST_LINE)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn text_for(folder: &Path) -> String {
    // A TOML basic string: the backslash and the quote are escaped.
    let folder = folder.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
    format!("{FIRST_LINE}\n[toolchain]\npath = \"{folder}\"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_names_the_folder_and_says_who_wrote_it() {
        let text = text_for(Path::new("/home/a \"b\"/toolchain-1.96.0"));
        assert!(text.starts_with(FIRST_LINE));
        assert!(text.ends_with("[toolchain]\npath = \"/home/a \\\"b\\\"/toolchain-1.96.0\"\n"), "{text}");
    }
}
