//! Adding a comment, and what is refused.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use maqal_contract::limits::{BODY_MAX_CHARS, NAME_MAX_CHARS, THREAD_MAX_BYTES};
use maqal_contract::{Comment, NewComment, Page, Posted, ProblemType, Reason};
use serde_json::Value;

use crate::support::{Answer, Endpoint, THREAD, comment, encoded, new_key, post};

async fn post_raw(endpoint: &Endpoint, media_type: &str, key: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/api/comments").header("content-type", media_type).header("idempotency-key", key);
    endpoint.send(request.body(body.into()).unwrap()).await
}

async fn total(endpoint: &Endpoint) -> u64 {
    endpoint.get(&format!("/api/comments?thread={}", encoded(THREAD))).await.json::<Page>().total
}

#[tokio::test]
async fn a_comment_is_answered_with_what_was_stored_where_it_is_and_its_secret() {
    let endpoint = Endpoint::new().await;
    let answer = endpoint.send(post(&new_key(), &comment("شكرًا *جزيلًا*.\nإلى اللقاء"))).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("idempotency-replayed"), "");

    let json: Value = answer.json();
    let mut fields: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "body",
            "created",
            "editable_until",
            "featured",
            "html",
            "id",
            "likes",
            "name",
            "pinned",
            "replies",
            "secret",
            "state",
            "thread"
        ]
    );

    let Posted { comment, secret, .. } = answer.json();
    assert_eq!((comment.thread.as_str(), comment.name.as_str()), (THREAD, "مريم"));
    assert_eq!(comment.body, "شكرًا *جزيلًا*.\nإلى اللقاء");
    assert_eq!(comment.html, r#"<p dir="auto">شكرًا <em>جزيلًا</em>.<br>إلى اللقاء</p>"#);
    assert!(secret.len() >= 32);
    let created = humantime::parse_rfc3339(&comment.created).unwrap();
    assert!(created.elapsed().unwrap().as_secs() < 60);

    let stored: Comment = endpoint.get(answer.header("location")).await.json();
    assert_eq!(stored, comment);
}

#[tokio::test]
async fn two_comments_have_ids_in_the_order_of_time_and_secrets_of_their_own() {
    let endpoint = Endpoint::new().await;
    let (first, second) = (endpoint.say("أول").await, endpoint.say("أول").await);
    assert!(first.comment.id < second.comment.id);
    assert_ne!(first.secret, second.secret);
}

#[tokio::test]
async fn every_refused_field_is_named_in_one_answer() {
    let endpoint = Endpoint::new().await;
    let bad = NewComment {
        thread: "t".repeat(THREAD_MAX_BYTES + 1),
        name: "\u{202E}\u{200F}".into(),
        body: " ".into(),
        ..NewComment::default()
    };
    let problem = endpoint.send(post(&new_key(), &bad)).await.problem(ProblemType::Validation);
    let named: Vec<_> = problem.errors.iter().map(|e| (e.field.as_str(), e.reason, e.max)).collect();
    assert_eq!(
        named,
        [
            ("name", Reason::Invisible, None),
            ("body", Reason::Missing, None),
            ("thread", Reason::TooLong, Some(THREAD_MAX_BYTES))
        ]
    );
}

#[tokio::test]
async fn a_name_that_hides_or_fakes_is_refused_with_its_reason_and_what_is_hidden_in_one_is_dropped() {
    let endpoint = Endpoint::new().await;
    for (name, reason) in [
        ("...", Reason::NoLetter),
        ("S\u{430}lma", Reason::MixedScripts),
        ("\u{430}\u{441}\u{430}", Reason::LookAlike),
        ("𝓢𝓪𝓵𝓶𝓪", Reason::LookAlike),
    ] {
        let bad = NewComment { thread: "t".into(), name: name.into(), body: "نص".into(), ..NewComment::default() };
        let problem = endpoint.send(post(&new_key(), &bad)).await.problem(ProblemType::Validation);
        let error = &problem.errors[0];
        assert_eq!((error.pointer.as_str(), error.reason, problem.errors.len()), ("#/name", reason, 1), "{name}");
        assert!(error.detail.starts_with("name "), "{}", error.detail);
    }
    let hidden = NewComment {
        thread: "t".into(),
        name: "سلم\u{200B}\u{202E}ى".into(),
        body: "نص".into(),
        ..NewComment::default()
    };
    let posted: Posted = endpoint.send(post(&new_key(), &hidden)).await.json();
    assert_eq!(posted.comment.name, "سلمى");
}

#[tokio::test]
async fn a_field_that_is_not_there_is_missing_and_not_malformed() {
    let endpoint = Endpoint::new().await;
    for body in [r#"{"thread":"t","body":"b"}"#, r#"{"thread":"t","body":"b","name":null}"#] {
        let problem = post_raw(&endpoint, "application/json", &new_key(), body).await.problem(ProblemType::Validation);
        assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].reason), ("name", Reason::Missing));
        assert_eq!(problem.errors.len(), 1);
    }
}

