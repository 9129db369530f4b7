//! The comments that were written on this device: what proves it, kept until they can no longer be changed.

use serde::{Deserialize, Serialize};

use super::scope::Scope;
use crate::engines::Posted;
use crate::storage;

/// What this device knows of a comment of its reader's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Own {
    /// What proves authorship.
    pub secret: String,
    /// Until when it may be changed, in milliseconds since the epoch.
    pub until: Option<f64>,
    /// Whether it waited for a moderator when it was last seen.
    #[serde(default)]
    pub is_pending: bool,
}

impl Own {
    /// Whether its author may still change it, at `now` in milliseconds since the epoch.
    #[must_use]
    pub fn is_open(&self, now: f64) -> bool {
        self.until.is_some_and(|until| now < until)
    }
}

/// Keeps what proves that `posted` was written here.
pub fn remember(scope: &Scope, posted: &Posted) {
    if posted.secret.is_empty() {
        return;
    }
    let own = Own {
        secret: posted.secret.clone(),
        until: posted.editable_until,
        is_pending: posted.comment.state == maqal_contract::State::Pending,
    };
    keep(scope, &posted.comment.id, &own);
}

/// Keeps `own` for the comment `id`.
pub fn keep(scope: &Scope, id: &str, own: &Own) {
    storage::write(&key(scope, id), own);
}

/// What is kept for the comment `id`, if it was written here.
#[must_use]
pub fn find(scope: &Scope, id: &str) -> Option<Own> {
    read(&key(scope, id))
}

/// Forgets the comment `id`.
pub fn forget(scope: &Scope, id: &str) {
    storage::remove(&key(scope, id));
}

/// Every comment of the conversation that was written here, by its id.
#[must_use]
pub fn all(scope: &Scope) -> Vec<(String, Own)> {
    let prefix = scope.storage_key("own");
    storage::keys(&prefix)
        .into_iter()
        .filter_map(|key| Some((key.strip_prefix(&prefix)?.to_owned(), read(&key)?)))
        .collect()
}

fn key(scope: &Scope, id: &str) -> String {
    [&scope.storage_key("own"), id].concat()
}

fn read(key: &str) -> Option<Own> {
    storage::read(key).map(|(own, _)| own)
}
