//! A conversation as a reader meets it: pages, orders, replies at any depth, and an address that leads to one comment.

use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::json;

/// The texts of the top-level comments, as they stand.
async fn tops(card: Card<'_>) -> Vec<String> {
    // Not as laid out: what is off screen is not (`content-visibility`).
    let script = "return $$('.chunk > .top > .comment .say').map((e) => e.textContent)";
    let texts = card.run(script, vec![]).await;
    texts.as_array().into_iter().flatten().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

async fn until_tops(card: Card<'_>, count: usize) {
    let script = "return $$('.chunk > .top').length === args[0] && !$('.skeleton')";
    card.until_with("so many top-level comments stand there", script, vec![json!(count)]).await;
}

#[tokio::test]
async fn every_page_of_each_order_comes_and_none_repeats_a_comment() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 45).await;
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/")).await;
    let card = reader.card("maqal-card");
    card.find(".sort select").await;
    for order in ["newest", "oldest"] {
        card.run(
            "const s = $('.sort select'); s.value = args[0]; s.dispatchEvent(new Event('change'))",
            vec![json!(order)],
        )
        .await;
        for count in [20, 40, 45] {
            until_tops(card, count).await;
            if count < 45 {
                // Not with the mouse: what nears the screen takes its true height, and the button moves under a fast one.
                card.run("$('.foot .rest').click()", vec![]).await;
            }
        }
        let mut expected: Vec<_> = (1..=45).map(|n| format!("تعليق {n}")).collect();
        if order == "newest" {
            expected.reverse();
        }
        assert_eq!(tops(card).await, expected, "{order}");
        assert_eq!(card.count(".foot .rest").await, 0);
    }
}

#[tokio::test]
async fn more_comes_by_itself_where_the_host_wants_it() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 45).await;
    let attributes = format!(r#"src="/article.json" endpoint="{}" thread="{THREAD}" autoload"#, stage.proxy.endpoint());
    stage.put_page("/auto", &stage.card(&attributes, ""));
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/auto")).await;
    let card = reader.card("maqal-card");
    let scroll = "scrollTo(0, document.documentElement.scrollHeight); return $$('.chunk > .top').length === 45";
    card.until("all comments are there", scroll).await;
}

#[tokio::test]
async fn in_each_frame_the_browser_looks_at_few_elements_however_many_comments_there_are() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 105).await;
    let attributes = format!(r#"src="/article.json" endpoint="{}" thread="{THREAD}" autoload"#, stage.proxy.endpoint());
    stage.put_page("/many", &stage.card(&attributes, ""));
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/many")).await;
    let card = reader.card("maqal-card");
    let scroll = "scrollTo(0, document.documentElement.scrollHeight); return $$('.chunk > .top').length === 105";
    card.until("all comments are there", scroll).await;
    // It asks of each of these whether it is near what is seen.
    let watched = "return $$('*').filter((e) => getComputedStyle(e).contentVisibility === 'auto').length";
    assert_eq!(card.run(watched, vec![]).await, json!(5));
    let expected: Vec<_> = (1..=105).rev().map(|n| format!("تعليق {n}")).collect();
    assert_eq!(tops(card).await, expected);
}

#[tokio::test]
async fn a_chain_of_replies_is_whole_and_its_end_can_still_be_read_on_a_phone() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 1).await;
    let mut parent = stage.endpoint.stored(THREAD).await[0].id.clone();
    for depth in 1..=12 {
        parent =
            stage.endpoint.reply(THREAD, &parent, &format!("قارئ {depth}"), &format!("ردّ على العمق {depth}")).await;
    }
    let reader = Browser::start().await;
    reader.view(320, 700, true).await;
    reader.open(&stage.host.url("/")).await;
    let card = reader.card("maqal-card");
    card.until_text(".more-replies", "ردود أخرى").await;
    card.press(".more-replies").await;
    card.until("all replies", "return $$('.replies .comment').length === 12").await;
    let said = card.texts(".replies .say").await;
    let expected: Vec<_> = (1..=12).map(|depth| format!("ردّ على العمق {depth}")).collect();
    assert_eq!(said, expected);
    assert_eq!(card.texts(".answers").await.len(), 9, "those beyond the third step name whom they answer");
    let narrowest = card
        .run("return Math.min(...$$('.replies .say').map((e) => e.getBoundingClientRect().width))", vec![])
        .await
        .as_f64()
        .unwrap();
    assert!(narrowest >= 190.0, "{narrowest}");
}

#[tokio::test]
async fn an_address_that_leads_to_a_comment_opens_its_page_whatever_else_there_is() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 45).await;
    let third = stage.endpoint.stored(THREAD).await[2].id.clone();
    let mut parent = third.clone();
    for depth in 1..=6 {
        parent = stage.endpoint.reply(THREAD, &parent, "قارئ", &format!("ردّ {depth}")).await;
    }
    // Far down a page, where the card would not begin to load by itself.
    stage.put_page("/far", &format!(r#"<div style="block-size: 9000px"></div>{}"#, stage.usual_card()));
    let reader = Browser::start().await;
    reader.open(&stage.host.url(&format!("/far#maqal-{parent}"))).await;
    let card = reader.card("maqal-card");
    let focused = "const c = root?.activeElement; return c?.id === 'c-' + args[0] && c.classList.contains('sought')";
    card.until_with("the comment has the keyboard", focused, vec![json!(parent)]).await;
    let seen =
        "const { top, bottom } = root.activeElement.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight";
    card.until("it is in view", seen).await;
    assert_eq!(tops(card).await, ["تعليق 3", "تعليق 2", "تعليق 1"]);
    for count in [23, 43, 45] {
        card.run("$('.before .rest').click()", vec![]).await;
        until_tops(card, count).await;
        // It is the last of those that came: the reader goes on upwards.
        let place = "const top = root.activeElement?.closest('.top'); return Boolean(top) && top !== $$('.chunk > .top').at(-1)";
        card.until("the keyboard is not lost", place).await;
    }
    let expected: Vec<_> = (1..=45).rev().map(|n| format!("تعليق {n}")).collect();
    assert_eq!(tops(card).await, expected);
    // Another comment of the page, by the address alone.
    let first = stage.endpoint.stored(THREAD).await[0].id.clone();
    reader.run(&format!("location.hash = 'maqal-{first}'"), vec![]).await;
    card.until_with("the other comment has the keyboard", focused, vec![json!(first)]).await;
}
