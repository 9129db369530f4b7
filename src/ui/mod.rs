//! The small parts that every view shares, and what each of them needs to know of its card.

pub mod avatar;
pub mod badge;
pub mod children;
pub mod failure;
pub mod focus;
pub mod heading;
pub mod icon;
pub mod in_view;
pub mod markup;
pub mod notice;
pub mod prose;
pub mod share;
pub mod skeleton;
pub mod time;

use leptos::prelude::{Get, Memo, RwSignal, With};
use maqal_contract::limits::BODY_MAX_CHARS;

use crate::i18n::{Catalogue, Locale, Timestamp};
use crate::outward::Outward;
use crate::settings::HeadingLevel;
use crate::text::direction;

/// What a view knows of its card.
#[derive(Clone, Copy)]
pub struct CardContext {
    /// The card's language.
    pub locale: Memo<Locale>,
    /// The level of the article's heading.
    pub heading: Memo<HeadingLevel>,
    /// The current minute, for «a quarter of an hour ago».
    pub now: RwSignal<Timestamp>,
    /// The way out to the host page.
    pub outward: Outward,
}

impl CardContext {
    /// A word of the catalogue, that follows the card's language.
    pub fn word(
        self,
        pick: fn(&Catalogue) -> &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || pick(self.locale.get().words)
    }

    /// The `dir` of words of the catalogue that stand in foreign surroundings.
    pub fn dir(self) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.locale.with(|locale| locale.direction().as_attr())
    }

    /// The `dir` of a field that holds `text`: the card's own while nothing in it has a direction (`auto` would put the
    /// caret of an empty field on the left), then `auto`, so that each paragraph runs its own way. A text far too long to
    /// be sent (a book pasted by mistake) runs one way: Chromium takes half a minute to lay out a megabyte with
    /// `dir=auto`, and a second without.
    pub fn field_dir(self, text: &str) -> &'static str {
        match direction::first_strong(text) {
            None => self.dir()(),
            Some(_) if text.len() <= BODY_MAX_CHARS * char::MAX.len_utf8() => "auto",
            Some(first) => first.as_attr(),
        }
    }
}
