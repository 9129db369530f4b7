//! What a reader does with a comment beside reading it: likes, reports, and how the endpoint knows one reader's from
//! another's.

use serde::{Deserialize, Serialize};

/// The header that names a reader's device, for likes and reports: a random name of the form of an
/// [`IdempotencyKey`](crate::IdempotencyKey), kept on that device and sent to this endpoint only.
pub const READER_HEADER: &str = "Maqal-Reader";

/// How a comment stands after a like was given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Likes {
    /// How many readers like it.
    pub likes: u64,
    /// Whether this reader is one of them.
    pub liked: bool,
}

/// What a reader has against a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Why.
    pub reason: ReportReason,
    /// In the reader's own words; see [`limits::NOTE_MAX_CHARS`](crate::limits::NOTE_MAX_CHARS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, max_length = 1000))]
    pub note: Option<String>,
}

/// Why a comment is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReportReason {
    /// Advertising, or the same text again and again.
    Spam,
    /// Insults, threats, hatred.
    Abuse,
    /// It tells what is nobody's business.
    Private,
    /// It misleads.
    False,
    /// It has nothing to do with the article.
    OffTopic,
    /// Something else.
    Other,
}

impl ReportReason {
    /// Every reason, in the order in which a reader is offered them.
    pub const ALL: [Self; 6] = [Self::Spam, Self::Abuse, Self::Private, Self::False, Self::OffTopic, Self::Other];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Abuse => "abuse",
            Self::Private => "private",
            Self::False => "false",
            Self::OffTopic => "off-topic",
            Self::Other => "other",
        }
    }
}

/// The answer to `GET {endpoint}/count?thread=…&thread=…`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// How many comments each conversation has that was asked for; one that nobody has begun has none.
    pub counts: std::collections::BTreeMap<String, u64>,
}

#[cfg(test)]
mod tests {
    use super::ReportReason;

    #[test]
    fn a_reason_is_written_as_it_is_named() {
        for reason in ReportReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }
}
