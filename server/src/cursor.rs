//! Where a page ended, so that the next one begins there: a keyset cursor.
//!
//! Opaque to clients. It names a place in the order of storing and not a count, so comments that arrive meanwhile
//! neither repeat one nor skip one.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maqal_contract::Sort;

/// The first byte, so that a later form can be told from this one.
const VERSION: u8 = 1;

/// The place behind one comment, in one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The order of the pages.
    pub sort: Sort,
    /// The place of the last comment on the page before, in the order of storing.
    pub seq: i64,
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
        let [VERSION, sort, seq @ ..] = bytes.as_slice() else { return Err(NotACursor) };
        let sort = match sort {
            0 => Sort::Newest,
            1 => Sort::Oldest,
            2 => Sort::Liked,
            _ => return Err(NotACursor),
        };
        let seq = i64::from_be_bytes(seq.try_into().map_err(|_bad| NotACursor)?);
        if seq < 1 {
            return Err(NotACursor);
        }
        Ok(Self { sort, seq })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sort = match self.sort {
            Sort::Newest => 0,
            Sort::Oldest => 1,
            Sort::Liked => 2,
        };
        let mut bytes = [VERSION, sort, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes[2..].copy_from_slice(&self.seq.to_be_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, NotACursor};
    use maqal_contract::Sort;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for sort in [Sort::Newest, Sort::Oldest] {
            for seq in [1, 2, 255, 256, i64::MAX] {
                let cursor = Cursor { sort, seq };
                assert_eq!(Cursor::parse(&cursor.to_string()), Ok(cursor));
            }
        }
    }

    #[test]
    fn any_other_text_is_refused() {
        let zero = Cursor { sort: Sort::Newest, seq: 0 }.to_string();
        let long = format!("{}AA", Cursor { sort: Sort::Newest, seq: 1 });
        for text in ["", "1", "2026-11-14", "مؤشر", "AAAAAAAAAAAAAA", "AQAAAAAAAAAAAQ==", &zero, &long] {
            assert_eq!(Cursor::parse(text), Err(NotACursor), "{text:?}");
        }
    }
}
