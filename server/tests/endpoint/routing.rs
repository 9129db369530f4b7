//! Addresses and methods: what is there, and what is said of the rest.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use maqal_contract::{Page, ProblemType};
use serde_json::{Value, json};

use crate::support::{Endpoint, THREAD, comment, encoded, new_key, post, request};

#[tokio::test]
async fn everywhere_else_nothing_is_found() {
    let endpoint = Endpoint::new().await;
    for address in ["/", "/api", "/api/comment", "/api/comments/a/b", "/api//comments", "/openapi", "/%00", "/..%2f"] {
        endpoint.get(address).await.problem(ProblemType::NotFound);
        endpoint.send(request(Method::POST, address)).await.problem(ProblemType::NotFound);
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let endpoint = Endpoint::new().await;
    for (method, address, allowed) in [
        (Method::PUT, "/api/comments", vec!["GET", "HEAD", "POST"]),
        (Method::DELETE, "/api/comments", vec!["GET", "HEAD", "POST"]),
        (Method::from_bytes(b"BREW").unwrap(), "/api/comments", vec!["GET", "HEAD", "POST"]),
        (Method::POST, "/health", vec!["GET", "HEAD"]),
        (Method::POST, "/openapi.json", vec!["GET", "HEAD"]),
        (Method::POST, "/api/comments/1", vec!["DELETE", "GET", "HEAD", "PATCH"]),
        (Method::GET, "/api/comments/1/like", vec!["DELETE", "PUT"]),
        (Method::GET, "/api/comments/1/reports", vec!["POST"]),
        // These words are no ids.
        (Method::GET, "/api/comments/preview", vec!["POST"]),
        (Method::DELETE, "/api/comments/count", vec!["GET", "HEAD"]),
    ] {
        let answer = endpoint.send(request(method, address)).await;
        answer.problem(ProblemType::MethodNotAllowed);
        let mut allow: Vec<_> = answer.header("allow").split(',').map(str::trim).collect();
        allow.sort_unstable();
        assert_eq!(allow, allowed, "{address}");
    }
}

#[tokio::test]
async fn a_slash_at_the_end_changes_nothing() {
    let endpoint = Endpoint::new().await;
    let mut slashed = post(&new_key(), &comment("نص"));
    *slashed.uri_mut() = "/api/comments/".parse().unwrap();
    assert_eq!(endpoint.send(slashed).await.status, StatusCode::CREATED);
    let page: Page = endpoint.get(&format!("/api/comments/?thread={}", encoded(THREAD))).await.json();
    assert_eq!(page.total, 1);
}

#[tokio::test]
async fn a_healthy_endpoint_says_so_and_one_without_its_database_does_not() {
    let endpoint = Endpoint::new().await;
    let well = endpoint.get("/health").await;
    assert_eq!((well.status, well.json::<Value>()), (StatusCode::OK, json!({"status": "ok"})));
    endpoint.store.close().await;
    let ill = endpoint.get("/health").await;
    ill.problem(ProblemType::Unavailable);
    assert!(!ill.header("retry-after").is_empty());
}

#[tokio::test]
async fn every_answer_has_an_id_and_forbids_guessing_its_type() {
    let endpoint = Endpoint::new().await;
    let (one, other) = (endpoint.get("/health").await, endpoint.get("/nowhere").await);
    for answer in [&one, &other] {
        assert_eq!(answer.header("x-request-id").len(), 32);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
    let claimed = Request::get("/health").header("x-request-id", "mine").body(Body::empty()).unwrap();
    assert_ne!(endpoint.send(claimed).await.header("x-request-id"), "mine");
}
