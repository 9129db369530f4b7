//! The picture at the head of the article.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::article::model::Image;
use crate::ui::prose::{dir, prose};

/// The picture with its caption; `None` where its address cannot be fetched. Where the picture does not come its words
/// stand in its place, which stays: nothing moves.
pub(super) fn hero(image: &Image, base: &str) -> Option<AnyView> {
    let src = image.src.resolve(base)?;
    let missing = RwSignal::new(false);
    let size = image.width.zip(image.height);
    let alt = image.alt.clone().unwrap_or_default();
    let picture = move || {
        if missing.get() {
            let ratio = size.map(|(width, height)| [width.to_string(), "/".to_owned(), height.to_string()].concat());
            return html::div()
                .class("hero unsized missing")
                .style(("aspect-ratio", ratio.unwrap_or_default()))
                .dir("auto")
                .child(alt.clone())
                .into_any();
        }
        html::img()
            // Without a size of its own it gets a box of a usual one, so that nothing moves when it comes.
            .class(if size.is_some() { "hero" } else { "hero unsized" })
            // A picture that says nothing of itself is decoration to a screen reader.
            .alt(alt.clone())
            .width(size.map(|(width, _)| width.to_string()))
            .height(size.map(|(_, height)| height.to_string()))
            .attr("decoding", "async")
            .attr("fetchpriority", "high")
            .attr("referrerpolicy", "no-referrer")
            .on(ev::error, move |_| missing.set(true))
            // Last: what goes before applies to the request.
            .src(src.as_str().to_owned())
            .into_any()
    };
    let caption = image
        .caption
        .as_deref()
        .map(|text| html::figcaption().attr("part", "caption").dir(dir(text)).child(prose(text)));
    Some(html::figure().attr("part", "hero").child((picture, caption)).into_any())
}
