//! A conversation behind an API that is played here: each dialect makes its answers from the same comments.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, header};
use maqal_contract::Comment;
use serde_json::Value;

use super::origin::Api;
use crate::http::{Reply, answer};

/// What is talked about: the comments of a conversation, and the one that a reader posts.
#[derive(Debug)]
pub struct Talk {
    comments: Vec<Comment>,
    posted: Mutex<Vec<Comment>>,
    /// Answers given before: openings measure no server.
    given: Mutex<HashMap<(String, Bytes), (u16, Bytes)>>,
}

/// A dialect: the status and the JSON for a request, where there is something.
pub type Dialect = fn(&Talk, &Request<Bytes>) -> Option<(u16, Value)>;

impl Talk {
    /// A conversation of these, the newest first and each top-level comment before its replies.
    #[must_use]
    pub fn new(comments: Vec<Comment>) -> Arc<Self> {
        Arc::new(Self { comments, posted: Mutex::default(), given: Mutex::default() })
    }

    /// All comments, in the order of [`new`](Self::new).
    #[must_use]
    pub fn comments(&self) -> Vec<Comment> {
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        posted.iter().rev().chain(&self.comments).cloned().collect()
    }

    /// Each top-level comment with its replies.
    #[must_use]
    pub fn threads(&self) -> Vec<(Comment, Vec<Comment>)> {
        let mut threads: Vec<(Comment, Vec<Comment>)> = Vec::new();
        for comment in self.comments() {
            match threads.last_mut() {
                Some((_, replies)) if comment.root.is_some() => replies.push(comment),
                _ => threads.push((comment, Vec::new())),
            }
        }
        threads
    }

    /// Stores a comment of this text, and gives it.
    pub fn post(&self, name: &str, text: &str) -> Comment {
        let number = self.posted.lock().unwrap_or_else(PoisonError::into_inner).len();
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let first = self.comments.first().cloned().unwrap_or_default();
        let comment = Comment {
            id: format!("posted-{number}"),
            name: name.to_owned(),
            body: text.to_owned(),
            html: format!("<p>{escaped}</p>"),
            replies: 0,
            ..first
        };
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).push(comment.clone());
        self.given.lock().unwrap_or_else(PoisonError::into_inner).clear();
        comment
    }

    /// Forgets what was posted.
    pub fn reset(&self) {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.given.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn answer(&self, dialect: Dialect, request: &Request<Bytes>) -> (u16, Bytes) {
        let key = (format!("{} {}", request.method(), request.uri()), request.body().clone());
        if let Some(given) = self.given.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return given.clone();
        }
        let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner).len();
        let (status, json) = dialect(self, request).unwrap_or((404, Value::Null));
        let made = (status, Bytes::from(json.to_string()));
        // A submission is never answered by memory.
        if self.posted.lock().unwrap_or_else(PoisonError::into_inner).len() == posted {
            self.given.lock().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
        }
        made
    }
}

/// An API that speaks `dialect` about `talk`, to pages of any origin.
pub fn api(talk: Arc<Talk>, dialect: Dialect) -> Api {
    Box::new(move |request| {
        let talk = talk.clone();
        Box::pin(async move {
            if request.method() == Method::OPTIONS {
                return Reply::Answer(open_to_all(answer(204, "text/plain", "")));
            }
            let (status, json) = talk.answer(dialect, &request);
            Reply::Answer(open_to_all(answer(status, "application/json", json)))
        })
    })
}

/// Lets pages of any origin ask and read.
fn open_to_all(mut response: Response<Bytes>) -> Response<Bytes> {
    let fields: [(HeaderName, &'static str); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "*, authorization"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fields {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The value of `name` in the request's query.
#[must_use]
pub fn query(request: &Request<Bytes>, name: &str) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The number `name` in the request's query, or another.
#[must_use]
pub fn number(request: &Request<Bytes>, name: &str, otherwise: usize) -> usize {
    query(request, name).and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// The request's body as JSON.
#[must_use]
pub fn json(request: &Request<Bytes>) -> Value {
    serde_json::from_slice(request.body()).unwrap_or_default()
}

/// A number of this conversation for what a dialect wants numbers for; 0 for none.
pub fn numbered(talk: &Talk) -> impl Fn(Option<&str>) -> u64 + use<> {
    // The oldest has the lowest, so that none changes when a comment is posted.
    let numbers: HashMap<String, u64> = talk.comments().into_iter().rev().map(|comment| comment.id).zip(1..).collect();
    move |id| id.and_then(|id| numbers.get(id)).copied().unwrap_or(0)
}

/// The moment of the comment at this place in the conversation, in milliseconds since 1970: a minute between two.
#[must_use]
pub fn moment(place: usize) -> u64 {
    const NEWEST: u64 = 1_795_000_000_000;
    NEWEST - 60_000 * place as u64
}

#[cfg(test)]
mod tests {
    use super::{Talk, moment, numbered};
    use maqal_contract::Comment;

    #[test]
    fn what_is_posted_comes_first_and_replies_stay_with_their_comment() {
        let comment = |id: &str, root: Option<&str>| Comment {
            id: id.into(),
            root: root.map(Into::into),
            parent: root.map(Into::into),
            ..Comment::default()
        };
        let talk = Talk::new(vec![comment("b", None), comment("c", Some("b")), comment("a", None)]);
        talk.post("x", "1 < 2");
        let ids = |talk: &Talk| -> Vec<(String, usize)> {
            talk.threads().into_iter().map(|(top, replies)| (top.id, replies.len())).collect()
        };
        assert_eq!(ids(&talk), [("posted-0".into(), 0), ("b".into(), 1), ("a".into(), 0)]);
        assert_eq!(talk.comments()[0].html, "<p>1 &lt; 2</p>");
        assert_eq!((numbered(&talk)(Some("b")), numbered(&talk)(Some("posted-0")), numbered(&talk)(None)), (3, 4, 0));
        talk.reset();
        assert_eq!(ids(&talk).len(), 2);
        assert!(moment(1) < moment(0));
    }
}
