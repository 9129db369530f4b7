//! The playground (`demo/playground.html`): what is chosen, the code that says it, and the card that has it are one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use maqal_e2e::browser::Browser;
use maqal_e2e::endpoint::{Endpoint, PATH};
use maqal_e2e::host::Host;
use maqal_e2e::http::content_type;
use maqal_e2e::skip::{Step, can};
use maqal_e2e::{cdn, environment};
use serde_json::{Value, json};

/// The least that a strict page needs: no script or WebAssembly but the site's own.
const POLICY: (&str, &str) = ("content-security-policy", "script-src 'self' 'wasm-unsafe-eval'");

/// The site with the playground, a page of another origin, and an endpoint that both may ask.
struct Workshop {
    site: Host,
    other: Host,
    endpoint: Endpoint,
}

impl Workshop {
    async fn start() -> Self {
        let (site, other) = (Host::start().await, Host::start().await);
        let endpoint = Endpoint::start_with(&other.origin(), &["--allow-origin", &site.origin()]).await;
        for (path, bytes) in cdn::read(&environment::dist()) {
            let headers = [("access-control-allow-origin", "*"), POLICY];
            site.put_with(&path, 200, content_type(&path), &headers, bytes);
        }
        Self { site, other, endpoint }
    }

    /// The playground with these choices in its address, in Arabic.
    fn url(&self, choices: &[(&str, &str)]) -> String {
        let endpoint = self.endpoint.origin().to_owned() + PATH;
        let mut url = url::Url::parse(&self.site.url("/demo/playground.html")).unwrap();
        url.query_pairs_mut().append_pair("ui", "ar").append_pair("endpoint", &endpoint).extend_pairs(choices);
        url.into()
    }

    async fn open(&self, reader: &Browser, choices: &[(&str, &str)]) {
        reader.open(&self.url(choices)).await;
        reader.until("the code is there", "return document.querySelectorAll('.blocks code').length > 0").await;
    }

    /// Puts `body` on a page of the other origin and goes there.
    async fn visit_other(&self, reader: &Browser, body: &str) {
        let page = format!(
            r#"<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>صفحة أخرى</title><link rel="icon" href="data:,"><body>{body}"#
        );
        self.other.put("/page.html", page);
        reader.open(&self.other.url("/page.html")).await;
    }
}

/// The code of each block, in order.
async fn code(reader: &Browser) -> Vec<String> {
    let blocks = "return [...document.querySelectorAll('.blocks code')].map((code) => code.textContent)";
    let blocks = reader.run(blocks, vec![]).await;
    blocks.as_array().into_iter().flatten().map(|code| code.as_str().unwrap_or_default().to_owned()).collect()
}

/// Sets a control of the form, as a hand does: it ends with a change that is heard.
async fn choose(reader: &Browser, name: &str, value: &str) {
    let script = "const [name, value] = arguments;
        const controls = [...document.querySelectorAll(`#choices [name='${name}']`)];
        const radio = controls.find((control) => control.type === 'radio' && control.value === value);
        if (radio) { radio.click(); return true; }
        const [control] = controls;
        if (control.type === 'checkbox') { control.click(); return true; }
        control.value = value;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
        return true";
    reader.run(script, vec![json!(name), json!(value)]).await;
}

/// What a card is like: its attributes, what it shows, and the looks that can be chosen.
const LOOK: &str = "const card = document.querySelector('maqal-card'), root = card.shadowRoot;
    const whole = root?.querySelector('.card');
    if (!whole || whole.hidden || !root.querySelector('.title') || root.querySelector('.skeleton, .waiting')) return null;
    if (root.querySelector('.comments-loading') || !root.querySelector('.empty')) return null;
    const style = (css, name) => getComputedStyle(root.querySelector(css)).getPropertyValue(name);
    return JSON.stringify({
        attributes: card.getAttributeNames().filter((name) => name !== 'style').map((name) => [name, card.getAttribute(name)]),
        children: [...card.children].map((child) => child.outerHTML.replace(/>\\s+</g, '><')),
        text: whole.innerText.replace(/\\s+/g, ' '),
        title: root.querySelector('.title').localName,
        fields: [...root.querySelectorAll('form.composer input, form.composer textarea')].map(({ id, required }) => [id, required]),
        menu: Boolean(root.querySelector('[part~=comfort]')),
        scheme: style('.card', 'color-scheme'),
        ground: style('.card', 'background-color'),
        accent: style('button.send', 'background-color'),
        corner: style('.card', 'border-top-left-radius'),
        border: style('.card', 'border-top-width'),
        font: style('.title', 'font-family'),
    })";

