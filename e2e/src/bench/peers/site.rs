//! A page with one widget on it, and what is behind it.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request};
use maqal_contract::Comment;
use serde::Serialize;

use super::isso::Isso;
use super::stub::Talk;
use crate::client;
use crate::http::Server;

/// How much of a conversation comes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paging {
    /// As much as the widget asks for where nobody sets anything.
    Usual,
    /// All of it.
    All,
}

/// What the probe has to know of a widget's view.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// The element whose open shadow root the widget is in; nothing where it is in the page.
    pub host: Option<&'static str>,
    /// What holds the comments.
    pub container: &'static str,
    /// The class of one comment.
    pub item: &'static str,
    /// The class of a comment that its author sees before the server has it; nothing where there is none.
    pub pending: Option<&'static str>,
    /// Where a comment is written.
    pub field: &'static str,
    /// What is filled in before: the field and the text.
    pub who: &'static [(&'static str, &'static str)],
    /// The button that submits.
    pub send: &'static str,
    /// The elements that the reader passes one after the other, each until its comments are there; nothing where there is but one.
    pub through: Option<&'static str>,
}

/// What is behind a widget.
#[derive(Debug)]
pub enum Behind {
    /// An API that is played here.
    Stub(Arc<Talk>),
    /// Isso's server.
    Isso(Isso),
    /// Maqal's endpoint: what was posted through the proxy, as addresses and their authors' secrets.
    Endpoint(super::maqal::Posted),
}

/// A page with one widget.
#[derive(Debug)]
pub struct Site {
    /// The page.
    pub url: String,
    /// The widget's view.
    pub view: View,
    /// What the first comment says, and no other.
    pub newest: String,
    /// How many comments the first page has.
    pub count: usize,
    /// What is behind the widget.
    pub behind: Behind,
    /// The origin of the widget's files and API; it ends with the site.
    pub origin: Server,
}

impl Site {
    /// Takes back what a reader has posted.
    pub async fn reset(&self) {
        match &self.behind {
            Behind::Stub(talk) => talk.reset(),
            Behind::Isso(isso) => isso.reset().await,
            Behind::Endpoint(posted) => {
                for (url, secret) in posted.take() {
                    let request = Request::builder().method(Method::DELETE).uri(url);
                    let request = request.header("Authorization", format!("Bearer {secret}")).body(Bytes::new());
                    let answer =
                        client::send(request.expect("the request is one")).await.expect("the endpoint answers");
                    assert!(answer.status().is_success(), "what was posted is taken back: {answer:?}");
                }
            }
        }
    }
}

/// What only the first of `comments` says: its number, as [`crate::bench::conversation`] writes it.
#[must_use]
pub fn newest(comments: &[Comment]) -> String {
    let body = comments.first().map_or("", |comment| &comment.body);
    // A sentence may have more than one line: the number stands at the end of the last.
    let number = body.find('(').and_then(|at| Some(&body[at..=at + body[at..].find(')')?]));
    number.unwrap_or(body).to_owned()
}

/// How many comments are in the first `tops` threads.
#[must_use]
pub fn first_page(comments: &[Comment], tops: usize) -> usize {
    let mut starts = comments.iter().enumerate().filter(|(_, comment)| comment.root.is_none()).map(|(place, _)| place);
    starts.nth(tops).unwrap_or(comments.len())
}

#[cfg(test)]
mod tests {
    use super::{first_page, newest};
    use maqal_contract::Comment;

    #[test]
    fn the_first_page_ends_before_the_next_top_level_comment() {
        let comment = |root: Option<&str>| Comment {
            root: root.map(Into::into),
            body: "نص (7)\n\nو(8)".into(),
            ..Comment::default()
        };
        let comments = [comment(None), comment(Some("a")), comment(None), comment(None)];
        assert_eq!((first_page(&comments, 1), first_page(&comments, 2), first_page(&comments, 9)), (2, 3, 4));
        assert_eq!(newest(&comments), "(7)");
        let quote = Comment { body: "> اقتباس\n\nصحيح. (79)\n\nنص".into(), ..Comment::default() };
        assert_eq!(newest(&[quote]), "(79)");
    }
}
