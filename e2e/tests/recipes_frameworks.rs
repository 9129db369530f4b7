//! The recipes for React, Vue and Svelte: compiled by the frameworks' own compilers, with the npm package as it is packed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use maqal_e2e::article::TITLE;
use maqal_e2e::browser::Browser;
use maqal_e2e::child::Child;
use maqal_e2e::project::Project;
use maqal_e2e::recipe::{read_and_post, snippet};
use maqal_e2e::stage::{ARTICLE, Stage};
use serde_json::{Value, json};

const VITE: &str = "node_modules/vite/bin/vite.js";

/// A project with the recipe `name`, a page that runs `main`, and the article as `window.article`.
fn project(stage: &Stage, name: &str, main: (&str, &str)) -> Project {
    let project = Project::new();
    stage.addresses().copy(name, &project.path("src"));
    std::fs::rename(project.path("src/vite.config.js"), project.path("vite.config.js")).unwrap();
    project.write(main.0, main.1);
    let article = json!({ "url": stage.host.url("/a/42"), "source": ARTICLE, "title": "عنوان", "lead": "مقدّمة" });
    project.write(
        "index.html",
        &format!(
            r#"<!doctype html><html><meta charset="utf-8"><title>موقع</title><link rel="icon" href="data:,">
<script>window.article = {article}</script><div id="root"></div><script type="module" src="/{}"></script>"#,
            main.0
        ),
    );
    project
}

/// Builds the project; a reader reads and posts, and the page around the card hears of it.
async fn works(stage: &Stage, project: &Project) {
    let said = project.run("node", &[VITE, "build", "--base", "/built/", "--logLevel", "warn"]);
    assert!(!said.to_lowercase().contains("warn"), "{said}");
    project.publish("dist", &stage.host, "/built");
    let reader = stage.reader_at("/built/index.html").await;
    let card = reader.card("maqal-card");
    read_and_post(&reader, card, TITLE).await;
    reader
        .until("the page has heard", "return document.querySelector('.total').textContent.trim() === 'التعليقات: 1'")
        .await;
    assert_eq!(stage.endpoint.stored(&stage.host.url("/a/42")).await.len(), 1);
    // The article in plain markup stands inside, and the token is a property alone.
    let inside =
        "return [host.querySelector('h1').textContent, host.identity, host.getAttributeNames().sort().join(' ')]";
    assert_eq!(card.run(inside, vec![]).await, json!(["عنوان", null, "endpoint src thread"]));
    reader.run("window.signIn('a.b.c')", vec![]).await;
    card.until("the element knows the reader", "return host.identity === 'a.b.c' && !host.hasAttribute('identity')")
        .await;
}

/// In the development server the card finds its files too.
async fn works_in_development(stage: &Stage, project: &Project) {
    let article = maqal_e2e::article::json_ld().to_string();
    let headers = [("access-control-allow-origin", "*")];
    stage.host.put_with(ARTICLE, 200, "application/ld+json", &headers, article);
    let page = std::fs::read_to_string(project.path("index.html")).unwrap();
    project.write("index.html", &page.replace(&format!("\"{ARTICLE}\""), &format!("\"{}\"", stage.host.url(ARTICLE))));
    let (vite, root) = (project.path(VITE), project.path(""));
    let arguments = [vite.as_os_str(), root.as_os_str(), "--host".as_ref(), "127.0.0.1".as_ref()];
    let ready = |line: &str| Some(line.split_once("Local:")?.1.trim().to_owned());
    let started = Child::start(Path::new("node"), &arguments, &project.path("vite.log"), ready).await;
    let (_server, address) = started.unwrap_or_else(|why| panic!("{why}"));
    let reader = Browser::start().await;
    reader.open(&address).await;
    reader.until("the card is on its page", "return Boolean(document.querySelector('maqal-card'))").await;
    reader.card("maqal-card").until_text(".title", TITLE).await;
}

