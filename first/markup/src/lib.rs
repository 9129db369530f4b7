//! **What shows first of an article in markup**: the card of [`maqal_first`] where the article is the element's own children. It
//! is a module of its own, in the place of the other one: no reader pays for two ways to write an article.

use maqal_first::{View, shown, thread_of};
use maqal_reading::article::model::Body;
use maqal_reading::article::read::{body, html_article};
use maqal_reading::markup;
use wasm_bindgen::prelude::wasm_bindgen;

/// The card with the article that an element holds: `tree` is the element as `embed/tree.js` writes it down, on the page
/// `address`. It gives what the `card` of the other module gives; the name of the conversation is empty where the article has no
/// address of its own.
#[wasm_bindgen]
pub fn card(tree: &str, address: &str, tag: &str, heading: u8, can_share: bool) -> String {
    let show = || {
        let mut article = html_article::read_usual(&markup::handed(tree)?)?;
        body::finish(&mut article);
        // Frames and tables need words and answers of the whole widget's.
        let is_shown = matches!(&article.body, Body::Html(html) if !html.is_empty() && !html.is_active());
        let own = article.url.as_ref().and_then(|url| url.resolve(address));
        let thread = own.map_or(Some(String::new()), |own| thread_of(&own))?;
        is_shown.then(|| shown(View { article, base: address, level: heading, tag, can_share }, &thread))?
    };
    show().unwrap_or_default()
}
