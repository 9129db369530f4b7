//! A comment as the table keeps it, and as readers are given it.

use std::time::{Duration, SystemTime};

use maqal_contract::{Badge, Comment, State};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::markdown;

/// A query for whole rows of `comment`, which goes on with `$rest` from there.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT comment.seq, comment.id, comment.conversation, comment.thread, comment.parent, comment.root, \
             comment.name, comment.website, comment.avatar, comment.badge, comment.subject, comment.body, \
             comment.created_ms, comment.edited_ms, comment.state, comment.pinned, comment.featured, comment.likes, \
             comment.shown, comment.answers, comment.descendants, comment.payload ",
            $($rest),+
        )
    };
}
pub(super) use select;

/// A row of `comment`, but for what is never read again.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub seq: i64,
    pub id: String,
    pub conversation: i64,
    pub thread: String,
    pub parent: Option<String>,
    pub root: Option<String>,
    pub name: String,
    pub website: Option<String>,
    pub avatar: Option<String>,
    pub badge: Option<Badge>,
    pub subject: Option<String>,
    pub body: String,
    pub created_ms: i64,
    pub edited_ms: Option<i64>,
    pub state: State,
    pub pinned: bool,
    pub featured: bool,
    pub likes: i64,
    pub shown: bool,
    pub answers: i64,
    pub descendants: i64,
    pub payload: Vec<u8>,
}

impl Row {
    /// Reads what `select!` has asked for.
    pub(super) fn read(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let badge: Option<String> = row.try_get("badge")?;
        let state: String = row.try_get("state")?;
        Ok(Self {
            seq: row.try_get("seq")?,
            id: row.try_get("id")?,
            conversation: row.try_get("conversation")?,
            thread: row.try_get("thread")?,
            parent: row.try_get("parent")?,
            root: row.try_get("root")?,
            name: row.try_get("name")?,
            website: row.try_get("website")?,
            avatar: row.try_get("avatar")?,
            badge: badge.as_deref().and_then(badge_of),
            subject: row.try_get("subject")?,
            body: row.try_get("body")?,
            created_ms: row.try_get("created_ms")?,
            edited_ms: row.try_get("edited_ms")?,
            state: state_of(&state),
            pinned: row.try_get("pinned")?,
            featured: row.try_get("featured")?,
            likes: row.try_get("likes")?,
            shown: row.try_get("shown")?,
            answers: row.try_get("answers")?,
            descendants: row.try_get("descendants")?,
            payload: row.try_get("payload")?,
        })
    }

    /// The comment for everybody: one that is not published is a placeholder, as if it were deleted.
    pub(super) fn public(&self) -> Comment {
        if self.state == State::Published { self.whole() } else { self.placeholder() }
    }

    /// The comment for its author and for moderators.
    pub(super) fn whole(&self) -> Comment {
        if self.state == State::Deleted {
            return self.placeholder();
        }
        Comment {
            name: self.name.clone(),
            website: self.website.clone(),
            avatar: self.avatar.clone(),
            badge: self.badge,
            html: markdown::render(&self.body),
            body: self.body.clone(),
            edited: self.edited_ms.map(rfc3339),
            state: self.state,
            pinned: self.pinned,
            featured: self.featured,
            likes: self.likes.unsigned_abs(),
            ..self.placeholder()
        }
    }

    fn placeholder(&self) -> Comment {
        Comment {
            id: self.id.clone(),
            thread: self.thread.clone(),
            parent: self.parent.clone(),
            root: self.root.clone(),
            created: rfc3339(self.created_ms),
            state: State::Deleted,
            replies: self.descendants.unsigned_abs(),
            ..Comment::default()
        }
    }

    /// When it was stored.
    pub(super) fn created(&self) -> SystemTime {
        at(self.created_ms)
    }
}

/// All rows of an answer.
pub(super) fn read_all(rows: &[SqliteRow]) -> Result<Vec<Row>, sqlx::Error> {
    rows.iter().map(Row::read).collect()
}

/// The word for a state in the table.
pub(super) const fn state_word(state: State) -> &'static str {
    match state {
        State::Published => "published",
        State::Pending => "pending",
        State::Deleted => "deleted",
    }
}

/// The table lets no other word in.
fn state_of(word: &str) -> State {
    match word {
        "published" => State::Published,
        "pending" => State::Pending,
        _ => State::Deleted,
    }
}

/// The word for a badge in the table.
pub(super) const fn badge_word(badge: Badge) -> &'static str {
    match badge {
        Badge::Author => "author",
        Badge::Staff => "staff",
    }
}

fn badge_of(word: &str) -> Option<Badge> {
    [Badge::Author, Badge::Staff].into_iter().find(|badge| badge_word(*badge) == word)
}

fn at(ms: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms.unsigned_abs())
}

fn rfc3339(ms: i64) -> String {
    humantime::format_rfc3339_millis(at(ms)).to_string()
}

/// Milliseconds since the Unix epoch; 0 on a machine whose clock stands before it.
pub(super) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
