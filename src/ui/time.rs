//! A moment, as a reader says it and as a program reads it.

use leptos::html;
use leptos::prelude::*;

use super::CardContext;
use crate::i18n::Timestamp;

/// The day: «١٤ نوفمبر ٢٠٢٦».
pub fn day(at: Timestamp, card: CardContext) -> impl IntoView {
    html::time().datetime(at.iso()).child(move || card.locale.get().date(at))
}

/// Clocks differ by so much, in milliseconds: what is ahead by less is now.
const CLOCKS_DIFFER: f64 = 10.0 * 60_000.0;

/// How long ago: «قبل ساعتين»; the full date is its tooltip. A date that is still to come is shown as it is.
pub fn ago(at: Timestamp, card: CardContext) -> impl IntoView {
    let is_ahead = move || at.milliseconds() > card.now.get().milliseconds() + CLOCKS_DIFFER;
    html::time().datetime(at.iso()).title(move || card.locale.get().date_time(at)).child(move || {
        let locale = card.locale.get();
        if is_ahead() { locale.date(at) } else { locale.ago(at, card.now.get()) }
    })
}
