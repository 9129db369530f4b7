//! What pages go through with a card in them: they are printed, changed by extensions, and include
//! the widget more than once.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use maqal_e2e::article::{self, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::cdn::Cdn;
use maqal_e2e::environment;
use maqal_e2e::half_written::{NAME, TYPED, goes_on, half_written};
use maqal_e2e::needs;
use maqal_e2e::proxy::Fault;
use maqal_e2e::skip::Step;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};
use tempfile::TempDir;

/* Print. */

#[tokio::test]
async fn on_paper_a_card_that_is_still_loading_is_as_high_as_its_text() {
    needs!(Step::Print);
    let stage = Stage::start().await;
    stage.proxy.fail(Fault::Stalled).await;
    stage.put_page("/", &format!("{}<footer>النهاية</footer>", stage.usual_card()));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    let height = "return [host.getBoundingClientRect().height, innerHeight]";
    let higher = async || {
        let measured = card.run(height, vec![]).await;
        measured[0].as_f64().unwrap() >= measured[1].as_f64().unwrap()
    };
    assert!(higher().await, "on screen it holds a screen's height");
    reader.media("print", &[]).await;
    assert!(!higher().await, "on paper there is no screen");
}

#[tokio::test]
async fn before_its_card_stands_the_article_is_printed() {
    needs!(Step::Print);
    let stage = Stage::start().await;
    stage.cdn.files.close();
    let reader = Browser::start().await;
    reader.go(&stage.host.url("/")).await;
    reader.until("the loader stands", "return !!document.querySelector('maqal-card')?.shadowRoot").await;
    reader.media("print", &[]).await;
    let shown = "const { height } = document.querySelector('maqal-card h1').getBoundingClientRect();
        return height > 0 && document.querySelector('maqal-card').getBoundingClientRect().height < innerHeight";
    assert_eq!(reader.run(shown, vec![]).await, json!(true));
}

/* Extensions. */

/// What an extension does in a page, to each open shadow root too. None of it may cost the reader a word.
async fn bears(what: &str, extension: &str) {
    let stage = Stage::start().await;
    let reader = half_written(&stage, "").await;
    let card = reader.card("maqal-card");
    card.run(extension, vec![]).await;
    reader.painted().await;
    // Everything that may change does.
    stage.endpoint.post(THREAD, "قارئ آخر", "كتبتُ في الأثناء", "another-readers-key-0001").await;
    card.run("host.theme = 'dark'; host.lang = 'en'", vec![]).await;
    card.until_text("h3", "Comments").await;
    card.run("$('button.like')?.click()", vec![]).await;
    card.run("$('button[data-act=reply]')?.click()", vec![]).await;
    card.run("host.removeAttribute('lang'); host.reload()", vec![]).await;
    card.until_with(
        "the other reader's comment is there",
        "return $('.talk')?.textContent.includes('كتبتُ في الأثناء')",
        vec![],
    )
    .await;
    card.until_text("h3", "التعليقات").await;
    card.press("button.send").await;
    card.until_with(
        "what was typed is sent",
        "return $$('ol .comment:not(.pending)').some((e) => e.textContent.includes(args[0]))",
        vec![json!(TYPED)],
    )
    .await;
    assert_eq!(card.count(".broken").await, 0, "{what}");
    let errors = reader.heard_of("maqal:error").await;
    assert_eq!(errors, [Value::Null; 0], "{what}");
    // And it can still leave and come back.
    card.run("window.kept = host; host.remove()", vec![]).await;
    reader.until("it has left", "return window.kept.shadowRoot.childElementCount === 1").await;
    reader.run("document.body.append(window.kept)", vec![]).await;
    card.until_text(".title", TITLE).await;
    card.until_comments(4).await;
}

#[tokio::test]
async fn a_darkening_extension_may_put_styles_and_attributes_everywhere() {
    bears(
        "styles",
        "const darken = (at) => {
            for (const element of at.querySelectorAll('*')) {
                element.setAttribute('data-darkreader-inline-color', '');
                element.style.setProperty('--darkreader-inline-color', '#eee');
            }
            const style = document.createElement('style');
            style.className = 'darkreader';
            style.textContent = '* { border-color: #777 !important }';
            at.insertBefore(style, at.firstChild);
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(':host { color-scheme: dark }');
            at.adoptedStyleSheets.push(sheet);
        };
        darken(root);
        new MutationObserver(() => {
            for (const element of $$('*:not(style)')) if (!element.dataset.darkreaderInlineColor) element.dataset.darkreaderInlineColor = 'x';
        }).observe(root, { childList: true, subtree: true });",
    )
    .await;
}

#[tokio::test]
async fn a_grammar_checker_may_wrap_the_fields_and_put_its_own_beside_them() {
    bears(
        "a grammar checker",
        "for (const field of $$('textarea, input')) {
            field.setAttribute('data-gramm', 'true');
            field.setAttribute('spellcheck', 'false');
            const wrap = document.createElement('div');
            field.parentNode.insertBefore(wrap, field);
            wrap.append(document.createElement('grammarly-extension'), field, document.createElement('span'));
        }",
    )
    .await;
}

