//! The lengths of many conversations in one answer.

use axum::http::StatusCode;
use maqal_contract::limits::COUNTS_MAX;
use maqal_contract::{Counts, NewComment, ProblemType};

use crate::support::{Endpoint, comment, encoded};

fn address<'a>(threads: impl IntoIterator<Item = &'a str>) -> String {
    let pairs: Vec<_> = threads.into_iter().map(|thread| format!("thread={}", encoded(thread))).collect();
    format!("/api/comments/count?{}", pairs.join("&"))
}

#[tokio::test]
async fn each_conversation_is_counted_under_its_name_as_it_was_asked_for() {
    let endpoint = Endpoint::new().await;
    for (thread, count) in [("https://a.example/مقال", 3), ("https://a.example/B", 1), ("x\0y", 2)] {
        let new = NewComment { thread: thread.into(), ..comment("نص") };
        let parent = endpoint.posted(&new).await.comment.id;
        for _ in 1..count {
            endpoint.posted(&NewComment { parent: Some(parent.clone()), ..new.clone() }).await;
        }
    }
    let asked = ["https://a.example/مقال", "https://a.example/b", "x\0y", " x\0y ", "x\0y", "https://a.example/B"];
    let answer = endpoint.get(&address(asked)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let counts: Vec<_> = answer.json::<Counts>().counts.into_iter().collect();
    let expected = [
        (" x\0y ", 2),
        ("https://a.example/B", 1),
        ("https://a.example/b", 0),
        ("https://a.example/مقال", 3),
        ("x\0y", 2),
    ];
    assert_eq!(counts, expected.map(|(thread, count)| (thread.to_owned(), count)));
    assert!(!answer.header("etag").is_empty());
}

#[tokio::test]
async fn as_many_are_counted_as_the_contract_says_and_not_one_more() {
    let endpoint = Endpoint::new().await;
    let many = vec!["t"; COUNTS_MAX + 1];
    assert_eq!(endpoint.get(&address(many[1..].iter().copied())).await.status, StatusCode::OK);
    let long = "t".repeat(4_000);
    for wrong in [address([]), address(many.iter().copied()), address(["t", " "]), address([long.as_str()])] {
        let problem = endpoint.get(&wrong).await.problem(ProblemType::Malformed);
        assert!(problem.detail.unwrap().starts_with("The parameter thread "), "{wrong:.60}");
    }
}
