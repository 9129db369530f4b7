//! Where a reader writes: a name, a text, a button; what is typed is kept with each keystroke.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use maqal_contract::limits::{BODY_MAX_CHARS, NAME_MAX_CHARS};
use maqal_contract::validate::{self, Field};
use maqal_contract::{FieldError, Reason};

mod draft;

use draft::Draft;

use super::conversation::Conversation;
use super::outbox::Outbox;
use super::scope::Scope;
use super::target::Target;
use crate::engines::{Author, Comment, Submission};
use crate::i18n::{Locale, fill};
use crate::outward::FaultCode;
use crate::storage::Kept;
use crate::text::direction;
use crate::ui::CardContext;

/// The count of characters is shown from so many before the limit on.
const COUNT_FROM: usize = 500;

/// What happens when something was written.
pub struct Reactions {
    /// A comment has another text.
    pub edited: Box<dyn Fn(Comment)>,
}

/// The composers of one conversation.
#[derive(Clone, Copy)]
pub struct Composers {
    top: Composer,
    conversation: Conversation,
    reactions: StoredValue<Reactions, LocalStorage>,
}

impl Composers {
    /// The composers of `conversation`, with what this device keeps of what was typed.
    #[must_use]
    pub fn new(conversation: Conversation, reactions: Reactions) -> Self {
        let top = Composer::new(&conversation.scope(), conversation.card);
        Self { top, conversation, reactions: StoredValue::new_local(reactions) }
    }

    /// Takes back a comment whose `fields` the endpoint refused. Returns whether it did: where another text is being
    /// written, that one stays.
    pub fn take_back(self, submission: &Submission, fields: &[FieldError]) -> bool {
        self.top.take_back(submission, fields)
    }

    /// Puts an unsent comment back to be edited, after what is being written.
    pub fn edit(self, submission: &Submission) {
        self.top.edit(submission);
    }
}

/// The form for top-level comments.
pub fn main(composers: Composers, outbox: Outbox) -> impl IntoView {
    form(composers.top, outbox, composers.conversation.card)
}

/// The state of a composer.
#[derive(Clone, Copy)]
pub struct Composer {
    name: Input,
    body: Input,
    name_field: NodeRef<html::Input>,
    body_field: NodeRef<html::Textarea>,
    kept: RwSignal<Option<Kept>>,
    scope: StoredValue<Scope>,
    card: CardContext,
}

/// One field: what is in it, and why it was refused.
#[derive(Clone, Copy)]
struct Input {
    text: RwSignal<String>,
    refusal: RwSignal<Option<Reason>>,
}

impl Input {
    fn new(text: String) -> Self {
        Self { text: RwSignal::new(text), refusal: RwSignal::new(None) }
    }
}

impl Composer {
    /// A composer with the draft that this device keeps for `scope`.
    #[must_use]
    pub fn new(scope: &Scope, card: CardContext) -> Self {
        let Draft { name, body } = Draft::load(scope);
        Self {
            name: Input::new(name),
            body: Input::new(body),
            name_field: NodeRef::new(),
            body_field: NodeRef::new(),
            kept: RwSignal::new(None),
            scope: StoredValue::new(scope.clone()),
            card,
        }
    }

    /// Takes back a comment whose `fields` the endpoint refused. Returns whether it did: where another text is being
    /// written, that one stays.
    pub fn take_back(self, submission: &Submission, fields: &[FieldError]) -> bool {
        if !self.body.text.with_untracked(|text| text.trim().is_empty()) {
            return false;
        }
        self.name.text.set(submission.author.name.clone());
        self.body.text.set(submission.body.clone());
        for refused in fields {
            self.refuse(refused);
        }
        self.keep();
        let name = fields.iter().any(|refused| Field::from_name(&refused.field) == Some(Field::Name));
        self.focus(if name { Field::Name } else { Field::Body });
        true
    }

    /// Puts an unsent comment back to be edited, after what is being written.
    pub fn edit(self, submission: &Submission) {
        if self.name.text.with_untracked(|name| name.trim().is_empty()) {
            self.name.text.set(submission.author.name.clone());
        }
        self.body.text.update(|text| {
            if !text.trim().is_empty() {
                text.push_str("\n\n");
            } else {
                text.clear();
            }
            text.push_str(&submission.body);
        });
        self.keep();
        self.focus(Field::Body);
    }

    /// Checks what is written. Where it holds, it goes to the outbox and the text's field is empty again.
    fn submit(self, outbox: Outbox) -> Result<(), Field> {
        let name = self.name.text.with_untracked(|raw| validate::name(raw));
        let body = self.body.text.with_untracked(|raw| validate::body(raw));
        match (name, body) {
            (Ok(name), Ok(body)) => {
                outbox.submit(Author { name, ..Author::default() }, Target::Top.parent().map(str::to_owned), body);
                self.body.text.set(String::new());
                self.keep();
                self.kept.set(None);
                Ok(())
            }
            (name, body) => {
                let first = if name.is_err() { Field::Name } else { Field::Body };
                for refused in [name.err(), body.err()].into_iter().flatten() {
                    self.refuse(&refused);
                }
                Err(first)
            }
        }
    }

    /// Puts the keyboard where the reader goes on.
    fn focus(self, field: Field) {
        let focused = match field {
            Field::Name => self.name_field.get_untracked().map(|field| field.focus()),
            _ => self.body_field.get_untracked().map(|field| field.focus()),
        };
        // Focusing fails only where the field has left the page.
        let _ = focused;
    }

    fn refuse(self, refused: &FieldError) {
        let input = match Field::from_name(&refused.field) {
            Some(Field::Name) => self.name,
            // The thread is not the reader's to write: its refusal is shown where the reader looks.
            _ => self.body,
        };
        input.refusal.set(Some(refused.reason));
    }

