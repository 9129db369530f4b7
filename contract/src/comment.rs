//! Comments as they travel: one comment, a page of them, a new one, and a change of one.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// A comment that an endpoint has stored.
///
/// Only `id` and `name` must be there; a field of the wrong type counts as absent, so that a flaw in one does not cost
/// the reader the comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// The endpoint's identifier, unique on that endpoint; opaque to the widget.
    #[cfg_attr(feature = "openapi", schema(example = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11"))]
    pub id: String,
    /// The conversation it belongs to: usually the article's canonical URL.
    #[serde(default, deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(example = "https://news.example/a/42"))]
    pub thread: String,
    /// The comment that this one replies to; absent on a top-level comment.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub parent: Option<String>,
    /// The top-level comment that this one stands under, at whatever depth; absent on a top-level comment.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub root: Option<String>,
    /// The author's name as shown, free of control characters; empty where the comment is deleted.
    #[cfg_attr(feature = "openapi", schema(example = "مريم ب."))]
    pub name: String,
    /// The author's own address: `http` or `https`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = "uri"))]
    pub website: Option<String>,
    /// The author's picture, where the host page vouches for the author: `https`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = "uri"))]
    pub avatar: Option<String>,
    /// What the host page says the author is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub badge: Option<Badge>,
    /// The text as it was typed; empty where the comment is deleted.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub body: String,
    /// The text rendered to HTML by the endpoint. A widget trusts none of it: it rebuilds it through an allow-list.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub html: String,
    /// When the endpoint stored it: RFC 3339, UTC.
    #[serde(default, deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(format = DateTime, example = "2026-11-14T09:30:00Z"))]
    pub created: String,
    /// When its author last changed the text: RFC 3339, UTC; absent where that never happened.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::or_default")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = DateTime))]
    pub edited: Option<String>,
    /// Whether it can be read.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub state: State,
    /// Whether it stands above all others.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pinned: bool,
    /// Whether the editors set it apart.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub featured: bool,
    /// How many readers like it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub likes: u64,
    /// How many replies stand under it, at any depth; given for top-level comments.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub replies: u64,
}

/// Whether a comment can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// By everybody.
    #[default]
    Published,
    /// By its author only, until a moderator lets it through.
    Pending,
    /// By nobody any more: name and text are empty, and it stands there for its replies.
    Deleted,
}

impl State {
    /// Every state, with its name on the wire.
    pub const NAMES: [(Self, &str); 3] =
        [(Self::Published, "published"), (Self::Pending, "pending"), (Self::Deleted, "deleted")];

    /// The state of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(_, its)| *its == name).map(|(state, _)| state)
    }
}

/// What the host page says that an author is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Badge {
    /// The author of the article.
    Author,
    /// One of the publisher's people.
    Staff,
}

impl Badge {
    /// Every badge, with its name on the wire.
    pub const NAMES: [(Self, &str); 2] = [(Self::Author, "author"), (Self::Staff, "staff")];

    /// The badge of that name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(_, its)| *its == name).map(|(badge, _)| badge)
    }
}

/// What a reader submits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// The conversation; see [`limits::THREAD_MAX_BYTES`](crate::limits::THREAD_MAX_BYTES).
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2048, example = "https://news.example/a/42"))]
    pub thread: String,
    /// The `id` of the comment that this one replies to, in the same conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub parent: Option<String>,
    /// The author's name; see [`limits::NAME_MAX_CHARS`](crate::limits::NAME_MAX_CHARS). Where the host page vouches
    /// for the author ([`identity`](crate::identity)), its name takes this one's place.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60, example = "ياسين"))]
    pub name: String,
    /// The author's e-mail address, which the endpoint never gives out; see
    /// [`limits::EMAIL_MAX_BYTES`](crate::limits::EMAIL_MAX_BYTES).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, max_length = 254, format = Email))]
    pub email: Option<String>,
    /// The author's own address, shown with the comment: `http` or `https`; see
    /// [`limits::WEBSITE_MAX_BYTES`](crate::limits::WEBSITE_MAX_BYTES).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, max_length = 500, format = "uri"))]
    pub website: Option<String>,
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
    #[serde(default)]
    pub secret: String,
    /// Until when its author may change or delete it: RFC 3339, UTC; absent where that is not offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, format = DateTime))]
    pub editable_until: Option<String>,
}

