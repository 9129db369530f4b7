//! What the tests share: an endpoint inside the test, one that is a process of its own, and one who listens to it.

mod inside;
mod listener;
mod process;

pub use inside::{Answer, Endpoint, by_reader, post, request, request_of};
pub use listener::{Block, Listener};
pub use process::{Server, start_refused};

use maqal_contract::NewComment;
use uuid::Uuid;

/// The conversation that most tests write to.
pub const THREAD: &str = "https://news.example/مقال/42";

/// The origin that every test endpoint allows.
pub const ORIGIN: &str = "https://news.example";

/// The token of the moderators of an endpoint that [`Endpoint::moderated`] makes.
pub const MODERATOR: &str = "the-token-of-the-moderators";

/// A comment of a reader.
pub fn comment(body: &str) -> NewComment {
    NewComment {
        thread: THREAD.to_owned(), name: "مريم".to_owned(), body: body.to_owned(), ..NewComment::default()
    }
}

/// A key that was never used.
pub fn new_key() -> String {
    Uuid::now_v7().to_string()
}

/// The address of a page of [`THREAD`]; `parameters` begin with `&`.
pub fn address(parameters: &str) -> String {
    format!("/api/comments?thread={}{parameters}", encoded(THREAD))
}

/// `text` in a query string.
pub fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
