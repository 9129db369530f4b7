//! What third parties include: `embed.js`, whose name and address never change, and one folder with all that it loads, whose
//! name changes with any byte in it. So that folder may be cached for good, and two versions never mix. `integrity.json`
//! tells the digest of each file.

mod glue;
mod integrity;
pub mod script;
mod sheet;
mod sight;
mod words;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// The line of `embed.js` that tells where all else lies.
const FOLDER: &str = r#"const FOLDER = "./";"#;

/// Modules that come as one file with those that they include: each file for itself would cost a round trip.
const JOINED: [(&str, &[&str]); 2] = [
    ("card.js", &["once.js", "words.js", "tell.js", "build.js", "path.js", "skeleton.js", "tree.js", "sight.js"]),
    ("whole.js", &["once.js", "words.js", "path.js", "take.js"]),
];

/// What is no file of its own then.
const PARTS: [&str; 8] = ["once.js", "tell.js", "build.js", "path.js", "skeleton.js", "tree.js", "sight.js", "take.js"];

/// What goes into the glue, before what wasm-bindgen writes.
const BEFORE_GLUE: [&str; 2] = ["intact.js", "places.js"];

/// What was made, for those who pack it.
#[derive(Debug)]
pub struct Finished {
    /// The name of the folder.
    pub folder: String,
    /// `card.js` as it was before it was made small.
    pub card: String,
}

