//! Keeps the comments in a SQLite file.
//!
//! What [`Store::add`] has returned is on the disk: the write-ahead log is flushed at each commit
//! (`synchronous = FULL`), so neither `kill -9` nor a power cut takes it back. One connection writes, so that writers
//! of this process never meet; a few read beside it.

mod add;
mod changes;
mod counts;
mod edit;
mod error;
mod migrations;
mod open;
mod pages;
mod readers;
mod row;
mod standing;
mod watchers;

pub use add::{Added, Stored, Submission};
pub use edit::{Edited, Removed};
pub use error::StoreError;
pub use open::OpenError;
pub use pages::{Ask, Found, From, Part};

use maqal_contract::{Comment, State};
use sqlx::sqlite::{Sqlite, SqlitePool};
use sqlx::{Row as _, SqliteConnection, Transaction};

use crate::access::Access;
use crate::secret::Keys;
use row::{Row, select};
use watchers::Watchers;

/// The comments, and the key of this database's secrets. Clones share the connections.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    keys: Keys,
    watchers: Watchers,
}

const BY_ID: &str = select!("FROM comment WHERE id = ?");

impl Store {
    /// The comment with this id, if `access` may see one: one that waits for a moderator is its author's only.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn one(&self, id: &str, access: &Access) -> Result<Option<Comment>, StoreError> {
        let row = sqlx::query(BY_ID).bind(id).fetch_optional(&self.readers).await?;
        let Some(row) = row.as_ref().map(Row::read).transpose()? else { return Ok(None) };
        let whole = row.state == State::Published || access.moderator || self.is_author(&row, access);
        Ok(if whole && row.state != State::Deleted { Some(row.whole()) } else { row.shown.then(|| row.public()) })
    }

    /// Whether `access` proves that the comment is this reader's.
    fn is_author(&self, row: &Row, access: &Access) -> bool {
        let subject = access.identity.as_ref().map(|identity| &identity.subject);
        access.secret.as_ref().is_some_and(|secret| self.keys.proves_author(&row.id, secret))
            || (subject.is_some() && subject == row.subject.as_ref())
    }

    /// Begins a transaction that writes. It takes the file's one place for writers at once: one that only read first
    /// could lose it to another process, and fail half-way.
    async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Wakes those who wait for the changes of `thread`, once one is committed.
    fn tell(&self, thread: &str, change: Option<u64>) {
        if let Some(change) = change {
            self.watchers.tell(thread, change);
        }
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

/// A conversation that somebody has begun.
struct Conversation {
    id: i64,
    /// How many published comments it has.
    total: u64,
}

async fn conversation(connection: &mut SqliteConnection, thread: &str) -> Result<Option<Conversation>, StoreError> {
    let query = "SELECT id, total FROM conversation WHERE thread = ?";
    let Some(row) = sqlx::query(query).bind(thread).fetch_optional(connection).await? else { return Ok(None) };
    let total: i64 = row.try_get("total")?;
    Ok(Some(Conversation { id: row.try_get("id")?, total: total.unsigned_abs() }))
}