/// Renders the page on a server, by a module that `entry` is.
fn rendered(project: &Project, entry: (&str, &str)) -> String {
    project.write(entry.0, entry.1);
    project.run("node", &[VITE, "build", "--ssr", entry.0, "--outDir", "server", "--logLevel", "error"]);
    let name = entry.0.rsplit('/').next().unwrap().rsplit_once('.').unwrap().0.to_owned();
    project.run("node", &[&format!("server/{name}.mjs")])
}

/// What a server renders: the card's attributes and the article, and no token.
fn assert_rendered(html: &str, stage: &Stage) {
    let thread = format!(r#"thread="{}""#, stage.host.url("/a/42"));
    for part in ["<maqal-card", r#"src="/article.json""#, &thread, "عنوان</h1>", "</maqal-card>"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("a.b.c") && !html.contains("identity"), "{html}");
}

const ARTICLE_OF_THE_SERVER: &str = "{ url: \"{url}\", source: \"/article.json\", title: \"عنوان\", lead: \"مقدّمة\" }";

fn on_server(stage: &Stage, module: &str) -> String {
    let article = ARTICLE_OF_THE_SERVER.replace("{url}", &stage.host.url("/a/42"));
    module.replace("ARTICLE", &article)
}

#[tokio::test]
async fn react() {
    let stage = Stage::start().await;
    let main = "import { useState } from \"react\";
import { createRoot } from \"react-dom/client\";
import { type Article, ArticlePage } from \"./ArticlePage\";
declare global { interface Window { article: Article; signIn(token: string): void } }
function Site() {
  const [identity, setIdentity] = useState<string | null>(null);
  window.signIn = setIdentity;
  return <ArticlePage article={window.article} identity={identity} />;
}
const root = document.querySelector(\"#root\");
if (root) createRoot(root).render(<Site />);
";
    let project = project(&stage, "react", ("src/main.tsx", main));
    project.copy("npm/tests/tsconfig.json", "tsconfig.json");
    let config = std::fs::read_to_string(project.path("tsconfig.json")).unwrap();
    // The types of react-dom are not among the packages.
    project.write("src/dom.d.ts", "declare module \"react-dom/client\" { export function createRoot(at: Element): { render(what: import(\"react\").ReactNode): void } }\n");
    project.write("tsconfig.json", &config.replace("\"*.ts\", \"*.tsx\"", "\"src\""));
    project.run("node", &["node_modules/typescript/bin/tsc", "--project", "."]);
    works(&stage, &project).await;
    works_in_development(&stage, &project).await;
    let server = "import { renderToString } from \"react-dom/server\";
import { ArticlePage } from \"./ArticlePage\";
console.log(renderToString(<ArticlePage article={ARTICLE} identity=\"a.b.c\" />));
";
    assert_rendered(&rendered(&project, ("src/server.tsx", &on_server(&stage, server))), &stage);
}

#[tokio::test]
async fn vue() {
    let stage = Stage::start().await;
    let main = "import { createApp, h, ref } from \"vue\";
import ArticlePage from \"./ArticlePage.vue\";
const identity = ref(null);
window.signIn = (token) => { identity.value = token; };
createApp({ render: () => h(ArticlePage, { article: window.article, identity: identity.value }) }).mount(\"#root\");
";
    let project = project(&stage, "vue", ("src/main.js", main));
    works(&stage, &project).await;
    let server = "import { createSSRApp, h } from \"vue\";
import { renderToString } from \"vue/server-renderer\";
import ArticlePage from \"./ArticlePage.vue\";
console.log(await renderToString(createSSRApp({ render: () => h(ArticlePage, { article: ARTICLE, identity: \"a.b.c\" }) })));
";
    assert_rendered(&rendered(&project, ("src/server.js", &on_server(&stage, server))), &stage);
}

#[tokio::test]
async fn svelte() {
    let stage = Stage::start().await;
    let site = "<script>
  import ArticlePage from \"./ArticlePage.svelte\";
  let identity = $state(null);
  if (typeof window !== \"undefined\") window.signIn = (token) => { identity = token; };
  let { article, token = null } = $props();
</script>
<ArticlePage {article} identity={identity ?? token} />
";
    let main = "import { mount } from \"svelte\";
import Site from \"./Site.svelte\";
mount(Site, { target: document.querySelector(\"#root\"), props: { article: window.article } });
";
    let project = project(&stage, "svelte", ("src/main.js", main));
    project.write("src/Site.svelte", site);
    works(&stage, &project).await;
    let server = "import { render } from \"svelte/server\";
import Site from \"./Site.svelte\";
console.log(render(Site, { props: { article: ARTICLE, token: \"a.b.c\" } }).body);
";
    assert_rendered(&rendered(&project, ("src/server.js", &on_server(&stage, server))), &stage);
}

/// Renders the playground's component of each framework on a server, by the framework's own compiler.
const RENDER: &str = r#"import { readFileSync, writeFileSync } from "node:fs";
const [host, code] = JSON.parse(readFileSync("chosen.json", "utf8"));
if (host === "react") {
  const { transformSync } = await import("esbuild");
  const { renderToString } = await import("react-dom/server");
  const { createElement } = await import("react");
  writeFileSync("react.mjs", transformSync(code, { loader: "jsx", jsx: "automatic" }).code);
  console.log(renderToString(createElement((await import("./react.mjs")).ArticleCard)));
} else if (host === "vue") {
  const { createSSRApp } = await import("vue");
  const { renderToString } = await import("vue/server-renderer");
  const { template } = (await import("vue/compiler-sfc")).parse(code).descriptor;
  const compilerOptions = { isCustomElement: (tag) => tag.startsWith("maqal-") };
  console.log(await renderToString(createSSRApp({ template: template.content, compilerOptions })));
} else {
  const { compile } = await import("svelte/compiler");
  const { render } = await import("svelte/server");
  writeFileSync("svelte.mjs", compile(code, { generate: "server" }).js.code);
  console.log(render((await import("./svelte.mjs")).default).body);
}
"#;

#[tokio::test]
async fn what_the_playground_writes_is_what_a_server_renders() {
    const HOSTILE: &str = "\"'`</script><script>window.broken = 1</script> {{ 1 + 1 }} {x} ${y} --> &amp; \\ «نقاش»";
    let stage = Stage::start().await;
    let project = Project::new();
    project.write("render.mjs", RENDER);
    let reader = Browser::start().await;
    // As the playground writes JSON-LD: nothing of markup is in it.
    let json = json!({ "headline": HOSTILE }).to_string();
    let json = json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    let part = |name: &str, attributes: Value, text: &str| json!({ "name": name, "attributes": attributes, "children": [text] });
    for host in ["react", "vue", "svelte"] {
        let chosen = json!({
            "host": host,
            "attributes": [["thread", HOSTILE], ["words", json!({ "send": HOSTILE }).to_string()], ["autoload", true]],
            "children": [part("script", json!([["type", "application/ld+json"]]), &json), part("p", json!([]), HOSTILE)],
            "css": "",
            "loader": { "url": "https://elsewhere.invalid/embed.js" },
        });
        let code = snippet(&chosen).into_iter().find(|code| code.contains("<maqal-card")).unwrap();
        project.write("chosen.json", &json!([host, code]).to_string());
        let html = project.run("node", &["render.mjs"]);
        stage.host.put("/rendered.html", format!("<!doctype html><meta charset=\"utf-8\"><body>{html}"));
        reader.open(&stage.host.url("/rendered.html")).await;
        let is = "const card = document.querySelector('maqal-card');
            return [card.getAttribute('thread'), JSON.parse(card.getAttribute('words')).send, card.getAttribute('autoload'),
                JSON.parse(card.querySelector('script').textContent).headline, card.querySelector('p').textContent, window.broken ?? null]";
        let wanted = json!([HOSTILE, HOSTILE, "", HOSTILE, HOSTILE, null]);
        assert_eq!(reader.run(is, vec![]).await, wanted, "{host}:\n{code}\n{html}");
    }
}
