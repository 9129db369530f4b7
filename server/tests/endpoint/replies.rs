//! Replies: what they stand under, how pages show them, how the rest of them is read.

use axum::http::StatusCode;
use maqal_contract::limits::{REPLIES_DEFAULT, REPLIES_MAX};
use maqal_contract::{Comment, NewComment, Page, ProblemType, Reason};

use crate::support::{Endpoint, address, comment, new_key, post};

fn bodies(comments: &[Comment]) -> Vec<&str> {
    comments.iter().map(|comment| comment.body.as_str()).collect()
}

/// A comment with `count` replies, whose texts are their numbers from 1 on; the ids of all.
async fn answered(endpoint: &Endpoint, count: usize) -> Vec<String> {
    let mut ids = vec![endpoint.say("0").await.comment.id];
    for number in 1..=count {
        ids.push(endpoint.reply(&ids[0], &number.to_string()).await.comment.id);
    }
    ids
}

fn numbers(range: impl IntoIterator<Item = usize>) -> Vec<String> {
    range.into_iter().map(|number| number.to_string()).collect()
}

#[tokio::test]
async fn a_reply_keeps_what_it_replies_to_and_the_comment_that_both_stand_under() {
    let endpoint = Endpoint::new().await;
    let top = endpoint.say("أعلى").await.comment;
    let reply = endpoint.reply(&top.id, "رد").await.comment;
    let deeper = endpoint.reply(&reply.id, "رد على الرد").await.comment;
    assert_eq!((&top.parent, &top.root), (&None, &None));
    assert_eq!((reply.parent.as_ref(), reply.root.as_ref()), (Some(&top.id), Some(&top.id)));
    assert_eq!((deeper.parent.as_ref(), deeper.root.as_ref()), (Some(&reply.id), Some(&top.id)));

    let page = endpoint.page("").await;
    let top = Comment { replies: 2, ..top };
    assert_eq!((&page.comments, page.total), (&vec![top.clone(), reply, deeper.clone()], 3));
    assert_eq!(endpoint.get(&format!("/api/comments/{}", top.id)).await.json::<Comment>(), top);
    assert_eq!(endpoint.get(&format!("/api/comments/{}", deeper.id)).await.json::<Comment>(), deeper);
}

#[tokio::test]
async fn a_reply_to_what_is_not_in_the_conversation_is_refused() {
    let endpoint = Endpoint::new().await;
    let elsewhere = NewComment { thread: "https://news.example/43".into(), ..comment("هناك") };
    let elsewhere = endpoint.posted(&elsewhere).await.comment.id;
    for parent in ["none", &elsewhere, "0197a3c2d5e87c3e9b1f4a6d8c0e2f11"] {
        let key = new_key();
        let reply = NewComment { parent: Some(parent.into()), ..comment("رد") };
        let problem = endpoint.send(post(&key, &reply)).await.problem(ProblemType::Validation);
        let [error] = problem.errors.as_slice() else { panic!("{problem:?}") };
        assert_eq!(
            (error.field.as_str(), error.pointer.as_str(), error.reason),
            ("parent", "#/parent", Reason::Unknown)
        );
        // The key is not used up.
        assert_eq!(endpoint.send(post(&key, &comment("نص"))).await.status, StatusCode::CREATED);
    }
    let page = endpoint.page("").await;
    assert_eq!((page.comments.len(), page.total), (3, 3));
}

#[tokio::test]
async fn an_email_address_is_kept_and_never_given_out_and_a_website_is_shown() {
    let endpoint = Endpoint::new().await;
    let new = NewComment {
        email: Some(" mariam@news.example ".into()),
        website: Some("mariam.example".into()),
        ..comment("نص")
    };
    let key = new_key();
    let first = endpoint.send(post(&key, &new)).await;
    assert_eq!(first.json::<Comment>().website.as_deref(), Some("https://mariam.example"));
    let again = endpoint.send(post(&key, &new)).await;
    for answer in [first, again, endpoint.get(&address("")).await] {
        assert!(!answer.text().contains("@news"), "{}", answer.text());
    }
    let other = NewComment { email: Some("other@news.example".into()), ..new };
    endpoint.send(post(&key, &other)).await.problem(ProblemType::IdempotencyKeyReused);
    let stored: String = endpoint.value("SELECT email FROM comment").await;
    assert_eq!(stored, "mariam@news.example");
}

