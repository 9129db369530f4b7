//! A process that never outlives its test, whichever way that ends.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a process may take to say that it is ready.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// A shell leads a process group of its own, starts the program in it and reads from us. When we are gone, even by
/// `kill -9`, its input ends and it takes the whole group along: program, browser, renderers.
const LEADER: &str = r#""$@" </dev/null & exec >/dev/null 2>&1; cat; kill -9 0"#;

/// A running process; dropping it is `kill -9` to it and all that it has started.
#[derive(Debug)]
pub struct Child(process::Child);

impl Child {
    /// Starts `program`, waits for a line of its output in which `ready` finds something, and returns that.
    /// What it writes to standard error goes to `log`.
    ///
    /// # Errors
    /// Where it ended, or took too long: the sentence has what it said.
    pub async fn start<T: Send + 'static>(
        program: &Path,
        arguments: &[&OsStr],
        log: &Path,
        ready: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> Result<(Self, T), String> {
        let errors = File::create(log).expect("the log can be written");
        let mut leader = Command::new("sh")
            .args(["-c", LEADER, "sh"])
            .arg(program)
            .args(arguments)
            // What is waited for is plain words; where `CI` is set, many programs colour them.
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .process_group(0)
            .spawn()
            .expect("a shell can be started");
        let output = leader.stdout.take().expect("the output is piped");
        let child = Self(leader);
        let (found, result) = mpsc::channel();
        // The thread reads on to the end, so that the process never meets a closed pipe.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(value) = ready(&line) {
                    // Only the first one is waited for.
                    let _ = found.send(value);
                }
            }
        });
        let result = tokio::task::spawn_blocking(move || result.recv_timeout(READY_WITHIN)).await;
        match result {
            Ok(Ok(value)) => Ok((child, value)),
            _ => {
                let said = std::fs::read_to_string(log).unwrap_or_default();
                Err(format!("{} did not get ready. It said:\n{said}", program.display()))
            }
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It cannot fail: the shell is ours, and nobody has waited for it.
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::Child;
    use std::path::Path;
    use std::process::Command;

    fn runs(pid: &str) -> bool {
        Command::new("kill").args(["-0", pid]).output().unwrap().status.success()
    }

    #[tokio::test]
    async fn a_dropped_child_is_dead_with_all_that_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let script = "sleep 600 & echo $!; wait".as_ref();
        let log = folder.path().join("log");
        let (child, pid) =
            Child::start(Path::new("/bin/sh"), &["-c".as_ref(), script], &log, |l| Some(l.to_owned())).await.unwrap();
        assert!(runs(&pid));
        drop(child);
        crate::wait::until("the grandchild is gone", || async { (!runs(&pid)).then_some(()) }).await;
    }

    #[tokio::test]
    async fn a_child_is_told_to_write_without_colours() {
        let folder = tempfile::tempdir().unwrap();
        let script = "echo told: $NO_COLOR; sleep 600".as_ref();
        let told = |line: &str| line.strip_prefix("told: ").map(str::to_owned);
        let (_child, told) =
            Child::start(Path::new("/bin/sh"), &["-c".as_ref(), script], &folder.path().join("log"), told)
                .await
                .unwrap();
        assert_eq!(told, "1");
    }
}
