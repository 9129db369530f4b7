//! The state of a conversation: what is loaded and where it stands, what there is, and what went wrong.
//!
//! Each comment is a signal of its own, so that a like or an edit touches one comment and no list. `said` is one comment in its place,
//! `chunks` a long list of them, `live` hears what happens meanwhile.

mod chunks;
pub mod live;
mod said;

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use maqal_contract::{Sort, State};
use maqal_reading::places::{self, Place, Relation};

pub use chunks::{Chunk, Chunks};
pub use said::{Open, Rest, Said};

use super::conversation::Conversation;
use super::own;
use crate::engines::{Comment, Page, Part};
use crate::fetch::{Cause, Failure, pause};
use crate::outward::{FaultCode, Outgoing};

/// After this long without an answer the reader is told that the server is slow.
pub const SLOW_AFTER: Duration = Duration::from_secs(5);

/// A page comes into the list by so many comments at a time, and the browser paints and answers the reader in between.
const SLICE: usize = 20;

/// The most at a time. Each slice costs a frame: where the list is long already, slices are larger, and fewer.
const LARGEST_SLICE: usize = 200;

/// Where loading stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// A page is on its way; `slow` once it takes its time.
    Loading {
        /// Whether it takes long.
        slow: bool,
    },
    /// What was asked for is here.
    Ready,
    /// The last page asked for did not come.
    Failed(Failure),
}

impl Status {
    /// Whether something is on its way.
    #[must_use]
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }
}

/// A conversation.
#[derive(Clone, Copy)]
pub struct Thread {
    /// The top-level comments that came while the reader was here, above the others: a list of its own, since a page may still
    /// come between the two.
    pub newest: Chunks,
    /// The top-level comments of the pages, as they are shown.
    pub tops: Chunks,
    /// Comments that came while others were being read: they wait until the reader wants them.
    pub waiting: RwSignal<Vec<Arc<Comment>>>,
    /// How many there are in all, once known.
    pub total: RwSignal<Option<u64>>,
    /// What of the loaded could not be shown.
    pub flaws: RwSignal<Flaws>,
    /// The order.
    pub sort: RwSignal<Sort>,
    /// Where the next page begins.
    pub next: RwSignal<Option<String>>,
    /// Where the page before the first one here ends.
    pub previous: RwSignal<Option<String>>,
    /// Where loading the first or the next page stands.
    pub status: RwSignal<Status>,
    /// Where loading the page before stands.
    pub status_before: RwSignal<Status>,
    /// The moment of the first page, to hear what changes from then on; the inner `None` where the endpoint names none.
    pub live: RwSignal<Option<Option<String>>>,
    /// The comment that the page's address leads to.
    pub sought: RwSignal<Option<String>>,
    known: StoredValue<HashMap<String, Said>>,
    /// Counts the lists that were begun: an answer for a former one is of no use.
    generation: StoredValue<u32>,
    conversation: Conversation,
}

/// What of the loaded comments could not be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flaws {
    /// How many could not be read.
    pub unreadable: u64,
    /// Whether an answer had more than is taken.
    pub is_cut: bool,
}

impl Thread {
    /// An empty conversation; nothing is asked for yet.
    #[must_use]
    pub fn new(conversation: Conversation, sort: Memo<Sort>) -> Self {
        let thread = Self {
            newest: Chunks::new(),
            tops: Chunks::new(),
            waiting: RwSignal::new(Vec::new()),
            total: RwSignal::new(None),
            flaws: RwSignal::new(Flaws::default()),
            sort: RwSignal::new(sort.get_untracked()),
            next: RwSignal::new(None),
            previous: RwSignal::new(None),
            status: RwSignal::new(Status::Loading { slow: false }),
            status_before: RwSignal::new(Status::Ready),
            live: RwSignal::new(None),
            sought: RwSignal::new(None),
            known: StoredValue::new(HashMap::new()),
            generation: StoredValue::new(0),
            conversation,
        };
        Effect::new(move |former: Option<Sort>| {
            let sort = sort.get();
            if former.is_some_and(|former| former != sort) {
                thread.set_sort(sort);
            }
            sort
        });
        thread
    }

    /// The conversation that it is the state of.
    #[must_use]
    pub const fn conversation(self) -> Conversation {
        self.conversation
    }

