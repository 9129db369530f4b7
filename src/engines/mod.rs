//! Comment servers behind one trait, one file for each dialect. Engines never render.

pub mod maqal;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use maqal_contract::IdempotencyKey;

use crate::fetch::Failure;
use crate::i18n::Timestamp;
use crate::safe_html::SafeHtml;
use crate::url::HttpUrl;

/// A comment as the views take it: nothing in it can harm the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// The endpoint's identifier.
    pub id: String,
    /// The author's name, on one line and free of controls; never empty.
    pub name: String,
    /// When it was posted, where the endpoint says so.
    pub posted: Option<Timestamp>,
    /// The text.
    pub body: SafeHtml,
}

/// A page of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The comments that could be read.
    pub comments: Vec<Comment>,
    /// How many could not.
    pub unreadable: u64,
    /// The length of the whole conversation.
    pub total: u64,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A comment that a reader submits: checked, and named by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The same key again is the same comment.
    pub key: IdempotencyKey,
    /// The conversation.
    pub thread: String,
    /// The author's name.
    pub name: String,
    /// The text as typed.
    pub body: String,
}

/// What an engine's call gives: a future of the page's own thread.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + 'a>>;

/// A comment server.
pub trait Engine {
    /// The page of `thread` that begins at `after` (the first where `None`), newest first.
    fn page<'a>(&'a self, thread: &'a str, after: Option<&'a str>) -> Call<'a, Page>;

    /// Submits a comment. Calling it again with the same submission makes no second comment.
    fn post<'a>(&'a self, submission: &'a Submission) -> Call<'a, Comment>;
}

/// The engine for `endpoint`.
#[must_use]
pub fn open(endpoint: &HttpUrl) -> Rc<dyn Engine> {
    Rc::new(maqal::Maqal::new(endpoint))
}
