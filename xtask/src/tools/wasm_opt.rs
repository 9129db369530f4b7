//! Binaryen's `wasm-opt`, from the npm package that carries it as a native program.

use std::path::PathBuf;

use anyhow::Result;

use super::{State, Tool};
use crate::{find, npm, site::Site};

/// The version that Trunk.toml asks for.
const MAJOR: u64 = 132;

/// Makes the released wasm smaller. See <https://github.com/WebAssembly/binaryen>.
#[derive(Debug)]
pub struct WasmOpt;

fn folder(site: &Site) -> PathBuf {
    site.cache.join("tools").join(format!("binaryen-{MAJOR}.0.0"))
}

impl Tool for WasmOpt {
    fn name(&self) -> &'static str {
        "wasm-opt"
    }

    fn wanted(&self, _site: &Site) -> String {
        MAJOR.to_string()
    }

    fn find(&self, site: &Site) -> State {
        let folder = folder(site).join("node_modules/.bin");
        find::on_path_or_in(self.programs(), &folder, |version, _| version.major == MAJOR)
    }

    fn plan(&self, site: &Site) -> String {
        format!("wasm-opt {MAJOR} (npm's binaryen) into {} (seconds)", folder(site).display())
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        npm::debian_packages()
    }

    fn install(&self, site: &Site) -> Result<()> {
        npm::install(&[&format!("binaryen@{MAJOR}.0.0")], &folder(site))
    }

    fn mend(&self, _site: &Site) -> String {
        format!("npm install --global binaryen@{MAJOR}")
    }

    fn programs(&self) -> &'static [&'static str] {
        &["wasm-opt"]
    }
}
