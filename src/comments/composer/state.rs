//! The state of one composer: what is in its fields, why it was refused, and where it is kept.

use leptos::html;
use leptos::prelude::*;
use maqal_contract::validate::{self, Field};
use maqal_contract::{FieldError, Reason};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, ShadowRoot};

use super::author::Author;
use super::draft::{self, Draft};
use super::markdown::{Change, Mark, apply};
use super::preview::Preview;
use super::{Composers, sentences, writing};
use crate::comments::conversation::Conversation;
use crate::comments::focus::element_id;
use crate::comments::outbox::Outbox;
use crate::comments::target::Target;
use crate::engines::Submission;
use crate::outward::FaultCode;
use crate::storage::Kept;
use crate::ui::focus;

/// One field: what is in it, why it was refused, and where it is.
#[derive(Clone, Copy)]
pub struct Input {
    /// Which one.
    pub field: Field,
    /// What is in it.
    pub text: RwSignal<String>,
    /// Why it was refused.
    pub refusal: RwSignal<Option<Reason>>,
}

/// A composer.
#[derive(Clone, Copy)]
pub struct Composer {
    /// What sets its fields' identifiers apart from those of others in the card.
    pub serial: u32,
    /// The author's fields: name, e-mail address, website. Their texts are the conversation's, their refusals its own.
    pub author_inputs: [Input; 3],
    /// The elements of the author's fields.
    pub author_fields: [NodeRef<html::Input>; 3],
    /// The text.
    pub body: Input,
    /// The element of the text.
    pub body_field: NodeRef<html::Textarea>,
    /// Where what is typed is kept; `None` until something is.
    pub kept: RwSignal<Option<Kept>>,
    /// Whether its tools show: from the reader's first step into the text on.
    pub has_tools: RwSignal<bool>,
    /// How it will look.
    pub preview: Preview,
    /// The conversation.
    pub conversation: Conversation,
    /// Who writes.
    pub author: Author,
    target: StoredValue<Target>,
    /// The text that is to be changed: while it stands as it was, there is nothing to keep.
    original: StoredValue<String>,
    /// The field that takes the keyboard once the form shows.
    wanted: StoredValue<Option<Field>>,
    /// What had the keyboard before.
    opener: StoredValue<Option<HtmlElement>, LocalStorage>,
    composers: Composers,
}

impl Composer {
    /// A composer with the text that this device keeps for `target`, else `original`.
    pub(super) fn new(target: Target, original: String, serial: u32, author: Author, composers: Composers) -> Self {
        let conversation = composers.conversation;
        let Draft { body, .. } = Draft::load(&conversation.scope(), &target);
        let input = |field, text| Input { field, text, refusal: RwSignal::new(None) };
        let body = RwSignal::new(if body.is_empty() { original.clone() } else { body });
        let fields = [Field::Name, Field::Email, Field::Website];
        Self {
            serial,
            author_inputs: fields.map(|field| input(field, author.text(field))),
            author_fields: fields.map(|_| NodeRef::new()),
            body: input(Field::Body, body),
            body_field: NodeRef::new(),
            kept: RwSignal::new(None),
            has_tools: RwSignal::new(target != Target::Top),
            preview: Preview::new(body, conversation),
            conversation,
            author,
            target: StoredValue::new(target),
            original: StoredValue::new(original),
            wanted: StoredValue::new(None),
            opener: StoredValue::new_local(None),
            composers,
        }
    }

    /// The identifier of the element `name` of its form: no two forms of the card share one.
    pub fn id(self, name: &str) -> String {
        if self.serial == 0 { name.to_owned() } else { [name, "-", &self.serial.to_string()].concat() }
    }

    /// Whether its form shows.
    pub fn is_on_page(self) -> bool {
        self.body_field.get_untracked().is_some_and(|field| field.is_connected())
    }

    /// Its form is about to show, and takes the keyboard where `is_wanted`.
    pub(super) fn arrive(self, is_wanted: bool) {
        if is_wanted {
            self.wanted.update_value(|wanted| _ = wanted.get_or_insert(Field::Body));
        }
        Effect::new(move || {
            let Some(field) = self.body_field.get() else { return };
            if let Some(wanted) = self.wanted.try_update_value(Option::take).flatten() {
                self.opener.set_value(focus::held(&field).and_then(|opener| opener.dyn_into().ok()));
                self.focus(wanted);
                if wanted == Field::Body {
                    to_end(&field);
                }
            }
        });
    }

