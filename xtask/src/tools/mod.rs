//! The tools that the tasks need: one file each says how it is found, what would be installed, and how.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::site::Site;

pub mod axe;
pub mod bench_peers;
pub mod browser;
pub mod built;
pub mod esbuild;
pub mod fonts;
pub mod package_tests;
pub mod packaged;
pub mod std_source;
pub mod wasm_opt;
pub mod wasm_target;
pub mod wordpress;

/// What was found of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There, and fit.
    Ready {
        /// As the tool says it, for people.
        version: String,
        /// The program, or the folder where there is no single one.
        path: PathBuf,
    },
    /// There, but not fit for us.
    Unfit {
        /// As the tool says it, for people.
        version: String,
        /// The program.
        path: PathBuf,
    },
    /// Not there.
    Missing,
}

impl State {
    /// The program, when it is fit.
    pub fn ready_path(&self) -> Option<&Path> {
        match self {
            Self::Ready { path, .. } => Some(path),
            Self::Unfit { .. } | Self::Missing => None,
        }
    }
}

/// One tool.
pub trait Tool {
    /// Its name, as people say it.
    fn name(&self) -> &'static str;
    /// The version that is fit, for people.
    fn wanted(&self, site: &Site) -> String;
    /// Looks for it, without the network and without changing anything.
    fn find(&self, site: &Site) -> State;
    /// One line that says what will be installed, where and how long it takes.
    fn plan(&self, site: &Site) -> String;
    /// Debian's packages that `install` needs; they are installed all at once before.
    fn debian_packages(&self) -> &'static [&'static str] {
        &[]
    }
    /// Installs it.
    ///
    /// # Errors
    /// When an installer fails, or this machine has no way to install it.
    fn install(&self, site: &Site) -> Result<()>;
    /// A command line that mends it when it is missing, for a person to paste.
    fn mend(&self, _site: &Site) -> String {
        "cargo xtask doctor --mend".to_owned()
    }
    /// The programs that plain `trunk` and `wasm-pack` look for; what is in our cache is linked to where they look.
    fn programs(&self) -> &'static [&'static str] {
        &[]
    }
}
