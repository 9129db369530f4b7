//! What the host page says that an author is.

use leptos::html;
use leptos::prelude::*;
use maqal_contract::Badge;

use super::CardContext;
use crate::i18n::Catalogue;

/// The badge beside a name.
pub fn badge(badge: Badge, card: CardContext) -> impl IntoView {
    let word: fn(&Catalogue) -> &'static str = match badge {
        Badge::Author => |w| w.badge_author,
        Badge::Staff => |w| w.badge_staff,
    };
    html::span().class("tag").attr("part", "badge").child(card.word(word))
}