#[tokio::test]
async fn each_comment_of_a_page_comes_with_the_first_of_its_replies_and_the_number_of_all() {
    let endpoint = Endpoint::new().await;
    let first = endpoint.say("أول").await.comment.id;
    let second = endpoint.say("ثانٍ").await.comment.id;
    for number in 0..6 {
        endpoint.reply(if number % 2 == 0 { &first } else { &second }, &number.to_string()).await;
    }
    endpoint.say("ثالث").await;
    for (replies, expected) in [
        ("&replies=0", vec!["ثالث", "ثانٍ", "أول"]),
        ("&replies=1", vec!["ثالث", "ثانٍ", "1", "أول", "0"]),
        ("&replies=2", vec!["ثالث", "ثانٍ", "1", "3", "أول", "0", "2"]),
        ("", vec!["ثالث", "ثانٍ", "1", "3", "5", "أول", "0", "2", "4"]),
        ("&replies=4000000000000", vec!["ثالث", "ثانٍ", "1", "3", "5", "أول", "0", "2", "4"]),
    ] {
        let page = endpoint.page(replies).await;
        assert_eq!(bodies(&page.comments), expected, "{replies}");
        let tops: Vec<_> = page.comments.iter().filter(|comment| comment.root.is_none()).collect();
        assert_eq!(tops.iter().map(|comment| comment.replies).collect::<Vec<_>>(), [0, 3, 3]);
        assert_eq!((page.total, page.next), (9, None));
    }
    // Replies take no place from top-level comments.
    let page = endpoint.page("&limit=2").await;
    assert_eq!(bodies(&page.comments), ["ثالث", "ثانٍ", "1", "3", "5"]);
    let page = endpoint.page(&format!("&limit=2&after={}", page.next.unwrap())).await;
    assert_eq!((bodies(&page.comments), page.next), (vec!["أول", "0", "2", "4"], None));
}

#[tokio::test]
async fn replies_come_as_many_as_the_contract_says() {
    let endpoint = Endpoint::new().await;
    answered(&endpoint, REPLIES_MAX as usize + 1).await;
    for (parameter, count) in [("", REPLIES_DEFAULT), ("&replies=100", REPLIES_MAX), ("&replies=101", REPLIES_MAX)] {
        let page = endpoint.page(parameter).await;
        assert_eq!(page.comments.len(), 1 + count as usize);
        assert_eq!(page.comments[0].replies, u64::from(REPLIES_MAX) + 1);
    }
}

#[tokio::test]
async fn the_other_replies_are_read_from_a_cursor_or_from_the_last_known_one() {
    let endpoint = Endpoint::new().await;
    let ids = answered(&endpoint, 7).await;
    endpoint.say("غيره").await;
    let root = format!("&root={}", ids[0]);
    let page = endpoint.page(&format!("{root}&limit=3")).await;
    assert_eq!((bodies(&page.comments), page.total), (vec!["1", "2", "3"], 9));
    let next = page.next.unwrap();
    for after in [&next, &ids[3]] {
        let page = endpoint.page(&format!("{root}&limit=3&after={after}")).await;
        assert_eq!(bodies(&page.comments), ["4", "5", "6"]);
        let page = endpoint.page(&format!("{root}&limit=3&after={}", page.next.unwrap())).await;
        assert_eq!((bodies(&page.comments), page.next), (vec!["7"], None));
    }
    // By the link, too; and after the last one nothing is left.
    let first = endpoint.get(&address(&format!("{root}&limit=6"))).await;
    let (reference, relation) = first.header("link").split_once('>').unwrap();
    assert_eq!(relation, "; rel=\"next\"");
    let by_link: Page = endpoint.get(&format!("/api/comments{}", reference.strip_prefix('<').unwrap())).await.json();
    assert_eq!(bodies(&by_link.comments), ["7"]);
    assert_eq!(endpoint.page(&format!("{root}&after={}", ids[7])).await.comments, []);
}

#[tokio::test]
async fn replies_of_what_is_not_there_are_not_found_and_a_wrong_place_is_named() {
    let endpoint = Endpoint::new().await;
    let ids = answered(&endpoint, 2).await;
    let other = endpoint.say("غيره").await.comment.id;
    let elsewhere = NewComment { thread: "https://news.example/43".into(), ..comment("هناك") };
    let elsewhere = endpoint.posted(&elsewhere).await.comment.id;
    for place in ["root", "around"] {
        for id in ["none", &elsewhere] {
            endpoint.get(&address(&format!("&{place}={id}"))).await.problem(ProblemType::NotFound);
            let empty = format!("/api/comments?thread=t&{place}={id}");
            endpoint.get(&empty).await.problem(ProblemType::NotFound);
        }
    }
    let reply = endpoint.get(&address(&format!("&root={}", ids[1]))).await.problem(ProblemType::Malformed);
    assert!(reply.detail.unwrap().contains(&ids[0]), "it names the top-level comment");
    for after in ["none", &other] {
        let refused = endpoint.get(&address(&format!("&root={}&after={after}", ids[0]))).await;
        assert!(refused.problem(ProblemType::Malformed).detail.unwrap().starts_with("The parameter after "));
    }
}

