//! Who waits for the changes of a conversation, in this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// Wakes those who wait. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Watchers(Arc<Mutex<HashMap<String, watch::Sender<u64>>>>);

impl Watchers {
    /// Gives the newest change of `thread` from now on; where nobody has told of one yet, 0.
    pub(super) fn subscribe(&self, thread: &str) -> watch::Receiver<u64> {
        let mut waiting = self.lock();
        if let Some(sender) = waiting.get(thread) {
            return sender.subscribe();
        }
        // Whoever comes first for a conversation sweeps out those where nobody waits any more.
        waiting.retain(|_, sender| sender.receiver_count() > 0);
        waiting.entry(thread.to_owned()).or_default().subscribe()
    }

    /// Tells of a change that is committed.
    pub(super) fn tell(&self, thread: &str, change: u64) {
        if let Some(sender) = self.lock().get(thread) {
            // Two writers may get here in the other order than they committed in.
            sender.send_modify(|newest| *newest = change.max(*newest));
        }
    }

    /// A panic elsewhere leaves the map whole: nothing is done with it in two steps.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Watchers;

    #[tokio::test]
    async fn those_who_wait_for_a_conversation_hear_of_its_changes_and_of_no_others() {
        let watchers = Watchers::default();
        let (mut one, mut other) = (watchers.subscribe("a"), watchers.subscribe("b"));
        watchers.tell("a", 7);
        one.changed().await.unwrap();
        assert_eq!(*one.borrow_and_update(), 7);
        assert!(!other.has_changed().unwrap());
        watchers.tell("b", 8);
        other.changed().await.unwrap();
        assert!(!one.has_changed().unwrap());
    }

    #[test]
    fn conversations_that_nobody_waits_for_are_forgotten() {
        let watchers = Watchers::default();
        for number in 0..1_000 {
            drop(watchers.subscribe(&number.to_string()));
        }
        assert_eq!(watchers.lock().len(), 1);
    }
}
