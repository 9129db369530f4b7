//! Foreign text of one line in a view.

use super::{Node, element};
use crate::text::direction::{self, Direction};
use crate::text::ltr_words::{Piece, pieces};

/// The `dir` of an element that holds `text` alone: `auto` would set a number or an emoji from left to right, which say
/// nothing, and run as what is around them.
#[must_use]
pub fn dir(text: &str) -> Option<&'static str> {
    direction::first_strong(text).map(|_| "auto")
}

/// `text`, for an element with [`dir`].
#[must_use]
pub fn prose(text: &str) -> Vec<Node> {
    if direction::first_strong(text) == Some(Direction::Rtl) { right_to_left(text) } else { vec![text.into()] }
}

/// Text of a line from right to left: words that run the other way stand apart.
#[must_use]
pub fn right_to_left(text: &str) -> Vec<Node> {
    let piece = |piece| match piece {
        Piece::Plain(text) => text.into(),
        Piece::LeftToRight(word) => element("bdi").attr("dir", "ltr").with(word).into(),
    };
    pieces(text).into_iter().map(piece).collect()
}
