//! A long list of comments, in chunks: what is done to a few of them, or for each frame that the browser paints, is done to
//! a chunk or to the chunks, and never to each of ten thousand comments.

use leptos::prelude::*;

use super::Said;

/// The most comments in a chunk: what comes into view is laid out by the chunk, and a page of comments is one.
const SIZE: usize = 20;

/// The list. It holds no chunk that is empty.
#[derive(Clone, Copy)]
pub struct Chunks(RwSignal<Vec<Chunk>>);

/// Comments that stand together; those of a list are told apart by their signals.
pub type Chunk = ArcRwSignal<Vec<Said>>;

impl Chunks {
    /// An empty list.
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// The chunks. It is read reactively, and changes with whatever changes in them.
    #[must_use]
    pub fn get(self) -> Vec<Chunk> {
        self.0.get()
    }

    /// Whether no comment stands in it. It is read reactively.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.with(Vec::is_empty)
    }

    /// Depends on which comments stand in it.
    pub fn track(self) {
        self.0.track();
    }

    /// How many comments stand in it.
    pub(super) fn len(self) -> usize {
        self.0.with_untracked(|chunks| chunks.iter().map(|chunk| chunk.with_untracked(Vec::len)).sum())
    }

    /// Puts `new` behind the others.
    pub(super) fn append(self, new: &[Said]) {
        self.0.update(|chunks| {
            let room = chunks.last().map_or(0, room);
            let (joining, rest) = new.split_at(room.min(new.len()));
            if let Some(last) = chunks.last().filter(|_| !joining.is_empty()) {
                last.update(|comments| comments.extend(joining));
            }
            chunks.extend(rest.chunks(SIZE).map(chunk));
        });
    }

    /// Puts `new` before the others.
    pub(super) fn prepend(self, new: &[Said]) {
        self.0.update(|chunks| {
            let room = chunks.first().map_or(0, room);
            let (rest, joining) = new.split_at(new.len().saturating_sub(room));
            if let Some(first) = chunks.first().filter(|_| !joining.is_empty()) {
                first.update(|comments| _ = comments.splice(0..0, joining.iter().copied()));
            }
            // The one that is not full comes first: there is room in it for the next.
            let mut before: Vec<_> = rest.rchunks(SIZE).map(chunk).collect();
            before.reverse();
            chunks.splice(0..0, before);
        });
    }

    /// Takes `said` out; returns whether it stood there.
    pub(super) fn remove(self, said: Said) -> bool {
        let holds = |chunk: &Chunk| chunk.with_untracked(|comments| comments.iter().any(|c| c.comment == said.comment));
        let Some(place) = self.0.with_untracked(|chunks| chunks.iter().position(holds)) else { return false };
        self.0.update(|chunks| {
            chunks[place].update(|comments| comments.retain(|other| other.comment != said.comment));
            if chunks[place].with_untracked(Vec::is_empty) {
                chunks.remove(place);
            }
        });
        true
    }

    /// Takes all out.
    pub(super) fn clear(self) {
        self.0.set(Vec::new());
    }
}

fn chunk(comments: &[Said]) -> Chunk {
    ArcRwSignal::new(comments.to_vec())
}

/// For how many more there is room.
fn room(chunk: &Chunk) -> usize {
    SIZE.saturating_sub(chunk.with_untracked(Vec::len))
}
