//! The small parts that every view shares, and what each of them needs to know of its card.

pub mod avatar;
pub mod badge;
pub mod children;
pub mod failure;
pub mod focus;
pub mod icon;
pub mod in_view;
pub mod markup;
pub mod notice;
pub mod share;
pub mod skeleton;
pub mod time;

use leptos::prelude::{Get, Memo, RwSignal};

use crate::i18n::{Catalogue, Locale, Timestamp};
use crate::outward::Outward;

/// What a view knows of its card.
#[derive(Clone, Copy)]
pub struct CardContext {
    /// The card's language.
    pub locale: Memo<Locale>,
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
}
