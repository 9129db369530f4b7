//! Where a reader writes: a comment, a reply under another, or another text for a comment of his own.
//!
//! `state` is one composer, `form` how it looks, `author` who writes, `fields` what an author gives of himself, `draft`
//! keeps what is typed, `other_tabs` follows what is typed elsewhere, `toolbar` and `markdown` give it form, `writing` changes a field under its reader's hands,
//! `preview` shows how it will look, `sentences` says what is wrong with it; `main`, `reply` and `edit` are the three
//! forms.

mod author;
mod draft;
mod edit;
mod fields;
mod form;
mod markdown;
mod other_tabs;
mod preview;
mod reply;
mod sentences;
mod state;
mod toolbar;
mod writing;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use leptos::prelude::*;
use maqal_contract::FieldError;
use maqal_contract::validate::Field;

pub use edit::edit;
pub use reply::reply;
pub use sentences::refusal as refusal_sentence;

use self::author::Author;
use self::draft::Draft;
use self::form::{Form, form};
use self::state::Composer;
use super::conversation::Conversation;
use super::outbox::Outbox;
use super::target::Target;
use crate::engines::{Comment, Submission};

/// What happens when something was written, or is to be.
pub struct Reactions {
    /// A comment has another text.
    pub edited: Box<dyn Fn(Comment)>,
    /// The form of this target is to open; returns whether it does.
    pub open: Box<dyn Fn(&Target) -> bool>,
}

/// The composers of one conversation.
#[derive(Clone, Copy)]
pub struct Composers {
    conversation: Conversation,
    author: Author,
    top: StoredValue<Option<Composer>>,
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    reactions: Reactions,
    /// Those that were opened so far; they keep their state while they are closed.
    others: RefCell<HashMap<Target, Composer>>,
    /// The targets for which this device keeps a text.
    drafts: RefCell<HashSet<Target>>,
    /// Where the reader wrote last.
    last: RefCell<Target>,
    serial: Cell<u32>,
}

impl Composers {
    /// The composers of `conversation`, with what this device keeps of what was typed.
    #[must_use]
    pub fn new(conversation: Conversation, reactions: Reactions) -> Self {
        let scope = conversation.scope();
        let author = Author::load(conversation, &Draft::load(&scope, &Target::Top).name);
        let inner = Inner {
            reactions,
            others: RefCell::default(),
            drafts: RefCell::new(draft::targets(&scope)),
            last: RefCell::default(),
            serial: Cell::new(0),
        };
        let composers =
            Self { conversation, author, top: StoredValue::new(None), inner: StoredValue::new_local(inner) };
        composers.top.set_value(Some(Composer::new(Target::Top, String::new(), 0, author, composers)));
        other_tabs::follow(composers);
        composers
    }

    /// Takes back a comment whose `fields` the endpoint refused, into the form of its own target. Returns whether it
    /// did: where another text is being written, that one stays.
    pub fn take_back(self, submission: &Submission, fields: &[FieldError]) -> bool {
        let is_orphan = fields.iter().any(|refused| Field::from_name(&refused.field) == Some(Field::Parent));
        let target = if is_orphan { Target::Top } else { Target::of_parent(submission.parent.as_deref()) };
        self.opened(&target).is_some_and(|composer| composer.take_back(submission, fields))
    }

    /// Puts an unsent comment back to be edited, after what is being written to its own target; where what it replies to
    /// is not here, at the top.
    pub fn edit(self, submission: &Submission) {
        if let Some(composer) = self.opened(&Target::of_parent(submission.parent.as_deref())) {
            composer.edit(submission);
        }
    }

    /// Whether this device keeps an unfinished text for `target` that its reader has not put away.
    #[must_use]
    pub fn has_draft(self, target: &Target) -> bool {
        self.inner.try_with_value(|inner| inner.drafts.borrow().contains(target)).unwrap_or(false)
    }

    /// Quotes `text` where the reader is writing: in the form of `target`, else in the one used last, else at the top.
    pub fn quote(self, text: &str, target: Option<&Target>) {
        let last = || self.inner.try_with_value(|inner| inner.last.borrow().clone());
        let Some(target) = target.cloned().or_else(last) else { return };
        if let Some(composer) = self.opened(&target) {
            composer.append(&[&markdown::quote(text), "\n\n"].concat());
            composer.focus_at_end();
        }
    }

