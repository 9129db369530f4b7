//! What happens in a conversation while it is read.

use axum::http::{Method, StatusCode};
use fastrand::Rng;
use maqal_contract::limits::CHANGES_MAX;
use maqal_contract::{Changes, Comment, ProblemType, State};
use serde_json::json;
use std::collections::{HashMap, HashSet};

use crate::support::{Endpoint, THREAD, encoded, request};

const SALMA: &str = "the-device-of-salma";

async fn since(endpoint: &Endpoint, moment: &str, limit: u32) -> Changes {
    endpoint.store.changes(THREAD, moment.parse().unwrap(), limit).await.unwrap()
}

async fn live(endpoint: &Endpoint) -> String {
    endpoint.page("").await.live.unwrap()
}

#[tokio::test]
async fn each_change_that_readers_can_see_is_told_once_as_the_comment_is_now() {
    let endpoint = Endpoint::moderated(&[]).await;
    let top = endpoint.say("أعلى").await;
    let begin = live(&endpoint).await;
    assert_eq!(
        since(&endpoint, &begin, 100).await,
        Changes { changes: vec![], total: 1, live: begin.clone(), more: false }
    );

    let reply = endpoint.reply(&top.comment.id, "رد").await;
    endpoint.edit(&reply.comment.id, &reply.secret, json!({"body": "رد أدق"})).await;
    endpoint.like(&reply.comment.id, SALMA, true).await;
    let told = since(&endpoint, &begin, 100).await;
    let [now] = told.changes.as_slice() else { panic!("{told:?}") };
    assert_eq!((now.body.as_str(), now.likes, told.total, told.more), ("رد أدق", 1, 2, false));
    assert_eq!(told.live, live(&endpoint).await);

    for (change, seen) in [
        (json!({"pinned": true}), (State::Published, true, 2)),
        (json!({"state": "pending"}), (State::Deleted, false, 1)),
        (json!({"state": "published"}), (State::Published, false, 2)),
        (json!({"state": "deleted"}), (State::Deleted, false, 1)),
    ] {
        let moment = live(&endpoint).await;
        endpoint.moderate(&top.comment.id, change.clone()).await;
        let told = since(&endpoint, &moment, 100).await;
        let [now] = told.changes.as_slice() else { panic!("{change}: {told:?}") };
        assert_eq!((&now.id, (now.state, now.pinned, told.total)), (&top.comment.id, seen), "{change}");
        assert_eq!(now.name.is_empty(), now.state == State::Deleted);
        assert_eq!(now, &endpoint.page("").await.comments[0]);
    }
}

#[tokio::test]
async fn what_readers_cannot_see_is_not_told() {
    let endpoint = Endpoint::moderated(&["--moderate"]).await;
    let waiting = endpoint.say("ينتظر").await;
    endpoint.edit(&waiting.comment.id, &waiting.secret, json!({"body": "ينتظر بعد"})).await;
    endpoint.delete(&waiting.comment.id, &waiting.secret).await;
    assert_eq!(since(&endpoint, "0", 100).await, Changes { changes: vec![], total: 0, live: "0".into(), more: false });
}

#[tokio::test]
async fn a_place_that_a_reply_brings_back_is_told_before_it() {
    let endpoint = Endpoint::moderated(&[]).await;
    let top = endpoint.say("أعلى").await;
    let middle = endpoint.reply(&top.comment.id, "وسط").await;
    let reply = endpoint.reply(&middle.comment.id, "رد").await;
    endpoint.moderate(&reply.comment.id, json!({"state": "pending"})).await;
    for gone in [&middle, &top] {
        endpoint.delete(&gone.comment.id, &gone.secret).await;
    }
    let page = endpoint.page("").await;
    assert_eq!(page.comments, []);
    endpoint.moderate(&reply.comment.id, json!({"state": "published"})).await;
    let told = since(&endpoint, &page.live.unwrap(), 100).await;
    assert_eq!(told.changes, endpoint.page("").await.comments);
    let ids: Vec<_> = told.changes.iter().map(|comment| &comment.id).collect();
    assert_eq!(ids, [&top.comment.id, &middle.comment.id, &reply.comment.id]);
}

