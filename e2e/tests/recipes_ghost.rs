//! The recipe for Ghost: its theme is checked by Ghost's own checker and rendered by Ghost's own template engine, and its
//! HTML card by Ghost's own renderer of posts. Ghost itself does not run here: what its server would say of a post (the
//! theme's helpers) is said by stand-ins.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use maqal_e2e::article::{AUTHOR, PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::project::Project;
use maqal_e2e::recipe::{read_and_post, snippet};
use maqal_e2e::stage::{ARTICLE, Stage};
use serde_json::{Value, json};

/// What breaks out of markup that is not escaped.
const HOSTILE: &str = "«نقاش» \"'`</script><script>window.broken = 1</script> {{ title }} &amp; <b>";

/// Renders `post.content`, a list of paragraphs and HTML cards, and then the page of the post by the theme's `template`.
const RENDER: &str = r#"import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
const require = createRequire(import.meta.url);
// The renderer's document is jsdom's, which looks for these in Node, of 22.15 and later, and uses neither here.
require("node:zlib").createZstdDecompress ??= () => { throw new Error("this Node has no Zstandard"); };
require("node:worker_threads").markAsUncloneable ??= () => {};
const { DEFAULT_NODES } = require("@tryghost/kg-default-nodes");
const { LexicalHTMLRenderer } = require("@tryghost/kg-lexical-html-renderer");
const hbs = require("express-hbs");

const { post, template, locale } = JSON.parse(readFileSync("post.json", "utf8"));
const line = { version: 1, direction: "rtl", format: "", indent: 0 };
const text = (text) => ({ type: "extended-text", text, version: 1, detail: 0, format: 0, mode: "normal", style: "" });
const children = post.content.map(({ text: words, html }) =>
  html ? { type: "html", version: 1, html } : { type: "paragraph", ...line, children: [text(words)] });
const root = { root: { type: "root", ...line, children } };
post.html = await new LexicalHTMLRenderer({ nodes: DEFAULT_NODES }).render(JSON.stringify(root), {});

const engine = hbs.create();
const as = (html) => new engine.SafeString(html);
const helpers = {
  content() { return as(this.html); },
  url() { return this.url; },
  img_url: (url) => url,
  date: (date) => date.slice(0, 10),
  foreach: (list, options) => list.map((one) => options.fn(one)).join(""),
  ghost_head: () => as(readFileSync("theme/code-injection.html", "utf8")),
  ghost_foot: () => "",
  body_class: () => "post-template",
  post_class: () => "post",
};
for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, helper);
const render = engine.express4({ partialsDir: "theme/partials", layoutsDir: "theme", extname: ".hbs" });
const settings = { views: `${process.cwd()}/theme`, cache: false };
const data = { post, settings, _locals: {}, cache: false };
engine.updateTemplateOptions({ data: { site: { locale } } });
render(`${process.cwd()}/theme/${template}.hbs`, data, (error, html) => {
  if (error) throw error;
  writeFileSync("page.html", html);
});
"#;

const CHECK: &str = r#"import gscan from "gscan";
const { results } = gscan.format(await gscan.check("theme", { checkVersion: "v6" }));
console.log(JSON.stringify(results.error.map(({ code, rule, failures }) => `${code} ${rule} ${JSON.stringify(failures)}`)));
"#;

