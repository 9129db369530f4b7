//! Opens the SQLite file: settings, migrations, the key of its secrets.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use super::error::primary_code;
use super::watchers::Watchers;
use super::{Store, migrations};
use crate::secret::{KEY_BYTES, Keys};

/// How long a write waits for another process to let go of the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(3);

/// How long a request waits for a connection; the writer's is taken for [`BUSY_TIMEOUT`] at most.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// Connections that read.
const READERS: u32 = 4;

/// SQLite's result code for a file of another kind (sqlite.org/rescode.html).
const NOTADB: i32 = 26;

/// Why a database could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The folder that the file should be in does not exist.
    NoFolder,
    /// The path is that of a folder.
    IsFolder,
    /// The file is something else.
    NotADatabase,
    /// A later version of the endpoint has changed the tables.
    Newer(i64),
    /// The tables could not be brought up to date.
    Migration(MigrateError),
    /// SQLite could not open or read the file.
    Sqlite(sqlx::Error),
    /// The system has no random numbers for a key.
    Random(getrandom::Error),
    /// The key that the file keeps is not of the length that we write.
    DamagedKey,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder => f.write_str("the folder it should be in does not exist; make it first"),
            Self::IsFolder => f.write_str("it is a folder; give the path of a file"),
            Self::NotADatabase => f.write_str("it is not a SQLite database; give another path, or move the file away"),
            Self::Newer(version) => {
                write!(f, "a later version of maqal-server made it (migration {version}); run that version")
            }
            Self::Migration(error) => write!(f, "its tables could not be brought up to date: {error}"),
            Self::Sqlite(error) => write!(f, "it could not be opened: {error}"),
            Self::Random(error) => write!(f, "the system gave no random numbers for its key: {error}"),
            Self::DamagedKey => f.write_str("the key in its table `meta` is damaged; restore it from a backup"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        if primary_code(&error) == Some(NOTADB) { Self::NotADatabase } else { Self::Sqlite(error) }
    }
}

impl From<MigrateError> for OpenError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) => error.into(),
            MigrateError::VersionMissing(version) => Self::Newer(version),
            error => Self::Migration(error),
        }
    }
}

impl Store {
    /// Opens the file at `path`, makes it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// [`OpenError`], as a clause that goes on from "the database …:".
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        if path.is_dir() {
            return Err(OpenError::IsFolder);
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(OpenError::NoFolder);
        }
        let common = SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(BUSY_TIMEOUT);
        let writing = common
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            // What an author deletes is overwritten, and does not stay in some unused page.
            .pragma("secure_delete", "ON");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(writing)
            .await?;
        migrations::migrator().run(&writer).await?;
        let keys = keys(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(common.read_only(true))
            .await?;
        Ok(Self { writer, readers, keys, watchers: Watchers::default() })
    }
}

/// The key that this database's secrets are made with; a new database gets one.
async fn keys(writer: &SqlitePool) -> Result<Keys, OpenError> {
    let mut fresh = [0; KEY_BYTES];
    getrandom::fill(&mut fresh).map_err(OpenError::Random)?;
    sqlx::query("INSERT INTO meta (name, value) VALUES ('secret-key', ?) ON CONFLICT (name) DO NOTHING")
        .bind(fresh.as_slice())
        .execute(writer)
        .await?;
    let kept: Vec<u8> =
        sqlx::query_scalar("SELECT value FROM meta WHERE name = 'secret-key'").fetch_one(writer).await?;
    Ok(Keys::new(kept.try_into().map_err(|_wrong_length| OpenError::DamagedKey)?))
}

#[cfg(test)]
mod tests {
    use super::Store;

    #[tokio::test]
    async fn each_commit_is_flushed_to_a_write_ahead_log() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("maqal.db")).await.unwrap();
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&store.writer).await.unwrap();
        let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&store.writer).await.unwrap();
        // 2 is FULL (sqlite.org/pragma.html).
        assert_eq!((mode.as_str(), synchronous), ("wal", 2));
    }
}
