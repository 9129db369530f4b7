//! **What shows first**: the article and the first page of its comments, as a reader finds them before he does anything.
//!
//! It is a module of WebAssembly of its own, small, because all readers pay for it. Whatever is not of the usual shape (another
//! format, a failure) it declines, and the whole widget shows that; the first touch of a reader brings the whole widget too
//! (`embed/sight.js`). It asks for nothing and listens to nothing: texts in, a view out.
//!
//! Articles in JSON-LD are read here, those in markup by `maqal-first-markup`, which has its own `card` and the rest in common.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

mod article;
mod comments;
mod parts;

use maqal_contract::Sort;
use maqal_contract::limits::THREAD_MAX_BYTES;
use maqal_reading::text::number::decimal;
use maqal_reading::url::HttpUrl;
use maqal_reading::view::Script;
use wasm_bindgen::prelude::wasm_bindgen;

pub use article::View;
use comments::Conversation;

/// The card of `view`: the article's title, its language, the name of the conversation, and the article. `None` for an article
/// without a title.
#[must_use]
pub fn shown(view: View, thread: &str) -> Option<String> {
    let mut out = Script::default();
    out.field(view.article.title.as_deref()?);
    out.field(view.article.language.as_deref().unwrap_or_default());
    out.field(thread);
    view.write(&mut out);
    Some(out.finish())
}

/// The name of the conversation about the article at `url`; `None` where it is too long for one.
#[must_use]
pub fn thread_of(url: &HttpUrl) -> Option<String> {
    Some(url.without_fragment()).filter(|name| name.len() <= THREAD_MAX_BYTES).map(str::to_owned)
}

/// The card with the article that `text` holds (JSON-LD, from `address`), on a card in the language `tag`: its title, its
/// language, the conversation's name where the host gives none, and its view. Empty where this module declines.
///
/// `heading` is the level of the article's heading; `can_share` says whether the device has a sheet of its own for that.
#[cfg(feature = "json-ld")]
#[wasm_bindgen]
pub fn card(text: &str, address: &str, tag: &str, heading: u8, can_share: bool) -> String {
    use maqal_reading::article::read::usual;

    let show = || {
        let article = usual::read(text)?;
        let own = article.url.as_ref().and_then(|url| url.resolve(address));
        let own = own.or_else(|| HttpUrl::parse(address, address).ok())?;
        shown(View { article, base: address, level: heading, tag, can_share }, &thread_of(&own)?)
    };
    show().unwrap_or_default()
}

/// The conversation whose first page an endpoint answered as `text`, in the order `sort`: how many comments there are, the moment
/// of the page, the view of its head under a heading of the level `above`, and that of its list. Empty where this module
/// declines.
#[wasm_bindgen]
pub fn comments(text: &str, sort: &str, above: u8) -> String {
    let show = || {
        let page = Conversation::read(text)?;
        let mut out = Script::default();
        out.field(&decimal(page.total()));
        out.field(page.live.as_deref().unwrap_or_default());
        comments::head(&page, Sort::from_name(sort)?, above, &mut out);
        out.field("");
        comments::list(&page, above, &mut out);
        Some(out.finish())
    };
    show().unwrap_or_default()
}
