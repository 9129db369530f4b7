//! Reading a conversation: order, counts, pages, parameters, revalidation.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use maqal_contract::limits::{PAGE_DEFAULT, PAGE_MAX};
use maqal_contract::{Page, ProblemType};

use crate::support::{Endpoint, address, comment, encoded, new_key, post, request};

fn bodies(page: &Page) -> Vec<&str> {
    page.comments.iter().map(|comment| comment.body.as_str()).collect()
}

#[tokio::test]
async fn a_conversation_without_comments_is_an_empty_page() {
    let page: Page = Endpoint::new().await.get(&address("")).await.json();
    assert_eq!(page, Page { live: Some("0".into()), ..Page::default() });
}

#[tokio::test]
async fn comments_come_newest_first_or_oldest_first() {
    let endpoint = Endpoint::new().await;
    for body in ["أول", "ثانٍ", "ثالث"] {
        endpoint.say(body).await;
    }
    for (sort, order) in [
        ("", ["ثالث", "ثانٍ", "أول"]),
        ("&sort=newest", ["ثالث", "ثانٍ", "أول"]),
        ("&sort=oldest", ["أول", "ثانٍ", "ثالث"]),
    ] {
        let page: Page = endpoint.get(&address(sort)).await.json();
        assert_eq!(bodies(&page), order);
        assert_eq!((page.total, page.next), (3, None));
    }
}

#[tokio::test]
async fn conversations_are_apart_even_where_their_names_are_alike() {
    let endpoint = Endpoint::new().await;
    for thread in
        ["https://a.example/x", "https://a.example/X", "https://a.example/x/", "https://a.example/%78", "x\0y"]
    {
        let mut new = comment(thread);
        new.thread = thread.into();
        assert_eq!(endpoint.send(post(&new_key(), &new)).await.status, StatusCode::CREATED);
    }
    for thread in ["https://a.example/x", "https://a.example/X", "https://a.example/%78", "x\0y"] {
        let page: Page = endpoint.get(&format!("/api/comments?thread={}", encoded(thread))).await.json();
        assert_eq!((bodies(&page), page.total), (vec![thread], 1));
    }
}

#[tokio::test]
async fn a_page_has_the_size_asked_for_up_to_the_largest() {
    let endpoint = Endpoint::new().await;
    for number in 0..=PAGE_MAX {
        endpoint.say(&number.to_string()).await;
    }
    for (limit, size) in [("", PAGE_DEFAULT), ("&limit=1", 1), ("&limit=100", 100), ("&limit=4000000000000", PAGE_MAX)]
    {
        let page: Page = endpoint.get(&address(limit)).await.json();
        assert_eq!((page.comments.len(), page.total), (size as usize, u64::from(PAGE_MAX) + 1), "{limit}");
        assert!(page.next.is_some());
    }
}

#[tokio::test]
async fn the_next_page_stands_in_the_page_and_in_the_link_header() {
    let endpoint = Endpoint::new().await;
    for body in ["أول", "ثانٍ", "ثالث"] {
        endpoint.say(body).await;
    }
    let first = endpoint.get(&address("&limit=2&sort=oldest")).await;
    let next = first.json::<Page>().next.unwrap();
    let (reference, relation) = first.header("link").split_once('>').unwrap();
    assert_eq!(relation, "; rel=\"next\"");
    // The reference has no path, so it holds under whatever path a proxy shows the endpoint.
    let by_link = endpoint.get(&format!("/api/comments{}", reference.strip_prefix('<').unwrap())).await;
    let by_cursor = endpoint.get(&address(&format!("&limit=2&sort=oldest&after={next}"))).await;
    assert_eq!(bodies(&by_link.json()), ["ثالث"]);
    assert_eq!(by_link.body, by_cursor.body);
    assert_eq!(by_link.json::<Page>().next, None);
    assert!(!by_link.header("link").contains("next"));
    // And back again.
    let back = by_link.header("link").split_once('>').unwrap();
    assert_eq!(back.1, "; rel=\"prev\"");
    let by_link = endpoint.get(&format!("/api/comments{}", back.0.strip_prefix('<').unwrap())).await;
    assert_eq!(bodies(&by_link.json()), ["أول", "ثانٍ"]);
}

