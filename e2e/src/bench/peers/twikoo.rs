//! Twikoo: `twikoo` from npm, against its cloud function's HTTP API played here (<https://twikoo.js.org/en/api.html>).
//!
//! Set as its guide says. Emotions, which it would fetch from another site, are off, and no comment has a picture of its author.

use bytes::Bytes;
use http::{Method, Request};
use maqal_contract::Comment;
use serde_json::{Value, json};

use super::origin::Files;
use super::site::View;
use super::stub::{self, Talk};
use crate::environment;

/// Its comments' view.
pub const VIEW: View = View {
    host: None,
    container: ".tk-comments-container",
    item: "tk-comment",
    pending: None,
    field: ".tk-input textarea",
    who: &[(".tk-meta-input input[name=nick]", "قارئة"), (".tk-meta-input input[name=mail]", "reader@news.example")],
    send: ".tk-send",
    through: None,
};

/// How many top-level comments its server gives where nobody has set another number.
pub const PAGE: usize = 8;

/// Its file.
#[must_use]
pub fn files() -> Files {
    let dist = environment::peers().join("node_modules/twikoo/dist");
    Files::new().with_file("/twikoo.min.js", &dist.join("twikoo.min.js"))
}

/// What a page's head and its body have of it.
#[must_use]
pub fn tags(origin: &str) -> (String, String) {
    let body = format!(
        r##"<div id="below"></div>
<script src="{origin}/twikoo.min.js"></script>
<script>
twikoo.init({{ envId: "{origin}", el: "#below" }});
</script>"##
    );
    (String::new(), body)
}

/// Its API, where its server gives all at once.
pub fn whole(talk: &Talk, request: &Request<Bytes>) -> Option<(u16, Value)> {
    dialect(talk, request, usize::MAX)
}

/// Its API, where nobody has set how much it gives.
pub fn by_pages(talk: &Talk, request: &Request<Bytes>) -> Option<(u16, Value)> {
    dialect(talk, request, PAGE)
}

fn dialect(talk: &Talk, request: &Request<Bytes>, size: usize) -> Option<(u16, Value)> {
    if request.method() != Method::POST {
        return None;
    }
    let asked = stub::json(request);
    let answer = match asked["event"].as_str()? {
        "GET_CONFIG" => json!({ "code": 0, "config": {
            "VERSION": "1.7.9", "IS_ADMIN": false, "SHOW_EMOTION": "false", "SHOW_IMAGE": "false", "HIGHLIGHT": "true",
        } }),
        "GET_FUNC_VERSION" => json!({ "code": 0, "version": "1.7.9" }),
        "GET_PASSWORD_STATUS" => json!({ "code": 0, "status": true, "credentials": true, "version": "1.7.9" }),
        "COMMENT_GET" => page(talk, asked["before"].as_u64(), size),
        "COMMENT_SUBMIT" => {
            let text = asked["comment"].as_str()?;
            json!({ "code": 0, "id": talk.post(asked["nick"].as_str()?, text).id })
        }
        _ => json!({ "code": 0 }),
    };
    Some((200, answer))
}

fn page(talk: &Talk, before: Option<u64>, size: usize) -> Value {
    let threads = talk.threads();
    let is_wanted = |place: usize| before.is_none_or(|before| stub::moment(place) < before);
    let wanted: Vec<_> = threads.iter().enumerate().filter(|(place, _)| is_wanted(*place)).collect();
    let data: Vec<Value> = wanted
        .iter()
        .take(size)
        .map(|(place, (top, replies))| {
            let replies: Vec<Value> =
                replies.iter().map(|reply| comment(reply, Some(top), *place, Vec::new())).collect();
            comment(top, None, *place, replies)
        })
        .collect();
    json!({ "code": 0, "data": data, "more": wanted.len() > size, "count": threads.len() })
}

fn comment(comment: &Comment, answers: Option<&Comment>, place: usize, replies: Vec<Value>) -> Value {
    let created = stub::moment(place);
    json!({
        "id": comment.id, "nick": comment.name, "avatar": "", "mailMd5": "", "link": "", "comment": comment.html,
        "os": "Android 15", "browser": "Chrome 140", "ipRegion": "", "master": false, "ups": comment.likes, "downs": 0,
        "liked": false, "disliked": false, "replies": replies, "rid": comment.root, "pid": comment.parent,
        "ruser": answers.map(|top| top.name.as_str()), "top": false, "isSpam": false, "created": created,
        "updated": created,
    })
}
