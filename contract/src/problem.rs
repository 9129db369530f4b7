//! Errors as problem details: RFC 9457.

use serde::{Deserialize, Serialize};

/// The media type of a [`Problem`] (RFC 9457, section 3).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong, as an endpoint says it (RFC 9457, section 3.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The kind of problem, as a URI; see [`ProblemType`].
    #[serde(rename = "type", default = "about_blank")]
    #[cfg_attr(feature = "openapi", schema(example = "urn:maqal:problem:validation"))]
    pub kind: String,
    /// A short summary of the kind, in English, for developers.
    #[serde(default)]
    pub title: String,
    /// The HTTP status code.
    #[serde(default)]
    pub status: u16,
    /// What is particular to this occurrence, in English, for developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub detail: Option<String>,
    /// The fields that were refused; empty unless the kind is [`ProblemType::Validation`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

fn about_blank() -> String {
    "about:blank".to_owned()
}

impl Problem {
    /// A problem of a known kind.
    #[must_use]
    pub fn new(kind: ProblemType, detail: impl Into<Option<String>>) -> Self {
        Self {
            kind: kind.uri().to_owned(),
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// A refusal of the fields in `errors`.
    #[must_use]
    pub fn validation(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(ProblemType::Validation, None) }
    }
}

/// The kinds of problem that the native dialect knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemType {
    /// The request is not JSON of the expected shape, or a parameter cannot be read.
    Malformed,
    /// A field was refused; the problem names each.
    Validation,
    /// The `Idempotency-Key` header is missing or not of the form that [`IdempotencyKey`](crate::IdempotencyKey) takes.
    IdempotencyKeyMissing,
    /// The key was used before, for another comment.
    IdempotencyKeyReused,
    /// The request is larger than [`limits::REQUEST_MAX_BYTES`](crate::limits::REQUEST_MAX_BYTES).
    TooLarge,
    /// The body is not `application/json`.
    UnsupportedMediaType,
    /// The page's origin is not on the endpoint's list.
    OriginNotAllowed,
    /// The comment is not this reader's to change: the secret is missing or another comment's.
    NotAuthor,
    /// The time in which its author may change a comment is over.
    EditWindowClosed,
    /// The host page's word for the reader is forged, damaged or not of this publisher.
    IdentityInvalid,
    /// The host page's word for the reader was good once.
    IdentityExpired,
    /// Only readers whom the host page knows may do this.
    IdentityRequired,
    /// The header `Maqal-Reader` is missing or not of the form that an idempotency key has.
    ReaderMissing,
    /// Nothing is at this address.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// Too many requests from one client; `Retry-After` says when to come back.
    RateLimited,
    /// The endpoint did not finish in time; trying again is safe.
    Timeout,
    /// The endpoint cannot reach its database or is shutting down; `Retry-After` says when to come back.
    Unavailable,
    /// A fault of the endpoint.
    Internal,
}