#[tokio::test]
async fn a_page_that_ends_with_the_conversation_has_no_next() {
    let endpoint = Endpoint::new().await;
    endpoint.say("أول").await;
    endpoint.say("ثانٍ").await;
    assert_eq!(endpoint.get(&address("&limit=2")).await.json::<Page>().next, None);
}

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let endpoint = Endpoint::new().await;
    for body in ["أول", "ثانٍ"] {
        endpoint.say(body).await;
    }
    let oldest = endpoint.get(&address("&limit=1&sort=oldest")).await.json::<Page>().next.unwrap();
    let long = format!("/api/comments?thread={}", "a".repeat(40_000));
    for (address, name) in [
        ("/api/comments", "thread"),
        ("/api/comments?thread=", "thread"),
        ("/api/comments?thread=%20", "thread"),
        ("/api/comments?thread=%E2%80%8F", "thread"),
        ("/api/comments?thread=%FF", "thread"),
        ("/api/comments?thread=a&thread=b", "thread"),
        (&long, "thread"),
        (&address("&limit=0"), "limit"),
        (&address("&limit=-1"), "limit"),
        (&address("&limit=ten"), "limit"),
        (&address("&limit=1&limit=2"), "limit"),
        (&address("&replies=few"), "replies"),
        (&address("&sort=best"), "sort"),
        (&address("&sort=Newest"), "sort"),
        (&address("&after=1"), "after"),
        (&address("&after=%00"), "after"),
        (&address("&before=%00"), "before"),
        (&address(&format!("&sort=oldest&before={oldest}&after={oldest}")), "after"),
        (&address(&format!("&sort=oldest&before={oldest}&around=1")), "around"),
        (&address(&format!("&sort=oldest&root=1&before={oldest}")), "root"),
        (&address(&format!("&sort=oldest&root=1&after={oldest}")), "after"),
        (&address(&format!("&sort=newest&after={oldest}")), "after"),
    ] {
        let problem = endpoint.get(address).await.problem(ProblemType::Malformed);
        let detail = problem.detail.unwrap();
        assert!(detail.starts_with(&format!("The parameter {name} ")), "{address:.60}: {detail}");
    }
}

#[tokio::test]
async fn parameters_of_a_later_version_are_ignored() {
    let page = Endpoint::new().await.get(&address("&_=17&depth=%FF")).await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let endpoint = Endpoint::new().await;
    endpoint.say("أول").await;
    let first = endpoint.get(&address("")).await;
    let tag = first.header("etag");
    assert_eq!(first.header("cache-control"), "no-cache");
    for known in [tag, &format!("W/{tag}"), &format!("\"other\", {tag}"), "*"] {
        let again = Request::get(address("")).header("if-none-match", known).body(Body::empty()).unwrap();
        let again = endpoint.send(again).await;
        assert_eq!((again.status, again.header("etag")), (StatusCode::NOT_MODIFIED, tag), "{known}");
        assert!(again.body.is_empty());
    }
    endpoint.say("ثانٍ").await;
    let changed = Request::get(address("")).header("if-none-match", tag).body(Body::empty()).unwrap();
    assert_eq!(endpoint.send(changed).await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_comment_is_read_by_its_id_and_another_id_is_not_found() {
    let endpoint = Endpoint::new().await;
    let posted = endpoint.say("نص").await;
    let read = endpoint.get(&format!("/api/comments/{}", posted.comment.id)).await;
    assert_eq!(read.json::<maqal_contract::Comment>(), posted.comment);
    assert!(!read.text().contains(&posted.secret));
    for id in ["0", "%00", "%FF", "%27%20OR%201", &"f".repeat(32)] {
        endpoint.get(&format!("/api/comments/{id}")).await.problem(ProblemType::NotFound);
    }
}

#[tokio::test]
async fn a_head_request_has_the_headers_and_no_body() {
    let endpoint = Endpoint::new().await;
    let head = endpoint.send(request(Method::HEAD, &address(""))).await;
    assert_eq!(head.status, StatusCode::OK);
    assert!(head.body.is_empty() && !head.header("etag").is_empty());
}
