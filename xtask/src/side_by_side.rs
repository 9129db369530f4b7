//! Runs test programs side by side: most of their tests wait for a browser more than they keep a processor busy.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    process::command_line,
    tally::{self, Tally},
};

/// What takes longer hangs, in seconds: a browser's driver that never answers. The longest take two minutes.
const PATIENCE: &str = "900";

/// What `timeout` answers for a program that it has ended.
const OUT_OF_TIME: i32 = 124;

/// How many run at a time. Each runs as many tests at a time as there are processors.
const AT_ONCE: usize = 2;

/// A program that cargo has built of tests.
#[derive(Debug, PartialEq, Eq)]
pub struct Program {
    /// The test file's name, or the package's.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// Has `cargo test` build what it would run, and not run it.
///
/// # Errors
/// When the build fails.
pub fn build(cargo: &mut Command) -> Result<Vec<Program>> {
    cargo.args(["--no-run", "--message-format=json-render-diagnostics"]);
    let line = command_line(cargo);
    let mut child =
        cargo.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start `{line}`"))?;
    let mut programs = Vec::new();
    if let Some(output) = child.stdout.take() {
        for message in BufReader::new(output).lines() {
            programs.extend(program(&message.with_context(|| format!("cannot read what `{line}` prints"))?));
        }
    }
    if !child.wait().with_context(|| format!("cannot wait for `{line}`"))?.success() {
        bail!("`{line}` failed");
    }
    Ok(programs)
}

/// The program that a message of cargo's tells of. See
/// <https://doc.rust-lang.org/cargo/reference/external-tools.html#artifact-messages>.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_test = message["reason"] == "compiler-artifact" && message["profile"]["test"] == true;
    let path = message["executable"].as_str().filter(|_| is_test)?;
    Some(Program { name: message["target"]["name"].as_str()?.to_owned(), path: path.into() })
}

/// Runs `programs` to their end, each as `command` says, and prints what each has to say when it has ended; and whether all of them
/// ended with success.
///
/// # Errors
/// When one cannot be started, or there is no place to print.
pub fn run(
    programs: &[Program],
    command: impl Fn(&Program) -> Command + Sync,
    screen: &mut (impl Write + Send),
) -> Result<(Tally, bool)> {
    let next = AtomicUsize::new(0);
    let sum = Mutex::new((Tally::default(), true, screen));
    let work = || -> Result<()> {
        while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let output = with_patience(&command(program), PATIENCE).stdin(Stdio::null()).output();
            let Output { status, stdout, stderr } =
                output.with_context(|| format!("cannot start {}", program.path.display()))?;
            let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
            let (tally, success, screen) = &mut *sum;
            *tally += tally::of(&String::from_utf8_lossy(&stdout));
            *success &= status.success();
            let heading = format!("\n     Running {}\n", program.name);
            let end = if status.code() == Some(OUT_OF_TIME) { "It hung, and was ended.\n" } else { "" };
            let printed = [heading.as_bytes(), &stdout, &stderr, end.as_bytes()]
                .into_iter()
                .try_for_each(|part| screen.write_all(part));
            printed.context("cannot write to standard output")?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| bail!("a worker panicked")))
    })?;
    let (tally, success, _) = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((tally, success))
}

/// `command` under `timeout` (GNU coreutils), which ends it after so many `seconds`.
fn with_patience(command: &Command, seconds: &str) -> Command {
    let mut patient = Command::new("timeout");
    patient.arg(seconds).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => patient.env(name, value),
            None => patient.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        patient.current_dir(folder);
    }
    patient
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_messages_tell_of_test_programs_and_of_much_else() {
        let of = |test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"name":"live"}},"profile":{{"test":{test}}},"executable":{executable}}}"#
            )
        };
        let live = Program { name: "live".to_owned(), path: "/t/live-1".into() };
        assert_eq!(program(&of(true, r#""/t/live-1""#)), Some(live));
        assert_eq!(program(&of(false, r#""/t/live-1""#)), None);
        assert_eq!(program(&of(true, "null")), None);
        assert_eq!(program(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(program("no JSON"), None);
    }

    #[test]
    fn what_hangs_is_ended() {
        let mut command = Command::new("sleep");
        command.arg("60");
        assert_eq!(with_patience(&command, "0.1").status().unwrap().code(), Some(OUT_OF_TIME));
    }

    #[test]
    fn all_run_and_a_failure_is_seen() {
        let programs = ["one", "two", "three"].map(|name| Program { name: name.to_owned(), path: "sh".into() });
        let script = |program: &Program| {
            let mut command = Command::new("sh");
            let failed = if program.name == "two" { 1 } else { 0 };
            command.args(["-c", &format!("echo 'test result: ok. 3 passed; {failed} failed;'; exit {failed}")]);
            command
        };
        let mut screen = Vec::new();
        let (tally, success) = run(&programs, script, &mut screen).unwrap();
        assert_eq!((tally, success), (Tally { passed: 9, failed: 1 }, false));
        let printed = String::from_utf8(screen).unwrap();
        for name in ["one", "two", "three"] {
            assert!(printed.contains(&format!("Running {name}\n")), "{printed}");
        }
    }
}
