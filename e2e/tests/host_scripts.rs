//! Whatever scripts of a host page do to its JavaScript, the card loads, shows the article, takes a like and a comment, and keeps
//! a draft: when they ran before ours, and when they run after it and before the card opens.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use maqal_e2e::apart::Apart;
use maqal_e2e::article::TITLE;
use maqal_e2e::browser::Browser;
use maqal_e2e::environment;
use maqal_e2e::needs;
use maqal_e2e::sabotage::{PRELUDE, SABOTAGES, Sabotage};
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{ARTICLE, Stage};

const NAME: &str = "زينب";
const DRAFT: &str = "تعليق لم يُرسل بعد";

/// Puts a page with a conversation of its own at `/`, a card in it after `gap` pixels, and one comment.
async fn put(stage: &Stage, head: &str, thread: &str, gap: u32) {
    stage.endpoint.post(thread, NAME, "تعليق أول", &format!("the-first-of-{thread}")).await;
    let card = stage.card(&format!(r#"src="{ARTICLE}" endpoint="{}" thread="{thread}""#, stage.proxy.endpoint()), "");
    let page = stage.html("", &format!(r#"<div style="block-size: {gap}px"></div>{card}"#));
    // Before our script; what tells the other tests of events may break with the page.
    let before = page.find("<script").unwrap_or_default();
    let page = [&page[..before], head, "\n", &page[before..]].concat();
    let heard = format!(r#"<script src="{}/heard.js"></script>"#, stage.cdn.origin());
    let page = page.replace(&heard, "");
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &[], page);
}

/// Waits for the article and the conversation, likes its comment, types a draft, and sends it.
async fn use_card(apart: &Apart<'_>, keeps: bool) -> Result<(), String> {
    apart.until("the article is there", &format!("return $('.title')?.innerText.includes('{TITLE}')")).await?;
    apart.until("the comment is there", "return $$('ol .comment').length === 1 && !$('.skeleton')").await?;
    apart.run("$('[data-act=\"like\"]').click()").await;
    apart.until("it is liked", "return $('[data-act=\"like\"]').getAttribute('aria-pressed') === 'true'").await?;
    apart.type_into("#name", NAME).await;
    apart.type_into("#body", DRAFT).await;
    if keeps {
        apart.until("the draft is kept", "return $('.kept').innerText.includes('حُفظت')").await?;
        apart.reload().await;
        let kept =
            format!("return $('#body')?.value === '{DRAFT}' && $$('ol .comment').length === 1 && !$('.skeleton')");
        apart.until("the draft is there after a reload", &kept).await?;
    }
    apart.run("$('button.send').click()").await;
    let stands = "return $$('ol .comment:not(.pending)').length === 2 && !$('.pending')";
    apart.until("the comment is posted", stands).await
}

/// Plays every sabotage, before our script or after it, and says what went wrong.
async fn play(is_before: bool) -> Vec<String> {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let apart = Apart::of(&reader).await;
    let mut wrong = Vec::new();
    for (number, Sabotage { name, script, keeps }) in SABOTAGES.iter().enumerate() {
        let script = format!("{PRELUDE}{script}");
        let thread = format!("sabotage-{number}");
        let result = if is_before {
            put(&stage, &format!("<script>(() => {{ {script} }})()</script>"), &thread, 0).await;
            apart.open(&stage.host.url("/")).await;
            use_card(&apart, *keeps).await
        } else {
            put(&stage, "", &thread, 4000).await;
            apart.open(&stage.host.url("/")).await;
            let defined = apart.until("the element is defined", "return Boolean(root)").await;
            apart.run_as_the_page(&script).await;
            apart.run("host.scrollIntoView()").await;
            match defined {
                // A reload would find the page whole.
                Ok(()) => use_card(&apart, false).await,
                error => error,
            }
        };
        let faults = apart.faults().await;
        // A page that keeps nothing is told so.
        let faults: Vec<_> = faults.iter().filter(|fault| *keeps || !fault.starts_with("storage:")).collect();
        match result {
            Err(why) => wrong.push(format!("{name}: {why}")),
            Ok(()) if !faults.is_empty() => wrong.push(format!("{name}: the card told {faults:?}")),
            Ok(()) => {}
        }
        apart.run("try { localStorage.clear() } catch {}").await;
    }
    wrong
}

#[tokio::test]
async fn what_a_page_breaks_before_the_card_comes_breaks_no_card() {
    needs!(Step::BrokenBuiltIns);
    let wrong = play(true).await;
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SABOTAGES.len(), wrong.join("\n"));
}

#[tokio::test]
async fn what_a_page_breaks_before_the_card_opens_breaks_no_card() {
    needs!(Step::BrokenBuiltIns);
    let wrong = play(false).await;
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SABOTAGES.len(), wrong.join("\n"));
}

/// Libraries that patch built-ins: what of them is loaded, in `node_modules`, and what starts it.
const LIBRARIES: [(&str, &str, &str); 4] = [
    ("Angular's zones", "zone.js/bundles/zone.umd.js", ""),
    ("core-js", "core-js-bundle/index.js", ""),
    ("RequireJS", "requirejs/require.js", "require.config({ baseUrl: '/' })"),
    ("hardened JavaScript", "ses/dist/lockdown.umd.js", "lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe' })"),
];

#[tokio::test]
async fn libraries_that_patch_built_ins_break_no_card() {
    needs!(Step::BrokenBuiltIns);
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let apart = Apart::of(&reader).await;
    let mut wrong = Vec::new();
    for (number, (name, file, start)) in LIBRARIES.into_iter().enumerate() {
        stage.host.put("/library.js", fs::read(environment::npm_tools().join("node_modules").join(file)).unwrap());
        let head = format!(r#"<script src="/library.js?{number}"></script><script>{start}</script>"#);
        put(&stage, &head, &format!("library-{number}"), 0).await;
        apart.open(&stage.host.url("/")).await;
        if let Err(why) = use_card(&apart, true).await {
            wrong.push(format!("{name}: {why}"));
        }
        let faults = apart.faults().await;
        if !faults.is_empty() {
            wrong.push(format!("{name}: the card told {faults:?}"));
        }
        apart.run("localStorage.clear()").await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
