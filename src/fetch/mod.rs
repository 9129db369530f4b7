//! Requests with a time limit, and their failures sorted by what a reader can do about them.
//!
//! `failure` sorts, `diagnose` finds out for the developer what a browser does not tell, `shared` makes one request for
//! several cards, `handed` is what was answered to the card at first sight, `body` reads an answer as far as it may go, `charset` finds the encoding, `pause` waits.

mod body;
mod charset;
pub mod diagnose;
mod failure;
pub mod handed;
pub mod pause;
pub mod shared;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

pub use gloo_net::http::Method;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::Promise;
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, DomException, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
    TextDecoder,
};

pub use failure::{Cause, Failure};

/// How long an answer may take, headers and body together.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// The longest answer that is fetched, in bytes as they are sent: twice what a reader takes, for other encodings.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// How long the browser may take to say that it was a policy that stopped a request: the event is a task of its own.
const POLICY_PAUSE: Duration = Duration::from_millis(10);

#[wasm_bindgen]
extern "C" {
    // gloo-net's own `send` does not catch what the `fetch` of a host that has its own may throw, nor its answering with
    // something that is no `Response`.
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(request: &web_sys::Request) -> Result<Promise, JsValue>;
}

/// An answer of a 2xx status, read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The body as text.
    pub text: String,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The address it came from, after redirects.
    pub url: String,
    /// It was longer than is fetched, and `text` is its beginning.
    pub is_cut: bool,
}

/// A request that failed, and whether anybody knows why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// What a reader and a developer are told.
    pub failure: Failure,
    /// The browser itself refused to send it: asking again is in vain, and `failure.detail` names the cause.
    pub blocked: bool,
}

/// Aborts its request when dropped.
struct AbortOnDrop {
    controller: AbortController,
    timer: Option<TimeoutHandle>,
    timed_out: Rc<Cell<bool>>,
}

impl AbortOnDrop {
    fn after(limit: Duration) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let timed_out = Rc::new(Cell::new(false));
        let timer = set_timeout_with_handle(
            {
                let (controller, timed_out) = (controller.clone(), timed_out.clone());
                move || {
                    timed_out.set(true);
                    controller.abort();
                }
            },
            limit,
        )
        .ok();
        Ok(Self { controller, timer, timed_out })
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            timer.clear();
        }
        // After the answer this does nothing.
        self.controller.abort();
    }
}

/// Sends `GET url`. Dropping the future aborts the request.
///
/// # Errors
/// [`Failure`] where no answer came, or its status is not 2xx.
pub async fn get(url: &str, accept: &str) -> Result<Answer, Failure> {
    Ask::get(url, accept).answer().await.map_err(|undelivered| undelivered.failure)
}

/// A request for JSON, with headers of its own. Dropping the future aborts it.
pub struct Call<'a> {
    /// How: `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: Method,
    /// What is sent along, as JSON.
    pub json: Option<&'a str>,
    /// Further headers.
    pub headers: &'a [(&'a str, &'a str)],
}

impl Call<'_> {
    /// Sends it to `url`. Of an answer that is too long the beginning is given.
    ///
    /// # Errors
    /// [`Failure`] where no answer came, or its status is not 2xx.
    pub async fn send(self, url: &str) -> Result<Answer, Failure> {
        let cache = match self.method {
            // A reader who comes back finds what they wrote, however long a server lets its answers be kept.
            Method::GET => RequestCache::NoCache,
            _ => RequestCache::Default,
        };
        let ask = Ask {
            cache,
            method: self.method,
            json: self.json,
            headers: self.headers,
            overflow: Overflow::Cut,
            ..Ask::get(url, "application/json")
        };
        ask.answer().await.map_err(|undelivered| undelivered.failure)
    }
}

/// A request to be sent.
struct Ask<'a> {
    url: &'a str,
    accept: &'a str,
    cache: RequestCache,
    /// Whether what the loader asked for early may be its answer.
    may_be_handed: bool,
    mode: RequestMode,
    redirect: RequestRedirect,
    encoding: Encoding,
    overflow: Overflow,
    method: Method,
    json: Option<&'a str>,
    headers: &'a [(&'a str, &'a str)],
}

/// What becomes of an answer of more than [`MAX_BYTES`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Overflow {
    /// It is an error: half a document is none.
    Refuse,
    /// Its beginning is taken: half a list is a list.
    Cut,
}

/// How the bytes of an answer become text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// They are UTF-8, as JSON is (RFC 8259, section 8.1).
    Utf8,
    /// As the document says: [`charset::label`].
    Declared,
}

impl<'a> Ask<'a> {
    /// A `GET` as most are.
    const fn get(url: &'a str, accept: &'a str) -> Self {
        Self {
            url,
            accept,
            cache: RequestCache::Default,
            may_be_handed: true,
            mode: RequestMode::Cors,
            redirect: RequestRedirect::Follow,
            encoding: Encoding::Utf8,
            overflow: Overflow::Refuse,
            method: Method::GET,
            json: None,
            headers: &[],
        }
    }

    /// Sends it and waits for the headers of the answer. Dropping the second of the two ends its body.
    async fn send(&self) -> Result<(Response, AbortOnDrop), (JsValue, bool)> {
        let abort = AbortOnDrop::after(TIME_LIMIT).map_err(|error| (error, false))?;
        let sent = async {
            let is_handed = self.may_be_handed && self.method == Method::GET && self.headers.is_empty();
            let response = match is_handed.then(|| handed::give(self.url)).flatten() {
                Some(response) => response,
                None => {
                    let request = self.request(&abort).map_err(|error| JsValue::from_str(&error.to_string()))?;
                    fetch(&request.into())?
                }
            };
            JsFuture::from(response).await?.dyn_into::<web_sys::Response>()
        };
        match sent.await {
            Ok(response) => Ok((response.into(), abort)),
            Err(error) => Err((error.clone(), abort.timed_out.get() || has_timed_out(&error))),
        }
    }

