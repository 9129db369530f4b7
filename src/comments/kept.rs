//! A set of words that this device keeps under one key.

use std::collections::HashSet;

use crate::storage;

/// The set, as it was when it was last read.
#[derive(Clone, Debug, Default)]
pub struct KeptSet {
    key: String,
    words: HashSet<String>,
}

impl KeptSet {
    /// The set under `key`; empty where there is none, or it cannot be read any more.
    #[must_use]
    pub fn load(key: String) -> Self {
        Self { words: read(&key), key }
    }

    /// Whether `word` is in it.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Puts `word` in, or takes it out, and keeps that.
    pub fn set(&mut self, word: &str, is_in: bool) {
        // Another tab may have changed it meanwhile.
        self.words = read(&self.key);
        let has_changed = if is_in { self.words.insert(word.to_owned()) } else { self.words.remove(word) };
        if !has_changed {
            return;
        }
        if self.words.is_empty() {
            storage::remove(&self.key);
        } else {
            storage::write(&self.key, &self.words);
        }
    }
}

fn read(key: &str) -> HashSet<String> {
    storage::read(key).map(|(words, _)| words).unwrap_or_default()
}
