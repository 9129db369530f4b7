//! Maqal: the released widget, with the reference endpoint behind it, or with one answer that has the whole conversation.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Method, Request, Response};
use maqal_contract::{Page, Posted as Answer};
use serde_json::{Value, json};

use super::origin::{Api, Files};
use super::site::View;
use super::stub::{self, Talk};
use super::{page, proxy};
use crate::endpoint::PATH;
use crate::{cdn, environment};

/// Its comments' view.
pub const VIEW: View = View {
    host: Some("maqal-card"),
    container: ".list",
    item: "comment",
    pending: Some("pending"),
    field: "#body",
    who: &[("#name", "قارئة")],
    send: "button.send",
    through: None,
};

/// That of the last of several cards, to which the reader passes all others.
pub const LAST: View = View { host: Some("maqal-card:last-of-type"), through: Some("maqal-card"), ..VIEW };

/// How many top-level comments it asks for by itself.
pub const PAGE: usize = maqal_contract::limits::PAGE_DEFAULT as usize;

/// Its files.
#[must_use]
pub fn files() -> Files {
    cdn::read(&environment::dist())
        .into_iter()
        .filter(|(path, _)| !path.starts_with("/demo/"))
        .fold(Files::new(), |files, (path, bytes)| files.with(&path, &bytes))
}

/// A page with so many cards: the article is each card's children.
#[must_use]
pub fn page(origin: &str, thread: &str, paragraphs: usize, cards: usize) -> String {
    let head = format!("<script type=\"module\" src=\"{origin}/embed.js\"></script>");
    let card = format!(
        "<maqal-card endpoint=\"{origin}{PATH}\" thread=\"{thread}\">\n{}\n{}\n</maqal-card>\n",
        page::json_ld(),
        page::article(paragraphs)
    );
    page::page(&head, &card.repeat(cards))
}

/// What was posted through the proxy: addresses, and their authors' secrets.
#[derive(Clone, Debug, Default)]
pub struct Posted(Arc<Mutex<Vec<(String, String)>>>);

impl Posted {
    /// Gives it, and forgets it.
    #[must_use]
    pub fn take(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The endpoint on `server`, and what is posted to it.
#[must_use]
pub fn endpoint(server: &str) -> (Api, Posted) {
    let posted = Posted::default();
    let (seen, base) = (posted.clone(), format!("{server}{PATH}"));
    let notice = move |method: &Method, response: &Response<Bytes>| {
        if method == Method::POST
            && let Ok(answer) = serde_json::from_slice::<Answer>(response.body())
        {
            let mut seen = seen.0.lock().unwrap_or_else(PoisonError::into_inner);
            seen.push((format!("{base}/{}", answer.comment.id), answer.secret));
        }
    };
    (proxy::api(server.to_owned(), notice), posted)
}

/// The endpoint's API, as far as it is needed, where one answer has all.
pub fn dialect(talk: &Talk, request: &Request<Bytes>) -> Option<(u16, Value)> {
    if request.uri().path() != PATH {
        return None;
    }
    if request.method() == Method::POST {
        let new = stub::json(request);
        let comment = talk.post(new["name"].as_str()?, new["body"].as_str()?);
        let answer = Answer { comment, secret: "secret".to_owned(), editable_until: None };
        return Some((201, json!(answer)));
    }
    let comments = talk.comments();
    let total = comments.len() as u64;
    Some((200, json!(Page { comments, total, ..Page::default() })))
}