    /// Its form closes: the keyboard goes back to what had it before, else to the comment.
    pub(super) fn leave(self) {
        let Some(field) = self.body_field.get_untracked() else { return };
        let Ok(root) = field.get_root_node().dyn_into::<ShadowRoot>() else { return };
        let has_keyboard = match root.active_element() {
            Some(active) => active.closest("form").ok().flatten() == field.closest("form").ok().flatten(),
            None => true,
        };
        if !has_keyboard {
            return;
        }
        let (target, opener) = (self.target(), self.opener.try_update_value(Option::take).flatten());
        // By the next frame the form has gone.
        request_animation_frame(move || {
            let opener = opener.filter(|opener| opener.is_connected() && opener.offset_height() > 0);
            let comment = || {
                let (Target::Reply(id) | Target::Edit(id)) = target else { return None };
                root.get_element_by_id(&element_id(&id))
            };
            if let Some(place) = opener.map(Into::into).or_else(comment) {
                focus::on(&place, false);
            }
        });
    }

    /// Puts the keyboard behind what is written.
    pub(super) fn focus_at_end(self) {
        self.focus(Field::Body);
        if let Some(field) = self.body_field.get_untracked() {
            // By the next frame the field shows what was written.
            request_animation_frame(move || to_end(&field));
        }
    }

    /// What it writes.
    pub fn target(self) -> Target {
        self.target.get_value()
    }

    /// Takes back a comment whose `fields` the endpoint refused. Returns whether it did: where another text is being
    /// written, that one stays.
    pub(super) fn take_back(self, submission: &Submission, fields: &[FieldError]) -> bool {
        if !self.is_empty() {
            return false;
        }
        self.take_author(submission, true);
        self.body.text.set(submission.body.clone());
        for refused in fields {
            self.refuse(refused);
        }
        self.keep();
        self.focus_refused(fields);
        true
    }

    /// Puts an unsent comment back to be edited, after what is being written.
    pub(super) fn edit(self, submission: &Submission) {
        self.take_author(submission, false);
        self.append(&submission.body);
        self.focus(Field::Body);
    }

    /// Puts `addition` after what is being written, as a paragraph of its own.
    pub(super) fn append(self, addition: &str) {
        self.body.text.update(|text| {
            if text.trim().is_empty() {
                text.clear();
            } else {
                text.truncate(text.trim_end().len());
                text.push_str("\n\n");
            }
            text.push_str(addition);
        });
        self.keep();
    }

    fn take_author(self, submission: &Submission, is_whole: bool) {
        let author = &submission.author;
        if author.is_vouched_for {
            return;
        }
        let given = [Some(&author.name), author.email.as_ref(), author.website.as_ref()];
        for (input, given) in self.author_inputs.into_iter().zip(given) {
            if let Some(given) = given
                && (is_whole || input.text.with_untracked(|text| text.trim().is_empty()))
            {
                input.text.set(given.clone());
            }
        }
        self.author.keep();
    }

    /// Checks what is written. Where it holds, it goes to the outbox and the text's field is empty again.
    ///
    /// # Errors
    /// Every field that was refused; each says so.
    pub fn submit(self, outbox: Outbox) -> Result<(), Vec<FieldError>> {
        let author = self.author.check();
        let body = self.checked_body();
        let (author, body) = match (author, body) {
            (Ok(author), Ok(body)) => (author, body),
            (author, body) => {
                let mut refused = author.err().unwrap_or_default();
                refused.extend(body.err());
                for field in &refused {
                    self.refuse(field);
                }
                return Err(refused);
            }
        };
        // The outbox keeps it before the draft goes.
        outbox.submit(author, self.target().parent().map(str::to_owned), body);
        self.clear();
        self.author.sent();
        Ok(())
    }

