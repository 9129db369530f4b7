//! What one request, one client and all of them together may ask for.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode};
use axum::routing::get;
use maqal_contract::ProblemType;
use maqal_contract::limits::REQUEST_MAX_BYTES;
use maqal_server::app::guard;
use maqal_server::client::Peer;
use serde_json::json;
use tokio::sync::Notify;

use crate::support::{Answer, Endpoint, ORIGIN, by_reader, comment, new_key, post, request, request_of};

/// Routes of a test behind the endpoint's own layers.
fn guarded(routes: Router, options: &[&str]) -> Router {
    let config = Endpoint::config(options);
    guard(routes, config.allow_origins.into_iter().collect(), &config.limits)
}

fn by(peer: &str, mut request: Request<Body>) -> Request<Body> {
    request.extensions_mut().insert(Peer(peer.parse().unwrap()));
    request
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
    let endpoint = Endpoint::new().await;
    for (bytes, kind) in [
        (REQUEST_MAX_BYTES, ProblemType::Malformed),
        (REQUEST_MAX_BYTES + 1, ProblemType::TooLarge),
        (1 << 20, ProblemType::TooLarge),
        (8 << 20, ProblemType::TooLarge),
    ] {
        let mut request = post(&new_key(), &comment("نص"));
        *request.body_mut() = Body::from(vec![b'['; bytes]);
        endpoint.send(request).await.problem(kind);
    }
}

#[tokio::test]
async fn a_body_of_unknown_length_is_refused_once_it_is_too_long() {
    let endpoint = Endpoint::with(&["--max-request-bytes", "1000"]).await;
    for (frames, kind) in [(10, ProblemType::Malformed), (11, ProblemType::TooLarge), (50_000, ProblemType::TooLarge)] {
        let mut left = frames;
        let stream = of_unknown_length(move || {
            left -= 1;
            (left >= 0).then(|| Bytes::from_static(&[b'['; 100]))
        });
        let mut request = post(&new_key(), &comment("نص"));
        *request.body_mut() = stream;
        endpoint.send(request).await.problem(kind);
    }
}

/// A body whose frames come from `next`, and whose length nobody knows.
fn of_unknown_length(next: impl FnMut() -> Option<Bytes> + Send + Unpin + 'static) -> Body {
    struct Frames<F>(F);
    impl<F: FnMut() -> Option<Bytes> + Unpin> axum::body::HttpBody for Frames<F> {
        type Data = Bytes;
        type Error = std::convert::Infallible;
        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
            std::task::Poll::Ready((self.0)().map(|bytes| Ok(hyper::body::Frame::data(bytes))))
        }
    }
    Body::new(Frames(next))
}

#[tokio::test]
async fn a_client_over_its_rate_is_told_when_to_come_back_and_others_are_not_disturbed() {
    let endpoint = Endpoint::with(&["--rate-burst", "3", "--rate-per-minute", "1"]).await;
    let submit = |peer: &'static str| endpoint.send(by(peer, post(&new_key(), &comment("نص"))));
    for _ in 0..3 {
        assert_eq!(submit("192.0.2.1:1000").await.status, StatusCode::CREATED);
    }
    let refused = submit("192.0.2.1:2000").await;
    refused.problem(ProblemType::RateLimited);
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(submit("192.0.2.2:1000").await.status, StatusCode::CREATED);
    let reading = by("192.0.2.1:1000", request(axum::http::Method::GET, "/api/comments?thread=t"));
    assert_eq!(endpoint.send(reading).await.status, StatusCode::OK);
}

