//! WordPress's own files, out of Debian's package. It is unpacked and not installed: that would bring a web server with it.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use super::{State, Tool};
use crate::{debian, site::Site};

/// With what its editor finds beside it.
const PACKAGES: [&str; 2] = ["wordpress", "libjs-underscore"];

/// Where the package has the files.
const INSIDE: &str = "usr/share/wordpress";

/// In the place of Debian's settings: each test has a file of its own.
const SETTINGS: &str = "<?php\nrequire getenv('MAQAL_E2E_WORDPRESS_SETTINGS');\n";

/// The folder that a web server would serve.
#[derive(Debug)]
pub struct WordPress;

fn folder(site: &Site) -> PathBuf {
    site.cache.join("tools").join("wordpress")
}

impl Tool for WordPress {
    fn name(&self) -> &'static str {
        "wordpress"
    }

    fn wanted(&self, _site: &Site) -> String {
        "Debian's".to_owned()
    }

    fn find(&self, site: &Site) -> State {
        let path = folder(site).join(INSIDE);
        let says = fs::read_to_string(path.join("wp-includes/version.php")).unwrap_or_default();
        let version = says.split("$wp_version = '").nth(1).and_then(|rest| rest.split('\'').next());
        match version {
            Some(version) if fs::read_to_string(path.join("wp-config.php")).is_ok_and(|text| text == SETTINGS) => {
                State::Ready { version: version.to_owned(), path }
            }
            _ => State::Missing,
        }
    }

    fn plan(&self, site: &Site) -> String {
        format!(
            "Debian's package wordpress, unpacked into {} and not installed (seconds, 60 MB)",
            folder(site).display()
        )
    }

    fn install(&self, site: &Site) -> Result<()> {
        let folder = folder(site);
        debian::unpack(&PACKAGES, &folder)?;
        let settings = folder.join(INSIDE).join("wp-config.php");
        fs::write(&settings, SETTINGS).with_context(|| format!("cannot write {}", settings.display()))
    }
}
