//! The steps that lead from an empty file to today's tables.
//!
//! Each is applied once, in a transaction, and its checksum is kept (`sqlx::migrate`): a step that was applied somewhere
//! is never changed again; the next one is added.

use std::borrow::Cow;

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Version, name, SQL.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "comments", include_str!("../../migrations/0001_comments.sql")),
    (2, "conversation", include_str!("../../migrations/0002_conversation.sql")),
];

/// All steps.
pub(super) fn migrator() -> Migrator {
    let step = |&(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(STEPS.iter().map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::STEPS;
    use std::path::Path;

    #[test]
    fn every_file_in_the_folder_is_a_step() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut files: Vec<_> =
            folder.read_dir().unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let steps: Vec<_> = STEPS.iter().map(|(version, name, _)| format!("{version:04}_{name}.sql")).collect();
        assert_eq!(files, steps);
    }
}
