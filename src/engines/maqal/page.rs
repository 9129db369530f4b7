//! Reads a page comment by comment: one that is flawed does not hide the others, and of an answer that breaks off, or has
//! a million comments, the first are taken.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::engines::{Comment, Page};
use crate::fetch::Answer;
use maqal_contract::lenient::Either;

/// The most comments that are taken from one answer: as many as a card still scrolls through smoothly.
const MOST: usize = 10_000;

/// Reads `answer`.
///
/// # Errors
/// Why it is no page, in English, for the developer.
pub(super) fn read(answer: &Answer) -> Result<Page, String> {
    let mut taken = Taken::default();
    let mut json = serde_json::Deserializer::from_str(&answer.text);
    let read = (&mut json).deserialize_map(Fields(&mut taken));
    match read.and_then(|()| json.end()) {
        Ok(()) => {}
        // It was cut where we stopped to read: what came whole is sound.
        Err(_) if answer.is_cut && taken.has_comments => taken.is_cut = true,
        Err(error) => return Err(error.to_string()),
    }
    if !taken.has_comments {
        return Err("there is no list `comments`".to_owned());
    }
    let had = taken.comments.len() as u64;
    Ok(Page {
        unreadable: taken.unreadable,
        is_cut: taken.is_cut,
        total: taken.total.unwrap_or(had),
        comments: taken.comments,
        next: taken.next,
        previous: taken.previous,
        live: taken.live,
    })
}

/// What was read so far.
#[derive(Default)]
struct Taken {
    comments: Vec<Comment>,
    has_comments: bool,
    unreadable: u64,
    is_cut: bool,
    total: Option<u64>,
    next: Option<String>,
    previous: Option<String>,
    live: Option<String>,
}

struct Fields<'a>(&'a mut Taken);

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list `comments`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let taken = self.0;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "comments" => map.next_value_seed(List(taken))?,
                "total" => taken.total = map.next_value::<Either<u64>>()?.good(),
                "next" => taken.next = map.next_value::<Either<String>>()?.good(),
                "previous" => taken.previous = map.next_value::<Either<String>>()?.good(),
                "live" => taken.live = map.next_value::<Either<String>>()?.good(),
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }
}

struct List<'a>(&'a mut Taken);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of comments")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let taken = self.0;
        taken.has_comments = true;
        while taken.comments.len() < MOST {
            let Some(element) = list.next_element::<Either<maqal_contract::Comment>>()? else { return Ok(()) };
            match element.good().and_then(Comment::read) {
                Some(comment) => taken.comments.push(comment),
                None => taken.unreadable += 1,
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            taken.is_cut = true;
        }
        Ok(())
    }
}