    fn typed(self, input: Input, text: String) {
        input.text.set(text);
        if input.refusal.with_untracked(Option::is_some) {
            input.refusal.set(None);
        }
        self.keep();
    }

    fn keep(self) {
        let draft = Draft { name: self.name.text.get_untracked(), body: self.body.text.get_untracked() };
        let kept = self.scope.with_value(|scope| draft.save(scope));
        if kept == Kept::Page && self.kept.get_untracked() != Some(Kept::Page) {
            let message = "localStorage takes nothing: a draft lives only as long as this page".to_owned();
            self.card.outward.fault(FaultCode::Storage, message);
        }
        self.kept.set(Some(kept));
    }
}

/// The composer's form.
fn form(composer: Composer, outbox: Outbox, card: CardContext) -> impl IntoView {
    let submit = move || composer.focus(composer.submit(outbox).err().unwrap_or(Field::Body));

    html::form()
        .class("composer")
        .attr("part", "composer")
        .attr("aria-label", card.word(|w| w.send))
        // Our own sentences, in the card's language, take the place of the browser's.
        .attr("novalidate", "")
        .on(ev::submit, move |event| {
            event.prevent_default();
            submit();
        })
        .child((
            html::div().class("field").child((
                html::label().r#for("name").child(card.word(|w| w.name_label)),
                html::input()
                    .node_ref(composer.name_field)
                    .id("name")
                    .name("name")
                    .attr("type", "text")
                    .attr("autocomplete", "name")
                    .dir(move || field_direction(composer.name, card))
                    .required(true)
                    .attr("aria-invalid", invalid(composer.name))
                    .attr("aria-describedby", "name-error")
                    .prop("value", move || composer.name.text.get())
                    .on(ev::input, move |event| composer.typed(composer.name, event_target_value(&event))),
                refusal("name-error", composer.name, Field::Name, card),
            )),
            html::div().class("field").child((
                html::label().r#for("body").child(card.word(|w| w.body_label)),
                html::textarea()
                    .node_ref(composer.body_field)
                    .id("body")
                    .name("body")
                    .attr("rows", "3")
                    .dir(move || field_direction(composer.body, card))
                    .required(true)
                    .attr("aria-invalid", invalid(composer.body))
                    .attr("aria-describedby", "body-error body-count")
                    .prop("value", move || composer.body.text.get())
                    .on(ev::input, move |event| composer.typed(composer.body, event_target_value(&event))),
                refusal("body-error", composer.body, Field::Body, card),
            )),
            html::div().class("bar").child((
                html::div().class("hints").child((
                    html::span().class("kept").child(move || kept_sentence(composer)),
                    html::span().id("body-count").class("count").child(move || count_sentence(composer)),
                )),
                html::button().class("send").attr("part", "send").r#type("submit").child(card.word(|w| w.send)),
            )),
        ))
}

fn invalid(input: Input) -> impl Fn() -> Option<&'static str> + Send {
    move || input.refusal.with(Option::is_some).then_some("true")
}

fn refusal(id: &'static str, input: Input, field: Field, card: CardContext) -> impl IntoView {
    // The element is there from the start, so that a screen reader hears what is put into it.
    html::p()
        .id(id)
        .class("refusal")
        .role("alert")
        .child(move || input.refusal.get().map(|reason| refusal_sentence(field, reason, &card.locale.get())))
}

/// Why `field` was refused, to its reader.
pub(super) fn refusal_sentence(field: Field, reason: Reason, locale: &Locale) -> String {
    let words = locale.words;
    let name = field == Field::Name;
    let max = if name { NAME_MAX_CHARS } else { BODY_MAX_CHARS };
    let sentence = match reason {
        Reason::Missing if name => words.name_missing,
        Reason::Missing => words.body_missing,
        Reason::Invisible if name => words.name_invisible,
        Reason::Invisible => words.body_invisible,
        Reason::TooLong if name => words.name_too_long,
        Reason::TooLong => words.body_too_long,
        Reason::Other | Reason::Malformed | Reason::Unknown => words.field_refused,
    };
    fill(sentence, "max", &locale.number(max as u64))
}

fn kept_sentence(composer: Composer) -> Option<&'static str> {
    let words = composer.card.locale.get().words;
    if composer.body.text.with(|text| text.trim().is_empty()) {
        return None;
    }
    composer.kept.get().map(|kept| match kept {
        Kept::Device => words.draft_kept,
        Kept::Page => words.draft_not_kept,
    })
}

/// The field's `dir`: the card's own while nothing in it has a direction (`auto` would put the caret of an empty field
/// on the left), then `auto`, so that each paragraph runs its own way. A text far too long to be sent (a book pasted by
/// mistake) runs one way: Chromium takes half a minute to lay out a megabyte with `dir=auto`, and a second without.
fn field_direction(input: Input, card: CardContext) -> &'static str {
    input.text.with(|text| match direction::first_strong(text) {
        None => card.locale.with(|locale| locale.direction().as_attr()),
        Some(_) if text.len() <= BODY_MAX_CHARS * char::MAX.len_utf8() => "auto",
        Some(first) => first.as_attr(),
    })
}

fn count_sentence(composer: Composer) -> Option<String> {
    let length = composer.body.text.with(|text| text.trim().chars().count());
    let locale = composer.card.locale.get();
    if length + COUNT_FROM < BODY_MAX_CHARS {
        None
    } else if length <= BODY_MAX_CHARS {
        Some(locale.plural(&locale.words.characters_left, (BODY_MAX_CHARS - length) as u64))
    } else {
        Some(locale.plural(&locale.words.characters_over, (length - BODY_MAX_CHARS) as u64))
    }
}
