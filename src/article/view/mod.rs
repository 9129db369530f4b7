//! The card's upper part: picture, heading, byline, text.

mod body;
mod fold;
mod header;
mod hero;
mod in_text_links;
mod share;
mod skeleton;

use leptos::html;
use leptos::prelude::*;

use super::listen;
use super::load::Loaded;
use super::reading_time::{self, Pace};
use crate::comfort::{self, Looks};
use crate::i18n::{self, LanguageTag, Locale};
use crate::text::direction::Direction;
use crate::ui::CardContext;

use fold::Fold;
pub use skeleton::skeleton;

/// The identifier of the title, inside the card's own tree.
pub const TITLE_ID: &str = "article-title";

/// The article. `unfolded` says whether a long one shows all its text; it outlives a reload.
pub fn article(loaded: &Loaded, unfolded: RwSignal<bool>, looks: Looks, card: CardContext) -> impl IntoView + use<> {
    let Loaded { article, base, .. } = loaded;
    let direction = article.direction();
    let text = NodeRef::new();
    let fold = Fold::new(unfolded);
    let words = reading_time::words(&article.body);
    let pace = Pace { declared: article.language.clone(), runs: direction };
    let time = {
        let pace = pace.clone();
        move |locale: &Locale| pace.tell(words, locale)
    };
    let tools = html::div().class("acts").child((
        listen::controls(text, article.language.clone(), card, move || fold.open()),
        comfort::controls(looks, card),
        share::share(article.title.clone(), share::address(article, base), card),
    ));
    let language = article.language.as_deref().and_then(LanguageTag::of_document);
    html::article()
        .node_ref(text)
        .class("article")
        .attr("part", "article")
        .attr("aria-labelledby", article.title.is_some().then_some(TITLE_ID))
        .dir(direction.map_or("auto", Direction::as_attr))
        .lang(language.as_ref().map(|tag| tag.as_str().to_owned()))
        .attr("data-digits", move || match &language {
            Some(language) => i18n::digits_name(language),
            None => card.locale.with(Locale::digits_name),
        })
        .child((
            article.hero.as_ref().and_then(|image| hero::hero(image, base)),
            header::header(article, base, time, tools.into_any(), card),
            body::body(article, base, words, pace, fold, card),
        ))
}
