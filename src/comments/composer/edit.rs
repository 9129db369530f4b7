//! The form of another text for a comment of one's own, in its place.

use std::sync::Arc;

use leptos::prelude::*;

use super::Composers;
use super::form::{Form, form};
use super::state::Composer;
use crate::comments::own;
use crate::comments::target::Target;
use crate::comments::thread::Said;
use crate::fetch::{Cause, Failure};
use crate::i18n::fill;
use crate::outward::FaultCode;
use crate::ui::failure;
use crate::ui::notice::{Tone, action, notice};

/// Where saving stands.
#[derive(Clone, PartialEq)]
enum Saving {
    Not,
    Under,
    Failed(Failure),
    /// This device has nothing that proves authorship.
    NotOwn,
}

/// The form of another text for `said`. `close` is called when that was saved, or its reader puts it away.
pub fn edit(composers: Composers, said: Said, close: impl Fn() + Clone + Send + Sync + 'static) -> impl IntoView {
    let card = composers.conversation.card;
    let original = said.comment.with_untracked(|comment| comment.typed.clone());
    let composer = composers.shown(Target::Edit(said.id()), original);
    let saving = RwSignal::new(Saving::Not);
    let (go, put_away) = composers.ways_out(composer, close);
    let submit: Arc<dyn Fn() + Send + Sync> = Arc::new(move || save(composers, composer, said, saving, go.clone()));
    let problem = {
        let submit = submit.clone();
        move || match saving.get() {
            Saving::Not | Saving::Under => None,
            Saving::NotOwn => {
                let sentence = move || {
                    let words = card.locale.get().words;
                    fill(words.edit_failed, "cause", words.cause_not_author)
                };
                Some(notice(Tone::Bad, sentence, Vec::new()).into_any())
            }
            Saving::Failed(failed) => {
                let is_passing = failed.cause.is_passing();
                let sentence = move || {
                    let locale = card.locale.get();
                    fill(locale.words.edit_failed, "cause", &failure::sentence(&failed.cause, &locale))
                };
                let submit = submit.clone();
                let retry = is_passing.then(|| action(card.word(|w| w.retry), move || submit()));
                Some(notice(Tone::Bad, sentence, retry.into_iter().collect()).into_any())
            }
        }
    };
    form(
        composer,
        composers,
        Form {
            label: Signal::derive(move || card.locale.get().words.edit_label.to_owned()),
            body_label: |w| w.body_label,
            send: Signal::derive(move || {
                let words = card.locale.get().words;
                if saving.get() == Saving::Under { words.saving } else { words.save }
            }),
            submit,
            close: Some(Arc::new(put_away)),
            notice: Some(problem.into_any()),
        },
    )
}

fn save(composers: Composers, composer: Composer, said: Said, saving: RwSignal<Saving>, go: impl Fn() + 'static) {
    if saving.get_untracked() == Saving::Under {
        return;
    }
    let body = match composer.checked_body() {
        Ok(body) => body,
        Err(refused) => {
            composer.refuse(&refused);
            return composer.focus_refused(&[refused]);
        }
    };
    let conversation = composers.conversation;
    let id = said.id();
    let Some(own) = own::find(&conversation.scope(), &id) else { return saving.set(Saving::NotOwn) };
    saving.set(Saving::Under);
    conversation.spawn(async move {
        let answer = conversation.engine().edit(&id, &own.secret, &body).await;
        match answer {
            Ok(comment) => {
                saving.try_set(Saving::Not);
                // What was typed meanwhile is still to be saved.
                let is_whole = composer.checked_body().is_ok_and(|now| now == body);
                if is_whole {
                    composers.forget(composer);
                }
                composers.edited(comment);
                if is_whole {
                    go();
                }
            }
            Err(failure) => {
                conversation.card.outward.fault(FaultCode::Comment, failure.to_string());
                if let Cause::Refused(_, Some(problem)) = &failure.cause {
                    for refused in &problem.errors {
                        composer.refuse(refused);
                    }
                }
                saving.try_set(Saving::Failed(failure));
            }
        }
    });
}
