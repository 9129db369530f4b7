//! The endpoint's description, generated from its types: OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use maqal_contract::identity::IDENTITY_HEADER;
use maqal_contract::problem::PROBLEM_MEDIA_TYPE;
use maqal_contract::{FieldError, Problem, ProblemType, Reason, Sort};
use serde_json::json;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, Modify, OpenApi};

use crate::routes::{comments, health, openapi};

/// The document, as JSON for people and programs, with a line end at its end.
pub static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    // Our types have string keys and finite numbers: JSON can say all of it.
    let text = Description::openapi().to_pretty_json().unwrap_or_default();
    without_rustdoc_links(&text) + "\n"
});

/// The descriptions come from doc comments, whose links lead nowhere outside rustdoc: ``[`X`](crate::X)`` and ``[`X`]``
/// become `` `X` ``. Neither JSON nor Markdown gives these characters another meaning side by side.
fn without_rustdoc_links(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else { break };
        out.extend([before, "`", name, "`"]);
        rest = match after.strip_prefix("(crate::") {
            Some(target) => target.split_once(')').map_or("", |(_, after)| after),
            None => after,
        };
    }
    out + rest
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Maqal comment endpoint",
        description = "The native dialect between a Maqal card and a comment server. Errors are problem details \
                       (RFC 9457); new kinds of problem may come, so treat an unknown one by its status."
    ),
    paths(
        comments::list,
        comments::post,
        comments::one,
        comments::edit,
        comments::delete,
        comments::like,
        comments::unlike,
        comments::report,
        comments::preview,
        comments::count,
        comments::changes,
        comments::stream,
        health::check,
        openapi::document,
    ),
    components(schemas(Problem, FieldError, Reason, Sort)),
    modifiers(&Proofs)
)]
struct Description;

/// How a request proves who sends it.
struct Proofs;

impl Modify for Proofs {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = |what: &str| {
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(what)).build())
        };
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("secret", bearer("The comment's `secret`, which its author was given"));
        components.add_security_scheme("moderator", bearer("The moderators' token, which the operator has set"));
        let token = "The host page's word for the reader: a JSON Web Token (RFC 7519) in compact form, signed with the \
                     publisher's key, with the claims `sub`, `name` and `exp`, and optionally `picture` and `badge`. \
                     One that does not hold is refused, never ignored";
        let identity = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(IDENTITY_HEADER, token)));
        components.add_security_scheme("identity", identity);
    }
}

/// What any request can meet.
const ANYWHERE: [ProblemType; 3] = [ProblemType::Internal, ProblemType::Unavailable, ProblemType::Timeout];

/// Types that answer with problems.
macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident: [$($kind:ident),* $(,)?];)+) => {$(
        $(#[$doc])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                problems(&[$(ProblemType::$kind),*])
            }
        }
    )+};
}

problems! {
    /// The problems of `GET /api/comments`.
    ListProblems: [Malformed, NotFound];

    /// The problems of `GET /api/comments/count`.
    CountProblems: [Malformed];

    /// The problems of `GET /api/comments/changes` and `/stream`.
    ChangesProblems: [Malformed];

    /// The problems of `GET /api/comments/{id}`.
    OneProblems: [IdentityInvalid, IdentityExpired, NotFound];

    /// The problems of `POST /api/comments`.
    PostProblems: [
        Malformed, IdempotencyKeyMissing, OriginNotAllowed, TooLarge, UnsupportedMediaType, Validation,
        IdempotencyKeyReused, IdentityInvalid, IdentityExpired, IdentityRequired, RateLimited,
    ];

    /// The problems of `PATCH /api/comments/{id}`.
    EditProblems: [
        Malformed, IdentityInvalid, IdentityExpired, NotAuthor, EditWindowClosed, OriginNotAllowed, NotFound, TooLarge,
        UnsupportedMediaType, Validation, RateLimited,
    ];

    /// The problems of `DELETE /api/comments/{id}`.
    DeleteProblems: [
        IdentityInvalid, IdentityExpired, NotAuthor, EditWindowClosed, OriginNotAllowed, NotFound, RateLimited,
    ];

    /// The problems of `PUT` and `DELETE /api/comments/{id}/like`.
    ReaderProblems: [ReaderMissing, IdentityInvalid, IdentityExpired, OriginNotAllowed, NotFound, RateLimited];

    /// The problems of `POST /api/comments/{id}/reports`.
    ReportProblems: [
        Malformed, ReaderMissing, IdentityInvalid, IdentityExpired, OriginNotAllowed, NotFound, TooLarge,
        UnsupportedMediaType, Validation, RateLimited,
    ];

    /// The problems of `POST /api/comments/preview`.
    PreviewProblems: [Malformed, OriginNotAllowed, TooLarge, UnsupportedMediaType, Validation, RateLimited];

    /// The problems of `GET /health`.
    HealthProblems: [];
}

/// One response for each status, with an example for each kind of problem that has it.
fn problems(own: &[ProblemType]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status = BTreeMap::<u16, Vec<ProblemType>>::new();
    for &kind in own.iter().chain(&ANYWHERE) {
        by_status.entry(kind.status()).or_default().push(kind);
    }
    by_status.into_iter().map(|(status, kinds)| (status.to_string(), response(&kinds).into())).collect()
}

fn response(kinds: &[ProblemType]) -> Response {
    let titles: Vec<_> = kinds.iter().map(|kind| kind.title()).collect();
    let examples = kinds.iter().map(|&kind| {
        let name = kind.uri().rsplit(':').next().unwrap_or_default();
        let value = json!(example(kind));
        (name, ExampleBuilder::new().summary(kind.title()).value(Some(value)).build())
    });
    let content =
        ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).examples_from_iter(examples).build();
    let response = ResponseBuilder::new().description(titles.join("; or: ")).content(PROBLEM_MEDIA_TYPE, content);
    if kinds.iter().any(|&kind| says_when_to_come_back(kind)) {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
        let header = HeaderBuilder::new().schema(seconds.build()).description(Some("Seconds to wait (RFC 9110)"));
        response.header("Retry-After", header.build()).build()
    } else {
        response.build()
    }
}

fn example(kind: ProblemType) -> Problem {
    match kind {
        ProblemType::Validation => maqal_contract::validate::name("")
            .map_or_else(|error| Problem::validation(vec![error]), |_| Problem::new(kind, None)),
        kind => Problem::new(kind, None),
    }
}

const fn says_when_to_come_back(kind: ProblemType) -> bool {
    matches!(kind, ProblemType::RateLimited | ProblemType::Unavailable | ProblemType::Timeout)
}

#[cfg(test)]
mod tests {
    use super::without_rustdoc_links;

    #[test]
    fn links_of_rustdoc_become_names() {
        let text = "see [`a::B`](crate::a::B), [`C`] and [d](https://d.example) [`open";
        assert_eq!(without_rustdoc_links(text), "see `a::B`, `C` and [d](https://d.example) [`open");
    }
}
