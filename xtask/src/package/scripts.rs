//! The widget's scripts as modules of the package: they import each other by name, so that a bundler follows, and ask
//! `assets.js` where a file lies, so that a bundler may put it elsewhere. Done on the text of the scripts, so each rule must
//! find what it is for.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use regex_lite::{Captures, Regex};

use super::FILES;

/// Modules of their own, which are loaded anew for each instance: assets.
const GLUES: [&str; 1] = ["maqal.js"];
/// The loader, which defines no element in the package.
const LOADER: &str = "embed.js";
/// What a frame's own page loads.
const INSIDE: &str = "inside.js";

/// Whether this file of the widget is a module of the package, and not one of its assets.
pub fn is_module(name: &str) -> bool {
    name.ends_with(".js") && !GLUES.contains(&name) && name != INSIDE
}

/// The modules, by their names in the package, from all the widget's files.
///
/// # Errors
/// When a script is not as we know it.
pub fn modules(widget: &BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, String>> {
    let mut modules = BTreeMap::new();
    for (name, bytes) in widget.iter().filter(|(name, _)| is_module(name)) {
        let text = std::str::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))?;
        let (name, text) =
            if name == LOADER { ("loader.js", undefined(text)?) } else { (name.as_str(), text.to_owned()) };
        modules.insert(name.to_owned(), module(&text).with_context(|| format!("in {name}"))?);
    }
    if !modules.contains_key("loader.js") {
        bail!("there is no {LOADER}");
    }
    modules.insert("assets.js".to_owned(), assets(widget.keys().filter(|name| !is_module(name))));
    Ok(modules)
}

fn module(text: &str) -> Result<String> {
    let own = Regex::new(r"(?m)^\s*const beside = \(name\) => new URL\([^\n]*, import\.meta\.url\);[^\n]*\n")?;
    let folder = Regex::new(r"(?m)^\s*const FOLDER = [^\n]*\n")?;
    let address = Regex::new(r#"new URL\((`[^`\n]*`|"[^"\n]*"), import\.meta\.url\)"#)?;
    let import = Regex::new(r#"\bimport\(beside\(["`]([a-z]+\.js)(?:\$\{\w+\})?["`]\)\)"#)?;
    let text = own.replace_all(text, "");
    let text = folder.replace_all(&text, "");
    let text = address.replace_all(&text, "beside($1)");
    let text = import.replace_all(&text, |found: &Captures<'_>| {
        if is_module(&found[1]) {
            return format!("import(\"./{}\")", &found[1]);
        }
        // Bundlers leave it alone: it is no module of theirs.
        found[0].replace("import(", "import(/* webpackIgnore: true */ /* @vite-ignore */ ")
    });
    if text.contains("import.meta") || text.contains("import(beside") {
        bail!("it finds a file in a way that is not known here");
    }
    let asks = if text.contains("beside(") { "import { beside } from \"./assets.js\";\n" } else { "" };
    Ok(format!("{asks}{text}"))
}

/// The loader without its last lines, from the first that defines an element on; it exports their classes.
fn undefined(loader: &str) -> Result<String> {
    let defines = Regex::new(r"(?m)^if \(!customElements\.get\([^\n]*\n")?;
    let places: Vec<usize> = defines.find_iter(loader).map(|define| define.start()).collect();
    let [first, _] = places[..] else { bail!("the loader defines its elements in a way that is not known here") };
    Ok(format!("{}export {{ MaqalCard, MaqalCount }};\n", &loader[..first]))
}

/// The module that knows where each asset lies. The addresses are written out: that is what bundlers look for.
fn assets<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let files: String =
        names.map(|name| format!("  \"{name}\": () => new URL(\"./{FILES}/{name}\", import.meta.url),\n")).collect();
    format!(
        r#"/** Where the card's files lie: beside this module, wherever a bundler has put them, or in a folder that the page names. */
const FILES = {{
  __proto__: null,
{files}}};

let folder;

/** All files are taken from `address`, a folder with a copy of the package's `files`. To be called before a card is near. */
export function assetsFrom(address) {{
  folder = new URL(`${{address}}`.replace(/\/?$/, "/"), document.baseURI);
}}

/** The address of a file; a query after its name makes it another one. */
export function beside(name) {{
  if (folder) return new URL(name, folder);
  const [, file, query] = /^([^?]*)(.*)$/.exec(name);
  const url = FILES[file]();
  return query && url.protocol !== "data:" ? new URL(query, url) : url;
}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMBED: &str = "const FOLDER = \"./1-0/\"; // …
const beside = (name) => new URL(FOLDER + name, import.meta.url);
const glue = import(beside(`maqal.js${again}`));
const card = import(beside(`card.js${again}`));
const wasm = fetch(beside(\"maqal_bg.wasm\"));
if (!customElements.get(\"maqal-card\")) apply(define, customElements, [\"maqal-card\", MaqalCard]);
if (!customElements.get(\"maqal-count\")) apply(define, customElements, [\"maqal-count\", MaqalCount]);
MaqalCard.version = beside(\"\").pathname;
if (customElements.get(\"maqal-card\") !== MaqalCard) console.warn(\"another version\", import.meta.url);
";

    fn widget(embed: &str) -> BTreeMap<String, Vec<u8>> {
        let words = "fetch(new URL(`i18n/${language}.json`, import.meta.url));\n";
        [("embed.js", embed), ("words.js", words), ("maqal.js", "import.meta.url"), ("i18n/ar.json", "{}")]
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    #[test]
    fn modules_import_each_other_by_name_and_ask_where_files_lie() {
        let modules = modules(&widget(EMBED)).unwrap();
        assert_eq!(modules.keys().collect::<Vec<_>>(), ["assets.js", "loader.js", "words.js"]);
        let loader = &modules["loader.js"];
        assert!(
            loader.contains(r#"import("./card.js")"#) && loader.contains("@vite-ignore */ beside(`maqal.js"),
            "{loader}"
        );
        assert!(
            loader.starts_with("import { beside }") && loader.ends_with("export { MaqalCard, MaqalCount };\n"),
            "{loader}"
        );
        assert!(!loader.contains("customElements.get"), "{loader}");
        assert!(modules["words.js"].contains("fetch(beside(`i18n/${language}.json`))"), "{modules:?}");
        assert!(
            modules["assets.js"].contains(r#""i18n/ar.json": () => new URL("./files/i18n/ar.json", import.meta.url)"#)
        );
    }

    #[test]
    fn a_script_of_another_shape_is_an_error_that_names_it() {
        let other = EMBED.replace("const beside = (name)", "const beside = (file)");
        assert!(format!("{:#}", modules(&widget(&other)).unwrap_err()).contains("in loader.js"));
        let other = EMBED.replace("if (!customElements", "if (customElements");
        assert!(modules(&widget(&other)).is_err());
    }
}
