//! `test`: all tests, part by part, and their sum.

use std::{
    env, fs,
    io::{self, Write},
    process::Command,
    thread,
};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::json;

use crate::{
    cli::Part,
    end_to_end::{self, Built},
    endpoint,
    engine::Engine,
    engine_files::{BROWSER_TESTS, END_TO_END_TESTS, Extent},
    page::Profile,
    process::command_line,
    progress,
    setup::{self, Need, Ready},
    side_by_side::{self, Program},
    site::Site,
    skipped::Skipped,
    tally::{self, Tally},
    tools::{
        built::GECKODRIVER,
        packaged::{FIREFOX, WEBKIT_DRIVER, XVFB},
    },
    xvfb::Xvfb,
};

const ALL: [Part; 3] = [Part::Native, Part::Browser, Part::EndToEnd];

/// How long wasm-bindgen's runner may wait for a browser test, in seconds. Its own limit of 20 is short for a dev build on a busy machine.
const BROWSER_TIMEOUT: &str = "180";

/// Runs every part, or one, to the end, whatever fails on the way; what needs a browser in each engine, or in one. With `bless` the looks and the accessibility trees that are kept are
/// written anew.
///
/// # Errors
/// When a tool cannot be installed, a part fails or has run no test.
pub fn run(site: &Site, part: Option<Part>, engine: Option<Engine>, bless: bool) -> Result<()> {
    let need = if part == Some(Part::Native) { Need::Compiler } else { Need::Test(engine) };
    let ready = setup::ensure(site, need)?;
    let parts = part.map_or_else(|| ALL.to_vec(), |part| vec![part]);
    let extent = if engine.is_some() { Extent::Whole } else { Extent::Usual };
    let engines = engine.map_or_else(|| Engine::ALL.to_vec(), |engine| vec![engine]);
    let runs = parts.into_iter().flat_map(|part| together(part, &engines));
    let mut total = Tally::default();
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    let mut skips = Vec::new();
    let mut built = None;
    for (part, engines) in runs {
        progress::heading(&engines.iter().map(|engine| title(part, *engine)).collect::<Vec<_>>().join("; "));
        let outcomes = match &engines[..] {
            [engine] => vec![run_part(site, &ready, part, *engine, extent, bless, &mut built)],
            engines => browser_tests_at_once(site, &ready, engines),
        };
        for (engine, outcome) in engines.into_iter().zip(outcomes) {
            let title = title(part, engine);
            let (tally, fault) = match outcome {
                Ok((tally, _)) if tally.is_empty() => (tally, Some("ran no test".to_owned())),
                Ok((tally, true)) => (tally, None),
                Ok((tally, false)) => (tally, Some("failed".to_owned())),
                Err(error) => (Tally::default(), Some(format!("could not run: {error:#}"))),
            };
            total += tally;
            lines.push(format!("{title}: {tally}{}", fault.as_ref().map(|f| format!("; {f}")).unwrap_or_default()));
            if part == Part::EndToEnd {
                skips.extend(left_out(engine, extent)?);
            }
            if fault.is_some() {
                failed.push(title);
                // A part that broke without a failed test to show for it is one failure all the same.
                total.failed += u64::from(tally.failed == 0);
            }
        }
    }
    progress::heading("Summary");
    println!("{}\n{total}", lines.join("\n"));
    println!("{}", skips.join("\n"));
    if !failed.is_empty() {
        bail!("not all is well in: {}", failed.join(", "));
    }
    Ok(())
}

/// What runs one after the other of a part: engines, several of which run at once where the first has built all that they need.
fn together(part: Part, engines: &[Engine]) -> Vec<(Part, Vec<Engine>)> {
    let groups: Vec<&[Engine]> = match part {
        // No browser is asked.
        Part::Native => vec![&[Engine::Chromium]],
        // wasm-bindgen's runner keeps one processor busy.
        Part::Browser => {
            engines.split_first().map_or_else(Vec::new, |(first, rest)| vec![std::slice::from_ref(first), rest])
        }
        Part::EndToEnd => engines.chunks(1).collect(),
    };
    groups.into_iter().filter(|group| !group.is_empty()).map(|group| (part, group.to_vec())).collect()
}

