//! How a composer looks: slim until its reader steps into the text, then with tools, preview and what else there is.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::Reason;
use maqal_contract::validate::Field;

use super::state::Composer;
use super::toolbar::{shortcut, toolbar};
use super::{Composers, fields, sentences};
use crate::comments::target::Target;
use crate::i18n::Catalogue;

/// What sets one kind of form apart from another.
pub(super) struct Form {
    /// What it is, to a screen reader.
    pub label: Signal<String>,
    /// The text's label.
    pub body_label: fn(&Catalogue) -> &'static str,
    /// The words on its button.
    pub send: Signal<&'static str>,
    /// What that does.
    pub submit: Arc<dyn Fn() + Send + Sync>,
    /// Closes it, where it can be closed.
    pub close: Option<Arc<dyn Fn() + Send + Sync>>,
    /// What went wrong with what it sent.
    pub notice: Option<AnyView>,
}

/// The form.
pub(super) fn form(composer: Composer, composers: Composers, form: Form) -> impl IntoView {
    let card = composer.conversation.card;
    let target = composer.target();
    let (is_main, has_author) = (target == Target::Top, !matches!(target, Target::Edit(_)));
    let Form { label, body_label, send, submit, close, notice } = form;
    let class = match target {
        Target::Top => "composer",
        Target::Reply(_) => "composer inner",
        Target::Edit(_) => "composer inner edits",
    };
    let heading = (!is_main).then(|| html::p().class("composer-head").child(move || label.get()));
    // Escape asks once more where something is written, though the draft is kept.
    let is_asked = RwSignal::new(false);
    let on_key = {
        let (submit, close) = (submit.clone(), close.clone());
        move |event: ev::KeyboardEvent| {
            // What an input method has in hand is its own.
            if event.is_composing() || event.key_code() == 229 {
                return;
            }
            let key = event.key();
            if key == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                submit();
            } else if key == "Escape"
                && let Some(close) = &close
            {
                event.stop_propagation();
                if composer.is_changed() && !is_asked.get_untracked() {
                    is_asked.set(true);
                } else {
                    close();
                }
            }
        }
    };
    let cancel = close.map(|close| {
        html::button()
            .r#type("button")
            .class("cancel")
            .attr("part", "button")
            .on(ev::click, move |_| close())
            .child(card.word(|w| w.cancel))
    });
    composer.preview.follow();
    html::form()
        .class(class)
        .class(("open", move || composer.has_tools.get()))
        .attr("part", "composer")
        .attr("aria-label", move || label.get())
        // Our own sentences, in the card's language, take the place of the browser's.
        .attr("novalidate", "")
        .on(ev::submit, move |event| {
            event.prevent_default();
            submit();
        })
        .on(ev::keydown, on_key)
        .child((
            heading,
            has_author.then(|| fields::author(composer)),
            body(composer, composers, body_label, is_asked),
            tools(composer),
            composer.preview.region(composer.id("preview")),
            notice,
            refusals(composer),
            html::div().class("bar").child((
                has_author.then(|| remember(composer)),
                html::div().class("hints").child((
                    html::span().class("kept").child(move || {
                        if is_asked.get() {
                            return Some(card.locale.get().words.escape_again);
                        }
                        sentences::kept(composer)
                    }),
                    count(composer),
                )),
                cancel,
                html::button()
                    .class("send")
                    .attr("part", "button send")
                    .r#type("submit")
                    .title("Ctrl+Enter")
                    .attr("aria-keyshortcuts", "Control+Enter Meta+Enter")
                    .child(move || send.get()),
            )),
        ))
}

fn body(
    composer: Composer,
    composers: Composers,
    label: fn(&Catalogue) -> &'static str,
    is_asked: RwSignal<bool>,
) -> AnyView {
    let card = composer.conversation.card;
    let input = composer.body;
    let id = composer.id("body");
    let (error, count) = (composer.id("body-error"), composer.id("body-count"));
    html::div()
        .class("field")
        .child((
            html::label().r#for(id.clone()).child(card.word(label)),
            html::textarea()
                .attr("part", "field")
                .node_ref(composer.body_field)
                .id(id)
                .name("body")
                .attr("rows", "3")
                .dir(move || sentences::direction(input, card))
                .required(true)
                .attr("aria-invalid", fields::invalid(input))
                .attr("aria-describedby", [&error, " ", &count].concat())
                .prop("value", move || input.text.get())
                .on(ev::focus, move |_| {
                    composer.has_tools.set(true);
                    composers.writes(composer.target());
                })
                .on(ev::keydown, move |event| {
                    if !event.is_composing()
                        && let Some(mark) = shortcut(&event)
                    {
                        event.prevent_default();
                        composer.mark(mark);
                    }
                })
                .on(ev::input, move |event| {
                    if is_asked.get_untracked() {
                        is_asked.set(false);
                    }
                    composer.typed(input, event_target_value(&event));
                }),
            fields::refusal(error, input, card),
        ))
        .into_any()
}

/// The tools under the text: there the reader's step into it moves nothing that he points at.
fn tools(composer: Composer) -> impl IntoView {
    let card = composer.conversation.card;
    let is_open = composer.preview.is_open;
    let id = composer.id("preview");
    move || {
        let id = id.clone();
        composer.has_tools.get().then(|| {
            let preview = html::button()
                .r#type("button")
                .class("look")
                .aria_expanded(move || if is_open.get() { "true" } else { "false" })
                .aria_controls(id)
                .on(ev::click, move |_| is_open.update(|open| *open = !*open))
                .child(card.word(|w| w.preview));
            html::div().class("tools").child((toolbar(composer), preview))
        })
    }
}

/// What is wrong with several fields, together; each line leads to its field.
fn refusals(composer: Composer) -> impl IntoView {
    let card = composer.conversation.card;
    let refused = Memo::new(move |_| sentences::refused(composer));
    let line = move |(field, reason): (Field, Reason)| {
        let go = move |event: ev::MouseEvent| {
            // The address of the page is not the card's to change, and would not lead into its tree.
            event.prevent_default();
            composer.focus(field);
        };
        let href = ["#", &composer.id(field.as_str())].concat();
        let sentence = move || sentences::refusal(field, reason, &card.locale.get());
        html::li().child(html::a().href(href).on(ev::click, go).child(sentence))
    };
    move || {
        let refused = refused.get();
        (refused.len() > 1).then(|| {
            html::div().class("refusals").attr("part", "refusals").child((
                html::p().child(card.word(|w| w.fields_refused)),
                html::ul().role("list").child(refused.into_iter().map(line).collect::<Vec<_>>()),
            ))
        })
    }
}

fn remember(composer: Composer) -> impl IntoView {
    let conversation = composer.conversation;
    let author = composer.author;
    move || {
        (composer.has_tools.get() && conversation.identity.with(Option::is_none)).then(|| {
            html::label().class("remember").child((
                html::input().attr("type", "checkbox").prop("checked", move || author.is_remembered.get()).on(
                    ev::change,
                    move |event| {
                        author.is_remembered.set(event_target_checked(&event));
                        author.keep();
                    },
                ),
                html::span().child(conversation.card.word(|w| w.remember)),
            ))
        })
    }
}

fn count(composer: Composer) -> impl IntoView {
    let card = composer.conversation.card;
    let left = Memo::new(move |_| composer.body.text.with(|text| sentences::left(text)));
    (
        html::span()
            .id(composer.id("body-count"))
            .class("count")
            .child(move || left.get().map(|left| sentences::count(left, &card.locale.get()))),
        html::span().class("sr").role("status").child(sentences::spoken_count(left, card)),
    )
}
