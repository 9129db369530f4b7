//! The program itself: start, `kill -9`, an orderly end, its log.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::{fs, thread};

use maqal_contract::{Comment, NewComment, Page, Posted};
use serde_json::Value;

use crate::support::{ORIGIN, Server, comment, new_key, start_refused};

/// What a writer knows of a comment of his.
struct Acknowledged {
    key: String,
    new: NewComment,
    posted: Posted,
    likes: u64,
}

#[test]
fn comments_replies_and_likes_that_were_acknowledged_outlive_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("maqal.db");
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    for round in 0..3 {
        let server = Server::start(&database, &["--rate-burst", "0"]);
        let (list, count, killed) = (Mutex::new(Vec::new()), AtomicUsize::new(0), AtomicBool::new(false));
        thread::scope(|scope| {
            let writers: Vec<_> = (0..4)
                .map(|writer| {
                    let (server, list, count, killed) = (&server, &list, &count, &killed);
                    scope.spawn(move || {
                        let (mut said, mut parent, mut refused) = (Vec::<Acknowledged>::new(), None, None);
                        for number in 0.. {
                            let body = format!("نص {round} {writer} {number}");
                            let (key, new) = (new_key(), NewComment { parent: parent.take(), ..comment(&body) });
                            // The connection breaks when the server is killed.
                            let answer = server.post(&key, &new);
                            let Some((201, text)) = answer else {
                                refused = answer;
                                break;
                            };
                            let posted: Posted = serde_json::from_str(&text).unwrap();
                            parent = Some(posted.comment.id.clone()).filter(|_| number % 3 > 0);
                            said.push(Acknowledged { key, new, posted, likes: 0 });
                            count.fetch_add(1, Ordering::SeqCst);
                            let first = &mut said[0];
                            let reader = format!("reader-{round}-{writer}-{number}-of-the-test");
                            let Some(likes) = server.like(&first.posted.comment.id, &reader) else { break };
                            first.likes = likes.likes;
                        }
                        assert!(killed.load(Ordering::SeqCst), "it failed before the server was killed: {refused:?}");
                        list.lock().unwrap().extend(said);
                    })
                })
                .collect();
            // One that has ended already has failed.
            while count.load(Ordering::SeqCst) < 60 && !writers.iter().any(|writer| writer.is_finished()) {
                thread::yield_now();
            }
            killed.store(true, Ordering::SeqCst);
            server.signal("KILL");
        });
        server.kill();
        acknowledged.extend(list.into_inner().unwrap());
    }

    let server = Server::start(&database, &["--rate-burst", "0"]);
    let Page { comments, total, .. } = server.all();
    assert_eq!(comments.len() as u64, total);
    for Acknowledged { posted, likes, .. } in &acknowledged {
        let found = comments.iter().find(|comment| comment.id == posted.comment.id);
        let found = found.unwrap_or_else(|| panic!("an acknowledged comment is lost"));
        // The answer to a like may be lost as well.
        assert!((*likes..=*likes + 1).contains(&found.likes), "an acknowledged like is lost");
        let under = comments.iter().filter(|comment| comment.root.as_ref() == Some(&found.id)).count();
        assert_eq!(found.replies, under as u64);
        let then = Comment { likes: 0, replies: 0, ..found.clone() };
        assert_eq!(then, posted.comment);
    }
    // The readers whose answer was lost send again: nothing is there twice, and secrets are as they were.
    for Acknowledged { key, new, posted, .. } in &acknowledged {
        let again = server.posted(key, new);
        assert_eq!((&again.comment.id, &again.secret), (&posted.comment.id, &posted.secret));
        assert_eq!(again.editable_until, posted.editable_until);
    }
    assert_eq!(server.all().total, total);
}

/// Sends the headers of a submission and waits until the server asks for its body: it is then under way for certain.
fn submission_under_way(server: &Server, body: &str) -> (TcpStream, String) {
    let json = serde_json::to_string(&comment(body)).unwrap();
    let mut stream = server.connect();
    let (key, length) = (new_key(), json.len());
    write!(
        stream,
        "POST /api/comments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: {key}\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
    )
    .unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    (stream, json)
}

#[test]
fn a_request_under_way_is_finished_after_sigterm_and_the_database_is_closed() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("maqal.db");
        let server = Server::start(&database, &[]);
        let (mut stream, json) = submission_under_way(&server, "نص في الطريق");
        server.signal(signal);
        server.wait_until_it_says("stopping");
        stream.write_all(json.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
        let (status, log) = server.wait();
        assert_eq!(status.code(), Some(0), "{log}");
        let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(files, ["maqal.db"], "{log}");

        let server = Server::start(&database, &[]);
        assert_eq!(server.all().comments[0].body, "نص في الطريق");
    }
}

