//! The npm package: what is written by hand in `npm/`, what a build has put into `dist/`, and descriptions of the elements
//! for editors and type checkers, all of them made from `npm/elements.json`, `docs/theming.md` and the catalogue of words.

mod elements;
mod manifest;
mod scripts;
mod theming;
mod types;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::distribution::{self, script};
use elements::Described;
use theming::Theming;

/// The files of `npm/` that go into the package as they are.
const BY_HAND: [&str; 4] = ["README.md", "index.js", "element.js", "server.js"];
/// Those of the checkout.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];
/// What stands in `npm/package.json` for the version.
const VERSION: &str = r#""version": "0.0.0""#;
/// Where an asset lies in the package.
const FILES: &str = "files";

/// Puts the package into `out`, anew: from the checkout `source` and the built `dist`.
///
/// # Errors
/// When a file is missing, cannot be read or written, or is not as we know it.
pub fn assemble(source: &Path, dist: &Path, out: &Path) -> Result<()> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for name in BY_HAND {
        files.insert(name.to_owned(), read(&source.join("npm").join(name))?);
    }
    for name in LICENCES {
        files.insert(name.to_owned(), read(&source.join(name))?);
    }
    let (folder, mut widget) = widget(dist)?;
    // Modules as they are written, less what only people read: bundlers make them small. What is published is small already.
    let mut written = distribution::embedded(source)?;
    let card = distribution::kept_card(source, &folder);
    let card = fs::read(&card).with_context(|| format!("this dist/ was built elsewhere: no {}", card.display()))?;
    written.insert("card.js".to_owned(), card);
    for (name, text) in written {
        if scripts::is_module(&name)
            && let Some(published) = widget.get_mut(&name)
        {
            *published = script::lean(&String::from_utf8_lossy(&text))?.into_bytes();
        }
    }
    for (name, text) in scripts::modules(&widget)? {
        files.insert(name, text.into_bytes());
    }
    for (name, bytes) in widget.into_iter().filter(|(name, _)| !scripts::is_module(name)) {
        files.insert(format!("{FILES}/{name}"), bytes);
    }

    let described = described(source)?;
    let theming = theming(source)?;
    files.insert("custom-elements.json".to_owned(), pretty(&manifest::of(&described, &theming))?);
    let words = read_text(&source.join("reading/src/i18n/catalogues/ar.json"))?;
    for (name, text) in types::of(&described, &theming, &words)? {
        files.insert(name, text.into_bytes());
    }
    let package = package_json(&read_text(&source.join("npm/package.json"))?)?;
    files.insert("package.json".to_owned(), package.into_bytes());

    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("cannot empty {}", out.display()))?;
    }
    for (name, bytes) in &files {
        let path = out.join(name);
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The immutable folder in `dist`, and its files by their names in it.
fn widget(dist: &Path) -> Result<(String, BTreeMap<String, Vec<u8>>)> {
    let list = read_text(&dist.join("integrity.json"))?;
    let list: Value = serde_json::from_str(&list).context("integrity.json is no JSON")?;
    let folder = list["folder"].as_str().context("integrity.json names no folder")?;
    let mut files = BTreeMap::new();
    let digests = list["integrity"].as_object().context("integrity.json lists no digests")?;
    for name in digests.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')) {
        files.insert(name.to_owned(), read(&dist.join(folder).join(name))?);
    }
    Ok((folder.to_owned(), files))
}

fn described(source: &Path) -> Result<Described> {
    let path = source.join("npm/elements.json");
    Described::parse(&read_text(&path)?).with_context(|| format!("in {}", path.display()))
}

fn theming(source: &Path) -> Result<Theming> {
    let path = source.join("docs/theming.md");
    Theming::parse(&read_text(&path)?).with_context(|| format!("in {}", path.display()))
}

/// `npm/package.json` with the version of this checkout. It is no JSON to us but for that: the order of its `exports` counts.
fn package_json(text: &str) -> Result<String> {
    let version = concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"");
    if text.matches(VERSION).count() != 1 {
        bail!("npm/package.json has no `{VERSION}`");
    }
    Ok(text.replace(VERSION, version))
}

