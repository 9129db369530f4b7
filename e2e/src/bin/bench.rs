//! The benchmark of conversations; `cargo xtask bench` builds what it needs and runs it.

use maqal_e2e::bench::{self, Wanted};

#[tokio::main]
async fn main() {
    let wanted = wanted(std::env::args().skip(1));
    print!("{}", bench::run(&wanted).await.render());
}

/// Reads the command line, which `cargo xtask bench` has checked.
fn wanted(mut words: impl Iterator<Item = String>) -> Wanted {
    let mut wanted = Wanted::default();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--runs" => wanted.runs = words.next().and_then(|number| number.parse().ok()),
            "--comments" => wanted.comments = words.next().and_then(|number| number.parse().ok()),
            _ => wanted.part = Some(word),
        }
    }
    wanted
}
