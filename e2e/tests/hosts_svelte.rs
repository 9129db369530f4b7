//! Cards in a page that Svelte draws.

use maqal_e2e::framework::{Site, ends_well, goes_through_a_list, is_new, set, type_into, usual};

const APP: &str = r#"<script>
  import { tick } from "svelte";
  import { flip } from "svelte/animate";
  import { fade } from "svelte/transition";

  let cards = $state.raw([]);
  let turn = $state(0);
  window.set = (now) => { cards = now; return tick(); };
  window.turn = () => { turn += 1; return tick(); };
</script>

{#key turn}
  {#each cards as card (card.id)}
    <section animate:flip={{ duration: 50 }} in:fade={{ duration: 50 }}>
      <maqal-card {...card} endpoint={window.endpoint}><h1>{card.id}</h1></maqal-card>
    </section>
  {/each}
{/key}
"#;

const MAIN: &str = r##"
import { mount } from "svelte";
import App from "./App.js";
mount(App, { target: document.querySelector("#root") });
"##;

const COMPILE: &str = r#"
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "svelte/compiler";
const { js } = compile(readFileSync("App.svelte", "utf8"), { filename: "App.svelte", generate: "client" });
writeFileSync("App.js", js.code);
"#;

async fn site() -> Site {
    let site = Site::start().await;
    site.project.write("App.svelte", APP);
    site.project.write("main.js", MAIN);
    site.project.write("compile.mjs", COMPILE);
    site.project.run("node", &["compile.mjs"]);
    site.bundle("main.js", &["--conditions=svelte,browser"]);
    site
}

#[tokio::test]
async fn cards_of_a_list_are_added_moved_reused_and_removed() {
    let site = site().await;
    let reader = site.reader_of_a_list().await;
    goes_through_a_list(&site, &reader).await;
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_block_that_is_made_anew_keeps_what_was_typed() {
    let site = site().await;
    let reader = site.reader_of_a_list().await;
    set(&reader, &[usual("a"), usual("b")]).await;
    type_into(&reader, "#a").await;
    reader.run("return window.turn()", vec![]).await;
    is_new(&reader, "#a").await;
    ends_well(&reader, "#a").await;
}
