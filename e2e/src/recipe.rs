//! The recipes of the checkout, with the addresses of a stage in the place of those that a publisher replaces.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::browser::Browser;
use crate::card::Card;
use crate::project::checkout;

/// The addresses that stand in recipes, and what they are here.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The folder that has `embed.js`; `https://cdn.example/maqal` in a recipe.
    pub widget: String,
    /// The endpoint; `https://talk.example/api/comments` in a recipe.
    pub endpoint: String,
    /// The site's own origin; `https://news.example` in a recipe.
    pub site: String,
}

impl Addresses {
    /// `text` with these addresses.
    ///
    /// # Panics
    /// Where another address for examples stands there: it would be asked for in vain.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        let filled = text
            .replace("https://cdn.example/maqal", &self.widget)
            .replace("https://talk.example/api/comments", &self.endpoint)
            .replace("https://news.example", &self.site);
        assert!(!filled.contains(".example/"), "an address that is not known here:\n{filled}");
        filled
    }

    /// The file `name` of `recipes/`, with these addresses.
    #[must_use]
    pub fn read(&self, name: &str) -> String {
        self.fill(&read(name))
    }

    /// Copies the folder `name` of `recipes/` into the folder `to`, with these addresses.
    pub fn copy(&self, name: &str, to: &Path) {
        let root = checkout().join("recipes").join(name);
        for file in files(&root) {
            let to = to.join(file.strip_prefix(&root).expect("it is below it"));
            fs::create_dir_all(to.parent().expect("it is in a folder")).expect("a folder can be made");
            let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            fs::write(to, self.fill(&text)).expect("a file can be written");
        }
    }
}

/// The file `name` of `recipes/`, as it is.
#[must_use]
pub fn read(name: &str) -> String {
    let path = checkout().join("recipes").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below `folder`, in order.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries
        .flatten()
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .collect();
    files.sort();
    files
}

/// A reader reads `title` in the card, posts to its empty conversation, and the console has nothing to say.
pub async fn read_and_post(reader: &Browser, card: Card<'_>, title: &str) {
    reader.until("the card is on its page", "return Boolean(document.querySelector('maqal-card'))").await;
    card.run("host.scrollIntoView()", vec![]).await;
    card.until_text(".title", title).await;
    card.until_empty().await;
    card.post("زائرة", "من وصفة").await;
    card.until_comments(1).await;
    assert_eq!(reader.console().await, []);
}

/// The pieces of code that the playground writes for what was chosen: `{ host, attributes, children, css, loader }`.
///
/// # Panics
/// Where Node is missing, or does not run it.
#[must_use]
pub fn snippet(chosen: &Value) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    // Under a name by which Node takes it for a module.
    fs::copy(checkout().join("demo/snippet.js"), folder.path().join("snippet.mjs")).expect("the playground has it");
    let main = "import { snippet } from \"./snippet.mjs\";
console.log(JSON.stringify(snippet(JSON.parse(process.argv[2])).map(({ code }) => code)));
";
    fs::write(folder.path().join("main.mjs"), main).expect("a file can be written");
    let mut node = Command::new("node");
    node.arg("main.mjs").arg(chosen.to_string()).current_dir(folder.path());
    let output = node.output().expect("Node can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it is a list of strings")
}
