//! An author changes a comment, or takes it away.

use axum::http::{Method, StatusCode};
use maqal_contract::{Comment, NewComment, Posted, ProblemType, Reason, State};
use serde_json::json;

use crate::support::{Endpoint, comment, new_key, post, request};

#[tokio::test]
async fn an_author_changes_the_text_and_readers_see_that_it_was_changed() {
    let endpoint = Endpoint::new().await;
    let Posted { comment, secret, .. } = endpoint.say("قبل").await;
    assert_eq!(comment.edited, None);
    let answer = endpoint.edit(&comment.id, &secret, json!({"body": " *بعد* "})).await;
    assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"));
    let edited: Comment = answer.json();
    assert_eq!((edited.body.as_str(), edited.html.as_str()), ("*بعد*", r#"<p dir="auto"><em>بعد</em></p>"#));
    let at = humantime::parse_rfc3339(edited.edited.as_deref().unwrap()).unwrap();
    assert!(at >= humantime::parse_rfc3339(&edited.created).unwrap());
    let rest = Comment { body: comment.body.clone(), html: comment.html.clone(), edited: None, ..edited.clone() };
    assert_eq!(rest, comment);
    assert_eq!(endpoint.page("").await.comments, [edited]);
}

#[tokio::test]
async fn the_same_text_again_changes_nothing_not_even_the_moment() {
    let endpoint = Endpoint::new().await;
    let Posted { comment, secret, .. } = endpoint.say("قبل").await;
    let live = endpoint.page("").await.live;
    for same in [json!({"body": "قبل\n"}), json!({})] {
        assert_eq!(endpoint.edit(&comment.id, &secret, same).await.json::<Comment>(), comment);
    }
    let first: Comment = endpoint.edit(&comment.id, &secret, json!({"body": "بعد"})).await.json();
    let changed = endpoint.page("").await.live;
    let again: Comment = endpoint.edit(&comment.id, &secret, json!({"body": "بعد"})).await.json();
    assert_eq!(again, first);
    assert!(live != changed && endpoint.page("").await.live == changed);
}

#[tokio::test]
async fn an_author_has_the_time_that_the_answer_says() {
    let endpoint = Endpoint::with(&["--rate-burst", "0", "--edit-window", "60"]).await;
    let posted = endpoint.say("نص").await;
    let until = humantime::parse_rfc3339(posted.editable_until.as_deref().unwrap()).unwrap();
    let created = humantime::parse_rfc3339(&posted.comment.created).unwrap();
    assert_eq!(until.duration_since(created).unwrap().as_secs(), 60);
    let id = &posted.comment.id;
    endpoint.edit(id, &posted.secret, json!({"body": "في الوقت"})).await.json::<Comment>();

    endpoint.run("UPDATE comment SET created_ms = created_ms - 60000").await;
    endpoint.edit(id, &posted.secret, json!({"body": "متأخر"})).await.problem(ProblemType::EditWindowClosed);
    endpoint.delete(id, &posted.secret).await.problem(ProblemType::EditWindowClosed);
    // An edit whose answer was lost was in time.
    let again = endpoint.edit(id, &posted.secret, json!({"body": "في الوقت"})).await;
    assert_eq!((again.status, again.json::<Comment>().body.as_str()), (StatusCode::OK, "في الوقت"));
}

#[tokio::test]
async fn where_there_is_no_time_for_it_the_answer_names_none() {
    let endpoint = Endpoint::with(&["--rate-burst", "0", "--edit-window", "0"]).await;
    let posted = endpoint.say("نص").await;
    assert_eq!(posted.editable_until, None);
    let edit = endpoint.edit(&posted.comment.id, &posted.secret, json!({"body": "غيره"})).await;
    edit.problem(ProblemType::EditWindowClosed);
    endpoint.delete(&posted.comment.id, &posted.secret).await.problem(ProblemType::EditWindowClosed);
}

#[tokio::test]
async fn without_the_comments_own_secret_nothing_is_changed() {
    let endpoint = Endpoint::new().await;
    let (one, other) = (endpoint.say("نص").await, endpoint.say("آخر").await);
    let id = &one.comment.id;
    for bearer in ["", "wrong", &other.secret, &one.secret[1..], &one.secret.to_lowercase()] {
        endpoint.edit(id, bearer, json!({"body": "غيره"})).await.problem(ProblemType::NotAuthor);
        endpoint.delete(id, bearer).await.problem(ProblemType::NotAuthor);
    }
    let mut basic = request(Method::DELETE, &format!("/api/comments/{id}"));
    basic.headers_mut().insert("authorization", format!("Basic {}", one.secret).parse().unwrap());
    endpoint.send(basic).await.problem(ProblemType::NotAuthor);
    for id in ["none", "%FF"] {
        endpoint.edit(id, &one.secret, json!({"body": "غيره"})).await.problem(ProblemType::NotFound);
        endpoint.delete(id, &one.secret).await.problem(ProblemType::NotFound);
    }
    assert_eq!(endpoint.page("").await.comments, [other.comment, one.comment]);
}

#[tokio::test]
async fn an_author_may_change_the_text_and_not_how_the_comment_stands() {
    let endpoint = Endpoint::new().await;
    let Posted { comment, secret, .. } = endpoint.say("نص").await;
    for edit in [json!({"pinned": true}), json!({"featured": true}), json!({"state": "published", "body": "غيره"})]
    {
        endpoint.edit(&comment.id, &secret, edit).await.problem(ProblemType::NotAuthor);
    }
    assert_eq!(endpoint.page("").await.comments, [comment]);
}

#[tokio::test]
async fn an_edit_is_checked_as_a_comment_is() {
    let endpoint = Endpoint::new().await;
    let Posted { comment, secret, .. } = endpoint.say("نص").await;
    let problem =
        endpoint.edit(&comment.id, &secret, json!({"body": "\u{200F}"})).await.problem(ProblemType::Validation);
    assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].reason), ("body", Reason::Invisible));
    endpoint.edit(&comment.id, &secret, json!(["نص"])).await.problem(ProblemType::Malformed);
    let bare = request(Method::PATCH, &format!("/api/comments/{}", comment.id));
    endpoint.send(bare).await.problem(ProblemType::UnsupportedMediaType);
    assert_eq!(endpoint.page("").await.comments, [comment]);
}

