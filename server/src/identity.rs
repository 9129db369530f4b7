//! Verifies the host page's word for a reader: the token in the header [`IDENTITY_HEADER`].
//!
//! What a token says counts only with the publisher's signature under it. A token that does not count ends the request:
//! nobody is to post under a typed name what he means to post under his own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use maqal_contract::ProblemType;
use maqal_contract::identity::{Claims, IDENTITY_HEADER};
use maqal_contract::limits::{IDENTITY_MAX_BYTES, SUBJECT_MAX_BYTES};
use maqal_contract::name;
use maqal_contract::unicode::is_visible;
use url::Url;

use crate::author::Identity;
use crate::config::Identities;
use crate::problem::Refusal;

/// How far the clocks of the publisher and of this endpoint may be apart, in seconds.
const LEEWAY: u64 = 60;

/// The state of [`read`]; clones share it.
#[derive(Clone)]
pub struct Verifier(Option<Arc<Inner>>);

struct Inner {
    algorithm: Algorithm,
    key: DecodingKey,
    validation: Validation,
}

impl Verifier {
    /// Verifies with the key that `options` name; refuses every token where they name none.
    #[must_use]
    pub fn new(options: &Identities) -> Self {
        Self(options.key().map(|known| {
            let mut validation = Validation::new(known.algorithm);
            validation.leeway = LEEWAY;
            validation.validate_nbf = true;
            match &options.identity_audience {
                Some(audience) => {
                    validation.set_audience(&[audience]);
                    validation.set_required_spec_claims(&["exp", "aud"]);
                }
                None => validation.validate_aud = false,
            }
            Arc::new(Inner { algorithm: known.algorithm, key: known.key.clone(), validation })
        }))
    }

    /// Whom the header of a request names; `None` where there is no such header.
    ///
    /// # Errors
    /// [`ProblemType::IdentityExpired`], and [`ProblemType::IdentityInvalid`] that says what is wrong.
    fn identity(&self, headers: &HeaderMap) -> Result<Option<Identity>, Refusal> {
        let mut values = headers.get_all(IDENTITY_HEADER).iter();
        let token = match (values.next(), values.next()) {
            (None, _) => return Ok(None),
            (Some(token), None) => token.as_bytes(),
            (Some(_), Some(_)) => return Err(invalid(format!("The header {IDENTITY_HEADER} stands there twice."))),
        };
        let Self(Some(inner)) = self else {
            let why = "This endpoint has no key for identities; its operator sets --identity-secret or --identity-key.";
            return Err(invalid(why));
        };
        if token.len() > IDENTITY_MAX_BYTES {
            return Err(invalid(format!("The token is longer than {IDENTITY_MAX_BYTES} bytes.")));
        }
        inner.verify(token).and_then(identity).map(Some)
    }
}

impl Inner {
    fn verify(&self, token: &[u8]) -> Result<Claims, Refusal> {
        let data = decode(token, &self.key, &self.validation).map_err(|error| self.refusal(&error))?;
        // RFC 7515, section 4.1.11: who does not understand what is critical must not take the token.
        match data.header.crit {
            None => Ok(data.claims),
            Some(_) => Err(invalid("The token's header has crit, of which this endpoint understands nothing.")),
        }
    }

    fn refusal(&self, error: &Error) -> Refusal {
        match error.kind() {
            ErrorKind::ExpiredSignature => Refusal::new(
                ProblemType::IdentityExpired,
                "The token's exp is over; ask the host page for a new token.",
            ),
            ErrorKind::InvalidAlgorithm => {
                invalid(format!("The token's alg is not that of this endpoint's key: {:?}.", self.algorithm))
            }
            ErrorKind::InvalidSignature => invalid("The signature is not one of this endpoint's key for this token."),
            ErrorKind::MissingRequiredClaim(claim) => invalid(format!("The token's {claim} is missing or malformed.")),
            ErrorKind::InvalidAudience => invalid("The token's aud does not name this endpoint."),
            ErrorKind::ImmatureSignature => invalid("The token's nbf is still to come."),
            ErrorKind::Json(error) => invalid(format!("The token's JSON: {error}.")),
            _ => invalid("It is not a signed JSON Web Token in compact form: header.payload.signature."),
        }
    }
}

/// Puts the [`Identity`] that the request's token proves into its extensions.
pub async fn read(State(verifier): State<Verifier>, mut request: Request, next: Next) -> Response {
    match verifier.identity(request.headers()) {
        Ok(None) => {}
        Ok(Some(identity)) => {
            request.extensions_mut().insert(identity);
        }
        Err(refusal) => return refusal.into_response(),
    }
    next.run(request).await
}

fn invalid(why: impl Into<String>) -> Refusal {
    Refusal::new(ProblemType::IdentityInvalid, why)
}

/// What verified claims say, fit to be stored and shown.
fn identity(claims: Claims) -> Result<Identity, Refusal> {
    let Claims { sub, name, picture, badge, exp: _ } = claims;
    if !is_visible(&sub) {
        return Err(invalid("The token's sub is empty."));
    }
    if sub.len() > SUBJECT_MAX_BYTES {
        return Err(invalid(format!("The token's sub is longer than {SUBJECT_MAX_BYTES} bytes.")));
    }
    // The host vouches for it: what is refused of a name that somebody types is not asked.
    let Some(name) = name::vouched(&name) else {
        return Err(invalid("The token's name is empty, or nothing of it can be seen."));
    };
    let avatar = picture.as_deref().and_then(picture_address);
    Ok(Identity { subject: sub, name, avatar, badge })
}

/// An address that a page may show a picture from: `https`, and nobody's password in it.
fn picture_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    plain.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::{identity, picture_address};
    use maqal_contract::identity::Claims;
    use maqal_contract::limits::NAME_MAX_CHARS;

    fn claims(name: &str) -> Claims {
        Claims { sub: "7".into(), name: name.into(), picture: None, badge: None, exp: 0 }
    }

    #[test]
    fn a_name_that_is_too_long_is_cut_and_has_no_controls() {
        let shown = identity(claims(&format!("سلمى\u{202E}\n{}", "ع".repeat(100)))).unwrap().name;
        assert!(shown.starts_with("سلمى ع"), "{shown}");
        assert_eq!(shown.chars().count(), NAME_MAX_CHARS);
    }

    #[test]
    fn a_picture_comes_from_an_https_address_or_not_at_all() {
        assert_eq!(picture_address("https://news.example/س.webp").unwrap(), "https://news.example/%D8%B3.webp");
        for other in [
            "http://news.example/s.webp",
            "javascript:alert(1)",
            "data:image/png,",
            "/s.webp",
            "https://u:p@a.example/",
            "",
        ] {
            assert_eq!(picture_address(other), None, "{other}");
        }
    }
}
