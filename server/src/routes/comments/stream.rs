//! `GET /api/comments/stream`: what happens in a conversation, as it happens (server-sent events; HTML, section 9.2).

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use maqal_contract::live::{CHANGE_EVENT, LAST_EVENT_ID_HEADER};
use maqal_contract::{Change, Changes};
use tokio::sync::watch;

use super::changes::{NOW, asked, moment};
use crate::openapi::ChangesProblems;
use crate::problem::Refusal;
use crate::store::Store;
use crate::streams::{Place, Streams};

/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(3);

/// Changes are read one by one, so that each has a moment of its own: a client that is cut off often, in the middle of
/// much that it missed, still gets on.
const AT_ONCE: u32 = 1;

/// Tells nginx, and those that learnt it from nginx, not to collect the answer before they pass it on
/// (nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering).
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Follows a conversation.
///
/// The answer begins at once, so neither the time nor the places of requests are spent on it while it lasts.
///
/// # Errors
/// A parameter cannot be read, too many listen already, or the database fails.
#[utoipa::path(
    get,
    path = "/api/comments/stream",
    operation_id = "followChanges",
    summary = "Listen to what happens in a conversation",
    description = "Server-sent events (HTML, section 9.2), each a comment that came, changed or went, as it is now: first \
                   everything since the moment asked for, then each as it is stored. An event's `id` is the moment to \
                   resume from, and browsers do so by themselves. Of a comment that changed often meanwhile, only the \
                   first and the last change are told. Comment lines come while nothing happens. The endpoint may end \
                   the stream at any time.",
    params(
        ("thread" = String, Query, description = "The conversation; at most 2048 bytes of UTF-8", min_length = 1,
            max_length = 2048, example = "https://news.example/a/42"),
        ("since" = Option<String>, Query, description = "The `live` of a page or of `changes`; now if not given",
            example = "42"),
        ("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last event; goes before `since`",
            example = "43"),
    ),
    responses(
        (status = 200, description = "Events of the type `change`", body = Change, content_type = "text/event-stream"),
        ChangesProblems,
    )
)]
pub async fn stream(
    State(store): State<Store>,
    State(streams): State<Streams>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (thread, since) = asked(query.as_deref())?;
    let since = last_event_id(&headers)?.or(since).unwrap_or(NOW);
    let place = streams.place()?;
    // Before the first reading, so that nothing can happen between the two.
    let changed = store.subscribe(&thread);
    let first = store.changes(&thread, since, AT_ONCE).await?;
    let begin = if first.changes.is_empty() { first.live.clone() } else { since.to_string() };
    // Without data it is no event, but a browser resumes from here even where nothing happens before the line is cut.
    let ready = VecDeque::from([Event::default().retry(RETRY).id(begin)]);
    let mut listener = Listener { store, thread, place, changed, ready, since, more: false };
    listener.take(first);
    let events = stream::unfold(listener, async |mut listener| {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let mut response = Sse::new(events).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    Ok(response)
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<u64>, Refusal> {
    let Some(value) = headers.get(LAST_EVENT_ID_HEADER).filter(|value| !value.is_empty()) else { return Ok(None) };
    moment(&format!("header {LAST_EVENT_ID_HEADER}"), value.to_str().unwrap_or_default()).map(Some)
}

/// Somebody who follows a conversation. Nothing of the database is held while nothing happens.
struct Listener {
    store: Store,
    thread: String,
    place: Place,
    changed: watch::Receiver<u64>,
    /// What was read and not sent yet.
    ready: VecDeque<Event>,
    /// Up to which moment it was read.
    since: u64,
    /// Whether there is more to read at once.
    more: bool,
}

impl Listener {
    /// The next event; `None` at the end: the endpoint stops, or the database fails and the client had better come back.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.place.is_ended() {
                return None;
            }
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if !self.more {
                let heartbeat = self.place.heartbeat;
                tokio::select! {
                    () = self.place.ended() => return None,
                    told = self.changed.changed() => told.ok()?,
                    // The changes are read then as well: another process on the same file wakes nobody here.
                    () = tokio::time::sleep(heartbeat) => self.ready.push_back(Event::default().comment("")),
                }
            }
            match self.store.changes(&self.thread, self.since, AT_ONCE).await {
                Ok(changes) => self.take(changes),
                Err(error) => {
                    // Turning it into a refusal logs it.
                    let _too_late_to_refuse = Refusal::from(error);
                    return None;
                }
            }
        }
    }

    /// Makes an event of each change.
    fn take(&mut self, changes: Changes) {
        self.since = changes.live.parse().unwrap_or(self.since);
        self.more = changes.more;
        for comment in changes.changes {
            let change = Change { comment, total: changes.total };
            // Our types have string keys and finite numbers: JSON can say all of it.
            let data = serde_json::to_string(&change).unwrap_or_default();
            self.ready.push_back(Event::default().event(CHANGE_EVENT).id(&changes.live).data(data));
        }
    }
}
