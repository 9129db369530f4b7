//! The question whether a comment is to go, asked of its author.

use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::ProblemType;
use web_sys::Element;

use super::Actions;
use crate::comments::focus;
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

/// The question; the focus is on the answer that changes nothing.
pub(super) fn question(said: Said, acts: Actions) -> impl IntoView {
    let card = acts.conversation().card;
    let status = RwSignal::new(Status::Asking);
    let element = NodeRef::<html::Div>::new();
    let keep = move || acts.close(said);
    let delete = move |_| {
        if status.get_untracked() == Status::Sending {
            return;
        }
        status.set(Status::Sending);
        acts.conversation().spawn(delete(said, acts, status, element));
    };
    html::div()
        .node_ref(element)
        .class("ask")
        .attr("part", "question")
        .role("group")
        .aria_label(card.word(|w| w.delete_question))
        .on(ev::keydown, move |event| {
            if event.key() == "Escape" {
                event.stop_propagation();
                keep();
            }
        })
        .directive(|element: Element| focus::first(&element, "button"), ())
        .child((
            html::p().child(card.word(|w| w.delete_question)),
            html::p().class("refusal").role("alert").child(move || status.get().sentence(&card.locale.get())),
            html::div().class("choices").child((
                html::button().r#type("button").on(ev::click, move |_| keep()).child(card.word(|w| w.delete_keep)),
                html::button()
                    .r#type("button")
                    .class("bad")
                    .attr("aria-disabled", move || (status.get() == Status::Sending).then_some("true"))
                    .on(ev::click, delete)
                    .child(card.word(|w| w.delete_yes)),
            )),
        ))
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
            acts.spoken.set(conversation.card.locale.get_untracked().words.deleted.to_owned());
        }
        Err(failure) => {
            acts.fault(failure.to_string());
            let is_late = failure.cause.problem() == Some(ProblemType::EditWindowClosed);
            status.try_set(if is_late { Status::TooLate } else { Status::Failed(failure.cause) });
        }
    }
}