#[tokio::test]
async fn edits_deletions_and_reports_count_like_comments_and_likes_and_previews_a_tenth_and_by_themselves() {
    let endpoint = Endpoint::with(&["--rate-burst", "3", "--rate-per-minute", "1"]).await;
    let id = endpoint.say("نص").await.comment.id;
    let one = format!("/api/comments/{id}");
    let sent = |method: Method, address: String, json| {
        endpoint.send(by("192.0.2.1:1000", by_reader("the-name-of-a-device", request_of(method, &address, json))))
    };
    let (like, reports, preview) =
        (format!("{one}/like"), format!("{one}/reports"), "/api/comments/preview".to_owned());
    for number in 0..15 {
        let method = if number % 2 == 0 { Method::PUT } else { Method::DELETE };
        assert_eq!(sent(method, like.clone(), None).await.status, StatusCode::OK);
        assert_eq!(sent(Method::POST, preview.clone(), Some(json!({"body": "ن"}))).await.status, StatusCode::OK);
    }
    for (method, address, json) in [(Method::PUT, like, None), (Method::POST, preview, Some(json!({"body": "ن"})))] {
        sent(method, address, json).await.problem(ProblemType::RateLimited);
    }
    // None of it was taken from what comments may.
    sent(Method::PATCH, one.clone(), Some(json!({"body": "ن"}))).await.problem(ProblemType::NotAuthor);
    sent(Method::DELETE, one.clone(), None).await.problem(ProblemType::NotAuthor);
    assert_eq!(sent(Method::POST, reports.clone(), Some(json!({"reason": "spam"}))).await.status, 204);
    sent(Method::PATCH, one.clone(), Some(json!({"body": "ن"}))).await.problem(ProblemType::RateLimited);
    sent(Method::DELETE, one.clone(), None).await.problem(ProblemType::RateLimited);
    sent(Method::POST, reports, Some(json!({"reason": "spam"}))).await.problem(ProblemType::RateLimited);
    assert_eq!(sent(Method::GET, one, None).await.status, StatusCode::OK);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_of_its_clients_has_a_rate_of_its_own() {
    let submit = |forwarded: &'static str| {
        let mut request = by("127.0.0.1:1000", post(&new_key(), &comment("نص")));
        request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
        request
    };
    let one = ["--rate-burst", "1", "--rate-per-minute", "1"];
    let trusting = Endpoint::with(&[&one[..], &["--trust-forwarded-for"]].concat()).await;
    assert_eq!(trusting.send(submit("203.0.113.1")).await.status, StatusCode::CREATED);
    assert_eq!(trusting.send(submit("203.0.113.2")).await.status, StatusCode::CREATED);
    trusting.send(submit("203.0.113.9, 203.0.113.1")).await.problem(ProblemType::RateLimited);

    let other = Endpoint::with(&one).await;
    assert_eq!(other.send(submit("203.0.113.1")).await.status, StatusCode::CREATED);
    other.send(submit("203.0.113.2")).await.problem(ProblemType::RateLimited);
}

#[tokio::test]
async fn zero_means_no_rate_limit() {
    for off in [["--rate-burst", "0"], ["--rate-per-minute", "0"]] {
        let endpoint = Endpoint::with(&off).await;
        for _ in 0..60 {
            assert_eq!(endpoint.send(post(&new_key(), &comment("نص"))).await.status, StatusCode::CREATED);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_takes_too_long_is_ended() {
    let never = Router::new().route("/", get(std::future::pending::<()>));
    let asked = tokio::time::Instant::now();
    let answer = Answer::of(guarded(never, &["--request-timeout", "5"]), request(axum::http::Method::GET, "/")).await;
    answer.problem(ProblemType::Timeout);
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(asked.elapsed(), Duration::from_secs(5));
}

#[tokio::test]
async fn a_request_that_finds_no_place_is_told_to_come_back_and_the_next_one_finds_it() {
    let (entered, leave) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (inside, go) = (entered.clone(), leave.clone());
    let wait = move || async move {
        inside.notify_one();
        go.notified().await;
    };
    let routes = Router::new().route("/wait", get(wait)).route("/", get(|| async {}));
    let app = guarded(routes, &["--max-requests", "1"]);
    let ask = |path| Answer::of(app.clone(), request(axum::http::Method::GET, path));
    let first = tokio::spawn(ask("/wait"));
    entered.notified().await;
    let refused = ask("/").await;
    refused.problem(ProblemType::Unavailable);
    assert_eq!(refused.header("retry-after"), "1");
    leave.notify_one();
    assert_eq!(first.await.unwrap().status, StatusCode::OK);
    assert_eq!(ask("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_panic_ends_one_request_and_tells_its_client_nothing_of_it() {
    async fn fails() {
        panic!("the text of a reader")
    }
    let app = guarded(Router::new().route("/", get(fails)), &[]);
    let mut asked = request(axum::http::Method::GET, "/");
    asked.headers_mut().insert("origin", ORIGIN.parse().unwrap());
    let answer = Answer::of(app.clone(), asked).await;
    answer.problem(ProblemType::Internal);
    assert!(!answer.text().contains("reader"));
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
    Answer::of(app, request(axum::http::Method::GET, "/other")).await.problem(ProblemType::NotFound);
}