    /// The text as it is to be sent.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn checked_body(self) -> Result<String, FieldError> {
        self.body.text.with_untracked(|raw| validate::body(raw))
    }

    /// Forgets the text, here and on the device.
    pub fn clear(self) {
        self.body.text.set(String::new());
        self.keep();
        self.kept.set(None);
        self.preview.close();
    }

    /// Another tab has changed the draft. Where this composer has what that one had, it has the same again.
    pub(super) fn follow(self, before: &str, now: &str) {
        let original = self.original.get_value();
        let shown = |kept: &str| if kept.is_empty() { original.clone() } else { kept.to_owned() };
        if self.body.text.with_untracked(|text| *text == shown(before)) {
            self.body.text.set(shown(now));
        }
    }

    /// Whether nothing is written.
    pub fn is_empty(self) -> bool {
        self.body.text.with_untracked(|text| text.trim().is_empty())
    }

    /// Whether there is anything that closing would lose without a draft.
    pub fn is_changed(self) -> bool {
        !self.is_empty() && self.body.text.with_untracked(|text| self.original.with_value(|original| text != original))
    }

    /// Its fields, in the order of the form.
    pub fn inputs(self) -> [Input; 4] {
        let [name, email, website] = self.author_inputs;
        [name, email, website, self.body]
    }

    /// Puts the keyboard at the first of the refused fields, in the order of the form, and has all be said.
    pub fn focus_refused(self, refused: &[FieldError]) {
        self.conversation.announce(sentences::all_refused(self));
        let is_refused = |field: Field| refused.iter().any(|error| error.field == field.as_str());
        let first = self.inputs().into_iter().find(|input| is_refused(input.field));
        self.focus(first.map_or(Field::Body, |input| input.field));
    }

    /// Puts the keyboard where the reader goes on, once the form shows.
    pub fn focus(self, field: Field) {
        if !self.is_on_page() {
            return self.wanted.set_value(Some(field));
        }
        let index = self.author_inputs.iter().position(|input| input.field == field);
        let focused = match index.and_then(|index| self.author_fields[index].get_untracked()) {
            Some(field) => Some(field.focus()),
            None => self.body_field.get_untracked().map(|field| field.focus()),
        };
        // Focusing fails only where the field has left the page.
        let _ = focused;
    }

    /// Has the field say why it was refused.
    pub fn refuse(self, refused: &FieldError) {
        let field = Field::from_name(&refused.field);
        let input = self.author_inputs.iter().find(|input| Some(input.field) == field);
        // The thread is not the reader's to write: its refusal is shown where the reader looks.
        input.unwrap_or(&self.body).refusal.set(Some(refused.reason));
    }

    /// The reader typed into `input`.
    pub fn typed(self, input: Input, text: String) {
        input.text.set(text);
        if input.refusal.with_untracked(Option::is_some) {
            input.refusal.set(None);
        }
        if input.field == Field::Body { self.keep() } else { self.told(self.author.keep()) }
    }

    /// A button of the toolbar, or its shortcut, was pressed.
    pub fn mark(self, mark: Mark) {
        self.write(|field, text| apply(text, writing::selection(field, text), mark));
    }

    fn write(self, what: impl FnOnce(&HtmlTextAreaElement, &str) -> Change) {
        if let Some(field) = self.body_field.get_untracked() {
            let change = what(&field, &field.value());
            writing::change(&field, &change);
        }
    }

    fn keep(self) {
        let target = self.target();
        let kept = self.body.text.with_untracked(|text| {
            let text = if self.original.with_value(|original| text == original) { "" } else { text };
            self.composers.has_draft_now(&target, !text.is_empty());
            draft::save(&self.conversation.scope(), &target, text)
        });
        self.told(kept);
    }

    fn told(self, kept: Kept) {
        if kept == Kept::Page && self.kept.get_untracked() != Some(Kept::Page) {
            let message = "localStorage takes nothing: a draft lives only as long as this page".to_owned();
            self.conversation.card.outward.fault(FaultCode::Storage, message);
        }
        self.kept.set(Some(kept));
    }
}

/// Puts the caret behind what is in `field`.
fn to_end(field: &HtmlTextAreaElement) {
    let end = field.text_length();
    let _ = field.set_selection_range(end, end);
    field.set_scroll_top(field.scroll_height());
}