    /// The comment of this id, if it stands in the list.
    #[must_use]
    pub fn find(self, id: &str) -> Option<Said> {
        self.known.try_with_value(|known| known.get(id).copied()).flatten()
    }

    /// Shows the conversation in another order, from its beginning.
    pub fn set_sort(self, sort: Sort) {
        if self.sort.get_untracked() != sort {
            self.sort.set(sort);
            self.reload();
        }
    }

    /// Forgets what is loaded and asks for the first page again.
    pub fn reload(self) {
        self.begin(Part::First);
    }

    /// Shows the page on which the comment of this id stands.
    pub fn seek(self, id: &str) {
        self.sought.set(Some(id.to_owned()));
        if self.find(id).is_none() {
            self.begin(Part::Around(id.to_owned()));
        }
    }

    /// Asks for the first page, or the next one where some are loaded; `done` gets the top-level comments that came, none
    /// where it failed. It stops when the conversation goes.
    pub fn load(self, done: impl FnOnce(&[Said]) + 'static) {
        let part = match (self.next.get_untracked(), self.sought.get_untracked()) {
            (Some(cursor), _) => Part::After(cursor),
            (None, Some(id)) if self.find(&id).is_none() => Part::Around(id),
            (None, _) => Part::First,
        };
        self.ask(part, self.status, done);
    }

    /// Asks for the page before the first one here; `done` is as [`load`](Self::load)'s.
    pub fn load_before(self, done: impl FnOnce(&[Said]) + 'static) {
        if let Some(cursor) = self.previous.get_untracked() {
            self.ask(Part::Before(cursor), self.status_before, done);
        }
    }

    /// Asks for more of the replies under `top`; `done` gets the first that came, or `None` where none did.
    pub fn load_replies(self, top: Said, done: impl FnOnce(Option<String>) + 'static) {
        let Some(rest) = top.rest else { return };
        let (conversation, generation) = (self.conversation, self.generation.get_value());
        let part = Part::Replies { root: top.id(), after: rest.with_untracked(|rest| rest.after.clone()) };
        rest.update(|rest| rest.status = Status::Loading { slow: false });
        conversation.spawn(async move {
            let (engine, name) = (conversation.engine(), conversation.scope().thread);
            let answer = engine.page(&name, Sort::Oldest, &part).await;
            if self.generation.get_value() != generation {
                return;
            }
            match answer {
                Ok(page) => {
                    let next = page.next.clone();
                    let last = page.comments.last().map(|comment| comment.id.clone());
                    let first = page.comments.iter().find(|comment| self.find(&comment.id).is_none());
                    let first = first.map(|comment| comment.id.clone());
                    self.note_flaws(Flaws { unreadable: page.unreadable, is_cut: page.is_cut });
                    self.place(page.comments, Where::End);
                    let here = untrack(|| top.count_under());
                    let said = top.comment.with_untracked(|comment| comment.replies);
                    rest.update(|rest| {
                        rest.count = if next.is_some() { said.saturating_sub(here).max(1) } else { 0 };
                        rest.after = next.or(last);
                        rest.status = Status::Ready;
                    });
                    done(first);
                }
                Err(failure) => {
                    conversation.card.outward.fault(FaultCode::Conversation, failure.to_string());
                    rest.update(|rest| rest.status = Status::Failed(failure));
                    done(None);
                }
            }
        });
    }

    /// Puts the reader's own acknowledged comment where he sees it: above the others, or under what it replies to.
    pub fn add_own(self, comment: Comment) {
        if self.known.is_disposed() {
            return;
        }
        // One that waits to be shown was counted when it came.
        let waited = self.waits(&comment.id);
        if waited {
            self.waiting.update(|waiting| waiting.retain(|known| known.id != comment.id));
        }
        let counts = comment.state == State::Published && !waited && self.find(&comment.id).is_none();
        self.place(vec![comment], Where::Newest);
        if counts {
            self.set_total(self.total.get_untracked().unwrap_or(0) + 1);
        }
    }

