//! A failed request as a sentence in the reader's language.

use maqal_contract::ProblemType;

use crate::fetch::Cause;
use crate::i18n::{Catalogue, Locale, fill};

/// The sentence for `cause`.
#[must_use]
pub fn sentence(cause: &Cause, locale: &Locale) -> String {
    let words = locale.words;
    let template = match (cause.problem(), cause) {
        (Some(ProblemType::IdentityExpired), _) => words.cause_identity_expired,
        (Some(ProblemType::IdentityInvalid), _) => words.cause_identity_invalid,
        (Some(ProblemType::IdentityRequired), _) => words.cause_identity_required,
        (Some(ProblemType::NotAuthor), _) => words.cause_not_author,
        (Some(ProblemType::EditWindowClosed), _) => words.cause_window_closed,
        (_, cause) => of_cause(cause, words),
    };
    cause.status().map_or_else(|| template.to_owned(), |status| fill(template, "status", &locale.number(status.into())))
}

fn of_cause(cause: &Cause, words: &Catalogue) -> &'static str {
    match cause {
        Cause::Offline => words.cause_offline,
        Cause::Unreachable => words.cause_unreachable,
        Cause::TimedOut => words.cause_timeout,
        Cause::Gateway(..) => words.cause_gateway,
        Cause::Server(_) => words.cause_server,
        Cause::Throttled(_) => words.cause_throttled,
        Cause::NotFound(_) => words.cause_not_found,
        Cause::Forbidden(_) => words.cause_forbidden,
        Cause::Refused(..) => words.cause_refused,
        Cause::Garbage => words.cause_garbage,
    }
}
