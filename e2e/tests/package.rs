//! The npm package, packed and installed: what its types take, what bundlers make of it, and the card that comes of that.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;

use maqal_e2e::article::TITLE;
use maqal_e2e::browser::Browser;
use maqal_e2e::project::Project;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use serde_json::{Value, json};

const ESBUILD: &str = "node_modules/esbuild/bin/esbuild";

/// A page of the host that loads `script`, with a card in it.
fn page(stage: &Stage, script: &str, body: &str) -> String {
    format!(
        r#"<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>موقع</title><link rel="icon" href="data:,">
<script src="{}/heard.js"></script><script type="module" src="{script}"></script><body>{body}"#,
        stage.cdn.origin()
    )
}

fn card(stage: &Stage) -> String {
    stage.card(&format!(r#"src="{ARTICLE}" endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), "")
}

/// Opens the page, reads, and posts.
async fn works(stage: &Stage, path: &str) -> Browser {
    let reader = stage.reader_at(path).await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post("زائرة", "من الحزمة").await;
    card.until_comments(1).await;
    assert_eq!(card.style(".card", "display").await, "block", "the styles are there");
    assert_eq!(reader.console().await, []);
    reader
}

/// The addresses on the host that the page has loaded from, but for its own.
async fn loaded(reader: &Browser) -> BTreeSet<String> {
    let names = "return performance.getEntriesByType('resource').map(({ name }) => new URL(name))
        .filter(({ host }) => host === location.host).map(({ pathname }) => pathname)";
    let names = reader.run(names, vec![]).await;
    names.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[test]
fn the_types_take_what_the_elements_take_and_refuse_the_rest() {
    let project = Project::new();
    for file in ["tsconfig.json", "card.ts", "react.tsx", "vue.ts", "svelte.ts"] {
        project.copy(&format!("npm/tests/{file}"), file);
    }
    project.run("node", &["node_modules/typescript/bin/tsc", "--project", "."]);
    // And the compiler has looked: a line that must not compile, without its mark.
    let text = fs::read_to_string(project.path("card.ts")).unwrap();
    project.write("card.ts", &text.replace("// @ts-expect-error: no such theme\n", ""));
    let said = project.try_run("node", &["node_modules/typescript/bin/tsc", "--project", "."]).unwrap_err();
    assert!(said.contains("card.ts") && said.contains("\"blue\""), "{said}");
}

#[test]
fn the_manifest_of_elements_is_valid_and_tells_all() {
    let project = Project::new();
    project.write(
        "check.mjs",
        r#"import { readFileSync } from "node:fs";
import Ajv from "ajv";
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const check = new Ajv({ strict: false, allErrors: true }).compile(read("node_modules/custom-elements-manifest/schema.json"));
const manifest = read("node_modules/maqal-card/custom-elements.json");
const errors = (one) => (check(one) ? [] : check.errors.map(({ instancePath, message }) => `${instancePath} ${message}`));
const broken = structuredClone(manifest);
delete broken.modules[0].path;
console.log(JSON.stringify({ errors: errors(manifest), broken: errors(broken), card: manifest.modules[0].declarations[0] }));
"#,
    );
    let told: Value = serde_json::from_str(&project.run("node", &["check.mjs"])).unwrap();
    assert_eq!(told["errors"], json!([]));
    assert_ne!(told["broken"], json!([]), "the schema is one that refuses");
    let names = |key: &str| {
        let all = told["card"][key].as_array().unwrap().iter();
        all.map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("attributes").len(), 13);
    assert_eq!(names("events"), ["maqal:ready", "maqal:count", "maqal:comment", "maqal:error"]);
    assert!(names("members").contains(&"identity".to_owned()) && names("members").contains(&"reload".to_owned()));
    assert!(names("cssParts").contains(&"comments-heading".to_owned()), "{:?}", names("cssParts"));
    assert!(names("cssProperties").contains(&"--maqal-accent".to_owned()), "{:?}", names("cssProperties"));
    assert_eq!(names("slots"), [""]);
}

#[tokio::test]
async fn bundled_by_esbuild_it_loads_from_the_files_beside_the_bundle() {
    let stage = Stage::start().await;
    let project = Project::new();
    project.write("main.js", "import \"maqal-card\";\n");
    project.run("node", &[ESBUILD, "main.js", "--bundle", "--format=esm", "--splitting", "--minify", "--outdir=app"]);
    project.run("cp", &["-r", "node_modules/maqal-card/files", "app/files"]);
    project.publish("app", &stage.host, "/site/app");
    stage.host.put("/site/index.html", page(&stage, "app/main.js", &card(&stage)));
    let reader = works(&stage, "/site/index.html").await;
    let loaded = loaded(&reader).await;
    for file in ["first_bg.wasm", "maqal.js", "maqal_bg.wasm", "later.css", "i18n/ar.json"] {
        assert!(loaded.contains(&format!("/site/app/files/{file}")), "{file}: {loaded:?}");
    }
}

#[tokio::test]
async fn built_by_vite_its_files_are_found_under_the_names_that_vite_gives_them() {
    let stage = Stage::start().await;
    let project = Project::new();
    project.write("main.js", "import \"maqal-card\";\n");
    project.write("index.html", &page(&stage, "/main.js", &card(&stage)));
    project.run("node", &["node_modules/vite/bin/vite.js", "build", "--base", "/built/", "--logLevel", "warn"]);
    project.publish("dist", &stage.host, "/built");
    let reader = works(&stage, "/built/index.html").await;
    let loaded = loaded(&reader).await;
    for module in ["/built/assets/first_bg-", "/built/assets/maqal_bg-"] {
        let found = loaded.iter().filter(|path| path.ends_with(".wasm") && path.starts_with(module)).count();
        assert_eq!(found, 1, "{module} in {loaded:?}");
    }
    assert_eq!(
        loaded.iter().filter(|path| path.ends_with(".json") && path.starts_with("/built")).count(),
        1,
        "one language"
    );
}

#[tokio::test]
async fn without_a_bundler_it_works_as_it_is() {
    let stage = Stage::start().await;
    let project = Project::new();
    project.publish("node_modules/maqal-card", &stage.host, "/node_modules/maqal-card");
    stage.host.put("/plain.html", page(&stage, "/node_modules/maqal-card/index.js", &card(&stage)));
    works(&stage, "/plain.html").await;
}

#[tokio::test]
async fn its_files_may_lie_elsewhere_and_the_entry_that_defines_nothing_waits_for_that() {
    let stage = Stage::start().await;
    let project = Project::new();
    project.write(
        "main.js",
        "import { MaqalCard, assetsFrom, define } from \"maqal-card/element\";
window.before = customElements.get(\"maqal-card\") ?? null;
window.start = () => {
  assetsFrom(\"/elsewhere\");
  define();
  define();
  return customElements.get(\"maqal-card\") === MaqalCard;
};
",
    );
    project.run("node", &[ESBUILD, "main.js", "--bundle", "--format=esm", "--splitting", "--outdir=app"]);
    project.publish("app", &stage.host, "/app");
    project.publish("node_modules/maqal-card/files", &stage.host, "/elsewhere");
    stage.host.put("/elsewhere.html", page(&stage, "/app/main.js", &card(&stage)));
    let reader = stage.reader_at("/elsewhere.html").await;
    reader.until("the bundle has run", "return Boolean(window.start)").await;
    assert_eq!(reader.run("return window.before", vec![]).await, Value::Null);
    assert_eq!(reader.run("return window.start()", vec![]).await, json!(true));
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    assert!(loaded(&reader).await.contains("/elsewhere/maqal_bg.wasm"));
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn react_sets_attributes_and_hears_events_and_a_server_renders_the_markup() {
    let stage = Stage::start().await;
    let project = Project::new();
    project.copy("npm/tests/react.tsx", "react.tsx");
    project.write(
        "main.jsx",
        "import { createRoot } from \"react-dom/client\";
import { Article } from \"./react\";
createRoot(document.querySelector(\"#root\")).render(<Article endpoint={window.endpoint} told={(title) => { window.told = title; }} />);
",
    );
    project.run(
        "node",
        &[ESBUILD, "main.jsx", "--bundle", "--format=esm", "--splitting", "--jsx=automatic", "--outdir=app"],
    );
    project.run("cp", &["-r", "node_modules/maqal-card/files", "app/files"]);
    project.publish("app", &stage.host, "/app");
    let body = format!(r#"<script>window.endpoint = "{}"</script><div id="root"></div>"#, stage.proxy.endpoint());
    stage.host.put("/react.html", page(&stage, "/app/main.js", &body));
    let reader = stage.reader_at("/react.html").await;
    let card = reader.card("maqal-card");
    card.until_text("h3.title", TITLE).await;
    card.until_text("button.send", "انشر").await;
    assert_eq!(reader.until("React is told", "return window.told").await, json!(TITLE));
    assert_eq!(card.style(".card", "color-scheme").await, "dark");
    assert_eq!(card.style("button.send", "background-color").await, "rgb(179, 18, 42)");
    assert_eq!(card.run("return [host.getAttribute('autoload'), host.className]", vec![]).await, json!(["", "card"]));

    project.write(
        "server.jsx",
        "import { renderToString } from \"react-dom/server\";
import * as own from \"maqal-card\";
import { Article } from \"./react\";
own.define();
console.log(renderToString(<Article endpoint=\"/api\" told={() => {}} />));
",
    );
    let bundle = [
        "--bundle",
        "--platform=node",
        "--packages=external",
        "--format=esm",
        "--jsx=automatic",
        "--outfile=server.mjs",
    ];
    project.run("node", &[&[ESBUILD, "server.jsx"], bundle.as_slice()].concat());
    let html = project.run("node", &["server.mjs"]);
    for part in [
        r#"<maqal-card src="/article.json" endpoint="/api" heading="3" theme="dark""#,
        r#"autoload="""#,
        "<h1>عنوان</h1>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}
