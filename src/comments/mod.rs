//! The conversation under an article: what was said, what is being written, and what is still on its way.

pub mod composer;
pub mod draft;
pub mod go_on;
pub mod list;
pub mod outbox;
pub mod scope;
pub mod thread;

use leptos::html;
use leptos::prelude::*;

use crate::engines;
use crate::outward::Outgoing;
use crate::ui::CardContext;
use composer::Composer;
use outbox::Outbox;
use scope::Scope;
use thread::Thread;

/// The identifier of the conversation's heading, inside the card's own tree.
pub const HEADING_ID: &str = "comments-title";

/// The conversation of `scope`: it loads, shows, and takes comments until its reactive owner goes. Each change of
/// `reload` asks for it again, under the composer as it stands.
pub fn conversation(scope: Scope, reload: RwSignal<u32>, card: CardContext) -> impl IntoView {
    let engine = engines::open(&scope.endpoint);
    let thread = Thread::new(engine.clone(), &scope, card);
    let composer = Composer::new(&scope, card);
    let outbox = Outbox::new(
        engine,
        &scope,
        card,
        outbox::Reactions {
            sent: Box::new({
                let thread_name = scope.thread.clone();
                move |comment| {
                    let id = comment.id.clone();
                    thread.add(comment);
                    card.outward.send(Outgoing::Comment { id, thread: thread_name.clone() });
                }
            }),
            refused: Box::new(move |submission, fields| composer.take_back(submission, fields)),
        },
    );
    thread.load();
    outbox.send_all();
    Effect::new(move |loaded: Option<u32>| {
        let count = reload.get();
        if loaded.is_some_and(|loaded| loaded != count) {
            thread.reload();
        }
        count
    });

    html::section().class("talk").attr("part", "conversation").attr("aria-labelledby", HEADING_ID).child((
        heading(thread, card),
        composer::form(composer, outbox, card),
        html::p().class("sr").role("status").child(move || outbox.announcement.get()),
        list::list(thread, outbox, composer, card),
    ))
}

fn heading(thread: Thread, card: CardContext) -> impl IntoView {
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
    html::h3().id(HEADING_ID).child((html::span().child(card.word(|w| w.comments)), " ", count))
}

/// The section where there is no conversation to show, and why.
pub fn closed(sentence: impl Fn() -> &'static str + Send + 'static, card: CardContext) -> impl IntoView {
    html::section()
        .class("talk")
        .attr("part", "conversation")
        .attr("aria-labelledby", HEADING_ID)
        .child((html::h3().id(HEADING_ID).child(card.word(|w| w.comments)), html::p().class("closed").child(sentence)))
}
