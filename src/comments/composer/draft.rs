//! What is being typed, kept on this device with each keystroke until it is sent.

use serde::{Deserialize, Serialize};

use crate::comments::scope::Scope;
use crate::storage::{self, Kept};

/// An unfinished comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The author's name; it stays after the text is sent.
    #[serde(default)]
    pub name: String,
    /// The text.
    #[serde(default)]
    pub body: String,
}

impl Draft {
    /// The draft kept for `scope`; empty where there is none, or it cannot be read any more.
    #[must_use]
    pub fn load(scope: &Scope) -> Self {
        let kept = storage::get(&scope.storage_key("draft"));
        kept.and_then(|(json, _)| serde_json::from_str(&json).ok()).unwrap_or_default()
    }

    /// Keeps the draft for `scope`.
    pub fn save(&self, scope: &Scope) -> Kept {
        // Two strings always serialise.
        let json = serde_json::to_string(self).unwrap_or_default();
        let key = scope.storage_key("draft");
        let kept = storage::set(&key, &json);
        if kept == Kept::Page && self.body.is_empty() {
            // An older draft that could not be overwritten would come back after it was sent.
            storage::remove(&key);
        }
        kept
    }
}
