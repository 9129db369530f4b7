//! The comment's id in an address.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use maqal_contract::ProblemType;

use crate::problem::Refusal;

/// The text that stands in an address for an id; whether there is such a comment, the store knows.
#[derive(Clone, Debug)]
pub struct Id(pub String);

impl Id {
    /// The answer where there is no such comment.
    #[must_use]
    pub fn not_found() -> Refusal {
        Refusal::new(ProblemType::NotFound, "There is no comment of this id.")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        // An id that is not UTF-8 is nobody's either.
        let id = Path::<String>::from_request_parts(parts, state).await;
        id.map(|Path(id)| Self(id)).map_err(|_not_text| Self::not_found())
    }
}
