//! Foreign text in a view: in a line from right to left, words that run the other way stand apart.

use leptos::html;
use leptos::prelude::*;

use crate::text::direction::{self, Direction};
use crate::text::ltr_words::{Piece, pieces};
pub use crate::view::prose::dir;

/// `text`, for an element with [`dir`].
pub fn prose(text: &str) -> AnyView {
    if direction::first_strong(text) != Some(Direction::Rtl) {
        return text.to_owned().into_any();
    }
    let piece = |piece| match piece {
        Piece::Plain(text) => text.to_owned().into_any(),
        Piece::LeftToRight(word) => html::bdi().dir("ltr").child(word.to_owned()).into_any(),
    };
    pieces(text).into_iter().map(piece).collect::<Vec<_>>().into_any()
}