    /// Takes a comment as it is now: one that stands here changes in its place, another waits to be shown.
    pub fn apply(self, comment: Comment, total: Option<u64>) {
        if self.known.is_disposed() {
            return;
        }
        if let Some(total) = total {
            self.set_total(total);
        }
        if let Some(said) = self.find(&comment.id) {
            replace(said, comment);
            return;
        }
        let is_gone = comment.state != State::Published;
        if is_gone || self.waits(&comment.id) {
            self.waiting.update(|waiting| {
                waiting.retain(|known| known.id != comment.id);
                if !is_gone {
                    waiting.push(Arc::new(comment));
                }
            });
            return;
        }
        // A reply to what is not here comes with it, when that is loaded.
        let parent = comment.parent.as_deref();
        let has_place = parent.is_none_or(|parent| self.find(parent).is_some() || self.waits(parent));
        if has_place {
            self.waiting.update(|waiting| waiting.push(Arc::new(comment)));
        }
    }

    /// Whether the comment has come and waits to be shown.
    fn waits(self, id: &str) -> bool {
        self.waiting.with_untracked(|waiting| waiting.iter().any(|known| known.id == id))
    }

    /// Shows the comments that waited, and gives the first of them.
    pub fn show_waiting(self) -> Option<Said> {
        let waiting = self.waiting.try_update(std::mem::take).unwrap_or_default();
        let first = waiting.first().map(|comment| comment.id.clone());
        self.place(waiting.into_iter().map(Arc::unwrap_or_clone).collect(), Where::Newest);
        first.and_then(|id| self.find(&id))
    }

    /// Takes a comment that its author deleted out of the list; one with replies stays as a placeholder.
    pub fn remove(self, id: &str) {
        let Some(said) = self.find(id) else { return };
        let was_published = said.comment.with_untracked(|comment| comment.state == State::Published);
        let has_replies = untrack(|| said.count_under()) > 0
            || said.rest.is_some_and(|rest| rest.with_untracked(|rest| rest.count > 0));
        if has_replies {
            let mut gone = said.comment.with_untracked(|comment| (**comment).clone());
            gone.state = State::Deleted;
            replace(said, gone);
        } else {
            self.known.update_value(|known| _ = known.remove(id));
            match said.place().under.and_then(|under| self.find(&under)) {
                Some(above) => above.replies.update(|list| list.retain(|other| other.comment != said.comment)),
                None => _ = self.newest.remove(said) || self.tops.remove(said),
            }
            self.tell_loaded();
        }
        if was_published {
            self.set_total(self.total.get_untracked().unwrap_or(1).saturating_sub(1));
        }
    }

    /// Depends on which comments are loaded, at whatever depth.
    pub fn track_loaded(self) {
        // A signal of its own would cost half a kilobyte.
        self.newest.track();
    }

    /// Tells whoever depends on that.
    fn tell_loaded(self) {
        self.newest.notify();
    }

    fn begin(self, part: Part) {
        self.generation.update_value(|generation| *generation += 1);
        self.known.update_value(HashMap::clear);
        self.newest.clear();
        self.tops.clear();
        self.waiting.set(Vec::new());
        self.flaws.set(Flaws::default());
        self.next.set(None);
        self.previous.set(None);
        self.status_before.set(Status::Ready);
        self.ask(part, self.status, |_| ());
    }

    fn ask(self, part: Part, status: RwSignal<Status>, done: impl FnOnce(&[Said]) + 'static) {
        status.set(Status::Loading { slow: false });
        let generation = self.generation.get_value();
        let has_come = Rc::new(Cell::new(false));
        let has_come_in_time = has_come.clone();
        set_timeout(
            move || {
                let is_waiting = !has_come_in_time.get()
                    && self.generation.try_get_value() == Some(generation)
                    && status.try_with_untracked(Status::is_loading) == Some(true);
                if is_waiting {
                    status.set(Status::Loading { slow: true });
                }
            },
            SLOW_AFTER,
        );
        let conversation = self.conversation;
        conversation.spawn(async move {
            let (engine, name) = (conversation.engine(), conversation.scope().thread);
            let sort = self.sort.get_untracked();
            let mut part = part;
            let mut answer = engine.page(&name, sort, &part).await;
            // The address may lead to a comment of another card's conversation, or to one that has gone.
            if let (Part::Around(_), Err(failure)) = (&part, &answer)
                && matches!(failure.cause, Cause::NotFound(_) | Cause::Refused(..))
            {
                part = Part::First;
                answer = engine.page(&name, sort, &part).await;
            }
            has_come.set(true);
            if self.generation.get_value() != generation {
                return;
            }
            match answer {
                Ok(page) => {
                    if let Some(tops) = self.take(page, &part, status).await {
                        done(&tops);
                    }
                }
                Err(failure) => {
                    conversation.card.outward.fault(FaultCode::Conversation, failure.to_string());
                    status.set(Status::Failed(failure));
                    done(&[]);
                }
            }
        });
    }