/// Turns what Trunk has put into `staging` into the distribution; `source` is the checkout. Scripts are as small as `esbuild` makes
/// them, where it is given.
///
/// # Errors
/// When a file cannot be read or written, or the glue is not as we know it.
pub fn finish(source: &Path, staging: &Path, esbuild: Option<&Path>) -> Result<Finished> {
    let lean = |text: &str| match esbuild {
        Some(esbuild) => script::minified(text, esbuild),
        None => script::lean(text),
    };
    let mut files = embedded(source)?;
    let mut before = Vec::new();
    for name in BEFORE_GLUE {
        let Some(text) = files.remove(name) else { bail!("embed/ holds no {name}") };
        before.extend(text);
    }
    let glue = taken(&staging.join("maqal.js"))?;
    let glue = glue::harden(&String::from_utf8(glue).context("maqal.js is not UTF-8")?, &String::from_utf8(before)?)?;
    files.insert("maqal.js".to_owned(), glue.into_bytes());
    files.insert("maqal_bg.wasm".to_owned(), taken(&staging.join("maqal_bg.wasm"))?);
    let mut glues = Vec::new();
    for (built, name) in sight::MODULES {
        files.insert(format!("{name}_bg.wasm"), taken(&staging.join(format!("{built}_bg.wasm")))?);
        let glue = taken(&staging.join(format!("{built}.js")))?;
        glues.push(String::from_utf8(glue).with_context(|| format!("{built}.js is not UTF-8"))?);
    }
    let (first_looks, later_looks) = sheets(source)?;
    files.insert("later.css".to_owned(), sheet::lean(&later_looks).into_bytes());
    let mut first_words = String::new();
    for path in listed(&source.join("reading/src/i18n/catalogues"), &["json"])? {
        let catalogue: serde_json::Value =
            serde_json::from_str(&read(&path)?).with_context(|| format!("{} is no JSON", path.display()))?;
        let name = file_name(&path)?;
        files.insert(format!("i18n/{name}"), catalogue.to_string().into_bytes());
        let first = words::first(&catalogue)?;
        if name.strip_suffix(".json") == Some(sight::LANGUAGE) {
            first_words.clone_from(&first);
        }
        // Counts have them from here.
        files.insert(format!("i18n/first/{name}"), first.into_bytes());
    }
    let card = String::from_utf8(files.remove("card.js").context("embed/ holds no card.js")?)?;
    let glue = sight::glue([&glues[0], &glues[1]])?;
    let card = sight::complete(&card, &sheet::lean(&first_looks), &first_words, &glue)?;
    files.insert("card.js".to_owned(), card.clone().into_bytes());

    let loader = files.get("embed.js").context("embed/ holds no embed.js")?;
    let loader = String::from_utf8_lossy(loader).into_owned();
    for (name, bytes) in &mut files {
        if name.ends_with(".js") {
            *bytes = lean(&String::from_utf8_lossy(bytes))?.into_bytes();
        }
    }

    let folder = format!("{}-{}", env!("CARGO_PKG_VERSION"), integrity::short_digest(&files));
    if !loader.contains(FOLDER) {
        bail!("embed.js has no line `{FOLDER}`");
    }
    let loader = lean(&loader.replace(FOLDER, &format!(r#"const FOLDER = "./{folder}/";"#)))?;
    let mut all = BTreeMap::from([("embed.js".to_owned(), loader.into_bytes())]);
    all.extend(files.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    all.insert("integrity.json".to_owned(), integrity::manifest(&folder, &all)?.into_bytes());
    for (name, bytes) in &all {
        write(&staging.join(name), bytes)?;
    }
    Ok(Finished { folder, card })
}

/// Where `card.js` of a build is kept as it was before it was made small: `folder` is the name of the build's folder. Packages
/// hold scripts as they are written, and what this one brings is nowhere else. It lies in the checkout `source`: builds of several
/// kinds have several target folders.
pub fn kept_card(source: &Path, folder: &str) -> PathBuf {
    source.join("target/cards").join(format!("{folder}.js"))
}

/// The files of `embed/` as they are published, but for their size; those among them that go into the glue.
///
/// # Errors
/// When a file cannot be read.
pub fn embedded(source: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for path in listed(&source.join("embed"), &["js", "html"])? {
        files.insert(file_name(&path)?, read(&path)?.into_bytes());
    }
    for (name, parts) in JOINED {
        let joined = join(&files, name, parts)?;
        files.insert(name.to_owned(), joined.into_bytes());
    }
    files.retain(|name, _| !PARTS.contains(&name.as_str()));
    Ok(files)
}

/// What ends the names of sheets for what does not show first.
const LATER: &str = "-later.css";

/// The sheet of what shows first, and that of all else, each in the order of its files. On paper nothing else counts: what is
/// said of that comes last in both.
fn sheets(source: &Path) -> Result<(String, String)> {
    let (mut first, mut later) = (String::new(), String::new());
    let mut last = String::new();
    for path in listed(&source.join("style"), &["css"])? {
        last = read(&path)?;
        if file_name(&path)?.ends_with(LATER) { later.push_str(&last) } else { first.push_str(&last) }
    }
    later.push_str(&last);
    Ok((first, later))
}

/// The module `name` with `parts` in it.
fn join(files: &BTreeMap<String, Vec<u8>>, name: &str, parts: &[&str]) -> Result<String> {
    let mut joined = String::new();
    for part in parts.iter().chain([&name]) {
        let text = files.get(*part).with_context(|| format!("embed/ holds no {part}"))?;
        for line in String::from_utf8_lossy(text).lines() {
            let included = line.strip_prefix("import ").and_then(|line| line.split(r#" from "./"#).nth(1));
            if included.is_some_and(|file| parts.contains(&file.trim_end_matches(r#"";"#))) {
                continue;
            }
            let line = if *part == name { line } else { line.strip_prefix("export ").unwrap_or(line) };
            joined.push_str(line);
            joined.push('\n');
        }
    }
    Ok(joined)
}

fn listed(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.extension().and_then(|extension| extension.to_str()).is_some_and(|it| extensions.contains(&it)) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(name.with_context(|| format!("{} has no name in UTF-8", path.display()))?.to_owned())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The bytes of a file, which is then gone.
fn taken(path: &Path) -> Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))?;
    Ok(bytes)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes, compressed: what a page pays for a card that its reader never comes near.
    const LOADER_MAX: usize = 2048;

    /// The same without esbuild, which is not on every machine that runs these tests.
    const LEAN_LOADER_MAX: usize = 2560;

    fn embed(name: &str) -> String {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../embed").join(name)).unwrap()
    }

    #[test]
    fn the_loader_is_small() {
        let loader = embed("embed.js");
        let (loader, most) = match which::which("esbuild") {
            Ok(esbuild) => (script::minified(&loader, &esbuild).unwrap(), LOADER_MAX),
            Err(_) => (script::lean(&loader).unwrap(), LEAN_LOADER_MAX),
        };
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut loader.as_bytes(), &mut brotli, &parameters).unwrap();
        assert!(brotli.len() <= most, "{} bytes", brotli.len());
    }

    #[test]
    fn the_distribution_is_a_loader_a_folder_named_after_its_content_and_a_manifest() {
        let staging = tempfile::tempdir().unwrap();
        fs::write(staging.path().join("maqal.js"), glue::tests::GLUE).unwrap();
        fs::write(staging.path().join("maqal_bg.wasm"), "wasm").unwrap();
        let markup = sight::tests::FIRST.replace("maqal-first", "maqal-first-markup");
        fs::write(staging.path().join("maqal-first.js"), sight::tests::FIRST).unwrap();
        fs::write(staging.path().join("maqal-first_bg.wasm"), "wasm").unwrap();
        fs::write(staging.path().join("maqal-first-markup.js"), markup).unwrap();
        fs::write(staging.path().join("maqal-first-markup_bg.wasm"), "wasm").unwrap();
        finish(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), staging.path(), None).unwrap();
        let manifest: serde_json::Value =
            serde_json::from_str(&read(&staging.path().join("integrity.json")).unwrap()).unwrap();
        let folder = manifest["folder"].as_str().unwrap();
        for name in [
            "card.js",
            "words.js",
            "count.js",
            "first_bg.wasm",
            "markup_bg.wasm",
            "maqal.js",
            "maqal_bg.wasm",
            "later.css",
            "i18n/ar.json",
            "i18n/first/fa.json",
        ] {
            assert!(staging.path().join(folder).join(name).is_file(), "{name}");
            assert!(manifest["integrity"][format!("{folder}/{name}")].is_string(), "{name}");
        }
        let loader = read(&staging.path().join("embed.js")).unwrap();
        assert!(loader.contains(&format!(r#"const FOLDER = "./{folder}/";"#)), "{loader}");
        assert!(!staging.path().join("maqal.js").exists(), "nothing lies outside of the folder");
    }
}
