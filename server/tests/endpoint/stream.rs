//! What happens in a conversation, as it happens: the real program and those who listen to it.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

use axum::http::Method;
use maqal_contract::{NewComment, ProblemType, State};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{
    Block, Endpoint, Listener, MODERATOR, ORIGIN, Server, THREAD, comment, encoded, new_key, request,
};

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn start(folder: &Path, options: &[&str]) -> Server {
    Server::start(&folder.join("maqal.db"), &[&["--rate-burst", "0"], options].concat())
}

fn say(server: &Server, body: &str) -> String {
    server.posted(&new_key(), &comment(body)).comment.id
}

#[test]
fn a_stream_is_one_for_browsers_and_for_proxies() {
    let folder = folder();
    let server = start(folder.path(), &[]);
    let mut listener = Listener::open(&server, "", "");
    assert_eq!(listener.status(), "200");
    for header in [
        "content-type: text/event-stream",
        "cache-control: no-store",
        "x-accel-buffering: no",
        "x-content-type-options: nosniff",
        &format!("access-control-allow-origin: {ORIGIN}"),
    ] {
        assert!(listener.head.lines().any(|line| line == header), "{header}: {}", listener.head);
    }
    assert!(listener.head.contains("x-request-id: "));
    let first = listener.next().unwrap();
    assert_eq!(first, Block { id: Some("0".into()), retry: Some("3000".into()), ..Block::default() });
}

#[test]
fn what_came_before_is_told_first_and_then_each_change_as_it_is_made() {
    let folder = folder();
    let server = start(folder.path(), &["--moderator-token", MODERATOR]);
    let before = say(&server, "من قبل");
    let mut now = Listener::open(&server, "", "");
    let mut all = Listener::since(&server, "0");
    assert_eq!(all.change().unwrap().0.comment.id, before);

    let mut both = || {
        let (change, id) = now.change().unwrap();
        assert_eq!(all.change().unwrap(), (change.clone(), id));
        change
    };
    let posted = server.posted(&new_key(), &comment("نص"));
    assert_eq!(both(), maqal_contract::Change { comment: posted.comment.clone(), total: 2 });
    let id = &posted.comment.id;
    server.edit(id, &posted.secret, &json!({"body": "نص أدق"}));
    assert_eq!(both().comment.body, "نص أدق");
    server.like(id, "the-device-of-salma").unwrap();
    assert_eq!(both().comment.likes, 1);
    server.edit(id, MODERATOR, &json!({"pinned": true}));
    assert!(both().comment.pinned);
    server.delete(id, &posted.secret);
    let gone = both();
    assert_eq!((gone.comment.id, gone.comment.state, gone.total), (id.clone(), State::Deleted, 1));
}

#[test]
fn a_comment_that_waits_for_a_moderator_is_told_when_it_is_published() {
    let folder = folder();
    let server = start(folder.path(), &["--moderate", "--moderator-token", MODERATOR]);
    let mut listener = Listener::since(&server, "0");
    let waiting = say(&server, "ينتظر");
    let published = say(&server, "ينشر");
    server.edit(&published, MODERATOR, &json!({"state": "published"}));
    assert_eq!(listener.change().unwrap().0.comment.id, published);
    server.edit(&waiting, MODERATOR, &json!({"state": "published"}));
    assert_eq!(listener.change().unwrap().0.comment.id, waiting);
}

#[test]
fn whoever_was_cut_off_goes_on_from_the_last_event() {
    let folder = folder();
    let server = start(folder.path(), &[]);
    let mut listener = Listener::open(&server, "", "");
    let begin = listener.next().unwrap().id.unwrap();
    let first = say(&server, "أول");
    let (heard, moment) = listener.change().unwrap();
    assert_eq!(heard.comment.id, first);
    drop(listener);
    let second = say(&server, "ثان");

    // Before the first event one resumes from where one began.
    let mut listener = Listener::open(&server, "", &format!("Last-Event-ID: {begin}\r\n"));
    assert_eq!(listener.change().unwrap().0.comment.id, first);
    // A browser that connects again asks for the address that it asked for before.
    let after_first = format!("Last-Event-ID: {}\r\n", moment);
    for since in ["&since=0", "&since=1000000", ""] {
        let mut listener = Listener::open(&server, since, &after_first);
        assert_eq!(listener.change().unwrap().0.comment.id, second);
    }
    server.kill();
    let server = start(folder.path(), &[]);
    let mut listener = Listener::open(&server, "&since=0", &after_first);
    assert_eq!(listener.change().unwrap().0.comment.id, second);
    let third = say(&server, "ثالث");
    assert_eq!(listener.change().unwrap().0.comment.id, third);
}

#[test]
fn whoever_is_cut_off_again_and_again_still_gets_on() {
    let folder = folder();
    let server = start(folder.path(), &[]);
    let ids: Vec<_> = (0..30).map(|number| say(&server, &number.to_string())).collect();
    let mut whole = Listener::since(&server, "0");
    let mut moment = String::from("0");
    for id in ids {
        assert_eq!(whole.change().unwrap().0.comment.id, id);
        let (change, next) = Listener::open(&server, "", &format!("Last-Event-ID: {moment}\r\n")).change().unwrap();
        assert_eq!(change.comment.id, id);
        moment = next;
    }
}

