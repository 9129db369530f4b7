//! Comment servers behind one trait, one file for each dialect. Engines never render.

mod identity;
pub mod maqal;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use maqal_contract::{IdempotencyKey, Likes, Report, Sort};

use crate::fetch::Failure;
use crate::safe_html::SafeHtml;
use crate::url::HttpUrl;

pub use identity::{Identity, IdentityFault};
pub use maqal_reading::comment::Comment;

/// What part of a conversation is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The first page.
    First,
    /// The page that begins where another ended.
    After(String),
    /// The page that ends where another began.
    Before(String),
    /// The page on which the comment of this id stands.
    Around(String),
    /// The replies under the top-level comment `root`, from behind the one of the id `after` on.
    Replies {
        /// The top-level comment's id.
        root: String,
        /// The last reply that is there already, or the cursor of the page before.
        after: Option<String>,
    },
}

/// A page of a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The comments that could be read; no reply stands before what it replies to, where both are there.
    pub comments: Vec<Comment>,
    /// How many could not.
    pub unreadable: u64,
    /// The answer was longer than is taken: these are the first of them.
    pub is_cut: bool,
    /// The length of the whole conversation.
    pub total: u64,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Where the page before ends.
    pub previous: Option<String>,
    /// The moment of the page, to hear what changes from then on.
    pub live: Option<String>,
}

/// A comment that a reader submits: checked, and named by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The same key again is the same comment.
    pub key: IdempotencyKey,
    /// The conversation.
    pub thread: String,
    /// What it replies to: the comment's id.
    pub parent: Option<String>,
    /// The author.
    pub author: Author,
    /// The text as typed.
    pub body: String,
}

/// Who writes a comment, as checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The author's own address.
    pub website: Option<String>,
    /// The host page vouches for the author: what it says comes in the place of the above.
    pub is_vouched_for: bool,
}

/// An acknowledged comment, and what lets its author change it.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// The comment.
    pub comment: Comment,
    /// What proves authorship; empty where the endpoint lets nobody change a comment.
    pub secret: String,
    /// Until when it may be changed, in milliseconds since the epoch; `None` where it may not.
    pub editable_until: Option<f64>,
}

/// What became of a conversation since a moment: each comment as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The comments that came, changed or went.
    pub comments: Vec<Comment>,
    /// The length of the whole conversation.
    pub total: u64,
    /// The moment to ask from next time; `None` where the endpoint names none.
    pub live: Option<String>,
    /// Whether there is more to ask for at once.
    pub more: bool,
}

/// What an engine's call gives: a future of the page's own thread.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + 'a>>;

/// A comment server.
///
/// `identity` is the token of a reader whom the host page knows, where there is one; `reader` is the random name of the
/// device.
pub trait Engine {
    /// A part of `thread`, in the order `sort`.
    fn page<'a>(&'a self, thread: &'a str, sort: Sort, part: &'a Part) -> Call<'a, Page>;

    /// Submits a comment. Calling it again with the same submission makes no second comment.
    fn post<'a>(&'a self, submission: &'a Submission, identity: Option<&'a str>) -> Call<'a, Posted>;

    /// The comment of this id as its author sees it; `None` where it is gone.
    fn own<'a>(&'a self, id: &'a str, secret: &'a str) -> Call<'a, Option<Comment>>;

    /// Gives a comment another text.
    fn edit<'a>(&'a self, id: &'a str, secret: &'a str, body: &'a str) -> Call<'a, Comment>;

    /// Deletes a comment. Deleting it again is no error.
    fn delete<'a>(&'a self, id: &'a str, secret: &'a str) -> Call<'a, ()>;

    /// Likes a comment, or takes that back.
    fn like<'a>(&'a self, id: &'a str, like: bool, reader: &'a str, identity: Option<&'a str>) -> Call<'a, Likes>;

    /// Reports a comment to the moderators.
    fn report<'a>(&'a self, id: &'a str, report: &'a Report, reader: &'a str) -> Call<'a, ()>;

    /// How `body` would look as a comment.
    fn preview<'a>(&'a self, body: &'a str) -> Call<'a, SafeHtml>;

    /// What became of `thread` since a moment.
    fn changes<'a>(&'a self, thread: &'a str, since: &'a str) -> Call<'a, Changes>;

    /// The address of the server-sent events about `thread` since a moment.
    fn stream(&self, thread: &str, since: &str) -> String;

    /// Reads the data of one such event; `None` where it cannot be read.
    fn event(&self, data: &str) -> Option<(Comment, u64)>;
}

/// The engine for `endpoint`.
#[must_use]
pub fn open(endpoint: &HttpUrl) -> Rc<dyn Engine> {
    Rc::new(maqal::Maqal::new(endpoint))
}