#[tokio::test]
async fn a_page_around_a_comment_begins_with_it_and_leads_both_ways() {
    let endpoint = Endpoint::new().await;
    let mut ids = Vec::new();
    for number in 0..7 {
        ids.push(endpoint.say(&number.to_string()).await.comment.id);
    }
    let page = endpoint.page(&format!("&limit=2&around={}", ids[4])).await;
    assert_eq!(bodies(&page.comments), ["4", "3"]);
    let after = endpoint.page(&format!("&limit=2&after={}", page.next.unwrap())).await;
    assert_eq!(bodies(&after.comments), ["2", "1"]);
    let before = endpoint.page(&format!("&limit=1&before={}", page.previous.unwrap())).await;
    assert_eq!(bodies(&before.comments), ["5"]);
    let before = endpoint.page(&format!("&limit=9&before={}", before.previous.unwrap())).await;
    assert_eq!((bodies(&before.comments), before.previous), (vec!["6"], None));

    let first = endpoint.page(&format!("&sort=oldest&around={}", ids[0])).await;
    assert_eq!((first.comments.len(), first.previous, first.next), (7, None, None));
}

#[tokio::test]
async fn a_page_around_a_reply_reaches_to_it_without_a_gap() {
    let endpoint = Endpoint::new().await;
    let ids = answered(&endpoint, 9).await;
    endpoint.say("أحدث").await;
    let page = endpoint.page(&format!("&replies=2&around={}", ids[6])).await;
    assert_eq!(bodies(&page.comments), numbers(0..=6));
    let page = endpoint.page(&format!("&replies=8&around={}", ids[6])).await;
    assert_eq!(bodies(&page.comments), numbers(0..=8));
    let page = endpoint.page(&format!("&replies=0&around={}", ids[1])).await;
    assert_eq!(bodies(&page.comments), numbers(0..=1));
}

#[tokio::test]
async fn a_page_around_one_of_very_many_replies_holds_it_and_those_that_it_answers() {
    let endpoint = Endpoint::new().await;
    let top = endpoint.say("0").await.comment.id;
    let early = endpoint.reply(&top, "1").await.comment.id;
    let between = endpoint.reply(&top, "2").await.comment.id;
    let middle = endpoint.reply(&early, "3").await.comment.id;
    for _ in 0..600 {
        endpoint.reply(&between, "غيره").await;
    }
    let late = endpoint.reply(&middle, "4").await.comment.id;
    let page = endpoint.page(&format!("&replies=1&around={late}")).await;
    assert_eq!(bodies(&page.comments), ["0", "1", "3", "4"]);
}

#[tokio::test]
async fn a_chain_of_a_thousand_replies_is_whole_from_every_side() {
    const DEPTH: usize = 1_000;
    let endpoint = Endpoint::new().await;
    let mut ids = vec![endpoint.say("0").await.comment.id];
    for number in 1..=DEPTH {
        let reply = endpoint.reply(&ids[number - 1], &number.to_string()).await.comment;
        assert_eq!((reply.parent.as_ref(), reply.root.as_ref()), (Some(&ids[number - 1]), Some(&ids[0])));
        ids.push(reply.id);
    }
    let page = endpoint.page("").await;
    assert_eq!((page.total, page.comments[0].replies), (DEPTH as u64 + 1, DEPTH as u64));
    let (mut read, mut after) = (Vec::new(), String::new());
    loop {
        let page = endpoint.page(&format!("&root={}&limit=100{after}", ids[0])).await;
        read.extend(page.comments.into_iter().map(|comment| comment.id));
        let Some(next) = page.next else { break };
        after = format!("&after={next}");
    }
    assert_eq!(read, ids[1..]);
    let around = endpoint.page(&format!("&around={}", ids[DEPTH])).await;
    assert_eq!(bodies(&around.comments), numbers(0..=DEPTH));
}
