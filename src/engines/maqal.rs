//! The native dialect: the contract of `contract/`, spoken by the reference endpoint.

mod page;

use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;
use maqal_contract::identity::IDENTITY_HEADER;
use maqal_contract::reader::READER_HEADER;
use maqal_contract::{Change, Edit, Likes, NewComment, Preview, Rendered, Report, Sort};
use serde::{Deserialize, Serialize};

use super::{Call, Changes, Comment, Engine, Page, Part, Posted, Submission};
use crate::fetch::{self, Answer, Cause, Failure, Method};
use crate::i18n::Timestamp;
use crate::safe_html::{Profile, SafeHtml};
use crate::url::HttpUrl;

/// An endpoint of the native dialect.
pub struct Maqal {
    endpoint: HttpUrl,
}

impl Maqal {
    /// The engine for `endpoint`; nothing is sent yet.
    #[must_use]
    pub fn new(endpoint: &HttpUrl) -> Self {
        Self { endpoint: endpoint.clone() }
    }

    /// The endpoint's address, the segments of `path` after its own, with `query` added to what query it has.
    fn address(&self, path: &[&str], query: &[(&str, &str)]) -> String {
        // The address was parsed before; parsing it again cannot fail, and sending it bare is harmless if it did.
        let Ok(url) = web_sys::Url::new(self.endpoint.as_str()) else { return self.endpoint.as_str().to_owned() };
        if !path.is_empty() {
            let mut whole = url.pathname();
            for segment in path {
                if !whole.ends_with('/') {
                    whole.push('/');
                }
                whole.extend(js_sys::encode_uri_component(segment).as_string());
            }
            url.set_pathname(&whole);
        }
        let parameters = url.search_params();
        for (name, value) in query {
            parameters.append(name, value);
        }
        url.href()
    }
}

