//! An endpoint inside the test: the router on a database file in a folder of its own.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use clap::Parser;
use http_body_util::BodyExt;
use maqal_contract::problem::PROBLEM_MEDIA_TYPE;
use maqal_contract::{Comment, Likes, NewComment, Page, Posted, Problem, ProblemType};
use maqal_server::app;
use maqal_server::config::Config;
use maqal_server::state::App;
use maqal_server::store::Store;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Decode, Type};
use std::path::PathBuf;
use tempfile::TempDir;
use tower::ServiceExt;

use super::{MODERATOR, ORIGIN, address, comment, new_key};

/// The router and its database.
pub struct Endpoint {
    pub store: Store,
    router: Router,
    folder: TempDir,
    options: Vec<String>,
}

impl Endpoint {
    /// An endpoint without a rate limit.
    pub async fn new() -> Self {
        Self::with(&["--rate-burst", "0"]).await
    }

    /// An endpoint with these options of the command line.
    pub async fn with(options: &[&str]) -> Self {
        let options = options.iter().map(|&option| option.to_owned()).collect();
        Self::on(tempfile::tempdir().unwrap(), options).await
    }

    /// An endpoint without a rate limit whose moderators have the token [`MODERATOR`], with these options too.
    pub async fn moderated(options: &[&str]) -> Self {
        Self::with(&[&["--rate-burst", "0", "--moderator-token", MODERATOR], options].concat()).await
    }

    async fn on(folder: TempDir, options: Vec<String>) -> Self {
        let store = Store::open(&folder.path().join("maqal.db")).await.unwrap();
        let config = Self::config(&options);
        let router = app::router(App::new(store.clone(), &config), &config);
        Self { store, router, folder, options }
    }

    /// The configuration that `options` and [`ORIGIN`] make.
    pub fn config<S: AsRef<str>>(options: &[S]) -> Config {
        let fixed = ["maqal-server", "--allow-origin", ORIGIN];
        Config::try_parse_from(fixed.into_iter().chain(options.iter().map(AsRef::as_ref))).unwrap()
    }

    /// The database file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("maqal.db")
    }

    /// Closes the database and opens it again, as a new process would.
    pub async fn restart(self) -> Self {
        self.store.close().await;
        Self::on(self.folder, self.options).await
    }

    /// The answer to `request`.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router.clone(), request).await
    }

    /// The answer to a GET.
    pub async fn get(&self, address: &str) -> Answer {
        self.send(get(address)).await
    }

    /// What this query finds in the file.
    pub async fn value<T>(&self, query: &'static str) -> T
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + Send + Unpin,
    {
        let options = SqliteConnectOptions::new().filename(self.file());
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query_scalar(query).fetch_one(&mut connection).await.unwrap()
    }

    /// Does this to the file itself.
    pub async fn run(&self, statement: &'static str) {
        let options = SqliteConnectOptions::new().filename(self.file());
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query(statement).execute(&mut connection).await.unwrap();
    }

    /// Stores a comment with this text and a new key.
    pub async fn say(&self, body: &str) -> Posted {
        self.posted(&comment(body)).await
    }

    /// Stores a reply to the comment `parent`, with this text and a new key.
    pub async fn reply(&self, parent: &str, body: &str) -> Posted {
        self.posted(&NewComment { parent: Some(parent.to_owned()), ..comment(body) }).await
    }

    /// The answer to a request on the comment `id` with this bearer and this JSON, where there are such.
    pub async fn on_comment(&self, method: Method, id: &str, bearer: &str, json: Option<Value>) -> Answer {
        let mut request = request_of(method, &format!("/api/comments/{id}"), json);
        if !bearer.is_empty() {
            request.headers_mut().insert("authorization", format!("Bearer {bearer}").parse().unwrap());
        }
        self.send(request).await
    }

    /// The answer to an edit.
    pub async fn edit(&self, id: &str, bearer: &str, edit: Value) -> Answer {
        self.on_comment(Method::PATCH, id, bearer, Some(edit)).await
    }

    /// The answer to a deletion.
    pub async fn delete(&self, id: &str, bearer: &str) -> Answer {
        self.on_comment(Method::DELETE, id, bearer, None).await
    }

    /// Has a moderator change a comment.
    pub async fn moderate(&self, id: &str, edit: Value) -> Comment {
        let answer = self.edit(id, MODERATOR, edit).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// Has a reader like a comment, or not any more.
    pub async fn like(&self, id: &str, reader: &str, liked: bool) -> Likes {
        let method = if liked { Method::PUT } else { Method::DELETE };
        let answer = self.send(by_reader(reader, request_of(method, &format!("/api/comments/{id}/like"), None))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// A page of [`THREAD`]; `parameters` begin with `&`.
    pub async fn page(&self, parameters: &str) -> Page {
        let answer = self.get(&address(parameters)).await;
        assert_eq!(answer.status, StatusCode::OK, "{parameters}: {}", answer.text());
        answer.json()
    }

    /// Stores this comment with a new key.
    pub async fn posted(&self, comment: &NewComment) -> Posted {
        let answer = self.send(post(&new_key(), comment)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.text());
        answer.json()
    }
}

/// A complete answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// What `router` answers to `request`.
    pub async fn of(router: Router, request: Request<Body>) -> Self {
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body, read.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body, which must be a problem of this kind, in the form that RFC 9457 asks for.
    #[track_caller]
    pub fn problem(&self, kind: ProblemType) -> Problem {
        let problem: Problem = self.json();
        assert_eq!(problem.kind, kind.uri(), "{}", self.text());
        assert_eq!((problem.status, problem.status), (kind.status(), self.status.as_u16()));
        assert_eq!(problem.title, kind.title());
        assert_eq!(self.header("content-type"), PROBLEM_MEDIA_TYPE);
        assert_eq!(self.header("cache-control"), "no-store");
        problem
    }
}

/// A request without a body.
pub fn request(method: Method, address: &str) -> Request<Body> {
    Request::builder().method(method).uri(address).body(Body::empty()).unwrap()
}

/// A GET.
pub fn get(address: &str) -> Request<Body> {
    request(Method::GET, address)
}

/// A request with this JSON, where there is some.
pub fn request_of(method: Method, address: &str, json: Option<Value>) -> Request<Body> {
    let request = Request::builder().method(method).uri(address);
    match json {
        None => request.body(Body::empty()),
        Some(json) => request.header("content-type", "application/json").body(Body::from(json.to_string())),
    }
    .unwrap()
}

/// `request`, sent by the reader whose device has this name.
pub fn by_reader(reader: &str, mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().insert("maqal-reader", reader.parse().unwrap());
    request
}

/// A submission.
pub fn post(key: &str, comment: &NewComment) -> Request<Body> {
    Request::post("/api/comments")
        .header("content-type", "application/json")
        .header("idempotency-key", key)
        .body(Body::from(serde_json::to_vec(comment).unwrap()))
        .unwrap()
}
