//! What leaves the card for the host page: things that happened, and faults for the developer.

use std::rc::Rc;

use leptos::prelude::{LocalStorage, StoredValue, WithValue};

/// Something the host may want to know.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// The article stands in the card (`maqal:ready`).
    Ready {
        /// The article's title, where it has one.
        title: Option<String>,
    },
    /// A comment was acknowledged by the endpoint (`maqal:comment`).
    Comment {
        /// The endpoint's identifier.
        id: String,
        /// The conversation.
        thread: String,
    },
    /// The conversation's length is known or has changed (`maqal:count`).
    Count {
        /// The conversation.
        thread: String,
        /// How many comments it has.
        total: u64,
    },
    /// Something failed (`maqal:error`, and a line on the console).
    Fault(Fault),
}

/// A fault, told to the developer: the reader gets a sentence in the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A stable word for programs.
    pub code: FaultCode,
    /// The attribute at fault, where one is.
    pub attribute: Option<&'static str>,
    /// The cause and the fix, in English.
    pub message: String,
}

/// The kinds of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultCode {
    /// An attribute is missing or wrong.
    Attribute,
    /// The article could not be fetched or read.
    Article,
    /// The conversation could not be loaded.
    Conversation,
    /// A comment was not accepted, or not yet.
    Comment,
    /// The browser keeps nothing on this device.
    Storage,
    /// The article could not be read aloud.
    Listen,
    /// The host page's word for its reader cannot be used.
    Identity,
}

impl FaultCode {
    /// The word in the event's `detail.code`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Article => "article",
            Self::Conversation => "conversation",
            Self::Comment => "comment",
            Self::Storage => "storage",
            Self::Listen => "listen",
            Self::Identity => "identity",
        }
    }
}

/// The way out, as every room gets it.
#[derive(Clone, Copy)]
pub struct Outward(StoredValue<Rc<dyn Fn(Outgoing)>, LocalStorage>);

impl Outward {
    /// A way out that ends in `sink`. To be made inside a reactive owner, and gone with it.
    pub fn new(sink: impl Fn(Outgoing) + 'static) -> Self {
        Self(StoredValue::new_local(Rc::new(sink)))
    }

    /// Sends `outgoing`; nothing happens once the card has gone.
    pub fn send(self, outgoing: Outgoing) {
        // The sink runs the host's listeners, which may remove the card: hold no borrow meanwhile.
        if let Some(sink) = self.0.try_with_value(Rc::clone) {
            sink(outgoing);
        }
    }

    /// Reports a fault that no attribute causes.
    pub fn fault(self, code: FaultCode, message: String) {
        self.send(Outgoing::Fault(Fault { code, attribute: None, message }));
    }
}
