//! The files of a build: what a card needs, and the rest.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::sizes::Sizes;

/// What shows first, as in `distribution::finish`: the loader, and `card.js`, which brings looks and words.
const FIRST: [&str; 2] = ["embed.js", "card.js"];

/// The module for articles that are fetched, and the one for those that are the element's children: a card needs one of the two.
const FETCHED: &str = "first_bg.wasm";
/// See [`FETCHED`].
const MARKUP: &str = "markup_bg.wasm";

/// What comes with the reader's first touch.
const WHOLE: [&str; 5] = ["whole.js", "maqal.js", "maqal_bg.wasm", "later.css", "i18n/ar.json"];

/// A file and what it weighs.
#[derive(Debug)]
pub struct Weighed {
    pub name: String,
    pub sizes: Sizes,
}

/// What a build consists of.
#[derive(Debug, Default)]
pub struct Files {
    /// What a reader's browser loads for a card that he reads, whatever it shows.
    pub first: Vec<Weighed>,
    /// What it loads besides for an article that is fetched.
    pub fetched: Vec<Weighed>,
    /// And for one in markup.
    pub markup: Vec<Weighed>,
    /// What it loads besides once he touches the card.
    pub whole: Vec<Weighed>,
    /// What it loads at times.
    pub others: Vec<Weighed>,
    /// The demo page.
    pub demo: Vec<Weighed>,
}

impl Files {
    /// Reads and compresses what lies in `dist`.
    ///
    /// # Errors
    /// When a file cannot be read or compressed.
    pub fn of(dist: &Path) -> Result<Self> {
        let mut paths = Vec::new();
        collect(dist, &mut paths)?;
        paths.sort();
        let folder = format!("{}-", env!("CARGO_PKG_VERSION"));
        let mut files = Self::default();
        for path in paths {
            let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().into_owned();
            let inside = name.strip_prefix(&folder).and_then(|rest| Some(rest.split_once('/')?.1.to_owned()));
            let is_inside = inside.is_some();
            let name = inside.unwrap_or(name);
            let section = match name.as_str() {
                // The same again, for who pins a version.
                "embed.js" if is_inside => &mut files.others,
                name if FIRST.contains(&name) => &mut files.first,
                FETCHED => &mut files.fetched,
                MARKUP => &mut files.markup,
                name if WHOLE.contains(&name) => &mut files.whole,
                _ if is_inside => &mut files.others,
                _ => &mut files.demo,
            };
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            section.push(Weighed { name, sizes: Sizes::of(&bytes)? });
        }
        Ok(files)
    }

    /// The parts that have a budget, each with its name.
    pub fn parts(&self) -> [(&'static str, Vec<&Weighed>); 3] {
        [
            ("first sight", self.first.iter().chain(&self.fetched).collect()),
            ("first sight of markup", self.first.iter().chain(&self.markup).collect()),
            ("the first touch", self.whole.iter().collect()),
        ]
    }

    /// The lines of a table, each section with its sum.
    pub fn rows(&self) -> Vec<[String; 4]> {
        let sections: [(_, Vec<&Weighed>); 2] =
            [("the widget's other files", self.others.iter().collect()), ("the demo page", self.demo.iter().collect())];
        let rows = self.parts().into_iter().chain(sections).flat_map(|(title, files)| {
            let sum = sum(&files).row(&format!("= {title}"));
            files.into_iter().map(|file| file.sizes.row(&file.name)).chain([sum]).collect::<Vec<_>>()
        });
        rows.collect()
    }
}

/// What several files weigh together.
pub fn sum(files: &[&Weighed]) -> Sizes {
    let mut total = Sizes::default();
    for file in files {
        total += file.sizes;
    }
    total
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
