//! A reader without a mouse: real keys through the driver, and what a screen reader would say meanwhile.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::card::Card;

/// So many presses of the Tab key lead through any card of the tests.
const MOST_STOPS: usize = 60;

/// Notes what is put into the live regions of the card, each change once.
const LISTEN: &str = "const live = '[role=status], [role=alert], [aria-live]';
window.spoken = [];
new MutationObserver((records) => {
  const regions = new Set();
  for (const { target, addedNodes } of records) {
    const around = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
    if (around) regions.add(around);
    for (const node of addedNodes) {
      if (node.nodeType !== 1) continue;
      for (const region of [node, ...node.querySelectorAll('*')]) if (region.matches(live)) regions.add(region);
    }
  }
  for (const region of regions) {
    const text = region.textContent.trim();
    // A card that waits unseen to take another's place is not spoken.
    const isUnseen = region.closest('.maqal')?.style.display === 'none';
    if (text && region.isConnected && !isUnseen) window.spoken.push(text);
  }
}).observe(root, { subtree: true, childList: true, characterData: true });
return true";

/// Where the focus is: what it is on, and whether a reader sees it there.
const FOCUS: &str = "const at = root.activeElement;
if (document.activeElement !== host || !at) return { lost: document.activeElement?.outerHTML.slice(0, 80) };
const box = at.getBoundingClientRect();
// Of a tall one the beginning is enough.
const seen = box.width > 0 && box.height > 0 && box.top < innerHeight - 8 && box.bottom > 8 && box.right > 0 && box.left < innerWidth;
const marked = [at, at.closest('.composer')].some((element) => {
  const style = element && getComputedStyle(element);
  return style && (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none');
});
return { seen, marked, what: at.outerHTML.slice(0, 160) }";

/// A reader who has a keyboard and a screen reader.
#[derive(Clone, Copy, Debug)]
pub struct Keyboard<'a> {
    browser: &'a Browser,
    card: Card<'a>,
}

impl<'a> Keyboard<'a> {
    /// At the page of `card`, which stands; what is announced is heard from now on.
    pub async fn at(browser: &'a Browser, card: Card<'a>) -> Self {
        card.run(LISTEN, vec![]).await;
        Self { browser, card }
    }

    /// Presses one key.
    pub async fn press(self, key: Key) {
        self.browser.keys(&char::from(key).to_string()).await;
    }

    /// Types on the keyboard, wherever the focus is.
    pub async fn types(self, text: &str) {
        self.browser.keys(text).await;
    }

    /// Presses `key` while `modifier` is down.
    pub async fn chord(self, modifier: Key, key: char) {
        let held = char::from(modifier);
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.browser.client().perform_actions(keys).await.expect("keys can be pressed");
    }

    /// Goes on with the Tab key until the focus is on what `css` finds.
    pub async fn tab_to(self, css: &str) {
        self.go_to(css, false).await;
    }

    /// Goes back with Shift and Tab until the focus is on what `css` finds.
    pub async fn tab_back_to(self, css: &str) {
        self.go_to(css, true).await;
    }

    async fn go_to(self, css: &str, back: bool) {
        let mut stops = Vec::new();
        for _ in 0..MOST_STOPS {
            // Keys are faster here than the whole card comes, and would pass by what is not there yet.
            self.card.until("the card is not busy", "return !$('.first[aria-busy=true]')").await;
            if self.is_at(css).await {
                return;
            }
            if back {
                self.chord(Key::Shift, char::from(Key::Tab)).await;
            } else {
                self.press(Key::Tab).await;
            }
            stops.push(self.focus().await["what"].as_str().unwrap_or("outside the card").to_owned());
        }
        panic!("the Tab key does not lead to {css}; it leads to:\n{}", stops.join("\n"));
    }

    /// Whether the focus is on what `css` finds.
    pub async fn is_at(self, css: &str) -> bool {
        let script = "return document.activeElement === host && Boolean(root.activeElement?.matches(args[0]))";
        self.card.run(script, vec![json!(css)]).await == json!(true)
    }

    /// Waits until the focus is on what `css` finds, where its reader sees it, and sees that it is there.
    pub async fn until_at(self, css: &str) {
        self.until_reading(css).await;
        let focus = self.focus().await;
        assert_eq!(focus["marked"], json!(true), "nobody sees that the focus is there: {focus}");
    }

    /// Waits until the focus is on what `css` finds, where its reader sees it: a text, which nobody marks for being read.
    pub async fn until_reading(self, css: &str) {
        let script = "return document.activeElement === host && Boolean(root.activeElement?.matches(args[0]))";
        let what = format!("the focus is on {css} (it was on {} before)", self.focus().await);
        self.card.until_with(&what, script, vec![json!(css)]).await;
        self.card.until("the view has come to the focus", &format!("return (() => {{ {FOCUS} }})().seen")).await;
    }

    /// Where the focus is.
    pub async fn focus(self) -> Value {
        self.card.run(FOCUS, vec![]).await
    }

    /// Waits until a screen reader has said something with `text` in it; it must have said that once.
    pub async fn hears_once(self, text: &str) {
        let heard = "return window.spoken.filter((said) => said.includes(args[0])).length";
        let what = format!("a screen reader says «{text}»");
        self.card
            .until_with(&what, "return window.spoken.some((said) => said.includes(args[0]))", vec![json!(text)])
            .await;
        // What would say it again does so by the next frames.
        self.browser.painted().await;
        let times = self.card.run(heard, vec![json!(text)]).await;
        assert_eq!(times, json!(1), "«{text}» is said so often, of: {}", self.spoken().await);
    }

    /// What a screen reader has said, the next frames' words too.
    pub async fn spoken(self) -> Value {
        self.browser.painted().await;
        self.browser.run("return window.spoken", vec![]).await
    }
}
