//! A Rust toolchain folder in the cache, made of Debian's compiler and a standard library for `wasm32-unknown-unknown` built from
//! Debian's source of it. For machines where rustup cannot fetch that target. `/usr` is left as Debian made it.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    debian,
    process::{command, output_of, path_with, run},
    site::Site,
    tools::wasm_target::TARGET,
    version,
};

/// Debian's packages of the browsers' own, newer Rust. The linker is added to these by [`linker_package`].
pub const PACKAGES: [&str; 6] =
    ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "rustfmt-web"];

/// Where those packages put their programs.
const PROGRAMS: &str = "/usr/bin";
/// Where they put libraries and sources.
const RUSTLIB: &str = "/usr/lib/rustlib";
/// Holds what the folder was made from, to notice when Debian brings another compiler.
const STAMP: &str = "made-from.txt";
/// Raised whenever the recipe below changes, so that older folders are made again.
const RECIPE: &str = "recipe 1";

/// The folder, when it is complete and made from the compiler that is installed now.
pub fn ready(site: &Site) -> Option<PathBuf> {
    let compiler = compiler()?;
    let folder = folder_for(site, &compiler)?;
    let stamp = fs::read_to_string(folder.join(STAMP)).ok()?;
    let whole = folder.join("bin/rustc").exists() && rust_lld(&folder, &host(&compiler)?).exists();
    (stamp == stamp_for(&compiler) && whole).then_some(folder)
}

/// Installs Debian's packages, builds the standard library and lays out the folder.
///
/// # Errors
/// When Debian has no fitting compiler, or apt or the build fails.
pub fn build(site: &Site) -> Result<PathBuf> {
    install_packages()?;
    let compiler = compiler().context("Debian's rustc-web is installed but /usr/bin/rustc does not run")?;
    let host = host(&compiler).context("`/usr/bin/rustc -vV` names no host")?;
    let folder = folder_for(site, &compiler).context("`/usr/bin/rustc -vV` names no version")?;
    let lld = lld().context("no lld under /usr/lib/llvm-* after its package was installed")?;

    let fresh = site.cache.join("toolchain.new");
    remove_folder(&fresh)?;
    let library = fresh.join("lib/rustlib").join(TARGET).join("lib");
    make_folder(&library)?;
    build_library(site, &lld, &library)?;
    link_host(&fresh, &host, &lld)?;
    write_programs(&fresh, &folder)?;
    write_file(&fresh.join(STAMP), &stamp_for(&compiler))?;

    // Last and at once, so that a run cut short leaves no half of a toolchain.
    remove_folder(&folder)?;
    fs::rename(&fresh, &folder).with_context(|| format!("cannot move {} into place", fresh.display()))?;
    Ok(folder)
}

fn install_packages() -> Result<()> {
    // Before the first, apt's lists may name an older compiler or none.
    if !PACKAGES.into_iter().all(debian::is_installed) {
        debian::refresh()?;
    }
    let wanted = version::first_in(env!("CARGO_PKG_RUST_VERSION"));
    let candidate = debian::candidate("rustc-web");
    let version = candidate.as_deref().and_then(|text| version::first_in(text.split(['+', '-']).next()?));
    if version.is_none() || version < wanted {
        bail!(
            "Debian offers rustc-web {}, and Rust {} or later is needed: install the wasm32-unknown-unknown target by rustup",
            candidate.as_deref().unwrap_or("in no version"),
            env!("CARGO_PKG_RUST_VERSION")
        );
    }
    let linker = linker_package(&debian::dependencies("rust-web-llvm"));
    let packages: Vec<&str> = PACKAGES.into_iter().chain([linker.as_str()]).collect();
    debian::install(&packages)
}

/// The lld of the LLVM that Debian's rustc was built with: its bitcode is only read by the same.
fn linker_package(dependencies: &[String]) -> String {
    dependencies
        .iter()
        .find_map(|name| name.strip_prefix("llvm-"))
        .map_or_else(|| "lld".to_owned(), |number| format!("lld-{number}"))
}

