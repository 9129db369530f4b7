//! Pages of a conversation, each read along an index in one snapshot.

use std::collections::HashMap;

use maqal_contract::{Page, Sort};
use sqlx::SqliteConnection;

use super::changes::newest;
use super::row::{Row, read_all, select};
use super::{BY_ID, Conversation, Store, StoreError, conversation};
use crate::cursor::{Cursor, Place};

/// How many replies a page around a reply holds at most without a gap before it; where more came before it, it holds
/// the first few, those that it answers, and itself.
const RUN_MAX: u32 = 500;

/// Which part of a conversation is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The conversation.
    pub thread: String,
    /// Where in it.
    pub part: Part,
    /// At most so many comments, replies not counted where they come with others.
    pub limit: u32,
    /// At most so many replies with each top-level comment.
    pub replies: u32,
}

/// Where in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// At the beginning of an order.
    First(Sort),
    /// Behind a place in an order.
    After(Sort, Place),
    /// Right before a place in an order.
    Before(Sort, Place),
    /// From the comment of this id on, or else from the one that it stands under.
    Around(Sort, String),
    /// Among the replies under the top-level comment of this id.
    Under(String, From),
}

/// Where among the replies under a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// At the first one.
    First,
    /// Behind a place in the order of storing.
    Place(i64),
    /// Behind the reply of this id.
    Reply(String),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The page.
    Page(Page),
    /// There is no comment of the id that was asked for, or no more, or not here.
    Unknown,
    /// There is no reply of the id to go on behind.
    UnknownReply,
    /// The comment is itself a reply, under the comment of this id.
    Reply(String),
}

/// The queries' condition for top-level comments that stand in an order. Word for word that of two indexes.
macro_rules! top {
    ($($rest:literal),+) => {
        select!("FROM comment WHERE conversation = ? AND root IS NULL AND shown = 1 AND pinned = 0 ", $($rest),+)
    };
}

const DOWN: &str = top!("AND seq < ? ORDER BY seq DESC LIMIT ?");
const UP: &str = top!("AND seq > ? ORDER BY seq LIMIT ?");
/// Those that as many like, and then the others: SQLite does not go along an index by `(likes, seq) < (?, ?)` where
/// `seq` is the row's own number, and where nobody likes anything it would read the whole conversation.
const AS_LIKED_DOWN: &str = top!("AND likes = ? AND seq < ? ORDER BY seq DESC LIMIT ?");
const LIKED_DOWN: &str = top!("AND likes < ? ORDER BY likes DESC, seq DESC LIMIT ?");
const AS_LIKED_UP: &str = top!("AND likes = ? AND seq > ? ORDER BY seq LIMIT ?");
const LIKED_UP: &str = top!("AND likes > ? ORDER BY likes, seq LIMIT ?");
const PINNED: &str =
    select!("FROM comment WHERE conversation = ? AND root IS NULL AND shown = 1 AND pinned = 1 ORDER BY seq DESC");
const UNDER: &str = select!(
    "FROM comment WHERE root = ? AND root IS NOT NULL AND shown = 1 AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
);
/// The first few replies under each of the comments whose ids a JSON array holds.
const UNDER_EACH: &str = select!(
    "FROM json_each(?) AS above CROSS JOIN comment ON comment.seq IN (\
       SELECT reply.seq FROM comment AS reply \
       WHERE reply.root = above.value AND reply.root IS NOT NULL AND reply.shown = 1 ORDER BY reply.seq LIMIT ?\
     ) ORDER BY comment.seq"
);
/// The replies that a comment stands under, itself included.
const ABOVE: &str = select!(
    "FROM (WITH RECURSIVE above (id) AS (\
       VALUES (?) \
       UNION SELECT comment.parent FROM above CROSS JOIN comment ON comment.id = above.id \
     ) SELECT id FROM above) AS above CROSS JOIN comment ON comment.id = above.id \
     WHERE comment.root IS NOT NULL ORDER BY comment.seq"
);

/// The two ways through an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Forth,
    Back,
}

/// Top-level comments of one page, and where others stand.
struct Tops {
    rows: Vec<Row>,
    previous: Option<Cursor>,
    next: Option<Cursor>,
}

