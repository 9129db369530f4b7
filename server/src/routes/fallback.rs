//! Addresses where nothing is, and methods that an address does not take.

use maqal_contract::ProblemType;

use crate::problem::Refusal;

/// Nothing is at this address.
pub async fn not_found() -> Refusal {
    Refusal::new(ProblemType::NotFound, "The comments are at /api/comments, their description at /openapi.json.")
}

/// The address takes other methods; the router adds them as `Allow` (RFC 9110, section 15.5.6).
pub async fn method_not_allowed() -> Refusal {
    Refusal::of(ProblemType::MethodNotAllowed)
}
