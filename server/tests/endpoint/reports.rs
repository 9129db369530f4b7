//! What readers have against a comment.

use axum::http::{Method, StatusCode};
use maqal_contract::{ProblemType, Reason};
use serde_json::{Value, json};

use crate::support::{Answer, Endpoint, by_reader, request_of};

async fn report(endpoint: &Endpoint, id: &str, reader: &str, json: Value) -> Answer {
    let request = request_of(Method::POST, &format!("/api/comments/{id}/reports"), Some(json));
    endpoint.send(by_reader(reader, request)).await
}

#[tokio::test]
async fn a_report_is_kept_once_for_each_reader_and_comment() {
    let endpoint = Endpoint::new().await;
    let (one, other) = (endpoint.say("نص").await.comment.id, endpoint.say("نص").await.comment.id);
    let (salma, yasin) = ("the-device-of-salma", "the-device-of-yasin");
    for (id, reader, reason) in [
        (&one, salma, "spam"),
        (&one, salma, "abuse"),
        (&one, yasin, "off-topic"),
        (&other, salma, "private"),
        (&one, salma, "spam"),
    ] {
        let answer = report(&endpoint, id, reader, json!({"reason": reason, "note": " لأن "})).await;
        assert_eq!((answer.status, answer.body.len()), (StatusCode::NO_CONTENT, 0));
    }
    let kept: String = endpoint
        .value("SELECT group_concat(reason || note, ' ') FROM (SELECT * FROM report ORDER BY created_ms, reason)")
        .await;
    let mut kept: Vec<_> = kept.split(' ').collect();
    kept.sort_unstable();
    assert_eq!(kept, ["off-topicلأن", "privateلأن", "spamلأن"]);
}

#[tokio::test]
async fn a_report_needs_a_reason_a_reader_and_a_comment() {
    let endpoint = Endpoint::new().await;
    let id = endpoint.say("نص").await.comment.id;
    let reader = "the-device-of-salma";
    let problem = report(&endpoint, &id, reader, json!({"reason": "boring"})).await.problem(ProblemType::Validation);
    let error = &problem.errors[0];
    assert_eq!((error.field.as_str(), error.pointer.as_str(), error.reason), ("reason", "#/reason", Reason::Unknown));
    report(&endpoint, &id, "short", json!({"reason": "spam"})).await.problem(ProblemType::ReaderMissing);
    let address = format!("/api/comments/{id}/reports");
    let nobody = request_of(Method::POST, &address, Some(json!({"reason": "spam"})));
    endpoint.send(nobody).await.problem(ProblemType::ReaderMissing);
    report(&endpoint, "none", reader, json!({"reason": "spam"})).await.problem(ProblemType::NotFound);
    assert_eq!(endpoint.value::<i64>("SELECT COUNT(*) FROM report").await, 0);
}
