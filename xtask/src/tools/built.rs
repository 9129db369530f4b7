//! The tools that `cargo install` builds into the cache: Trunk, wasm-bindgen's command line, wasm-pack and geckodriver.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use semver::Version;

use super::{State, Tool};
use crate::{
    debian_toolchain, find,
    process::{command, command_line, path_with, run},
    site::Site,
};

/// A tool from crates.io.
#[derive(Debug)]
pub struct Built {
    /// The package on crates.io.
    package: &'static str,
    /// The programs it brings; the first is asked for its version.
    programs: &'static [&'static str],
    /// The version to build.
    version: fn(&Site) -> Version,
    /// Whether no other version will do. Otherwise a later patch of the same minor version does too.
    exact: bool,
    /// How much the compiler optimises. The tools' own profiles (fat LTO, one codegen unit) build twice as long.
    opt_level: &'static str,
    /// How long the build takes on two cores, for people.
    duration: &'static str,
}

/// Builds and serves the page. See <https://trunkrs.dev>.
pub const TRUNK: Built = Built {
    package: "trunk",
    programs: &["trunk"],
    version: |_| Version::new(0, 21, 14),
    exact: false,
    opt_level: "1",
    duration: "3 to 6 min",
};

/// Makes the glue between JavaScript and wasm; must be of the very version that the widget is linked with.
/// See <https://wasm-bindgen.github.io/wasm-bindgen/reference/cli.html>.
pub const WASM_BINDGEN: Built = Built {
    package: "wasm-bindgen-cli",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    version: |site| site.wasm_bindgen.clone(),
    exact: true,
    opt_level: "2",
    duration: "1 to 3 min",
};

/// Runs the browser tests. See <https://wasm-bindgen.github.io/wasm-pack/book/commands/test.html>.
pub const WASM_PACK: Built = Built {
    package: "wasm-pack",
    programs: &["wasm-pack"],
    version: |_| Version::new(0, 15, 1),
    exact: false,
    opt_level: "1",
    duration: "1 to 2 min",
};

/// Steers Firefox. See <https://firefox-source-docs.mozilla.org/testing/geckodriver/>.
pub const GECKODRIVER: Built = Built {
    package: "geckodriver",
    programs: &["geckodriver"],
    version: |_| Version::new(0, 37, 1),
    exact: false,
    // It passes messages on, and does nothing else.
    opt_level: "0",
    duration: "1 to 2 min",
};

impl Built {
    fn folder(&self, site: &Site) -> PathBuf {
        site.cache.join("tools").join(format!("{}-{}", self.package, (self.version)(site)))
    }

    fn is_fit(&self, found: &Version, site: &Site) -> bool {
        let wanted = (self.version)(site);
        if self.exact {
            return *found == wanted;
        }
        (found.major, found.minor) == (wanted.major, wanted.minor) && *found >= wanted
    }
}

impl Tool for Built {
    fn name(&self) -> &'static str {
        self.package
    }

    fn wanted(&self, site: &Site) -> String {
        (self.version)(site).to_string()
    }

    fn find(&self, site: &Site) -> State {
        let is_fit = |version: &Version, path: &Path| {
            self.is_fit(version, site) && self.programs.iter().all(|name| path.with_file_name(name).exists())
        };
        find::on_path_or_in(self.programs, &self.folder(site).join("bin"), is_fit)
    }

    fn plan(&self, site: &Site) -> String {
        format!(
            "{} {} built by `cargo install` into {} ({})",
            self.package,
            (self.version)(site),
            self.folder(site).display(),
            self.duration
        )
    }

    fn install(&self, site: &Site) -> Result<()> {
        // A build needs its own package's lock file at times (newer dependencies do not compile), and at times cannot have it (a
        // registry that lags behind); and the default compiler may be too old. So each way is tried in turn.
        let mut ways = vec![(None, true), (None, false)];
        if let Some(folder) = debian_toolchain::ready(site) {
            ways.extend([(Some(folder.clone()), true), (Some(folder), false)]);
        }
        let target = site.cache.join("build").join(self.package);
        let mut result = Ok(());
        for (toolchain, locked) in ways {
            let mut cargo = self.cargo_install(site, toolchain.as_deref(), locked, &target)?;
            println!("{}", command_line(&cargo));
            result = run(&mut cargo);
            match &result {
                Ok(()) => break,
                Err(error) => println!("{error}; trying another way."),
            }
        }
        if target.exists() {
            fs::remove_dir_all(&target).with_context(|| format!("cannot remove {}", target.display()))?;
        }
        result
    }

    fn mend(&self, site: &Site) -> String {
        format!("cargo install --locked {}@{}", self.package, (self.version)(site))
    }

    fn programs(&self) -> &'static [&'static str] {
        self.programs
    }
}

impl Built {
    fn cargo_install(&self, site: &Site, toolchain: Option<&Path>, locked: bool, target: &Path) -> Result<Command> {
        let mut cargo = match toolchain {
            Some(folder) => {
                let mut cargo = command(folder.join("bin/cargo"));
                cargo.env("PATH", path_with(&[folder.join("bin")])?);
                cargo
            }
            None => command("cargo"),
        };
        // Started in the cache, outside every checkout: no toolchain file and no cargo configuration of a project counts here.
        cargo.current_dir(&site.cache).arg("install");
        if locked {
            cargo.arg("--locked");
        }
        cargo.args([self.package, "--version", &(self.version)(site).to_string(), "--root"]).arg(self.folder(site));
        cargo
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
        Ok(cargo)
    }
}
