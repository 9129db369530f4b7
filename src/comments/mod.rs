//! The conversation under an article: what was said, what is being written, and what is still on its way.

pub mod composer;
pub mod conversation;
pub mod focus;
pub mod kept;
pub mod list;
pub mod muted;
pub mod outbox;
pub mod own;
pub mod quote;
pub mod reader;
pub mod scope;
pub mod target;
pub mod thread;

use std::rc::Rc;

use leptos::html::{self, Custom, HtmlElement};
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use maqal_contract::{Sort, State};

use crate::engines::{self, Identity, IdentityFault};
use crate::outward::Outgoing;
use crate::settings::Asks;
use crate::ui::heading::heading as heading_of;
use crate::ui::{CardContext, in_view};
use composer::Composers;
use conversation::Conversation;
use outbox::Outbox;
use scope::Scope;
use target::Target;
use thread::{Open, Thread};

/// The identifier of the conversation's heading, inside the card's own tree.
pub const HEADING_ID: &str = "comments-title";

/// How a conversation is read: what the host page set, and may set anew.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Each change asks for the conversation again, under the composer as it stands.
    pub reload: RwSignal<u32>,
    /// The level of the conversation's heading.
    pub level: Memo<u8>,
    /// The reader, where the host page knows the reader; or why its word for him is not taken.
    pub identity: Memo<Result<Option<Identity>, IdentityFault>>,
    /// What is asked of an author beside a name.
    pub asks: Memo<Asks>,
    /// The order until the reader chooses another.
    pub sort: Memo<Sort>,
    /// Whether more comments come by themselves.
    pub autoload: Memo<bool>,
}

/// The conversation of `scope`: it loads, shows, and takes comments until its reactive owner goes.
pub fn conversation(scope: Scope, reading: Reading, card: CardContext) -> impl IntoView {
    let conversation = Conversation::new(&scope, engines::open(&scope.endpoint), reading.identity, reading.asks, card);
    let thread = Thread::new(conversation, reading.sort);
    let composers = Composers::new(
        conversation,
        composer::Reactions {
            edited: Box::new(move |comment| thread.apply(comment, None)),
            open: Box::new(move |target| open(thread, target)),
        },
    );
    let section = NodeRef::<html::Section>::new();
    let outbox = Outbox::new(
        conversation,
        outbox::Reactions {
            sent: Box::new(move |posted| {
                let id = posted.comment.id.clone();
                thread.add_own(posted.comment);
                card.outward.send(Outgoing::Comment { id, thread: conversation.scope().thread });
            }),
            sent_elsewhere: Box::new(move |id| fetch_own(id, thread)),
            refused: Box::new(move |submission, fields| composers.take_back(submission, fields)),
            leaving: Box::new(move |key, comment| {
                let section = section.try_get_untracked().flatten();
                section.and_then(|section| list::pending::leaving(&section, key, comment));
            }),
        },
    );
    thread.sought.set(list::seek::named());
    thread.load(|_| ());
    outbox.send_all();
    let reload = reading.reload;
    Effect::new(move |loaded: Option<u32>| {
        let count = reload.get();
        if loaded.is_some_and(|loaded| loaded != count) {
            thread.reload();
        }
        count
    });

    listen(thread, outbox, section);
    let acts = list::actions::Actions::new(thread);
    acts.on_quote(Rc::new(move |text, said| composers.quote(text, Some(&Target::Reply(said.id())))));
    let parts = list::Parts { thread, outbox, composers, acts, card };
    html::section()
        .node_ref(section)
        .class("talk")
        .attr("part", "conversation")
        .attr("aria-labelledby", HEADING_ID)
        .child((
            // First, so that from a selection in the article the Tab key leads to it.
            quote::button(move |text| composers.quote(text, None), card),
            html::div().class("talk-head").child((heading(thread, reading.level, card), list::sort(thread))),
            composer::main(composers, outbox),
            html::p().class("sr").role("status").child(move || conversation.announcement.get()),
            list::list(parts, reading.autoload),
        ))
}

/// Opens the form of `target`, beside the comment; returns whether it can be.
fn open(thread: Thread, target: &Target) -> bool {
    let (id, form) = match target {
        Target::Top => return true,
        Target::Reply(id) => (id, Open::Reply),
        Target::Edit(id) => (id, Open::Edit),
    };
    let said = thread.find(id).filter(|said| said.comment.with_untracked(|comment| comment.state != State::Deleted));
    if let Some(said) = said {
        said.open.set(Some(form));
    }
    said.is_some()
}

/// Hears what happens in the conversation while `section` is before the reader's eyes, or near.
fn listen(thread: Thread, outbox: Outbox, section: NodeRef<html::Section>) {
    let is_visible = thread::live::page_is_visible();
    let is_near = in_view::near(move || section.get().map(Into::into), "100% 0px");
    let is_seen = Memo::new(move |_| is_visible.get() && is_near.get());
    thread::live::follow(thread, is_seen, move |comment, total| {
        // The reader's own comes with its acknowledgement, which says where it belongs.
        let is_own = outbox.entries.try_with_untracked(|entries| {
            entries.iter().any(|e| e.submission.body == comment.typed && e.submission.parent == comment.parent)
        });
        if is_own == Some(false) {
            thread.apply(comment, total);
        }
    });
}

/// Shows the reader's own comment `id`, which another tab has sent. Where it does not come, it comes with the next page
/// that is loaded.
fn fetch_own(id: String, thread: Thread) {
    let conversation = thread.conversation();
    conversation.spawn(async move {
        let Some(own) = own::find(&conversation.scope(), &id) else { return };
        if let Ok(Some(comment)) = conversation.engine().own(&id, &own.secret).await {
            thread.add_own(comment);
        }
    });
}

fn heading(thread: Thread, level: Memo<u8>, card: CardContext) -> impl IntoView {
    let count = move || {
        thread.total.get().map(|total| {
            let locale = card.locale.get();
            (
                // The Arabic zero is a dot: alone beside a heading it says nothing.
                (total > 0).then(|| html::small().aria_hidden("true").child(locale.number(total))),
                html::span().class("sr").child(locale.plural(&locale.words.comment_count, total)),
            )
        })
    };
    move || title(level.get()).child((html::span().child(card.word(|w| w.comments)), " ", count))
}

/// The conversation's heading.
fn title(level: u8) -> HtmlElement<Custom<&'static str>, impl Attribute, ()> {
    heading_of(level).id(HEADING_ID).class("talk-title").attr("part", "comments-heading")
}

/// The section where there is no conversation to show, and why.
pub fn closed(
    sentence: impl Fn() -> &'static str + Send + 'static,
    level: Memo<u8>,
    card: CardContext,
) -> impl IntoView {
    html::section()
        .class("talk")
        .attr("part", "conversation")
        .attr("aria-labelledby", HEADING_ID)
        .child((move || title(level.get()).child(card.word(|w| w.comments)), html::p().class("closed").child(sentence)))
}
