//! The question whether a comment is to go, asked of its author.

use leptos::html;
use leptos::prelude::*;
use maqal_contract::ProblemType;

use super::Actions;
use crate::comments::focus;
use crate::comments::list::question::question as ask;
use crate::comments::own;
use crate::comments::thread::Said;
use crate::fetch::Cause;
use crate::i18n::{Locale, fill};
use crate::ui::failure;

/// Where the deletion stands.
#[derive(Clone, PartialEq)]
enum Status {
    Asking,
    Sending,
    /// The time to delete it is over.
    TooLate,
    Failed(Cause),
}

impl Status {
    fn sentence(&self, locale: &Locale) -> Option<String> {
        match self {
            Self::Asking | Self::Sending => None,
            Self::TooLate => Some(locale.words.delete_too_late.to_owned()),
            Self::Failed(cause) => Some(fill(locale.words.delete_failed, "cause", &failure::sentence(cause, locale))),
        }
    }
}

/// The question.
pub(super) fn question(said: Said, acts: Actions) -> impl IntoView {
    let card = acts.conversation().card;
    let status = RwSignal::new(Status::Asking);
    let element = NodeRef::<html::Div>::new();
    let delete = move || {
        if status.get_untracked() != Status::Sending {
            status.set(Status::Sending);
            acts.conversation().spawn(delete(said, acts, status, element));
        }
    };
    let is_busy = Signal::derive(move || status.get() == Status::Sending);
    let refusal = Signal::derive(move || status.get().sentence(&card.locale.get()));
    ask(element, |w| w.delete_question, move || acts.close(said), delete, is_busy, refusal, card)
}

async fn delete(said: Said, acts: Actions, status: RwSignal<Status>, element: NodeRef<html::Div>) {
    let (conversation, id) = (acts.conversation(), said.id());
    let scope = conversation.scope();
    let Some(own) = own::find(&scope, &id) else {
        status.set(Status::TooLate);
        return;
    };
    match conversation.engine().delete(&id, &own.secret).await {
        Ok(()) => {
            own::forget(&scope, &id);
            if let Some(element) = element.try_get_untracked().flatten() {
                focus::successor(&element);
            }
            said.open.set(None);
            acts.thread.remove(&id);
            conversation.announce(conversation.card.locale.get_untracked().words.deleted.to_owned());
        }
        Err(failure) => {
            acts.fault(failure.to_string());
            let is_late = failure.cause.problem() == Some(ProblemType::EditWindowClosed);
            status.try_set(if is_late { Status::TooLate } else { Status::Failed(failure.cause) });
        }
    }
}
