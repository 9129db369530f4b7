//! Where browsers write: folders that are gone soon after the process is, whichever way that ends.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

/// Reads from us until we are gone, and our browsers with us; those write until they are.
const SWEEP: &str = r#"cat >/dev/null; while [ -e "$0" ]; do sleep 1; rm -rf "$0"; done"#;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder can be made").keep();
    let sweeper = Command::new("sh")
        .args(["-c", SWEEP])
        .arg(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell can be started");
    // Our end of its input is to stay open as long as we are there.
    std::mem::forget(sweeper);
    folder
});

/// A new folder.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir_in(&*FOLDER).expect("a temporary folder can be made")
}
