//! The Rust compiler with the `wasm32-unknown-unknown` target.

use std::{fs, path::PathBuf};

use anyhow::{Result, bail};
use semver::Version;

use super::{State, Tool};
use crate::{
    debian, debian_toolchain,
    process::{command, output_of, run},
    site::Site,
    toolchain_file, version,
};

/// The target's name in rustc.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The compiler that plain `cargo` runs in this checkout, with the standard library for [`TARGET`].
#[derive(Debug)]
pub struct WasmTarget;

impl Tool for WasmTarget {
    fn name(&self) -> &'static str {
        "rust for wasm32"
    }

    fn wanted(&self, _site: &Site) -> String {
        format!("{} or later", minimum())
    }

    fn find(&self, site: &Site) -> State {
        let rustc = |arguments: &[&str]| output_of(command("rustc").args(arguments).current_dir(&site.root));
        let Some(text) = rustc(&["--version"]) else { return State::Missing };
        let Some(found) = version::first_in(&text) else { return State::Missing };
        let Some(sysroot) = rustc(&["--print", "sysroot"]).map(|text| PathBuf::from(text.trim())) else {
            return State::Missing;
        };
        if found < minimum() {
            return State::Unfit { version: found.to_string(), path: sysroot };
        }
        let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
        let has_library = fs::read_dir(library)
            .is_ok_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-")));
        // A toolchain of our own goes stale when Debian brings another compiler.
        let stale = sysroot.starts_with(&site.cache) && debian_toolchain::ready(site).as_ref() != Some(&sysroot);
        if has_library && !stale {
            State::Ready { version: found.to_string(), path: sysroot }
        } else {
            State::Unfit { version: format!("{found} without {TARGET}"), path: sysroot }
        }
    }

    fn plan(&self, site: &Site) -> String {
        format!(
            "by `rustup target add {TARGET}`; on Debian, where that is not to be had, by Debian's packages {} and a toolchain folder in {} (1 to 2 min, 1 GB of packages)",
            debian_toolchain::PACKAGES.join(" "),
            site.cache.display()
        )
    }

    fn install(&self, site: &Site) -> Result<()> {
        if let Some(folder) = debian_toolchain::ready(site) {
            return toolchain_file::write(site, &folder);
        }
        // A toolchain file of ours that leads nowhere would stop rustup.
        toolchain_file::remove_ours(site)?;
        if which::which("rustup").is_err() {
            bail!(
                "the Rust compiler here has no {TARGET} target and there is no rustup to add it; install rustup (https://rustup.rs)"
            );
        }
        let added = run(command("rustup").args(["target", "add", TARGET]).current_dir(&site.root));
        if added.is_ok() && self.find(site).ready_path().is_some() {
            return Ok(());
        }
        if !debian::is_here() {
            bail!(
                "`rustup target add {TARGET}` gave no toolchain with that target (and Rust {} or later); mend that by hand, this is no Debian with apt",
                minimum()
            );
        }
        println!("rustup cannot fetch the target here: taking Debian's compiler and building the standard library.");
        let folder = debian_toolchain::build(site)?;
        toolchain_file::write(site, &folder)
    }

    fn mend(&self, site: &Site) -> String {
        // Where the file names a folder that is gone, rustup stops before xtask starts.
        match toolchain_file::is_written(site) {
            true => "rm rust-toolchain.toml; cargo xtask doctor --mend".to_owned(),
            false => "cargo xtask doctor --mend".to_owned(),
        }
    }
}

/// The workspace's `rust-version`.
fn minimum() -> Version {
    version::first_in(env!("CARGO_PKG_RUST_VERSION")).unwrap_or(Version::new(1, 89, 0))
}
