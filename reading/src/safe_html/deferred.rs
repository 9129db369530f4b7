//! Foreign text that becomes a [`SafeHtml`] when it is first shown: a page of a thousand comments opens without parsing
//! those that nobody sees.

use std::sync::OnceLock;

use super::{Profile, SafeHtml};

/// Foreign text, and the safe tree of it once that was asked for.
#[derive(Clone, Debug)]
pub struct Deferred {
    source: String,
    /// The profile of HTML; plain lines have none.
    profile: Option<Profile>,
    safe: OnceLock<SafeHtml>,
}

impl Deferred {
    /// Foreign HTML.
    #[must_use]
    pub const fn html(source: String, profile: Profile) -> Self {
        Self { source, profile: Some(profile), safe: OnceLock::new() }
    }

    /// Plain text; see [`SafeHtml::from_lines`].
    #[must_use]
    pub const fn lines(source: String) -> Self {
        Self { source, profile: None, safe: OnceLock::new() }
    }

    /// The safe tree.
    pub fn safe(&self) -> &SafeHtml {
        self.safe.get_or_init(|| match self.profile {
            Some(profile) => SafeHtml::parse(&self.source, profile),
            None => SafeHtml::from_lines(&self.source),
        })
    }

    /// The length of the foreign text in bytes, markup included.
    #[must_use]
    pub fn source_bytes(&self) -> usize {
        self.source.len()
    }
}

impl PartialEq for Deferred {
    fn eq(&self, other: &Self) -> bool {
        // The source decides the tree.
        self.source == other.source && self.profile == other.profile
    }
}