/// A project with the recipe in a theme that is as small as Ghost lets it be.
fn project(stage: &Stage) -> Project {
    let project = Project::new();
    stage.addresses().copy("ghost", &project.path("theme"));
    project.write("theme/default.hbs", r#"<!doctype html><html lang="{{@site.locale}}" dir="rtl"><head><meta charset="utf-8"><title>موقع</title><link rel="icon" href="data:,"><style>.kg-width-wide, .kg-width-full { inline-size: 100% }</style>{{ghost_head}}</head><body class="{{body_class}}">{{{body}}}{{ghost_foot}}</body></html>"#);
    project.write("theme/index.hbs", "{{!< default}}{{#foreach posts}}<a href=\"{{url}}\">{{title}}</a>{{/foreach}}");
    project
        .write("theme/page.hbs", "{{!< default}}{{#post}}<main class=\"{{post_class}}\">{{content}}</main>{{/post}}");
    let package = json!({
        "name": "maqal-recipe", "version": "1.0.0", "author": { "email": "a@site.invalid" }, "keywords": ["ghost-theme"],
        "engines": { "ghost": ">=5.0.0" }, "config": { "posts_per_page": 5, "card_assets": true },
    });
    project.write("theme/package.json", &package.to_string());
    project.write("render.mjs", RENDER);
    project.write("check.mjs", CHECK);
    project
}

/// Puts the page of a post by `template` at its address on the host.
fn publish(project: &Project, stage: &Stage, template: &str, post: &Value) -> String {
    project.write("post.json", &json!({ "post": post, "template": template, "locale": "ar" }).to_string());
    project.run("node", &["render.mjs"]);
    let page = std::fs::read_to_string(project.path("page.html")).unwrap();
    let path = post["url"].as_str().unwrap().replace(&stage.host.origin(), "");
    stage.host.put_with(&path, 200, "text/html; charset=utf-8", &[], page);
    path
}

fn post(stage: &Stage, content: &Value) -> Value {
    json!({
        "url": stage.host.url("/first/"), "title": HOSTILE, "custom_excerpt": "مقدّمة", "published_at": "2026-10-20T08:00:00.000Z",
        "feature_image": null, "primary_tag": { "name": "ثقافة" },
        "authors": [{ "name": AUTHOR, "url": stage.host.url("/author/nadia/") }, { "name": "سعيد <b>", "url": stage.host.url("/author/said/") }],
        "content": content,
    })
}

#[tokio::test]
async fn ghosts_own_checker_finds_no_error_in_the_theme() {
    let stage = Stage::start().await;
    let project = project(&stage);
    let errors = |project: &Project| project.run("node", &["check.mjs"]).trim().to_owned();
    assert_eq!(errors(&project), "[]");
    // And it would: a helper that Ghost has not.
    let partial = std::fs::read_to_string(project.path("theme/partials/maqal.hbs")).unwrap();
    project.write("theme/partials/maqal.hbs", &partial.replace("{{content}}", "{{article_text \"all\"}}"));
    assert!(errors(&project).contains("article_text"), "{}", errors(&project));
}

#[tokio::test]
async fn a_post_is_a_card_by_the_themes_partial() {
    let stage = Stage::start().await;
    let project = project(&stage);
    let content = json!([{ "text": PARAGRAPHS[0] }, { "text": "وهنا <b>نصّ</b> & </script>" }]);
    let path = publish(&project, &stage, "post", &post(&stage, &content));
    let reader = Browser::start().await;
    reader.open(&stage.host.url(&path)).await;
    let card = reader.card("maqal-card");
    read_and_post(&reader, card, HOSTILE).await;
    assert_eq!(card.texts(".kicker").await, ["ثقافة"]);
    assert_eq!(card.texts(".lead").await, ["مقدّمة"]);
    assert_eq!(card.texts(".author").await, [AUTHOR, "سعيد <b>"]);
    assert_eq!(card.texts(".body p").await, [PARAGRAPHS[0], "وهنا <b>نصّ</b> & </script>"]);
    assert_eq!(reader.run("return window.broken ?? null", vec![]).await, Value::Null);
    assert_eq!(stage.endpoint.stored(&stage.host.url("/first/")).await.len(), 1);
}

#[tokio::test]
async fn an_html_card_comes_through_ghosts_renderer_as_it_is() {
    let stage = Stage::start().await;
    let project = project(&stage);
    let chosen = json!({
        "host": "ghost",
        "attributes": [["src", ARTICLE], ["endpoint", stage.proxy.endpoint()], ["thread", HOSTILE], ["words", "{\"send\":\"انشر <b>\"}"], ["autoload", true]],
        "children": [{ "name": "article", "attributes": [], "children": [{ "name": "h1", "attributes": [], "children": [HOSTILE] }] }],
        "css": "",
        "loader": { "url": "https://elsewhere.invalid/embed.js" },
    });
    let written = snippet(&chosen).pop().unwrap();
    for (html, thread) in
        [(stage.addresses().read("ghost/html-card.html"), stage.host.url("/a/42")), (written, HOSTILE.to_owned())]
    {
        let mut page = post(&stage, &json!([{ "text": "قبلها" }, { "html": html }, { "text": "بعدها" }]));
        page["url"] = json!(stage.host.url("/page/"));
        let path = publish(&project, &stage, "page", &page);
        let reader = Browser::start().await;
        reader.open(&stage.host.url(&path)).await;
        let card = reader.card("maqal-card");
        read_and_post(&reader, card, TITLE).await;
        assert_eq!(card.run("return host.getAttribute('thread')", vec![]).await, json!(thread));
        assert_eq!(stage.endpoint.stored(&thread).await.len(), 1);
        assert_eq!(reader.run("return window.broken ?? null", vec![]).await, Value::Null);
    }
}
