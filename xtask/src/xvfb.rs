//! An X server without a screen, for a browser that has no mode without a display.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Stdio},
};

use anyhow::{Context, Result};

use crate::process;

/// The server; it ends when dropped.
#[derive(Debug)]
pub struct Xvfb {
    server: Child,
    /// What `DISPLAY` is for it.
    pub display: String,
}

impl Xvfb {
    /// Starts `program` on a display that is free.
    ///
    /// # Errors
    /// When it cannot be started, or does not say its display.
    pub fn start(program: &Path) -> Result<Self> {
        let mut command = process::command(program);
        command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
        let mut server = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let mut line = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output).read_line(&mut line).context("cannot read what Xvfb says")?;
        }
        // Made before the number is looked at: dropping it ends the server, whatever it said.
        let xvfb = Self { server, display: [":", line.trim()].concat() };
        line.trim().parse::<u32>().with_context(|| format!("Xvfb names no display: `{}`", line.trim()))?;
        Ok(xvfb)
    }
}

impl Drop for Xvfb {
    fn drop(&mut self) {
        // It fails only where the server has ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
