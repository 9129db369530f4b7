//! What is told of the recipes is so: each has a page, which names its files, and the lists of attributes in them are the card's.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use maqal_e2e::project::checkout;
use maqal_e2e::recipe::{self, files};
use serde_json::Value;

fn read(path: &str) -> String {
    fs::read_to_string(checkout().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The strings between quotes in the part of `text` that follows `start`, up to `end`.
fn quoted<'a>(text: &'a str, start: &str, end: &str, quote: char) -> Vec<&'a str> {
    let part = text.split_once(start).unwrap().1.split_once(end).unwrap().0;
    part.split(quote).skip(1).step_by(2).collect()
}

#[test]
fn each_host_of_the_playground_has_a_recipe_and_each_file_of_it_is_told_of() {
    let hosts = read("demo/snippet.js");
    let hosts = quoted(&hosts, "export const HOSTS = [", "]", '"');
    let mut folders: Vec<_> = fs::read_dir(checkout().join("recipes")).unwrap().flatten().collect();
    folders.sort_by_key(fs::DirEntry::file_name);
    let mut sorted = hosts.clone();
    sorted.sort_unstable();
    assert_eq!(folders.iter().map(|folder| folder.file_name().into_string().unwrap()).collect::<Vec<_>>(), sorted);
    let all = read("docs/recipes/README.md");
    for host in hosts {
        assert!(all.contains(&format!("({host}.md)")), "{host}");
        let told = read(&format!("docs/recipes/{host}.md"));
        for word in ["**Policy**", "**Sanitisers**"] {
            assert!(told.contains(word), "{word} of {host}");
        }
        for file in files(&checkout().join("recipes").join(host)) {
            let path = file.strip_prefix(checkout()).unwrap().display().to_string();
            assert!(told.contains(&format!("(../../{path})")), "{path} is not linked in {host}.md");
        }
        // And no link leads nowhere.
        for link in told.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(checkout().join("docs/recipes").join(link).exists(), "{link} in {host}.md");
        }
    }
}

#[test]
fn the_lists_of_attributes_in_recipes_are_the_cards() {
    let elements: Value = serde_json::from_str(&read("npm/elements.json")).unwrap();
    let card = elements["elements"][0]["attributes"].as_array().unwrap();
    let names: Vec<_> = card.iter().map(|attribute| attribute["name"].as_str().unwrap()).collect();
    let hugo = recipe::read("hugo/layouts/partials/maqal/attributes.html");
    assert_eq!(quoted(&hugo, "$known := slice", "-}}", '"'), names);
    let plugin = recipe::read("wordpress/maqal/maqal.php");
    assert_eq!(quoted(&plugin, "const MAQAL_ATTRIBUTES = array(", ");", '\''), names);
    // The block has each of them, with the choices of the card's own, and two things of WordPress's.
    let block: Value = serde_json::from_str(&recipe::read("wordpress/maqal/block.json")).unwrap();
    let mut of_block: Vec<_> = block["attributes"].as_object().unwrap().keys().map(String::as_str).collect();
    of_block.retain(|name| !["post", "article"].contains(name));
    let mut sorted = names.clone();
    sorted.sort_unstable();
    of_block.sort_unstable();
    assert_eq!(of_block, sorted);
    let editor = recipe::read("wordpress/maqal/editor.js");
    for attribute in card.iter().filter(|attribute| attribute["values"].is_array() && attribute["list"] != true) {
        let name = attribute["name"].as_str().unwrap();
        assert_eq!(block["attributes"][name]["enum"], attribute["values"], "{name}");
        let choices: Vec<_> = attribute["values"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(quoted(&editor, &format!("    {name}: ["), "]", '"'), choices, "{name}");
    }
}