impl Store {
    /// A page of a conversation, and what it is part of, as they are at one moment.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    pub async fn page(&self, ask: &Ask) -> Result<Found, StoreError> {
        let mut snapshot = self.readers.begin().await?;
        let Some(conversation) = conversation(&mut snapshot, &ask.thread).await? else {
            return Ok(match ask.part {
                Part::Around(..) | Part::Under(..) => Found::Unknown,
                _ => Found::Page(Page { live: Some(0.to_string()), ..Page::default() }),
            });
        };
        let live = newest(&mut snapshot, conversation.id).await?;
        let mut reader = Reader { snapshot: &mut snapshot, conversation: &conversation, ask };
        let mut target = None;
        let tops = match &ask.part {
            Part::First(sort) => reader.first(*sort).await?,
            Part::After(sort, place) => reader.after(*sort, *place, ask.limit).await?,
            Part::Before(sort, place) => reader.before(*sort, *place).await?,
            Part::Around(sort, id) => {
                let Some(row) = reader.shown(id).await? else { return Ok(Found::Unknown) };
                let top = match &row.root {
                    None => Some(row.clone()),
                    Some(root) => reader.shown(root).await?,
                };
                let Some(top) = top else { return Ok(Found::Unknown) };
                target = Some(row).filter(|row| row.root.is_some());
                reader.from(*sort, top).await?
            }
            Part::Under(root, from) => {
                let Some(row) = reader.shown(root).await? else { return Ok(Found::Unknown) };
                if let Some(root) = row.root {
                    return Ok(Found::Reply(root));
                }
                let Some(place) = reader.place(root, from).await? else { return Ok(Found::UnknownReply) };
                let mut rows = reader.under(root, place, i64::MAX, ask.limit + 1).await?;
                let next = cut(&mut rows, ask.limit).map(|last| Cursor::Reply(last.seq));
                Tops { rows, previous: None, next }
            }
        };
        let comments = reader.with_replies(tops.rows, target.as_ref()).await?;
        snapshot.commit().await?;
        Ok(Found::Page(Page {
            comments: comments.iter().map(Row::public).collect(),
            total: conversation.total,
            next: tops.next.map(|cursor| cursor.to_string()),
            previous: tops.previous.map(|cursor| cursor.to_string()),
            live: Some(live.to_string()),
        }))
    }
}

/// Reads one page.
struct Reader<'a> {
    snapshot: &'a mut SqliteConnection,
    conversation: &'a Conversation,
    ask: &'a Ask,
}

