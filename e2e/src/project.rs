//! A site's own project with the npm package installed from its file, and what it is built by.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::environment;
use crate::host::Host;

/// A folder with `node_modules`: the packages for tests, and `maqal-card` as `npm pack` makes it.
#[derive(Debug)]
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// An empty project.
    #[must_use]
    pub fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder can be made") };
        let modules = project.path("node_modules");
        fs::create_dir(&modules).expect("a folder can be made");
        for package in
            fs::read_dir(environment::npm_tools().join("node_modules")).expect("they are installed").flatten()
        {
            symlink(package.path(), modules.join(package.file_name())).expect("a link can be made");
        }
        let said =
            project.run("npm", &["pack", "--silent", "--pack-destination", ".", &environment::npm().to_string_lossy()]);
        let file = said.lines().last().unwrap_or_default().trim().to_owned();
        project.run("tar", &["--extract", "--file", &file]);
        fs::rename(project.path("package"), modules.join("maqal-card")).expect("it holds a package");
        project
    }

    /// Where `name` is in it.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders around it.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is in the project")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Copies a file of the checkout.
    pub fn copy(&self, from: &str, to: &str) {
        let from = checkout().join(from);
        let text = fs::read_to_string(&from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        self.write(to, &text);
    }

    /// Runs a program in the project, and gives what it prints; fails the test where it fails.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        self.try_run(program, arguments)
            .unwrap_or_else(|said| panic!("{program} {} says:\n{said}", arguments.join(" ")))
    }

    /// As [`run`](Self::run), where it may fail.
    ///
    /// # Errors
    /// What it printed.
    pub fn try_run(&self, program: &str, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(program).args(arguments).current_dir(self.folder.path()).env("CI", "1").output();
        let output = output.unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() { Ok(said) } else { Err(said + &String::from_utf8_lossy(&output.stderr)) }
    }

    /// Puts every file below `folder` on `host`, below `at`.
    pub fn publish(&self, folder: &str, host: &Host, at: &str) {
        host.put_folder(&self.path(folder), at);
    }
}

impl Default for Project {
    fn default() -> Self {
        Self::new()
    }
}

/// The checkout's top folder.
#[must_use]
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is in the checkout").to_path_buf()
}
