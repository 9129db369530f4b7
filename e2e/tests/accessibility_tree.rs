//! The accessibility tree of each state, as it was reviewed: `e2e/snapshots/NAME.txt`. `cargo xtask test e2e --bless`
//! writes them anew.

use std::fs;
use std::path::Path;

use maqal_e2e::skip::Step;
use maqal_e2e::states::{States, USUAL};
use maqal_e2e::{environment, needs, tree};

#[tokio::test]
async fn the_accessibility_tree_of_each_state_is_as_it_was_reviewed() {
    needs!(Step::AccessibilityTree);
    let states = States::start().await;
    let reader = states.reader().await;
    reader.view(390, 844, false).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let names = states.names(&reader).await;
    let mut changed = Vec::new();
    for name in &names {
        states.open(&reader, name, USUAL).await;
        let now = tree::of(&reader, "maqal-card").await;
        assert!(now.lines().count() > 1, "the tree of `{name}` is empty:\n{now}");
        let path = folder.join(name).with_extension("txt");
        if environment::blesses() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &now).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        if kept != now {
            changed.push(format!("{name}:\n{}", difference(&kept, &now)));
        }
    }
    assert!(changed.is_empty(), "review and `cargo xtask test e2e --bless`:\n{}", changed.join("\n"));
    let states = names.iter().map(|name| format!("{name}.txt"));
    let mut kept: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|file| states.clone().all(|state| state != *file))
        .collect();
    kept.sort();
    assert!(kept.is_empty(), "there are no such states any more: {kept:?}");
}

/// The lines that are in one only.
fn difference(kept: &str, now: &str) -> String {
    let only = |these: &str, those: &str, mark: char| {
        let lines = these.lines().filter(|line| !those.lines().any(|other| other == *line));
        lines.map(|line| format!("{mark} {line}\n")).collect::<String>()
    };
    only(kept, now, '-') + &only(now, kept, '+')
}