#[tokio::test]
async fn a_comment_that_changes_again_is_still_told_before_its_replies() {
    let endpoint = Endpoint::new().await;
    let top = endpoint.say("أعلى").await.comment.id;
    let reply = endpoint.reply(&top, "رد").await.comment.id;
    for number in 0..5 {
        endpoint.like(&top, &format!("the-device-of-reader-{number}"), true).await;
    }
    let (mut told, mut moment) = (Vec::new(), "0".to_owned());
    loop {
        let part = since(&endpoint, &moment, 1).await;
        told.extend(part.changes.into_iter().map(|comment| (comment.id, comment.likes)));
        moment = part.live;
        if !part.more {
            break;
        }
    }
    // Five likes are told as one change.
    assert_eq!(told, [(top.clone(), 5), (reply, 0), (top, 5)]);
}

#[tokio::test]
async fn conversations_hear_of_their_own_changes_only() {
    let endpoint = Endpoint::new().await;
    let mut here = endpoint.store.subscribe(THREAD);
    let mut there = endpoint.store.subscribe("https://news.example/43");
    let posted = endpoint.say("نص").await;
    here.changed().await.unwrap();
    assert_eq!(here.borrow_and_update().to_string(), live(&endpoint).await);
    endpoint.edit(&posted.comment.id, &posted.secret, json!({"body": "نص"})).await;
    assert!(!here.has_changed().unwrap(), "an edit to the same text is no change");
    endpoint.edit(&posted.comment.id, &posted.secret, json!({"body": "غيره"})).await;
    assert!(here.has_changed().unwrap());
    here.mark_unchanged();
    endpoint.like(&posted.comment.id, SALMA, true).await;
    assert!(here.has_changed().unwrap());
    here.mark_unchanged();
    endpoint.delete(&posted.comment.id, &posted.secret).await;
    assert!(here.has_changed().unwrap());
    assert!(!there.has_changed().unwrap());
    assert_eq!(endpoint.store.changes("https://news.example/43", 0, 100).await.unwrap().live, "0");
    there.mark_unchanged();
}

#[tokio::test]
async fn a_moment_that_this_file_never_had_counts_as_now() {
    let endpoint = Endpoint::new().await;
    endpoint.say("نص").await;
    let now = live(&endpoint).await;
    for moment in ["1000000", &u64::MAX.to_string()] {
        let told = since(&endpoint, moment, 100).await;
        assert_eq!((told.changes.len(), &told.live, told.more), (0, &now, false));
    }
}

/// The address of the changes of [`THREAD`]; `parameters` begin with `&`.
fn address(parameters: &str) -> String {
    format!("/api/comments/changes?thread={}{parameters}", encoded(THREAD))
}