impl Engine for Maqal {
    fn page<'a>(&'a self, thread: &'a str, sort: Sort, part: &'a Part) -> Call<'a, Page> {
        Box::pin(async move {
            let mut query = vec![("thread", thread)];
            match part {
                Part::Replies { root, after } => {
                    query.push(("root", root));
                    query.extend(after.as_deref().map(|after| ("after", after)));
                }
                Part::First => query.push(("sort", sort.as_str())),
                Part::After(cursor) => query.extend([("sort", sort.as_str()), ("after", cursor)]),
                Part::Before(cursor) => query.extend([("sort", sort.as_str()), ("before", cursor)]),
                Part::Around(id) => query.extend([("sort", sort.as_str()), ("around", id)]),
            }
            let url = self.address(&[], &query);
            let answer = get(&url, &[]).await?;
            page::read(&answer).map_err(|why| garbage(&url, &why, &answer.text))
        })
    }

    fn post<'a>(&'a self, submission: &'a Submission, identity: Option<&'a str>) -> Call<'a, Posted> {
        Box::pin(async move {
            let url = self.address(&[], &[]);
            let author = submission.author.clone();
            let new = NewComment {
                thread: submission.thread.clone(),
                parent: submission.parent.clone(),
                name: author.name,
                email: author.email,
                website: author.website,
                body: submission.body.clone(),
            };
            let mut headers = vec![(IDEMPOTENCY_KEY_HEADER, submission.key.as_str())];
            headers.extend(identity.map(|token| (IDENTITY_HEADER, token)));
            let answer = send(&url, Method::POST, &new, &headers).await?;
            let posted: maqal_contract::Posted = decode(&url, &answer.text)?;
            let editable_until =
                posted.editable_until.and_then(|at| Timestamp::parse(&at)).map(Timestamp::milliseconds);
            let comment = known(Comment::read(posted.comment), &url, &answer)?;
            Ok(Posted { comment, secret: posted.secret, editable_until })
        })
    }

    fn own<'a>(&'a self, id: &'a str, secret: &'a str) -> Call<'a, Option<Comment>> {
        Box::pin(async move {
            let url = self.address(&[id], &[]);
            match get(&url, &[("Authorization", &bearer(secret))]).await {
                Ok(answer) => Ok(Comment::read(decode(&url, &answer.text)?)),
                Err(Failure { cause: Cause::NotFound(_), .. }) => Ok(None),
                Err(failure) => Err(failure),
            }
        })
    }

    fn edit<'a>(&'a self, id: &'a str, secret: &'a str, body: &'a str) -> Call<'a, Comment> {
        Box::pin(async move {
            let url = self.address(&[id], &[]);
            let edit = Edit { body: Some(body.to_owned()), ..Edit::default() };
            let answer = send(&url, Method::PATCH, &edit, &[("Authorization", &bearer(secret))]).await?;
            known(Comment::read(decode(&url, &answer.text)?), &url, &answer)
        })
    }

    fn delete<'a>(&'a self, id: &'a str, secret: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            let url = self.address(&[id], &[]);
            let headers = [("Authorization", &*bearer(secret))];
            match (fetch::Call { method: Method::DELETE, json: None, headers: &headers }).send(&url).await {
                // Somebody was faster.
                Ok(_) | Err(Failure { cause: Cause::NotFound(_), .. }) => Ok(()),
                Err(failure) => Err(failure),
            }
        })
    }

    fn like<'a>(&'a self, id: &'a str, like: bool, reader: &'a str, identity: Option<&'a str>) -> Call<'a, Likes> {
        Box::pin(async move {
            let url = self.address(&[id, "like"], &[]);
            let mut headers = vec![(READER_HEADER, reader)];
            headers.extend(identity.map(|token| (IDENTITY_HEADER, token)));
            let method = if like { Method::PUT } else { Method::DELETE };
            let answer = fetch::Call { method, json: None, headers: &headers }.send(&url).await?;
            decode(&url, &answer.text)
        })
    }

    fn report<'a>(&'a self, id: &'a str, report: &'a Report, reader: &'a str) -> Call<'a, ()> {
        Box::pin(async move {
            let url = self.address(&[id, "reports"], &[]);
            send(&url, Method::POST, report, &[(READER_HEADER, reader)]).await.map(|_| ())
        })
    }

    fn preview<'a>(&'a self, body: &'a str) -> Call<'a, SafeHtml> {
        Box::pin(async move {
            let url = self.address(&["preview"], &[]);
            let answer = send(&url, Method::POST, &Preview { body: body.to_owned() }, &[]).await?;
            let rendered: Rendered = decode(&url, &answer.text)?;
            Ok(SafeHtml::parse(&rendered.html, Profile::Comment))
        })
    }

    fn changes<'a>(&'a self, thread: &'a str, since: &'a str) -> Call<'a, Changes> {
        Box::pin(async move {
            let url = self.address(&["changes"], &[("thread", thread), ("since", since)]);
            let answer = get(&url, &[]).await?;
            let changes: maqal_contract::Changes = decode(&url, &answer.text)?;
            Ok(Changes {
                comments: changes.changes.into_iter().filter_map(Comment::read).collect(),
                total: changes.total,
                live: Some(changes.live),
                more: changes.more,
            })
        })
    }

    fn stream(&self, thread: &str, since: &str) -> String {
        self.address(&["stream"], &[("thread", thread), ("since", since)])
    }

    fn event(&self, data: &str) -> Option<(Comment, u64)> {
        let change: Change = serde_json::from_str(data).ok()?;
        Some((Comment::read(change.comment)?, change.total))
    }
}

async fn get(url: &str, headers: &[(&str, &str)]) -> Result<Answer, Failure> {
    fetch::Call { method: Method::GET, json: None, headers }.send(url).await
}

async fn send<T: Serialize>(url: &str, method: Method, what: &T, headers: &[(&str, &str)]) -> Result<Answer, Failure> {
    // The contract's types have string keys and finite numbers: they always serialise.
    let json = serde_json::to_string(what).unwrap_or_default();
    fetch::Call { method, json: Some(&json), headers }.send(url).await
}

/// RFC 6750, section 2.1.
fn bearer(secret: &str) -> String {
    ["Bearer ", secret].concat()
}

fn known(comment: Option<Comment>, url: &str, answer: &Answer) -> Result<Comment, Failure> {
    comment.ok_or_else(|| garbage(url, "the comment has no id or no name", &answer.text))
}

fn decode<T: for<'de> Deserialize<'de>>(url: &str, text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| garbage(url, &error.to_string(), text))
}

fn garbage(url: &str, why: &str, text: &str) -> Failure {
    let excerpt: String = text.chars().take(120).collect();
    Failure { cause: Cause::Garbage, detail: format!("{url} did not answer as the contract says ({why}): {excerpt}") }
}
