//! Authors whom the host page vouches for: what a verified identity does, however it was verified.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use maqal_contract::{Badge, Comment, Likes, NewComment, Posted, ProblemType, State};
use maqal_server::author::Identity;
use serde_json::{Value, json};

use crate::support::{Answer, Endpoint, by_reader, comment, new_key, post, request_of};

fn salma() -> Identity {
    Identity {
        subject: "reader-7".into(),
        name: "سلمى العلوي".into(),
        avatar: Some("https://news.example/salma.webp".into()),
        badge: Some(Badge::Staff),
    }
}

/// `request`, whose sender the host page vouches for.
fn of(identity: &Identity, mut request: Request<Body>) -> Request<Body> {
    request.extensions_mut().insert(identity.clone());
    request
}

async fn change(endpoint: &Endpoint, identity: &Identity, method: Method, id: &str, json: Option<Value>) -> Answer {
    endpoint.send(of(identity, request_of(method, &format!("/api/comments/{id}"), json))).await
}

#[tokio::test]
async fn the_hosts_name_picture_and_badge_stand_with_the_comment() {
    let endpoint = Endpoint::new().await;
    for name in ["", "غيرها"] {
        let new = NewComment { name: name.into(), ..comment("نص") };
        let answer = endpoint.send(of(&salma(), post(&new_key(), &new))).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        assert!(!answer.text().contains("reader-7"), "who he is to the host is nobody's business");
        let shown = answer.json::<Comment>();
        assert_eq!((shown.name.as_str(), shown.badge), ("سلمى العلوي", Some(Badge::Staff)));
        assert_eq!(shown.avatar.as_deref(), Some("https://news.example/salma.webp"));
        assert_eq!(endpoint.page("").await.comments[0], shown);
    }
}

#[tokio::test]
async fn a_reader_whom_the_host_renames_meanwhile_repeats_his_submission_all_the_same() {
    let endpoint = Endpoint::new().await;
    let key = new_key();
    let first: Posted = endpoint.send(of(&salma(), post(&key, &comment("نص")))).await.json();
    let renamed = Identity { name: "سلمى".into(), ..salma() };
    let again = endpoint.send(of(&renamed, post(&key, &comment("نص")))).await;
    assert_eq!(again.json::<Posted>(), first);
    let other = Identity { subject: "reader-8".into(), ..salma() };
    endpoint.send(of(&other, post(&key, &comment("نص")))).await.problem(ProblemType::IdempotencyKeyReused);
    endpoint.send(post(&key, &comment("نص"))).await.problem(ProblemType::IdempotencyKeyReused);
}

#[tokio::test]
async fn an_author_is_known_again_on_another_device() {
    let endpoint = Endpoint::new().await;
    let posted: Posted = endpoint.send(of(&salma(), post(&new_key(), &comment("نص")))).await.json();
    let (id, other) = (&posted.comment.id, Identity { subject: "reader-8".into(), ..salma() });
    let text = Some(json!({"body": "غيره"}));
    change(&endpoint, &other, Method::PATCH, id, text.clone()).await.problem(ProblemType::NotAuthor);
    change(&endpoint, &other, Method::DELETE, id, None).await.problem(ProblemType::NotAuthor);
    let edited: Comment = change(&endpoint, &salma(), Method::PATCH, id, text).await.json();
    assert_eq!((edited.body.as_str(), edited.state), ("غيره", State::Published));
    for _ in 0..2 {
        assert_eq!(change(&endpoint, &salma(), Method::DELETE, id, None).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(endpoint.value::<i64>("SELECT COUNT(*) FROM comment WHERE subject IS NOT NULL").await, 0);

    // A comment of a reader whom nobody vouched for is nobody's by a name alone.
    let own = endpoint.say("نص").await.comment.id;
    change(&endpoint, &salma(), Method::DELETE, &own, None).await.problem(ProblemType::NotAuthor);
}

#[tokio::test]
async fn a_known_readers_like_counts_once_whatever_the_device() {
    let endpoint = Endpoint::new().await;
    let id = endpoint.say("نص").await.comment.id;
    let like = |identity: Identity, device: &'static str| {
        let request = request_of(Method::PUT, &format!("/api/comments/{id}/like"), None);
        endpoint.send(of(&identity, by_reader(device, request)))
    };
    for device in ["the-first-device", "the-other-device"] {
        assert_eq!(like(salma(), device).await.json::<Likes>(), Likes { likes: 1, liked: true });
    }
    let other = Identity { subject: "reader-8".into(), ..salma() };
    assert_eq!(like(other, "the-first-device").await.json::<Likes>().likes, 2);
    assert_eq!(endpoint.like(&id, "the-first-device", true).await.likes, 3);
}
