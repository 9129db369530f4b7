//! A program that runs beside us, in a process group of its own, so that stopping it stops all it has started.

use std::{
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use crate::{interrupt::Interrupt, process::command_line};

/// How long a program may take to end by itself once asked.
const GRACE: Duration = Duration::from_secs(8);
/// How often we look whether something has happened.
const TICK: Duration = Duration::from_millis(100);

/// The program; stopped when dropped.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
}

impl Running {
    /// Starts it without standard input.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(name: &str, command: &mut Command) -> Result<Self> {
        // Its own group: the terminal's Ctrl-C then reaches only us, and we end it in order.
        let child = command.stdin(Stdio::null()).process_group(0).spawn();
        let child = child.with_context(|| format!("cannot start `{}`", command_line(command)))?;
        Ok(Self { name: name.to_owned(), child })
    }

    /// Its name, for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it ended, if it has.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("cannot watch {}", self.name))
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it fails, or the user interrupts.
    pub fn finish(mut self, interrupt: &Interrupt) -> Result<()> {
        loop {
            match self.ended()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => bail!("{} failed ({status})", self.name),
                None => interrupt.pause(TICK)?,
            }
        }
    }

    /// Waits until `is_up`, while the program runs.
    ///
    /// # Errors
    /// When it ends before, when `limit` passes, or the user interrupts.
    pub fn wait_until(
        &mut self,
        interrupt: &Interrupt,
        limit: Option<Duration>,
        is_up: impl Fn() -> bool,
    ) -> Result<()> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.ended()? {
                bail!("{} ended before it answered ({status}); what it printed above says why", self.name);
            }
            if is_up() {
                return Ok(());
            }
            if limit.is_some_and(|limit| start.elapsed() > limit) {
                bail!("{} runs but did not answer within {} s", self.name, start.elapsed().as_secs());
            }
            interrupt.pause(TICK)?;
        }
    }

    fn signal(&self, signal: Signal) {
        if let Ok(id) = i32::try_from(self.child.id()) {
            // Fails only when the whole group has ended already.
            let _ = killpg(Pid::from_raw(id), signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.signal(Signal::SIGTERM);
        let start = Instant::now();
        while start.elapsed() < GRACE && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(TICK);
        }
        // Also when the program has ended: what it started and left behind is still in its group.
        self.signal(Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_alive(id: i32) -> bool {
        // A zombie that nobody has waited for yet is dead too.
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        stat.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.trim_start().starts_with('Z'))
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn dropping_it_ends_what_it_has_started_too() {
        let folder = std::env::temp_dir().join(format!("xtask-child-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("id");
        let script = format!("sleep 1000 & echo $! > '{0}.new'; mv '{0}.new' '{0}'; wait", file.display());
        let mut shell = Running::start("a shell", Command::new("sh").args(["-c", &script])).unwrap();
        shell.wait_until(&Interrupt::never(), Some(Duration::from_secs(60)), || file.exists()).unwrap();
        let id: i32 = std::fs::read_to_string(&file).unwrap().trim().parse().unwrap();
        assert!(is_alive(id));
        drop(shell);
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(!is_alive(id));
    }

    #[test]
    fn waiting_for_one_that_ends_says_that_it_ended() {
        let mut ended = Running::start("the endpoint", &mut Command::new("false")).unwrap();
        let error = ended.wait_until(&Interrupt::never(), None, || false).unwrap_err();
        assert!(error.to_string().contains("the endpoint ended before it answered"), "{error}");
    }
}