/// What is to be changed in a comment; what is absent stays. Its author may change the text, a moderator the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Edit {
    /// The text in the endpoint's Markdown subset; see [`limits::BODY_MAX_CHARS`](crate::limits::BODY_MAX_CHARS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false, min_length = 1, max_length = 10_000))]
    pub body: Option<String>,
    /// Whether it stands above all others; for top-level comments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub pinned: Option<bool>,
    /// Whether the editors set it apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub featured: Option<bool>,
    /// Whether it can be read: `published` lets a pending one through, `pending` takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub state: Option<State>,
}

/// One page of a conversation: top-level comments in the order asked for, each followed by the first of its replies; or
/// the replies under one top-level comment, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page {
    /// The comments. No reply stands before the comment that it replies to.
    pub comments: Vec<Comment>,
    /// How many comments the whole conversation has, replies included, and the deleted and pending ones not.
    pub total: u64,
    /// The cursor of the next page, for the `after` parameter; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub next: Option<String>,
    /// The cursor of the page before, for the `before` parameter; absent on the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub previous: Option<String>,
    /// The moment of this page among the conversation's changes, for the `since` parameter of
    /// [`live`](crate::live); absent where the endpoint offers no changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub live: Option<String>,
}

/// The order of a conversation's top-level comments; pinned ones come first in each. Replies stand in the order in
/// which they came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The latest comment first.
    #[default]
    Newest,
    /// The first comment first.
    Oldest,
    /// The comment that most readers like first; of several, the latest.
    Liked,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Oldest, Self::Liked];

    /// The value of the `sort` parameter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Liked => "liked",
        }
    }

    /// The order of that parameter value, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name)
    }
}

/// A text to be rendered as a comment's would be, and not stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    /// The text as typed; see [`limits::BODY_MAX_CHARS`](crate::limits::BODY_MAX_CHARS).
    pub body: String,
}

/// The answer to a [`Preview`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rendered {
    /// The HTML that the comment would have.
    pub html: String,
}

#[cfg(test)]
mod tests {
    use super::{Badge, Comment, Posted, Sort, State};

    #[test]
    fn an_id_and_a_name_are_a_comment_and_flaws_in_other_fields_cost_nothing() {
        let comment: Comment = serde_json::from_str(
            r#"{"id":"1","name":"س","parent":7,"likes":-3,"state":"odd","pinned":"yes","badge":"king","created":null,
                "replies":1e99,"html":["x"],"website":{},"later":[1]}"#,
        )
        .unwrap();
        assert_eq!(comment, Comment { id: "1".into(), name: "س".into(), ..Comment::default() });
        assert!(serde_json::from_str::<Comment>(r#"{"name":"س"}"#).is_err());
        assert!(serde_json::from_str::<Comment>(r#"{"id":"1"}"#).is_err());
    }

    #[test]
    fn a_posted_comment_keeps_its_fields_at_the_top() {
        let json =
            r#"{"id":"1","name":"س","state":"pending","likes":2,"secret":"s","editable_until":"2026-11-24T00:00:00Z"}"#;
        let posted: Posted = serde_json::from_str(json).unwrap();
        assert_eq!((posted.comment.state, posted.comment.likes, posted.secret.as_str()), (State::Pending, 2, "s"));
    }

    #[test]
    fn each_state_and_badge_is_found_by_the_name_that_it_has_on_the_wire() {
        for (state, name) in State::NAMES {
            assert_eq!(serde_json::to_string(&state).unwrap(), format!("{name:?}"));
            assert_eq!(State::from_name(name), Some(state));
        }
        for (badge, name) in Badge::NAMES {
            assert_eq!(serde_json::to_string(&badge).unwrap(), format!("{name:?}"));
            assert_eq!(Badge::from_name(name), Some(badge));
        }
        assert_eq!((State::from_name("odd"), Badge::from_name("king")), (None, None));
    }

    #[test]
    fn each_order_is_found_by_its_name() {
        for sort in Sort::ALL {
            assert_eq!(Sort::from_name(sort.as_str()), Some(sort));
        }
        assert_eq!(Sort::from_name("best"), None);
    }
}
