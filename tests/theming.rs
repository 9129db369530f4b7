//! What `docs/theming.md` promises of custom properties and parts is what the sheets and the views have, and the colours
//! of every theme can be told apart.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const THEMES: [&str; 3] = ["light", "sepia", "dark"];

/// Each pair of colours that meet: what is in front, on what, and the least contrast (WCAG 2.2, criteria 1.4.3 and 1.4.11).
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("ink", &["paper", "page", "accent-soft", "bad-soft"], 4.5),
    ("soft", &["paper", "page", "accent-soft", "bad-soft"], 4.5),
    ("accent", &["paper", "page", "accent-soft"], 4.5),
    ("on-accent", &["accent"], 4.5),
    ("wait", &["wait-soft", "paper"], 4.5),
    ("bad", &["bad-soft", "paper"], 4.5),
    ("control", &["paper", "accent-soft"], 3.0),
];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The texts of all files under `folder` that end in `extension`.
fn texts(folder: &Path, extension: &str) -> String {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let of = |path: &std::path::PathBuf| {
        if path.is_dir() {
            texts(path, extension)
        } else if path.extension().is_some_and(|e| e == extension) {
            fs::read_to_string(path).unwrap()
        } else {
            String::new()
        }
    };
    entries.iter().map(of).collect()
}

fn sheets() -> String {
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("style"), "css")
}

/// What follows each `before` in `text`, as far as `is_part` goes.
fn all_after<'a>(text: &'a str, before: &'a str, is_part: fn(char) -> bool) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).map(move |rest| &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())])
}

fn is_name(c: char) -> bool {
    c.is_ascii_lowercase() || c == '-'
}

/// The cells of the rows of the documentation's tables whose first cell holds a name that begins so.
fn rows(doc: &str) -> Vec<Vec<&str>> {
    let rows = doc.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The names in code of a cell.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The colours of `theme` in the sheet of tokens, by name, each as the host's property falls back on it.
fn colours(theme: &str) -> BTreeMap<String, String> {
    let sheet = read("style/1-tokens.css");
    let start = sheet.find(&format!("[data-theme=\"{theme}\"] {{")).unwrap();
    let block = &sheet[start..start + sheet[start..].find('}').unwrap()];
    let pairs = block.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--_maqal-")?.split_once(": var(--maqal-")?;
        let (public, colour) = value.strip_suffix(");")?.split_once(", ")?;
        assert_eq!(name, public);
        Some((name.to_owned(), colour.to_owned()))
    });
    pairs.collect()
}

/// The relative luminance of a colour in hexadecimal digits (WCAG 2.2, glossary).
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap();
    let digits = if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_measured_as_the_guidelines_say() {
    assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 1e-3);
}

#[test]
fn every_colour_can_be_told_from_what_it_stands_on_in_every_theme() {
    for theme in THEMES {
        let colours = colours(theme);
        assert_eq!(colours.len(), 13, "{theme}: {colours:?}");
        for (front, grounds, least) in PAIRS {
            for ground in *grounds {
                let contrast = contrast(&colours[*front], &colours[*ground]);
                assert!(contrast >= *least, "{theme}: {front} on {ground} has {contrast:.2}:1");
            }
        }
    }
}

#[test]
fn each_theme_stands_once_in_the_sheets() {
    let sheets = sheets();
    for theme in THEMES {
        for (name, colour) in colours(theme) {
            let rule = format!("--_maqal-{name}: var(--maqal-{name}, {colour});");
            assert_eq!(sheets.matches(&rule).count(), 1, "{theme}: {rule}");
        }
    }
}

#[test]
fn the_documented_properties_are_those_of_the_sheets() {
    let sheets = sheets();
    let used: BTreeSet<_> = all_after(&sheets, "var(--maqal-", is_name).collect();
    let doc = read("docs/theming.md");
    let documented: BTreeSet<_> =
        rows(&doc).iter().filter_map(|row| names(row[0])[0].strip_prefix("--maqal-")).map(str::to_owned).collect();
    let used: BTreeSet<_> = used.into_iter().map(str::to_owned).collect();
    assert_eq!(used, documented);
}

#[test]
fn the_documented_colours_are_those_of_the_themes() {
    let doc = read("docs/theming.md");
    let rows = rows(&doc);
    for (at, theme) in THEMES.into_iter().enumerate() {
        for (name, colour) in colours(theme) {
            let property = format!("--maqal-{name}");
            let row = rows.iter().find(|row| names(row[0]) == [property.as_str()]).unwrap();
            assert_eq!(names(row[at + 1]), [colour.as_str()], "{theme}: {property}");
            let pairs = PAIRS.iter().find(|(front, ..)| *front == name);
            let pairs = pairs.map_or(String::new(), |(_, on, least)| format!("{least} on {}", on.join(", ")));
            assert_eq!(row[5].trim(), pairs, "{property}");
        }
    }
}

#[test]
fn the_documented_parts_are_those_of_the_views() {
    let code = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "rs");
    // The theme is a part of the card too; the code puts it together.
    let mut used: BTreeSet<_> = THEMES.into_iter().collect();
    for after in code.split(".attr(\"part\", ").skip(1) {
        let names = after.split('"').nth(1).unwrap();
        assert!(names.chars().all(|c| is_name(c) || c == ' '), "no literal names a part: {}", &after[..60]);
        used.extend(names.split_whitespace());
    }
    let doc = read("docs/theming.md");
    let tables = doc.split("## Parts").nth(1).unwrap().split("## Examples").next().unwrap();
    let documented: BTreeSet<_> = rows(tables).into_iter().flat_map(|row| names(row[0])).collect();
    assert_eq!(used, documented);
}

#[test]
fn the_examples_name_only_what_there_is() {
    let doc = read("docs/theming.md");
    let (tables, examples) = doc.split_once("## Examples").unwrap();
    for property in all_after(examples, "--maqal-", is_name) {
        assert!(tables.contains(&format!("| `--maqal-{property}` |")), "--maqal-{property}");
    }
    for part in all_after(examples, "::part(", is_name) {
        assert!(rows(tables).iter().any(|row| names(row[0]).contains(&part)), "::part({part})");
    }
}
