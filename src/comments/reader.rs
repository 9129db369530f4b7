//! The random name by which an endpoint tells this device's likes and reports from another's.

use maqal_contract::IdempotencyKey;

use super::outbox;
use super::scope::Scope;
use crate::storage;

/// The name of this device for the endpoint of `scope`: made once, kept, and told to that endpoint only.
#[must_use]
pub fn name(scope: &Scope) -> IdempotencyKey {
    let key = scope.endpoint_key("reader");
    let known = storage::get(&key).and_then(|(name, _)| IdempotencyKey::parse(&name));
    known.unwrap_or_else(|| {
        let name = outbox::new_key();
        storage::set(&key, name.as_str());
        name
    })
}
