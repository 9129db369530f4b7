//! What is being typed, kept on this device with each keystroke until it is sent: one text for each target.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::comments::outbox::Outbox;
use crate::comments::scope::Scope;
use crate::comments::target::Target;
use crate::storage::{self, Kept};

/// An unfinished text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The author's name, where an earlier version of the widget kept it here.
    #[serde(default, skip_serializing)]
    pub name: String,
    /// The text.
    #[serde(default)]
    pub body: String,
}

impl Draft {
    /// The draft kept for `target`; empty where there is none, or it cannot be read any more.
    #[must_use]
    pub fn load(scope: &Scope, target: &Target) -> Self {
        let key = key(scope, target);
        let draft = storage::read(&key).map(|(draft, _): (Self, _)| draft).unwrap_or_default();
        if !matches!(target, Target::Edit(_)) && Outbox::keeps(scope, target.parent(), &draft.body) {
            // The page died between handing it to the outbox and forgetting it here.
            storage::remove(&key);
            return Self { body: String::new(), ..draft };
        }
        draft
    }

    /// The draft that is kept as `json`; empty where it cannot be read any more.
    #[must_use]
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }
}

/// Keeps `body` for `target`; an empty one leaves nothing behind.
pub fn save(scope: &Scope, target: &Target, body: &str) -> Kept {
    let key = key(scope, target);
    if body.is_empty() {
        storage::remove(&key);
        return Kept::Device;
    }
    let draft = Draft { name: String::new(), body: body.to_owned() };
    storage::write(&key, &draft)
}

/// Every target of the conversation for which this device keeps a text.
#[must_use]
pub fn targets(scope: &Scope) -> HashSet<Target> {
    let kept = |key: String| {
        let target = target_of(scope, &key)?;
        (!Draft::load(scope, &target).body.is_empty()).then_some(target)
    };
    storage::keys(&scope.storage_key(KIND)).into_iter().filter_map(kept).collect()
}

/// The target whose text is kept under the storage key `key`, where that is one of the conversation's.
#[must_use]
pub fn target_of(scope: &Scope, key: &str) -> Option<Target> {
    let rest = key.strip_prefix(&scope.storage_key(KIND))?;
    Some(match (rest.strip_prefix(REPLY), rest.strip_prefix(EDIT)) {
        (Some(id), _) => Target::Reply(id.to_owned()),
        (_, Some(id)) => Target::Edit(id.to_owned()),
        _ => Target::Top,
    })
}

const KIND: &str = "draft";
const REPLY: &str = "reply:";
const EDIT: &str = "edit:";

fn key(scope: &Scope, target: &Target) -> String {
    let prefix = scope.storage_key(KIND);
    match target {
        Target::Top => prefix,
        Target::Reply(id) => [&prefix, REPLY, id].concat(),
        Target::Edit(id) => [&prefix, EDIT, id].concat(),
    }
}
