//! What a composer says about what is in it: why a field was refused, how many characters are left, where the draft is.

use leptos::prelude::*;
use maqal_contract::Reason;
use maqal_contract::limits::{BODY_MAX_CHARS, EMAIL_MAX_BYTES, NAME_MAX_CHARS, WEBSITE_MAX_BYTES};
use maqal_contract::validate::Field;

use super::state::{Composer, Input};
use crate::i18n::{Locale, fill};
use crate::storage::Kept;
use crate::ui::CardContext;

/// The count of characters is shown from so many before the limit on.
const COUNT_FROM: usize = 500;

/// A screen reader hears the count where it falls to one of these.
const TOLD: [usize; 6] = [0, 10, 20, 50, 100, COUNT_FROM];

/// Why `field` was refused, to its reader.
pub fn refusal(field: Field, reason: Reason, locale: &Locale) -> String {
    let words = locale.words;
    let (sentence, max) = match (field, reason) {
        (Field::Name, Reason::Missing) => (words.name_missing, 0),
        (Field::Name, Reason::Invisible) => (words.name_invisible, 0),
        (Field::Name, Reason::NoLetter) => (words.name_no_letter, 0),
        (Field::Name, Reason::MixedScripts) => (words.name_mixed_scripts, 0),
        (Field::Name, Reason::LookAlike) => (words.name_look_alike, 0),
        (Field::Name, Reason::TooLong) => (words.name_too_long, NAME_MAX_CHARS),
        (Field::Email, Reason::Missing) => (words.email_missing, 0),
        (Field::Email, Reason::Malformed | Reason::Invisible) => (words.email_malformed, 0),
        (Field::Email, Reason::TooLong) => (words.address_too_long, EMAIL_MAX_BYTES),
        (Field::Website, Reason::Missing) => (words.website_missing, 0),
        (Field::Website, Reason::Malformed | Reason::Invisible) => (words.website_malformed, 0),
        (Field::Website, Reason::TooLong) => (words.address_too_long, WEBSITE_MAX_BYTES),
        (Field::Parent, _) => (words.parent_gone, 0),
        (_, Reason::Missing) => (words.body_missing, 0),
        (_, Reason::Invisible) => (words.body_invisible, 0),
        (_, Reason::TooLong) => (words.body_too_long, BODY_MAX_CHARS),
        _ => (words.field_refused, 0),
    };
    fill(sentence, "max", &locale.number(max as u64))
}

/// Every field of `composer` that is refused, and why.
pub fn refused(composer: Composer) -> Vec<(Field, Reason)> {
    composer.inputs().iter().filter_map(|input| Some((input.field, input.refusal.get()?))).collect()
}

/// The same as a screen reader is told it.
pub fn all_refused(composer: Composer) -> String {
    let locale = composer.conversation.card.locale.get_untracked();
    let refused = untrack(|| refused(composer));
    let mut all = if refused.len() > 1 { locale.words.fields_refused.to_owned() } else { String::new() };
    for (field, reason) in refused {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&refusal(field, reason, &locale));
    }
    all
}

/// How many characters are left of the limit; negative where there are too many, `None` while there are plenty.
pub fn left(text: &str) -> Option<isize> {
    let length = text.trim().chars().count();
    (length + COUNT_FROM >= BODY_MAX_CHARS).then_some(BODY_MAX_CHARS as isize - length as isize)
}

/// The sentence for [`left`].
pub fn count(left: isize, locale: &Locale) -> String {
    let template = if left < 0 { &locale.words.characters_over } else { &locale.words.characters_left };
    locale.plural(template, left.unsigned_abs() as u64)
}

/// What a screen reader hears of the count: not with each key, but at each of a few steps.
pub fn spoken_count(left: Memo<Option<isize>>, card: CardContext) -> impl Fn() -> Option<String> + Send + 'static {
    let step = Memo::new(move |_| {
        left.get().map(|left| match usize::try_from(left) {
            Ok(left) => TOLD.iter().position(|step| left <= *step),
            // Too many, however many.
            Err(_) => None,
        })
    });
    move || {
        step.track();
        left.get_untracked().map(|left| count(left, &card.locale.get()))
    }
}

/// Where what is typed is kept.
pub fn kept(composer: Composer) -> Option<&'static str> {
    let words = composer.conversation.card.locale.get().words;
    if composer.body.text.with(|text| text.trim().is_empty()) {
        return None;
    }
    composer.kept.get().map(|kept| match kept {
        Kept::Device => words.draft_kept,
        Kept::Page => words.draft_not_kept,
    })
}

/// The field's `dir`: see [`CardContext::field_dir`].
pub fn direction(input: Input, card: CardContext) -> &'static str {
    input.text.with(|text| card.field_dir(text))
}
