//! A long list of comments, in chunks: what is done to a few of them, or for each frame that the browser paints, is done to
//! a chunk or to the chunks, and never to each of ten thousand comments.

use leptos::prelude::*;
use maqal_reading::places::CHUNK;

use super::Said;

/// The list. It holds no chunk that is empty.
#[derive(Clone, Copy)]
pub struct Chunks {
    chunks: RwSignal<Vec<Chunk>>,
    /// How many chunks there were so far.
    count: StoredValue<usize>,
}

/// Comments that stand together.
#[derive(Clone)]
pub struct Chunk {
    /// What tells it apart from the others of its list.
    pub number: usize,
    /// The comments.
    pub comments: ArcRwSignal<Vec<Said>>,
}

impl Chunks {
    /// An empty list.
    pub(super) fn new() -> Self {
        Self { chunks: RwSignal::new(Vec::new()), count: StoredValue::new(0) }
    }

    /// The chunks. It is read reactively, and changes with whatever changes in them.
    #[must_use]
    pub fn get(self) -> Vec<Chunk> {
        self.chunks.get()
    }

    /// Whether no comment stands in it. It is read reactively.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.chunks.with(Vec::is_empty)
    }

    /// Depends on which comments stand in it.
    pub fn track(self) {
        self.chunks.track();
    }

    /// Tells whoever depends on that.
    pub(super) fn notify(self) {
        self.chunks.notify();
    }

    /// How many comments stand in it.
    pub(super) fn len(self) -> usize {
        self.chunks.with_untracked(|chunks| chunks.iter().map(|chunk| chunk.comments.with_untracked(Vec::len)).sum())
    }

    /// Puts `new` behind the others.
    pub(super) fn append(self, new: &[Said]) {
        self.chunks.update(|chunks| {
            let room = chunks.last().map_or(0, room);
            let (joining, rest) = new.split_at(room.min(new.len()));
            if let Some(last) = chunks.last().filter(|_| !joining.is_empty()) {
                last.comments.update(|comments| comments.extend(joining));
            }
            chunks.extend(rest.chunks(CHUNK).map(|comments| self.chunk(comments)));
        });
    }

    /// Puts `new` before the others.
    pub(super) fn prepend(self, new: &[Said]) {
        self.chunks.update(|chunks| {
            let room = chunks.first().map_or(0, room);
            let (rest, joining) = new.split_at(new.len().saturating_sub(room));
            if let Some(first) = chunks.first().filter(|_| !joining.is_empty()) {
                first.comments.update(|comments| _ = comments.splice(0..0, joining.iter().copied()));
            }
            // The one that is not full comes first: there is room in it for the next.
            let mut before: Vec<_> = rest.rchunks(CHUNK).map(|comments| self.chunk(comments)).collect();
            before.reverse();
            chunks.splice(0..0, before);
        });
    }

    /// Takes `said` out; returns whether it stood there.
    pub(super) fn remove(self, said: Said) -> bool {
        let holds = |chunk: &Chunk| chunk.comments.with_untracked(|all| all.iter().any(|c| c.comment == said.comment));
        let Some(place) = self.chunks.with_untracked(|chunks| chunks.iter().position(holds)) else { return false };
        self.chunks.update(|chunks| {
            chunks[place].comments.update(|comments| comments.retain(|other| other.comment != said.comment));
            if chunks[place].comments.with_untracked(Vec::is_empty) {
                chunks.remove(place);
            }
        });
        true
    }

    /// Takes all out.
    pub(super) fn clear(self) {
        self.chunks.set(Vec::new());
    }

    fn chunk(self, comments: &[Said]) -> Chunk {
        let number = self.count.get_value();
        self.count.set_value(number + 1);
        Chunk { number, comments: ArcRwSignal::new(comments.to_vec()) }
    }
}

/// For how many more there is room.
fn room(chunk: &Chunk) -> usize {
    CHUNK.saturating_sub(chunk.comments.with_untracked(Vec::len))
}
