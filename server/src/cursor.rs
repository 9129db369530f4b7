//! Where a page ended, so that the next one begins there: a keyset cursor.
//!
//! Opaque to clients. It names a place in an order and not a count, so comments that arrive meanwhile neither repeat
//! one nor skip one.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maqal_contract::Sort;

/// The first byte, so that a later form can be told from this one.
const VERSION: u8 = 1;

/// The place of one comment: behind it the next page begins, before it the one before ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// Among the top-level comments, the pinned ones not counted.
    Top(Sort, Place),
    /// Among the replies under one top-level comment: the comment's place in the order of storing.
    Reply(i64),
}

/// A place among top-level comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// How many readers liked the comment; 0 in an order that does not ask for it.
    pub likes: i64,
    /// Its place in the order of storing.
    pub seq: i64,
}

impl Place {
    /// The place before all comments, in this order.
    #[must_use]
    pub const fn start(sort: Sort) -> Self {
        match sort {
            Sort::Newest => Self { likes: 0, seq: i64::MAX },
            Sort::Oldest => Self { likes: 0, seq: 0 },
            Sort::Liked => Self { likes: i64::MAX, seq: i64::MAX },
        }
    }
}

/// The text is no cursor of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACursor;

impl Cursor {
    /// Reads what [`fmt::Display`] wrote.
    ///
    /// # Errors
    /// [`NotACursor`] for every other text.
    pub fn parse(text: &str) -> Result<Self, NotACursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_bad| NotACursor)?;
        let [VERSION, kind, numbers @ ..] = bytes.as_slice() else { return Err(NotACursor) };
        let numbers = numbers.as_chunks::<8>();
        let numbers: (Vec<_>, _) = (numbers.0.iter().map(|bytes| i64::from_be_bytes(*bytes)).collect(), numbers.1);
        if numbers.0.iter().any(|number| *number < 0) {
            return Err(NotACursor);
        }
        match (kind, numbers.0.as_slice(), numbers.1) {
            (0, &[seq], []) => Ok(Self::Top(Sort::Newest, Place { likes: 0, seq })),
            (1, &[seq], []) => Ok(Self::Top(Sort::Oldest, Place { likes: 0, seq })),
            (2, &[likes, seq], []) => Ok(Self::Top(Sort::Liked, Place { likes, seq })),
            (3, &[seq], []) => Ok(Self::Reply(seq)),
            _ => Err(NotACursor),
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, likes, seq) = match *self {
            Self::Top(Sort::Newest, Place { seq, .. }) => (0, None, seq),
            Self::Top(Sort::Oldest, Place { seq, .. }) => (1, None, seq),
            Self::Top(Sort::Liked, Place { likes, seq }) => (2, Some(likes), seq),
            Self::Reply(seq) => (3, None, seq),
        };
        let numbers = likes.into_iter().chain([seq]).flat_map(i64::to_be_bytes);
        f.write_str(&URL_SAFE_NO_PAD.encode([VERSION, kind].into_iter().chain(numbers).collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, NotACursor, Place};
    use maqal_contract::Sort;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for seq in [0, 1, 2, 255, 256, i64::MAX] {
            for cursor in [
                Cursor::Top(Sort::Newest, Place { likes: 0, seq }),
                Cursor::Top(Sort::Oldest, Place { likes: 0, seq }),
                Cursor::Top(Sort::Liked, Place { likes: 7, seq }),
                Cursor::Reply(seq),
            ] {
                assert_eq!(Cursor::parse(&cursor.to_string()), Ok(cursor));
            }
        }
    }

    #[test]
    fn a_cursor_of_the_first_version_is_still_read() {
        assert_eq!(Cursor::parse("AQEAAAAAAAAAAQ"), Ok(Cursor::Top(Sort::Oldest, Place { likes: 0, seq: 1 })));
    }

    #[test]
    fn any_other_text_is_refused() {
        let below = Cursor::Reply(-1).to_string();
        let long = format!("{}AA", Cursor::Reply(1));
        let id = "0197a3c2d5e87c3e9b1f4a6d8c0e2f11";
        for text in ["", "1", "2026-11-14", "مؤشر", "AAAAAAAAAAAAAA", "AQAAAAAAAAAAAQ==", id, &below, &long] {
            assert_eq!(Cursor::parse(text), Err(NotACursor), "{text:?}");
        }
    }
}
