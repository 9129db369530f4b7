//! Starts other programs, with an environment in which rustup and cargo decide anew.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// A command that does not inherit what rustup and cargo set for `cargo xtask` itself. Under `cargo xtask` they name the
/// toolchain it was started with; a child that inherited that would pass over the checkout's `rust-toolchain.toml`.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if is_ours_alone(&name) {
            command.env_remove(name);
        }
    }
    if let Some(paths) = env::var_os("LD_LIBRARY_PATH") {
        // Cargo adds its own library folders here; what the user put in stays.
        let kept: Vec<PathBuf> = env::split_paths(&paths).filter(|path| !is_rust_library_folder(path)).collect();
        match env::join_paths(kept) {
            Ok(joined) if !joined.is_empty() => command.env("LD_LIBRARY_PATH", joined),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

fn is_ours_alone(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    matches!(name, "RUSTUP_TOOLCHAIN" | "RUSTUP_TOOLCHAIN_SOURCE" | "RUST_RECURSION_COUNT" | "CARGO" | "OUT_DIR")
        || name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
}

fn is_rust_library_folder(path: &Path) -> bool {
    let has = |part: &str| path.components().any(|component| component.as_os_str() == part);
    has("rustlib") || has("toolchains") || has("deps") || has("debug") || has("release")
}

/// `PATH` with `first` before everything else.
///
/// # Errors
/// When a folder's name holds the separator of `PATH`.
pub fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = first.iter().cloned().chain(env::split_paths(&old));
    env::join_paths(all).context("a folder's name holds the separator of PATH")
}

/// Runs to the end with the terminal as its own, and fails when it fails.
///
/// # Errors
/// When the program cannot be started or does not end with success.
pub fn run(command: &mut Command) -> Result<()> {
    let line = command_line(command);
    // No standard input: nothing we start may wait for an answer.
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// What the program prints on its standard output, or nothing when it cannot be started or fails. Its messages go unseen: this
/// is for asking whether something is there.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
pub fn command_line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustup_and_cargo_set_for_xtask_is_not_handed_on() {
        for name in ["RUSTUP_TOOLCHAIN", "CARGO", "CARGO_MANIFEST_DIR", "CARGO_PKG_NAME"] {
            assert!(is_ours_alone(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn what_the_user_set_is_handed_on() {
        for name in ["CARGO_HOME", "CARGO_TARGET_DIR", "RUSTUP_HOME", "RUSTFLAGS", "PATH"] {
            assert!(!is_ours_alone(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn only_rust_library_folders_are_taken_from_the_library_path() {
        assert!(is_rust_library_folder(Path::new("/root/.rustup/toolchains/stable/lib")));
        assert!(is_rust_library_folder(Path::new("/work/target/debug/deps")));
        assert!(!is_rust_library_folder(Path::new("/opt/cuda/lib64")));
    }

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        assert_eq!(command_line(Command::new("cargo").args(["install", "trunk"])), "cargo install trunk");
    }
}
