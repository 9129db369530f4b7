//! Changes and removes comments, for their authors and for moderators.

use std::time::Duration;

use maqal_contract::{Comment, Edit, State};
use sqlx::SqliteConnection;

use super::changes::record;
use super::row::{Row, now_ms};
use super::standing::settle;
use super::{BY_ID, Store, StoreError};
use crate::access::Access;

/// What became of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The comment is so now, and may have been before.
    Done(Box<Comment>),
    /// There is none of this id, or no more.
    Unknown,
    /// It is somebody else's.
    NotAuthor,
    /// It is this reader's, but what is asked for is a moderator's to do.
    NotModerator,
    /// The time in which its author may change it is over.
    TooLate,
    /// Only a top-level comment can stand above all others.
    PinnedReply,
}

/// What became of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// The comment is gone now, and may have been before.
    Done,
    /// There is none of this id.
    Unknown,
    /// It is somebody else's.
    NotAuthor,
    /// The time in which its author may delete it is over.
    TooLate,
}

impl Store {
    /// Changes the comment `id` as `edit` says, whose text [`validate`](maqal_contract::validate) has let through. Its
    /// author has `window` for that, counted from when it was stored.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails; doing it again is safe.
    pub async fn edit(&self, id: &str, edit: &Edit, access: &Access, window: Duration) -> Result<Edited, StoreError> {
        let mut transaction = self.write().await?;
        let Some(row) = by_id(&mut transaction, id).await? else { return Ok(Edited::Unknown) };
        if !access.moderator {
            if !self.is_author(&row, access) {
                return Ok(Edited::NotAuthor);
            }
            if edit.pinned.is_some() || edit.featured.is_some() || edit.state.is_some() {
                return Ok(Edited::NotModerator);
            }
        }
        if row.state == State::Deleted {
            return Ok(Edited::Unknown);
        }
        let body = edit.body.as_ref().filter(|body| **body != row.body);
        // An edit that was made already is answered at any time: its first answer may have been lost.
        if !access.moderator && body.is_some() && is_over(&row, window) {
            return Ok(Edited::TooLate);
        }
        if edit.pinned == Some(true) && row.root.is_some() {
            return Ok(Edited::PinnedReply);
        }
        let pinned = edit.pinned.filter(|pinned| *pinned != row.pinned);
        let featured = edit.featured.filter(|featured| *featured != row.featured);
        let mut told = Vec::new();
        if let Some(state) = edit.state.filter(|state| *state != row.state) {
            told = move_to(&mut transaction, &row, state).await?;
        }
        if body.is_some() || pinned.is_some() || featured.is_some() {
            sqlx::query(
                "UPDATE comment SET body = COALESCE(?, body), edited_ms = COALESCE(?, edited_ms), \
                 pinned = COALESCE(?, pinned), featured = COALESCE(?, featured) WHERE seq = ? AND state <> 'deleted'",
            )
            .bind(body)
            .bind(body.map(|_| now_ms()))
            .bind(pinned)
            .bind(featured)
            .bind(row.seq)
            .execute(&mut *transaction)
            .await?;
        }
        let Some(now) = by_id(&mut transaction, id).await? else { return Ok(Edited::Unknown) };
        if row.public() != now.public() && !told.contains(&row.seq) {
            told.push(row.seq);
        }
        let change = record_all(&mut transaction, &row, &told).await?;
        transaction.commit().await?;
        self.tell(&row.thread, change);
        Ok(Edited::Done(Box::new(now.whole())))
    }

    /// Deletes the comment `id`. Its author has `window` for that, counted from when it was stored.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails; doing it again is safe.
    pub async fn remove(&self, id: &str, access: &Access, window: Duration) -> Result<Removed, StoreError> {
        let mut transaction = self.write().await?;
        let Some(row) = by_id(&mut transaction, id).await? else { return Ok(Removed::Unknown) };
        let gone = row.state == State::Deleted;
        // Of a deleted comment nobody knows any more whom the host page took its author for.
        let author = self.is_author(&row, access) || (gone && access.secret.is_none() && access.identity.is_some());
        if !access.moderator && !author {
            return Ok(Removed::NotAuthor);
        }
        if gone {
            return Ok(Removed::Done);
        }
        if !access.moderator && is_over(&row, window) {
            return Ok(Removed::TooLate);
        }
        let told = move_to(&mut transaction, &row, State::Deleted).await?;
        let change = record_all(&mut transaction, &row, &told).await?;
        transaction.commit().await?;
        self.tell(&row.thread, change);
        Ok(Removed::Done)
    }
}

/// Gives `row` another state. Returns the places of those comments that readers see otherwise now, each after the
/// comment that it replies to.
async fn move_to(transaction: &mut SqliteConnection, row: &Row, state: State) -> Result<Vec<i64>, StoreError> {
    let mut told = settle(transaction, row, state).await?;
    if state == State::Deleted {
        // What its author wrote and who he is leaves the file; that there was a comment stays, for its replies and for
        // a submission that is repeated.
        sqlx::query(
            "UPDATE comment SET name = '', email = NULL, website = NULL, avatar = NULL, badge = NULL, subject = NULL, \
             body = '', edited_ms = NULL, featured = 0, likes = 0 WHERE seq = ?",
        )
        .bind(row.seq)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM liking WHERE comment = ?").bind(row.seq).execute(&mut *transaction).await?;
    }
    if (row.state == State::Published) != (state == State::Published) {
        told.push(row.seq);
    }
    Ok(told)
}

async fn record_all(transaction: &mut SqliteConnection, row: &Row, told: &[i64]) -> Result<Option<u64>, StoreError> {
    let mut change = None;
    for seq in told {
        change = Some(record(transaction, row.conversation, *seq).await?);
    }
    Ok(change)
}

async fn by_id(connection: &mut SqliteConnection, id: &str) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query(BY_ID).bind(id).fetch_optional(connection).await?;
    Ok(row.as_ref().map(Row::read).transpose()?)
}

/// Whether the time is over in which its author may change a comment.
fn is_over(row: &Row, window: Duration) -> bool {
    row.created() + window <= std::time::SystemTime::now()
}
