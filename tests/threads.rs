//! The conversation as a tree: replies, folds, marks, an order of the reader's, and a comment that an address leads to.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use maqal::engines::{self, Part};
use maqal::url::HttpUrl;
use maqal_contract::Sort;
use support::{TestCard, answer, answer_json, clear_storage, page, release, seen, settle, stall};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn card(name: &str) -> TestCard {
    card_with(name, &[])
}

fn card_with(name: &str, more: &[(&str, &str)]) -> TestCard {
    clear_storage();
    let endpoint = format!("https://t.example/{name}");
    let mut attributes = vec![("endpoint", endpoint.as_str()), ("thread", "t")];
    attributes.extend(more);
    TestCard::new(&attributes, "<h1>عنوان</h1><p>نصّ.</p>")
}

/// A comment with further fields of the contract.
fn said(id: &str, name: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","thread":"t","name":"{name}","body":"نص {id}","html":"<p>نص {id}</p>","created":"2026-11-14T09:30:00Z"{more}}}"#
    )
}

fn reply(id: &str, name: &str, parent: &str, root: &str) -> String {
    said(id, name, &format!(r#","parent":"{parent}","root":"{root}""#))
}

/// The identifier, or the text, of what the keyboard is at.
fn focused(card: &TestCard) -> String {
    let active = card.host.shadow_root().unwrap().active_element();
    active.map(|e| if e.id().is_empty() { e.text_content().unwrap_or_default() } else { e.id() }).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn replies_stand_under_what_they_reply_to_and_deep_ones_say_whom_they_answer() {
    let chain = [
        said("a", "أمل", r#","replies":5"#),
        reply("b", "بدر", "a", "a"),
        reply("c", "جميلة", "b", "a"),
        reply("d", "داود", "c", "a"),
        reply("e", "هند", "d", "a"),
        reply("f", "وائل", "e", "a"),
    ];
    answer_json("/deep?", 200, &page(&chain, 6, None));
    let card = card("deep");
    card.until("the comments", |c| c.count(".comment") == 6).await;
    assert_eq!(card.count(".chunk > .top"), 1);
    assert_eq!(card.count(".top > .replies > li > .replies > li > .replies > li"), 3, "three stand side by side");
    assert_eq!(card.count(".replies .replies .replies .replies"), 0);
    let answers = card.texts(".answers");
    assert_eq!(answers.len(), 2, "{answers:?}");
    assert!(answers[0].contains("داود") && answers[1].contains("هند"), "{answers:?}");
    card.click(".answers a");
    card.until("the comment that it answers", |_| true).await;
    card.until("it has the keyboard", |c| focused(c) == "c-d").await;
}

#[wasm_bindgen_test]
async fn comments_that_reply_to_each_other_in_a_circle_are_all_shown() {
    let circle =
        [reply("a", "أ", "c", "c"), reply("b", "ب", "a", "c"), reply("c", "ج", "b", "c"), reply("d", "د", "d", "d")];
    answer_json("/circle?", 200, &page(&circle, 4, None));
    let card = card("circle");
    card.until("the comments", |c| c.count(".comment") == 4).await;
}

#[wasm_bindgen_test]
async fn a_reply_to_a_comment_that_is_not_here_stands_under_its_top_level_comment_and_says_so() {
    let orphan = [said("a", "أ", r#","replies":2"#), reply("c", "ج", "gone", "a")];
    answer_json("/orphan?", 200, &page(&orphan, 3, None));
    let card = card("orphan");
    card.until("the reply", |c| c.count(".replies .comment") == 1).await;
    assert!(card.text(".answers").contains("غير معروض"));
}

#[wasm_bindgen_test]
async fn more_replies_come_at_a_press_and_the_keyboard_goes_on_at_the_first() {
    let first = [said("a", "أ", r#","replies":3"#), reply("b", "ب", "a", "a")];
    answer_json("/more?thread=t&sort=newest", 200, &page(&first, 4, None));
    answer("/more?thread=t&root=a&after=b", 500, "text/plain", "no");
    let card = card("more");
    card.until("the button", |c| c.text(".more-replies").contains("ردّان آخران")).await;
    card.click(".more-replies");
    card.until("a sentence", |c| c.text(".top .note").contains("تعذّر تحميل الردود")).await;
    card.until("the keyboard at the button", |c| focused(c) == "أعد المحاولة").await;
    let rest = [reply("c", "ج", "a", "a"), reply("d", "د", "b", "a")];
    answer_json("/more?thread=t&root=a&after=b", 200, &page(&rest, 4, None));
    card.click(".top .note button");
    card.until("the rest", |c| c.count(".replies .comment") == 3 && c.count(".more-replies") == 0).await;
    card.until("the keyboard goes on", |c| focused(c) == "c-c").await;
    assert_eq!(card.text(".replies .replies .say"), "نص d");
}

#[wasm_bindgen_test]
async fn replies_and_earlier_pages_come_whatever_else_is_asked_for_meanwhile() {
    let around = format!(
        r#"{{"comments":[{},{}],"total":5,"next":"n1","previous":"p1"}}"#,
        said("a", "أ", r#","replies":2"#),
        reply("b", "ب", "a", "a")
    );
    answer_json("/both?thread=t&sort=newest", 200, &around);
    stall("/both?thread=t&root=a");
    stall("/both?thread=t&sort=newest&before=p1");
    let card = card("both");
    card.until("the buttons", |c| c.count(".before .rest") == 1 && c.count(".foot .rest") == 1).await;
    answer_json("/both?thread=t&sort=newest&after=n1", 200, &page(&[said("z", "ي", "")], 5, None));
    card.click(".more-replies");
    card.click(".before .rest");
    card.until("both are asked for", |_| !seen("root=a").is_empty() && !seen("before=p1").is_empty()).await;
    card.click(".foot .rest");
    card.until("the next page", |c| c.count("#c-z") == 1).await;
    answer_json("/both?thread=t&root=a", 200, &page(&[reply("c", "ج", "a", "a")], 5, None));
    answer_json("/both?thread=t&sort=newest&before=p1", 200, &page(&[said("y", "ش", "")], 5, None));
    release("/both?thread=t&root=a");
    release("/both?thread=t&sort=newest&before=p1");
    card.until("all of it", |c| c.texts(".say") == ["نص y", "نص a", "نص b", "نص c", "نص z"]).await;
    assert_eq!(card.count(".skeleton"), 0);
}

#[wasm_bindgen_test]
async fn replies_fold_and_unfold() {
    let first = [said("a", "أ", r#","replies":2"#), reply("b", "ب", "a", "a"), reply("c", "ج", "b", "a")];
    answer_json("/fold?", 200, &page(&first, 3, None));
    let card = card("fold");
    card.until("the button", |c| c.count(".fold-replies") == 1).await;
    let button = card.get(".fold-replies");
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("true"));
    card.click(".fold-replies");
    card.until("folded", |c| c.get(".replies").has_attribute("hidden")).await;
    assert_eq!(card.text(".fold-replies"), "عرض ردّين");
    card.click(".fold-replies");
    card.until("unfolded", |c| !c.get(".replies").has_attribute("hidden")).await;
}

#[wasm_bindgen_test]
async fn a_long_comment_is_folded_until_it_is_wanted() {
    let long = "كلمة ".repeat(400);
    let comment = format!(
        r#"{{"id":"1","name":"س","body":"{long}","html":"<p>{long} <a href='https://a.example/'>رابط</a></p>"}}"#
    );
    answer_json("/long?", 200, &page(&[comment, said("2", "ص", "")], 2, None));
    let card = card("long");
    card.until("the comments", |c| c.count(".comment") == 2).await;
    assert_eq!(card.count(".say.folded"), 1);
    card.click(".unfold");
    card.until("unfolded", |c| c.count(".say.folded") == 0).await;
    card.click(".unfold");
    card.until("folded again", |c| c.count(".say.folded") == 1).await;
    // What a browser fires when the keyboard comes in; a window in the background fires nothing.
    support::fire(&card.get(".say a"), "focusin");
    card.until("the keyboard inside unfolds it", |c| c.count(".say.folded") == 0).await;
}

#[wasm_bindgen_test]
async fn badges_and_marks_say_what_a_comment_and_its_author_are() {
    let comments = [
        said("1", "سلمى", r#","badge":"author","pinned":true,"website":"https://salma.example/""#),
        said("2", "مروان", r#","badge":"staff","featured":true,"edited":"2026-11-14T10:00:00Z""#),
        said("3", "منى", r#","website":"javascript:alert(1)","avatar":"data:text/html,x""#),
    ];
    answer_json("/marks?", 200, &page(&comments, 3, None));
    let card = card("marks");
    card.until("the comments", |c| c.count(".comment") == 3).await;
    let who = card.texts(".who");
    assert!(who[0].contains("كاتب المقال") && who[0].contains("مثبَّت"), "{}", who[0]);
    assert!(
        who[1].contains("من فريق التحرير") && who[1].contains("اختيار التحرير") && who[1].contains("عُدِّل"),
        "{}",
        who[1]
    );
    let link = card.get(".name a");
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer nofollow ugc"));
    assert_eq!(card.count(".name a"), 1, "an address that is none is no link");
    assert_eq!(card.count("#c-3 img"), 0);
}

#[wasm_bindgen_test]
async fn a_deleted_comment_leaves_a_sentence_and_its_replies() {
    let comments = [said("1", "", r#","state":"deleted","replies":1"#), reply("2", "ب", "1", "1")];
    answer_json("/gone?", 200, &page(&comments, 1, None));
    let card = card("gone");
    card.until("the placeholder", |c| c.text(".gone") == "حُذف هذا التعليق.").await;
    assert_eq!(card.texts(".replies .say"), ["نص 2"]);
    assert_eq!(card.count(".note"), 0, "it is no flaw");
}

#[wasm_bindgen_test]
async fn another_order_asks_for_the_conversation_anew() {
    answer_json("/order?thread=t&sort=newest", 200, &page(&[said("2", "ب", ""), said("1", "أ", "")], 2, None));
    answer_json("/order?thread=t&sort=oldest", 200, &page(&[said("1", "أ", ""), said("2", "ب", "")], 2, None));
    answer_json("/order?thread=t&sort=liked", 200, &page(&[said("1", "أ", ""), said("2", "ب", "")], 2, None));
    let card = card("order");
    card.until("the comments", |c| c.texts(".say") == ["نص 2", "نص 1"]).await;
    let select: web_sys::HtmlSelectElement = wasm_bindgen::JsCast::unchecked_into(card.get(".sort select"));
    select.set_value("oldest");
    support::fire(&select, "change");
    card.until("the other order", |c| c.texts(".say") == ["نص 1", "نص 2"]).await;
    card.set("sort", "liked");
    card.until("the host's order", |_| seen("/order?").iter().any(|line| line.contains("sort=liked"))).await;
    let wrong = card_with("order", &[("sort", "best")]);
    wrong
        .until("an error that names it", |c| c.errors().iter().any(|e| e.contains("sort") && e.contains("best")))
        .await;
}

#[wasm_bindgen_test]
async fn an_address_that_leads_to_a_comment_shows_its_page_and_gives_it_the_keyboard() {
    let around = format!(
        r#"{{"comments":[{},{}],"total":50,"next":"n1","previous":"p1"}}"#,
        said("x", "س", r#","replies":1"#),
        reply("y", "ص", "x", "x")
    );
    answer_json("/link?thread=t&sort=newest&around=y", 200, &around);
    answer_json("/link?thread=t&sort=newest&before=p1", 200, &page(&[said("w", "ع", "")], 50, None));
    let window = web_sys::window().unwrap();
    window.location().set_hash("maqal-y").unwrap();
    let card = card("link");
    card.until("the comment has the keyboard", |c| focused(c) == "c-y").await;
    assert_eq!(card.count("#c-y.sought"), 1);
    card.until("the way back", |c| c.count(".before .rest") == 1).await;
    card.click(".before .rest");
    card.until("what stands before", |c| c.texts(".say") == ["نص w", "نص x", "نص y"]).await;
    assert_eq!(card.count(".before .rest"), 0);
    window.location().set_hash("maqal-w").unwrap();
    card.until("another address", |c| focused(c) == "c-w").await;
    window.location().set_hash("").unwrap();
}

#[wasm_bindgen_test]
async fn an_address_that_leads_nowhere_here_shows_the_conversation() {
    answer("/astray?thread=t&sort=newest&around=", 404, "application/problem+json", "{}");
    answer_json("/astray?thread=t&sort=newest", 200, &page(&[said("1", "أ", "")], 1, None));
    // The stub takes the first route that fits.
    let window = web_sys::window().unwrap();
    window.location().set_hash("maqal-other").unwrap();
    let card = card("astray");
    card.until("the conversation", |c| c.texts(".say") == ["نص 1"]).await;
    window.location().set_hash("").unwrap();
    settle().await;
    assert_eq!(card.count(".note"), 0);
}

#[wasm_bindgen_test]
async fn comments_stand_in_chunks_in_the_order_of_their_pages() {
    let some = |numbers: std::ops::Range<u32>| numbers.map(|n| said(&n.to_string(), "س", "")).collect::<Vec<_>>();
    let paged = |numbers, next: &str, previous: &str| {
        let comments = some(numbers).join(",");
        format!(r#"{{"comments":[{comments}],"total":81,"next":{next},"previous":{previous}}}"#)
    };
    answer_json("/chunks?thread=t&sort=newest&around=35", 200, &paged(30..55, r#""n1""#, r#""p1""#));
    answer_json("/chunks?thread=t&sort=newest&after=n1", 200, &paged(55..81, "null", "null"));
    answer_json("/chunks?thread=t&sort=newest&before=p1", 200, &paged(0..30, "null", "null"));
    let window = web_sys::window().unwrap();
    window.location().set_hash("maqal-35").unwrap();
    let card = card("chunks");
    card.until("the page around it", |c| c.count(".foot .rest") == 1 && c.count(".top") == 25).await;
    card.click(".foot .rest");
    card.until("the next page", |c| c.count(".top") == 51).await;
    card.click(".before .rest");
    card.until("the page before", |c| c.count(".top") == 81).await;
    window.location().set_hash("").unwrap();
    let texts: Vec<_> = (0..81).map(|n| format!("نص {n}")).collect();
    assert_eq!(card.texts(".say"), texts);
    let inside = |n: u32| card.count(&format!(".chunk:nth-of-type({n}) > .top"));
    // The first `ol` is that of the unsent ones.
    assert_eq!([2, 3, 4, 5, 6].map(inside), [10, 20, 20, 20, 11]);
    assert_eq!(card.count("[role=list] > [role=none] > [role=listitem]"), 81, "they are one list all the same");
}

#[wasm_bindgen_test]
async fn of_an_answer_of_a_million_comments_the_first_are_taken() {
    let many: Vec<_> = (0..10_050).map(|n| format!(r#"{{"id":"{n}","name":"س","body":"ن"}}"#)).collect();
    answer_json("/million?", 200, &page(&many, 1_000_000, None));
    let endpoint = HttpUrl::parse("https://t.example/million", "https://t.example/").unwrap();
    let page = engines::open(&endpoint).page("t", Sort::Newest, &Part::First).await.unwrap();
    assert_eq!((page.comments.len(), page.total, page.is_cut), (10_000, 1_000_000, true));
}

#[wasm_bindgen_test]
async fn an_answer_that_is_too_long_shows_what_is_sound_and_says_that_there_is_more() {
    // More than the eight megabytes that are fetched: the list breaks off somewhere.
    let body = "ن".repeat(40_000);
    let long: Vec<_> = (0..150).map(|n| format!(r#"{{"id":"{n}","name":"س","body":"{body}"}}"#)).collect();
    answer_json("/long-answer?", 200, &page(&long, 150, None));
    let card = card("long-answer");
    card.until("the sentence", |c| c.text(".note").contains("أكثر مما يمكن عرضه")).await;
    card.until("all that came whole", |c| c.count(".comment") > 90).await;
    assert!(card.count(".comment") < 150);
    assert_eq!(card.count("form.composer"), 1);
}