impl ProblemType {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Malformed,
        Self::Validation,
        Self::IdempotencyKeyMissing,
        Self::IdempotencyKeyReused,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::OriginNotAllowed,
        Self::NotAuthor,
        Self::EditWindowClosed,
        Self::IdentityInvalid,
        Self::IdentityExpired,
        Self::IdentityRequired,
        Self::ReaderMissing,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::RateLimited,
        Self::Timeout,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The URI of the kind.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Malformed => "urn:maqal:problem:malformed",
            Self::Validation => "urn:maqal:problem:validation",
            Self::IdempotencyKeyMissing => "urn:maqal:problem:idempotency-key-missing",
            Self::IdempotencyKeyReused => "urn:maqal:problem:idempotency-key-reused",
            Self::TooLarge => "urn:maqal:problem:too-large",
            Self::UnsupportedMediaType => "urn:maqal:problem:unsupported-media-type",
            Self::OriginNotAllowed => "urn:maqal:problem:origin-not-allowed",
            Self::NotAuthor => "urn:maqal:problem:not-author",
            Self::EditWindowClosed => "urn:maqal:problem:edit-window-closed",
            Self::IdentityInvalid => "urn:maqal:problem:identity-invalid",
            Self::IdentityExpired => "urn:maqal:problem:identity-expired",
            Self::IdentityRequired => "urn:maqal:problem:identity-required",
            Self::ReaderMissing => "urn:maqal:problem:reader-missing",
            Self::NotFound => "urn:maqal:problem:not-found",
            Self::MethodNotAllowed => "urn:maqal:problem:method-not-allowed",
            Self::RateLimited => "urn:maqal:problem:rate-limited",
            Self::Timeout => "urn:maqal:problem:timeout",
            Self::Unavailable => "urn:maqal:problem:unavailable",
            Self::Internal => "urn:maqal:problem:internal",
        }
    }

    /// The kind of that URI, if it is one of ours.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.uri() == uri)
    }

    /// The HTTP status code (RFC 9110, section 15; 429 is RFC 6585).
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::IdempotencyKeyMissing | Self::ReaderMissing => 400,
            Self::IdentityInvalid | Self::IdentityExpired | Self::IdentityRequired => 401,
            Self::OriginNotAllowed | Self::NotAuthor | Self::EditWindowClosed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Validation | Self::IdempotencyKeyReused => 422,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
            Self::Timeout => 504,
        }
    }

    /// A short summary in English.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be read",
            Self::Validation => "A field was refused",
            Self::IdempotencyKeyMissing => "A valid Idempotency-Key header is required",
            Self::IdempotencyKeyReused => "The Idempotency-Key was used for another comment",
            Self::TooLarge => "The request is too large",
            Self::UnsupportedMediaType => "The body must be application/json",
            Self::OriginNotAllowed => "The page's origin is not allowed",
            Self::NotAuthor => "The comment is another author's",
            Self::EditWindowClosed => "The time to change the comment is over",
            Self::IdentityInvalid => "The identity cannot be trusted",
            Self::IdentityExpired => "The identity has expired",
            Self::IdentityRequired => "An identity is required",
            Self::ReaderMissing => "A valid Maqal-Reader header is required",
            Self::NotFound => "Nothing is here",
            Self::MethodNotAllowed => "The method is not allowed here",
            Self::RateLimited => "Too many requests",
            Self::Timeout => "The endpoint did not finish in time",
            Self::Unavailable => "The endpoint is not available",
            Self::Internal => "The endpoint failed",
        }
    }
}

/// One refused field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name in the request: `name`, `body`, `thread`, `parent`, `email`, `website`, `reason` or `note`, and
    /// for moderators `pinned`, `featured` or `state`.
    pub field: String,
    /// Where it stands in the request: a JSON pointer as a URI fragment (RFC 6901, section 6).
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = "#/name"))]
    pub pointer: String,
    /// Why, for programs.
    pub reason: Reason,
    /// The most that is taken, where the reason is [`Reason::TooLong`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub max: Option<usize>,
    /// Why, in English, for developers.
    #[serde(default)]
    pub detail: String,
}

/// Why a field was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing was given but white space.
    Missing,
    /// Something was given, but nothing of it can be seen: only controls, marks of direction, fillers.
    Invisible,
    /// It is a name without a letter, a digit or a picture: only marks and punctuation.
    NoLetter,
    /// It is a name that mixes, in one word, scripts whose letters look alike (UTS #39, section 5.1).
    MixedScripts,
    /// It is a name in letters that pass for those of another script, or in letters dressed as signs (UTS #39, section
    /// 4.2).
    LookAlike,
    /// More was given than is taken.
    TooLong,
    /// It is not of the form that it should have: no e-mail address, no address of a website.
    Malformed,
    /// It names something that is not there, or no more.
    Unknown,
    /// A reason of the endpoint's own.
    #[serde(other)]
    Other,
}
