//! Above and under the list: what is loading, what failed, or the button for more.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::comments::focus::go_on;
use crate::comments::thread::{Status, Thread};
use crate::fetch::Failure;
use crate::i18n::{Catalogue, fill};
use crate::ui::notice::{Tone, action, notice};
use crate::ui::skeleton::skeleton;
use crate::ui::{CardContext, failure, in_view};

/// How far above the end of the list more is asked for, where it comes by itself.
const SOON: &str = "600px 0px";

/// Above the list: the way to the page before the first one here.
pub(super) fn before(thread: Thread, card: CardContext) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    // Nearest to what the reader has before him is the last of those above.
    let load = move || thread.load_before(move |tops| go_on(place, tops.last().map(|said| said.id()), true));
    let state = move || {
        let has_more = thread.previous.with(Option::is_some);
        match thread.status_before.get() {
            _ if !has_more => ().into_any(),
            Status::Loading { slow } => loading(slow, card),
            Status::Failed(failed) => not_loaded(failed, card, load),
            Status::Ready => more(card, |w| w.comments_before, load),
        }
    };
    html::div().node_ref(place).class("before").child(state)
}

/// Under the list: the way to the next page.
pub(super) fn foot(thread: Thread, autoload: Memo<bool>) -> impl IntoView {
    let card = thread.conversation().card;
    let end = NodeRef::<html::Div>::new();
    let is_near = in_view::near(move || end.get().map(Into::into), SOON);
    Effect::new(move || {
        let is_wanted = autoload.get() && is_near.get();
        if is_wanted && thread.next.with(Option::is_some) && thread.status.with(|s| *s == Status::Ready) {
            // The reader pressed nothing: the keyboard stays where it is.
            thread.load(|_| ());
        }
    });
    let load = move || thread.load(move |tops| go_on(end, tops.first().map(|said| said.id()), false));
    let state = move || match thread.status.get() {
        Status::Loading { slow } => loading(slow, card),
        Status::Failed(failed) => not_loaded(failed, card, load),
        Status::Ready if thread.next.with(Option::is_some) => more(card, |w| w.comments_more, load),
        Status::Ready => ().into_any(),
    };
    html::div().node_ref(end).class("foot").child(state)
}

fn loading(slow: bool, card: CardContext) -> AnyView {
    let slow = slow.then(|| html::p().class("slow").role("status").child(card.word(|w| w.slow)));
    html::div().child((skeleton(3, card.word(|w| w.comments_loading)), slow)).into_any()
}

fn not_loaded(failed: Failure, card: CardContext, retry: impl Fn() + 'static) -> AnyView {
    let sentence = move || {
        let locale = card.locale.get();
        fill(locale.words.comments_failed, "cause", &failure::sentence(&failed.cause, &locale))
    };
    notice(Tone::Bad, sentence, vec![action(card.word(|w| w.retry), retry)]).into_any()
}

fn more(card: CardContext, label: fn(&Catalogue) -> &'static str, load: impl Fn() + 'static) -> AnyView {
    html::button()
        .class("rest")
        .attr("part", "button more-comments")
        .r#type("button")
        .on(ev::click, move |_| load())
        .child(card.word(label))
        .into_any()
}
