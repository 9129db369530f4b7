//! Moderators: what waits for them, and what they may do.

use axum::http::StatusCode;
use maqal_contract::{Comment, NewComment, Posted, ProblemType, Reason, State};
use serde_json::json;

use crate::support::{Endpoint, MODERATOR, comment, new_key, post};

fn bodies(comments: &[Comment]) -> Vec<&str> {
    comments.iter().map(|comment| comment.body.as_str()).collect()
}

#[tokio::test]
async fn a_comment_that_waits_is_its_authors_and_the_moderators_only() {
    let endpoint = Endpoint::moderated(&["--moderate"]).await;
    let key = new_key();
    let posted: Posted = endpoint.send(post(&key, &comment("ينتظر"))).await.json();
    assert_eq!(posted.comment.state, State::Pending);
    assert_eq!(posted.comment.body, "ينتظر");
    let page = endpoint.page("").await;
    assert_eq!((page.comments.len(), page.total, page.live.as_deref()), (0, 0, Some("0")));
    let id = &posted.comment.id;
    for (bearer, seen) in [(posted.secret.as_str(), true), (MODERATOR, true), ("wrong", false), ("", false)] {
        let answer = endpoint.on_comment(axum::http::Method::GET, id, bearer, None).await;
        if seen {
            assert_eq!(answer.json::<Comment>(), posted.comment);
        } else {
            answer.problem(ProblemType::NotFound);
        }
    }
    // What cannot be seen can be neither liked nor replied to.
    let reply = NewComment { parent: Some(id.clone()), ..comment("رد") };
    endpoint.send(post(&new_key(), &reply)).await.problem(ProblemType::Validation);
    assert_eq!(endpoint.send(post(&key, &comment("ينتظر"))).await.json::<Posted>(), posted);

    let published = endpoint.moderate(id, json!({"state": "published"})).await;
    assert_eq!(published, Comment { state: State::Published, ..posted.comment });
    let page = endpoint.page("").await;
    assert_eq!((page.comments, page.total), (vec![published], 1));
}

#[tokio::test]
async fn a_comment_that_was_taken_back_leaves_a_place_for_its_replies_and_comes_back_whole() {
    let endpoint = Endpoint::moderated(&[]).await;
    let top = endpoint.say("أعلى").await.comment;
    let alone = endpoint.say("وحيد").await.comment;
    let reply = endpoint.reply(&top.id, "رد").await.comment;
    for id in [&top.id, &alone.id] {
        assert_eq!(endpoint.moderate(id, json!({"state": "pending"})).await.state, State::Pending);
    }
    let page = endpoint.page("").await;
    assert_eq!((bodies(&page.comments), page.total), (vec!["", "رد"], 1));
    assert_eq!((page.comments[0].state, page.comments[0].replies), (State::Deleted, 1));
    assert!(page.comments[0].name.is_empty() && page.comments[0].html.is_empty());
    for id in [&top.id, &alone.id] {
        endpoint.moderate(id, json!({"state": "published"})).await;
    }
    let page = endpoint.page("").await;
    assert_eq!((page.comments, page.total), (vec![alone, Comment { replies: 1, ..top }, reply], 3));
}

#[tokio::test]
async fn a_moderator_may_change_and_delete_everything_at_any_time() {
    let endpoint = Endpoint::moderated(&["--edit-window", "0"]).await;
    let posted = endpoint.say("نص").await;
    let edited = endpoint.moderate(&posted.comment.id, json!({"body": "منقّح", "featured": true})).await;
    assert_eq!((edited.body.as_str(), edited.featured, edited.edited.is_some()), ("منقّح", true, true));
    let unfeatured = endpoint.moderate(&posted.comment.id, json!({"featured": false})).await;
    assert_eq!(unfeatured, Comment { featured: false, ..edited });
    for _ in 0..2 {
        assert_eq!(endpoint.delete(&posted.comment.id, MODERATOR).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(endpoint.page("").await.total, 0);

    let other = endpoint.say("آخر").await;
    assert_eq!(endpoint.moderate(&other.comment.id, json!({"state": "deleted"})).await.state, State::Deleted);
    assert_eq!(endpoint.page("").await.total, 0);
    // What was written is gone for good.
    let back = endpoint.edit(&other.comment.id, MODERATOR, json!({"state": "published"})).await;
    back.problem(ProblemType::NotFound);
}

#[tokio::test]
async fn only_a_top_level_comment_is_pinned() {
    let endpoint = Endpoint::moderated(&[]).await;
    let top = endpoint.say("أعلى").await.comment;
    let reply = endpoint.reply(&top.id, "رد").await.comment;
    let problem = endpoint.edit(&reply.id, MODERATOR, json!({"pinned": true})).await.problem(ProblemType::Validation);
    assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].reason), ("pinned", Reason::Other));
    assert!(endpoint.moderate(&top.id, json!({"pinned": true})).await.pinned);
    assert!(endpoint.page("").await.comments[0].pinned);
}

#[tokio::test]
async fn without_a_token_nobody_is_a_moderator() {
    let endpoint = Endpoint::new().await;
    let id = endpoint.say("نص").await.comment.id;
    for bearer in ["", MODERATOR] {
        endpoint.edit(&id, bearer, json!({"pinned": true})).await.problem(ProblemType::NotAuthor);
        endpoint.delete(&id, bearer).await.problem(ProblemType::NotAuthor);
    }
}
