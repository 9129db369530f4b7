//! `size`: what a reader's browser loads, raw and compressed.

use std::{
    fs,
    io::Write,
    ops::AddAssign,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use crate::{commands::build, page::Profile, site::Site, table};

/// What a card needs, as in `distribution::finish`: the loader, and files of its folder. Of the catalogues of words a reader
/// loads one.
const CARD: [&str; 7] = ["embed.js", "card.js", "words.js", "maqal.js", "maqal_bg.wasm", "maqal.css", "i18n/ar.json"];

/// Builds `dist/` for publishing and prints the table. Built each time, because numbers of an older or of a dev build mislead; it takes
/// seconds when nothing has changed.
///
/// # Errors
/// When the build fails or a file cannot be read.
pub fn run(site: &Site) -> Result<()> {
    let dist = site.dist();
    build::run(site, Profile::Release)?;
    let mut files = Vec::new();
    collect(&dist, &mut files)?;
    files.sort();
    let folder = format!("{}-", env!("CARGO_PKG_VERSION"));
    let named = files.into_iter().map(|path| {
        let name = path.strip_prefix(&dist).unwrap_or(&path).to_string_lossy().into_owned();
        let inside = name.strip_prefix(&folder).and_then(|rest| Some(rest.split_once('/')?.1.to_owned()));
        (inside.is_some(), inside.unwrap_or(name), path)
    });
    let (mut card, mut others, mut demo) = (Vec::new(), Vec::new(), Vec::new());
    for (is_inside, name, path) in named {
        let section = match CARD.contains(&name.as_str()) {
            // The same again, for who pins a version.
            true if is_inside == (name == "embed.js") => &mut others,
            true => &mut card,
            false if is_inside => &mut others,
            false => &mut demo,
        };
        section.push((name, path));
    }
    let mut rows = section("a card", &card)?;
    rows.extend(section("the widget's other files", &others)?);
    rows.extend(section("the demo page", &demo)?);
    print!("{}", table::render(["bytes in dist/", "raw", "gzip -9", "brotli -11"], &rows));
    Ok(())
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Sizes {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes).context("gzip failed")?;
        let gzip = gzip.finish().context("gzip failed")?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &parameters).context("brotli failed")?;
        Ok(Self { raw: bytes.len(), gzip: gzip.len(), brotli: brotli.len() })
    }

    fn row(self, name: &str) -> [String; 4] {
        [name.to_owned(), grouped(self.raw), grouped(self.gzip), grouped(self.brotli)]
    }
}

impl AddAssign for Sizes {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

fn section(title: &str, files: &[(String, PathBuf)]) -> Result<Vec<[String; 4]>> {
    let mut total = Sizes::default();
    let mut rows = Vec::new();
    for (name, path) in files {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let sizes = Sizes::of(&bytes)?;
        total += sizes;
        rows.push(sizes.row(name));
    }
    rows.push(total.row(&format!("= {title}")));
    Ok(rows)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// With a thin gap between thousands: `1 234 567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1000), "1 000");
        assert_eq!(grouped(1_234_567), "1 234 567");
    }

    #[test]
    fn what_repeats_gets_smaller_and_totals_add_up() {
        let mut sizes = Sizes::of(&b"maqal ".repeat(500)).unwrap();
        assert!(sizes.raw == 3000 && sizes.gzip < 200 && sizes.brotli < sizes.gzip, "{sizes:?}");
        let one = sizes;
        sizes += one;
        assert_eq!(sizes.raw, 6000);
    }
}
