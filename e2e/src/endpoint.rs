//! The real endpoint: `maqal-server` in a process of its own, on a SQLite file in a folder of its own.

use std::ffi::OsStr;
use std::path::PathBuf;

use bytes::Bytes;
use http::{Request, Response};
use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;
use maqal_contract::{NewComment, Page, Posted};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Row};
use tempfile::TempDir;

use crate::child::Child;
use crate::{client, environment};

/// The path of the endpoint on its server.
pub const PATH: &str = "/api/comments";

/// The endpoint.
#[derive(Debug)]
pub struct Endpoint {
    // Before the folder: a process that writes there must be gone first.
    process: Option<Child>,
    origin: String,
    allowed: String,
    options: Vec<String>,
    folder: TempDir,
}

/// A row of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The comment's identifier.
    pub id: String,
    /// The conversation.
    pub thread: String,
    /// The author.
    pub name: String,
    /// The text.
    pub body: String,
}

impl Endpoint {
    /// Starts the endpoint on an empty database, for pages of the origin `allowed`.
    pub async fn start(allowed: &str) -> Self {
        Self::start_with(allowed, &[]).await
    }

    /// As [`start`](Self::start), with these options of the command line too.
    pub async fn start_with(allowed: &str, options: &[&str]) -> Self {
        let options = options.iter().map(|&option| option.to_owned()).collect();
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut endpoint = Self { process: None, origin: String::new(), allowed: allowed.to_owned(), options, folder };
        endpoint.restart().await;
        endpoint
    }

    /// `kill -9`, and nothing in its place.
    pub fn kill(&mut self) {
        self.process.take();
    }

    /// `kill -9`, and a new process on the same file; its address is another one.
    pub async fn restart(&mut self) {
        self.kill();
        let database = self.database();
        let mut arguments: Vec<&OsStr> = ["--listen", "127.0.0.1:0", "--log", "warn"].map(OsStr::new).into();
        // A test posts faster than a reader.
        arguments.extend(["--rate-burst", "0", "--rate-per-minute", "0"].map(OsStr::new));
        arguments.extend([
            "--database".as_ref(),
            database.as_os_str(),
            "--allow-origin".as_ref(),
            self.allowed.as_ref(),
        ]);
        arguments.extend(self.options.iter().map(OsStr::new));
        let log = self.folder.path().join("server.log");
        let ready = |line: &str| line.strip_prefix("listening on ").map(|origin| origin.trim().to_owned());
        let started = Child::start(&environment::server(), &arguments, &log, ready).await;
        let (process, origin) = started.unwrap_or_else(|why| panic!("{why}"));
        self.process = Some(process);
        self.origin = origin;
    }

    /// Where the process listens now.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The SQLite file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("comments.db")
    }

    /// What is stored for `thread`, in the order it was; read from the file itself, past the process.
    pub async fn stored(&self, thread: &str) -> Vec<Stored> {
        let options = SqliteConnectOptions::new().filename(self.database()).read_only(true);
        let mut file: SqliteConnection = options.connect().await.expect("the database can be opened");
        let rows = sqlx::query("SELECT id, thread, name, body FROM comment WHERE thread = ? ORDER BY seq")
            .bind(thread)
            .fetch_all(&mut file)
            .await
            .expect("the database has the comments");
        let stored = |row: &sqlx::sqlite::SqliteRow| Stored {
            id: row.get("id"),
            thread: row.get("thread"),
            name: row.get("name"),
            body: row.get("body"),
        };
        rows.iter().map(stored).collect()
    }

    /// Changes a comment in the file itself, as no request can: the pictures need a past. `change` is what SQL's
    /// `UPDATE` sets, with `value` for its `?`.
    pub async fn change(&self, id: &str, change: &'static str, value: u32) {
        let options = SqliteConnectOptions::new().filename(self.database());
        let mut file: SqliteConnection = options.connect().await.expect("the database can be opened");
        let update = sqlx::AssertSqlSafe(format!("UPDATE comment SET {change} WHERE id = ?"));
        sqlx::query(update).bind(value).bind(id).execute(&mut file).await.expect("the comment can be changed");
    }

    /// Posts a comment directly, as another reader's browser would.
    pub async fn post(&self, thread: &str, name: &str, body: &str, key: &str) -> Response<Bytes> {
        let new = NewComment {
            thread: thread.to_owned(),
            name: name.to_owned(),
            body: body.to_owned(),
            ..NewComment::default()
        };
        let json = serde_json::to_vec(&new).expect("three strings serialise");
        let request = Request::post(format!("{}{PATH}", self.origin))
            .header("Content-Type", "application/json")
            .header("Origin", &self.allowed)
            .header(IDEMPOTENCY_KEY_HEADER, key)
            .body(json.into());
        client::send(request.expect("the request is one")).await.expect("the endpoint answers")
    }

    /// Posts a reply directly, and gives its identifier.
    pub async fn reply(&self, thread: &str, parent: &str, name: &str, body: &str) -> String {
        let new = NewComment {
            thread: thread.to_owned(),
            parent: Some(parent.to_owned()),
            name: name.to_owned(),
            body: body.to_owned(),
            ..NewComment::default()
        };
        let json = serde_json::to_vec(&new).expect("strings serialise");
        let key = format!("reply-{}-{}-{parent}", self.stored(thread).await.len(), thread.len());
        let request = Request::post(format!("{}{PATH}", self.origin))
            .header("Content-Type", "application/json")
            .header("Origin", &self.allowed)
            .header(IDEMPOTENCY_KEY_HEADER, key)
            .body(json.into());
        let answer = client::send(request.expect("the request is one")).await.expect("the endpoint answers");
        assert_eq!(answer.status(), 201, "{:?}", answer.body());
        let posted: Posted = serde_json::from_slice(answer.body()).expect("the endpoint answers with a comment");
        posted.comment.id
    }

    /// Asks for the first page of `thread`, directly.
    pub async fn page(&self, thread: &str) -> Page {
        let query: String = url::form_urlencoded::byte_serialize(thread.as_bytes()).collect();
        let request = Request::get(format!("{}{PATH}?thread={query}", self.origin)).body(Bytes::new());
        let answer = client::send(request.expect("the request is one")).await.expect("the endpoint answers");
        serde_json::from_slice(answer.body()).expect("the endpoint answers with a page")
    }

    /// Fills `thread` with `count` comments: the first is «تعليق 1», the last the newest.
    pub async fn fill(&self, thread: &str, count: usize) {
        for number in 1..=count {
            let key = format!("filled-by-the-test-{number:05}-{}", thread.len());
            let answer = self.post(thread, "قارئة", &format!("تعليق {number}"), &key).await;
            assert_eq!(answer.status(), 201, "{:?}", answer.body());
        }
    }
}
