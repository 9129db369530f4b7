//! An endpoint that is a process of its own: the program that the package builds.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;

use maqal_contract::identity::IDENTITY_HEADER;
use maqal_contract::{Likes, NewComment, Page, Posted, Sort};
use serde_json::Value;

use super::{ORIGIN, THREAD, encoded, new_key};

/// A running `maqal-server`; killed when it is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
    log: Arc<Log>,
    reader: Option<JoinHandle<()>>,
    agent: ureq::Agent,
}

/// What the server has logged so far.
#[derive(Default)]
struct Log {
    text: Mutex<String>,
    grown: Condvar,
}

fn command(database: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maqal-server"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MAQAL_") || name == "RUST_LOG") {
        command.env_remove(name);
    }
    // By the environment, so that the options of a test win.
    command.env("MAQAL_DATABASE", database).env("MAQAL_LISTEN", "127.0.0.1:0").env("MAQAL_ALLOW_ORIGIN", ORIGIN);
    command.args(options).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the program says and returns where it does not start.
pub fn start_refused(database: &Path, options: &[&str]) -> Output {
    command(database, options).output().unwrap()
}

impl Server {
    /// Starts one on `database` and waits until it listens.
    pub fn start(database: &Path, options: &[&str]) -> Self {
        let mut child = command(database, options).spawn().unwrap();
        let err = BufReader::new(child.stderr.take().unwrap());
        let log = Arc::new(Log::default());
        // Read all the while: a full pipe would stop the server.
        let reader = std::thread::spawn({
            let log = log.clone();
            move || {
                for line in err.lines() {
                    *log.text.lock().unwrap() += &(line.unwrap() + "\n");
                    log.grown.notify_all();
                }
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Some(address) = line.trim().strip_prefix("listening on http://") else {
            reader.join().unwrap();
            panic!("{line:?}, and in the log: {}", log.text.lock().unwrap())
        };
        let address = address.to_owned();
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        Self { child, address, log, reader: Some(reader), agent }
    }

    /// Posts a comment; `None` where no answer came.
    pub fn post(&self, key: &str, comment: &NewComment) -> Option<(u16, String)> {
        let body = serde_json::to_vec(comment).unwrap();
        let address = format!("http://{}/api/comments", self.address);
        let request = self.agent.post(address).header("content-type", "application/json");
        let mut answer = request.header("idempotency-key", key).send(&body[..]).ok()?;
        Some((answer.status().as_u16(), answer.body_mut().read_to_string().ok()?))
    }

    /// Posts a comment of a reader with this token, under a new key; the status of the answer.
    pub fn post_known(&self, token: &str, comment: &NewComment) -> u16 {
        let body = serde_json::to_vec(comment).unwrap();
        let address = format!("http://{}/api/comments", self.address);
        let request = self.agent.post(address).header("content-type", "application/json");
        let request = request.header("idempotency-key", new_key()).header(IDENTITY_HEADER, token);
        request.send(&body[..]).unwrap().status().as_u16()
    }

    /// Posts a comment, which must be stored.
    pub fn posted(&self, key: &str, comment: &NewComment) -> Posted {
        let (status, text) = self.post(key, comment).unwrap();
        assert_eq!(status, 201, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Has a reader like a comment; `None` where no answer came.
    pub fn like(&self, id: &str, reader: &str) -> Option<Likes> {
        let address = format!("http://{}/api/comments/{id}/like", self.address);
        let mut answer = self.agent.put(address).header("maqal-reader", reader).send_empty().ok()?;
        serde_json::from_str(&answer.body_mut().read_to_string().ok()?).ok()
    }

    /// Has whoever has this bearer edit a comment.
    pub fn edit(&self, id: &str, bearer: &str, edit: &Value) {
        let address = format!("http://{}/api/comments/{id}", self.address);
        let request = self.agent.patch(address).header("content-type", "application/json");
        let answer = request.header("authorization", format!("Bearer {bearer}")).send(edit.to_string()).unwrap();
        assert_eq!(answer.status(), 200);
    }

    /// Has whoever has this bearer delete a comment.
    pub fn delete(&self, id: &str, bearer: &str) {
        let address = format!("http://{}/api/comments/{id}", self.address);
        let answer = self.agent.delete(address).header("authorization", format!("Bearer {bearer}")).call().unwrap();
        assert_eq!(answer.status(), 204);
    }

    /// Every comment of [`THREAD`], page by page: the top-level ones, and after each the replies under it.
    pub fn all(&self) -> Page {
        let place = format!("&sort={}&replies=0", Sort::Oldest.as_str());
        let tops = self.pages(&place);
        let mut whole = Page { comments: Vec::new(), ..tops };
        for top in tops.comments {
            let (id, answered) = (top.id.clone(), top.replies > 0);
            whole.comments.push(top);
            if answered {
                whole.comments.extend(self.pages(&format!("&root={id}")).comments);
            }
        }
        whole
    }

    fn pages(&self, place: &str) -> Page {
        let mut whole = Page::default();
        loop {
            let after = whole.next.take().map(|next| format!("&after={next}")).unwrap_or_default();
            let address =
                format!("http://{}/api/comments?thread={}&limit=100{place}{after}", self.address, encoded(THREAD));
            let text = self.agent.get(address).call().unwrap().body_mut().read_to_string().unwrap();
            let page: Page = serde_json::from_str(&text).unwrap();
            whole.comments.extend(page.comments);
            whole.total = page.total;
            whole.next = page.next;
            if whole.next.is_none() {
                return whole;
            }
        }
    }

    /// A connection to it.
    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).unwrap()
    }

    /// Ends it with SIGKILL: it learns nothing of it and can do nothing about it.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends it a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.child.id())).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until it has logged `words`.
    pub fn wait_until_it_says(&self, words: &str) {
        let text = self.log.text.lock().unwrap();
        drop(self.log.grown.wait_while(text, |text| !text.contains(words)).unwrap());
    }

    /// Waits for its end; its status and its log.
    pub fn wait(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        self.reader.take().unwrap().join().unwrap();
        let log = self.log.text.lock().unwrap().clone();
        (status, log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _best_effort = self.child.kill();
        let _best_effort = self.child.wait();
    }
}
