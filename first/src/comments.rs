//! The conversation as a reader finds it: its head, the form, and the first page of what was said.

use maqal_contract::{Comment, Sort, State};
use maqal_reading::comment;
use maqal_reading::places::{CHUNK, Place, Relation, places};
use maqal_reading::safe_html::SafeHtml;
use maqal_reading::text::bidi;
use maqal_reading::text::number::decimal;
use maqal_reading::url::HttpUrl;
use maqal_reading::view::icons::{HEART, MORE};
use maqal_reading::view::{Moment, Script};
use maqal_reading::{json, open, wire};

use crate::parts::{attr_filled, attr_word, badge, closed, counted, face, filled, icon, markup, open_heading, word};

/// The most comments of an answer that are all shown at once: of more a slow device makes one long task.
const MOST: usize = 100;

/// At most so many are shown of an answer that has more: top-level comments, each with all of its replies that are there. The
/// others come with the whole card, which comes by itself then.
const BEGINNING: usize = 30;

/// A page of a conversation, each comment with its place.
pub struct Conversation {
    comments: Vec<(Said, Place)>,
    total: u64,
    has_more: bool,
    /// Whether the answer has more comments than these.
    is_beginning: bool,
    /// The moment of the page, to hear what changes from then on.
    pub live: Option<String>,
}

/// A comment, and its text as it may be shown.
struct Said {
    comment: Comment,
    name: String,
    text: SafeHtml,
}

impl Conversation {
    /// Reads the first page. `None` where something in it is not as the contract says or not of the usual shape.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut page = wire::Page::of(json::parse(text).ok()?, false, MOST).ok()?;
        if page.unreadable > 0 || page.previous.is_some() {
            return None;
        }
        if page.is_cut {
            // So many comments are no conversation's length.
            page.total?;
            let mut beginning = page.comments.iter().take(BEGINNING + 1);
            let end = beginning.rposition(|comment| relation(comment).parent.is_none()).filter(|&end| end > 0)?;
            page.comments.truncate(end);
        }
        let relations: Vec<_> = page.comments.iter().map(relation).collect();
        let is_here = |id: Option<&str>| id.is_none_or(|id| relations.iter().any(|other| other.id == id));
        // What a reply stands under may be among the others.
        if page.is_cut && !relations.iter().all(|one| is_here(one.parent) && is_here(one.root)) {
            return None;
        }
        let places = places(&relations, &|_| None);
        let mut said: Vec<_> = page.comments.into_iter().map(said).collect();
        let comments: Option<Vec<_>> =
            places.into_iter().map(|(index, place)| Some((said[index].take()?, place))).collect();
        let comments = comments?;
        Some(Self {
            total: page.total.unwrap_or(comments.len() as u64),
            comments,
            has_more: page.next.is_some(),
            is_beginning: page.is_cut,
            live: page.live,
        })
    }

    /// How many comments there are in all.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.total
    }
}

fn said(comment: Comment) -> Option<Said> {
    let name = comment::shown_name(&comment.name);
    let is_deleted = comment.state == State::Deleted;
    if comment.id.is_empty() || (name.is_empty() && !is_deleted) {
        return None;
    }
    let text = match comment.html.as_str() {
        _ if is_deleted => SafeHtml::default(),
        "" => SafeHtml::from_lines(&comment.body),
        html => SafeHtml::of_simple(html)?,
    };
    Some(Said { comment, name, text })
}

/// How a comment relates to others. One that replies to itself replies to none; one whose top is not named stands under what
/// it replies to.
fn relation(comment: &Comment) -> Relation<'_> {
    let named = |id: &'_ Option<String>| id.as_deref().filter(|id| !id.is_empty() && *id != comment.id).is_some();
    let parent = comment.parent.as_deref().filter(|_| named(&comment.parent));
    let root = comment.root.as_deref().filter(|_| named(&comment.root) && parent.is_some());
    Relation { id: &comment.id, parent, root }
}

