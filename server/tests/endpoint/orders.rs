//! Every order shows every comment once, whatever the sizes of pages and whichever way one goes through them.

use std::cmp::Reverse;
use std::collections::HashMap;

use fastrand::Rng;
use maqal_contract::{Comment, Page, Sort, State};
use serde_json::json;

use crate::changes::act;
use crate::support::Endpoint;

/// What stands in a conversation, by the table itself.
struct Truth {
    /// Top-level comments that stand on pages, in the order of storing: whether pinned, likes, id.
    tops: Vec<(bool, i64, String)>,
    /// The replies that stand under each, in the order of storing.
    under: HashMap<String, Vec<String>>,
    total: u64,
}

impl Truth {
    /// From the comments' parents and states alone.
    async fn of(endpoint: &Endpoint) -> Self {
        let rows: String = endpoint
            .value(
                "SELECT COALESCE(group_concat(id || ',' || COALESCE(parent, '') || ',' || state || ',' || pinned || ',' \
                 || likes, ';'), '') FROM (SELECT * FROM comment ORDER BY seq)",
            )
            .await;
        let rows: Vec<Vec<&str>> =
            rows.split(';').filter(|row| !row.is_empty()).map(|row| row.split(',').collect()).collect();
        // From the last on: a reply stands after what it replies to.
        let mut standing = HashMap::<&str, bool>::new();
        for row in rows.iter().rev() {
            let stands = row[2] == "published" || standing.get(row[0]).copied().unwrap_or_default();
            standing.insert(row[0], stands);
            if stands && !row[1].is_empty() {
                standing.insert(row[1], true);
            }
        }
        let mut top_of = HashMap::<&str, &str>::new();
        let mut truth = Self { tops: Vec::new(), under: HashMap::new(), total: 0 };
        for row in &rows {
            let top = if row[1].is_empty() { row[0] } else { top_of[row[1]] };
            top_of.insert(row[0], top);
            truth.total += u64::from(row[2] == "published");
            if !standing[row[0]] {
                continue;
            }
            if row[1].is_empty() {
                truth.tops.push((row[3] == "1", row[4].parse().unwrap(), row[0].to_owned()));
            } else {
                truth.under.entry(top.to_owned()).or_default().push(row[0].to_owned());
            }
        }
        truth
    }

    /// The ids of the top-level comments in this order.
    fn order(&self, sort: Sort) -> Vec<String> {
        let mut tops: Vec<_> = self.tops.iter().enumerate().collect();
        tops.sort_by_key(|(at, (pinned, likes, _))| {
            let at = *at as i64;
            let place = match sort {
                Sort::Newest => (0, -at),
                Sort::Oldest => (0, at),
                Sort::Liked => (-likes, -at),
            };
            (Reverse(*pinned), place)
        });
        tops.into_iter().map(|(_, (_, _, id))| id.clone()).collect()
    }

    fn pinned(&self) -> usize {
        self.tops.iter().filter(|(pinned, ..)| *pinned).count()
    }

    fn replies(&self, top: &str) -> &[String] {
        self.under.get(top).map_or(&[], Vec::as_slice)
    }

    /// Checks what stands under each comment of a page; gives the page's top-level comments.
    fn tops(&self, page: &Page, replies: usize) -> Vec<String> {
        assert_eq!(page.total, self.total);
        let mut expected = Vec::new();
        let tops: Vec<&Comment> = page.comments.iter().filter(|comment| comment.root.is_none()).collect();
        for top in &tops {
            let all = self.replies(&top.id);
            assert_eq!(top.replies, all.len() as u64);
            expected.push(&top.id);
            expected.extend(&all[..replies.min(all.len())]);
        }
        assert_eq!(page.comments.iter().map(|comment| &comment.id).collect::<Vec<_>>(), expected);
        tops.into_iter().map(|top| top.id.clone()).collect()
    }
}

async fn conversation(random: &mut Rng) -> Endpoint {
    let endpoint = Endpoint::moderated(&[]).await;
    let mut said = Vec::new();
    for _ in 0..random.usize(5..90) {
        act(&endpoint, random, &mut said).await;
    }
    endpoint
}

#[tokio::test]
async fn from_the_first_page_to_the_last_nothing_is_shown_twice_or_left_out() {
    for seed in 0..10 {
        let mut random = Rng::with_seed(seed);
        let endpoint = conversation(&mut random).await;
        let truth = Truth::of(&endpoint).await;
        for sort in Sort::ALL {
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let (limit, replies) = (random.usize(1..5), random.usize(..4));
                let page =
                    endpoint.page(&format!("&sort={}&limit={limit}&replies={replies}{after}", sort.as_str())).await;
                let tops = truth.tops(&page, replies);
                let most = if after.is_empty() { limit.max(truth.pinned()) } else { limit };
                assert!(tops.len() <= most, "seed {seed}");
                assert!(page.next.is_none() || tops.len() == most, "seed {seed}: {sort:?}");
                assert_eq!(page.previous.is_none(), after.is_empty());
                seen.extend(tops);
                let Some(next) = page.next else { break };
                after = format!("&after={next}");
            }
            assert_eq!(seen, truth.order(sort), "seed {seed}: {sort:?}");
        }
    }
}

