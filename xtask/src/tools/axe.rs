//! axe-core, which finds flaws of accessibility in a page: a script that the end-to-end tests run in it.

use std::path::PathBuf;

use anyhow::Result;

use super::{State, Tool};
use crate::{npm, site::Site};

/// The version whose rules hold; another one may find other flaws.
const VERSION: &str = "4.14.1";

/// The rules of accessibility that a machine can check. See <https://github.com/dequelabs/axe-core>.
#[derive(Debug)]
pub struct Axe;

fn folder(site: &Site) -> PathBuf {
    site.cache.join("tools").join(["axe-core-", VERSION].concat())
}

impl Tool for Axe {
    fn name(&self) -> &'static str {
        "axe-core"
    }

    fn wanted(&self, _site: &Site) -> String {
        VERSION.to_owned()
    }

    fn find(&self, site: &Site) -> State {
        let path = folder(site).join("node_modules/axe-core/axe.min.js");
        if path.is_file() { State::Ready { version: VERSION.to_owned(), path } } else { State::Missing }
    }

    fn plan(&self, site: &Site) -> String {
        format!("npm's axe-core {VERSION} into {} (seconds)", folder(site).display())
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        npm::debian_packages()
    }

    fn install(&self, site: &Site) -> Result<()> {
        npm::install(&[&["axe-core@", VERSION].concat()], &folder(site))
    }
}
