//! What the end-to-end tests, the pictures and the benchmark need: a built page, a built endpoint, a browser and its driver.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Result;

use crate::{
    endpoint,
    engine::Engine,
    package,
    page::{self, Profile},
    process,
    setup::Ready,
    site::Site,
    tools::{
        Tool,
        axe::Axe,
        browser::{Browser, Driver},
        built::GECKODRIVER,
        package_tests::PackageTests,
        packaged::{FIREFOX, HUGO, MARIADB, MINIBROWSER, PHP, WEBKIT_DRIVER, XVFB},
        wordpress::WordPress,
    },
};

/// Names the browser of `engine`, its driver and what it needs in the environment of the tests.
fn name_browser(cargo: &mut Command, ready: &Ready, engine: Engine) -> Result<()> {
    let tools: &[(&str, &dyn Tool)] = match engine {
        Engine::Chromium => &[("MAQAL_E2E_CHROMEDRIVER", &Driver), ("MAQAL_E2E_CHROMIUM", &Browser)],
        Engine::Firefox => &[("MAQAL_E2E_GECKODRIVER", &GECKODRIVER), ("MAQAL_E2E_FIREFOX", &FIREFOX)],
        Engine::WebKit => &[
            ("MAQAL_E2E_WEBKITDRIVER", &WEBKIT_DRIVER),
            ("MAQAL_E2E_MINIBROWSER", &MINIBROWSER),
            ("MAQAL_E2E_XVFB", &XVFB),
        ],
    };
    for (variable, tool) in tools {
        cargo.env(variable, ready.path_of(*tool)?);
    }
    if engine == Engine::Firefox {
        let profile = endpoint::target_folder()?.join("firefox-profile");
        // One of another version would be of no use.
        let _ = fs::remove_dir_all(&profile);
        cargo.env("MAQAL_E2E_FIREFOX_PROFILE", profile);
    }
    cargo.env("MAQAL_E2E_ENGINE", engine.word());
    Ok(())
}

/// Where the tests write which steps they left out in `engine`.
///
/// # Errors
/// When the target folder cannot be found.
pub fn skipped(engine: Engine) -> Result<PathBuf> {
    Ok(endpoint::target_folder()?.join(format!("skipped-{}.txt", engine.word())))
}

/// What the tests need built, whichever engine they run in.
#[derive(Debug)]
pub struct Built {
    page: PathBuf,
    npm: PathBuf,
}

impl Built {
    /// Builds the page, the package and the endpoint. The page goes to a folder of its own in the target folder, so that a `dist/`
    /// ready to be published stays as it is.
    ///
    /// # Errors
    /// When a build fails.
    pub fn new(site: &Site, ready: &Ready, profile: Profile) -> Result<Self> {
        let page = page(site, ready, profile)?;
        let npm = package::folder()?;
        package::assemble(&site.root, &page, &npm)?;
        process::run(&mut endpoint::build(site, ready)?)?;
        Ok(Self { page, npm })
    }

    /// A cargo command whose environment names all that, the tools, and the browser of `engine`.
    ///
    /// # Errors
    /// When a tool was not set up.
    pub fn cargo(&self, site: &Site, ready: &Ready, engine: Engine) -> Result<Command> {
        let mut cargo = ready.command(site, "cargo")?;
        cargo
            .env("MAQAL_E2E_DIST", &self.page)
            .env("MAQAL_E2E_NPM", &self.npm)
            .env("MAQAL_E2E_NPM_TOOLS", ready.path_of(&PackageTests)?)
            .env("MAQAL_E2E_SERVER", endpoint::program()?)
            .env("MAQAL_E2E_AXE", ready.path_of(&Axe)?)
            .env("MAQAL_E2E_HUGO", ready.path_of(&HUGO)?)
            .env("MAQAL_E2E_PHP", ready.path_of(&PHP)?)
            .env("MAQAL_E2E_MARIADB", ready.path_of(&MARIADB)?)
            .env("MAQAL_E2E_WORDPRESS", ready.path_of(&WordPress)?)
            .env("MAQAL_E2E_MATRIX", matrix()?);
        name_browser(&mut cargo, ready, engine)?;
        Ok(cargo)
    }
}

/// Builds the page, and gives its folder.
///
/// # Errors
/// When the build fails.
pub fn page(site: &Site, ready: &Ready, profile: Profile) -> Result<PathBuf> {
    let folder = match profile {
        Profile::Dev => "e2e-dist",
        Profile::Release => "release-dist",
        Profile::Distribution => "distribution-dist",
    };
    let dist = endpoint::target_folder()?.join(folder);
    process::run(&mut page::build(site, ready, profile, &dist)?)?;
    Ok(dist)
}

/// Where the tests write the table of comments lost and doubled.
///
/// # Errors
/// When the target folder cannot be found.
pub fn matrix() -> Result<PathBuf> {
    Ok(endpoint::target_folder()?.join("fault-matrix.md"))
}

/// Runs the tests by `run`, and prints the table that they wrote: the test runner keeps to itself what a passing test prints.
///
/// # Errors
/// What `run` returns, and where the target folder cannot be found.
pub fn with_matrix<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    let path = matrix()?;
    // One of an earlier run says nothing of this one.
    let _ = fs::remove_file(&path);
    let ran = run();
    match fs::read_to_string(&path) {
        Ok(table) => println!("\n{table}"),
        Err(_) => println!("\nThe fault matrix was not played to its end: there is no table."),
    }
    ran
}
