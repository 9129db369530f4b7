//! Adds a comment, once for each key.

use std::time::SystemTime;

use maqal_contract::{Comment, IdempotencyKey, NewComment, State};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::changes::record;
use super::row::{Row, badge_word, now_ms, select};
use super::standing::settle;
use super::{BY_ID, Store, StoreError};
use crate::author::Identity;
use crate::secret::fingerprint;

/// A comment that is to be stored.
#[derive(Clone, Copy, Debug)]
pub struct Submission<'a> {
    /// The same key again is the same comment.
    pub key: &'a IdempotencyKey,
    /// What [`validate`](maqal_contract::validate) has let through, with the identity's name where there is one.
    pub comment: &'a NewComment,
    /// Whom the host page vouches for.
    pub identity: Option<&'a Identity>,
    /// Whether it can be read at once, or waits for a moderator.
    pub pending: bool,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is stored.
    New(Stored),
    /// It was stored before, under the same key.
    Replayed(Stored),
    /// The key was used before, for another comment.
    KeyReused,
    /// The comment that it replies to is not there: it never was, is in another conversation, or is gone.
    UnknownParent,
}

/// A comment, for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The comment.
    pub comment: Comment,
    /// What lets its author change it.
    pub secret: String,
    /// When it was stored.
    pub created: SystemTime,
}

const BY_SUBMISSION: &str = select!("FROM comment WHERE idempotency = ?");

impl Store {
    /// Stores a comment, unless its key was used before.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails; whether the comment is stored is then unknown, and the same key finds
    /// out.
    pub async fn add(&self, submission: Submission<'_>) -> Result<Added, StoreError> {
        let Submission { key, comment, identity, pending } = submission;
        let name = self.keys.submission(key);
        let payload = fingerprint(comment, identity.map(|identity| identity.subject.as_str()));
        let mut transaction = self.write().await?;
        if let Some(row) = by_submission(&mut transaction, &name).await? {
            let known = if row.payload == payload { Added::Replayed(self.stored(&row)) } else { Added::KeyReused };
            return Ok(known);
        }
        let parent = match comment.parent.as_deref() {
            None => None,
            Some(id) => match sqlx::query(BY_ID).bind(id).fetch_optional(&mut *transaction).await? {
                Some(row) => Some(Row::read(&row)?).filter(|row| row.shown && row.thread == comment.thread),
                None => None,
            },
        };
        if parent.is_none() && comment.parent.is_some() {
            return Ok(Added::UnknownParent);
        }
        let root = parent.as_ref().map(|parent| parent.root.as_ref().unwrap_or(&parent.id));
        sqlx::query("INSERT INTO conversation (thread) VALUES (?) ON CONFLICT (thread) DO NOTHING")
            .bind(&comment.thread)
            .execute(&mut *transaction)
            .await?;
        // It comes in as one that nobody sees; publishing it counts it.
        sqlx::query(
            "INSERT INTO comment (id, conversation, thread, parent, root, name, email, website, avatar, badge, \
             subject, body, created_ms, state, shown, idempotency, payload) \
             VALUES (?1, (SELECT id FROM conversation WHERE thread = ?2), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
             ?12, 'pending', 0, ?13, ?14)",
        )
        .bind(Uuid::now_v7().simple().to_string())
        .bind(&comment.thread)
        .bind(parent.as_ref().map(|parent| &parent.id))
        .bind(root)
        .bind(&comment.name)
        .bind(&comment.email)
        .bind(&comment.website)
        .bind(identity.and_then(|identity| identity.avatar.as_ref()))
        .bind(identity.and_then(|identity| identity.badge).map(badge_word))
        .bind(identity.map(|identity| &identity.subject))
        .bind(&comment.body)
        .bind(now_ms())
        .bind(name.as_slice())
        .bind(payload.as_slice())
        .execute(&mut *transaction)
        .await?;
        let mut row = by_submission(&mut transaction, &name).await?.ok_or(sqlx::Error::RowNotFound)?;
        let mut change = None;
        if !pending {
            settle(&mut transaction, &row, State::Published).await?;
            change = Some(record(&mut transaction, row.conversation, row.seq).await?);
            row.state = State::Published;
        }
        transaction.commit().await?;
        self.tell(&row.thread, change);
        Ok(Added::New(self.stored(&row)))
    }

    fn stored(&self, row: &Row) -> Stored {
        Stored { comment: row.whole(), secret: self.keys.author_secret(&row.id), created: row.created() }
    }
}

async fn by_submission(connection: &mut SqliteConnection, name: &[u8; 32]) -> Result<Option<Row>, StoreError> {
    let row = sqlx::query(BY_SUBMISSION).bind(name.as_slice()).fetch_optional(connection).await?;
    Ok(row.as_ref().map(Row::read).transpose()?)
}
