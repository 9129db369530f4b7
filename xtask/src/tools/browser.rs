//! Chromium and its driver, for the browser tests.

use anyhow::{Result, bail};

use super::{State, Tool};
use crate::{debian, find, site::Site};

/// Chromium, or Chrome.
#[derive(Debug)]
pub struct Browser;

/// The WebDriver server that steers [`Browser`]; of the same major version.
#[derive(Debug)]
pub struct Driver;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const BROWSER_PACKAGES: &[&str] = &["chromium"];
const DRIVER_PACKAGES: &[&str] = &["chromium-driver"];

impl Tool for Browser {
    fn name(&self) -> &'static str {
        "chromium"
    }

    fn wanted(&self, _site: &Site) -> String {
        "any".to_owned()
    }

    fn find(&self, _site: &Site) -> State {
        let Some(path) = BROWSERS.iter().find_map(|name| which::which(name).ok()) else { return State::Missing };
        match find::version_of(&path) {
            Some(version) => State::Ready { version: version.to_string(), path },
            None => State::Unfit { version: "does not run".to_owned(), path },
        }
    }

    fn plan(&self, _site: &Site) -> String {
        "Debian's package chromium (1 min)".to_owned()
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        BROWSER_PACKAGES
    }

    fn install(&self, site: &Site) -> Result<()> {
        if self.find(site).ready_path().is_none() {
            bail!("Chromium does not run: install Chromium or Chrome by hand");
        }
        Ok(())
    }

    fn mend(&self, _site: &Site) -> String {
        debian::install_line(BROWSER_PACKAGES)
    }
}

impl Tool for Driver {
    fn name(&self) -> &'static str {
        "chromedriver"
    }

    fn wanted(&self, site: &Site) -> String {
        match Browser.find(site) {
            State::Ready { version, .. } => format!("{} like chromium", version.split('.').next().unwrap_or_default()),
            State::Unfit { .. } | State::Missing => "like chromium".to_owned(),
        }
    }

    fn find(&self, site: &Site) -> State {
        let Ok(path) = which::which("chromedriver") else { return State::Missing };
        let Some(version) = find::version_of(&path) else {
            return State::Unfit { version: "does not run".to_owned(), path };
        };
        let browser = Browser.find(site).ready_path().and_then(find::version_of);
        match browser {
            Some(browser) if browser.major != version.major => State::Unfit { version: version.to_string(), path },
            _ => State::Ready { version: version.to_string(), path },
        }
    }

    fn plan(&self, _site: &Site) -> String {
        "Debian's package chromium-driver (seconds)".to_owned()
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        DRIVER_PACKAGES
    }

    fn install(&self, site: &Site) -> Result<()> {
        match self.find(site) {
            State::Ready { .. } => Ok(()),
            State::Unfit { version, path } => bail!(
                "{} is {version} and drives no browser of version {}: bring one of the two up to date",
                path.display(),
                self.wanted(site)
            ),
            State::Missing => bail!("chromedriver is not on PATH: install it by hand, of the version of your Chromium"),
        }
    }

    fn mend(&self, _site: &Site) -> String {
        debian::install_line(DRIVER_PACKAGES)
    }
}
