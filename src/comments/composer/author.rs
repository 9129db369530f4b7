//! Who writes: what readers give of themselves, kept on this device for all conversations of the endpoint, or, where
//! they want it so, only until it is sent.

use leptos::prelude::*;
use maqal_contract::validate::{self, Field};
use maqal_contract::{FieldError, Reason};
use serde::{Deserialize, Serialize};

use crate::comments::conversation::Conversation;
use crate::engines;
use crate::settings::{Ask, Asks};
use crate::storage::{self, Kept};

/// What the forms of one conversation share.
#[derive(Clone, Copy)]
pub struct Author {
    /// The name.
    pub name: RwSignal<String>,
    /// The e-mail address.
    pub email: RwSignal<String>,
    /// The author's own address.
    pub website: RwSignal<String>,
    /// Whether all this stays after it is sent.
    pub is_remembered: RwSignal<bool>,
    conversation: Conversation,
}

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    email: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    website: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    forget: bool,
}

impl Author {
    /// What this device keeps; where that is nothing, the name beside an older draft.
    #[must_use]
    pub fn load(conversation: Conversation, drafted_name: &str) -> Self {
        let stored = storage::read(&key(conversation)).map(|(stored, _)| stored);
        let is_old = stored.is_none() && !drafted_name.is_empty();
        let stored: Stored = stored.unwrap_or_else(|| Stored { name: drafted_name.to_owned(), ..Stored::default() });
        let author = Self {
            name: RwSignal::new(stored.name),
            email: RwSignal::new(stored.email),
            website: RwSignal::new(stored.website),
            is_remembered: RwSignal::new(!stored.forget),
            conversation,
        };
        if is_old {
            author.keep();
        }
        author
    }

    /// Keeps what was typed, remembered or not: until it is sent it must survive a reload.
    pub fn keep(self) -> Kept {
        let stored = Stored {
            name: self.name.get_untracked(),
            email: self.email.get_untracked(),
            website: self.website.get_untracked(),
            forget: !self.is_remembered.get_untracked(),
        };
        storage::write(&key(self.conversation), &stored)
    }

    /// It was sent: what is not to be remembered is forgotten.
    pub fn sent(self) {
        if !self.is_remembered.get_untracked() {
            for text in [self.name, self.email, self.website] {
                text.set(String::new());
            }
            self.keep();
        }
    }

    /// The signal of `field`.
    #[must_use]
    pub const fn text(self, field: Field) -> RwSignal<String> {
        match field {
            Field::Email => self.email,
            Field::Website => self.website,
            _ => self.name,
        }
    }

    /// The author as checked: the host's reader, where there is one, else what was typed.
    ///
    /// # Errors
    /// Every field that was refused.
    pub fn check(self) -> Result<engines::Author, Vec<FieldError>> {
        if let Some(identity) = self.conversation.identity.get_untracked() {
            return Ok(engines::Author { name: identity.name, is_vouched_for: true, ..engines::Author::default() });
        }
        let Asks { email, website } = self.conversation.asks.get_untracked();
        let name = self.name.with_untracked(|raw| validate::name(raw));
        let email = asked(email, Field::Email, self.email, validate::email);
        let website = asked(website, Field::Website, self.website, validate::website);
        match (name, email, website) {
            (Ok(name), Ok(email), Ok(website)) => Ok(engines::Author { name, email, website, is_vouched_for: false }),
            (name, email, website) => Err([name.err(), email.err(), website.err()].into_iter().flatten().collect()),
        }
    }
}

fn asked(
    ask: Ask,
    field: Field,
    text: RwSignal<String>,
    check: fn(&str) -> Result<Option<String>, FieldError>,
) -> Result<Option<String>, FieldError> {
    if ask == Ask::No {
        return Ok(None);
    }
    let given = text.with_untracked(|raw| check(raw))?;
    if ask == Ask::Required && given.is_none() {
        let (field, pointer) = (field.as_str().to_owned(), ["#/", field.as_str()].concat());
        return Err(FieldError { field, pointer, reason: Reason::Missing, max: None, detail: String::new() });
    }
    Ok(given)
}

fn key(conversation: Conversation) -> String {
    ["maqal:author:", conversation.scope().endpoint.as_str()].concat()
}