/// The heading, and the choice of an order.
pub fn head(page: &Conversation, sort: Sort, above: u8, out: &mut Script) {
    open!(out, "div", "class" = "talk-head");
    open_heading(above, out);
    out.attr("id", "comments-title");
    out.attr("class", "talk-title");
    out.attr("part", "comments-heading");
    open!(out, "span");
    word("comments", out);
    out.text(" ");
    if page.total > 0 {
        open!(out, "small", "aria-hidden" = "true");
        counted("", page.total, out);
    }
    open!(out, "span", "class" = "sr");
    counted("comment_count", page.total, out);
    out.close();
    if page.total > 1 {
        open!(out, "span", "class" = "sort");
        open!(out, "select", "part" = "sort");
        attr_word("aria-label", "sort_label", out);
        for one in Sort::ALL {
            open!(out, "option");
            out.attr("value", one.as_str());
            out.attr_if("selected", (one == sort).then_some(""));
            let key = match one {
                Sort::Newest => "sort_newest",
                Sort::Oldest => "sort_oldest",
                Sort::Liked => "sort_liked",
            };
            word(key, out);
        }
        out.close();
        out.close();
    }
    out.close();
}

/// What was said, and the way to more.
pub fn list(page: &Conversation, above: u8, out: &mut Script) {
    open!(out, "div", "class" = "list");
    out.attr("aria-busy", if page.is_beginning { "true" } else { "false" });
    open!(out, "div", "class" = "fresh", "role" = "status");
    out.close();
    open!(out, "div", "class" = "before");
    out.close();
    open!(out, "div", "class" = "all", "role" = "list", "part" = "comments");
    let is_bare = page.comments.is_empty();
    out.attr_if("hidden", is_bare.then_some(""));
    open!(out, "ol", "role" = "none");
    out.close();
    View { page, above }.chunks(out);
    out.close();
    if is_bare {
        open!(out, "div", "class" = "empty", "part" = "empty");
        open!(out, "p", "class" = "empty-title");
        word("comments_empty", out);
        open!(out, "p");
        word("comments_invite", out);
        out.close();
    }
    open!(out, "div", "class" = "foot");
    if page.is_beginning {
        open!(out, "div");
        open!(out, "div", "class" = "skeleton", "role" = "status");
        open!(out, "span", "class" = "sr");
        word("comments_loading", out);
        for _ in 0..3 {
            open!(out, "span", "class" = "bone", "aria-hidden" = "true");
            out.close();
        }
        out.close();
        out.close();
    } else if page.has_more {
        open!(out, "button", "class" = "rest", "part" = "button more-comments", "type" = "button");
        word("comments_more", out);
    }
    out.close();
    out.close();
}

struct View<'a> {
    page: &'a Conversation,
    above: u8,
}

impl View<'_> {
    /// The top-level comments in chunks, as the browser lays them out.
    fn chunks(&self, out: &mut Script) {
        let tops: Vec<_> = self.page.comments.iter().filter(|(_, place)| place.under.is_none()).collect();
        for chunk in tops.chunks(CHUNK) {
            open!(out, "ol", "class" = "chunk", "role" = "none");
            out.attr("--_maqal-comments", &decimal(chunk.len() as u64));
            for (said, place) in chunk {
                self.comment(said, place, out);
            }
            out.close();
        }
    }

    /// The comments under the one of this id, each with what stands under it.
    fn under(&self, id: &str, out: &mut Script) {
        for (said, place) in &self.page.comments {
            if place.under.as_deref() == Some(id) {
                self.comment(said, place, out);
            }
        }
    }

    fn comment(&self, said: &Said, place: &Place, out: &mut Script) {
        let comment = &said.comment;
        open!(out, "li", "role" = "listitem");
        out.attr(
            "class",
            match place.depth {
                0 => "top",
                1 => "reply",
                _ => "reply deep",
            },
        );
        let id = ["c-", &comment.id].concat();
        let name_id = ["by-", &id].concat();
        open!(out, "article", "part" = "comment");
        out.attr(
            "class",
            if comment.featured && comment.state != State::Deleted { "comment featured" } else { "comment" },
        );
        out.attr("aria-labelledby", &name_id);
        out.attr("id", &id);
        if comment.state == State::Deleted {
            open!(out, "p", "class" = "gone");
            out.attr("id", &name_id);
            word("comment_deleted", out);
        } else {
            who(said, &name_id, out);
            if place.names_parent {
                self.answers(comment, out);
            }
            self.text(said, out);
            if comment.state == State::Published {
                row(said, out);
            }
        }
        out.close();
        let is_top = place.depth == 0;
        let count = self.count_under(&comment.id);
        let rest = if is_top { comment.replies.saturating_sub(count) } else { 0 };
        if count > 0 || rest > 0 {
            if is_top {
                open!(out, "button", "class" = "fold-replies", "type" = "button", "aria-expanded" = "true");
                word("replies_hide", out);
            }
            open!(out, "ol", "role" = "list", "class" = "replies");
            self.under(&comment.id, out);
            out.close();
            if is_top {
                open!(out, "div");
                if rest > 0 {
                    open!(out, "button", "class" = "more-replies", "type" = "button");
                    counted("replies_more", rest, out);
                }
                out.close();
            }
        }
        out.close();
    }

    fn count_under(&self, id: &str) -> u64 {
        let here = self.page.comments.iter().filter(|(_, place)| place.under.as_deref() == Some(id));
        here.map(|(said, _)| 1 + self.count_under(&said.comment.id)).sum()
    }

    /// Whom a comment answers that does not stand under what it replies to.
    fn answers(&self, comment: &Comment, out: &mut Script) {
        open!(out, "p", "class" = "answers");
        let parent = comment.parent.as_deref().unwrap_or_default();
        let name = self
            .page
            .comments
            .iter()
            .find(|(known, _)| known.comment.id == parent)
            .map(|(known, _)| known.name.as_str());
        match name.filter(|name| !name.is_empty()) {
            None => {
                out.text("");
                out.phrase("in_reply_to_other");
            }
            Some(name) => {
                open!(out, "a");
                // Its builder encodes it.
                out.attr("href", &["#maqal-", parent].concat());
                filled("in_reply_to", "name", &bidi::isolate(name), out);
            }
        }
        out.close();
    }

    /// The text; a long one is folded.
    fn text(&self, said: &Said, out: &mut Script) {
        let comment = &said.comment;
        let source = if comment.html.is_empty() { &comment.body } else { &comment.html };
        let is_long = comment::is_long(source.len(), &comment.body);
        open!(out, "div", "part" = "comment-body");
        out.attr("class", if is_long { "say long folded" } else { "say" });
        markup(&said.text, "", self.above, out);
        out.close();
        if is_long {
            open!(out, "button", "class" = "unfold", "type" = "button", "aria-expanded" = "false");
            word("comment_more", out);
        }
    }
}

