//! Requests with a time limit, and their failures sorted by what a reader can do about them.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::{Request, RequestBuilder, Response};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use maqal_contract::{Problem, problem::PROBLEM_MEDIA_TYPE};
use web_sys::{AbortController, ReferrerPolicy, RequestCredentials};

/// How long an answer may take, headers and body together.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// A failed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, as far as a reader is concerned.
    pub cause: Cause,
    /// What the developer needs to know, in English.
    pub detail: String,
}

/// What a failed request means for what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The device has no network.
    Offline,
    /// No answer: the network, DNS, TLS, CORS, mixed content or a content policy. The browser does not tell which.
    Unreachable,
    /// No answer within the time limit.
    TimedOut,
    /// 502, 503, 504, or an empty 500: something before the server answered for it. Seconds of `Retry-After` where given.
    Gateway(u16, Option<u32>),
    /// Another 5xx.
    Server(u16),
    /// 429. Seconds of `Retry-After` where given.
    Throttled(Option<u32>),
    /// 404 or 410.
    NotFound(u16),
    /// 401 or 403.
    Forbidden(u16),
    /// Another 4xx, with the problem details where the server sent any (RFC 9457).
    Refused(u16, Option<Box<Problem>>),
    /// The answer is not what was asked for.
    Garbage,
}

impl Cause {
    /// Whether the same request may succeed later, so that it is tried again by itself.
    ///
    /// An answer that makes no sense may come from a captive portal or a proxy: it is tried again. The idempotency key
    /// makes that harmless.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        !matches!(self, Self::NotFound(_) | Self::Forbidden(_) | Self::Refused(..))
    }

    /// When the server wants to be asked again, in seconds (RFC 9110, section 10.2.3).
    #[must_use]
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Gateway(_, seconds) | Self::Throttled(seconds) => *seconds,
            _ => None,
        }
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Gateway(status, _)
            | Self::Server(status)
            | Self::NotFound(status)
            | Self::Forbidden(status)
            | Self::Refused(status, _) => Some(*status),
            Self::Throttled(_) => Some(429),
            Self::Offline | Self::Unreachable | Self::TimedOut | Self::Garbage => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

/// An answer of a 2xx status, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The body as text.
    pub text: String,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The address it came from, after redirects.
    pub url: String,
}

/// Aborts its request when dropped.
struct AbortOnDrop {
    controller: AbortController,
    timer: Option<TimeoutHandle>,
    timed_out: Rc<Cell<bool>>,
}

impl AbortOnDrop {
    fn after(limit: Duration) -> Option<Self> {
        let controller = AbortController::new().ok()?;
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
        Some(Self { controller, timer, timed_out })
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
    send(Request::get(url).header("Accept", accept), url, |request| request.build()).await
}

/// Sends `POST url` with a JSON body. Dropping the future aborts the request.
///
/// # Errors
/// [`Failure`] where no answer came, or its status is not 2xx.
pub async fn post_json(url: &str, json: String, headers: &[(&str, &str)]) -> Result<Answer, Failure> {
    let mut request =
        Request::post(url).header("Accept", "application/json").header("Content-Type", "application/json");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    send(request, url, |request| request.body(json)).await
}

async fn send(
    request: RequestBuilder,
    url: &str,
    build: impl FnOnce(RequestBuilder) -> Result<Request, gloo_net::Error>,
) -> Result<Answer, Failure> {
    let abort = AbortOnDrop::after(TIME_LIMIT);
    let timed_out = abort.as_ref().map(|abort| abort.timed_out.clone());
    let no_answer = |error: &gloo_net::Error| {
        let cause = if timed_out.as_ref().is_some_and(|t| t.get()) {
            Cause::TimedOut
        } else if web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
            Cause::Offline
        } else {
            Cause::Unreachable
        };
        Failure { detail: no_answer_detail(&cause, url, error), cause }
    };
    let request = request
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::StrictOriginWhenCrossOrigin)
        .abort_signal(abort.as_ref().map(|abort| abort.controller.signal()).as_ref());
    let request = build(request).map_err(|error| no_answer(&error))?;
    let response = request.send().await.map_err(|error| no_answer(&error))?;
    let text = response.text().await.map_err(|error| no_answer(&error))?;
    if response.ok() {
        // A response that a service worker made up has no address of its own.
        let from = Some(response.url()).filter(|from| !from.is_empty()).unwrap_or_else(|| url.to_owned());
        Ok(Answer { text, content_type: response.headers().get("content-type"), url: from })
    } else {
        Err(refusal(url, &response, &text))
    }
}

fn no_answer_detail(cause: &Cause, url: &str, error: &gloo_net::Error) -> String {
    let way_on = match cause {
        Cause::Offline => "the device is offline",
        Cause::TimedOut => "no answer within 20 seconds",
        _ => {
            let https_page = web_sys::window().is_some_and(|w| w.location().protocol().is_ok_and(|p| p == "https:"));
            if https_page && url.starts_with("http:") {
                "an https page may not fetch from http (mixed content): serve it over https"
            } else {
                "check that the server runs, that it sends Access-Control-Allow-Origin for this page (CORS), and that the page's connect-src policy allows it"
            }
        }
    };
    format!("no answer from {url}: {way_on} ({error})")
}

/// `Retry-After` in seconds: a number of them, or a date (RFC 9110, section 10.2.3).
fn seconds(retry_after: &str) -> Option<u32> {
    let given = retry_after.trim();
    given.parse().ok().or_else(|| {
        let until = (js_sys::Date::parse(given) - js_sys::Date::now()) / 1000.0;
        // A date that cannot be read is no number, and one that has passed asks for no pause. The cast saturates.
        until.is_finite().then_some(until.max(0.0) as u32)
    })
}

fn refusal(url: &str, response: &Response, text: &str) -> Failure {
    let status = response.status();
    let headers = response.headers();
    let retry_after = || headers.get("retry-after").and_then(|value| seconds(&value));
    let problem = || {
        let is_problem = headers.get("content-type").is_some_and(|ty| ty.starts_with(PROBLEM_MEDIA_TYPE));
        is_problem.then(|| serde_json::from_str(text).ok().map(Box::new)).flatten()
    };
    let cause = match status {
        429 => Cause::Throttled(retry_after()),
        502..=504 => Cause::Gateway(status, retry_after()),
        // Some proxies (Trunk's among them) answer an empty 500 for a server that does not run.
        500 if text.is_empty() => Cause::Gateway(status, retry_after()),
        500.. => Cause::Server(status),
        404 | 410 => Cause::NotFound(status),
        401 | 403 => Cause::Forbidden(status),
        _ => Cause::Refused(status, problem()),
    };
    let excerpt: String = text.chars().take(200).collect();
    Failure { cause, detail: format!("{url} answered {status}: {excerpt}") }
}
