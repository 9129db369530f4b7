//! Readers whom the host page knows: it hands over a signed identity, which the endpoint verifies.
//!
//! The identity is a JSON Web Token (RFC 7519) signed with the publisher's key, and travels in the header
//! [`IDENTITY_HEADER`]. Name, picture and badge are then the host's, whatever the request says.

use serde::{Deserialize, Deserializer, Serialize};

use crate::comment::Badge;
use crate::lenient;

/// The header that carries the token, in its compact form (RFC 7515, section 7.1); see
/// [`limits::IDENTITY_MAX_BYTES`](crate::limits::IDENTITY_MAX_BYTES).
pub const IDENTITY_HEADER: &str = "Maqal-Identity";

/// What the token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who the reader is to the host, the same each time; never shown. See
    /// [`limits::SUBJECT_MAX_BYTES`](crate::limits::SUBJECT_MAX_BYTES).
    pub sub: String,
    /// The name to show: OpenID Connect Core 1.0, section 5.1. Longer than
    /// [`limits::NAME_MAX_CHARS`](crate::limits::NAME_MAX_CHARS), it is cut.
    pub name: String,
    /// The address of a picture: OpenID Connect Core 1.0, section 5.1. `https`, or it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    pub picture: Option<String>,
    /// What the reader is to the host.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    pub badge: Option<Badge>,
    /// When the token ends, in seconds since the Unix epoch. Required, so that a copied one does not last.
    #[serde(deserialize_with = "whole_seconds")]
    pub exp: u64,
}

/// A `NumericDate` (RFC 7519, section 2), which may have a fraction.
fn whole_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    // A negative one is long ago in any case.
    f64::deserialize(deserializer).map(|seconds| seconds as u64)
}

#[cfg(test)]
mod tests {
    use super::Claims;

    #[test]
    fn a_token_ends_at_a_number_of_seconds_with_or_without_a_fraction() {
        for (exp, end) in [("1800000000", 1_800_000_000), ("1800000000.75", 1_800_000_000), ("-1", 0)] {
            let json = format!(r#"{{"sub":"7","name":"س","picture":5,"badge":"king","exp":{exp}}}"#);
            let claims: Claims = serde_json::from_str(&json).unwrap();
            assert_eq!((claims.exp, claims.picture, claims.badge), (end, None, None));
        }
        for exp in ["null", "\"1800000000\"", "true"] {
            let json = format!(r#"{{"sub":"7","name":"س","exp":{exp}}}"#);
            assert!(serde_json::from_str::<Claims>(&json).is_err(), "{exp}");
        }
    }
}
