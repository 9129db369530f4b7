//! Maqal's developer tasks, run as `cargo xtask <task>`. `cargo xtask help` lists them.

mod child;
mod cli;
mod commands;
mod debian;
mod debian_toolchain;
mod distribution;
mod end_to_end;
mod endpoint;
mod engine;
mod engine_files;
mod find;
mod interrupt;
mod links;
mod lock;
mod lockfile;
mod npm;
mod package;
mod page;
mod port;
mod process;
mod progress;
mod setup;
mod side_by_side;
mod site;
mod skipped;
mod table;
mod tally;
mod toolchain_file;
mod tools;
mod version;
mod weight;
mod xvfb;

use std::process::ExitCode;

use anyhow::Result;

use cli::Task;
use site::Site;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let task = cli::parse(lexopt::Parser::from_env())?;
    if task == Task::Help {
        print!("{}", cli::HELP);
        return Ok(());
    }
    let site = Site::find()?;
    match task {
        Task::Help => Ok(()),
        Task::Serve { port, endpoint_port } => commands::serve::run(&site, port, endpoint_port),
        Task::Build(profile) => commands::build::run(&site, profile),
        Task::Test { part, engine, bless } => commands::test::run(&site, part, engine, bless),
        Task::Stage => commands::stage::run(),
        Task::Package { dist } => commands::package::run(&site, dist),
        Task::Size { document: true, .. } => commands::size::document(&site),
        Task::Size { profile, dist, check, .. } => commands::size::run(&site, profile, dist, check),
        Task::Bench { part, runs, comments } => commands::bench::run(&site, part, runs, comments),
        Task::Shots => commands::shots::run(&site),
        Task::Doctor { mend } => commands::doctor::run(&site, mend),
    }
}
