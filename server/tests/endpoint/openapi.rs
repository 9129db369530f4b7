//! The endpoint's description: OpenAPI 3.1, whole, and true.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use maqal_contract::limits::{
    BODY_MAX_CHARS, COUNTS_MAX, IDEMPOTENCY_KEY_MAX, IDEMPOTENCY_KEY_MIN, NAME_MAX_CHARS, PAGE_DEFAULT, PAGE_MAX,
    REPLIES_DEFAULT, REPLIES_MAX, REQUEST_MAX_BYTES, THREAD_MAX_BYTES,
};
use maqal_contract::{
    Badge, Change, Changes, Comment, Counts, Edit, FieldError, Likes, NewComment, Page, Posted, Preview, Problem,
    ProblemType, Reason, Rendered, Report, ReportReason, State,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::support::Endpoint;

async fn document() -> Value {
    let answer = Endpoint::new().await.get("/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
    answer.json()
}

fn every(value: &Value, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| {
            see(name, inner);
            every(inner, see);
        }),
        Value::Array(items) => items.iter().for_each(|inner| every(inner, see)),
        _ => {}
    }
}

/// The properties of a schema, those of `allOf` and behind `$ref` included.
fn properties(document: &Value, schema: &Value) -> BTreeSet<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return properties(document, &document.pointer(reference.trim_start_matches('#')).unwrap().clone());
    }
    let own = schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys().cloned());
    let parts = schema["allOf"].as_array().into_iter().flatten();
    own.chain(parts.flat_map(|part| properties(document, part))).collect()
}

fn fields<T: Serialize>(value: &T) -> BTreeSet<String> {
    serde_json::to_value(value).unwrap().as_object().unwrap().keys().cloned().collect()
}

#[tokio::test]
async fn it_has_the_structure_of_openapi_3_1() {
    let document = document().await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    for name in ["title", "version"] {
        assert!(document["info"][name].is_string());
    }
    let proofs = document["components"]["securitySchemes"].as_object().unwrap();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with('/'));
        for (method, operation) in item.as_object().unwrap() {
            assert!(["get", "post", "put", "patch", "delete"].contains(&method.as_str()), "{method}");
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{path} {method}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["name"].is_string() && parameter["schema"].is_object(), "{parameter}");
                let place = parameter["in"].as_str().unwrap();
                assert!(["query", "header", "path"].contains(&place));
                assert!(place != "path" || (parameter["required"] == json!(true) && path.contains('{')));
            }
            let proved = operation["security"].as_array().into_iter().flatten();
            for name in proved.flat_map(|way| way.as_object().unwrap().keys()) {
                assert!(proofs.contains_key(name), "{name}");
            }
            let responses = operation["responses"].as_object().unwrap();
            assert!(!responses.is_empty());
            for (status, response) in responses {
                assert!(status.parse::<u16>().is_ok_and(|status| (200..600).contains(&status)));
                assert!(!response["description"].as_str().unwrap().is_empty(), "{path} {method} {status}");
            }
        }
    }
    every(&document, &mut |name, value| match name {
        "$ref" => {
            let reference = value.as_str().unwrap();
            assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
        }
        // 3.0's way of saying it.
        "nullable" => panic!("3.0's nullable"),
        "description" => assert!(!value.as_str().unwrap_or_default().contains("[`"), "rustdoc's link: {value}"),
        _ => {}
    });
}

#[tokio::test]
async fn it_names_every_field_of_every_type() {
    let document = document().await;
    let empty = String::new;
    let comment = Comment {
        parent: Some(empty()),
        root: Some(empty()),
        website: Some(empty()),
        avatar: Some(empty()),
        badge: Some(Badge::Staff),
        edited: Some(empty()),
        ..Comment::default()
    };
    let new =
        NewComment { parent: Some(empty()), email: Some(empty()), website: Some(empty()), ..NewComment::default() };
    let page = Page { next: Some(empty()), previous: Some(empty()), live: Some(empty()), ..Page::default() };
    let error = FieldError { field: empty(), pointer: empty(), reason: Reason::Other, max: Some(1), detail: empty() };
    let problem = Problem { errors: vec![error.clone()], ..Problem::new(ProblemType::Validation, empty()) };
    let schema = |name: &str| properties(&document, &document["components"]["schemas"][name]);
    assert_eq!(schema("Comment"), fields(&comment));
    assert_eq!(schema("NewComment"), fields(&new));
    assert_eq!(
        schema("Posted"),
        fields(&Posted { comment: comment.clone(), secret: empty(), editable_until: Some(empty()) })
    );
    assert_eq!(schema("Page"), fields(&page));
    let edit = Edit { body: Some(empty()), pinned: Some(true), featured: Some(true), state: Some(State::Published) };
    let report = Report { reason: ReportReason::Other, note: Some(empty()) };
    assert_eq!(schema("Edit"), fields(&edit));
    assert_eq!(schema("Report"), fields(&report));
    assert_eq!(schema("Likes"), fields(&Likes { likes: 1, liked: true }));
    assert_eq!(schema("Preview"), fields(&Preview::default()));
    assert_eq!(schema("Rendered"), fields(&Rendered::default()));
    assert_eq!(schema("Counts"), fields(&Counts::default()));
    assert_eq!(schema("Change"), fields(&Change { comment: comment.clone(), total: 1 }));
    assert_eq!(schema("Changes"), fields(&Changes { changes: vec![], total: 1, live: empty(), more: true }));
    assert_eq!(schema("Problem"), fields(&problem));
    assert_eq!(schema("FieldError"), fields(&error));
    let reasons = &document["components"]["schemas"]["Reason"];
    let known = [
        Reason::Missing,
        Reason::Invisible,
        Reason::NoLetter,
        Reason::MixedScripts,
        Reason::LookAlike,
        Reason::TooLong,
        Reason::Malformed,
        Reason::Unknown,
        Reason::Other,
    ];
    for reason in known {
        assert!(reasons.to_string().contains(&json!(reason).to_string()), "{reason:?}");
    }
    let reasons = &document["components"]["schemas"]["ReportReason"];
    assert!(ReportReason::ALL.iter().all(|reason| reasons.to_string().contains(&json!(reason).to_string())));
}