impl Reader<'_> {
    /// The pinned comments, and after them the first others.
    async fn first(&mut self, sort: Sort) -> Result<Tops, StoreError> {
        let mut rows = self.pinned(sort).await?;
        let left = self.ask.limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        let others = self.after(sort, Place::start(sort), left).await?;
        rows.extend(others.rows);
        Ok(Tops { rows, previous: None, next: others.next })
    }

    /// At most `limit` comments behind `place`.
    async fn after(&mut self, sort: Sort, place: Place, limit: u32) -> Result<Tops, StoreError> {
        let mut rows = self.walk(sort, Way::Forth, place, limit + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let end = rows.last().map_or(place, |last| place_of(last, sort));
        // Behind a place there is always something before: at least what stood there.
        let previous = rows.first().map(|first| Cursor::Top(sort, place_of(first, sort)));
        Ok(Tops { rows, previous, next: more.then_some(Cursor::Top(sort, end)) })
    }

    /// The comments right before `place`; where those are the first, the pinned ones stand above them.
    async fn before(&mut self, sort: Sort, place: Place) -> Result<Tops, StoreError> {
        let limit = self.ask.limit;
        let mut rows = self.walk(sort, Way::Back, place, limit + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        rows.reverse();
        let end = rows.last().map_or(Place::start(sort), |last| place_of(last, sort));
        let previous = rows.first().filter(|_| more).map(|first| Cursor::Top(sort, place_of(first, sort)));
        if previous.is_none() {
            let mut whole = self.pinned(sort).await?;
            whole.append(&mut rows);
            rows = whole;
        }
        Ok(Tops { rows, previous, next: Some(Cursor::Top(sort, end)) })
    }

    /// The page that begins with `top`; a pinned comment has its place on the first page.
    async fn from(&mut self, sort: Sort, top: Row) -> Result<Tops, StoreError> {
        if top.pinned {
            return self.first(sort).await;
        }
        let place = place_of(&top, sort);
        let before = !self.walk(sort, Way::Back, place, 1).await?.is_empty() || !self.pinned(sort).await?.is_empty();
        let mut tops = self.after(sort, place, self.ask.limit - 1).await?;
        tops.rows.insert(0, top);
        tops.previous = before.then_some(Cursor::Top(sort, place));
        Ok(tops)
    }

    /// Top-level comments from `place` on, in the order of the way.
    async fn walk(&mut self, sort: Sort, way: Way, place: Place, limit: u32) -> Result<Vec<Row>, StoreError> {
        let (as_liked, others) = match (sort, way) {
            (Sort::Newest, Way::Forth) | (Sort::Oldest, Way::Back) => return self.run(DOWN, &[place.seq], limit).await,
            (Sort::Newest, Way::Back) | (Sort::Oldest, Way::Forth) => return self.run(UP, &[place.seq], limit).await,
            (Sort::Liked, Way::Forth) => (AS_LIKED_DOWN, LIKED_DOWN),
            (Sort::Liked, Way::Back) => (AS_LIKED_UP, LIKED_UP),
        };
        let mut rows = self.run(as_liked, &[place.likes, place.seq], limit).await?;
        let left = limit - u32::try_from(rows.len()).unwrap_or(limit);
        if left > 0 {
            rows.extend(self.run(others, &[place.likes], left).await?);
        }
        Ok(rows)
    }

    async fn run(&mut self, query: &'static str, place: &[i64], limit: u32) -> Result<Vec<Row>, StoreError> {
        let query =
            place.iter().fold(sqlx::query(query).bind(self.conversation.id), |query, number| query.bind(*number));
        Ok(read_all(&query.bind(i64::from(limit)).fetch_all(&mut *self.snapshot).await?)?)
    }

    async fn pinned(&mut self, sort: Sort) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query(PINNED).bind(self.conversation.id).fetch_all(&mut *self.snapshot).await?;
        let mut rows = read_all(&rows)?;
        match sort {
            Sort::Newest => {}
            Sort::Oldest => rows.reverse(),
            Sort::Liked => rows.sort_by_key(|row| std::cmp::Reverse((row.likes, row.seq))),
        }
        Ok(rows)
    }

    /// The comment of this conversation that has this id and stands on a page.
    async fn shown(&mut self, id: &str) -> Result<Option<Row>, StoreError> {
        let row = self.row(id).await?;
        Ok(row.filter(|row| row.shown))
    }

    async fn row(&mut self, id: &str) -> Result<Option<Row>, StoreError> {
        let row = sqlx::query(BY_ID).bind(id).fetch_optional(&mut *self.snapshot).await?;
        let row = row.as_ref().map(Row::read).transpose()?;
        Ok(row.filter(|row| row.conversation == self.conversation.id))
    }

    /// The place to go on behind. A reply that is gone meanwhile still has its place.
    async fn place(&mut self, root: &str, from: &From) -> Result<Option<i64>, StoreError> {
        Ok(match from {
            From::First => Some(0),
            From::Place(seq) => Some(*seq),
            From::Reply(id) => {
                let row = self.row(id).await?;
                row.filter(|row| row.id == root || row.root.as_deref() == Some(root)).map(|row| row.seq)
            }
        })
    }

    async fn under(&mut self, root: &str, after: i64, to: i64, limit: u32) -> Result<Vec<Row>, StoreError> {
        let query = sqlx::query(UNDER).bind(root).bind(after).bind(to).bind(i64::from(limit));
        Ok(read_all(&query.fetch_all(&mut *self.snapshot).await?)?)
    }

    /// `tops`, each followed by the first of its replies, and all that lead to `target`.
    async fn with_replies(&mut self, tops: Vec<Row>, target: Option<&Row>) -> Result<Vec<Row>, StoreError> {
        let answered: Vec<_> =
            tops.iter().filter(|row| row.root.is_none() && row.descendants > 0).map(|row| row.id.as_str()).collect();
        let mut replies = HashMap::<String, Vec<Row>>::new();
        if self.ask.replies > 0 && !answered.is_empty() {
            // An array of strings is always JSON.
            let ids = serde_json::to_string(&answered).unwrap_or_default();
            let query = sqlx::query(UNDER_EACH).bind(ids).bind(i64::from(self.ask.replies));
            for row in read_all(&query.fetch_all(&mut *self.snapshot).await?)? {
                replies.entry(row.root.clone().unwrap_or_default()).or_default().push(row);
            }
        }
        if let Some(target) = target
            && let Some(root) = &target.root
        {
            let first = replies.remove(root).unwrap_or_default();
            let reached = self.reach(root, first, target).await?;
            replies.insert(root.clone(), reached);
        }
        let follow = |top: Row| {
            let below = replies.remove(&top.id).unwrap_or_default();
            [top].into_iter().chain(below)
        };
        Ok(tops.into_iter().flat_map(follow).collect())
    }

    /// The first replies under `root`, and those that lead to `target`: all before it, or where those are too many the
    /// ones that it answers.
    async fn reach(&mut self, root: &str, mut first: Vec<Row>, target: &Row) -> Result<Vec<Row>, StoreError> {
        let end = first.last().map_or(0, |last| last.seq);
        if end >= target.seq {
            return Ok(first);
        }
        let run = self.under(root, end, target.seq, RUN_MAX + 1).await?;
        if run.len() <= RUN_MAX as usize {
            first.extend(run);
        } else {
            let above = sqlx::query(ABOVE).bind(&target.id).fetch_all(&mut *self.snapshot).await?;
            first.extend(read_all(&above)?.into_iter().filter(|row| row.seq > end));
        }
        Ok(first)
    }
}