/// Whose the comment is, what he is, and when it was said.
fn who(said: &Said, name_id: &str, out: &mut Script) {
    let comment = &said.comment;
    let address = |text: &Option<String>| text.as_deref().and_then(|text| HttpUrl::parse(text, text).ok());
    let website = address(&comment.website);
    open!(out, "div", "class" = "who");
    face(&said.name, address(&comment.avatar).as_ref().map(HttpUrl::as_str), out);
    open!(out, "b", "class" = "name", "part" = "comment-name");
    out.attr("id", name_id);
    if let Some(url) = &website {
        open!(out, "a", "target" = "_blank", "rel" = "noopener noreferrer nofollow ugc");
        out.attr("href", url.as_str());
    }
    open!(out, "bdi");
    closed(&said.name, out);
    if website.is_some() {
        out.close();
    }
    out.close();
    if let Some(given) = comment.badge {
        badge(given, out);
    }
    out.moment(Moment::Ago, &comment.created);
    if let Some(at) = &comment.edited {
        out.moment(Moment::Edited, at);
    }
    let marks = [
        (comment.pinned, "tag quiet", "comment_pinned"),
        (comment.featured, "tag quiet", "comment_featured"),
        (comment.state == State::Pending, "tag wait", "comment_pending"),
    ];
    for (is_there, class, key) in marks {
        if is_there {
            open!(out, "span", "part" = "badge");
            out.attr("class", class);
            word(key, out);
        }
    }
    out.close();
}

/// What a reader can do with the comment.
fn row(said: &Said, out: &mut Script) {
    let name = bidi::isolate(&said.name);
    let likes = said.comment.likes;
    open!(out, "div", "class" = "do");
    open!(
        out,
        "button",
        "part" = "action",
        "type" = "button",
        "class" = "like",
        "data-act" = "like",
        "aria-pressed" = "false"
    );
    attr_filled("aria-label", "like", "name", &name, out);
    if likes > 0 {
        out.string(". ");
        out.phrase("likes");
        out.number(likes);
    }
    icon(HEART, out);
    if likes > 0 {
        open!(out, "span");
        counted("", likes, out);
    }
    out.close();
    open!(out, "button", "part" = "action", "type" = "button", "data-act" = "reply", "aria-expanded" = "false");
    attr_filled("aria-label", "reply_to", "name", &name, out);
    word("reply", out);
    open!(
        out,
        "button",
        "part" = "action",
        "type" = "button",
        "class" = "more",
        "data-act" = "menu",
        "aria-haspopup" = "menu",
        "aria-expanded" = "false"
    );
    attr_filled("aria-label", "acts", "name", &name, out);
    icon(MORE, out);
    out.close();
    out.close();
}
