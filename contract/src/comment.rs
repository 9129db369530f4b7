//! Comments as they travel: one comment, a page of them, and a new one.

use serde::{Deserialize, Serialize};

/// A comment that an endpoint has stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// The endpoint's identifier, unique on that endpoint; opaque to the widget.
    #[cfg_attr(feature = "openapi", schema(example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11"))]
    pub id: String,
    /// The conversation it belongs to: usually the article's canonical URL.
    #[cfg_attr(feature = "openapi", schema(example = "https://news.example/a/42"))]
    pub thread: String,
    /// The author's name as shown, free of control characters.
    #[cfg_attr(feature = "openapi", schema(example = "مريم ب."))]
    pub name: String,
    /// The text as it was typed.
    pub body: String,
    /// The text rendered to HTML by the endpoint. A widget trusts none of it: it rebuilds it through an allow-list.
    #[serde(default)]
    pub html: String,
    /// When the endpoint stored it: RFC 3339, UTC.
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2026-11-14T09:30:00Z"))]
    pub created: String,
}

/// What a reader submits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// The conversation; see [`limits::THREAD_MAX_BYTES`](crate::limits::THREAD_MAX_BYTES).
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2048, example = "https://news.example/a/42"))]
    pub thread: String,
    /// The author's name; see [`limits::NAME_MAX_CHARS`](crate::limits::NAME_MAX_CHARS).
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60, example = "ياسين"))]
    pub name: String,
    /// The text in the endpoint's Markdown subset; see [`limits::BODY_MAX_CHARS`](crate::limits::BODY_MAX_CHARS).
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 10_000, example = "شكرًا على المقال."))]
    pub body: String,
}

/// The answer to a new comment: the comment itself, and what lets its author change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Posted {
    /// The stored comment; its fields stand at the top level of the JSON object.
    #[serde(flatten)]
    pub comment: Comment,
    /// Proves authorship in a later edit or deletion. Only the author's device ever receives it.
    pub secret: String,
}

/// One page of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page {
    /// The comments, in the order asked for.
    pub comments: Vec<Comment>,
    /// How many comments the whole conversation has.
    pub total: u64,
    /// The cursor of the next page, for the `after` parameter; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub next: Option<String>,
}

/// The order of a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The latest comment first.
    #[default]
    Newest,
    /// The first comment first.
    Oldest,
}

impl Sort {
    /// The value of the `sort` parameter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}
