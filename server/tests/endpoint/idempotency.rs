//! A submission that is repeated makes no second comment.

use std::collections::HashSet;

use axum::http::StatusCode;
use maqal_contract::{NewComment, Page, Posted, ProblemType};
use tokio::task::JoinSet;

use crate::support::{Endpoint, THREAD, comment, encoded, new_key, post};

async fn total(endpoint: &Endpoint) -> u64 {
    endpoint.get(&format!("/api/comments?thread={}", encoded(THREAD))).await.json::<Page>().total
}

#[tokio::test]
async fn the_same_submission_again_has_the_same_answer_and_says_so() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    let first = endpoint.send(post(&key, &comment("نص"))).await;
    endpoint.say("تعليق بينهما").await;
    // As a structured string, which is how the draft writes the header.
    let again = endpoint.send(post(&format!("\"{key}\""), &comment("نص"))).await;
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.body, first.body);
    assert_eq!(total(&endpoint).await, 2);
}

#[tokio::test]
async fn what_is_stored_alike_is_the_same_submission() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    let first: Posted = endpoint.send(post(&key, &comment("نص"))).await.json();
    let spaced = NewComment { name: " مريم ".into(), ..comment("نص\n") };
    let again: Posted = endpoint.send(post(&key, &spaced)).await.json();
    assert_eq!(again, first);
}

#[tokio::test]
async fn a_key_used_for_another_comment_is_refused_whichever_field_differs() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    let original = comment("نص");
    endpoint.send(post(&key, &original)).await;
    for other in [
        NewComment { body: "نص آخر".into(), ..original.clone() },
        NewComment { name: "سلمى".into(), ..original.clone() },
        NewComment { thread: "https://news.example/43".into(), ..original.clone() },
    ] {
        endpoint.send(post(&key, &other)).await.problem(ProblemType::IdempotencyKeyReused);
    }
    assert_eq!(total(&endpoint).await, 1);
}

#[tokio::test]
async fn a_refused_submission_does_not_use_up_its_key() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    endpoint.send(post(&key, &comment(" "))).await.problem(ProblemType::Validation);
    let answer = endpoint.send(post(&key, &comment("نص"))).await;
    assert_eq!((answer.status, answer.header("idempotency-replayed")), (StatusCode::CREATED, ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_with_one_key_make_one_comment() {
    let endpoint = std::sync::Arc::new(Endpoint::new().await);
    for _ in 0..10 {
        let (key, mut tasks) = (new_key(), JoinSet::new());
        let before = total(&endpoint).await;
        for _ in 0..32 {
            let (endpoint, key) = (endpoint.clone(), key.clone());
            tasks.spawn(async move { endpoint.send(post(&key, &comment("نص"))).await });
        }
        let answers = tasks.join_all().await;
        assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED));
        assert_eq!(answers.iter().map(|answer| &answer.body).collect::<HashSet<_>>().len(), 1);
        assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_empty()).count(), 1);
        assert_eq!(total(&endpoint).await, before + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_different_comments_with_one_key_one_is_stored_and_the_others_are_refused() {
    let endpoint = std::sync::Arc::new(Endpoint::new().await);
    let (key, mut tasks) = (new_key(), JoinSet::new());
    for number in 0..16 {
        let (endpoint, key) = (endpoint.clone(), key.clone());
        tasks.spawn(async move { endpoint.send(post(&key, &comment(&format!("نص {number}")))).await });
    }
    let answers = tasks.join_all().await;
    let (stored, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|a| a.status == StatusCode::CREATED);
    assert_eq!((stored.len(), refused.len()), (1, 15));
    for answer in refused {
        answer.problem(ProblemType::IdempotencyKeyReused);
    }
    assert_eq!(total(&endpoint).await, 1);
}

#[tokio::test]
async fn a_restart_forgets_no_key_and_changes_no_secret() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    let first: Posted = endpoint.send(post(&key, &comment("نص"))).await.json();
    let endpoint = endpoint.restart().await;
    let again = endpoint.send(post(&key, &comment("نص"))).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.json::<Posted>(), first);
    endpoint.send(post(&key, &comment("آخر"))).await.problem(ProblemType::IdempotencyKeyReused);
}

#[tokio::test]
async fn another_database_has_other_secrets() {
    let (one, other) = (Endpoint::new().await, Endpoint::new().await);
    assert_ne!(one.say("نص").await.secret, other.say("نص").await.secret);
}
