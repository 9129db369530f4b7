//! The recipe for Hugo: Hugo itself builds a site of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::process::Command;

use maqal_e2e::article::{PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::environment;
use maqal_e2e::recipe::{read_and_post, snippet};
use maqal_e2e::stage::{ARTICLE, Stage};
use serde_json::json;
use tempfile::TempDir;

/// What would break out of markup that is not escaped.
const HOSTILE: &str = r#"عنوان «مقتبس» & "اقتباس" </script><script>window.broken = 1</script> <b> {{ 1 }}"#;

/// A site of the recipe, with these pages (name, text).
fn site(stage: &Stage, pages: &[(&str, String)]) -> TempDir {
    let site = tempfile::tempdir().unwrap();
    stage.addresses().copy("hugo", site.path());
    let own = format!("baseURL = \"{}/\"\ndefaultContentLanguage = \"ar\"\ntitle = \"موقع\"\n\n", stage.host.origin());
    let config = site.path().join("hugo.toml");
    fs::write(&config, own + &fs::read_to_string(&config).unwrap()).unwrap();
    let list = r#"<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>قائمة</title><link rel="icon" href="data:,">
{{ partial "maqal/loader.html" . }}{{ range .Pages }}<p><a href="{{ .Permalink }}">{{ .Title }} {{ partial "maqal/count.html" . }}</a></p>{{ end }}"#;
    fs::write(site.path().join("layouts/_default/list.html"), list).unwrap();
    let posts = site.path().join("content/posts");
    fs::create_dir_all(&posts).unwrap();
    for (name, text) in pages {
        fs::write(posts.join(format!("{name}.md")), text).unwrap();
    }
    site
}

/// Builds the site and puts it on the host.
fn build(site: &TempDir, stage: &Stage) -> Result<(), String> {
    let output = Command::new(environment::hugo()).args(["--destination", "built"]).current_dir(site.path()).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(said);
    }
    assert!(!said.contains("WARN"), "{said}");
    stage.host.put_folder(&site.path().join("built"), "");
    // What a browser asks for beside the page.
    stage.host.put("/favicon.ico", "");
    Ok(())
}

#[tokio::test]
async fn a_page_is_a_card_and_nothing_in_its_words_is_markup() {
    let stage = Stage::start().await;
    let front = format!(
        "---\ntitle: {}\nauthor: {}\ndescription: مقدّمة\ndate: 2026-10-20\nmaqal:\n  sort: oldest\n  autoload: true\n---\n",
        json!(HOSTILE),
        json!("نادية \"الفاسي\" <i>")
    );
    let text = format!("{front}{}\n\nفقرة **مهمّة**، و`</script>` في شيفرة.\n", PARAGRAPHS[0]);
    let site = site(&stage, &[("hostile", text)]);
    build(&site, &stage).unwrap();
    let reader = stage.reader_at("/posts/hostile/").await;
    let card = reader.card("maqal-card");
    read_and_post(&reader, card, HOSTILE).await;
    assert_eq!(card.texts(".title").await, [HOSTILE]);
    assert_eq!(card.texts(".lead").await, ["مقدّمة"]);
    assert_eq!(card.texts(".author").await, ["نادية \"الفاسي\" <i>"]);
    assert_eq!(card.texts(".body p").await, [PARAGRAPHS[0], "فقرة مهمّة، و</script> في شيفرة."]);
    assert_eq!(card.style(".title", "direction").await, "rtl");
    let attributes = "return ['sort', 'autoload', 'thread'].map((name) => host.getAttribute(name))";
    let address = stage.host.url("/posts/hostile/");
    assert_eq!(card.run(attributes, vec![]).await, json!(["oldest", "", address]));
    assert_eq!(reader.run("return [window.broken ?? null, document.title]", vec![]).await, json!([null, HOSTILE]));
    assert_eq!(stage.endpoint.stored(&address).await.len(), 1);

    // And a list counts it.
    reader.open(&stage.host.url("/posts/")).await;
    reader
        .until("the list has its number", "return document.querySelector('maqal-count').textContent === 'تعليق واحد'")
        .await;
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn a_shortcode_is_a_card_in_the_midst_of_a_text_with_the_attributes_that_it_names() {
    let stage = Stage::start().await;
    let text = format!(
        "---\ntitle: صفحة\n---\nقبلها\n\n{{{{< maqal src=\"{ARTICLE}\" thread=\"نقاش «أ» & 'ب'\" words=`{{\"send\": \"انشر <b>\"}}` heading=\"3\" autoload=\"true\" >}}}}\n<article><h1>{TITLE}</h1>\n\n<p>فقرة</p></article>\n{{{{< /maqal >}}}}\n\nبعدها\n"
    );
    let site = site(&stage, &[("short", text)]);
    build(&site, &stage).unwrap();
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/posts/short/")).await;
    let card = reader.card("maqal-card");
    read_and_post(&reader, card, TITLE).await;
    card.until_text("h3.title", TITLE).await;
    card.until_text("button.send", "انشر <b>").await;
    assert_eq!(stage.endpoint.stored("نقاش «أ» & 'ب'").await.len(), 1);
    let inside = "return [host.querySelector('article > h1').textContent, host.getAttribute('autoload'), document.querySelectorAll('maqal-card').length]";
    assert_eq!(card.run(inside, vec![]).await, json!([TITLE, "", 1]), "the page itself is no card around this one");
}

#[tokio::test]
async fn what_the_playground_writes_is_the_card_that_was_chosen() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    // With each two of the characters that Hugo's own quotes are made of.
    for (name, thread) in [
        ("backslash", format!("{HOSTILE} \\")),
        ("backtick", format!("{HOSTILE} ` %}} >}}}}")),
        ("both", HOSTILE.replace('"', "`") + " \\ ."),
    ] {
        let chosen = json!({
            "host": "hugo",
            "attributes": [["src", ARTICLE], ["endpoint", stage.proxy.endpoint()], ["thread", thread], ["words", "{\"send\":\"انشر ` \\\" <b>\"}"], ["heading", "3"], ["autoload", true]],
            "children": [{ "name": "article", "attributes": [], "children": [{ "name": "h1", "attributes": [], "children": [thread] }] }],
            "css": "",
            "loader": { "url": stage.cdn.origin() + "/embed.js" },
        });
        let code = snippet(&chosen);
        let site = site(&stage, &[(name, format!("---\ntitle: صفحة\n---\n{}\n", code[1]))]);
        build(&site, &stage).unwrap_or_else(|said| panic!("{said}\n{}", code[1]));
        reader.open(&stage.host.url(&format!("/posts/{name}/"))).await;
        let card = reader.card("maqal-card");
        card.until_text("h3.title", TITLE).await;
        card.until_text("button.send", "انشر ` \" <b>").await;
        let is = "return [host.getAttribute('thread'), host.getAttribute('autoload'), host.querySelector('h1').textContent, window.broken ?? null]";
        assert_eq!(card.run(is, vec![]).await, json!([thread, "", thread, null]), "{name}: {}", code[1]);
    }
}

#[tokio::test]
async fn a_card_that_is_written_wrong_ends_the_build_and_is_named() {
    let stage = Stage::start().await;
    for (wrong, says) in [
        (r#"{{< maqal source="/a.json" />}}"#, "no attribute \"source\""),
        (r#"{{< maqal thread="a" />}}"#, "a card wants src, or an article inside"),
    ] {
        let site = site(&stage, &[("wrong", format!("---\ntitle: صفحة\n---\n{wrong}\n"))]);
        let said = build(&site, &stage).unwrap_err();
        assert!(said.contains(says), "{said}");
    }
}
