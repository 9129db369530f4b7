//! A profile that Firefox has been started with once. With an empty one it compiles all of its own scripts at each start, which
//! takes longer than most tests.

use std::fs;
use std::io;
use std::path::Path;

use tokio::sync::OnceCell;

use crate::driver;
use crate::environment;

static KEPT: OnceCell<()> = OnceCell::const_new();

/// Makes the folder `to`: a profile of its own for one Firefox, which has seen no page.
pub(crate) async fn copy_to(to: &Path) {
    let kept = environment::firefox_profile();
    KEPT.get_or_init(|| keep(&kept)).await;
    copy(&kept, to).unwrap_or_else(|error| panic!("{} cannot be copied: {error}", kept.display()));
}

/// Starts Firefox with an empty profile in `kept`, where no test before has, and ends it.
async fn keep(kept: &Path) {
    if kept.exists() {
        return;
    }
    let parent = kept.parent().expect("the profile is in a folder");
    let folder = tempfile::tempdir_in(parent).expect("a temporary folder can be made");
    let profile = folder.path().join("profile");
    fs::create_dir(&profile).expect("a folder can be made");
    let driver = driver::firefox_on(&profile, driver::USUAL, folder.path()).await;
    let client = driver.open().await;
    client.goto("about:blank").await.expect("the empty page opens");
    // It writes what it has compiled when it ends.
    client.close().await.expect("Firefox ends");
    // As a whole or not at all; where other tests were faster, theirs is as good.
    if let Err(error) = fs::rename(&profile, kept) {
        assert!(kept.exists(), "{} cannot be written: {error}", kept.display());
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)?.flatten() {
        let (kind, to) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &to)?;
        } else if kind.is_file() {
            // The lock is a link, and not the copy's.
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