    /// Takes a page in, and gives the top-level comments that were new; `None` where another list was begun meanwhile.
    async fn take(self, page: Page, part: &Part, status: RwSignal<Status>) -> Option<Vec<Said>> {
        let generation = self.generation.get_value();
        let flaws = Flaws { unreadable: page.unreadable, is_cut: page.is_cut };
        self.set_total(page.total);
        let is_first = matches!(part, Part::First | Part::Around(_));
        let sought = match part {
            Part::Around(id) => Some(id),
            _ => None,
        };
        let at = if matches!(part, Part::Before(_)) { Where::Start } else { Where::End };
        let mut placed = self.places(page.comments).into_iter().peekable();
        let mut tops = Vec::new();
        loop {
            // A comment comes with what stands under it. What comes above the reader's eyes comes at once.
            let mut slice = Vec::new();
            let size = (self.tops.len() / 8).clamp(SLICE, LARGEST_SLICE);
            while let Some(next) =
                placed.next_if(|(_, place)| slice.len() < size || place.under.is_some() || matches!(at, Where::Start))
            {
                slice.push(next);
            }
            let new = self.put(slice, at);
            for &top in &new {
                self.count_rest(top, sought);
            }
            tops.extend(new);
            if placed.peek().is_none() {
                break;
            }
            pause::sleep(Duration::ZERO).await;
            if self.generation.get_value() != generation {
                return None;
            }
        }
        self.note_flaws(flaws);
        match part {
            Part::Before(_) => self.previous.set(page.previous),
            Part::First | Part::Around(_) => {
                self.previous.set(page.previous);
                self.next.set(page.next);
            }
            Part::After(_) | Part::Replies { .. } => self.next.set(page.next),
        }
        if is_first {
            self.live.set(Some(page.live));
            self.add_pending();
        }
        status.set(Status::Ready);
        Some(tops)
    }

    /// How many of `top`'s replies are still to come, and from where on.
    fn count_rest(self, top: Said, sought: Option<&String>) {
        let here = untrack(|| top.count_under());
        let said = top.comment.with_untracked(|comment| comment.replies);
        let Some(rest) = top.rest else { return };
        // Before the comment that was sought there may be replies that are not here.
        let is_sought = sought.is_some_and(|id| {
            self.find(id).is_some_and(|found| found.comment.with_untracked(|c| c.root.as_ref() == Some(&top.id())))
        });
        let last = (!is_sought).then(|| last_under(top)).flatten();
        rest.set(Rest { count: said.saturating_sub(here), after: last, status: Status::Ready });
    }

    /// Puts comments in their places: `at` says where top-level ones go. Gives the top-level ones.
    fn place(self, comments: Vec<Comment>, at: Where) -> Vec<Said> {
        self.put(self.places(comments), at)
    }

    /// Comments with their places, each after what it stands under.
    fn places(self, comments: Vec<Comment>) -> Vec<(Comment, Place)> {
        let relations: Vec<_> = comments
            .iter()
            .map(|c| Relation { id: &c.id, parent: c.parent.as_deref(), root: c.root.as_deref() })
            .collect();
        let known = |id: &str| self.find(id).map(Said::place);
        let places = places::places(&relations, &known);
        let mut comments: Vec<_> = comments.into_iter().map(Some).collect();
        places.into_iter().filter_map(|(index, place)| Some((comments[index].take()?, place))).collect()
    }

