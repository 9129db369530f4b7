//! The native dialect: the contract of `contract/`, spoken by the reference endpoint.

use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;
use maqal_contract::{NewComment, Sort, unicode};
use serde::Deserialize;
use serde_json::Value;

use super::{Call, Comment, Engine, Page, Submission};
use crate::fetch::{self, Cause, Failure};
use crate::i18n::Timestamp;
use crate::safe_html::{Profile, SafeHtml};
use crate::url::HttpUrl;

/// An endpoint of the native dialect.
pub struct Maqal {
    endpoint: HttpUrl,
}

/// A page whose comments are read one by one, so that one bad comment does not hide the others.
#[derive(Deserialize)]
struct LenientPage {
    comments: Vec<Value>,
    total: Option<u64>,
    next: Option<String>,
}

impl Maqal {
    /// The engine for `endpoint`; nothing is sent yet.
    #[must_use]
    pub fn new(endpoint: &HttpUrl) -> Self {
        Self { endpoint: endpoint.clone() }
    }

    /// The endpoint's address with `query` added to what query it has.
    fn address(&self, query: &[(&str, &str)]) -> String {
        // The address was parsed before; parsing it again cannot fail, and sending it bare is harmless if it did.
        let Ok(url) = web_sys::Url::new(self.endpoint.as_str()) else { return self.endpoint.as_str().to_owned() };
        let parameters = url.search_params();
        for (name, value) in query {
            parameters.append(name, value);
        }
        url.href()
    }
}

impl Engine for Maqal {
    fn page<'a>(&'a self, thread: &'a str, after: Option<&'a str>) -> Call<'a, Page> {
        Box::pin(async move {
            let mut query = vec![("thread", thread), ("sort", Sort::Newest.as_str())];
            query.extend(after.map(|cursor| ("after", cursor)));
            let url = self.address(&query);
            let answer = fetch::get(&url, "application/json").await?;
            let page: LenientPage = decode(&url, &answer.text)?;
            let sent = page.comments.len();
            let comments: Vec<_> = page
                .comments
                .into_iter()
                .filter_map(|value| serde_json::from_value(value).ok().and_then(comment))
                .collect();
            Ok(Page {
                unreadable: (sent - comments.len()) as u64,
                total: page.total.unwrap_or(sent as u64),
                comments,
                next: page.next,
            })
        })
    }

    fn post<'a>(&'a self, submission: &'a Submission) -> Call<'a, Comment> {
        Box::pin(async move {
            let url = self.address(&[]);
            let new = NewComment {
                thread: submission.thread.clone(),
                name: submission.name.clone(),
                body: submission.body.clone(),
            };
            // Three strings always serialise.
            let json = serde_json::to_string(&new).unwrap_or_default();
            let key = [(IDEMPOTENCY_KEY_HEADER, submission.key.as_str())];
            let answer = fetch::post_json(&url, json, &key).await?;
            comment(decode(&url, &answer.text)?)
                .ok_or_else(|| garbage(&url, "the comment has no id or no name", &answer.text))
        })
    }
}

fn comment(wire: maqal_contract::Comment) -> Option<Comment> {
    let name = unicode::single_line(&wire.name);
    if wire.id.is_empty() || !unicode::is_visible(&name) {
        return None;
    }
    let body = if wire.html.is_empty() {
        SafeHtml::from_lines(&wire.body)
    } else {
        SafeHtml::parse(&wire.html, Profile::Comment)
    };
    Some(Comment { id: wire.id, name, posted: Timestamp::parse(&wire.created), body })
}

fn decode<T: for<'de> Deserialize<'de>>(url: &str, text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| garbage(url, &error.to_string(), text))
}

fn garbage(url: &str, why: &str, text: &str) -> Failure {
    let excerpt: String = text.chars().take(120).collect();
    Failure { cause: Cause::Garbage, detail: format!("{url} did not answer as the contract says ({why}): {excerpt}") }
}
