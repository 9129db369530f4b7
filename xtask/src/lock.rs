//! One set-up at a time: two checkouts share one cache.

use std::{
    fs::{self, File},
    path::Path,
};

use anyhow::{Context, Result};

/// Holds the cache for this run; let go when dropped, also when the process dies.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl Lock {
    /// Takes the cache, waiting for another run that has it.
    ///
    /// # Errors
    /// When the cache folder cannot be made or locked.
    pub fn take(cache: &Path) -> Result<Self> {
        fs::create_dir_all(cache).with_context(|| format!("cannot make the cache folder {}", cache.display()))?;
        let path = cache.join("lock");
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        if file.try_lock().is_err() {
            println!("Another `cargo xtask` is setting up; waiting for it.");
            file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
        }
        Ok(Self(file))
    }
}