fn pretty(value: &Value) -> Result<Vec<u8>> {
    Ok(format!("{}\n", serde_json::to_string_pretty(value)?).into_bytes())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Where the package is put.
///
/// # Errors
/// When the target folder cannot be found.
pub fn folder() -> Result<PathBuf> {
    Ok(crate::endpoint::target_folder()?.join("npm"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex_lite::Regex;

    use super::*;

    fn checkout() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
    }

    fn text(path: &str) -> String {
        read_text(&checkout().join(path)).unwrap()
    }

    /// What the first group of `pattern` finds in `text`, in order.
    fn found(pattern: &str, text: &str) -> Vec<String> {
        Regex::new(pattern).unwrap().captures_iter(text).map(|found| found[1].to_owned()).collect()
    }

    fn set<T: Into<String>>(all: impl IntoIterator<Item = T>) -> BTreeSet<String> {
        all.into_iter().map(Into::into).collect()
    }

    fn element(tag: &str) -> elements::Element {
        described(&checkout()).unwrap().elements.into_iter().find(|element| element.tag == tag).unwrap()
    }

    fn names(element: &elements::Element) -> Vec<String> {
        element.attributes.iter().map(|attribute| attribute.name.clone()).collect()
    }

    #[test]
    fn the_cards_attributes_are_those_of_the_loader_and_of_the_settings() {
        let names = names(&element("maqal-card"));
        let in_list = |text: &str, before: &str| {
            let list = text.split_once(before).unwrap().1.split_once(']').unwrap().0;
            found(r#""(\w+)""#, list)
        };
        assert_eq!(in_list(&text("embed/embed.js"), "const ATTRIBUTES = ["), names);
        assert_eq!(in_list(&text("src/settings.rs"), "pub const ATTRIBUTES: [&str; 13] = ["), names);
    }

    #[test]
    fn the_values_of_an_attribute_are_those_that_the_settings_take() {
        let settings = text("src/settings.rs");
        let choices = Regex::new(r#"choice\("(\w+)", &raw\.\w+, "([^"]+)""#).unwrap();
        let mut taken: Vec<(String, String)> =
            choices.captures_iter(&settings).map(|found| (found[1].to_owned(), found[2].to_owned())).collect();
        assert_eq!(taken.len(), 4, "{taken:?}");
        for name in found(r#"ask\("(\w+)""#, &settings) {
            taken.push((name, found(r#"AttributeFault::Choice\("([^"]+)"\)"#, &settings)[0].clone()));
        }
        let of = |name: &str| element("maqal-card").attributes.into_iter().find(|one| one.name == name).unwrap().values;
        for (name, values) in &taken {
            assert_eq!(of(name).join(", "), *values, "{name}");
        }
        let others =
            element("maqal-card").attributes.into_iter().filter(|one| taken.iter().all(|(name, _)| *name != one.name));
        assert!(others.into_iter().all(|one| one.values.is_empty()));
    }

    #[test]
    fn the_properties_and_methods_are_those_of_the_loaders_class() {
        let loader = text("embed/embed.js");
        let class = loader.split_once("class MaqalCard").unwrap().1.split_once("\n}\n").unwrap().0;
        let card = element("maqal-card");
        let properties = card.properties.iter().map(|property| property.name.clone());
        assert_eq!(set(found(r"\n  get (\w+)\(\)", class)), set(properties));
        let methods = found(r"\n  (\w+)\(\) \{", class).into_iter().filter(|name| !name.ends_with("Callback"));
        assert_eq!(set(methods), set(card.methods.iter().map(|method| method.name.clone())));
    }

    #[test]
    fn the_counts_attributes_are_those_of_the_loader_and_each_plural_category() {
        let count = element("maqal-count");
        let observed: Vec<_> =
            count.attributes.iter().filter(|one| one.is_observed).map(|one| one.name.clone()).collect();
        let class = text("embed/embed.js").split_once("class MaqalCount").unwrap().1.to_owned();
        let list = class.split_once("observedAttributes = [").unwrap().1.split_once(']').unwrap().0;
        assert_eq!(set(found(r#""(\w+)""#, list)), set(observed));
        let others = count.attributes.iter().filter(|one| !one.is_observed).map(|one| one.name.clone());
        assert_eq!(set(others), set(["zero", "one", "two", "few", "many", "other"]));
    }

    #[test]
    fn the_events_and_their_details_are_those_that_are_dispatched() {
        let dispatched = text("src/element/events.rs").split_once("fn dispatch").unwrap().0.to_owned();
        let events = element("maqal-card").events;
        assert_eq!(
            set(found(r#"&host, "(maqal:\w+)""#, &dispatched)),
            set(events.iter().map(|event| event.name.clone()))
        );
        let fields = events.iter().flat_map(|event| event.fields.iter().map(|field| field.name.clone()));
        assert_eq!(set(found(r#"\("(\w+)", "#, &dispatched)), set(fields));
    }

    #[test]
    fn the_codes_of_faults_are_those_of_the_widget_and_of_its_scripts() {
        let mut codes = set(found(r#"Self::\w+ => "(\w+)""#, &text("src/outward.rs")));
        for script in fs::read_dir(checkout().join("embed")).unwrap() {
            codes.extend(found(r#"\breport\(\s*[\w.]+, "(\w+)""#, &read_text(&script.unwrap().path()).unwrap()));
        }
        assert_eq!(set(described(&checkout()).unwrap().faults), codes);
    }

    #[test]
    fn the_readme_tells_of_each_attribute_event_and_code() {
        let readme = text("README.md");
        let rows: String = readme.lines().filter(|line| line.starts_with("| `")).collect();
        let card = element("maqal-card");
        let events = card.events.iter().map(|event| event.name.clone());
        for name in names(&card).into_iter().chain(events).chain(described(&checkout()).unwrap().faults) {
            assert!(rows.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn the_parts_and_properties_are_those_of_the_documentation() {
        let theming = theming(&checkout()).unwrap();
        // `tests/theming.rs` holds the documentation to the sheets and the views.
        let doc = text("docs/theming.md");
        let rows = found(r"(?m)^\| `(--maqal-[a-z-]+)` \|", &doc);
        assert!(rows.len() > 15);
        assert_eq!(theming.properties.iter().map(|property| property.name.clone()).collect::<Vec<_>>(), rows);
        let table = doc.split_once("## Parts").unwrap().1.split_once("## Examples").unwrap().0;
        let cells = found(r"(?m)^\| (`[a-z`, -]+`) \|", table).join(", ");
        assert_eq!(
            theming.parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>(),
            found("`([a-z-]+)`", &cells)
        );
    }
}
