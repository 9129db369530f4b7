//! The changes of a conversation since a moment, for those who read it meanwhile.

use std::collections::HashSet;

use maqal_contract::{Changes, Comment};
use sqlx::{Row as _, SqliteConnection};
use tokio::sync::watch;

use super::row::{Row, select};
use super::{Store, StoreError, conversation};

const SINCE: &str = select!(
    ", change.seq AS moment FROM change CROSS JOIN comment ON comment.seq = change.comment \
     WHERE change.conversation = ? AND change.seq > ? ORDER BY change.seq LIMIT ?"
);

const NEWEST: &str = "SELECT MAX(seq) FROM change WHERE conversation = ?";
const KEEP_FIRST: &str =
    "DELETE FROM change WHERE comment = ?1 AND seq > (SELECT MIN(seq) FROM change WHERE comment = ?1)";

impl Store {
    /// At most `limit` changes of `thread` after the moment `since`: each comment once, as it is now, in the order in
    /// which they were stored. A moment that is still to come counts as now.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn changes(&self, thread: &str, since: u64, limit: u32) -> Result<Changes, StoreError> {
        let mut snapshot = self.readers.begin().await?;
        let none = |total, live: u64| Changes { changes: Vec::new(), total, live: live.to_string(), more: false };
        let Some(conversation) = conversation(&mut snapshot, thread).await? else { return Ok(none(0, 0)) };
        let newest = newest(&mut snapshot, conversation.id).await?;
        let rows = sqlx::query(SINCE)
            .bind(conversation.id)
            .bind(i64::try_from(since).unwrap_or(i64::MAX))
            .bind(i64::from(limit))
            .fetch_all(&mut *snapshot)
            .await?;
        snapshot.commit().await?;
        let Some(last) = rows.last() else { return Ok(none(conversation.total, newest)) };
        let live = last.try_get::<i64, _>("moment")?.unsigned_abs();
        let mut changed = super::row::read_all(&rows)?;
        let mut seen = HashSet::new();
        changed.retain(|row| seen.insert(row.seq));
        changed.sort_by_key(|row| row.seq);
        let changes: Vec<Comment> = changed.iter().map(Row::public).collect();
        Ok(Changes { changes, total: conversation.total, live: live.to_string(), more: live < newest })
    }

    /// The newest change of `thread` each time that one is committed in this process (a number for `since` that need
    /// not be read: [`Store::changes`] is to be asked). Another process on the same file wakes nobody, so whoever waits
    /// should look by itself now and then.
    #[must_use]
    pub fn subscribe(&self, thread: &str) -> watch::Receiver<u64> {
        self.watchers.subscribe(thread)
    }
}

/// The newest change of a conversation; 0 where there was none.
pub(super) async fn newest(connection: &mut SqliteConnection, conversation: i64) -> Result<u64, StoreError> {
    let newest: Option<i64> = sqlx::query_scalar(NEWEST).bind(conversation).fetch_one(connection).await?;
    Ok(newest.unwrap_or_default().unsigned_abs())
}

/// Appends a change of a comment; gives its number.
pub(super) async fn record(
    transaction: &mut SqliteConnection,
    conversation: i64,
    comment: i64,
) -> Result<u64, StoreError> {
    sqlx::query(KEEP_FIRST).bind(comment).execute(&mut *transaction).await?;
    let done = sqlx::query("INSERT INTO change (conversation, comment) VALUES (?, ?)")
        .bind(conversation)
        .bind(comment)
        .execute(&mut *transaction)
        .await?;
    Ok(done.last_insert_rowid().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::{KEEP_FIRST, NEWEST, SINCE};
    use crate::store::Store;
    use crate::store::pages::plan;

    #[tokio::test]
    async fn changes_are_read_and_noted_along_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("maqal.db")).await.unwrap();
        for (query, index) in [
            (SINCE, "SEARCH change USING INDEX change_of_conversation (conversation=? AND seq>?)"),
            (NEWEST, "SEARCH change USING COVERING INDEX change_of_conversation (conversation=?)"),
            (KEEP_FIRST, "SEARCH change USING COVERING INDEX change_of_comment (comment=? AND seq>?)"),
        ] {
            let plan = plan(&store, query).await;
            assert!(plan.iter().any(|step| step == index), "{plan:#?}");
            assert!(plan.iter().all(|step| !step.starts_with("SCAN") && !step.contains("B-TREE")), "{plan:#?}");
        }
    }
}
