//! `size`: what a reader's browser loads, raw and compressed.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{
    commands::build,
    endpoint,
    page::Profile,
    site::Site,
    table,
    weight::{
        budget, code,
        files::{Files, sum},
        sizes::grouped,
    },
};

/// In the checkout.
const DOCUMENT: &str = "docs/weight.md";

/// Builds `dist/` and prints the table; with `dist`, that of a build that was made before. With `check`, fails where the card
/// weighs more than its budget. Built each time, because numbers of an older build mislead; it takes seconds when nothing
/// has changed.
///
/// # Errors
/// When the build fails, a file cannot be read, or the budget is not kept.
pub fn run(site: &Site, profile: Profile, dist: Option<PathBuf>, check: bool) -> Result<()> {
    let files = match dist {
        Some(dist) => Files::of(&dist)?,
        None => built(site, profile)?,
    };
    print!("{}", table::render(["bytes in dist/", "raw", "gzip -9", "brotli -11"], &files.rows()));
    if check { budget::check(site, profile, &files) } else { Ok(()) }
}

fn built(site: &Site, profile: Profile) -> Result<Files> {
    build::run(site, profile)?;
    Files::of(&site.dist())
}

/// Builds an ordinary release and the distribution, and writes what they weigh and which module the code comes from.
///
/// # Errors
/// When a build fails, or a file cannot be read or written.
pub fn document(site: &Site) -> Result<()> {
    let (ordinary, smallest) = (built(site, Profile::Release)?, built(site, Profile::Distribution)?);
    let module = |name: &str| {
        let path = endpoint::target_folder()?.join("distribution/wasm32-unknown-unknown/release").join(name);
        let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok::<_, anyhow::Error>(code_table(&code::by_module(&module)?))
    };
    let text = [
        "# Weight\n\nWritten by `cargo xtask size --document`. Bytes; brotli is at its best (quality 11).\n\n\
        ## What a card needs\n\n\
        The distribution (`cargo xtask build --distribution`) has a standard library of its own, compiled for size and without what\n\
        tells of panics. Beside it stands what an ordinary `trunk build --release` ships.\n\n",
        &files_table(&ordinary, &smallest),
        "\n## Where the code comes from\n\n\
        Of the distribution, before wasm-opt. What a library makes for a module of ours counts as that module's; what is less than\n\
        0.2 % is left out.\n\n### First sight\n\n",
        &module("maqal_first.wasm")?,
        "\n### First sight of an article in markup\n\n",
        &module("maqal_first_markup.wasm")?,
        "\n### The first touch\n\n",
        &module("maqal.wasm")?,
    ];
    let path = site.root.join(DOCUMENT);
    fs::write(&path, text.concat()).with_context(|| format!("cannot write {}", path.display()))?;
    println!("Written: {DOCUMENT}");
    Ok(())
}

fn files_table(ordinary: &Files, smallest: &Files) -> String {
    let mut table = "| file | raw | brotli | ordinary, brotli |\n| :-- | --: | --: | --: |\n".to_owned();
    for ((part, smallest), (_, ordinary)) in smallest.parts().into_iter().zip(ordinary.parts()) {
        for file in &smallest {
            let other = ordinary.iter().find(|other| other.name == file.name);
            let other = other.map(|other| grouped(other.sizes.brotli)).unwrap_or_default();
            let (raw, brotli) = (grouped(file.sizes.raw), grouped(file.sizes.brotli));
            table.push_str(&format!("| `{}` | {raw} | {brotli} | {other} |\n", file.name));
        }
        let (all, other) = (sum(&smallest), sum(&ordinary));
        let (raw, brotli, other) = (grouped(all.raw), grouped(all.brotli), grouped(other.brotli));
        table.push_str(&format!("| **{part}** | {raw} | **{brotli}** | **{other}** |\n"));
    }
    table
}

fn code_table(modules: &[(String, usize)]) -> String {
    let total: usize = modules.iter().map(|(_, bytes)| bytes).sum();
    let mut table = "| module | bytes | of all |\n| :-- | --: | --: |\n".to_owned();
    for (name, bytes) in modules.iter().filter(|(_, bytes)| bytes * 500 > total) {
        let tenths = bytes * 1000 / total;
        table.push_str(&format!("| {name} | {} | {}.{} % |\n", grouped(*bytes), tenths / 10, tenths % 10));
    }
    table
}
