//! Who asks: a moderator, the author of a comment, or any reader.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use hmac::digest::CtOutput;
use sha2::{Digest, Sha256};

use crate::author::Identity;
use crate::config::ModeratorToken;
use crate::state::App;

/// What a request brings along to prove who sends it.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// The bearer of the moderators' token.
    pub moderator: bool,
    /// What `Authorization: Bearer` says otherwise: a comment's secret, or nothing that we know.
    pub secret: Option<String>,
    /// Whom the host page vouches for.
    pub identity: Option<Identity>,
}

impl Access {
    /// What `headers` say; `token` is that of the moderators, if there are any.
    #[must_use]
    pub fn of(headers: &HeaderMap, token: Option<&ModeratorToken>, identity: Option<Identity>) -> Self {
        let Some(bearer) = bearer(headers) else { return Self { identity, ..Self::default() } };
        let moderator = token.is_some_and(|token| same(token.as_str(), bearer));
        Self { moderator, secret: (!moderator).then(|| bearer.to_owned()), identity }
    }
}

impl FromRequestParts<App> for Access {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let identity = parts.extensions.get::<Identity>().cloned();
        Ok(Self::of(&parts.headers, app.rules.moderator.as_ref(), identity))
    }
}

/// The token of `Authorization: Bearer` (RFC 6750, section 2.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Compares digests and in constant time, so that the time tells nothing of how much was right.
fn same(one: &str, other: &str) -> bool {
    let digest = |text: &str| CtOutput::<Sha256>::new(Sha256::digest(text));
    digest(one) == digest(other)
}

#[cfg(test)]
mod tests {
    use super::Access;
    use axum::http::{HeaderMap, HeaderValue, header};

    fn access(authorization: &'static str) -> Access {
        let token = "the moderators' own token".parse().unwrap();
        let value = HeaderValue::from_static(authorization);
        Access::of(&HeaderMap::from_iter([(header::AUTHORIZATION, value)]), Some(&token), None)
    }

    #[test]
    fn the_moderators_token_is_no_secret_of_a_comment_and_every_other_one_may_be() {
        for (said, moderator, secret) in [
            ("Bearer the moderators' own token", true, None),
            ("bearer  the moderators' own token ", true, None),
            ("Bearer the moderators' own tokem", false, Some("the moderators' own tokem")),
            ("Bearer", false, None),
            ("Basic the moderators' own token", false, None),
        ] {
            let access = access(said);
            assert_eq!((access.moderator, access.secret.as_deref()), (moderator, secret), "{said}");
        }
    }

    #[test]
    fn without_a_token_nobody_is_a_moderator() {
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static("Bearer "))]);
        assert!(!Access::of(&headers, None, None).moderator);
    }
}
