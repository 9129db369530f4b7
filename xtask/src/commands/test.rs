//! `test`: all tests, part by part, and their sum.

use std::{env, io, process::Command};

use anyhow::{Result, bail};

use crate::{
    cli::Part,
    end_to_end,
    page::Profile,
    process::command_line,
    progress,
    setup::{self, Need, Ready},
    site::Site,
    tally::{self, Tally},
};

const ALL: [Part; 3] = [Part::Native, Part::Browser, Part::EndToEnd];

/// How long wasm-bindgen's runner may wait for a browser test, in seconds. Its own limit of 20 is short for a dev build on a busy machine.
const BROWSER_TIMEOUT: &str = "180";

/// Runs every part, or one, to the end, whatever fails on the way. With `bless` the looks and the accessibility trees that are kept are
/// written anew.
///
/// # Errors
/// When a tool cannot be installed, a part fails or has run no test.
pub fn run(site: &Site, part: Option<Part>, bless: bool) -> Result<()> {
    let need = if part == Some(Part::Native) { Need::Compiler } else { Need::Test };
    let ready = setup::ensure(site, need)?;
    let parts = part.map_or_else(|| ALL.to_vec(), |part| vec![part]);
    let mut total = Tally::default();
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for part in parts {
        progress::heading(title(part));
        let (tally, fault) = match run_part(site, &ready, part, bless) {
            Ok((tally, _)) if tally.is_empty() => (tally, Some("ran no test".to_owned())),
            Ok((tally, true)) => (tally, None),
            Ok((tally, false)) => (tally, Some("failed".to_owned())),
            Err(error) => (Tally::default(), Some(format!("could not run: {error:#}"))),
        };
        total += tally;
        lines.push(format!(
            "{}: {tally}{}",
            title(part),
            fault.as_ref().map(|fault| format!("; {fault}")).unwrap_or_default()
        ));
        if fault.is_some() {
            failed.push(title(part));
            // A part that broke without a failed test to show for it is one failure all the same.
            total.failed += u64::from(tally.failed == 0);
        }
    }
    progress::heading("Summary");
    println!("{}\n{total}", lines.join("\n"));
    if !failed.is_empty() {
        bail!("not all is well in: {}", failed.join(", "));
    }
    Ok(())
}

fn title(part: Part) -> &'static str {
    match part {
        Part::Native => "Native tests, with the server's",
        Part::Browser => "Browser tests",
        Part::EndToEnd => "End-to-end tests",
    }
}

fn run_part(site: &Site, ready: &Ready, part: Part, bless: bool) -> Result<(Tally, bool)> {
    match part {
        Part::Native => {
            let mut cargo = ready.command(site, "cargo")?;
            // `--no-fail-fast`: one broken crate does not hide the others.
            shown(cargo.args(["test", "--workspace", "--exclude", "maqal-e2e", "--no-fail-fast"]))
        }
        Part::Browser => {
            let mut wasm_pack = ready.command(site, "wasm-pack")?;
            if env::var_os("WASM_BINDGEN_TEST_TIMEOUT").is_none() {
                wasm_pack.env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TIMEOUT);
            }
            shown(wasm_pack.args(["test", "--headless", "--chrome"]))
        }
        Part::EndToEnd => {
            let mut cargo = end_to_end::prepare(site, ready, Profile::Dev)?;
            // What is published is built by other tools than a dev build: it has a test of its own.
            cargo.env("MAQAL_E2E_RELEASE", end_to_end::page(site, ready, Profile::Release)?);
            if bless {
                cargo.env("MAQAL_E2E_BLESS", "1");
            }
            end_to_end::with_matrix(|| shown(cargo.args(["test", "--package", "maqal-e2e", "--no-fail-fast"])))
        }
    }
}

fn shown(command: &mut Command) -> Result<(Tally, bool)> {
    println!("{}", command_line(command));
    tally::run(command, &mut io::stdout())
}
