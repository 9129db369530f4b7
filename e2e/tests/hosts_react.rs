//! Cards in a page that React draws.

use maqal_e2e::framework::{Site, ends_well, goes_through_a_list, has_text, is_new, set, type_into, usual};

const APP: &str = r#"
import { Activity, StrictMode, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

function App() {
  const [cards, setCards] = useState([]);
  const [isHidden, hide] = useState(false);
  window.set = (cards) => flushSync(() => setCards(cards));
  window.hide = (isHidden) => flushSync(() => hide(isHidden));
  return (
    <Activity mode={isHidden ? "hidden" : "visible"}>
      {cards.map((card) => (
        <section key={card.id}>
          <maqal-card {...card} endpoint={window.endpoint} onmaqal:ready={() => { window.told = (window.told ?? 0) + 1; }}>
            <h1>{card.id}</h1>
          </maqal-card>
        </section>
      ))}
    </Activity>
  );
}

let root;
function draw() {
  root = createRoot(document.querySelector("div[id=root]"));
  root.render(STRICT ? <StrictMode><App /></StrictMode> : <App />);
}
window.restart = () => { root.unmount(); draw(); };
draw();
"#;

async fn site(strict: bool) -> Site {
    let site = Site::start().await;
    site.project.write("main.jsx", APP);
    site.bundle("main.jsx", &["--jsx=automatic", &format!("--define:STRICT={strict}")]);
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
async fn in_strict_mode_too_and_a_hidden_part_keeps_its_card() {
    let site = site(true).await;
    let reader = site.reader_of_a_list().await;
    goes_through_a_list(&site, &reader).await;
    for _ in 0..3 {
        reader.run("window.hide(true)", vec![]).await;
        reader.until("it is hidden", "return !document.querySelector('#a').checkVisibility()").await;
        reader.run("window.hide(false)", vec![]).await;
        reader.until("it is on show", "return document.querySelector('#a').checkVisibility()").await;
    }
    has_text(&reader, "#a").await;
    ends_well(&reader, "#a").await;
}

#[tokio::test]
async fn a_root_that_is_drawn_anew_keeps_what_was_typed() {
    let site = site(true).await;
    let reader = site.reader_of_a_list().await;
    set(&reader, &[usual("a")]).await;
    type_into(&reader, "#a").await;
    reader.run("window.restart()", vec![]).await;
    reader.until("the list is empty", "return !document.querySelector('maqal-card')").await;
    set(&reader, &[usual("a")]).await;
    is_new(&reader, "#a").await;
    ends_well(&reader, "#a").await;
}