#[tokio::test]
async fn the_longest_fields_are_taken_and_one_character_more_is_not() {
    let endpoint = Endpoint::new().await;
    let longest = NewComment {
        thread: "t".repeat(THREAD_MAX_BYTES),
        name: "م".repeat(NAME_MAX_CHARS),
        // Outside the first plane: the longest in UTF-8.
        body: "𐤀".repeat(BODY_MAX_CHARS),
        ..NewComment::default()
    };
    let posted: Posted = endpoint.send(post(&new_key(), &longest)).await.json();
    assert_eq!(posted.comment.body, longest.body);
    let read: Comment = endpoint.get(&format!("/api/comments/{}", posted.comment.id)).await.json();
    assert_eq!(read.body, longest.body);

    let more = NewComment { body: longest.body.clone() + "𐤀", ..longest };
    let problem = endpoint.send(post(&new_key(), &more)).await.problem(ProblemType::Validation);
    assert_eq!(problem.errors[0].max, Some(BODY_MAX_CHARS));
}

#[tokio::test]
async fn the_longest_comment_fits_even_when_every_character_is_escaped() {
    let endpoint = Endpoint::new().await;
    let body = r"\ud802\udd00".repeat(BODY_MAX_CHARS);
    let json = format!(r#"{{"thread":"t","name":"n","body":"{body}"}}"#);
    let answer = post_raw(&endpoint, "application/json", &new_key(), json).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
}

#[tokio::test]
async fn a_name_is_stored_as_it_is_shown_and_a_text_as_it_was_typed() {
    let endpoint = Endpoint::new().await;
    let typed = NewComment {
        thread: THREAD.into(),
        name: " سلمى\n\u{202E}العلوي ".into(),
        body: "أ\0ب\u{200F} \u{202E}ج\u{202C}\r\nد".into(),
        ..NewComment::default()
    };
    let posted: Posted = endpoint.send(post(&new_key(), &typed)).await.json();
    assert_eq!(posted.comment.name, "سلمى العلوي");
    assert_eq!(posted.comment.body, typed.body);
    assert!(!posted.comment.html.contains('\0'));
    let page: Page = endpoint.get(&format!("/api/comments?thread={}", encoded(THREAD))).await.json();
    assert_eq!(page.comments, [posted.comment]);
}

#[tokio::test]
async fn what_is_not_json_of_the_right_shape_is_refused_and_stores_nothing() {
    let endpoint = Endpoint::new().await;
    let whole = serde_json::to_string(&comment("نص")).unwrap();
    let deep = format!(r#"{{"name":{}"#, "[".repeat(50_000));
    let cases: [Vec<u8>; 9] = [
        b"".to_vec(),
        b"null".to_vec(),
        whole[..whole.len() - 1].into(),
        format!("{whole}{whole}").into(),
        format!("[{whole}]").into(),
        format!(r#"{{"name":"x",{}"#, &whole[1..]).into(),
        br#"{"thread":"t","name":"n","body":"\udead"}"#.to_vec(),
        b"{\"thread\":\"t\",\"name\":\"n\",\"body\":\"\xc3\x28\"}".to_vec(),
        deep.into(),
    ];
    for body in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let answer = post_raw(&endpoint, "application/json", &new_key(), body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{shown}");
        assert!(answer.problem(ProblemType::Malformed).detail.is_some(), "{shown}");
    }
    assert_eq!(total(&endpoint).await, 0);
}

#[tokio::test]
async fn fields_of_a_later_version_are_ignored() {
    let endpoint = Endpoint::new().await;
    let mut json: Value = serde_json::to_value(comment("نص")).unwrap();
    json["attachment"] = serde_json::json!({"deep": [[[1]]]});
    let answer = post_raw(&endpoint, "application/json; charset=utf-8", &new_key(), json.to_string()).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_body_of_another_media_type_is_refused() {
    let endpoint = Endpoint::new().await;
    let whole = serde_json::to_string(&comment("نص")).unwrap();
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""] {
        let answer = post_raw(&endpoint, media_type, &new_key(), whole.clone()).await;
        answer.problem(ProblemType::UnsupportedMediaType);
    }
    assert_eq!(total(&endpoint).await, 0);
}

#[tokio::test]
async fn a_submission_needs_exactly_one_usable_key() {
    let endpoint = Endpoint::new().await;
    let mut missing = post(&new_key(), &comment("نص"));
    missing.headers_mut().remove("idempotency-key");
    let mut twice = post(&new_key(), &comment("نص"));
    twice.headers_mut().append("idempotency-key", new_key().parse().unwrap());
    let mut foreign = post(&new_key(), &comment("نص"));
    let bytes = axum::http::HeaderValue::from_bytes("مفتاح-عربي-طويل".as_bytes()).unwrap();
    foreign.headers_mut().insert("idempotency-key", bytes);
    for request in [missing, twice, foreign, post("short", &comment("نص")), post(&"k".repeat(129), &comment("نص"))]
    {
        assert!(endpoint.send(request).await.problem(ProblemType::IdempotencyKeyMissing).detail.is_some());
    }
    assert_eq!(total(&endpoint).await, 0);
}
