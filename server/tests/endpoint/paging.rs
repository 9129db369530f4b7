//! Pages stay whole while comments arrive: nothing twice, nothing left out, whatever the sizes and the moments.

use fastrand::Rng;
use maqal_contract::{Page, Sort};

use crate::support::{Endpoint, THREAD, encoded};

/// A conversation, and the ids of its comments in the order in which they were said.
struct Conversation {
    endpoint: Endpoint,
    said: Vec<String>,
}

impl Conversation {
    async fn with(comments: usize) -> Self {
        let mut conversation = Self { endpoint: Endpoint::new().await, said: Vec::new() };
        conversation.grow(comments).await;
        conversation
    }

    async fn grow(&mut self, comments: usize) {
        for _ in 0..comments {
            self.said.push(self.endpoint.say("نص").await.comment.id);
        }
    }

    /// Reads page after page, each of another size; up to three comments arrive between two pages, while there are
    /// fewer than 40 (oldest first, reading would otherwise never end).
    async fn read(&mut self, random: &mut Rng, sort: Sort) -> Vec<String> {
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let (thread, sort, limit) = (encoded(THREAD), sort.as_str(), random.usize(1..5));
            let address = format!("/api/comments?thread={thread}&sort={sort}&limit={limit}{after}");
            let page: Page = self.endpoint.get(&address).await.json();
            assert_eq!(page.total, self.said.len() as u64);
            assert!(page.comments.len() <= limit);
            assert!(page.next.is_none() || page.comments.len() == limit);
            seen.extend(page.comments.into_iter().map(|comment| comment.id));
            let Some(next) = page.next else { return seen };
            after = format!("&after={next}");
            if self.said.len() < 40 {
                self.grow(random.usize(..4)).await;
            }
        }
    }
}

#[tokio::test]
async fn oldest_first_shows_every_comment_once_those_that_arrive_meanwhile_included() {
    for seed in 0..12 {
        let mut random = Rng::with_seed(seed);
        let mut conversation = Conversation::with(random.usize(..12)).await;
        let seen = conversation.read(&mut random, Sort::Oldest).await;
        assert_eq!(seen, conversation.said, "seed {seed}");
    }
}

#[tokio::test]
async fn newest_first_shows_every_comment_of_the_first_moment_once_and_none_that_came_later() {
    for seed in 0..12 {
        let mut random = Rng::with_seed(seed);
        let mut conversation = Conversation::with(random.usize(..12)).await;
        let mut of_the_first_moment = conversation.said.clone();
        of_the_first_moment.reverse();
        let seen = conversation.read(&mut random, Sort::Newest).await;
        assert_eq!(seen, of_the_first_moment, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn oldest_first_leaves_out_nothing_that_many_writers_store_meanwhile() {
    let conversation = std::sync::Arc::new(Conversation::with(5).await);
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let conversation = conversation.clone();
        writers.spawn(async move {
            for _ in 0..12 {
                conversation.endpoint.say("نص").await;
            }
        });
    }
    // A reader that never starts again: where it has reached the end, it asks once more from its last cursor.
    let (mut seen, mut after) = (Vec::<String>::new(), String::new());
    loop {
        let writing = writers.try_join_next().is_some() || !writers.is_empty();
        let address = format!("/api/comments?thread={}&sort=oldest&limit=3{after}", encoded(THREAD));
        let page: Page = conversation.endpoint.get(&address).await.json();
        match page.next {
            Some(next) => {
                seen.extend(page.comments.into_iter().map(|comment| comment.id));
                after = format!("&after={next}");
            }
            None if writing => tokio::task::yield_now().await,
            None => {
                seen.extend(page.comments.into_iter().map(|comment| comment.id));
                break;
            }
        }
    }
    assert_eq!(seen.len(), 5 + 8 * 12);
    let once: std::collections::HashSet<_> = seen.iter().collect();
    assert_eq!(once.len(), seen.len());
}