#[tokio::test]
async fn whoever_asks_again_and_again_hears_everything_once() {
    let endpoint = Endpoint::new().await;
    let most = CHANGES_MAX as usize;
    for number in 0..=most {
        endpoint.say(&number.to_string()).await;
    }
    let first: Changes = endpoint.get(&address("&since=0")).await.json();
    assert_eq!((first.changes.len(), first.more, first.total), (most, true, most as u64 + 1));
    let rest: Changes = endpoint.get(&address(&format!("&since={}", first.live))).await.json();
    assert_eq!((rest.changes.len(), rest.more), (1, false));
    assert_eq!(rest.changes[0].body, most.to_string());
    let after = endpoint.get(&address(&format!("&since={}", rest.live))).await;
    assert_eq!(after.json::<Changes>(), Changes { changes: vec![], ..rest });

    let mut again = request(Method::GET, &address(&format!("&since={}", after.json::<Changes>().live)));
    again.headers_mut().insert("if-none-match", after.header("etag").parse().unwrap());
    let again = endpoint.send(again).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn without_a_moment_the_changes_begin_now() {
    let endpoint = Endpoint::new().await;
    endpoint.say("نص").await;
    for parameters in ["", "&since="] {
        let now: Changes = endpoint.get(&address(parameters)).await.json();
        assert_eq!(now, Changes { changes: vec![], total: 1, live: live(&endpoint).await, more: false });
    }
}

#[tokio::test]
async fn a_moment_that_is_not_ours_is_refused() {
    let endpoint = Endpoint::new().await;
    for moment in ["-1", "%2B1", "1.5", "now", "٤٢", "AQEAAAAAAAAAAQ", "18446744073709551616"] {
        for path in ["changes", "stream"] {
            let address = format!("/api/comments/{path}?thread=t&since={moment}");
            let problem = endpoint.get(&address).await.problem(ProblemType::Malformed);
            assert!(problem.detail.unwrap().contains("parameter since"), "{moment}");
        }
    }
    for path in ["changes", "stream"] {
        let problem = endpoint.get(&format!("/api/comments/{path}")).await.problem(ProblemType::Malformed);
        assert!(problem.detail.unwrap().contains("parameter thread"));
    }
}

/// A reader who follows the changes, however few at a time, knows in the end what one knows who comes then; and never
/// hears of a reply before the comment that it replies to.
#[tokio::test]
async fn whoever_follows_the_changes_knows_what_a_newcomer_sees() {
    for seed in 0..8 {
        let mut random = Rng::with_seed(seed);
        let endpoint = Endpoint::moderated(&[]).await;
        let mut said = Vec::new();
        let (mut known, mut moment) = (HashMap::<String, Comment>::new(), "0".to_owned());
        for _ in 0..60 {
            act(&endpoint, &mut random, &mut said).await;
            while random.u8(..) < 100 {
                let told = since(&endpoint, &moment, random.u32(1..4)).await;
                learn(&mut known, &told.changes, seed);
                moment = told.live;
            }
        }
        loop {
            let told = since(&endpoint, &moment, 2).await;
            learn(&mut known, &told.changes, seed);
            moment = told.live;
            if !told.more {
                assert_eq!(told.total, known.values().filter(|comment| comment.state != State::Deleted).count() as u64);
                break;
            }
        }
        let page = endpoint.page("&limit=100&replies=100").await;
        assert_eq!(page.live.as_deref(), Some(moment.as_str()));
        for comment in page.comments {
            // A top-level comment's number of replies is not told with each reply.
            let heard = Comment { replies: comment.replies, ..known.remove(&comment.id).unwrap() };
            assert_eq!(heard, comment, "seed {seed}");
        }
        assert!(known.values().all(|comment| comment.state == State::Deleted), "seed {seed}");
    }
}

fn learn(known: &mut HashMap<String, Comment>, changes: &[Comment], seed: u64) {
    let mut once = HashSet::new();
    for comment in changes {
        assert!(once.insert(&comment.id), "seed {seed}: told twice in one answer");
        assert!(comment.parent.iter().all(|parent| known.contains_key(parent)), "seed {seed}: a reply came too early");
        known.insert(comment.id.clone(), comment.clone());
    }
}

/// Does one thing or another to a conversation of which `said` are the ids so far.
pub async fn act(endpoint: &Endpoint, random: &mut Rng, said: &mut Vec<String>) {
    let old = random.choice(&*said).cloned();
    let standing = match &old {
        Some(id) => endpoint.get(&format!("/api/comments/{id}")).await.status.is_success(),
        None => false,
    };
    match (old, random.u8(..12)) {
        (Some(id), 0..4) if standing => said.push(endpoint.reply(&id, "رد").await.comment.id),
        (Some(id), 4) => _ = endpoint.delete(&id, crate::support::MODERATOR).await,
        (Some(id), 5) => _ = endpoint.edit(&id, crate::support::MODERATOR, json!({"state": "pending"})).await,
        (Some(id), 6) => _ = endpoint.edit(&id, crate::support::MODERATOR, json!({"state": "published"})).await,
        (Some(id), 7) => {
            let pinned = random.bool();
            endpoint.edit(&id, crate::support::MODERATOR, json!({"pinned": pinned})).await;
        }
        (Some(id), 8..10) => {
            let reader = format!("the-device-of-reader-{}", random.u8(..4));
            let method = if random.u8(..4) > 0 { axum::http::Method::PUT } else { axum::http::Method::DELETE };
            let request = crate::support::request_of(method, &format!("/api/comments/{id}/like"), None);
            endpoint.send(crate::support::by_reader(&reader, request)).await;
        }
        _ => said.push(endpoint.say(&said.len().to_string()).await.comment.id),
    }
}