#[tokio::test]
async fn around_every_comment_both_ways_lead_to_all_others() {
    for seed in 20..26 {
        let mut random = Rng::with_seed(seed);
        let endpoint = conversation(&mut random).await;
        let truth = Truth::of(&endpoint).await;
        for sort in Sort::ALL {
            let order = truth.order(sort);
            for (at, top) in order.iter().enumerate() {
                let limit = random.usize(1..4);
                let place = format!("&sort={}&limit={limit}&replies=0", sort.as_str());
                let page = endpoint.page(&format!("{place}&around={top}")).await;
                let tops = truth.tops(&page, 0);
                let first = if at < truth.pinned() { 0 } else { at };
                assert_eq!(tops.first(), Some(&order[first]), "seed {seed}");
                let (mut seen, mut next, mut previous) = (tops, page.next, page.previous);
                while let Some(cursor) = next {
                    let page = endpoint.page(&format!("{place}&after={cursor}")).await;
                    seen.extend(truth.tops(&page, 0));
                    next = page.next;
                }
                assert_eq!(seen, order[first..], "seed {seed}: {sort:?}");
                while let Some(cursor) = previous {
                    let page = endpoint.page(&format!("{place}&before={cursor}")).await;
                    let mut tops = truth.tops(&page, 0);
                    assert!(tops.len() == limit || page.previous.is_none(), "seed {seed}");
                    tops.append(&mut seen);
                    (seen, previous) = (tops, page.previous);
                }
                assert_eq!(seen, order, "seed {seed}: {sort:?} around {at}");
            }
        }
    }
}

#[tokio::test]
async fn a_page_around_any_reply_reaches_to_it() {
    for seed in 30..36 {
        let mut random = Rng::with_seed(seed);
        let endpoint = conversation(&mut random).await;
        let truth = Truth::of(&endpoint).await;
        for (_, _, top) in &truth.tops {
            let all = truth.replies(top);
            for (at, reply) in all.iter().enumerate() {
                let replies = random.usize(..5);
                let page = endpoint.page(&format!("&limit=1&replies={replies}&around={reply}")).await;
                let under: Vec<_> = page
                    .comments
                    .iter()
                    .filter(|comment| comment.root.as_ref() == Some(top))
                    .map(|comment| comment.id.clone())
                    .collect();
                assert_eq!(under, all[..replies.max(at + 1).min(all.len())], "seed {seed}");
            }
        }
    }
}

#[tokio::test]
async fn the_most_liked_comes_first_and_of_several_the_latest() {
    let endpoint = Endpoint::new().await;
    let mut ids = Vec::new();
    for (body, likes) in [("اثنان", 2), ("لا أحد", 0), ("ثلاثة", 3), ("اثنان أيضًا", 2)] {
        let id = endpoint.say(body).await.comment.id;
        for reader in 0..likes {
            endpoint.like(&id, &format!("the-device-of-reader-{reader}"), true).await;
        }
        ids.push(id);
    }
    let page = endpoint.page("&sort=liked").await;
    let shown: Vec<_> = page.comments.iter().map(|comment| (comment.body.as_str(), comment.likes)).collect();
    assert_eq!(shown, [("ثلاثة", 3), ("اثنان أيضًا", 2), ("اثنان", 2), ("لا أحد", 0)]);
}

#[tokio::test]
async fn pinned_comments_stand_on_the_first_page_and_nowhere_else() {
    let endpoint = Endpoint::moderated(&[]).await;
    let mut ids = Vec::new();
    for number in 0..6 {
        ids.push(endpoint.say(&number.to_string()).await.comment.id);
    }
    for at in [1, 3] {
        endpoint.moderate(&ids[at], json!({"pinned": true})).await;
    }
    let bodies = |page: &Page| page.comments.iter().map(|comment| comment.body.clone()).collect::<Vec<_>>();
    for (sort, pages) in
        [("newest", [vec!["3", "1", "5"], vec!["4", "2", "0"]]), ("oldest", [vec!["1", "3", "0"], vec!["2", "4", "5"]])]
    {
        let first = endpoint.page(&format!("&sort={sort}&limit=3")).await;
        let second = endpoint.page(&format!("&sort={sort}&limit=3&after={}", first.next.clone().unwrap())).await;
        assert_eq!(
            (bodies(&first), bodies(&second), second.next),
            (
                pages[0].iter().map(ToString::to_string).collect(),
                pages[1].iter().map(ToString::to_string).collect(),
                None
            )
        );
    }
    // More than fit.
    let first = endpoint.page("&limit=1").await;
    assert_eq!(bodies(&first), ["3", "1"]);
    let second = endpoint.page(&format!("&limit=1&after={}", first.next.unwrap())).await;
    assert_eq!(bodies(&second), ["5"]);
    // The way back ends with them, and a page around one of them is the first.
    let back = endpoint.page(&format!("&limit=1&before={}", second.previous.unwrap())).await;
    assert_eq!((bodies(&back), back.previous), (vec!["3".to_owned(), "1".to_owned()], None));
    let around = endpoint.page(&format!("&limit=3&around={}", ids[1])).await;
    assert_eq!((bodies(&around), around.previous), (vec!["3".to_owned(), "1".into(), "5".into()], None));
    // A deleted one is no longer above all others.
    assert_eq!(endpoint.moderate(&ids[3], json!({"state": "deleted"})).await.state, State::Deleted);
    assert_eq!(bodies(&endpoint.page("&limit=2").await), ["1", "5"]);
}
