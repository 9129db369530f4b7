//! Cards in a page that Vue draws.

use maqal_e2e::framework::{Site, ends_well, goes_through_a_list, has_text, is_known, set, type_into, usual};

const APP: &str = r#"
import { KeepAlive, TransitionGroup, createApp, h, nextTick, ref } from "vue/dist/vue.runtime.esm-browser.prod.js";

const cards = ref([]);
const page = ref("list");
window.set = (now) => { cards.value = now; return nextTick(); };
window.go = (to) => { page.value = to; return nextTick(); };

const card = (one) => h("maqal-card", { ...one, key: one.id, endpoint: window.endpoint }, [h("h1", one.id)]);
const List = { name: "List", render: () => (MOVES ? h(TransitionGroup, { tag: "main", name: "list" }, () => cards.value.map(card)) : h("main", cards.value.map(card))) };
const Other = { name: "Other", render: () => h("p", "صفحة أخرى") };
createApp({ render: () => h(KeepAlive, null, () => h(page.value === "list" ? List : Other)) }).mount("div[id=root]");
"#;

async fn site(moves: bool) -> Site {
    let site = Site::start().await;
    site.project.write("main.js", APP);
    site.bundle("main.js", &[&format!("--define:MOVES={moves}")]);
    site
}

#[tokio::test]
async fn cards_of_a_list_are_added_moved_reused_and_removed() {
    let site = site(false).await;
    let reader = site.reader_of_a_list().await;
    goes_through_a_list(&site, &reader).await;
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn in_a_list_whose_moves_are_animated_too() {
    let site = site(true).await;
    let reader = site.reader_of_a_list().await;
    let style = "document.head.insertAdjacentHTML('beforeend', '<style>.list-move, .list-enter-active, .list-leave-active { transition: all 50ms } .list-enter-from, .list-leave-to { opacity: 0 } .list-leave-active { position: absolute }</style>')";
    reader.run(style, vec![]).await;
    goes_through_a_list(&site, &reader).await;
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_part_that_is_kept_alive_off_the_page_comes_back_with_what_was_typed() {
    let site = site(false).await;
    let reader = site.reader_of_a_list().await;
    set(&reader, &[usual("a"), usual("b")]).await;
    type_into(&reader, "#a").await;
    for _ in 0..3 {
        reader.run("return window.go('other')", vec![]).await;
        reader.until("the list is off the page", "return !document.querySelector('maqal-card')").await;
        reader.run("return window.go('list')", vec![]).await;
        // The element is the same, its card is attached anew.
        reader.until("the same element is back", "return document.querySelector('#a') === known[0]").await;
        has_text(&reader, "#a").await;
    }
    reader.card("#a").run("window.known = [host, ...$$('#name, #body, .title')]", vec![]).await;
    set(&reader, &[usual("b"), usual("a")]).await;
    is_known(&reader, "#a").await;
    ends_well(&reader, "#a").await;
}