    fn request(&self, abort: &AbortOnDrop) -> Result<Request, gloo_net::Error> {
        let request = RequestBuilder::new(self.url)
            .header("Accept", self.accept)
            .cache(self.cache)
            .mode(self.mode)
            .redirect(self.redirect)
            .credentials(RequestCredentials::Omit)
            .referrer_policy(ReferrerPolicy::StrictOriginWhenCrossOrigin)
            .abort_signal(Some(&abort.controller.signal()));
        let request = request.method(self.method.clone());
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        match self.json {
            Some(json) => request.header("Content-Type", "application/json").body(json),
            None => request.build(),
        }
    }

    /// Sends it and reads the answer to its end.
    async fn answer(&self) -> Result<Answer, Undelivered> {
        let lookout = diagnose::Lookout::new();
        let (response, abort) = match self.send().await {
            Ok(sent) => sent,
            Err((error, timed_out)) => return Err(self.no_answer(&error, timed_out, Some(lookout)).await),
        };
        let headers = response.headers();
        let header = |name| headers.get(name);
        let content_type = header("content-type");
        let announced = header("content-length").and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|bytes| bytes > MAX_BYTES) && self.overflow == Overflow::Refuse {
            return Err(self.too_long());
        }
        let (bytes, is_cut) = match body::read(&response, MAX_BYTES).await {
            Ok(read) => read,
            Err(error) => {
                let timed_out = abort.timed_out.get() || has_timed_out(&error);
                return Err(self.no_answer(&error, timed_out, None).await);
            }
        };
        if is_cut && self.overflow == Overflow::Refuse {
            return Err(self.too_long());
        }
        let text = match text_of(&bytes, content_type.as_deref(), self.encoding) {
            Ok(text) => text,
            Err(error) => return Err(self.no_answer(&error, false, None).await),
        };
        if response.ok() {
            // A response that a service worker made up has no address of its own.
            let from = Some(response.url()).filter(|from| !from.is_empty()).unwrap_or_else(|| self.url.to_owned());
            return Ok(Answer { text, content_type, url: from, is_cut });
        }
        let status = response.status();
        let retry_after = header("retry-after").and_then(|value| seconds(&value));
        let excerpt: String = text.chars().take(200).collect();
        let detail = [self.url, " answered ", &status.to_string(), ": ", &excerpt].concat();
        let cause = Cause::of_answer(status, content_type.as_deref(), retry_after, &text);
        Err(Undelivered { failure: Failure { cause, detail }, blocked: false })
    }

    fn too_long(&self) -> Undelivered {
        let detail = [
            self.url,
            " has more than the ",
            &MAX_BYTES.to_string(),
            " bytes that are fetched: is this the right address?",
        ];
        Undelivered { failure: Failure { cause: Cause::Garbage, detail: detail.concat() }, blocked: false }
    }

    /// What it means that no answer came. `lookout` is there where the browser may have refused to ask for one.
    async fn no_answer(&self, error: &JsValue, timed_out: bool, lookout: Option<diagnose::Lookout>) -> Undelivered {
        let cause = if timed_out {
            Cause::TimedOut
        } else if web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
            Cause::Offline
        } else {
            Cause::Unreachable
        };
        let mut refusal = None;
        if let Some(lookout) = lookout.filter(|_| cause == Cause::Unreachable) {
            pause::sleep(POLICY_PAUSE).await;
            refusal = lookout.blocked(self.url);
        }
        let blocked = refusal.is_some();
        let detail = refusal.unwrap_or_else(|| {
            let error = error
                .dyn_ref::<js_sys::Error>()
                .map(|error| String::from(error.to_string()))
                .or_else(|| error.as_string());
            diagnose::unanswered(&cause, self.url, &error.unwrap_or_default())
        });
        Undelivered { failure: Failure { cause, detail }, blocked }
    }
}

/// Whether a request had its own time limit (`AbortSignal.timeout`), and that is over.
fn has_timed_out(error: &JsValue) -> bool {
    error.dyn_ref::<DomException>().is_some_and(|error| error.name() == "TimeoutError")
}

fn text_of(bytes: &[u8], content_type: Option<&str>, encoding: Encoding) -> Result<String, JsValue> {
    let decoder = match encoding {
        Encoding::Utf8 => TextDecoder::new(),
        Encoding::Declared => {
            let head = &bytes[..bytes.len().min(charset::HEAD_BYTES)];
            // A label that nobody knows: UTF-8 is the best guess.
            TextDecoder::new_with_label(&charset::label(content_type, head)).or_else(|_| TextDecoder::new())
        }
    };
    decoder?.decode_with_u8_array(bytes)
}

/// `Retry-After` in seconds: a number of them, or a date (RFC 9110, section 10.2.3).
fn seconds(retry_after: &str) -> Option<u32> {
    let given = retry_after.trim();
    if !given.is_empty() && given.bytes().all(|b| b.is_ascii_digit()) {
        // More than can be counted is longer than anybody waits.
        return Some(given.parse().unwrap_or(u32::MAX));
    }
    Some(given).and_then(|given| {
        let until = (js_sys::Date::parse(given) - js_sys::Date::now()) / 1000.0;
        // A date that cannot be read is no number, and one that has passed asks for no pause. The cast saturates.
        until.is_finite().then_some(until.max(0.0) as u32)
    })
}
