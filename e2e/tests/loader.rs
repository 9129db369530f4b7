//! The loader finds what it loads wherever it is put, asks for it in parallel, and what it loads can be cached for good and
//! checked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use maqal_e2e::article::TITLE;
use maqal_e2e::browser::Browser;
use maqal_e2e::http::{Reply, Server, answer};
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use maqal_e2e::{cdn, environment, wait};
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

/// The paths of what the page has loaded from `origin`.
async fn loaded(reader: &Browser, origin: &str) -> BTreeSet<String> {
    let script = "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name))
        .filter((url) => url.origin === arguments[0]).map((url) => url.pathname)";
    let paths = reader.run(script, vec![json!(origin)]).await;
    paths.as_array().into_iter().flatten().filter_map(|path| path.as_str().map(str::to_owned)).collect()
}

/// A page that includes the loader as `script` does, with the usual card.
fn page(stage: &Stage, head: &str) -> String {
    let ours = format!(r#"<script type="module" src="{}/embed.js"></script>"#, stage.cdn.origin());
    stage.html(head, &stage.usual_card()).replace(&ours, "")
}

async fn works(stage: &Stage, page: String) -> Browser {
    stage.host.put_with("/", 200, "text/html; charset=utf-8", &[], page);
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_empty().await;
    card.post("هند", "وصل").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
    reader
}

fn manifest() -> Value {
    let files = cdn::read(&environment::dist());
    serde_json::from_slice(&files["/integrity.json"]).unwrap_or_else(|error| panic!("the manifest is JSON: {error}"))
}

#[tokio::test]
async fn hosted_by_the_page_itself_below_some_path_it_finds_all_its_files() {
    let stage = Stage::start().await;
    for (path, bytes) in cdn::read(&environment::dist()) {
        stage.host.put(&format!("/static/vendor/maqal{path}"), bytes);
    }
    let page = page(
        &stage,
        r#"<base href="/elsewhere/"><script type="module" src="/static/vendor/maqal/embed.js?v=3"></script>"#,
    );
    works(&stage, page).await;
}

#[tokio::test]
async fn a_server_that_does_not_know_the_type_of_webassembly_is_good_enough() {
    let stage = Stage::start().await;
    for (path, bytes) in cdn::read(&environment::dist()) {
        let (path, nosniff) = (format!("/maqal{path}"), [("x-content-type-options", "nosniff")]);
        match path.ends_with(".wasm") {
            true => stage.host.put_with(&path, 200, "text/plain", &nosniff, bytes),
            false => stage.host.put(&path, bytes),
        }
    }
    let reader = works(&stage, page(&stage, r#"<script type="module" src="/maqal/embed.js"></script>"#)).await;
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn all_that_the_loader_loads_lies_in_one_folder_named_after_its_content_and_has_its_digest() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    reader.card("maqal-card").until_empty().await;
    let manifest = manifest();
    let folder = manifest["folder"].as_str().unwrap_or_default();
    let (version, digest) = folder.split_once('-').expect("a version, and a digest");
    assert_eq!((version, digest.len()), (env!("CARGO_PKG_VERSION"), 12));
    let mut ours = loaded(&reader, &stage.cdn.origin()).await;
    ours.remove("/heard.js");
    assert!(ours.remove("/embed.js"));
    let first = ["card.js", "first_bg.wasm"];
    let whole = ["i18n/ar.json", "later.css", "maqal.js", "maqal_bg.wasm", "whole.js"];
    assert_eq!(ours, first.iter().chain(&whole).map(|name| format!("/{folder}/{name}")).collect());

    let files = cdn::read(&environment::dist());
    let digests: BTreeMap<String, String> = files
        .iter()
        .filter(|(path, _)| *path == "/embed.js" || path.starts_with(&format!("/{folder}/")))
        .map(|(path, bytes)| (path[1..].to_owned(), format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))))
        .collect();
    assert_eq!(json!(digests), manifest["integrity"]);
}

#[tokio::test]
async fn a_version_can_be_pinned_by_digests_and_what_differs_does_not_run() {
    let stage = Stage::start().await;
    let (manifest, cdn) = (manifest(), stage.cdn.origin());
    let folder = manifest["folder"].as_str().unwrap_or_default();
    let pinned = |digests: &Value| {
        let digest_of = |name: &str| digests[&format!("{folder}/{name}")].clone();
        // What an import map says of modules holds for those that are imported later, too.
        let modules: BTreeMap<String, Value> =
            ["card.js", "whole.js", "maqal.js"].map(|name| (format!("{cdn}/{folder}/{name}"), digest_of(name))).into();
        let map = json!({ "integrity": modules });
        let digest = digest_of("embed.js");
        format!(
            r#"<script type="importmap">{map}</script>
<script type="module" crossorigin integrity={digest} src="{cdn}/{folder}/embed.js"></script>"#
        )
    };
    works(&stage, page(&stage, &pinned(&manifest["integrity"]))).await;

    let mut tampered = manifest["integrity"].clone();
    tampered[&format!("{folder}/card.js")] = tampered[&format!("{folder}/whole.js")].clone();
    stage.host.put_with("/tampered", 200, "text/html; charset=utf-8", &[], page(&stage, &pinned(&tampered)));
    let reader = stage.reader_at("/tampered").await;
    reader.until("the developer is told", "return heard.some(({ detail }) => detail.code === 'load')").await;
    let readable = "return document.querySelector('maqal-card h1').getClientRects().length > 0";
    assert_eq!(reader.run(readable, vec![]).await, json!(true));
}

#[tokio::test]
async fn webassembly_and_the_cards_script_are_asked_for_before_any_of_them_has_come() {
    let stage = Stage::start().await;
    let files = cdn::read(&environment::dist());
    let asked = Arc::new(Mutex::new(BTreeSet::new()));
    let server = Server::start({
        let asked = asked.clone();
        move |request| {
            let path = request.uri().path().to_owned();
            let file: Option<Bytes> = files.get(&path).cloned();
            let asked = asked.clone();
            Box::pin(async move {
                let name = path.rsplit('/').next().unwrap_or_default().to_owned();
                let awaited = ["card.js", "first_bg.wasm"];
                if awaited.contains(&name.as_str()) {
                    asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
                    wait::until("both are asked for together", || async {
                        (asked.lock().unwrap_or_else(PoisonError::into_inner).len() == awaited.len()).then_some(())
                    })
                    .await;
                }
                let found = file.map_or_else(
                    || answer(404, "text/plain", ""),
                    |bytes| answer(200, maqal_e2e::http::content_type(&path), bytes),
                );
                let mut reply = Reply::Answer(found);
                if let Some(headers) = reply.headers_mut() {
                    headers.insert("access-control-allow-origin", http::HeaderValue::from_static("*"));
                }
                reply
            })
        }
    })
    .await;
    let script = format!(r#"<script type="module" src="{}/embed.js"></script>"#, server.origin());
    works(&stage, page(&stage, &script)).await;
}

#[tokio::test]
async fn a_second_card_loads_nothing_a_second_time() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    reader.card("maqal-card").until_empty().await;
    let before = loaded(&reader, &stage.cdn.origin()).await;
    let endpoint = stage.proxy.endpoint();
    let add = format!(
        r#"const card = document.createElement('maqal-card');
        Object.assign(card, {{ id: 'second', src: '{ARTICLE}', endpoint: '{endpoint}', thread: 'second' }});
        performance.clearResourceTimings();
        document.body.prepend(card)"#
    );
    reader.run(&add, vec![]).await;
    reader.card("#second").until_empty().await;
    assert!(before.len() > 6, "{before:?}");
    assert_eq!(loaded(&reader, &stage.cdn.origin()).await, BTreeSet::new());
}