#[tokio::test]
async fn it_names_every_parameter_and_every_limit_as_the_contract_has_it() {
    let document = document().await;
    let parameters = |path: &str, method: &str| -> Vec<(String, bool)> {
        let list = document["paths"][path][method]["parameters"].as_array().unwrap();
        list.iter().map(|p| (p["name"].as_str().unwrap().to_owned(), p["required"] == json!(true))).collect()
    };
    let named = |pairs: &[(&str, bool)]| -> Vec<(String, bool)> {
        pairs.iter().map(|&(name, required)| (name.to_owned(), required)).collect()
    };
    let list = ["thread", "after", "before", "around", "root", "limit", "replies", "sort"];
    assert_eq!(parameters("/api/comments", "get"), named(&list.map(|name| (name, name == "thread"))));
    assert_eq!(parameters("/api/comments", "post"), named(&[("Idempotency-Key", true)]));
    for method in ["get", "patch", "delete"] {
        assert_eq!(parameters("/api/comments/{id}", method), named(&[("id", true)]));
    }
    for (path, method) in [("like", "put"), ("like", "delete"), ("reports", "post")] {
        let path = format!("/api/comments/{{id}}/{path}");
        assert_eq!(parameters(&path, method), named(&[("id", true), ("Maqal-Reader", false)]));
    }
    assert_eq!(parameters("/api/comments/count", "get"), named(&[("thread", true)]));
    assert_eq!(document["paths"]["/api/comments/count"]["get"]["parameters"][0]["schema"]["maxItems"], COUNTS_MAX);

    let changes = [("thread", true), ("since", false), ("Last-Event-ID", false)];
    assert_eq!(parameters("/api/comments/changes", "get"), named(&changes[..2]));
    assert_eq!(parameters("/api/comments/stream", "get"), named(&changes));
    for path in ["changes", "stream"] {
        let thread = &document["paths"][format!("/api/comments/{path}")]["get"]["parameters"][0];
        assert_eq!(thread["schema"]["maxLength"], THREAD_MAX_BYTES);
    }

    let parameter = |method: &str, index: usize| &document["paths"]["/api/comments"][method]["parameters"][index];
    assert_eq!(parameter("get", 0)["schema"]["maxLength"], THREAD_MAX_BYTES);
    for (index, default, most) in [(5, PAGE_DEFAULT, PAGE_MAX), (6, REPLIES_DEFAULT, REPLIES_MAX)] {
        let size = parameter("get", index)["description"].as_str().unwrap();
        assert!(size.contains(&default.to_string()) && size.contains(&most.to_string()), "{size}");
    }
    let key = &parameter("post", 0)["schema"];
    assert_eq!((&key["minLength"], &key["maxLength"]), (&json!(IDEMPOTENCY_KEY_MIN), &json!(IDEMPOTENCY_KEY_MAX)));
    let body = document["paths"]["/api/comments"]["post"]["requestBody"]["description"].as_str().unwrap();
    assert!(body.contains(&REQUEST_MAX_BYTES.to_string()));
    let new = &document["components"]["schemas"]["NewComment"]["properties"];
    assert_eq!(new["name"]["maxLength"], NAME_MAX_CHARS);
    assert_eq!(new["body"]["maxLength"], BODY_MAX_CHARS);
}

#[tokio::test]
async fn it_names_every_problem_where_it_can_be_met() {
    let document = document().await;
    let mut named = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let examples = &response["content"]["application/problem+json"]["examples"];
                for example in examples.as_object().into_iter().flat_map(|examples| examples.values()) {
                    let problem: Problem = serde_json::from_value(example["value"].clone()).unwrap();
                    assert_eq!(problem.status.to_string(), *status);
                    assert!(response["description"].as_str().unwrap().contains(&problem.title));
                    named.insert(problem.kind);
                }
                let comes_back = ["429", "503", "504"].contains(&status.as_str());
                assert_eq!(response["headers"]["Retry-After"].is_object(), comes_back, "{status}");
            }
        }
    }
    // The one kind that no described operation can meet.
    named.insert(ProblemType::MethodNotAllowed.uri().to_owned());
    assert_eq!(named, ProblemType::ALL.iter().map(|kind| kind.uri().to_owned()).collect());
}
