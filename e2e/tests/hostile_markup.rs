//! The corpus of hostile markup as articles and as comments, on a page of another origin: nothing of it runs, asks,
//! opens or leads away, and the page is what it was.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::{Arc, Mutex};

use maqal_e2e::browser::Browser;
use maqal_e2e::http::{Reply, Server, answer};
use maqal_e2e::publisher::{Publisher, readable};
use maqal_e2e::stage::{ARTICLE, Stage};
use maqal_e2e::wait;
use serde::Deserialize;
use serde_json::{Value, json};

/// How many cards stand on one page.
const CARDS: usize = 110;

/// The file of `tests/safe_html`; see there.
#[derive(Deserialize)]
struct Corpus {
    attacks: Vec<Attack>,
}

#[derive(Deserialize)]
struct Attack {
    /// None where the case is one of size, which the browser test has.
    html: Option<String>,
}

/// Everybody's server but ours: it gives a page for each path and remembers the paths.
struct Elsewhere {
    server: Server,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    async fn start() -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let server = Server::start({
            let asked = asked.clone();
            move |request| {
                asked.lock().unwrap().push(request.uri().path().to_owned());
                Box::pin(async { Reply::Answer(answer(200, "text/html", "<p>elsewhere</p>")) })
            }
        });
        Self { server: server.await, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The attacks with their numbers: what runs tells its number to the page, what leaks asks `leak`, and pictures and pages
/// that may stand there are `fine`'s.
fn attacks(leak: &Elsewhere, fine: &Elsewhere) -> Vec<(usize, String)> {
    let corpus: Corpus = serde_json::from_str(include_str!("../../tests/corpus/safe_html.json")).unwrap();
    let html = |(number, attack): (usize, Attack)| {
        let html = attack
            .html?
            .replace("{RUN}", &format!("top.__hit={number}"))
            .replace("{LEAK}", &format!("{}/{number}", leak.server.origin()))
            .replace("{PICTURE}", &format!("{}/{number}.jpg", fine.server.origin()))
            .replace("{PAGE}", &format!("{}/{number}.html", fine.server.origin()));
        Some((number, html))
    };
    corpus.attacks.into_iter().enumerate().filter_map(html).collect()
}

/// In the page's head: what would be noticed, and what the page is.
const WATCH: &str = r##"<script>
window.noticed = [];
Object.defineProperty(window, "__hit", { set: (who) => noticed.push(`ran: ${who}`), get: () => undefined });
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => noticed.push(name);
addEventListener("beforeunload", () => localStorage.setItem("left", location.href));
window.own = () => ({
  host: document.querySelector("#host").outerHTML,
  head: document.head.childNodes.length,
  body: [...document.body.children].filter((e) => e.localName !== "maqal-card").length,
  title: document.title, href: location.href, dialogs: document.querySelectorAll("dialog, :popover-open").length,
  names: Object.getOwnPropertyNames(window).filter((name) => !/^cdc_|^ret_nodes$/.test(name)).sort().join(),
  values: ["fetch", "top", "parent", "self", "customElements"].map((name) => String(window[name])).join(),
});
</script>"##;

/// Uses all that foreign markup may have left in the cards, and tells of links that lead where no link may.
const USE_ALL: &str = r#"const wrong = [];
for (const card of document.querySelectorAll("maqal-card")) {
  for (const text of card.shadowRoot.querySelectorAll(".body, .say")) {
    for (const element of text.querySelectorAll("*")) {
      const handlers = element.getAttributeNames().filter((name) => name.startsWith("on"));
      if (handlers.length) wrong.push(`${handlers} of <${element.localName}>`);
      if (["script", "style", "iframe", "object", "embed", "form", "input", "svg", "math", "link", "meta", "base", "template"].includes(element.localName)) wrong.push(`<${element.localName}>`);
      const link = element.closest("a[href]");
      if (link) {
        if (!["http:", "https:", "mailto:", "tel:"].includes(link.protocol)) wrong.push(link.href);
        continue;
      }
      for (const type of ["mouseover", "pointerdown", "keydown", "focus", "toggle"]) element.dispatchEvent(new Event(type, { bubbles: true }));
      if (element.matches("a, button, summary, [tabindex]")) { element.focus(); element.click(); }
    }
  }
}
return wrong;"#;

/// What must hold of a page whose cards have shown everything.
async fn nothing_happened(reader: &Browser, leak: &Elsewhere, before: &Value, what: &str) {
    assert_eq!(reader.run(USE_ALL, vec![]).await, json!([]), "{what}");
    // The markup itself, past the card: it is seen to run and to ask, and what was due before it has happened.
    let canary = format!("{}/canary", leak.server.origin());
    let script = "const box = document.createElement('div'); box.innerHTML = `<img src=\"${arguments[0]}\" onerror=\"top.__hit='canary'\">`;
        document.body.append(box); window.box = box";
    reader.run(script, vec![json!(canary)]).await;
    reader.until("the canary ran", "return noticed.includes('ran: canary')").await;
    wait::until("the canary asked", || async { (!leak.asked().is_empty()).then_some(()) }).await;
    let after = reader.run("box.remove(); delete window.box; return own()", vec![]).await;
    assert_eq!(reader.run("return noticed", vec![]).await, json!(["ran: canary"]), "{what}");
    assert_eq!(leak.asked(), ["/canary"], "{what}");
    assert_eq!(&after, before, "{what}");
    assert_eq!(reader.run("return localStorage.getItem('left')", vec![]).await, Value::Null, "{what}");
    leak.asked.lock().unwrap().clear();
}

#[tokio::test]
async fn no_article_of_the_corpus_does_anything() {
    let stage = Stage::start().await;
    let (leak, fine) = (Elsewhere::start().await, Elsewhere::start().await);
    let attacks = attacks(&leak, &fine);
    for (number, html) in &attacks {
        let post = json!({
            "id": number, "link": stage.host.url(&format!("/{number}")), "title": { "rendered": format!("مقال {number}") },
            "content": { "rendered": format!("<p>بداية</p>{html}"), "protected": false },
        });
        stage.host.put(&format!("/wp/{number}.json"), post.to_string());
    }
    let reader = Browser::start().await;
    for (page, part) in attacks.chunks(CARDS).enumerate() {
        let cards: String =
            part.iter().map(|(number, _)| format!(r#"<maqal-card src="/wp/{number}.json"></maqal-card>"#)).collect();
        let body = format!(r#"<p id="host">نصّ المضيف <a href="/">رابط</a></p>{cards}"#);
        let path = format!("/page-{page}");
        // A card loads near the viewport: here they all are.
        let head = format!("{WATCH}<style>maqal-card {{ display: block; block-size: 6px; overflow: hidden }}</style>");
        stage.host.put_with(&path, 200, "text/html; charset=utf-8", &[], stage.html(&head, &body));
        reader.open(&stage.host.url(&path)).await;
        let before = reader.run("localStorage.clear(); return own()", vec![]).await;
        let shown = "const cards = [...document.querySelectorAll('maqal-card')];
            return cards.every((card) => card.shadowRoot?.querySelector('.title') && card.shadowRoot.querySelector('.body p'))";
        reader.until("every card shows its article", shown).await;
        nothing_happened(&reader, &leak, &before, &format!("articles from {} on", part[0].0)).await;
    }
}

#[tokio::test]
async fn no_comment_of_the_corpus_does_anything() {
    let stage = Stage::start().await;
    let (leak, fine) = (Elsewhere::start().await, Elsewhere::start().await);
    let attacks = attacks(&leak, &fine);
    let endpoint = Publisher::start().await;
    let comments: Vec<Value> = attacks
        .iter()
        .map(|(number, html)| {
            json!({
                "id": format!("c{number}\"><img src=x onerror=top.__hit={number}>"), "thread": "t",
                "name": format!("قارئ {number} <img src=x onerror=top.__hit={number}>"), "body": "نصّ",
                "html": format!("<p>بداية</p>{html}"), "created": "2026-11-14T09:30:00Z",
            })
        })
        .collect();
    let page = json!({ "comments": comments, "total": comments.len() });
    endpoint.put("/comments", [readable(200, page.to_string(), &[("content-type", "application/json")])]);
    let card = format!(
        r#"<p id="host">نصّ المضيف</p><maqal-card src="{ARTICLE}" endpoint="{}" thread="t"></maqal-card>"#,
        endpoint.url("/comments")
    );
    stage.host.put_with("/talk", 200, "text/html; charset=utf-8", &[], stage.html(WATCH, &card));
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/talk")).await;
    let before = reader.run("localStorage.clear(); return own()", vec![]).await;
    reader.card("maqal-card").until_comments(comments.len()).await;
    nothing_happened(&reader, &leak, &before, "comments").await;
    assert_eq!(fine.asked(), [""; 0], "a comment has no pictures and no frames");
}
