//! The set-up: looks, says what will be installed, installs it, links it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    debian,
    engine::Engine,
    links::{self, Link},
    lock::Lock,
    process, progress,
    site::Site,
    tools::{
        State, Tool,
        axe::Axe,
        bench_peers::BenchPeers,
        browser::{Browser, Driver},
        built::{GECKODRIVER, TRUNK, WASM_BINDGEN, WASM_PACK},
        esbuild::Esbuild,
        fonts::ArabicFont,
        package_tests::PackageTests,
        packaged::{FIREFOX, HUGO, MARIADB, MINIBROWSER, PHP, WEBKIT_DRIVER, XVFB},
        std_source::StdSource,
        wasm_opt::WasmOpt,
        wasm_target::WasmTarget,
        wordpress::WordPress,
    },
};

/// What a task needs installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The dev build of the page.
    Serve,
    /// The released build.
    Build,
    /// The smallest build.
    Distribution,
    /// Native tests only.
    Compiler,
    /// All tests, in this engine or in each.
    Test(Option<Engine>),
    /// The benchmark with the other widgets in it.
    Peers,
}

/// The tools for `need`, in the order in which they are installed.
pub fn tools(need: Need) -> Vec<&'static dyn Tool> {
    let page: [&'static dyn Tool; 3] = [&WasmTarget, &WASM_BINDGEN, &TRUNK];
    let smaller: [&'static dyn Tool; 2] = [&WasmOpt, &Esbuild];
    let tests: [&'static dyn Tool; 4] = [&ArabicFont, &WASM_PACK, &Axe, &PackageTests];
    let recipes: [&'static dyn Tool; 4] = [&HUGO, &PHP, &MARIADB, &WordPress];
    match need {
        Need::Compiler => vec![&WasmTarget],
        Need::Serve => page.to_vec(),
        Need::Build => page.into_iter().chain(smaller).collect(),
        Need::Distribution => page.into_iter().chain(smaller).chain([&StdSource as &dyn Tool]).collect(),
        Need::Test(engine) => {
            let engines = engine.map_or_else(|| Engine::ALL.to_vec(), |engine| vec![engine]);
            // What is published is tested too.
            let tools = page.into_iter().chain(smaller).chain(tests).chain(recipes);
            tools.chain(engines.into_iter().flat_map(of_engine)).collect()
        }
        Need::Peers => {
            let tests = tools(Need::Test(Some(Engine::Chromium))).into_iter();
            tests.chain([&StdSource as &dyn Tool, &BenchPeers]).collect()
        }
    }
}

/// The browser of `engine`, its driver, and what these need.
fn of_engine(engine: Engine) -> Vec<&'static dyn Tool> {
    match engine {
        Engine::Chromium => vec![&Browser, &Driver],
        Engine::Firefox => vec![&FIREFOX, &GECKODRIVER],
        Engine::WebKit => vec![&MINIBROWSER, &WEBKIT_DRIVER, &XVFB],
    }
}

/// The tools, ready: starts programs so that they find them.
#[derive(Debug, Clone)]
pub struct Ready {
    folders: Vec<PathBuf>,
    found: Vec<(&'static str, PathBuf)>,
}

impl Ready {
    /// A command in the checkout that finds the tools before anything else on PATH.
    ///
    /// # Errors
    /// When a folder's name holds the separator of `PATH`.
    pub fn command(&self, site: &Site, program: &str) -> Result<Command> {
        let path = process::path_with(&self.folders)?;
        let program = which::which_in(program, Some(&path), &site.root).unwrap_or_else(|_| PathBuf::from(program));
        let mut command = process::command(program);
        command.current_dir(&site.root).env("PATH", path);
        Ok(command)
    }

    /// Where a tool was found, by [`Tool::name`].
    ///
    /// # Errors
    /// When it is not among those that were asked for.
    pub fn path_of(&self, tool: &dyn Tool) -> Result<&Path> {
        let found = self.found.iter().find(|(name, _)| *name == tool.name());
        found.map(|(_, path)| path.as_path()).with_context(|| format!("{} was not set up for this task", tool.name()))
    }
}

/// Installs what is missing for `need`. Quick and silent when nothing is.
///
/// # Errors
/// When an installer fails, or this machine has no way to install a tool.
pub fn ensure(site: &Site, need: Need) -> Result<Ready> {
    let tools = tools(need);
    if missing(site, &tools).is_empty() && missing_links(site, &tools).is_empty() {
        return ready(site, &tools);
    }
    let _lock = Lock::take(&site.cache)?;
    // Looked at again: another run may have installed it while we waited.
    let wanted = missing(site, &tools);
    if !wanted.is_empty() {
        install(site, &wanted)?;
    }
    let links = missing_links(site, &tools);
    if !links.is_empty() {
        println!("\nLinked so that plain `trunk` and `wasm-pack` work (nothing of yours is overwritten):");
        for link in &links {
            println!("  {} -> {}", link.at.display(), link.to.display());
            links::make(link)?;
        }
    }
    ready(site, &tools)
}

fn install(site: &Site, wanted: &[&'static dyn Tool]) -> Result<()> {
    println!("To be installed:");
    for tool in wanted {
        println!("  {}: {}", tool.name(), tool.plan(site));
    }
    println!("What goes to {} is shared by all your checkouts of Maqal.", site.cache.display());
    let packages: BTreeSet<&str> = wanted.iter().flat_map(|tool| tool.debian_packages()).copied().collect();
    if !packages.is_empty() && debian::is_here() {
        let packages: Vec<&str> = packages.into_iter().collect();
        progress::timed("Debian's packages", || debian::install(&packages))?;
    }
    for (index, tool) in wanted.iter().enumerate() {
        let title = format!("[{}/{}] {} {}", index + 1, wanted.len(), tool.name(), tool.wanted(site));
        progress::timed(&title, || {
            tool.install(site).with_context(|| format!("{} could not be installed", tool.name()))
        })?;
    }
    Ok(())
}

fn missing(site: &Site, tools: &[&'static dyn Tool]) -> Vec<&'static dyn Tool> {
    tools.iter().copied().filter(|tool| tool.find(site).ready_path().is_none()).collect()
}

fn missing_links(site: &Site, tools: &[&'static dyn Tool]) -> Vec<Link> {
    let found = tools.iter().filter_map(|tool| Some((tool, tool.find(site).ready_path()?.to_path_buf())));
    found.flat_map(|(tool, path)| links::missing(site, *tool, &path)).collect()
}

fn ready(site: &Site, tools: &[&'static dyn Tool]) -> Result<Ready> {
    let mut ready = Ready { folders: Vec::new(), found: Vec::new() };
    for tool in tools {
        let State::Ready { path, .. } = tool.find(site) else {
            anyhow::bail!("{} was installed but is not found; `cargo xtask doctor` says more", tool.name());
        };
        if path.starts_with(&site.cache)
            && !tool.programs().is_empty()
            && let Some(folder) = path.parent()
        {
            ready.folders.push(folder.to_path_buf());
        }
        ready.found.push((tool.name(), path));
    }
    Ok(ready)
}
