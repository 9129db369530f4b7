//! A page that a framework draws, with cards in it: what its pages do with nodes, and what must stay the same meanwhile.

use http::Method;
use serde_json::{Value, json};

use crate::article::{self, TITLE};
use crate::browser::Browser;
use crate::project::Project;
use crate::stage::{ARTICLE, Stage};

/// The headline of the other article, at [`OTHER`].
pub const OTHER_TITLE: &str = "عنوان آخر";

/// Where the host has another article.
pub const OTHER: &str = "/other.json";

/// What a reader has typed and not sent.
pub const TYPED: &str = "نصّ لم يُرسل بعد";

const NAME: &str = "هند";

/// A site whose pages are drawn by what its own scripts do.
#[derive(Debug)]
pub struct Site {
    /// All that the page talks to.
    pub stage: Stage,
    /// Where its scripts are bundled.
    pub project: Project,
}

impl Site {
    /// A site with two articles and no page yet.
    pub async fn start() -> Self {
        let stage = Stage::start().await;
        let mut other = article::json_ld();
        other["headline"] = json!(OTHER_TITLE);
        stage.host.put(OTHER, other.to_string());
        Self { stage, project: Project::new() }
    }

    /// Bundles the project's `entry`, with more `options` of esbuild, as `/app/main.js`.
    pub fn bundle(&self, entry: &str, options: &[&str]) {
        let bundle = ["node_modules/esbuild/bin/esbuild", entry, "--bundle", "--format=esm", "--outfile=app/main.js"];
        self.project.run("node", &[&bundle, options].concat());
        self.project.publish("app", &self.stage.host, "/app");
    }

    /// Puts a page at `path`, with the endpoint's address in `window.endpoint`, `head` and `body`.
    pub fn put_page(&self, path: &str, head: &str, body: &str) {
        let endpoint = format!("<script>window.endpoint = \"{}\"</script>", self.stage.proxy.endpoint());
        let html = self.stage.html(&[&endpoint, head].concat(), body);
        self.stage.host.put_with(path, 200, "text/html; charset=utf-8", &[], html);
    }

    /// A card with this `id`, which names its conversation too.
    #[must_use]
    pub fn card(&self, id: &str, more: &str) -> String {
        let endpoint = self.stage.proxy.endpoint();
        let attributes = format!(r#"id="{id}" src="{ARTICLE}" endpoint="{endpoint}" thread="{id}" {more}"#);
        self.stage.card(&attributes, &article::light_dom())
    }

    /// How many requests there were for articles and conversations.
    #[must_use]
    pub fn requests(&self) -> usize {
        let articles = self.stage.host.times_asked(ARTICLE) + self.stage.host.times_asked(OTHER);
        articles + self.stage.proxy.recorded(&Method::GET).len()
    }

    /// A reader of a page whose script gives `window.set(cards)`: it shows these, a list of objects of attributes that
    /// are known by their `id`.
    pub async fn reader_of_a_list(&self) -> Browser {
        self.put_page("/app.html", r#"<script type="module" src="/app/main.js"></script>"#, r#"<div id="root"></div>"#);
        let reader = self.stage.reader_at("/app.html").await;
        reader.until("the framework has drawn the page", "return Boolean(window.set)").await;
        reader
    }
}

/// Has the framework show these cards.
pub async fn set(reader: &Browser, cards: &[Value]) {
    reader.run("return window.set(arguments[0])", vec![json!(cards)]).await;
    let ids: Vec<&Value> = cards.iter().map(|card| &card["id"]).collect();
    let drawn = format!(
        "return JSON.stringify([...document.querySelectorAll('#root maqal-card')].map(({{ id }}) => id)) === '{}'",
        json!(ids)
    );
    reader.until("the cards stand in their order", &drawn).await;
}

/// A card of the list with the usual article, whose `id` names its conversation too.
#[must_use]
pub fn usual(id: &str) -> Value {
    json!({ "id": id, "src": ARTICLE, "thread": id })
}

/// Types a comment into the card `id`, and remembers its element and its fields.
pub async fn type_into(reader: &Browser, id: &str) {
    let card = reader.card(id);
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.write(NAME, TYPED).await;
    card.run("window.known = [host, ...$$('#name, #body, .title')]", vec![]).await;
}

/// The card `id` is the very one that was typed into, with all its nodes.
pub async fn is_known(reader: &Browser, id: &str) {
    let same = "return known.length === 4 && [host, ...$$('#name, #body, .title')].every((e, n) => e === known[n])";
    reader.card(id).until("the same nodes stand there", same).await;
    has_text(reader, id).await;
}

/// The card `id` is another element than the one that was typed into.
pub async fn is_new(reader: &Browser, id: &str) {
    reader.card(id).until("it is another element", "return host && host !== known[0]").await;
}

/// What was typed stands in the card `id`.
pub async fn has_text(reader: &Browser, id: &str) {
    let card = reader.card(id);
    card.until_text(".title", TITLE).await;
    card.until_with("what was typed stands there", "return $('#body')?.value === args[0]", vec![json!(TYPED)]).await;
    assert_eq!(card.value("#name").await, NAME);
}

/// What was typed into the card `id` is sent; nothing has gone wrong on the page, and one instance has served all cards.
pub async fn ends_well(reader: &Browser, id: &str) {
    let card = reader.card(id);
    has_text(reader, id).await;
    card.press("button.send").await;
    card.until_comments(1).await;
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
    let told: Vec<_> = reader.console().await.into_iter().filter(|line| line.level != "INFO").collect();
    assert_eq!(told, []);
    let wasm =
        "return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('maqal_bg.wasm')).length";
    assert_eq!(reader.run(wasm, vec![]).await, json!(1), "one instance for all");
}

/// What pages do with a list of cards: more of them, another order, other attributes for the same nodes, fewer, again more.
pub async fn goes_through_a_list(site: &Site, reader: &Browser) {
    set(reader, &[usual("a"), usual("b"), usual("c")]).await;
    type_into(reader, "#a").await;
    for id in ["#b", "#c"] {
        // A card waits until it nears the window, and the third one is below two of more than a window's height.
        reader.card(id).run("host.scrollIntoView()", vec![]).await;
        reader.card(id).until_empty().await;
    }
    let before = site.requests();
    for order in [["c", "a", "b"], ["b", "c", "a"], ["a", "c", "b"]] {
        set(reader, &order.map(usual)).await;
        is_known(reader, "#a").await;
    }
    assert_eq!(site.requests(), before, "a card that is moved fetches nothing");

    // The same node with other attributes, and with the former ones again.
    let other = json!({ "id": "a", "src": OTHER, "thread": "other", "theme": "dark" });
    set(reader, &[other, usual("c"), usual("b")]).await;
    let card = reader.card("#a");
    card.until_text(".title", OTHER_TITLE).await;
    card.until("the other conversation stands there", "return host === known[0] && $('#body')?.value === ''").await;
    card.until("it is dark", "return $('.card').dataset.theme === 'dark'").await;
    set(reader, &[usual("a"), usual("c"), usual("b")]).await;
    has_text(reader, "#a").await;

    // Gone, and there again: another node, which knows what was typed.
    set(reader, &[usual("c")]).await;
    set(reader, &[usual("c"), usual("a")]).await;
    is_new(reader, "#a").await;
    has_text(reader, "#a").await;
}
