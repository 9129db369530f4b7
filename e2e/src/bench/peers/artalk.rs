//! Artalk: `artalk` from npm, against its HTTP API played here (<https://artalk.js.org/en/http-api>).
//!
//! Set as its guide says, but for what its defaults fetch from other sites at each opening (emoticons, pictures of authors),
//! which a machine without a network cannot: that spares it as many requests.

use bytes::Bytes;
use http::Request;
use maqal_contract::Comment;
use serde_json::{Value, json};

use super::origin::Files;
use super::site::{Paging, View};
use super::stub::{self, Talk};
use crate::environment;

/// Its comments' view.
pub const VIEW: View = View {
    host: None,
    container: ".atk-list-comments-wrap",
    item: "atk-comment-wrap",
    pending: None,
    field: ".atk-textarea",
    who: &[(".atk-name", "قارئة"), (".atk-email", "reader@news.example")],
    send: ".atk-send-btn",
    through: None,
};

/// How many comments, replies included, it asks for by itself: on a telephone it shows one flat list.
pub const PAGE: usize = 20;

/// Its files.
#[must_use]
pub fn files() -> Files {
    let dist = environment::peers().join("node_modules/artalk/dist");
    ["Artalk.js", "Artalk.css"]
        .iter()
        .fold(Files::new(), |files, name| files.with_file(&format!("/{name}"), &dist.join(name)))
}

/// What a page's head and its body have of it.
#[must_use]
pub fn tags(origin: &str, paging: Paging, length: usize) -> (String, String) {
    let page_size =
        if paging == Paging::All { format!("pagination: {{ pageSize: {length} }},") } else { String::new() };
    let head =
        format!("<link rel=\"stylesheet\" href=\"{origin}/Artalk.css\">\n<script src=\"{origin}/Artalk.js\"></script>");
    let body = format!(
        r##"<div id="below"></div>
<script>
Artalk.init({{
  el: "#below", pageKey: "/article", pageTitle: "مكتبة على الرصيف", server: "{origin}", site: "bench", {page_size}
  emoticons: false, avatarURLBuilder: () => "data:,",
}});
</script>"##
    );
    (head, body)
}

/// Its API.
pub fn dialect(talk: &Talk, request: &Request<Bytes>) -> Option<(u16, Value)> {
    let answer = match (request.method().as_str(), request.uri().path()) {
        ("GET", "/api/v2/conf") => json!({
            "frontend_conf": {},
            "version": { "app": "artalk", "version": "2.9.1", "commit_hash": "" },
        }),
        ("GET", "/api/v2/comments") => {
            page(talk, stub::number(request, "offset", 0), stub::number(request, "limit", PAGE))
        }
        ("POST", "/api/v2/comments") => {
            let new = stub::json(request);
            let posted = talk.post(new["name"].as_str()?, new["content"].as_str()?);
            let number = stub::numbered(talk);
            comment(&posted, 0, &number)
        }
        ("POST", "/api/v2/pages/pv") => json!({ "pv": 1 }),
        ("GET", path) if path.starts_with("/api/v2/stats/") => json!({ "data": {} }),
        ("GET", "/api/v2/user") => json!({ "user": null, "is_login": false, "notifies": [], "notifies_count": 0 }),
        ("GET", "/api/v2/notifies") => json!({ "notifies": [], "count": 0 }),
        _ => return None,
    };
    Some((200, answer))
}

fn page(talk: &Talk, offset: usize, limit: usize) -> Value {
    let (comments, number) = (talk.comments(), stub::numbered(talk));
    let told: Vec<Value> = comments
        .iter()
        .enumerate()
        .skip(offset)
        .take(limit)
        .map(|(place, told)| comment(told, place, &number))
        .collect();
    json!({
        "comments": told,
        "count": comments.len(),
        "roots_count": talk.threads().len(),
        "page": {
            "id": 1, "admin_only": false, "key": "/article", "url": "/article", "title": "مكتبة على الرصيف",
            "site_name": "bench", "vote_up": 0, "vote_down": 0, "pv": 1, "date": "2026-11-14 09:30:00",
        },
    })
}

fn comment(comment: &Comment, place: usize, number: &impl Fn(Option<&str>) -> u64) -> Value {
    let minutes = place % (24 * 60);
    let date = format!("2026-11-13 {:02}:{:02}:00", 23 - minutes / 60, 59 - minutes % 60);
    json!({
        "id": number(Some(&comment.id)), "content": comment.body, "content_marked": comment.html, "user_id": 1,
        "nick": comment.name, "email_encrypted": "0123456789abcdef0123456789abcdef", "link": "", "ua": "", "date": date,
        "is_collapsed": false, "is_pending": false, "is_pinned": false, "is_allow_reply": true, "is_verified": false,
        "rid": number(comment.parent.as_deref()), "badge_name": "", "badge_color": "", "ip_region": "", "visible": true,
        "vote_up": comment.likes, "vote_down": 0, "page_key": "/article", "page_url": "/article", "site_name": "bench",
    })
}
