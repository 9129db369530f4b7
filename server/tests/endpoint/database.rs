//! The database file: what it holds, what opens it, what happens when it does not answer.

use std::fs;

use maqal_contract::{IdempotencyKey, NewComment, Page, ProblemType};
use maqal_server::secret::{KEY_BYTES, Keys};
use maqal_server::store::{OpenError, Store};
use sha2::{Digest, Sha256};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, SqlSafeStr};

use crate::support::{Endpoint, THREAD, comment, encoded, new_key, post};

async fn connect(endpoint: &Endpoint) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(endpoint.file())).await.unwrap()
}

#[tokio::test]
async fn a_database_that_another_program_locks_refuses_writers_for_a_while_and_readers_never() {
    let endpoint = Endpoint::new().await;
    endpoint.say("قبل").await;
    let mut other = connect(&endpoint).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();

    let key = new_key();
    let refused = endpoint.send(post(&key, &comment("نص"))).await;
    let problem = refused.problem(ProblemType::Unavailable);
    assert!(!refused.header("retry-after").is_empty());
    assert!(!problem.detail.unwrap().contains("lock"), "the client need not know what our database is");
    let page: Page = endpoint.get(&format!("/api/comments?thread={}", encoded(THREAD))).await.json();
    assert_eq!(page.total, 1);

    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    let stored = endpoint.send(post(&key, &comment("نص"))).await;
    assert_eq!((stored.status.as_u16(), stored.header("idempotency-replayed")), (201, ""));
}

#[tokio::test]
async fn neither_secrets_nor_keys_stand_in_the_file() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    let posted: maqal_contract::Posted = endpoint.send(post(&key, &comment("نص يُرى"))).await.json();
    endpoint.store.close().await;
    let bytes = fs::read(endpoint.file()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("نص يُرى"), "the write-ahead log was not moved into the file");
    assert!(!holds(&posted.secret));
    assert!(!holds(&key));
}

#[tokio::test]
async fn closing_leaves_one_file() {
    let endpoint = Endpoint::new().await;
    endpoint.say("نص").await;
    endpoint.store.close().await;
    let files: Vec<_> =
        fs::read_dir(endpoint.file().parent().unwrap()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["maqal.db"]);
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "not a database, but long enough to be read as the header of one; ".repeat(20)).unwrap();
    let open = async |path: &std::path::Path| Store::open(path).await.err().unwrap();
    assert!(matches!(open(&text).await, OpenError::NotADatabase));
    assert!(matches!(open(folder.path()).await, OpenError::IsFolder));
    assert!(matches!(open(&folder.path().join("none/maqal.db")).await, OpenError::NoFolder));
    assert_eq!(fs::read_to_string(&text).unwrap().len(), 65 * 20, "the foreign file was touched");
}

#[tokio::test]
async fn a_database_of_the_first_version_keeps_its_comments_its_keys_and_its_pages() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    endpoint.store.close().await;
    fs::remove_file(endpoint.file()).unwrap();
    // As the first version left it: its one migration, its table, a comment of each of two conversations and a reader
    // who had no answer.
    let options = SqliteConnectOptions::new().filename(endpoint.file()).create_if_missing(true);
    let mut old = SqliteConnection::connect_with(&options).await.unwrap();
    let first = Migrator::with_migrations(vec![Migration::new(
        1,
        "comments".into(),
        MigrationType::Simple,
        include_str!("../../migrations/0001_comments.sql").into_sql_str(),
        false,
    )]);
    first.run(&mut old).await.unwrap();
    let keys = Keys::new([7; KEY_BYTES]);
    sqlx::query("INSERT INTO meta VALUES ('secret-key', ?)")
        .bind([7; KEY_BYTES].as_slice())
        .execute(&mut old)
        .await
        .unwrap();
    for (number, thread) in [THREAD, "https://news.example/43", THREAD].into_iter().enumerate() {
        let new = NewComment { thread: thread.into(), ..comment(&format!("نص {number}")) };
        let key = if number == 0 { key.clone() } else { new_key() };
        sqlx::query(
            "INSERT INTO comment (id, thread, name, body, created_ms, idempotency, payload) \
             VALUES (?, ?, ?, ?, 1700000000000, ?, ?)",
        )
        .bind(format!("id-{number}"))
        .bind(thread)
        .bind(&new.name)
        .bind(&new.body)
        .bind(keys.submission(&IdempotencyKey::parse(&key).unwrap()).as_slice())
        .bind(first_fingerprint(&new).as_slice())
        .execute(&mut old)
        .await
        .unwrap();
    }
    old.close().await.unwrap();

    let endpoint = endpoint.restart().await;
    let page = endpoint.page("").await;
    let bodies: Vec<_> = page.comments.iter().map(|comment| comment.body.as_str()).collect();
    assert_eq!((bodies, page.total), (vec!["نص 2", "نص 0"], 2));
    assert_eq!(page.comments[1].created, "2023-11-14T22:13:20.000Z");
    let again = endpoint.send(post(&key, &comment("نص 0"))).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.json::<maqal_contract::Posted>().comment.id, "id-0");
    let reply = endpoint.reply("id-0", "رد").await.comment;
    let page = endpoint.page("&sort=oldest").await;
    assert_eq!((page.comments[0].replies, &page.comments[1], page.total), (1, &reply, 3));
}

/// The fingerprint as the first version made it.
fn first_fingerprint(comment: &NewComment) -> [u8; 32] {
    let mut hash = Sha256::new();
    for field in [&comment.thread, &comment.name, &comment.body] {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}

#[tokio::test]
async fn a_database_of_a_later_version_is_left_alone() {
    let endpoint = Endpoint::new().await;
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (99, 'later', 1, x'00', 0)";
    sqlx::query(later).execute(&mut connect(&endpoint).await).await.unwrap();
    endpoint.store.close().await;
    assert!(matches!(Store::open(&endpoint.file()).await, Err(OpenError::Newer(99))));
}

#[tokio::test]
async fn a_database_without_its_tables_fails_without_saying_more_than_that() {
    let endpoint = Endpoint::new().await;
    sqlx::query("DROP TABLE comment").execute(&mut connect(&endpoint).await).await.unwrap();
    let answer = endpoint.send(post(&new_key(), &comment("نص"))).await;
    answer.problem(ProblemType::Internal);
    assert!(!answer.text().contains("comment"));
}