#[test]
fn of_many_writers_every_listener_hears_every_comment_once_and_in_order() {
    const WRITERS: usize = 4;
    const EACH: usize = 25;
    let folder = folder();
    let server = start(folder.path(), &[]);
    let heard: Vec<Vec<String>> = thread::scope(|scope| {
        let server = &server;
        let listeners: Vec<_> = (0..16)
            .map(|number| {
                let mut listener = Listener::open(server, "", "");
                scope.spawn(move || {
                    let mut heard = Vec::new();
                    while heard.len() < WRITERS * EACH {
                        let (change, moment) = listener.change().unwrap();
                        heard.push(change.comment.id);
                        // Every other one is cut off now and then.
                        if number % 2 == 1 && heard.len() % 7 == 0 {
                            listener = Listener::open(server, "", &format!("Last-Event-ID: {moment}\r\n"));
                        }
                    }
                    heard
                })
            })
            .collect();
        for writer in 0..WRITERS {
            scope.spawn(move || {
                let mut parent = None;
                for number in 0..EACH {
                    let new = NewComment { parent: parent.take(), ..comment(&format!("{writer} {number}")) };
                    let posted = server.posted(&new_key(), &new).comment;
                    parent = Some(posted.id).filter(|_| number % 3 > 0);
                }
            });
        }
        listeners.into_iter().map(|listener| listener.join().unwrap()).collect()
    });
    let stored: BTreeSet<_> = server.all().comments.into_iter().map(|comment| comment.id).collect();
    for order in &heard {
        assert_eq!(*order, heard[0], "all hear them in the order in which they were stored");
        assert_eq!(order.iter().cloned().collect::<BTreeSet<_>>(), stored);
    }
}

#[test]
fn a_stream_takes_neither_the_places_nor_the_time_of_requests_nor_a_connection_to_the_database() {
    let folder = folder();
    let options = ["--max-requests", "1", "--request-timeout", "1", "--stream-heartbeat", "1"];
    let server = start(folder.path(), &options);
    let mut listeners: Vec<_> = (0..20).map(|_| Listener::since(&server, "0")).collect();
    for listener in &mut listeners {
        let mut heartbeats = 0;
        while heartbeats < 3 {
            heartbeats += listener.next().unwrap().comments;
        }
    }
    let id = say(&server, "نص");
    for listener in &mut listeners {
        assert_eq!(listener.change().unwrap().0.comment.id, id);
    }
}

#[test]
fn what_another_process_stores_in_the_same_file_is_told_with_the_next_heartbeat() {
    let folder = folder();
    let (here, there) = (start(folder.path(), &["--stream-heartbeat", "1"]), start(folder.path(), &[]));
    let mut listener = Listener::since(&here, "0");
    let id = say(&there, "نص");
    assert_eq!(listener.change().unwrap().0.comment.id, id);
}

#[test]
fn beyond_the_cap_listeners_are_told_to_come_back_and_whoever_goes_leaves_a_place() {
    let folder = folder();
    let server = start(folder.path(), &["--max-streams", "2"]);
    let (one, mut other) = (Listener::since(&server, "0"), Listener::since(&server, "0"));
    let third = Listener::open(&server, "", "");
    assert_eq!(third.status(), "503");
    for header in ["retry-after: 30", &format!("access-control-allow-origin: {ORIGIN}")] {
        assert!(third.head.lines().any(|line| line == header), "{}", third.head);
    }
    drop(one);
    // The server learns of it a moment later.
    let mut third = loop {
        let third = Listener::open(&server, "&since=0", "");
        if third.status() == "200" {
            break third;
        }
        thread::yield_now();
    };
    let id = say(&server, "نص");
    for listener in [&mut other, &mut third] {
        assert_eq!(listener.change().unwrap().0.comment.id, id);
    }
}

#[test]
fn sigterm_does_not_wait_for_those_who_listen() {
    let folder = folder();
    let server = start(folder.path(), &["--shutdown-grace", "3600"]);
    let mut listeners: Vec<_> = (0..20).map(|_| Listener::since(&server, "0")).collect();
    let id = say(&server, "نص");
    for listener in &mut listeners {
        assert_eq!(listener.change().unwrap().0.comment.id, id);
    }
    server.signal("TERM");
    for mut listener in listeners {
        assert_eq!(listener.next(), None);
    }
    let (status, log) = server.wait();
    assert_eq!(status.code(), Some(0), "{log}");
    let streams: Vec<_> = log.lines().filter(|line| line.contains("/api/comments/stream")).collect();
    assert_eq!(streams.len(), 20, "{log}");
    assert!(streams.iter().all(|line| line.contains("status=200") && !line.contains("thread")), "{log}");
}

#[tokio::test]
async fn an_event_id_that_is_not_ours_is_refused_and_an_empty_one_is_none() {
    let endpoint = Endpoint::new().await;
    let address = format!("/api/comments/stream?thread={}", encoded(THREAD));
    for id in ["now", "-1", "0197a3c2d5e87c3e9b1f4a6d8c0e2f11"] {
        let mut asked = request(Method::GET, &address);
        asked.headers_mut().insert("last-event-id", id.parse().unwrap());
        let problem = endpoint.send(asked).await.problem(ProblemType::Malformed);
        assert!(problem.detail.unwrap().contains("Last-Event-ID"));
    }
    let mut asked = request(Method::HEAD, &address);
    asked.headers_mut().insert("last-event-id", "".parse().unwrap());
    assert_eq!(endpoint.send(asked).await.header("content-type"), "text/event-stream");
}

#[tokio::test]
async fn where_the_database_fails_a_listener_is_refused_as_any_request() {
    let endpoint = Endpoint::new().await;
    endpoint.store.close().await;
    let answer = endpoint.get("/api/comments/stream?thread=t").await;
    answer.problem(ProblemType::Unavailable);
    assert!(!answer.header("retry-after").is_empty());
}
