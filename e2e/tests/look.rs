//! The card looks as it did: some states, against the pictures in `docs/pictures/states`, with some tolerance for how
//! machines draw letters. `cargo xtask test e2e --bless`, or `cargo xtask shots`, takes them anew.

use std::fs;
use std::path::Path;

use maqal_e2e::environment;
use maqal_e2e::look::{Pixels, looks};
use maqal_e2e::needs;
use maqal_e2e::picture::keep;
use maqal_e2e::skip::Step;
use maqal_e2e::states::States;

#[tokio::test]
async fn the_states_look_as_in_the_pictures_that_are_kept() {
    needs!(Step::Pictures);
    let states = States::start().await;
    let reader = states.reader().await;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks");
    fs::create_dir_all(&folder).unwrap();
    let mut changed = Vec::new();
    for look in looks() {
        let png = look.take(&states, &reader).await;
        if environment::blesses() {
            keep(&png, &look.path());
            continue;
        }
        let now = Pixels::read(&png).unwrap();
        let difference = match fs::read(look.path()) {
            Ok(kept) => Pixels::read(&kept).unwrap().difference(&now),
            Err(error) => panic!("{}: {error}; take it by `cargo xtask shots`", look.path().display()),
        };
        if let Some(difference) = difference {
            let [actual, marked] =
                ["actual", "difference"].map(|what| folder.join(format!("{}-{what}.png", look.name())));
            fs::write(&actual, png).unwrap();
            fs::write(&marked, difference.marked.png().unwrap()).unwrap();
            changed.push(format!(
                "{}: {}\n  {}\n  {}",
                look.name(),
                difference.why,
                actual.display(),
                marked.display()
            ));
        }
    }
    assert!(changed.is_empty(), "{} pictures differ:\n{}", changed.len(), changed.join("\n"));
}

#[test]
fn every_picture_of_a_state_is_one_that_is_compared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures/states");
    let looks: Vec<_> = looks().iter().map(|look| format!("{}.png", look.name())).collect();
    let mut others = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if !looks.contains(&name) {
            others.push(name);
        }
    }
    assert!(others.is_empty(), "nothing makes these any more: {others:?}");
}
