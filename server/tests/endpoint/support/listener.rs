//! One who listens to the changes of a conversation: server-sent events (HTML, section 9.2) over a connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use maqal_contract::Change;

use super::{ORIGIN, Server, THREAD, encoded};

/// Nothing takes so long; a test that waits for it has failed.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A listener; dropping it cuts the connection.
pub struct Listener {
    connection: BufReader<TcpStream>,
    /// The status line and the headers, in lower case.
    pub head: String,
    read: String,
}

/// What stands between two empty lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    pub id: Option<String>,
    pub retry: Option<String>,
    pub change: Option<Change>,
    pub comments: usize,
}

impl Listener {
    /// Asks for [`THREAD`]; `parameters` begin with `&`, each line of `headers` ends with a line end.
    pub fn open(server: &Server, parameters: &str, headers: &str) -> Self {
        let mut connection = server.connect();
        connection.set_read_timeout(Some(TIMEOUT)).unwrap();
        let thread = encoded(THREAD);
        write!(
            connection,
            "GET /api/comments/stream?thread={thread}{parameters} HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\n{headers}\r\n"
        )
        .unwrap();
        let mut connection = BufReader::new(connection);
        let mut head = String::new();
        while connection.read_line(&mut head).unwrap() > 2 {}
        Self { connection, head: head.to_lowercase(), read: String::new() }
    }

    /// Asks for what comes after `since`.
    pub fn since(server: &Server, since: &str) -> Self {
        let listener = Self::open(server, &format!("&since={since}"), "");
        assert_eq!(listener.status(), "200", "{}", listener.head);
        listener
    }

    /// The status code.
    pub fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// What comes next; `None` at the end of the answer.
    pub fn next(&mut self) -> Option<Block> {
        while !self.read.contains("\n\n") {
            let piece = self.piece();
            if piece.is_empty() {
                assert_eq!(self.read, "", "the answer ends within an event");
                return None;
            }
            self.read += &piece;
        }
        let (lines, rest) = self.read.split_once("\n\n").unwrap();
        let mut block = Block::default();
        let mut event = None;
        for line in lines.lines() {
            match line.split_once(':').map(|(name, value)| (name, value.trim())).unwrap() {
                ("", _) => block.comments += 1,
                ("id", id) => block.id = Some(id.to_owned()),
                ("retry", time) => block.retry = Some(time.to_owned()),
                ("event", name) => event = Some(name.to_owned()),
                ("data", data) => block.change = Some(serde_json::from_str(data).unwrap()),
                _ => panic!("{line}"),
            }
        }
        assert_eq!(event.as_deref(), block.change.as_ref().map(|_| "change"));
        self.read = rest.to_owned();
        Some(block)
    }

    /// The next change and its moment; `None` at the end of the answer.
    pub fn change(&mut self) -> Option<(Change, String)> {
        loop {
            let block = self.next()?;
            if let Some(change) = block.change {
                return Some((change, block.id.unwrap()));
            }
        }
    }

    /// A chunk (RFC 9112, section 7.1), the last of which is empty.
    fn piece(&mut self) -> String {
        let mut size = String::new();
        self.connection.read_line(&mut size).unwrap();
        let mut chunk = vec![0; usize::from_str_radix(size.trim(), 16).unwrap() + 2];
        self.connection.read_exact(&mut chunk).unwrap();
        chunk.truncate(chunk.len() - 2);
        String::from_utf8(chunk).unwrap()
    }
}
