//! Reads a package's version from Cargo.lock.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use semver::Version;

/// The version of `package` in the lock file at `path`.
///
/// # Errors
/// When the file cannot be read, or does not name the package with a valid version.
pub fn version_in(path: &Path, package: &str) -> Result<Version> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    version_of(&text, package)
        .with_context(|| format!("{} names no {package}; run `cargo generate-lockfile`", path.display()))
}

/// Cargo writes one `name` and then one `version` line in each `[[package]]`, always in this form, so that a TOML parser
/// (which the bare machine would have to compile first) has nothing to add.
fn version_of(lock: &str, package: &str) -> Option<Version> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| line.trim() != name);
    lines.next()?;
    let version = lines.next()?.trim().strip_prefix("version = \"")?.strip_suffix('"')?;
    Version::parse(version).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"0.2.9\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";

    #[test]
    fn a_package_is_found_by_its_whole_name() {
        assert_eq!(version_of(LOCK, "wasm-bindgen"), Some(Version::new(0, 2, 130)));
        assert_eq!(version_of(LOCK, "wasm-bindgen-shared"), Some(Version::new(0, 2, 9)));
    }

    #[test]
    fn a_package_that_is_not_there_has_no_version() {
        assert_eq!(version_of(LOCK, "wasm"), None);
        assert_eq!(version_of("[[package]]\nname = \"wasm-bindgen\"\n", "wasm-bindgen"), None);
    }
}