#[tokio::test]
async fn a_deleted_comment_without_replies_is_gone() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    let new = NewComment { email: Some("mariam@news.example".into()), ..comment(&"سأحذفه ".repeat(1_000)) };
    let posted: Posted = endpoint.send(post(&key, &new)).await.json();
    let other = endpoint.say("آخر").await.comment;
    let id = &posted.comment.id;
    for _ in 0..2 {
        let answer = endpoint.delete(id, &posted.secret).await;
        assert_eq!((answer.status, answer.body.len()), (StatusCode::NO_CONTENT, 0));
    }
    // Who is late with the second try is not refused for it.
    endpoint.run("UPDATE comment SET created_ms = 0").await;
    assert_eq!(endpoint.delete(id, &posted.secret).await.status, StatusCode::NO_CONTENT);
    endpoint.delete(id, "wrong").await.problem(ProblemType::NotAuthor);

    let page = endpoint.page("").await;
    assert_eq!((page.comments.len(), &page.comments[0].id, page.total), (1, &other.id, 1));
    endpoint.get(&format!("/api/comments/{id}")).await.problem(ProblemType::NotFound);
    endpoint.edit(id, &posted.secret, json!({"body": "عاد"})).await.problem(ProblemType::NotFound);
    let reply = NewComment { parent: Some(id.clone()), ..comment("رد") };
    let problem = endpoint.send(post(&new_key(), &reply)).await.problem(ProblemType::Validation);
    assert_eq!(problem.errors[0].reason, Reason::Unknown);
    // Neither does a repeated submission bring it back.
    let again = endpoint.send(post(&key, &new)).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (StatusCode::CREATED, "true"));
    assert_eq!(again.json::<Comment>().state, State::Deleted);
    assert_eq!(endpoint.page("").await.total, 1);
    // Nor is anything of it left in the file.
    endpoint.store.close().await;
    let bytes = std::fs::read(endpoint.file()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("آخر") && !holds("سأحذفه") && !holds("mariam@"));
}

#[tokio::test]
async fn a_deleted_comment_with_replies_leaves_its_place_until_the_last_of_them_goes() {
    let endpoint = Endpoint::new().await;
    let top = endpoint.say("أعلى").await;
    let reply = endpoint.reply(&top.comment.id, "رد").await;
    let deeper = endpoint.reply(&reply.comment.id, "رد على الرد").await;
    for deleted in [&top, &reply] {
        assert_eq!(endpoint.delete(&deleted.comment.id, &deleted.secret).await.status, StatusCode::NO_CONTENT);
    }
    let page = endpoint.page("").await;
    let placeholder = |comment: &Comment, replies| Comment {
        id: comment.id.clone(),
        thread: comment.thread.clone(),
        parent: comment.parent.clone(),
        root: comment.root.clone(),
        created: comment.created.clone(),
        state: State::Deleted,
        replies,
        ..Comment::default()
    };
    let expected = [placeholder(&top.comment, 2), placeholder(&reply.comment, 0), deeper.comment.clone()];
    assert_eq!((page.comments.as_slice(), page.total), (expected.as_slice(), 1));
    assert_eq!(endpoint.get(&format!("/api/comments/{}", top.comment.id)).await.json::<Comment>(), expected[0]);
    // One may still reply there, and be led there.
    let late = endpoint.reply(&reply.comment.id, "رد آخر").await;
    assert_eq!(endpoint.page(&format!("&around={}", late.comment.id)).await.comments.len(), 4);
    assert_eq!(endpoint.page("").await.comments[0].replies, 3);

    for (gone, left) in [(&late, 3), (&deeper, 0)] {
        assert_eq!(endpoint.delete(&gone.comment.id, &gone.secret).await.status, StatusCode::NO_CONTENT);
        assert_eq!(endpoint.page("").await.comments.len(), left);
    }
    assert_eq!(endpoint.page("").await.total, 0);
    endpoint.get(&format!("/api/comments/{}", top.comment.id)).await.problem(ProblemType::NotFound);
}
