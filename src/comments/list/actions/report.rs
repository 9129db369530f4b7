//! The form in which a reader tells the moderators what is wrong with a comment.

use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::limits::NOTE_MAX_CHARS;
use maqal_contract::{Report, ReportReason, validate};
use web_sys::Element;

use super::Actions;
use crate::comments::focus;
use crate::comments::reader;
use crate::comments::thread::Said;
use crate::fetch::Cause;
use crate::i18n::{Catalogue, Locale, fill};
use crate::text::bidi;
use crate::ui::failure;

/// Where the report stands.
#[derive(Clone, PartialEq)]
enum Status {
    Writing,
    /// No reason was chosen.
    NoReason,
    /// The note is longer than is taken.
    TooLong,
    Sending,
    Failed(Cause),
    /// The moderators have it, from now or from before.
    Sent,
}

impl Status {
    fn sentence(&self, locale: &Locale) -> Option<String> {
        let words = locale.words;
        match self {
            Self::Writing | Self::Sending | Self::Sent => None,
            Self::NoReason => Some(words.report_reason_missing.to_owned()),
            Self::TooLong => Some(fill(words.report_note_too_long, "max", &locale.number(NOTE_MAX_CHARS as u64))),
            Self::Failed(cause) => Some(fill(words.report_failed, "cause", &failure::sentence(cause, locale))),
        }
    }
}

/// What the reader has filled in.
#[derive(Clone, Copy)]
struct Form {
    reason: RwSignal<Option<ReportReason>>,
    note: RwSignal<String>,
    status: RwSignal<Status>,
}

/// The form, or that the comment was reported.
pub(super) fn form(said: Said, acts: Actions) -> impl IntoView {
    let is_reported = acts.reported.with_value(|reported| reported.contains(&said.id()));
    let status = if is_reported { Status::Sent } else { Status::Writing };
    let form = Form { reason: RwSignal::new(None), note: RwSignal::new(String::new()), status: RwSignal::new(status) };
    let is_sent = Memo::new(move |_| form.status.with(|status| *status == Status::Sent));
    move || if is_sent.get() { thanks(said, is_reported, acts).into_any() } else { fields(said, form, acts).into_any() }
}

fn fields(said: Said, form: Form, acts: Actions) -> impl IntoView {
    let card = acts.conversation().card;
    let name = said.comment.with_untracked(|comment| bidi::isolate(&comment.name));
    let reasons: Vec<_> = ReportReason::ALL
        .into_iter()
        .map(|reason| {
            html::label().child((
                html::input().r#type("radio").name("reason").value(reason.as_str()).on(ev::change, move |_| {
                    form.reason.set(Some(reason));
                    form.status.set(Status::Writing);
                }),
                html::span().child(card.word(word(reason))),
            ))
        })
        .collect();
    let error = ["why-", &said.id()].concat();
    html::form()
        .class("report")
        .attr("part", "report")
        .attr("novalidate", "")
        .on(ev::submit, move |event| {
            event.prevent_default();
            submit(said, form, acts);
        })
        .directive(|element: Element| focus::first(&element, "input"), ())
        .child((
            html::fieldset().aria_describedby(error.clone()).child((
                html::legend().child(move || fill(card.locale.get().words.report_why, "name", &name)),
                reasons,
            )),
            html::label().class("report-note").child((
                html::span().child(card.word(|w| w.report_note)),
                html::textarea()
                    .attr("part", "field")
                    .attr("rows", "2")
                    .dir(move || form.note.with(|note| card.field_dir(note)))
                    .aria_describedby(error.clone())
                    .attr("aria-invalid", move || (form.status.get() == Status::TooLong).then_some("true"))
                    .on(ev::input, move |event| {
                        form.note.set(event_target_value(&event));
                        form.status.set(Status::Writing);
                    }),
            )),
            html::p()
                .id(error)
                .class("refusal")
                .role("alert")
                .child(move || form.status.get().sentence(&card.locale.get())),
            html::div().class("choices").child((
                html::button()
                    .r#type("submit")
                    .class("main")
                    .attr("part", "button")
                    .attr("aria-disabled", move || (form.status.get() == Status::Sending).then_some("true"))
                    .child(card.word(|w| w.report_send)),
                html::button()
                    .r#type("button")
                    .attr("part", "button")
                    .on(ev::click, move |_| acts.close(said))
                    .child(card.word(|w| w.cancel)),
            )),
        ))
}

fn submit(said: Said, form: Form, acts: Actions) {
    if form.status.get_untracked() == Status::Sending {
        return;
    }
    let Some(reason) = form.reason.get_untracked() else {
        form.status.set(Status::NoReason);
        return;
    };
    let Ok(note) = form.note.with_untracked(|note| validate::note(note)) else {
        form.status.set(Status::TooLong);
        return;
    };
    form.status.set(Status::Sending);
    let conversation = acts.conversation();
    conversation.spawn(async move {
        let (id, reader) = (said.id(), reader::name(&conversation.scope()));
        match conversation.engine().report(&id, &Report { reason, note }, reader.as_str()).await {
            Ok(()) => {
                acts.reported.update_value(|reported| reported.set(&id, true));
                form.status.try_set(Status::Sent);
            }
            Err(failure) => {
                acts.fault(failure.to_string());
                form.status.try_set(Status::Failed(failure.cause));
            }
        }
    });
}

/// That the moderators have the report.
fn thanks(said: Said, was_reported: bool, acts: Actions) -> impl IntoView {
    let card = acts.conversation().card;
    let sentence = card.word(if was_reported { |w| w.reported } else { |w| w.report_thanks });
    acts.conversation().announce(sentence().to_owned());
    html::div()
        .class("ask")
        .attr("part", "report")
        .directive(|element: Element| focus::first(&element, "button"), ())
        .child((
            html::p().child(sentence),
            html::div().class("choices").child(
                html::button()
                    .r#type("button")
                    .attr("part", "button")
                    .on(ev::click, move |_| acts.close(said))
                    .child(card.word(|w| w.close)),
            ),
        ))
}

/// Why a comment is reported, in the reader's language.
fn word(reason: ReportReason) -> fn(&Catalogue) -> &'static str {
    match reason {
        ReportReason::Spam => |w| w.report_spam,
        ReportReason::Abuse => |w| w.report_abuse,
        ReportReason::Private => |w| w.report_private,
        ReportReason::False => |w| w.report_false,
        ReportReason::OffTopic => |w| w.report_off_topic,
        ReportReason::Other => |w| w.report_other,
    }
}
