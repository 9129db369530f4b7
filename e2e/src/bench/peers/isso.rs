//! Isso: its own server from PyPI, on a SQLite file of its own, and the script and sheet that come with it.
//!
//! Set as its guide says, but for the guard against many comments from one address, and for the order: the newest first, as all
//! others show them.

use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

use maqal_contract::Comment;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;
use tokio::net::TcpStream;

use super::origin::Files;
use super::site::{Paging, View};
use super::stub;
use crate::child::Child;
use crate::{environment, wait};

/// Its comments' view.
pub const VIEW: View = View {
    host: None,
    container: "#isso-root",
    item: "isso-comment",
    pending: None,
    field: ".isso-textarea",
    who: &[("#isso-postbox-author", "قارئة"), ("#isso-postbox-email", "reader@news.example")],
    send: ".isso-post-action input[type=submit]",
    through: None,
};

/// The name of the conversation.
const THREAD: &str = "/article";

/// Who has voted for a comment: nobody.
const NO_VOTERS: [u8; 256] = [0; 256];

/// Its server, with one conversation.
#[derive(Debug)]
pub struct Isso {
    // Before the folder: a process that writes there must be gone first.
    _process: Child,
    port: u16,
    count: usize,
    folder: TempDir,
}

/// Its files.
#[must_use]
pub fn files() -> Files {
    let package = package();
    Files::new()
        .with_file("/js/embed.min.js", &package.join("js/embed.min.js"))
        .with_file("/css/isso.css", &package.join("css/isso.css"))
}

/// The folder of the Python package; its environment's folder has Python's version in its name.
fn package() -> PathBuf {
    let lib = environment::peers().join("isso/lib");
    let mut folders = fs::read_dir(&lib).expect("Isso is installed").flatten();
    folders
        .find_map(|folder| Some(folder.path().join("site-packages/isso")).filter(|package| package.is_dir()))
        .expect("a virtual environment has its packages in one folder")
}

/// What a page's head and its body have of it.
#[must_use]
pub fn tags(origin: &str, paging: Paging) -> (String, String) {
    let all = if paging == Paging::All { " data-isso-max-comments-nested=\"inf\"" } else { "" };
    let body = format!(
        r#"<script data-isso="{origin}/" data-isso-sorting="newest"{all} src="{origin}/js/embed.min.js"></script>
<section id="isso-thread" data-isso-id="{THREAD}" data-title="مكتبة على الرصيف"></section>"#
    );
    (String::new(), body)
}

impl Isso {
    /// Starts it for pages of the origin `allowed`, with these comments: the newest first, and each top-level comment before
    /// its replies.
    pub async fn start(allowed: &str, comments: &[Comment]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        drop(listener);
        let settings = format!(
            "[general]\ndbpath = {}\nhost = {allowed}\n[server]\nlisten = http://127.0.0.1:{port}/\n[guard]\nenabled = false\n",
            folder.path().join("comments.db").display()
        );
        let path = folder.path().join("isso.cfg");
        fs::write(&path, settings).expect("a file can be written");
        let program = environment::peers().join("isso/bin/isso");
        // It says on standard error what it says.
        let script = "echo started; exec \"$0\" -c \"$1\" run";
        let arguments: [&OsStr; 4] = ["-c".as_ref(), script.as_ref(), program.as_os_str(), path.as_os_str()];
        let started = Child::start("/bin/sh".as_ref(), &arguments, &folder.path().join("isso.log"), |_| Some(())).await;
        let (process, ()) = started.unwrap_or_else(|why| panic!("{why}"));
        wait::until("Isso listens", || async { TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(()) })
            .await;
        let isso = Self { _process: process, port, count: comments.len(), folder };
        isso.fill(comments).await;
        isso
    }

    /// Where it listens.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Writes the comments into the file itself: by its API they would all be of this moment.
    async fn fill(&self, comments: &[Comment]) {
        let mut file = self.open().await;
        let mut all = file.begin().await.expect("the file can be written");
        let thread = "INSERT INTO threads (id, uri, title) VALUES (1, ?, 'مكتبة على الرصيف')";
        sqlx::query(thread).bind(THREAD).execute(&mut *all).await.expect("the conversation can be stored");
        let mut top = 0;
        for (place, comment) in comments.iter().enumerate() {
            let id = i64::try_from(comments.len() - place).expect("there are not so many");
            if comment.root.is_none() {
                top = id;
            }
            let insert = "INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, voters)
                VALUES (1, ?, ?, ?, 1, '127.0.0.0', ?, ?, ?)";
            sqlx::query(insert)
                .bind(id)
                .bind((comment.root.is_some()).then_some(top))
                .bind(stub::moment(place) as f64 / 1000.0)
                .bind(&comment.body)
                .bind(&comment.name)
                .bind(NO_VOTERS.as_slice())
                .execute(&mut *all)
                .await
                .expect("a comment can be stored");
        }
        all.commit().await.expect("the file can be written");
    }

    /// Takes back what was posted.
    pub async fn reset(&self) {
        let count = i64::try_from(self.count).expect("there are not so many");
        let delete = sqlx::query("DELETE FROM comments WHERE id > ?").bind(count);
        delete.execute(&mut self.open().await).await.expect("comments can be deleted");
    }

    async fn open(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.folder.path().join("comments.db"));
        options.connect().await.expect("the database can be opened")
    }
}
