//! The lengths of many conversations at once.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::{Store, StoreError};

impl Store {
    /// How many comments each of `threads` has; those that nobody has begun are not in the answer.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn counts(&self, threads: &[String]) -> Result<HashMap<String, u64>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT thread, total FROM conversation WHERE thread IN (");
        let mut listed = query.separated(", ");
        for thread in threads {
            listed.push_bind(thread);
        }
        query.push(")");
        let rows = query.build().fetch_all(&self.readers).await?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            Ok((row.try_get("thread")?, row.try_get::<i64, _>("total")?.unsigned_abs()))
        };
        rows.iter().map(read).collect()
    }
}
