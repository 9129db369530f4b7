//! Which pages may use the endpoint, and that they can read its errors.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use maqal_contract::{Page, ProblemType};

use serde_json::json;

use crate::support::{Answer, Endpoint, ORIGIN, THREAD, by_reader, comment, encoded, new_key, post, request_of};

const FOREIGN: &str = "https://evil.example";

fn from(origin: &str, mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().insert("origin", origin.parse().unwrap());
    request
}

fn preflight(origin: &str) -> Request<Body> {
    Request::builder()
        .method(Method::OPTIONS)
        .uri("/api/comments")
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type,idempotency-key")
        .body(Body::empty())
        .unwrap()
}

fn list(answer: &Answer, name: &str) -> Vec<String> {
    answer.header(name).split(',').map(|item| item.trim().to_ascii_lowercase()).collect()
}

#[tokio::test]
async fn a_preflight_of_an_allowed_page_is_told_all_that_a_submission_needs() {
    let answer = Endpoint::new().await.send(preflight(ORIGIN)).await;
    assert!(answer.status.is_success());
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
    let mut methods = list(&answer, "access-control-allow-methods");
    methods.sort_unstable();
    assert_eq!(methods, ["delete", "get", "head", "patch", "post", "put"]);
    let mut headers = list(&answer, "access-control-allow-headers");
    headers.sort_unstable();
    assert_eq!(
        headers,
        ["authorization", "content-type", "idempotency-key", "last-event-id", "maqal-identity", "maqal-reader"]
    );
    assert!(answer.header("access-control-max-age").parse::<u32>().unwrap() > 0);
    assert!(list(&answer, "vary").contains(&"origin".to_owned()));
    assert_eq!(answer.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn a_preflight_of_a_foreign_page_is_told_nothing() {
    let endpoint = Endpoint::new().await;
    for origin in
        [FOREIGN, "null", "https://news.example.evil.example", "http://news.example", "https://news.example:444"]
    {
        let answer = endpoint.send(preflight(origin)).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        assert!(list(&answer, "vary").contains(&"origin".to_owned()));
    }
}

#[tokio::test]
async fn an_allowed_page_reads_answers_and_the_headers_it_needs() {
    let endpoint = Endpoint::new().await;
    let answer = endpoint.send(from(ORIGIN, post(&new_key(), &comment("نص")))).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
    let exposed = list(&answer, "access-control-expose-headers");
    for name in ["link", "retry-after", "location", "idempotency-replayed"] {
        assert!(exposed.contains(&name.to_owned()), "{name}");
    }
}

#[tokio::test]
async fn a_post_of_a_foreign_page_is_refused_and_stores_nothing() {
    let endpoint = Endpoint::new().await;
    for origin in [FOREIGN, "null", "https://news.example.evil.example", "http://news.example", ""] {
        let answer = endpoint.send(from(origin, post(&new_key(), &comment("نص")))).await;
        answer.problem(ProblemType::OriginNotAllowed);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    let page: Page = endpoint.get(&format!("/api/comments?thread={}", encoded(THREAD))).await.json();
    assert_eq!(page.total, 0);
}

#[tokio::test]
async fn nothing_that_a_foreign_page_sends_changes_anything() {
    let endpoint = Endpoint::new().await;
    let posted = endpoint.say("نص").await;
    let (id, reader) = (&posted.comment.id, "the-name-of-a-device");
    for (method, address, json) in [
        (Method::PATCH, format!("/api/comments/{id}"), Some(json!({"body": "غيره"}))),
        (Method::DELETE, format!("/api/comments/{id}"), None),
        (Method::PUT, format!("/api/comments/{id}/like"), None),
        (Method::DELETE, format!("/api/comments/{id}/like"), None),
        (Method::POST, format!("/api/comments/{id}/reports"), Some(json!({"reason": "spam"}))),
        (Method::POST, "/api/comments/preview".to_owned(), Some(json!({"body": "نص"}))),
    ] {
        let mut request = from(FOREIGN, by_reader(reader, request_of(method.clone(), &address, json)));
        request.headers_mut().insert("authorization", format!("Bearer {}", posted.secret).parse().unwrap());
        let answer = endpoint.send(request).await;
        answer.problem(ProblemType::OriginNotAllowed);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{method} {address}");
    }
    assert_eq!(endpoint.page("").await.comments, [posted.comment]);
    assert_eq!(endpoint.value::<i64>("SELECT COUNT(*) FROM report").await, 0);
}

#[tokio::test]
async fn a_page_of_the_endpoints_own_host_may_post() {
    let endpoint = Endpoint::new().await;
    let mut request = from("https://talk.example", post(&new_key(), &comment("نص")));
    request.headers_mut().insert("host", "talk.example".parse().unwrap());
    assert_eq!(endpoint.send(request).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn with_a_star_every_page_may_post() {
    let endpoint = Endpoint::with(&["--allow-origin", "*"]).await;
    let answer = endpoint.send(from(FOREIGN, post(&new_key(), &comment("نص")))).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (StatusCode::CREATED, "*"));
}

#[tokio::test]
async fn an_allowed_page_can_read_every_refusal() {
    let endpoint = Endpoint::with(&["--rate-burst", "2", "--rate-per-minute", "1"]).await;
    let mut too_large = post(&new_key(), &comment("نص"));
    *too_large.body_mut() = Body::from(vec![b' '; 200 * 1024]);
    let requests = [
        (ProblemType::NotFound, Request::get("/nowhere").body(Body::empty()).unwrap()),
        (ProblemType::MethodNotAllowed, Request::delete("/api/comments").body(Body::empty()).unwrap()),
        (ProblemType::Malformed, Request::get("/api/comments").body(Body::empty()).unwrap()),
        (ProblemType::TooLarge, too_large),
        (ProblemType::Validation, post(&new_key(), &comment(""))),
        (ProblemType::IdempotencyKeyMissing, post("short", &comment("نص"))),
        (ProblemType::RateLimited, post(&new_key(), &comment("نص"))),
    ];
    for (kind, request) in requests {
        let answer = endpoint.send(from(ORIGIN, request)).await;
        answer.problem(kind);
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN, "{kind:?}");
        assert!(list(&answer, "vary").contains(&"origin".to_owned()), "{kind:?}");
    }
}