/// Builds the standard library in a crate of its own, with bitcode: without it `lto = "fat"` fails later.
fn build_library(site: &Site, lld: &Path, library: &Path) -> Result<()> {
    let scratch = site.cache.join("build/std");
    remove_folder(&scratch)?;
    make_folder(&scratch.join("src"))?;
    // An empty workspace of its own, whatever lies above the cache.
    write_file(
        &scratch.join("Cargo.toml"),
        "[package]\nname = \"std-for-wasm\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n[profile.release]\nlto = \"thin\"\n",
    )?;
    write_file(&scratch.join("src/lib.rs"), "#![no_std]\n")?;
    let target = scratch.join("target");
    run(command(Path::new(PROGRAMS).join("cargo"))
        .current_dir(&scratch)
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,proc_macro,test")
        // Debian's compiler is a stable one; building its own library is the one thing that needs this.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", Path::new(PROGRAMS).join("rustc"))
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", lld.with_file_name("wasm-ld"))
        .env("PATH", path_with(&[PathBuf::from(PROGRAMS)])?))?;
    let built = target.join(TARGET).join("release/deps");
    let mut copied = 0;
    for entry in fs::read_dir(&built).with_context(|| format!("cannot read {}", built.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "rlib")
            && !file.to_string_lossy().contains("libstd_for_wasm")
            && let Some(name) = file.file_name()
        {
            fs::copy(&file, library.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
            copied += 1;
        }
    }
    if copied == 0 {
        bail!("the standard library was built, but {} holds no .rlib", built.display());
    }
    remove_folder(&scratch)
}

/// The host's library, linker and library sources, as links into Debian's.
fn link_host(folder: &Path, host: &str, lld: &Path) -> Result<()> {
    let rustlib = folder.join("lib/rustlib");
    let own = rust_lld(folder, host);
    make_folder(own.parent().unwrap_or(folder))?;
    link(lld, &own)?;
    link(&Path::new(RUSTLIB).join(host).join("lib"), &rustlib.join(host).join("lib"))?;
    link(&Path::new(RUSTLIB).join("src"), &rustlib.join("src"))
}

/// The programs: Debian's, told that this folder is their sysroot.
fn write_programs(fresh: &Path, folder: &Path) -> Result<()> {
    let bin = fresh.join("bin");
    make_folder(&bin)?;
    let root = shell_quoted(&folder.to_string_lossy());
    for name in ["rustc", "rustdoc"] {
        write_program(&bin, name, &format!("exec {PROGRAMS}/{name} --sysroot {root} \"$@\""))?;
    }
    // Clippy's driver is a compiler too, but takes its sysroot from this variable.
    for name in ["cargo-clippy", "clippy-driver"] {
        write_program(&bin, name, &format!("SYSROOT={root} exec {PROGRAMS}/{name} \"$@\""))?;
    }
    for name in ["cargo", "cargo-fmt", "rustfmt"] {
        link(&Path::new(PROGRAMS).join(name), &bin.join(name))?;
    }
    Ok(())
}

fn write_program(bin: &Path, name: &str, line: &str) -> Result<()> {
    let path = bin.join(name);
    write_file(&path, &format!("#!/bin/sh\n{line}\n"))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} executable", path.display()))
}

/// What `/usr/bin/rustc` says of itself, when it is Debian's rustc-web or as new.
fn compiler() -> Option<String> {
    output_of(command(Path::new(PROGRAMS).join("rustc")).arg("-vV"))
}

fn folder_for(site: &Site, compiler: &str) -> Option<PathBuf> {
    Some(site.cache.join(format!("toolchain-{}", version::first_in(compiler)?)))
}

fn stamp_for(compiler: &str) -> String {
    format!("{RECIPE}\n{compiler}")
}

fn host(compiler: &str) -> Option<String> {
    compiler.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

fn rust_lld(folder: &Path, host: &str) -> PathBuf {
    folder.join("lib/rustlib").join(host).join("bin/rust-lld")
}

/// The newest `/usr/lib/llvm-N/bin/lld`.
fn lld() -> Option<PathBuf> {
    let number = |path: &Path| path.file_name()?.to_str()?.strip_prefix("llvm-")?.parse::<u32>().ok();
    let folders = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let with_lld = folders.filter(|path| path.join("bin/wasm-ld").exists());
    with_lld.filter_map(|path| Some((number(&path)?, path))).max().map(|(_, path)| path.join("bin/lld"))
}

fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn link(to: &Path, at: &Path) -> Result<()> {
    symlink(to, at).with_context(|| format!("cannot link {} to {}", at.display(), to.display()))
}

fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))
}

fn remove_folder(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

fn write_file(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPILER: &str = "rustc 1.96.0 (abc 2026-05-25) (built from a source tarball)\nbinary: rustc\n\
        host: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8\n";

    #[test]
    fn the_linker_is_of_the_llvm_that_rustc_was_built_with() {
        let dependencies = ["libc6".to_owned(), "llvm-22".to_owned()];
        assert_eq!(linker_package(&dependencies), "lld-22");
        assert_eq!(linker_package(&[]), "lld");
    }

    #[test]
    fn the_host_is_read_from_the_compilers_own_words() {
        assert_eq!(host(COMPILER).as_deref(), Some("x86_64-unknown-linux-gnu"));
        assert_eq!(host("rustc 1.96.0"), None);
    }

    #[test]
    fn another_compiler_makes_the_folder_stale() {
        assert_ne!(stamp_for(COMPILER), stamp_for(&COMPILER.replace("abc", "def")));
    }

    #[test]
    fn a_path_with_a_quote_is_safe_in_a_shell_script() {
        assert_eq!(shell_quoted("/home/o'neil/x y"), r"'/home/o'\''neil/x y'");
    }
}
