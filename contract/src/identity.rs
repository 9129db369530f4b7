//! Readers whom the host page knows: it hands over a signed identity, which the endpoint verifies.
//!
//! The identity is a JSON Web Token (RFC 7519) signed with the publisher's key, and travels in the header
//! [`IDENTITY_HEADER`]. Name, picture and badge are then the host's, whatever the request says.

use serde::{Deserialize, Serialize};

use crate::comment::Badge;
use crate::lenient;

/// The header that carries the token, in its compact form (RFC 7515, section 7.1).
pub const IDENTITY_HEADER: &str = "Maqal-Identity";

/// What the token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who the reader is to the host, the same each time; never shown.
    pub sub: String,
    /// The name to show: OpenID Connect Core 1.0, section 5.1.
    pub name: String,
    /// The address of a picture: OpenID Connect Core 1.0, section 5.1. `https`, or it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    pub picture: Option<String>,
    /// What the reader is to the host.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    pub badge: Option<Badge>,
    /// When the token ends, in seconds since the Unix epoch. Required, so that a copied one does not last.
    pub exp: u64,
}
