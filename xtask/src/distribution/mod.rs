//! What third parties include: `embed.js`, whose name and address never change, and one folder with all that it loads, whose
//! name changes with any byte in it. So that folder may be cached for good, and two versions never mix. `integrity.json`
//! tells the digest of each file.

mod glue;
mod integrity;
mod script;
mod sheet;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// The line of `embed.js` that tells where all else lies.
const FOLDER: &str = r#"const FOLDER = "./";"#;

/// What goes into the glue, before what wasm-bindgen writes.
const BEFORE_GLUE: [&str; 2] = ["intact.js", "places.js"];

/// Turns what Trunk has put into `staging` into the distribution; `source` is the checkout.
///
/// # Errors
/// When a file cannot be read or written, or the glue is not as we know it.
pub fn finish(source: &Path, staging: &Path) -> Result<()> {
    let mut files = BTreeMap::new();
    for path in listed(&source.join("embed"), &["js", "html"])? {
        let text = read(&path)?;
        let is_script = path.extension().is_some_and(|extension| extension == "js");
        files.insert(file_name(&path)?, if is_script { script::lean(&text)? } else { text }.into_bytes());
    }
    let mut before = Vec::new();
    for name in BEFORE_GLUE {
        let Some(text) = files.remove(name) else { bail!("embed/ holds no {name}") };
        before.extend(text);
    }
    let glue = taken(&staging.join("maqal.js"))?;
    let glue = glue::harden(&String::from_utf8(glue).context("maqal.js is not UTF-8")?, &String::from_utf8(before)?)?;
    files.insert("maqal.js".to_owned(), script::lean(&glue)?.into_bytes());
    files.insert("maqal_bg.wasm".to_owned(), taken(&staging.join("maqal_bg.wasm"))?);
    let mut sheet = String::new();
    for path in listed(&source.join("style"), &["css"])? {
        sheet.push_str(&read(&path)?);
    }
    files.insert("maqal.css".to_owned(), sheet::lean(&sheet).into_bytes());
    for path in listed(&source.join("reading/src/i18n/catalogues"), &["json"])? {
        let words: serde_json::Value =
            serde_json::from_str(&read(&path)?).with_context(|| format!("{} is no JSON", path.display()))?;
        files.insert(format!("i18n/{}", file_name(&path)?), words.to_string().into_bytes());
    }

    let folder = format!("{}-{}", env!("CARGO_PKG_VERSION"), integrity::short_digest(&files));
    let loader = files.get("embed.js").context("embed/ holds no embed.js")?;
    let loader = String::from_utf8_lossy(loader);
    if !loader.contains(FOLDER) {
        bail!("embed.js has no line `{FOLDER}`");
    }
    let loader = loader.replace(FOLDER, &format!(r#"const FOLDER = "./{folder}/";"#));
    let mut all = BTreeMap::from([("embed.js".to_owned(), loader.into_bytes())]);
    all.extend(files.into_iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
    all.insert("integrity.json".to_owned(), integrity::manifest(&folder, &all)?.into_bytes());
    for (name, bytes) in &all {
        write(&staging.join(name), bytes)?;
    }
    Ok(())
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

    fn embed(name: &str) -> String {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../embed").join(name)).unwrap()
    }

    #[test]
    fn the_loader_is_small() {
        let loader = script::lean(&embed("embed.js")).unwrap();
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut loader.as_bytes(), &mut brotli, &parameters).unwrap();
        assert!(brotli.len() <= LOADER_MAX, "{} bytes", brotli.len());
    }

    #[test]
    fn the_distribution_is_a_loader_a_folder_named_after_its_content_and_a_manifest() {
        let staging = tempfile::tempdir().unwrap();
        fs::write(staging.path().join("maqal.js"), glue::tests::GLUE).unwrap();
        fs::write(staging.path().join("maqal_bg.wasm"), "wasm").unwrap();
        finish(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), staging.path()).unwrap();
        let manifest: serde_json::Value =
            serde_json::from_str(&read(&staging.path().join("integrity.json")).unwrap()).unwrap();
        let folder = manifest["folder"].as_str().unwrap();
        for name in
            ["embed.js", "card.js", "words.js", "count.js", "maqal.js", "maqal_bg.wasm", "maqal.css", "i18n/ar.json"]
        {
            assert!(staging.path().join(folder).join(name).is_file(), "{name}");
            assert!(manifest["integrity"][format!("{folder}/{name}")].is_string(), "{name}");
        }
        let loader = read(&staging.path().join("embed.js")).unwrap();
        assert!(loader.contains(&format!(r#"const FOLDER = "./{folder}/";"#)), "{loader}");
        assert!(!staging.path().join("maqal.js").exists(), "nothing lies outside of the folder");
    }
}
