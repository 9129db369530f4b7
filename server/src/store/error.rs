//! What a database can fail with, told apart by whether it is worth coming back.

use std::fmt;
use std::time::Duration;

use maqal_contract::ProblemType;

use crate::problem::Refusal;

/// How long a client waits before it tries a database again that was locked or away.
const COME_BACK_AFTER: Duration = Duration::from_secs(2);

/// SQLite's primary result codes (sqlite.org/rescode.html) for a database that another time may answer: BUSY, LOCKED,
/// READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL.
const PASSING: [i32; 8] = [5, 6, 8, 9, 10, 13, 14, 15];

/// The database failed.
#[derive(Debug)]
pub struct StoreError(sqlx::Error);

impl StoreError {
    /// Whether it may pass: the database is locked, full, away or being closed.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match &self.0 {
            sqlx::Error::Database(_) => primary_code(&self.0).is_some_and(|code| PASSING.contains(&code)),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
            _ => false,
        }
    }
}

/// SQLite's primary result code, the low byte of the extended one.
pub(super) fn primary_code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse::<i32>().ok().map(|code| code & 0xff)
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for StoreError {}

impl From<StoreError> for Refusal {
    /// The log gets SQLite's own words (they quote names of tables, never values); the client gets none of them.
    fn from(error: StoreError) -> Self {
        if error.may_pass() {
            tracing::warn!(%error, "the database is not available");
            Self::new(ProblemType::Unavailable, "The database is not available just now; trying again is safe.")
                .retry_after(COME_BACK_AFTER)
        } else {
            tracing::error!(%error, "the database failed");
            Self::of(ProblemType::Internal)
        }
    }
}
