//! An Arabic font, without which the browser tests and the pictures would show empty boxes.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::{State, Tool};
use crate::{
    debian,
    process::{command, output_of},
    site::Site,
};

const PACKAGES: &[&str] = &["fonts-noto-core"];
const NOTO: &str = "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf";

/// A font made for Arabic; Noto where there is none. DejaVu, which nearly every Debian has, draws the letters but is no such font.
#[derive(Debug)]
pub struct ArabicFont;

impl Tool for ArabicFont {
    fn name(&self) -> &'static str {
        "arabic font"
    }

    fn wanted(&self, _site: &Site) -> String {
        "any but DejaVu".to_owned()
    }

    fn find(&self, _site: &Site) -> State {
        let noto = PathBuf::from(NOTO);
        if noto.exists() {
            return State::Ready { version: "Noto".to_owned(), path: noto };
        }
        let listed = output_of(command("fc-list").args([":lang=ar", "file"])).unwrap_or_default();
        match listed.lines().find(|line| !line.contains("DejaVu")) {
            Some(line) => {
                State::Ready { version: "other".to_owned(), path: PathBuf::from(line.trim_end_matches([':', ' '])) }
            }
            None => State::Missing,
        }
    }

    fn plan(&self, _site: &Site) -> String {
        "Debian's package fonts-noto-core (seconds)".to_owned()
    }

    fn debian_packages(&self) -> &'static [&'static str] {
        PACKAGES
    }

    fn install(&self, site: &Site) -> Result<()> {
        if self.find(site).ready_path().is_none() {
            bail!("no font with Arabic letters was found: install one, such as Noto Naskh Arabic");
        }
        Ok(())
    }

    fn mend(&self, _site: &Site) -> String {
        debian::install_line(PACKAGES)
    }
}
