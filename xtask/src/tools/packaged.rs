//! Programs that Debian packages: the other browsers and their drivers, and what the recipes run on. None of these packages starts a
//! service.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use semver::Version;

use super::{State, Tool};
use crate::{
    debian,
    process::{command, output_of},
    site::Site,
    version,
};

/// The browser whose engine is Gecko.
pub const FIREFOX: Packaged = Packaged {
    // Debian's has a name of its own.
    programs: &["firefox-esr", "firefox"],
    elsewhere: &[],
    packages: &["firefox-esr"],
    version: Some(Asked { by: &["--version"], least: None }),
};

/// The WebDriver server of WebKitGTK.
pub const WEBKIT_DRIVER: Packaged =
    Packaged { programs: &["WebKitWebDriver"], elsewhere: &[], packages: &["webkit2gtk-driver"], version: None };

/// WebKitGTK's browser, which comes with the library.
pub const MINIBROWSER: Packaged = Packaged {
    programs: &["MiniBrowser"],
    elsewhere: &[
        "lib/{kind}/webkit2gtk-4.1/MiniBrowser",
        "lib/{kind}/webkitgtk-6.0/MiniBrowser",
        "lib/{kind}/webkit2gtk-4.0/MiniBrowser",
    ],
    packages: &["webkit2gtk-driver"],
    version: None,
};

/// An X server without a screen: WebKit has no mode without a display.
pub const XVFB: Packaged = Packaged { programs: &["Xvfb"], elsewhere: &[], packages: &["xvfb"], version: None };

/// Hugo, of the first version that reads a `hugo.toml`.
pub const HUGO: Packaged = Packaged {
    programs: &["hugo"],
    elsewhere: &[],
    packages: &["hugo"],
    version: Some(Asked { by: &["version"], least: Some((0, 110)) }),
};

/// PHP, with what WordPress asks a database by.
pub const PHP: Packaged = Packaged {
    programs: &["php"],
    elsewhere: &[],
    packages: &["php-cli", "php-mysql"],
    // Without that it says no number.
    version: Some(Asked { by: &["-r", "if (extension_loaded('mysqli')) echo PHP_VERSION;"], least: Some((7, 4)) }),
};

/// MariaDB's server, which each test starts on a folder of its own.
pub const MARIADB: Packaged = Packaged {
    programs: &["mariadbd"],
    // Not on everybody's PATH.
    elsewhere: &["sbin/mariadbd"],
    packages: &["mariadb-server-core"],
    version: Some(Asked { by: &["--version"], least: Some((10, 5)) }),
};

/// Such a program.
#[derive(Debug)]
pub struct Packaged {
    /// The names it may have on PATH; it is called by the first.
    programs: &'static [&'static str],
    /// Where else it may be, below `/usr`; `{kind}` is this machine's.
    elsewhere: &'static [&'static str],
    packages: &'static [&'static str],
    /// How it is asked for its version; `None` where asking would start it, and any will do.
    version: Option<Asked>,
}

/// How a program is asked for its version, and which will do.
#[derive(Debug)]
struct Asked {
    by: &'static [&'static str],
    /// The least version, major and minor.
    least: Option<(u64, u64)>,
}

impl Packaged {
    fn path(&self) -> Option<PathBuf> {
        let kind = format!("{}-linux-gnu", std::env::consts::ARCH);
        let mut elsewhere = self.elsewhere.iter().map(|path| Path::new("/usr").join(path.replace("{kind}", &kind)));
        self.programs.iter().find_map(|name| which::which(name).ok()).or_else(|| elsewhere.find(|path| path.exists()))
    }
}

impl Tool for Packaged {
    fn name(&self) -> &'static str {
        self.programs.first().copied().unwrap_or_default()
    }

    fn wanted(&self, _site: &Site) -> String {
        match self.version.as_ref().and_then(|asked| asked.least) {
            Some((major, minor)) => format!("{major}.{minor} or later"),
            None => "any".to_owned(),
        }
    }

    fn find(&self, _site: &Site) -> State {
        let Some(path) = self.path() else { return State::Missing };
        let Some(asked) = &self.version else { return State::Ready { version: String::new(), path } };
        match output_of(command(&path).args(asked.by)).and_then(|said| version::first_in(&said)) {
            Some(version) if asked.least.is_none_or(|(major, minor)| version >= Version::new(major, minor, 0)) => {
                State::Ready { version: version.to_string(), path }
            }
            Some(version) => State::Unfit { version: version.to_string(), path },
            None => State::Unfit { version: "lacks something".to_owned(), path },
        }
    }

    fn plan(&self, _site: &Site) -> String {
        format!("Debian's {} (seconds)", self.packages.join(", "))
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        self.packages
    }

    fn install(&self, site: &Site) -> Result<()> {
        if self.find(site).ready_path().is_none() {
            bail!(
                "{} is missing or too old: install by hand what Debian calls {}",
                self.name(),
                self.packages.join(", ")
            );
        }
        Ok(())
    }

    fn mend(&self, _site: &Site) -> String {
        debian::install_line(self.packages)
    }
}