#[test]
fn a_request_that_never_ends_does_not_hold_the_server_when_a_second_signal_comes() {
    let folder = tempfile::tempdir().unwrap();
    let server =
        Server::start(&folder.path().join("maqal.db"), &["--shutdown-grace", "3600", "--request-timeout", "3600"]);
    let (_stream, _json) = submission_under_way(&server, "نص");
    server.signal("TERM");
    server.wait_until_it_says("stopping");
    server.signal("TERM");
    assert_eq!(server.wait().0.code(), Some(0));
}

#[test]
fn a_request_that_never_ends_does_not_hold_the_server_beyond_the_grace() {
    let folder = tempfile::tempdir().unwrap();
    let server =
        Server::start(&folder.path().join("maqal.db"), &["--shutdown-grace", "0", "--request-timeout", "3600"]);
    let (_stream, _json) = submission_under_way(&server, "نص");
    server.signal("TERM");
    assert_eq!(server.wait().0.code(), Some(0));
}

#[test]
fn a_page_hears_why_its_megabyte_was_refused_although_it_was_still_sending() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("maqal.db"), &[]);
    for _ in 0..5 {
        let mut stream = server.connect();
        let length = 1 << 20;
        write!(
            stream,
            "POST /api/comments HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\nContent-Type: application/json\r\n\
             Idempotency-Key: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            new_key()
        )
        .unwrap();
        stream.write_all(&vec![b'x'; length]).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.contains("urn:maqal:problem:too-large") && answer.contains("access-control-allow-origin"));
    }
}

#[test]
fn what_is_not_http_harms_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("maqal.db"), &[]);
    let key = "k".repeat(100_000);
    let cases = [
        "\u{1}\u{2}\u{3}\r\n\r\n".to_owned(),
        format!("POST /api/comments HTTP/1.1\r\nHost: x\r\nIdempotency-Key: {key}\r\n\r\n"),
        "POST /api/comments HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n".to_owned(),
    ];
    for sent in cases {
        let mut stream = server.connect();
        // It may close before all is sent.
        let _refused = stream.write_all(sent.as_bytes());
        let mut status = String::new();
        let _closed = BufReader::new(stream).read_line(&mut status);
        assert!(status.is_empty() || status.starts_with("HTTP/1.1 4"), "{status}");
    }
    server.posted(&new_key(), &comment("نص"));
}

#[test]
fn the_log_has_a_line_for_each_request_and_nothing_that_readers_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let options = ["--log-format", "json", "--log", "debug,hyper=info", "--rate-burst", "0"];
    let server = Server::start(&folder.path().join("maqal.db"), &options);
    let key = new_key();
    let secret = server.posted(&key, &comment("نص سري جدًا")).secret;
    server.posted(&key, &comment("نص سري جدًا"));
    assert_eq!(server.post(&key, &comment("غيره")).unwrap().0, 422);
    server.all();
    server.signal("TERM");
    let (_, log) = server.wait();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let requests: Vec<_> = lines.iter().filter(|line| line["message"] == "request").collect();
    let told: Vec<_> =
        requests.iter().map(|line| (line["method"].as_str().unwrap(), line["status"].as_u64())).collect();
    assert_eq!(told, [("POST", Some(201)), ("POST", Some(201)), ("POST", Some(422)), ("GET", Some(200))]);
    for line in requests {
        assert_eq!(line["path"], "/api/comments");
        assert!(line["latency_ms"].as_f64().unwrap() >= 0.0);
        assert_eq!(line["request_id"].as_str().unwrap().len(), 32);
    }
    for kept_back in ["سري", "غيره", "مريم", &key, &secret, "news.example/"] {
        assert!(!log.contains(kept_back), "{kept_back} stands in the log");
    }
    assert!(lines.iter().any(|line| line["message"] == "listening"));
    assert!(lines.iter().any(|line| line["message"] == "stopped"));
}

#[test]
fn a_wrong_option_ends_the_start_with_a_sentence_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("maqal.db");
    let text = folder.path().join("notes.txt");
    fs::write(&text, "not a database, but long enough to be read as the header of one; ".repeat(20)).unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let missing = folder.path().join("none/maqal.db");
    let cases: [(&std::path::Path, &[&str], &str); 9] = [
        (&database, &["--moderate"], "--moderator-token"),
        (&database, &["--moderator-token", "short"], "--moderator-token"),
        (&database, &["--allow-origin", "news.example"], "--allow-origin"),
        (&database, &["--rate-burst", "many"], "--rate-burst"),
        (&database, &["--log", "maqal=loud"], "--log"),
        (&database, &["--unknown"], "--unknown"),
        (&text, &[], "--database"),
        (folder.path(), &[], "--database"),
        (&missing, &[], "--database"),
    ];
    for (database, options, named) in cases {
        let output = start_refused(database, options);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with("error: ") && said.contains(named), "{said}");
        assert!(output.stdout.is_empty());
    }
    let output = start_refused(&database, &["--listen", &taken]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--listen"), "{said}");
}

#[test]
fn the_openapi_document_is_printed_without_starting_anything() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("maqal.db");
    let output = start_refused(&database, &["--print-openapi"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert!(output.status.success() && !database.exists());
}