async fn look(reader: &Browser) -> Value {
    // It is loaded by a hand that scrolls there.
    let near = "document.querySelector('maqal-card')?.scrollIntoView(); return true";
    reader.run(near, vec![]).await;
    let look = reader.until("the card stands, with no comment", LOOK).await;
    serde_json::from_str(look.as_str().unwrap_or_default()).unwrap()
}

/// What is chosen, one thing of each kind beside the source.
const CHOSEN: &[(&str, &str)] = &[
    ("thread", "نقاش «الورشة» & 'غيره'"),
    ("sort", "oldest"),
    ("autoload", ""),
    ("email", "required"),
    ("website", "optional"),
    ("lang", "ar-MA"),
    ("words", r#"{"send": "انشر \"هنا\" <b>"}"#),
    ("theme", "dark"),
    ("comfort", "text-size"),
    ("heading", "3"),
    ("brand", ""),
    ("accent", "#b3122a"),
    ("accent-dark", "#ff8a94"),
    ("round", "4"),
    ("font", "kufi"),
    ("flat", ""),
];

/// Texts that break out of every quoting that is not meant for them.
const HOSTILE: &str = "\"'`><script>window.broken = 1</script><img src=x onerror=\"window.broken = 1\"> {{ 1 + 1 }} {x} ${y} [maqal] --> ]]> &amp; &lt; \\ \u{202e}قلب\u{200f} %}";

#[tokio::test]
async fn the_snippet_on_a_page_of_another_origin_gives_the_card_of_the_preview() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    for source in ["src", "html", "json-ld"] {
        let mut chosen = CHOSEN.to_vec();
        chosen.push(("source", source));
        workshop.open(&reader, &chosen).await;
        let preview = look(&reader).await;
        assert_eq!(reader.console().await.iter().filter(|line| line.message.contains("Content Security")).count(), 0);
        let blocks = code(&reader).await;
        assert_eq!(blocks.len(), 1, "plain HTML is one piece: {blocks:?}");
        workshop.visit_other(&reader, &blocks[0]).await;
        let pasted = look(&reader).await;
        assert_eq!(pasted, preview, "{source}:\n{}", blocks[0]);
        // And each choice has reached it.
        assert_eq!(preview["title"], "h3");
        assert_eq!(preview["scheme"], "dark");
        assert_eq!(preview["accent"], "rgb(255, 138, 148)");
        assert_eq!(preview["corner"], "4px");
        assert_eq!(preview["border"], "0px");
        assert!(preview["font"].to_string().contains("Noto Kufi Arabic"), "{preview}");
        assert!(preview["text"].to_string().contains("انشر \\\"هنا\\\" <b>"), "{preview}");
        assert_eq!(preview["fields"].as_array().map(Vec::len), Some(4), "{preview}");
        let attributes = if source == "src" { 12 } else { 11 };
        assert_eq!(preview["attributes"].as_array().map(Vec::len), Some(attributes), "{preview}");
    }
}

#[tokio::test]
async fn a_version_pinned_by_its_digest_loads_and_another_one_in_its_place_does_not() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    workshop.open(&reader, &[("way", "pinned")]).await;
    let blocks = code(&reader).await;
    let src = blocks[0].split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert!(src != workshop.site.url("/embed.js") && src.ends_with("/embed.js"), "a file of this version: {src}");
    assert!(
        blocks[0].contains(" integrity=\"sha384-") && blocks[0].contains(" crossorigin=\"anonymous\""),
        "{blocks:?}"
    );
    let preview = look(&reader).await;
    workshop.visit_other(&reader, &blocks[0]).await;
    assert_eq!(look(&reader).await, preview, "{}", blocks[0]);
    let path = src.replace(&workshop.site.origin(), "");
    workshop.site.put_with(&path, 200, "text/javascript", &[("access-control-allow-origin", "*")], "window.broken = 1");
    workshop.visit_other(&reader, &blocks[0]).await;
    maqal_e2e::wait::until("the browser has refused it", || async {
        reader.console().await.iter().any(|line| line.message.contains("integrity")).then_some(())
    })
    .await;
    assert_eq!(reader.run("return window.broken ?? null", vec![]).await, Value::Null);
}