    /// The composer of `target`, with its form on the page; where that cannot be, the top one.
    fn opened(self, target: &Target) -> Option<Composer> {
        let top = self.top.try_get_value()??;
        if *target == Target::Top {
            return Some(top);
        }
        let known = self.inner.try_with_value(|inner| inner.others.borrow().get(target).copied())?;
        if let Some(composer) = known.filter(|composer| composer.is_on_page()) {
            return Some(composer);
        }
        let opens = self.inner.try_with_value(|inner| (inner.reactions.open)(target))?;
        Some(if opens { self.composer(target.clone(), String::new()) } else { top })
    }

    /// The composer of `target`, if there is one already.
    fn known(self, target: &Target) -> Option<Composer> {
        if *target == Target::Top {
            return self.top.try_get_value().flatten();
        }
        self.inner.try_with_value(|inner| inner.others.borrow().get(target).copied()).flatten()
    }

    /// The composer of `target`; a new one begins with what this device keeps for it, else with `original`.
    fn composer(self, target: Target, original: String) -> Composer {
        let known = self.inner.with_value(|inner| inner.others.borrow().get(&target).copied());
        known.unwrap_or_else(|| {
            let serial = self.inner.with_value(|inner| inner.serial.replace(inner.serial.get() + 1) + 1);
            // Its signals outlive the view that asks for it.
            let new = || Composer::new(target.clone(), original, serial, self.author, self);
            let composer = self.conversation.with_owner(new);
            self.inner.with_value(|inner| _ = inner.others.borrow_mut().insert(target, composer));
            composer
        })
    }

    /// The composer of `target`, whose form is about to show.
    fn shown(self, target: Target, original: String) -> Composer {
        // A text that was kept opens its form by itself: the keyboard stays where it is.
        let is_known = self.inner.with_value(|inner| inner.others.borrow().contains_key(&target));
        let is_by_itself = !is_known && self.has_draft(&target);
        let composer = self.composer(target, original);
        composer.arrive(!is_by_itself);
        composer
    }

    /// What `composer` wrote stands: the next one for its target begins anew.
    fn forget(self, composer: Composer) {
        composer.clear();
        self.inner.try_with_value(|inner| _ = inner.others.borrow_mut().remove(&composer.target()));
    }

    /// The form of `target` was put away: what it keeps does not open it again before the next visit.
    fn put_away(self, target: &Target) {
        self.inner.try_with_value(|inner| {
            inner.drafts.borrow_mut().remove(target);
            inner.last.take();
        });
    }

    /// The two ways out of `composer`'s form, which `close` takes off the page: when what it wrote was handed on, and when
    /// its reader puts it away.
    fn ways_out<Close: Fn() + Clone + Send + Sync + 'static>(
        self,
        composer: Composer,
        close: Close,
    ) -> (impl Fn() + Clone + Send + Sync + use<Close>, impl Fn() + Send + Sync + use<Close>) {
        let go = move || {
            close();
            composer.leave();
        };
        let put_away = {
            let go = go.clone();
            move || {
                self.put_away(&composer.target());
                go();
            }
        };
        (go, put_away)
    }

    fn has_draft_now(self, target: &Target, is_kept: bool) {
        self.inner.try_with_value(|inner| {
            let mut drafts = inner.drafts.borrow_mut();
            if !is_kept {
                drafts.remove(target);
            } else if !drafts.contains(target) {
                drafts.insert(target.clone());
            }
        });
    }

    /// The reader writes to `target` now.
    fn writes(self, target: Target) {
        self.inner.try_with_value(|inner| _ = inner.last.replace(target));
    }

    fn edited(self, comment: Comment) {
        self.inner.try_with_value(|inner| (inner.reactions.edited)(comment));
        let words = self.conversation.card.locale.get_untracked().words;
        self.conversation.announce(words.edit_saved.to_owned());
    }
}

/// The form for top-level comments.
pub fn main(composers: Composers, outbox: Outbox) -> impl IntoView {
    let card = composers.conversation.card;
    composers.top.get_value().map(|composer| {
        form(
            composer,
            composers,
            Form {
                label: Signal::derive(move || card.locale.get().words.send.to_owned()),
                body_label: |w| w.body_label,
                send: Signal::derive(card.word(|w| w.send)),
                submit: std::sync::Arc::new(move || match composer.submit(outbox) {
                    Ok(()) => composer.focus(Field::Body),
                    Err(refused) => composer.focus_refused(&refused),
                }),
                close: None,
                notice: None,
            },
        )
    })
}
