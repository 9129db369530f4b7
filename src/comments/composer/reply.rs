//! The form of a reply, under the comment that it answers.

use std::sync::Arc;

use leptos::prelude::*;

use super::Composers;
use super::form::{Form, form};
use crate::comments::outbox::Outbox;
use crate::comments::target::Target;
use crate::comments::thread::Said;
use crate::i18n::fill;
use crate::text::bidi;

/// The form of a reply to `said`. It takes the keyboard when its reader opens it, and gives it back when it closes by
/// `close`: when the reply was handed to the outbox, or its reader puts it away.
pub fn reply(
    composers: Composers,
    outbox: Outbox,
    said: Said,
    close: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let card = composers.conversation.card;
    let composer = composers.shown(Target::Reply(said.id()), String::new());
    let (go, put_away) = composers.ways_out(composer, close);
    let label = Signal::derive(move || {
        let name = said.comment.with(|comment| bidi::isolate(&comment.name));
        fill(card.locale.get().words.in_reply_to, "name", &name)
    });
    form(
        composer,
        composers,
        Form {
            label,
            body_label: |w| w.reply_label,
            send: Signal::derive(card.word(|w| w.send_reply)),
            submit: Arc::new(move || match composer.submit(outbox) {
                Ok(()) => go(),
                Err(refused) => composer.focus_refused(&refused),
            }),
            close: Some(Arc::new(put_away)),
            notice: None,
        },
    )
}