#[tokio::test]
async fn each_choice_changes_the_code_the_preview_and_the_address_alike() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    workshop.open(&reader, &[]).await;
    look(&reader).await;
    // A new value, the words of the code that say it, and the attribute of the preview.
    for (name, value, says, attribute) in [
        ("thread", "حوار", r#"thread="حوار""#, json!("حوار")),
        ("sort", "liked", r#"sort="liked""#, json!("liked")),
        ("autoload", "on", "autoload", json!("")),
        ("email", "optional", r#"email="optional""#, json!("optional")),
        ("website", "required", r#"website="required""#, json!("required")),
        ("lang", "fa", r#"lang="fa""#, json!("fa")),
        ("words", r#"{"send":"بفرست"}"#, r#"words='{"send":"بفرست"}'"#, json!(r#"{"send":"بفرست"}"#)),
        ("theme", "sepia", r#"theme="sepia""#, json!("sepia")),
        ("comfort", "text-size", r#"comfort="line-spacing theme""#, json!("line-spacing theme")),
        ("heading", "1", r#"heading="1""#, json!("1")),
        ("item", "42", r#"item="42""#, json!("42")),
        (
            "src",
            "https://news.invalid/a.json",
            r#"src="https://news.invalid/a.json""#,
            json!("https://news.invalid/a.json"),
        ),
        ("endpoint", "https://talk.invalid/c", r#"endpoint="https://talk.invalid/c""#, json!("https://talk.invalid/c")),
    ] {
        let before = code(&reader).await.concat();
        assert!(!before.contains(says), "{name} is not chosen yet: {before}");
        choose(&reader, name, value).await;
        let after = code(&reader).await.concat();
        assert!(after.contains(says), "{name}: {after}");
        let script = "return document.querySelector('maqal-card').getAttribute(arguments[0])";
        assert_eq!(reader.run(script, vec![json!(name)]).await, attribute, "{name}");
        let address =
            reader.run("return new URLSearchParams(location.search).has(arguments[0])", vec![json!(name)]).await;
        assert_eq!(address, json!(true), "{name} is in the address");
    }
    // The address alone gives the same.
    let before = code(&reader).await;
    reader.reload().await;
    reader.until("the code is there again", "return document.querySelectorAll('.blocks code').length > 0").await;
    assert_eq!(code(&reader).await, before);
    // Each observed attribute can be chosen: none is forgotten when the element gains one.
    let missing = "return customElements.get('maqal-card').observedAttributes.filter((name) => !document.querySelector(`#choices [name='${name}']`))";
    assert_eq!(reader.run(missing, vec![]).await, json!([]));
    // And back: nothing but what a card needs.
    reader.run("document.querySelector('.reset').click()", vec![]).await;
    let plain = code(&reader).await.concat();
    for name in
        ["thread", "sort", "autoload", "email", "website", "lang=", "words", "theme", "comfort", "heading", "<style"]
    {
        assert!(!plain.contains(name), "{name}: {plain}");
    }
}

#[tokio::test]
async fn hostile_values_stay_values_in_the_preview_and_in_the_code() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    for source in ["src", "html", "json-ld"] {
        let chosen =
            [("source", source), ("title", HOSTILE), ("lead", HOSTILE), ("text", HOSTILE), ("thread", HOSTILE)];
        workshop.open(&reader, &chosen).await;
        let preview = look(&reader).await;
        assert_eq!(reader.run("return window.broken ?? null", vec![]).await, Value::Null, "{source}");

        assert!(preview["attributes"].as_array().unwrap().contains(&json!(["thread", HOSTILE])), "{preview}");
        let blocks = code(&reader).await;
        assert!(!blocks[0].contains('\u{202e}'), "what turns a line around is written so that it can be seen");
        workshop.visit_other(&reader, &blocks[0]).await;
        assert_eq!(look(&reader).await, preview, "{source}:\n{}", blocks[0]);
        assert_eq!(reader.run("return window.broken ?? null", vec![]).await, Value::Null, "{source}");
    }
    // In a template of XML: it is well-formed, and says the same.
    workshop.open(&reader, &[("host", "blogger"), ("title", HOSTILE), ("thread", HOSTILE), ("autoload", "")]).await;
    let same = "const code = document.querySelector('.blocks code').textContent;
        const parsed = new DOMParser().parseFromString(`<r>${code}</r>`, 'application/xml');
        if (parsed.querySelector('parsererror')) return parsed.querySelector('parsererror').textContent;
        const [card, shown] = [parsed.querySelector('maqal-card'), document.querySelector('maqal-card')];
        return card.getAttribute('thread') === shown.getAttribute('thread') && card.getAttribute('autoload') === ''
            && card.querySelector('h1').textContent === shown.querySelector('h1').textContent";
    assert_eq!(reader.run(same, vec![]).await, json!(true));
    // What is no choice in the address is none on the page.
    workshop
        .open(
            &reader,
            &[
                ("host", "<b>"),
                ("accent", "red;}*{display:none"),
                ("brand", ""),
                ("theme", "\" onload=\"x"),
                ("round", "9999"),
            ],
        )
        .await;
    let text = code(&reader).await.concat();
    assert!(
        text.contains("--maqal-accent: #0b5d5a;") && !text.contains("display:none") && !text.contains("theme="),
        "{text}"
    );
}

#[tokio::test]
async fn phrases_that_are_no_json_are_named_at_their_field_and_stand_nowhere() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    workshop.open(&reader, &[("words", "{send: انشر")]).await;
    let field = "const field = document.querySelector('#words');
        return [field.getAttribute('aria-invalid'), document.getElementById(field.getAttribute('aria-describedby')).textContent]";
    let told = reader.run(field, vec![]).await;
    assert_eq!(told[0], "true");
    assert!(told[1].as_str().unwrap_or_default().contains("ليس هذا JSON"), "{told}");
    assert!(!code(&reader).await.concat().contains("words"));
    choose(&reader, "words", r#"{"send": "انشر"}"#).await;
    assert_eq!(reader.run(field, vec![]).await[0], "false");
    assert!(code(&reader).await.concat().contains("words"));
}

/// Presses `key` while Control is down.
async fn control(reader: &Browser, key: char) {
    let held = char::from(Key::Control);
    let keys = KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value: held })
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key })
        .then(KeyAction::Up { value: held });
    reader.client().perform_actions(keys).await.unwrap();
}

async fn press_tab_until(reader: &Browser, css: &str) {
    for _ in 0..80 {
        reader.keys(&char::from(Key::Tab).to_string()).await;
        if reader.run("return document.activeElement?.matches(arguments[0])", vec![json!(css)]).await == json!(true) {
            return;
        }
    }
    panic!("the Tab key does not lead to {css}");
}

async fn pasted(reader: &Browser) -> Value {
    choose(reader, "text", "").await;
    reader.run("document.querySelector('#text').focus()", vec![]).await;
    control(reader, 'v').await;
    reader.until("something was pasted", "return document.querySelector('#text').value").await
}

#[tokio::test]
async fn the_keyboard_alone_chooses_and_copies_and_a_screen_reader_hears_it() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    workshop.open(&reader, &[("source", "html")]).await;
    press_tab_until(&reader, "[name=host]").await;
    // The next radio, in the direction of the page.
    reader.keys(&char::from(Key::Down).to_string()).await;
    reader.until("React is chosen", "return document.querySelector('[name=host]:checked').value === 'react'").await;
    let files = "return [...document.querySelectorAll('.block h3')].map((title) => title.textContent)";
    assert_eq!(reader.run(files, vec![]).await, json!(["index.html", "ArticleCard.jsx"]));
    press_tab_until(&reader, ".block:nth-child(2) .copy").await;
    reader.keys(&char::from(Key::Enter).to_string()).await;
    reader
        .until("it is said", "return document.querySelector('[role=status]').textContent === 'نُسخ إلى الحافظة.'")
        .await;
    let component = code(&reader).await[1].clone();
    assert_eq!(pasted(&reader).await, json!(component));
}

#[tokio::test]
async fn where_the_clipboard_is_denied_it_is_copied_in_the_old_way_or_selected() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    workshop.open(&reader, &[("source", "html"), ("host", "hugo")]).await;
    reader.run("Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('denied')) } })", vec![]).await;
    let said = "return document.querySelector('[role=status]').textContent";
    reader
        .element("return document.querySelector('.block:nth-child(2) .copy')", vec![])
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    reader.until("it is said", &format!("{said} === 'نُسخ إلى الحافظة.'")).await;
    let shortcode = code(&reader).await[1].clone();
    assert_eq!(pasted(&reader).await, json!(shortcode));
    reader.run("document.execCommand = () => false", vec![]).await;
    reader
        .element("return document.querySelector('.block:nth-child(2) .copy')", vec![])
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    reader.until("it is said", &format!("{said}.includes('Ctrl+C')")).await;
    assert_eq!(
        reader.run("return getSelection().toString().trim()", vec![]).await,
        json!(code(&reader).await[1].trim())
    );
}

#[tokio::test]
async fn every_host_has_code_in_each_way_that_it_takes() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    workshop.open(&reader, &[]).await;
    let hosts = "return [...document.querySelectorAll('[name=host]')].map(({ value }) => value)";
    let hosts = reader.run(hosts, vec![]).await;
    let hosts: Vec<_> = hosts.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(hosts, ["html", "react", "vue", "svelte", "hugo", "wordpress", "blogger", "ghost"]);
    for host in hosts {
        let bundled = ["html", "react", "vue", "svelte"].contains(&host);
        workshop.open(&reader, &[("host", host)]).await;
        let by_address = code(&reader).await.concat();
        assert!(by_address.contains(&workshop.site.url("/embed.js")), "{host}: {by_address}");
        let disabled = reader.run("return document.querySelector('[name=way][value=npm]').disabled", vec![]).await;
        assert_eq!(disabled, json!(!bundled), "{host}");
        workshop.open(&reader, &[("host", host), ("way", "npm")]).await;
        let by_package = code(&reader).await.concat();
        assert_eq!(by_package.contains("npm install maqal-card"), bundled, "{host}: {by_package}");
        assert_eq!(by_package.contains("embed.js"), !bundled, "{host}: {by_package}");
    }
}

#[tokio::test]
async fn axe_finds_nothing_in_both_languages_schemes_and_widths() {
    let workshop = Workshop::start().await;
    let reader = Browser::start().await;
    let axe = fs::read_to_string(environment::axe()).unwrap();
    let run = "window.found = null;
        axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] },
            resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
        .then(({ violations }) => { window.found = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`)); });";
    let mut flaws = Vec::new();
    for language in ["ar", "en"] {
        let url = workshop
            .url(&[("host", "wordpress"), ("brand", ""), ("words", "{")])
            .replace("ui=ar", &format!("ui={language}"));
        reader.view(1280, 900, false).await;
        reader.open(&url).await;
        look(&reader).await;
        reader.add_script(&axe).await;
        for scheme in ["light", "dark"] {
            if can(Step::Preferences) {
                reader.media("", &[("prefers-color-scheme", scheme)]).await;
            } else if scheme == "dark" {
                continue;
            }
            for width in [320, 1280] {
                reader.view(width, 900, false).await;
                reader.painted().await;
                let settled = "return !document.getAnimations().some(({ playState }) => playState === 'running')";
                reader.until("nothing moves", settled).await;
                reader.run(run, vec![]).await;
                let found = reader.until("axe has run", "return window.found").await;
                flaws.extend(
                    found.as_array().into_iter().flatten().map(|flaw| format!("{language}, {scheme}, {width}: {flaw}")),
                );
                let fits = reader.run("return document.documentElement.scrollWidth <= innerWidth", vec![]).await;
                assert_eq!(fits, json!(true), "{language}, {width}: nothing hangs over the side");
            }
        }
    }
    assert!(flaws.is_empty(), "{} flaws:\n{}", flaws.len(), flaws.join("\n"));
}
