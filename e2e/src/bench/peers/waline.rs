//! Waline: `@waline/client` from npm, against its HTTP API played here (<https://waline.js.org/en/next/api/rest.html>).
//!
//! Set as its guide says, but for what its defaults fetch from other sites at each opening (emoji) and searches (GIFs), which
//! a machine without a network cannot. No comment has a picture of its author, which spares it as many requests.

use bytes::Bytes;
use http::{Method, Request};
use maqal_contract::Comment;
use serde_json::{Value, json};

use super::origin::Files;
use super::site::{Paging, View};
use super::stub::{self, Talk};
use crate::environment;

/// Its comments' view.
pub const VIEW: View = View {
    host: None,
    container: ".wl-cards",
    item: "wl-card-item",
    pending: None,
    field: "#wl-edit",
    who: &[("#wl-nick", "قارئة"), ("#wl-mail", "reader@news.example")],
    send: ".wl-info .wl-btn.primary",
    through: None,
};

/// How many top-level comments it asks for by itself.
pub const PAGE: usize = 10;

/// Its files.
#[must_use]
pub fn files() -> Files {
    let dist = environment::peers().join("node_modules/@waline/client/dist");
    ["waline.js", "waline.css"]
        .iter()
        .fold(Files::new(), |files, name| files.with_file(&format!("/{name}"), &dist.join(name)))
}

/// What a page's head and its body have of it.
#[must_use]
pub fn tags(origin: &str, paging: Paging, length: usize) -> (String, String) {
    let page_size = if paging == Paging::All { format!("pageSize: {length},") } else { String::new() };
    let head = format!("<link rel=\"stylesheet\" href=\"{origin}/waline.css\">");
    let body = format!(
        r##"<div id="below"></div>
<script type="module">
import {{ init }} from "{origin}/waline.js";
init({{ el: "#below", serverURL: "{origin}", {page_size} emoji: false, search: false }});
</script>"##
    );
    (head, body)
}

/// Its API.
pub fn dialect(talk: &Talk, request: &Request<Bytes>) -> Option<(u16, Value)> {
    if request.uri().path() != "/api/comment" {
        return None;
    }
    let data = match *request.method() {
        Method::POST => {
            let new = stub::json(request);
            let posted = talk.post(new["nick"].as_str()?, new["comment"].as_str()?);
            let number = stub::numbered(talk)(Some(&posted.id));
            comment(&posted, number, stub::moment(0))
        }
        _ => page(talk, stub::number(request, "page", 1), stub::number(request, "pageSize", PAGE)),
    };
    Some((200, json!({ "errno": 0, "errmsg": "", "data": data })))
}

fn page(talk: &Talk, page: usize, size: usize) -> Value {
    let (threads, number) = (talk.threads(), stub::numbered(talk));
    let pages = threads.len().div_ceil(size);
    let data: Vec<Value> = threads
        .iter()
        .enumerate()
        .skip(page.saturating_sub(1) * size)
        .take(size)
        .map(|(place, (top, replies))| {
            let mut told = comment(top, number(Some(&top.id)), stub::moment(place));
            let of_reply = |reply: &Comment| {
                let mut told = comment(reply, number(Some(&reply.id)), stub::moment(place));
                told["pid"] = json!(number(reply.parent.as_deref()));
                told["rid"] = json!(number(Some(&top.id)));
                told["reply_user"] = json!({ "nick": top.name, "link": "", "avatar": "" });
                told
            };
            told["children"] = replies.iter().map(of_reply).collect();
            told
        })
        .collect();
    json!({ "page": page, "totalPages": pages, "pageSize": size, "count": talk.comments().len(), "data": data })
}

fn comment(comment: &Comment, number: u64, time: u64) -> Value {
    json!({
        "objectId": number, "nick": comment.name, "link": "", "avatar": "", "comment": comment.html, "orig": comment.body,
        "time": time, "browser": "Chrome 140", "os": "Android 15", "type": "guest", "status": "approved",
        "like": comment.likes, "sticky": false, "user_id": null, "children": [],
    })
}
