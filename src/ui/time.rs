//! A moment, as a reader says it and as a program reads it.

use leptos::html;
use leptos::prelude::*;

use super::CardContext;
use crate::i18n::Timestamp;

/// The day: «١٤ نوفمبر ٢٠٢٦».
pub fn day(at: Timestamp, card: CardContext) -> impl IntoView {
    html::time().datetime(at.iso()).child(move || card.locale.get().date(at))
}

/// How long ago: «قبل ساعتين»; the full date is its tooltip.
pub fn ago(at: Timestamp, card: CardContext) -> impl IntoView {
    html::time()
        .datetime(at.iso())
        .title(move || card.locale.get().date_time(at))
        .child(move || card.locale.get().ago(at, card.now.get()))
}
