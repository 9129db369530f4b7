//! Trunk: builds and serves the demo page with the widget.

use std::{env, path::Path, process::Command};

use anyhow::Result;

use crate::{endpoint, setup::Ready, site::Site};

/// Optimised for size, or quick to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Dev,
    /// What `trunk build --release` makes, with the compiler's own standard library.
    Release,
    /// What is published: smaller, with a standard library of its own. It is built for minutes.
    Distribution,
}

/// How the distribution is compiled, as cargo's environment. A panic ends the instance at once, without its words: the guard
/// in the glue sees the trap. See <https://doc.rust-lang.org/cargo/reference/unstable.html#build-std>.
const SMALLEST: [(&str, &str); 4] = [
    // The stable compiler takes unstable flags where it is told that it bootstraps.
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Csymbol-mangling-version=v0",
    ),
];

impl Profile {
    /// Its name, for people and in `size-budget.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
            Self::Distribution => "distribution",
        }
    }
}

/// A Trunk command in the checkout.
///
/// # Errors
/// When a folder's name holds the separator of `PATH`.
pub fn trunk(site: &Site, ready: &Ready, arguments: &[&str]) -> Result<Command> {
    let mut trunk = ready.command(site, "trunk")?;
    // The look for a newer Trunk needs the network.
    trunk.args(arguments).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk takes only `true` or `false` here, and stops at the usual `NO_COLOR=1` (see https://no-color.org).
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// A command that builds the page into `dist`.
///
/// # Errors
/// As [`trunk`].
pub fn build(site: &Site, ready: &Ready, profile: Profile, dist: &Path) -> Result<Command> {
    let mut trunk = trunk(site, ready, &["build"])?;
    if profile != Profile::Dev {
        trunk.arg("--release");
    }
    if profile == Profile::Distribution {
        // In a folder of its own: with other flags each other build would begin anew.
        let target = endpoint::target_folder()?.join("distribution");
        trunk.envs(SMALLEST).env("CARGO_TARGET_DIR", target);
    }
    trunk.arg("--dist").arg(dist);
    Ok(trunk)
}
