//! Debian's packages: what is there, and installing what is not.

use std::{fs, path::Path, sync::Once};

use anyhow::{Context, Result, bail};
use nix::unistd::geteuid;

use crate::process::{command, command_line, output_of, run};

static UPDATE: Once = Once::new();

/// Whether this is Debian or one of its kin with apt.
pub fn is_here() -> bool {
    Path::new("/etc/debian_version").exists() && which::which("apt-get").is_ok()
}

/// Installs the packages that are not there yet. Never removes one: where two cannot live together apt says so and we stop.
///
/// # Errors
/// When this is not Debian, or apt fails.
pub fn install(packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !is_here() {
        bail!("this is no Debian with apt, so install by hand what Debian calls: {}", missing.join(", "));
    }
    refresh()?;
    let mut apt = apt_get();
    // `--no-remove`: a package of the user's own is never taken away for ours.
    apt.args(["install", "--yes", "--no-remove", "--no-install-recommends"]).args(&missing);
    println!("{}", command_line(&apt));
    run(&mut apt)
}

/// Unpacks `packages` into `folder`, anew. Nothing of them is run, and nothing that they depend on is installed.
///
/// # Errors
/// When this is not Debian, apt has no such package, or the folder cannot be written.
pub fn unpack(packages: &[&str], folder: &Path) -> Result<()> {
    if !is_here() {
        let (packages, folder) = (packages.join(", "), folder.display());
        bail!("this is no Debian with apt, so unpack by hand what Debian calls {packages} into {folder}");
    }
    refresh()?;
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut download = command("apt-get");
    download.arg("download").args(packages).current_dir(folder);
    println!("{}", command_line(&download));
    run(&mut download)?;
    let found: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    for archive in found {
        let mut dpkg = command("dpkg-deb");
        dpkg.arg("--extract").arg(&archive).arg(folder);
        println!("{}", command_line(&dpkg));
        run(&mut dpkg)?;
        fs::remove_file(&archive).with_context(|| format!("cannot remove {}", archive.display()))?;
    }
    Ok(())
}

/// Brings apt's lists up to date, once in a run.
///
/// # Errors
/// When we may not, or apt fails.
pub fn refresh() -> Result<()> {
    if !geteuid().is_root() && which::which("sudo").is_err() {
        bail!(
            "Debian's packages are needed, you are not root, and there is no sudo: run this once as root, or install them by hand as `cargo xtask doctor` says"
        );
    }
    let mut result = Ok(());
    UPDATE.call_once(|| {
        let mut apt = apt_get();
        apt.arg("update");
        println!("{}", command_line(&apt));
        result = run(&mut apt);
    });
    result
}

/// The command line that installs `packages`, for a person to paste.
pub fn install_line(packages: &[&str]) -> String {
    let sudo = if geteuid().is_root() { "" } else { "sudo " };
    format!("{sudo}apt-get install {}", packages.join(" "))
}

/// The version of `package` that apt would install.
pub fn candidate(package: &str) -> Option<String> {
    let policy = output_of(command("apt-cache").env("LC_ALL", "C").args(["policy", package]))?;
    candidate_in(&policy)
}

/// The names of the packages that `package` depends on.
pub fn dependencies(package: &str) -> Vec<String> {
    let text = output_of(command("apt-cache").env("LC_ALL", "C").args(["depends", package])).unwrap_or_default();
    dependencies_in(&text)
}

/// Whether `package` is installed.
pub fn is_installed(package: &str) -> bool {
    output_of(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]))
        .is_some_and(|status| status == "installed")
}

fn apt_get() -> std::process::Command {
    let mut apt = if geteuid().is_root() {
        command("apt-get")
    } else {
        let mut sudo = command("sudo");
        sudo.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        sudo
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

fn candidate_in(policy: &str) -> Option<String> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"))?.trim();
    (version != "(none)").then(|| version.to_owned())
}

fn dependencies_in(depends: &str) -> Vec<String> {
    depends.lines().filter_map(|line| line.trim().strip_prefix("Depends:")).map(|name| name.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_candidate_is_read_from_what_apt_prints() {
        let policy = "rustc-web:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1~deb12u2\n  Version table:\n";
        assert_eq!(candidate_in(policy).as_deref(), Some("1.96.0+dfsg1-1~deb12u2"));
        assert_eq!(candidate_in("rustc-web:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate_in(""), None);
    }

    #[test]
    fn dependencies_are_read_from_what_apt_prints() {
        let depends = "rust-web-llvm\n  Depends: libc6\n  Depends: llvm-22\n  Conflicts: <rust-llvm>\n";
        assert_eq!(dependencies_in(depends), ["libc6", "llvm-22"]);
    }
}