#[tokio::test]
async fn a_password_manager_may_put_icons_into_the_form_and_fill_it() {
    bears(
        "a password manager",
        "for (const field of $$('input')) {
            const icon = document.createElement('div');
            icon.setAttribute('data-lastpass-icon-root', '');
            icon.attachShadow({ mode: 'open' }).innerHTML = '<b>•</b>';
            field.after(icon);
            field.before(icon.cloneNode());
        }
        const name = $('#name');
        name.value = 'شخص آخر';
        name.dispatchEvent(new Event('input', { bubbles: true }));
        name.dispatchEvent(new Event('change', { bubbles: true }));",
    )
    .await;
}

#[tokio::test]
async fn a_blocker_may_remove_elements() {
    bears(
        "a blocker",
        "for (const css of ['.share', '.byline', 'button.like', '.sort', '.tools', '.hints', 'ol .comment']) $(css)?.remove();
        for (const comment of $$('ol .comment .say')) comment.remove();",
    )
    .await;
}

#[tokio::test]
async fn a_marker_of_words_may_split_the_texts() {
    bears(
        "marks",
        "const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) if (walker.currentNode.data.length > 3 && !walker.currentNode.parentElement.closest('style, textarea, select')) texts.push(walker.currentNode);
        for (const text of texts) {
            const word = text.splitText(1);
            word.splitText(1);
            const mark = document.createElement('mark');
            word.replaceWith(mark);
            mark.append(word);
        }",
    )
    .await;
}

#[tokio::test]
async fn whatever_empties_an_element_costs_that_element_and_no_more() {
    for css in [".card", ".talk", ".list", "[part=comments]", ".chunk", ".composer", "h3", ".body"] {
        let stage = Stage::start().await;
        let reader = half_written(&stage, "").await;
        let card = reader.card("maqal-card");
        card.run("$(args[0]).replaceChildren()", vec![json!(css)]).await;
        stage.endpoint.post(THREAD, "قارئ آخر", "كتبتُ في الأثناء", "another-readers-key-0001").await;
        card.run("host.theme = 'dark'; host.lang = 'en'; host.reload()", vec![]).await;
        card.until("its words are English", "return $('.card')?.lang === 'en'").await;
        reader.painted().await;
        assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0], "{css}");
        card.run("window.kept = host; host.remove()", vec![]).await;
        reader.until("it has left", "return window.kept.shadowRoot.childElementCount === 1").await;
        reader.run("window.kept.lang = 'ar'; document.body.append(window.kept)", vec![]).await;
        card.until_text(".title", TITLE).await;
        card.until_comments(3).await;
        goes_on(&reader).await;
    }
}

/* More than one copy of the widget. */

/// The addresses of the glue that the page has loaded, by their origins.
async fn glues(reader: &Browser) -> Value {
    let origins = "return performance.getEntriesByType('resource').map(({ name }) => new URL(name))
        .filter(({ pathname }) => pathname.endsWith('/maqal_bg.wasm')).map(({ origin }) => origin)";
    reader.run(origins, vec![]).await
}

/// The built widget as another version: its folder and its loader have another name.
fn other_version() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(environment::dist()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() && entry.path().join("maqal.js").exists() {
            copy(&entry.path(), &folder.path().join("0.2.0-0123456789ab"));
            let loader = fs::read_to_string(environment::dist().join("embed.js")).unwrap();
            assert!(loader.contains(&name));
            fs::write(folder.path().join("embed.js"), loader.replace(&name, "0.2.0-0123456789ab")).unwrap();
        }
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn reads_and_posts(card: Card<'_>) {
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post(NAME, TYPED).await;
    card.until_comments(1).await;
}

#[tokio::test]
async fn included_from_two_addresses_it_is_loaded_from_the_first() {
    let stage = Stage::start().await;
    let second = Cdn::start().await;
    let again = format!(r#"<script type="module" src="{}/embed.js"></script>"#, second.origin());
    stage.host.put("/twice.html", stage.html(&again, &stage.usual_card()));
    let reader = stage.reader_at("/twice.html").await;
    reads_and_posts(reader.card("maqal-card")).await;
    assert_eq!(glues(&reader).await, json!([stage.cdn.origin()]));
    assert_eq!(reader.heard_of("maqal:ready").await.len(), 1);
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn of_two_versions_the_first_stays_and_the_developer_is_told() {
    let stage = Stage::start().await;
    let dist = other_version();
    let second = Cdn::of(dist.path()).await;
    let again = format!(r#"<script type="module" src="{}/embed.js"></script>"#, second.origin());
    let cards = [article::light_dom(), String::new()].map(|children| {
        stage
            .card(&format!(r#"src="/article.json" endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), &children)
    });
    stage.host.put("/versions.html", stage.html(&again, &cards.concat()));
    let reader = stage.reader_at("/versions.html").await;
    reads_and_posts(reader.card("maqal-card")).await;
    reader.card("maqal-card + maqal-card").until_text(".title", TITLE).await;
    assert_eq!(glues(&reader).await, json!([stage.cdn.origin()]));
    let told = reader.console().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].level == "WARNING" && told[0].message.contains(&format!("{}/embed.js", second.origin())),
        "{told:?}"
    );
}
