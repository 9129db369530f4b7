//! esbuild, which makes the scripts that are published small.

use std::path::PathBuf;

use anyhow::Result;

use super::{State, Tool};
use crate::{find, npm, site::Site};

/// The version that is known to leave our scripts as they mean it; a later patch does too.
const VERSION: &str = "0.28.2";

/// Shortens names in scripts and leaves out what nothing uses. See <https://esbuild.github.io/api/#minify>.
#[derive(Debug)]
pub struct Esbuild;

fn folder(site: &Site) -> PathBuf {
    site.cache.join("tools").join(["esbuild-", VERSION].concat())
}

impl Tool for Esbuild {
    fn name(&self) -> &'static str {
        "esbuild"
    }

    fn wanted(&self, _site: &Site) -> String {
        VERSION.to_owned()
    }

    fn find(&self, site: &Site) -> State {
        let folder = folder(site).join("node_modules/.bin");
        find::on_path_or_in(self.programs(), &folder, |version, _| version.to_string() == VERSION)
    }

    fn plan(&self, site: &Site) -> String {
        format!("esbuild {VERSION} (npm) into {} (seconds)", folder(site).display())
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        npm::debian_packages()
    }

    fn install(&self, site: &Site) -> Result<()> {
        npm::install(&[&["esbuild@", VERSION].concat()], &folder(site))
    }

    fn mend(&self, _site: &Site) -> String {
        format!("npm install --global esbuild@{VERSION}")
    }

    fn programs(&self) -> &'static [&'static str] {
        &["esbuild"]
    }
}
