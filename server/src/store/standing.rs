//! Whether a comment stands on pages, and the numbers that hang on it: those of the comments above it, and the
//! conversation's length.
//!
//! A comment stands there while it is published, and where it is not, while a comment that stands there replies to it:
//! readers get a placeholder then.

use maqal_contract::State;
use sqlx::{Row as _, SqliteConnection};

use super::error::StoreError;
use super::row::{Row, state_word};

/// Gives `row` another state. Returns the places of the comments above it that came to stand there or went with it, the
/// topmost first.
pub(super) async fn settle(
    transaction: &mut SqliteConnection,
    row: &Row,
    state: State,
) -> Result<Vec<i64>, StoreError> {
    let (was, is) = (row.state == State::Published, state == State::Published);
    let shown = is || row.answers > 0;
    // Only what is published stands above all others.
    sqlx::query("UPDATE comment SET state = ?, shown = ?, pinned = pinned AND ? WHERE seq = ?")
        .bind(state_word(state))
        .bind(shown)
        .bind(is)
        .bind(row.seq)
        .execute(&mut *transaction)
        .await?;
    if was != is {
        sqlx::query("UPDATE conversation SET total = total + ? WHERE id = ?")
            .bind(step(is))
            .bind(row.conversation)
            .execute(&mut *transaction)
            .await?;
    }
    let Some(root) = row.root.as_deref().filter(|_| shown != row.shown) else { return Ok(Vec::new()) };
    let (above, descendants) = tell_those_above(transaction, row.parent.clone(), shown).await?;
    sqlx::query("UPDATE comment SET descendants = descendants + ? WHERE id = ?")
        .bind((descendants + 1) * step(shown))
        .bind(root)
        .execute(&mut *transaction)
        .await?;
    Ok(above)
}

/// Tells the comment `parent` that one which replies to it came (or went). That may make it come or go itself, and so
/// on upwards. Returns the places of those that did, the topmost first, and how many of them are replies.
async fn tell_those_above(
    transaction: &mut SqliteConnection,
    mut parent: Option<String>,
    came: bool,
) -> Result<(Vec<i64>, i64), StoreError> {
    let (mut moved, mut replies) = (Vec::new(), 0);
    while let Some(id) = parent {
        sqlx::query("UPDATE comment SET answers = answers + ? WHERE id = ?")
            .bind(step(came))
            .bind(&id)
            .execute(&mut *transaction)
            .await?;
        let row = sqlx::query(
            "UPDATE comment SET shown = ?1 WHERE id = ?2 AND shown <> ?1 AND state <> 'published' \
             AND (answers > 0) = ?1 RETURNING seq, parent",
        )
        .bind(came)
        .bind(&id)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { break };
        moved.push(row.try_get("seq")?);
        parent = row.try_get("parent")?;
        replies += i64::from(parent.is_some());
    }
    moved.reverse();
    Ok((moved, replies))
}

const fn step(up: bool) -> i64 {
    if up { 1 } else { -1 }
}
