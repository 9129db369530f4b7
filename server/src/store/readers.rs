//! What readers think of a comment: likes and reports.

use maqal_contract::{Likes, Report};

use super::changes::record;
use super::row::now_ms;
use super::{Store, StoreError};
use crate::secret::Reader;

/// A published comment's place, conversation and thread.
const PUBLISHED: &str = "SELECT seq, conversation, thread FROM comment WHERE id = ? AND state = 'published'";

impl Store {
    /// Notes whether `reader` likes the comment `id`; `None` where there is none to like.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails; doing it again is safe.
    pub async fn like(&self, id: &str, reader: &Reader, liked: bool) -> Result<Option<Likes>, StoreError> {
        let mut transaction = self.write().await?;
        let found =
            sqlx::query_as::<_, (i64, i64, String)>(PUBLISHED).bind(id).fetch_optional(&mut *transaction).await?;
        let Some((comment, conversation, thread)) = found else { return Ok(None) };
        let (note, step) = if liked {
            ("INSERT INTO liking (comment, reader) VALUES (?, ?) ON CONFLICT DO NOTHING", 1)
        } else {
            ("DELETE FROM liking WHERE comment = ? AND reader = ?", -1)
        };
        let reader = self.keys.reader(reader);
        let done = sqlx::query(note).bind(comment).bind(reader.as_slice()).execute(&mut *transaction).await?;
        let mut change = None;
        if done.rows_affected() > 0 {
            sqlx::query("UPDATE comment SET likes = likes + ? WHERE seq = ?")
                .bind(step)
                .bind(comment)
                .execute(&mut *transaction)
                .await?;
            change = Some(record(&mut transaction, conversation, comment).await?);
        }
        let likes: i64 = sqlx::query_scalar("SELECT likes FROM comment WHERE seq = ?")
            .bind(comment)
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.tell(&thread, change);
        Ok(Some(Likes { likes: likes.unsigned_abs(), liked }))
    }

    /// Keeps what `reader` has against the comment `id`, unless he has said so before; `false` where there is no
    /// such comment.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails; doing it again is safe.
    pub async fn report(&self, id: &str, reader: &Reader, report: &Report) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let found =
            sqlx::query_as::<_, (i64, i64, String)>(PUBLISHED).bind(id).fetch_optional(&mut *transaction).await?;
        let Some((comment, _, _)) = found else { return Ok(false) };
        sqlx::query(
            "INSERT INTO report (comment, reader, reason, note, created_ms) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
        )
        .bind(comment)
        .bind(self.keys.reader(reader).as_slice())
        .bind(report.reason.as_str())
        .bind(&report.note)
        .bind(now_ms())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }
}
