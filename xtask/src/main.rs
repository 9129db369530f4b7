//! Maqal's developer tasks, run as `cargo xtask <task>`. `cargo xtask help` lists them.

mod cli;
mod commands;
mod debian;
mod debian_toolchain;
mod find;
mod links;
mod lock;
mod lockfile;
mod process;
mod progress;
mod setup;
mod site;
mod table;
mod toolchain_file;
mod tools;
mod version;

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
        Task::Doctor { mend } => commands::doctor::run(&site, mend),
    }
}
