//! Reads a field that may be wrong: what is of another type than it should be counts as absent.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(untagged)]
enum Either<T> {
    Good(T),
    Other(IgnoredAny),
}

/// The value, or the type's default where it is of another type.
///
/// # Errors
/// Where the document itself is broken.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(match Either::deserialize(deserializer)? {
        Either::Good(value) => value,
        Either::Other(_) => T::default(),
    })
}