/// The browser tests of several engines at once; what they print comes when they have ended.
fn browser_tests_at_once(site: &Site, ready: &Ready, engines: &[Engine]) -> Vec<Result<(Tally, bool)>> {
    let run = |engine| {
        let mut screen = Vec::new();
        let outcome = browser_tests(site, ready, engine, &mut screen);
        (outcome, screen)
    };
    thread::scope(|scope| {
        let running: Vec<_> = engines.iter().map(|&engine| scope.spawn(move || run(engine))).collect();
        let ended = running.into_iter().map(|thread| {
            let (outcome, screen) = thread.join().map_err(|_| anyhow!("the run panicked"))?;
            io::stdout().write_all(&screen).context("cannot write to standard output")?;
            outcome
        });
        ended.collect()
    })
}

fn title(part: Part, engine: Engine) -> String {
    match part {
        Part::Native => "Native tests, with the server's".to_owned(),
        Part::Browser => format!("Browser tests in {}", engine.name()),
        Part::EndToEnd => format!("End-to-end tests in {}", engine.name()),
    }
}

/// What is left out in `engine`: steps of the end-to-end tests by name, and files.
fn left_out(engine: Engine, extent: Extent) -> Result<Option<String>> {
    if engine == Engine::Chromium {
        return Ok(None);
    }
    let written = fs::read_to_string(end_to_end::skipped(engine)?).unwrap_or_default();
    let skipped = Skipped::read(&written);
    let usual = match extent {
        Extent::Whole => String::new(),
        Extent::Usual => format!(
            "Files that run there with `--engine {}`:\n  {}\n",
            engine.word(),
            END_TO_END_TESTS.on_request().join(", ")
        ),
    };
    Ok(Some(format!(
        "\n{count} steps skipped in {name}, which its driver cannot do:\n{skipped}{usual}Files that do not run in {name}:\n  {files}",
        count = skipped.count(),
        name = engine.name(),
        files = [BROWSER_TESTS, END_TO_END_TESTS].map(|files| files.left_out(engine)).concat().join("\n  ")
    )))
}

fn run_part(
    site: &Site,
    ready: &Ready,
    part: Part,
    engine: Engine,
    extent: Extent,
    bless: bool,
    built: &mut Option<Built>,
) -> Result<(Tally, bool)> {
    match part {
        Part::Native => {
            let mut cargo = ready.command(site, "cargo")?;
            // `--no-fail-fast`: one broken crate does not hide the others.
            shown(cargo.args(["test", "--workspace", "--exclude", "maqal-e2e", "--no-fail-fast"]))
        }
        Part::Browser => browser_tests(site, ready, engine, &mut io::stdout()),
        Part::EndToEnd => {
            let built = match built {
                Some(built) => built,
                // What is published is what is tested. The browser tests meet a dev build, which asserts more.
                None => built.insert(Built::new(site, ready, Profile::Release)?),
            };
            let mut cargo = built.cargo(site, ready, engine)?;
            let skipped = end_to_end::skipped(engine)?;
            // One of an earlier run says nothing of this one.
            let _ = fs::remove_file(&skipped);
            cargo.env("MAQAL_E2E_SKIPPED", skipped);
            // What is kept of looks and accessibility trees is Chromium's.
            if bless && engine == Engine::Chromium {
                cargo.env("MAQAL_E2E_BLESS", "1");
            }
            cargo.args(["test", "--package", "maqal-e2e"]);
            if engine == Engine::Chromium {
                return end_to_end::with_matrix(|| side_by_side(site, &mut cargo));
            }
            let files = END_TO_END_TESTS.run_in(engine, extent, site)?;
            side_by_side(site, cargo.args(files.iter().flat_map(|file| ["--test", file])))
        }
    }
}

