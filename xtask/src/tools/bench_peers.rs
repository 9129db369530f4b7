//! The comment widgets that the benchmark measures beside Maqal: three from npm, and Isso with its server from PyPI.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{State, Tool};
use crate::{
    npm,
    process::{command, command_line, run},
    site::Site,
};

const NPM: [&str; 3] = ["@waline/client@3.15.2", "artalk@2.9.1", "twikoo@1.7.9"];
const PYPI: [&str; 1] = ["isso==0.14.0"];

/// The folder of Isso's virtual environment, beside `node_modules`.
const ISSO: &str = "isso";

/// Written once all of them are there: their names.
const MARK: &str = "installed.txt";

/// The widgets, in one folder.
#[derive(Debug)]
pub struct BenchPeers;

fn folder(site: &Site) -> PathBuf {
    site.cache.join("tools").join("bench-peers")
}

fn names() -> String {
    NPM.into_iter().chain(PYPI).collect::<Vec<_>>().join("\n")
}

fn has_python() -> bool {
    which::which("python3").is_ok()
}

/// Makes a virtual environment in `folder`, with Isso in it.
fn install_isso(folder: &Path) -> Result<()> {
    if !has_python() {
        bail!("{} comes from PyPI, and there is no Python here: install python3", PYPI.join(", "));
    }
    let mut environment = command("python3");
    environment.args(["-m", "venv", "--clear"]).arg(folder);
    let mut pip = command(folder.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]).args(PYPI);
    for step in [&mut environment, &mut pip] {
        println!("{}", command_line(step));
        run(step)?;
    }
    Ok(())
}

impl Tool for BenchPeers {
    fn name(&self) -> &'static str {
        "peers of the benchmark"
    }

    fn wanted(&self, _site: &Site) -> String {
        format!("{} of one version each", NPM.len() + PYPI.len())
    }

    fn find(&self, site: &Site) -> State {
        let path = folder(site);
        match fs::read_to_string(path.join(MARK)) {
            Ok(installed) if installed == names() => {
                State::Ready { version: format!("{} of them", NPM.len() + PYPI.len()), path }
            }
            _ => State::Missing,
        }
    }

    fn plan(&self, site: &Site) -> String {
        format!(
            "npm's {} and PyPI's {} into {} (1 min, 150 MB)",
            NPM.join(", "),
            PYPI.join(", "),
            folder(site).display()
        )
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        match (npm::debian_packages().is_empty(), has_python()) {
            (true, true) => &[],
            (true, false) => &["python3", "python3-venv"],
            (false, true) => &["nodejs", "npm"],
            (false, false) => &["nodejs", "npm", "python3", "python3-venv"],
        }
    }

    fn install(&self, site: &Site) -> Result<()> {
        let path = folder(site);
        npm::install(&NPM, &path)?;
        install_isso(&path.join(ISSO))?;
        fs::write(path.join(MARK), names()).with_context(|| format!("cannot write into {}", path.display()))
    }
}
