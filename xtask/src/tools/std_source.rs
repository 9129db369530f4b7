//! The source of Rust's standard library: the distribution compiles its own, for size and without what tells of panics.

use std::path::PathBuf;

use anyhow::Result;

use super::{State, Tool};
use crate::{
    process::{command, output_of, run},
    site::Site,
};

/// rustup's component `rust-src`; Debian's toolchain (`debian_toolchain`) has it.
#[derive(Debug)]
pub struct StdSource;

impl Tool for StdSource {
    fn name(&self) -> &'static str {
        "rust-src"
    }

    fn wanted(&self, _site: &Site) -> String {
        "the compiler's".to_owned()
    }

    fn find(&self, site: &Site) -> State {
        let sysroot = output_of(command("rustc").args(["--print", "sysroot"]).current_dir(&site.root));
        let library = sysroot.map(|folder| PathBuf::from(folder.trim()).join("lib/rustlib/src/rust/library"));
        match library.filter(|library| library.join("std/Cargo.toml").exists()) {
            Some(path) => State::Ready { version: "the compiler's".to_owned(), path },
            None => State::Missing,
        }
    }

    fn plan(&self, _site: &Site) -> String {
        "by `rustup component add rust-src` (seconds)".to_owned()
    }

    fn install(&self, site: &Site) -> Result<()> {
        run(command("rustup").args(["component", "add", "rust-src"]).current_dir(&site.root))
    }

    fn mend(&self, _site: &Site) -> String {
        "rustup component add rust-src".to_owned()
    }
}