/// Builds what `cargo` would test, and runs it in the same environment.
fn side_by_side(site: &Site, cargo: &mut Command) -> Result<(Tally, bool)> {
    println!("{}", command_line(cargo));
    let programs = side_by_side::build(cargo)?;
    let environment: Vec<_> =
        cargo.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect();
    let folder = site.root.join("e2e");
    let command = |program: &Program| {
        let mut command = Command::new(&program.path);
        command.current_dir(&folder);
        for (name, value) in &environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    };
    side_by_side::run(&programs, command, &mut io::stdout())
}

/// wasm-pack's tests.
fn browser_tests(site: &Site, ready: &Ready, engine: Engine, screen: &mut dyn Write) -> Result<(Tally, bool)> {
    match engine {
        Engine::Chromium => shown_on(screen, wasm_pack(site, ready)?.arg("--chrome")),
        Engine::Firefox => {
            // Debian's has a name of its own, which geckodriver does not look for.
            let capabilities = json!({ "moz:firefoxOptions": { "binary": ready.path_of(&FIREFOX)? } });
            let file = endpoint::target_folder()?.join("webdriver-firefox.json");
            fs::write(&file, capabilities.to_string()).with_context(|| format!("cannot write {}", file.display()))?;
            let mut wasm_pack = wasm_pack(site, ready)?;
            wasm_pack.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", file);
            shown_on(screen, wasm_pack.args(["--firefox", "--geckodriver"]).arg(ready.path_of(&GECKODRIVER)?))
        }
        Engine::WebKit => browser_tests_in_webkit(site, ready, screen),
    }
}

/// File by file: WebKit's driver breaks off now and then. A file that ended without a verdict on any test is run once more.
fn browser_tests_in_webkit(site: &Site, ready: &Ready, screen: &mut dyn Write) -> Result<(Tally, bool)> {
    let xvfb = Xvfb::start(ready.path_of(&XVFB)?)?;
    let mut run = |file: &str| {
        let mut wasm_pack = wasm_pack(site, ready)?;
        wasm_pack.env("DISPLAY", &xvfb.display).env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
        // wasm-pack knows the driver by the name of Safari's.
        wasm_pack.args(["--safari", "--safaridriver"]).arg(ready.path_of(&WEBKIT_DRIVER)?).args(["--", "--test", file]);
        shown_on(screen, &mut wasm_pack)
    };
    let (mut sum, mut passed) = (Tally::default(), true);
    for file in BROWSER_TESTS.run_in(Engine::WebKit, Extent::Whole, site)? {
        let mut result = run(&file)?;
        if !result.1 && result.0.is_empty() {
            println!("{file} ended without a verdict: once more.");
            result = run(&file)?;
        }
        sum += result.0;
        passed &= result.1;
    }
    Ok((sum, passed))
}

/// `wasm-pack test`, to which the browser is still to be added.
fn wasm_pack(site: &Site, ready: &Ready) -> Result<Command> {
    let mut wasm_pack = ready.command(site, "wasm-pack")?;
    if env::var_os("WASM_BINDGEN_TEST_TIMEOUT").is_none() {
        wasm_pack.env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TIMEOUT);
    }
    wasm_pack.args(["test", "--headless"]);
    Ok(wasm_pack)
}

fn shown(command: &mut Command) -> Result<(Tally, bool)> {
    shown_on(&mut io::stdout(), command)
}

fn shown_on(mut screen: &mut dyn Write, command: &mut Command) -> Result<(Tally, bool)> {
    writeln!(screen, "{}", command_line(command)).context("cannot write to standard output")?;
    tally::run(command, &mut screen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_engine_builds_the_browser_tests_and_the_others_run_at_once() {
        use Engine::{Chromium, Firefox, WebKit};
        let engines = [Chromium, Firefox, WebKit];
        let browser = [(Part::Browser, vec![Chromium]), (Part::Browser, vec![Firefox, WebKit])];
        assert_eq!(together(Part::Browser, &engines), browser);
        assert_eq!(together(Part::Browser, &[WebKit]), [(Part::Browser, vec![WebKit])]);
        assert_eq!(together(Part::Native, &engines), [(Part::Native, vec![Chromium])]);
        assert_eq!(together(Part::EndToEnd, &engines), engines.map(|engine| (Part::EndToEnd, vec![engine])));
    }
}