    /// Puts comments in the list.
    fn put(self, comments: Vec<(Comment, Place)>, at: Where) -> Vec<Said> {
        let mut tops = Vec::new();
        let mut under: Vec<(Said, Vec<Said>)> = Vec::new();
        for (comment, place) in comments {
            if let Some(said) = self.find(&comment.id) {
                replace(said, comment);
                continue;
            }
            let id = comment.id.clone();
            let said = self.add(comment, place.clone());
            self.known.update_value(|known| _ = known.insert(id, said));
            match place.under.and_then(|above| self.find(&above)) {
                None => tops.push(said),
                Some(above) => match under.iter_mut().find(|(known, _)| known.comment == above.comment) {
                    Some((_, list)) => list.push(said),
                    None => under.push((above, vec![said])),
                },
            }
        }
        // Each list changes once, from the deepest on: what is shown first is complete.
        for (above, new) in under.into_iter().rev() {
            above.replies.update(|replies| {
                for said in new {
                    insert_by_time(replies, said);
                }
            });
        }
        if !tops.is_empty() {
            match at {
                Where::Newest => self.newest.prepend(&tops),
                Where::Start => self.tops.prepend(&tops),
                Where::End => self.tops.append(&tops),
            }
        }
        self.tell_loaded();
        tops
    }

    /// A comment's signals live as long as the conversation, whoever adds it.
    fn add(self, comment: Comment, place: Place) -> Said {
        self.conversation.with_owner(|| Said::new(comment, place))
    }

    /// The reader's own comments that wait for a moderator are on no page.
    fn add_pending(self) {
        let conversation = self.conversation;
        let scope = conversation.scope();
        for (id, mut kept) in own::all(&scope).into_iter().filter(|(_, own)| own.is_pending) {
            let scope = scope.clone();
            conversation.spawn(async move {
                match conversation.engine().own(&id, &kept.secret).await {
                    Ok(Some(comment)) if comment.state == State::Pending => self.add_own(comment),
                    Ok(Some(_)) => {
                        kept.is_pending = false;
                        own::keep(&scope, &id, &kept);
                    }
                    Ok(None) => own::forget(&scope, &id),
                    // Another visit will tell.
                    Err(_) => {}
                }
            });
        }
    }

    fn note_flaws(self, new: Flaws) {
        if new.unreadable == 0 && !new.is_cut {
            return;
        }
        self.flaws.update(|flaws| {
            flaws.unreadable += new.unreadable;
            flaws.is_cut |= new.is_cut;
        });
        let outward = self.conversation.card.outward;
        if new.unreadable > 0 {
            let message = format!(
                "{} comments of a page could not be read: no id, no name, or not of the contract's shape",
                new.unreadable
            );
            outward.fault(FaultCode::Conversation, message);
        }
        if new.is_cut {
            let message = "a page has more than is taken: the first of its comments are shown".to_owned();
            outward.fault(FaultCode::Conversation, message);
        }
    }

    fn set_total(self, total: u64) {
        if self.total.try_get_untracked().is_some_and(|known| known != Some(total)) {
            self.total.set(Some(total));
            self.conversation.card.outward.send(Outgoing::Count { thread: self.conversation.scope().thread, total });
        }
    }
}

/// Where top-level comments are put.
#[derive(Clone, Copy)]
enum Where {
    /// Above all others.
    Newest,
    Start,
    End,
}

/// Gives `said` its comment anew, where anything in it has changed.
fn replace(said: Said, comment: Comment) {
    let mut comment = comment;
    said.comment.with_untracked(|known| {
        // What a change does not tell of a top-level comment stays.
        if comment.replies == 0 {
            comment.replies = known.replies;
        }
    });
    if said.comment.with_untracked(|known| **known != comment) {
        said.comment.set(Arc::new(comment));
    }
}

/// The last of the replies under `said`, in the order in which they came.
fn last_under(said: Said) -> Option<String> {
    fn walk(said: Said, last: &mut Option<(f64, String)>) {
        for reply in said.replies.get_untracked() {
            let (at, id) = reply
                .comment
                .with_untracked(|c| (c.posted.map_or(f64::MIN, crate::i18n::Timestamp::milliseconds), c.id.clone()));
            if last.as_ref().is_none_or(|(latest, _)| *latest <= at) {
                *last = Some((at, id));
            }
            walk(reply, last);
        }
    }
    let mut last = None;
    walk(said, &mut last);
    last.map(|(_, id)| id)
}

/// Puts a reply among others, the earliest first; one without a time comes last.
fn insert_by_time(replies: &mut Vec<Said>, said: Said) {
    let at = |said: &Said| said.comment.with_untracked(|comment| comment.posted);
    let new = at(&said);
    let index = replies.iter().rposition(|other| match (at(other), new) {
        (Some(other), Some(new)) => other <= new,
        _ => true,
    });
    replies.insert(index.map_or(0, |index| index + 1), said);
}
