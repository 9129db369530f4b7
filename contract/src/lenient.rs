//! Reads a field that may be wrong: what is of another type than it should be counts as absent.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

/// A value, or something of another type.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Either<T> {
    /// The value.
    Good(T),
    /// Something else, passed over.
    Other(IgnoredAny),
}

impl<T> Either<T> {
    /// The value, where it is one.
    #[must_use]
    pub fn good(self) -> Option<T> {
        match self {
            Self::Good(value) => Some(value),
            Self::Other(_) => None,
        }
    }
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
    Ok(Either::deserialize(deserializer)?.good().unwrap_or_default())
}