fn place_of(row: &Row, sort: Sort) -> Place {
    Place { likes: if sort == Sort::Liked { row.likes } else { 0 }, seq: row.seq }
}

/// Cuts `rows` to `limit`; gives the last one that stays, where some were cut off.
fn cut(rows: &mut Vec<Row>, limit: u32) -> Option<&Row> {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    rows.last().filter(|_| more)
}

/// The steps by which SQLite would answer (sqlite.org/eqp.html).
#[cfg(test)]
pub(super) async fn plan(store: &Store, query: &str) -> Vec<String> {
    use sqlx::{AssertSqlSafe, Row as _};
    let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"))).fetch_all(&store.readers).await;
    rows.unwrap().iter().map(|row| row.get("detail")).collect()
}

#[cfg(test)]
mod tests {
    use super::{ABOVE, AS_LIKED_DOWN, AS_LIKED_UP, DOWN, LIKED_DOWN, LIKED_UP, PINNED, UNDER, UNDER_EACH, UP, plan};
    use crate::store::Store;

    #[tokio::test]
    async fn every_page_is_read_along_an_index_and_none_is_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("maqal.db")).await.unwrap();
        for (query, index) in [
            (DOWN, "comment_in_order (conversation=? AND seq<?)"),
            (UP, "comment_in_order (conversation=? AND seq>?)"),
            (AS_LIKED_DOWN, "comment_by_likes (conversation=? AND likes=? AND seq<?)"),
            (LIKED_DOWN, "comment_by_likes (conversation=? AND likes<?)"),
            (AS_LIKED_UP, "comment_by_likes (conversation=? AND likes=? AND seq>?)"),
            (LIKED_UP, "comment_by_likes (conversation=? AND likes>?)"),
            (PINNED, "comment_pinned (conversation=?)"),
            (UNDER, "comment_under (root=? AND seq>? AND seq<?)"),
        ] {
            assert_eq!(plan(&store, query).await, [format!("SEARCH comment USING INDEX {index}")]);
        }
        // These two sort what they have found, which is no more than they were asked for.
        for query in [UNDER_EACH, ABOVE] {
            let plan = plan(&store, query).await;
            let scans = |step: &String| step.starts_with("SCAN comment") || step.starts_with("SCAN reply");
            assert!(!plan.iter().any(scans) && plan.iter().any(|step| step.starts_with("SEARCH comment")), "{plan:#?}");
        }
    }
}
