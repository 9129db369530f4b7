//! What is being written: a comment, a reply, or another text for a comment that stands there.

/// What a composer writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A top-level comment.
    #[default]
    Top,
    /// A reply to the comment of this id.
    Reply(String),
    /// Another text for the comment of this id.
    Edit(String),
}

impl Target {
    /// What a new comment written here replies to.
    #[must_use]
    pub fn parent(&self) -> Option<&str> {
        match self {
            Self::Reply(id) => Some(id),
            Self::Top | Self::Edit(_) => None,
        }
    }

    /// The target of a comment that replies to `parent`.
    #[must_use]
    pub fn of_parent(parent: Option<&str>) -> Self {
        parent.map_or(Self::Top, |id| Self::Reply(id.to_owned()))
    }
}
