//! A page of a conversation as the card takes it, from what the endpoint answered.

use crate::engines::{Comment, Page};
use crate::fetch::Answer;
use maqal_reading::wire;

/// The most comments that are taken from one answer: as many as a card still scrolls through smoothly.
const MOST: usize = 10_000;

/// Reads `answer`; of one that breaks off, what came whole.
///
/// # Errors
/// Why it is no page, in English, for the developer.
pub(super) fn read(answer: &Answer) -> Result<Page, String> {
    let page = wire::Page::read(&answer.text, answer.is_cut, MOST)?;
    let had = page.comments.len();
    let comments: Vec<_> = page.comments.into_iter().filter_map(Comment::read).collect();
    Ok(Page {
        unreadable: page.unreadable + (had - comments.len()) as u64,
        is_cut: page.is_cut,
        total: page.total.unwrap_or(comments.len() as u64),
        comments,
        next: page.next,
        previous: page.previous,
        live: page.live,
    })
}
