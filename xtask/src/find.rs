//! Looks for a program on PATH and in the cache, and asks it for its version.

use std::path::{Path, PathBuf};

use semver::Version;

use crate::{
    process::{command, output_of},
    tools::State,
    version,
};

/// The first of `names` on PATH when it is fit, else the one in `folder` when that is.
pub fn on_path_or_in(names: &[&str], folder: &Path, is_fit: impl Fn(&Version, &Path) -> bool) -> State {
    let Some(name) = names.first() else { return State::Missing };
    let on_path = which::which(name).ok().map(|path| judge(path, &is_fit)).unwrap_or(State::Missing);
    if on_path.ready_path().is_some() {
        return on_path;
    }
    let path = folder.join(name);
    let in_folder = if path.exists() { judge(path, &is_fit) } else { State::Missing };
    if in_folder.ready_path().is_some() { in_folder } else { on_path }
}

/// Asks the program at `path` for its version.
pub fn version_of(path: &Path) -> Option<Version> {
    version::first_in(&output_of(command(path).arg("--version"))?)
}

fn judge(path: PathBuf, is_fit: impl Fn(&Version, &Path) -> bool) -> State {
    match version_of(&path) {
        Some(version) if is_fit(&version, &path) => State::Ready { version: version.to_string(), path },
        Some(version) => State::Unfit { version: version.to_string(), path },
        None => State::Unfit { version: "does not run".to_owned(), path },
    }
}
