//! What the tests of the npm package and of the recipes need from npm: TypeScript, frameworks with their types, bundlers, and
//! what Ghost renders posts and themes with; and what hosts bring along that patches built-ins.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use super::{State, Tool};
use crate::{npm, site::Site};

const PACKAGES: [&str; 22] = [
    "@hotwired/turbo@8.0.23",
    "@sveltejs/vite-plugin-svelte@7.3.1",
    "@tryghost/kg-default-nodes@2.2.1",
    "@tryghost/kg-lexical-html-renderer@1.5.1",
    "@types/react@19.3.0",
    "@vitejs/plugin-vue@6.0.11",
    "ajv@8.20.0",
    "core-js-bundle@3.50.0",
    "custom-elements-manifest@2.1.0",
    "esbuild@0.28.2",
    "express-hbs@2.5.0",
    "gscan@6.6.1",
    "htmx.org@2.0.11",
    "react@19.3.1",
    "react-dom@19.3.1",
    "requirejs@2.3.8",
    "ses@2.3.0",
    "svelte@5.57.3",
    "typescript@7.0.2",
    "vite@8.3.8",
    "vue@3.5.45",
    "zone.js@0.16.3",
];

/// Written once all of them are there: their names.
const MARK: &str = "installed.txt";

/// The packages, in one folder.
#[derive(Debug)]
pub struct PackageTests;

fn folder(site: &Site) -> PathBuf {
    site.cache.join("tools").join("package-tests")
}

impl Tool for PackageTests {
    fn name(&self) -> &'static str {
        "npm packages for tests"
    }

    fn wanted(&self, _site: &Site) -> String {
        format!("{} of one version each", PACKAGES.len())
    }

    fn find(&self, site: &Site) -> State {
        let path = folder(site);
        match fs::read_to_string(path.join(MARK)) {
            Ok(installed) if installed == PACKAGES.join("\n") => {
                State::Ready { version: format!("{} of them", PACKAGES.len()), path }
            }
            _ => State::Missing,
        }
    }

    fn plan(&self, site: &Site) -> String {
        format!("npm's {} into {} (1 min, 200 MB)", PACKAGES.join(", "), folder(site).display())
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        npm::debian_packages()
    }

    fn install(&self, site: &Site) -> Result<()> {
        let path = folder(site);
        npm::install(&PACKAGES, &path)?;
        fs::write(path.join(MARK), PACKAGES.join("\n")).with_context(|| format!("cannot write into {}", path.display()))
    }
}
