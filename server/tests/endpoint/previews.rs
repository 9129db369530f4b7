//! A text shown as a comment's would be.

use axum::http::{Method, StatusCode};
use maqal_contract::limits::BODY_MAX_CHARS;
use maqal_contract::{ProblemType, Reason, Rendered};
use serde_json::{Value, json};

use crate::support::{Answer, Endpoint, request, request_of};

async fn preview(endpoint: &Endpoint, json: Value) -> Answer {
    endpoint.send(request_of(Method::POST, "/api/comments/preview", Some(json))).await
}

#[tokio::test]
async fn a_text_has_the_html_that_a_comment_of_it_has_and_nothing_is_stored() {
    let endpoint = Endpoint::new().await;
    let body = "\n**مهم**: انظر https://news.example\n\n> سطر <b>\n";
    let answer = preview(&endpoint, json!({"body": body})).await;
    assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"));
    assert_eq!(endpoint.page("").await.total, 0);
    assert_eq!(answer.json::<Rendered>().html, endpoint.say(body).await.comment.html);
}

#[tokio::test]
async fn a_text_that_is_only_begun_is_no_mistake() {
    let endpoint = Endpoint::new().await;
    for json in [json!({"body": ""}), json!({"body": " \n\u{200F}"}), json!({"body": null}), json!({})] {
        assert_eq!(preview(&endpoint, json.clone()).await.json::<Rendered>().html, "", "{json}");
    }
}

#[tokio::test]
async fn what_no_comment_could_be_is_refused() {
    let endpoint = Endpoint::new().await;
    let long = preview(&endpoint, json!({"body": "ن".repeat(BODY_MAX_CHARS + 1)})).await;
    let problem = long.problem(ProblemType::Validation);
    assert_eq!((problem.errors[0].reason, problem.errors[0].max), (Reason::TooLong, Some(BODY_MAX_CHARS)));
    let other = preview(&endpoint, json!({"body": ["نص"]})).await.problem(ProblemType::Validation);
    assert_eq!((other.errors[0].field.as_str(), other.errors[0].reason), ("body", Reason::Other));
    preview(&endpoint, json!(["نص"])).await.problem(ProblemType::Malformed);
    let bare = endpoint.send(request(Method::POST, "/api/comments/preview")).await;
    bare.problem(ProblemType::UnsupportedMediaType);
}
