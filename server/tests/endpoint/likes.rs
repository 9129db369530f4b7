//! What readers like.

use axum::http::{Method, StatusCode};
use maqal_contract::{Likes, ProblemType};
use std::fs;
use tokio::task::JoinSet;

use crate::support::{Endpoint, by_reader, request_of};

const SALMA: &str = "the-device-of-salma";
const YASIN: &str = "the-device-of-yasin";

#[tokio::test]
async fn a_like_counts_once_for_each_reader_and_may_be_taken_back() {
    let endpoint = Endpoint::new().await;
    let id = endpoint.say("نص").await.comment.id;
    for (reader, liked, likes) in [
        (SALMA, true, 1),
        (SALMA, true, 1),
        (YASIN, true, 2),
        (SALMA, false, 1),
        (SALMA, false, 1),
        (YASIN, true, 1),
        (YASIN, false, 0),
    ] {
        assert_eq!(endpoint.like(&id, reader, liked).await, Likes { likes, liked });
        assert_eq!(endpoint.page("").await.comments[0].likes, likes);
    }
}

#[tokio::test]
async fn a_like_needs_a_comment_and_a_reader() {
    let endpoint = Endpoint::new().await;
    let id = endpoint.say("نص").await.comment.id;
    for method in [Method::PUT, Method::DELETE] {
        let none = request_of(method.clone(), "/api/comments/none/like", None);
        endpoint.send(by_reader(SALMA, none)).await.problem(ProblemType::NotFound);
        let address = format!("/api/comments/{id}/like");
        let nobody = endpoint.send(request_of(method.clone(), &address, None)).await;
        nobody.problem(ProblemType::ReaderMissing);
        let short = by_reader("short", request_of(method, &address, None));
        endpoint.send(short).await.problem(ProblemType::ReaderMissing);
    }
}

#[tokio::test]
async fn the_file_does_not_tell_who_likes_what() {
    let endpoint = Endpoint::new().await;
    let id = endpoint.say("نص").await.comment.id;
    endpoint.like(&id, SALMA, true).await;
    endpoint.store.close().await;
    let bytes = fs::read(endpoint.file()).unwrap();
    assert!(!bytes.windows(SALMA.len()).any(|window| window == SALMA.as_bytes()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_readers_at_once_lose_no_like() {
    let endpoint = std::sync::Arc::new(Endpoint::new().await);
    let id = endpoint.say("نص").await.comment.id;
    let mut readers = JoinSet::new();
    for number in 0..40 {
        let (endpoint, id) = (endpoint.clone(), id.clone());
        // Each reader twice.
        readers.spawn(async move {
            let reader = format!("the-device-of-reader-{}", number % 20);
            let request = request_of(Method::PUT, &format!("/api/comments/{id}/like"), None);
            endpoint.send(by_reader(&reader, request)).await.status
        });
    }
    assert!(readers.join_all().await.into_iter().all(|status| status == StatusCode::OK));
    assert_eq!(endpoint.page("").await.comments[0].likes, 20);
}
