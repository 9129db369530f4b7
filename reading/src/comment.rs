//! A comment as the views take it: nothing in it can harm the page.

use maqal_contract::{Badge, State, limits, name};

use crate::i18n::Timestamp;
use crate::safe_html::{Deferred, Profile};
use crate::url::HttpUrl;

/// The longest name that is shown, in Unicode scalar values. Twice what the contract takes: other servers take more.
const NAME_SHOWN: usize = 2 * limits::NAME_MAX_CHARS;

/// A text of so many bytes is folded: some fifteen lines of Arabic on a phone.
const LONG_BYTES: usize = 1_600;

/// A text of so many lines is folded, however short they are.
const LONG_LINES: usize = 15;

/// Whether a text is folded whose source has so many bytes, and which was typed as `typed`.
#[must_use]
pub fn is_long(source_bytes: usize, typed: &str) -> bool {
    source_bytes > LONG_BYTES || typed.lines().count() > LONG_LINES
}

/// A comment that can be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// The endpoint's identifier.
    pub id: String,
    /// The comment that it replies to.
    pub parent: Option<String>,
    /// The top-level comment that it stands under.
    pub root: Option<String>,
    /// The author's name, clean ([`name::clean`]) and of a length to show; empty only where it is deleted.
    pub name: String,
    /// The author's own address.
    pub website: Option<HttpUrl>,
    /// The author's picture.
    pub avatar: Option<HttpUrl>,
    /// What the host says the author is.
    pub badge: Option<Badge>,
    /// When it was posted, where the endpoint says so.
    pub posted: Option<Timestamp>,
    /// When its author changed it.
    pub edited: Option<Timestamp>,
    /// The text as it is shown.
    pub text: Deferred,
    /// The text as it was typed; empty where the endpoint keeps it to itself.
    pub typed: String,
    /// Whether it can be read.
    pub state: State,
    /// Whether it stands above all others.
    pub is_pinned: bool,
    /// Whether the editors set it apart.
    pub is_featured: bool,
    /// How many readers like it.
    pub likes: u64,
    /// How many replies stand under it, where it is a top-level one.
    pub replies: u64,
}

impl Comment {
    /// The comment that the wire tells of; `None` where it lacks an id, or a name that can be seen.
    #[must_use]
    pub fn read(wire: maqal_contract::Comment) -> Option<Self> {
        let name = shown_name(&wire.name);
        let is_deleted = wire.state == State::Deleted;
        if wire.id.is_empty() || (name.is_empty() && !is_deleted) {
            return None;
        }
        let address = |text: Option<String>| text.and_then(|text| HttpUrl::parse(&text, &text).ok());
        let named = |id: Option<String>| id.filter(|id| !id.is_empty() && *id != wire.id);
        let parent = named(wire.parent);
        Some(Self {
            // A reply whose top is not named stands under what it replies to.
            root: named(wire.root).filter(|_| parent.is_some()),
            parent,
            name,
            website: address(wire.website),
            avatar: address(wire.avatar),
            badge: wire.badge,
            posted: Timestamp::parse(&wire.created),
            edited: wire.edited.and_then(|at| Timestamp::parse(&at)),
            text: if wire.html.is_empty() {
                Deferred::lines(wire.body.clone())
            } else {
                Deferred::html(wire.html, Profile::Comment)
            },
            typed: wire.body,
            state: wire.state,
            is_pinned: wire.pinned && !is_deleted,
            is_featured: wire.featured && !is_deleted,
            likes: wire.likes,
            replies: wire.replies,
            id: wire.id,
        })
    }
}

/// `raw` as a name is shown; empty where nothing of it can be seen.
#[must_use]
pub fn shown_name(raw: &str) -> String {
    // What is far longer than any name is not worth walking through.
    let head: String = raw.chars().take(4 * NAME_SHOWN).collect();
    let line = name::clean(&head);
    if line.chars().count() <= NAME_SHOWN {
        return line;
    }
    line.chars().take(NAME_SHOWN).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::{NAME_SHOWN, shown_name};

    #[test]
    fn a_name_of_ten_kilobytes_is_cut_and_one_that_cannot_be_seen_is_none() {
        assert_eq!(shown_name(&"م".repeat(10_000)).chars().count(), NAME_SHOWN + 1);
        assert_eq!(shown_name(" سلمى\u{202E} العل\u{200B}وي "), "سلمى العلوي");
        assert_eq!(shown_name("\u{200B}\u{2066}"), "");
    }
}
