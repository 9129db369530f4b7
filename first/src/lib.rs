//! **What shows first**: the article and the first page of its comments, as a reader finds them before he does anything.
//!
//! It is a module of WebAssembly of its own, small, because all readers pay for it. Whatever is not of the usual shape (another
//! format, a failure, an article in markup) it declines, and the whole widget shows that; the first touch of a reader brings the
//! whole widget too (`embed/first.js`). It asks for nothing and listens to nothing: texts in, a view out.

mod article;
mod comments;
mod composer;
mod parts;

use maqal_contract::Sort;
use maqal_contract::limits::THREAD_MAX_BYTES;
use maqal_reading::article::read::usual;
use maqal_reading::open;
use maqal_reading::url::HttpUrl;
use maqal_reading::view::{Script, decimal};
use wasm_bindgen::prelude::wasm_bindgen;

use article::View;
use comments::Conversation;

/// The card with the article that `text` holds (JSON-LD, from `address`), on a card in the language `tag`: its title, its
/// language, the conversation's name where the host gives none, and its view. Empty where this module declines.
///
/// `heading` is the level of the article's heading; `can_share` says whether the device has a sheet of its own for that.
#[wasm_bindgen]
pub fn card(text: &str, address: &str, tag: &str, heading: u8, can_share: bool) -> Vec<String> {
    let show = || {
        let article = usual::read(text)?;
        let title = article.title.clone()?;
        let own = article.url.as_ref().and_then(|url| url.resolve(address));
        let own = own.or_else(|| HttpUrl::parse(address, address).ok())?;
        let thread = Some(own.without_fragment()).filter(|name| name.len() <= THREAD_MAX_BYTES)?.to_owned();
        let mut out = Script::default();
        View { article: &article, base: address, level: heading, tag, can_share }.write(&mut out);
        open!(out, "div");
        comments::talk(heading + 1, article::own_dir(tag), &mut out);
        out.close();
        Some(vec![title, article.language.unwrap_or_default(), thread, out.finish()])
    };
    show().unwrap_or_default()
}

/// The card's view while its article is on its way, where nothing of the page's stands for it.
#[wasm_bindgen]
pub fn waiting() -> String {
    let mut out = Script::default();
    article::waiting(&mut out);
    out.finish()
}

/// The conversation whose first page an endpoint answered as `text`, in the order `sort`: how many comments there are, the moment
/// of the page, the view of its head under a heading of the level `above`, and that of its list. Empty where this module
/// declines.
#[wasm_bindgen]
pub fn comments(text: &str, sort: &str, above: u8) -> Vec<String> {
    let show = || {
        let page = Conversation::read(text)?;
        let (mut head, mut list) = (Script::default(), Script::default());
        comments::head(Some(&page), Sort::from_name(sort)?, above, &mut head);
        comments::list(Some(&page), above, &mut list);
        Some(vec![decimal(page.total()), page.live.unwrap_or_default(), head.finish(), list.finish()])
    };
    show().unwrap_or_default()
}
