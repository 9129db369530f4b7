//! Keeps the comments in a SQLite file.
//!
//! What [`Store::add`] has returned is on the disk: the write-ahead log is flushed at each commit
//! (`synchronous = FULL`), so neither `kill -9` nor a power cut takes it back. One connection writes, so that writers
//! of this process never meet; a few read beside it.

mod error;
mod migrations;
mod open;

pub use error::StoreError;
pub use open::OpenError;

use std::time::{Duration, SystemTime};

use maqal_contract::{Comment, IdempotencyKey, NewComment, Posted, Sort};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row, SqliteConnection};
use uuid::Uuid;

use crate::cursor::Cursor;
use crate::markdown;
use crate::secret::{Keys, fingerprint};

/// The comments, and the key of this database's secrets. Clones share the connections.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    keys: Keys,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is stored.
    New(Posted),
    /// It was stored before, under the same key.
    Replayed(Posted),
    /// The key was used before, for another comment.
    KeyReused,
}

/// A part of a conversation, and where the next part begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The comments, in the order asked for.
    pub comments: Vec<Comment>,
    /// How many comments the whole conversation has.
    pub total: u64,
    /// The place of the next part, if there is more.
    pub next: Option<Cursor>,
}

const BY_ID: &str = "SELECT seq, id, thread, name, body, created_ms, payload FROM comment WHERE id = ?";
const BY_SUBMISSION: &str =
    "SELECT seq, id, thread, name, body, created_ms, payload FROM comment WHERE idempotency = ?";
const OLDEST: &str = "SELECT seq, id, thread, name, body, created_ms, payload FROM comment \
     WHERE thread = ? AND seq > ? ORDER BY seq ASC LIMIT ?";
const NEWEST: &str = "SELECT seq, id, thread, name, body, created_ms, payload FROM comment \
     WHERE thread = ? AND seq < ? ORDER BY seq DESC LIMIT ?";

impl Store {
    /// Stores `comment`, which [`validate`](maqal_contract::validate) has let through, unless `key` was used before.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails; whether the comment is stored is then unknown, and the same key finds
    /// out.
    pub async fn add(&self, key: &IdempotencyKey, comment: &NewComment) -> Result<Added, StoreError> {
        let (submission, payload) = (self.keys.submission(key), fingerprint(comment));
        let mut writer = self.writer.acquire().await?;
        // No RETURNING: its first row arrives before the commit does.
        let done = sqlx::query(
            "INSERT INTO comment (id, thread, name, body, created_ms, idempotency, payload) \
             VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (idempotency) DO NOTHING",
        )
        .bind(Uuid::now_v7().simple().to_string())
        .bind(&comment.thread)
        .bind(&comment.name)
        .bind(&comment.body)
        .bind(now_ms())
        .bind(submission.as_slice())
        .bind(payload.as_slice())
        .execute(&mut *writer)
        .await?;
        let row = sqlx::query(BY_SUBMISSION).bind(submission.as_slice()).fetch_one(&mut *writer).await?;
        let stored: Vec<u8> = row.try_get("payload")?;
        if stored != payload {
            return Ok(Added::KeyReused);
        }
        let comment = comment_of(&row)?;
        let posted = Posted { secret: self.keys.author_secret(&comment.id), comment, editable_until: None };
        Ok(if done.rows_affected() == 0 { Added::Replayed(posted) } else { Added::New(posted) })
    }

    /// The comment with this id, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn one(&self, id: &str) -> Result<Option<Comment>, StoreError> {
        let row = sqlx::query(BY_ID).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(comment_of).transpose()
    }

    /// At most `limit` comments of `thread`, from `after` on or else from the beginning.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn part(&self, thread: &str, sort: Sort, after: Option<i64>, limit: u32) -> Result<Part, StoreError> {
        // One transaction, so that the count and the comments are of one moment.
        let mut snapshot = self.readers.begin().await?;
        let (query, start) = match sort {
            Sort::Newest | Sort::Liked => (NEWEST, i64::MAX),
            Sort::Oldest => (OLDEST, 0),
        };
        let mut rows = sqlx::query(query)
            .bind(thread)
            .bind(after.unwrap_or(start))
            .bind(i64::from(limit) + 1)
            .fetch_all(&mut *snapshot)
            .await?;
        let total = count(&mut snapshot, thread).await?;
        snapshot.commit().await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = match rows.last() {
            Some(last) if more => Some(Cursor { sort, seq: last.try_get("seq")? }),
            _ => None,
        };
        Ok(Part { comments: rows.iter().map(comment_of).collect::<Result<_, _>>()?, total, next })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`] where it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM meta LIMIT 1").fetch_optional(&self.readers).await?;
        Ok(())
    }

    /// Closes every connection and moves the write-ahead log into the file, so that the file alone is the database.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await {
            tracing::warn!(%error, "the write-ahead log could not be moved into the file; it stays beside it");
        }
        self.writer.close().await;
    }
}

async fn count(snapshot: &mut SqliteConnection, thread: &str) -> Result<u64, StoreError> {
    let count: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM comment WHERE thread = ?").bind(thread).fetch_one(snapshot).await?;
    Ok(count.unsigned_abs())
}

fn comment_of(row: &SqliteRow) -> Result<Comment, StoreError> {
    let (body, created): (String, i64) = (row.try_get("body")?, row.try_get("created_ms")?);
    let created = SystemTime::UNIX_EPOCH + Duration::from_millis(created.unsigned_abs());
    Ok(Comment {
        id: row.try_get("id")?,
        thread: row.try_get("thread")?,
        name: row.try_get("name")?,
        html: markdown::render(&body),
        body,
        created: humantime::format_rfc3339_millis(created).to_string(),
        ..Comment::default()
    })
}

/// Milliseconds since the Unix epoch; 0 on a machine whose clock stands before it.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
