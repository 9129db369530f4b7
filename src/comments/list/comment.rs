//! One comment as it is read: who, when, what, and what stands under it.

use std::sync::Arc;

use leptos::control_flow::{For, ForProps};
use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::State;
use maqal_reading::comment::is_long;

use super::{Parts, actions, replies, seek};
use crate::comments::focus::{element_id, name_id};
use crate::comments::target::Target;
use crate::comments::thread::{Open, Said};
use crate::comments::{composer, muted, own};
use crate::engines::Comment;
use crate::i18n::{Catalogue, fill};
use crate::text::bidi;
use crate::ui::avatar::{avatar, portrait};
use crate::ui::badge::badge;
use crate::ui::markup::markup;
use crate::ui::{CardContext, time};

/// The comment, with its replies.
pub(super) fn comment(said: Said, parts: Parts) -> AnyView {
    // A like touches its button and nothing else.
    let shown = Memo::new_with_compare(
        move |_| (said.comment.get(), parts.acts.muted.hides(said)),
        |former: Option<&(Arc<Comment>, bool)>, now: Option<&(Arc<Comment>, bool)>| match (former, now) {
            (Some((former, was_hidden)), Some((now, is_hidden))) => {
                was_hidden != is_hidden || !looks_the_same(former, now)
            }
            _ => true,
        },
    );
    let inside = move |(comment, is_hidden): (Arc<Comment>, bool)| {
        if is_hidden {
            muted::placeholder(said, parts.acts.muted, parts.card).into_any()
        } else if comment.state == State::Deleted {
            html::p()
                .class("gone")
                .id(name_id(&element_id(&comment.id)))
                .child(parts.card.word(|w| w.comment_deleted))
                .into_any()
        } else {
            (head(&comment, said, parts), text(&comment, parts.card)).into_any()
        }
    };
    // Foreign markup is appended by hand: a comment that has changed is built anew.
    let inside = For(ForProps::builder()
        .each(move || [shown.get()])
        .key(|(comment, is_hidden): &(Arc<Comment>, bool)| (Arc::as_ptr(comment) as usize, *is_hidden))
        .children(inside)
        .build());
    let is_edited = Memo::new(move |_| said.open.get() == Some(Open::Edit));
    let class = move || {
        let is_featured = shown.with(|(comment, _)| comment.is_featured);
        match (is_featured, is_edited.get()) {
            (true, false) => "comment featured",
            (false, false) => "comment",
            // The form stands in the place of the text.
            (_, true) => "comment edited-now",
        }
    };
    resume(said, parts);
    let id = element_id(&said.id());
    html::li()
        // Of the list around the chunks, which are none to a screen reader.
        .role("listitem")
        .class(depth_class(said.place().depth))
        .child((
            html::article().class(class).attr("part", "comment").aria_labelledby(name_id(&id)).id(id).child((
                inside,
                actions::row(said, parts.acts),
                actions::opened(said, parts.acts),
                writing(said, parts),
            )),
            replies::replies(said, parts),
        ))
        .into_any()
}

/// What is being written to or instead of the comment.
fn writing(said: Said, parts: Parts) -> impl IntoView {
    let open = Memo::new(move |_| said.open.get().filter(|open| matches!(open, Open::Reply | Open::Edit)));
    let close = move || parts.acts.close(said);
    move || match open.get() {
        Some(Open::Reply) => composer::reply(parts.composers, parts.outbox, said, close).into_any(),
        Some(Open::Edit) => composer::edit(parts.composers, said, close).into_any(),
        _ => ().into_any(),
    }
}

/// What this device keeps of an unfinished reply or edit stands open again.
fn resume(said: Said, parts: Parts) {
    let id = said.id();
    if parts.composers.has_draft(&Target::Reply(id.clone())) {
        said.open.set(Some(Open::Reply));
    } else if parts.composers.has_draft(&Target::Edit(id.clone()))
        && own::find(&parts.thread.conversation().scope(), &id).is_some()
    {
        said.open.set(Some(Open::Edit));
    }
}

fn looks_the_same(one: &Comment, other: &Comment) -> bool {
    one.text == other.text
        && one.name == other.name
        && one.state == other.state
        && one.edited == other.edited
        && one.badge == other.badge
        && one.avatar == other.avatar
        && one.website == other.website
        && (one.is_pinned, one.is_featured) == (other.is_pinned, other.is_featured)
}

const fn depth_class(depth: u8) -> &'static str {
    match depth {
        0 => "top",
        1 => "reply",
        _ => "reply deep",
    }
}

/// Whose it is, what he is, and when it was said.
fn head(comment: &Comment, said: Said, parts: Parts) -> impl IntoView {
    let card = parts.card;
    let face = match &comment.avatar {
        Some(src) => portrait(&comment.name, src).into_any(),
        None => avatar(&comment.name).into_any(),
    };
    let name = html::bdi().child(comment.name.clone());
    let name = match &comment.website {
        Some(url) => html::a()
            .href(url.as_str().to_owned())
            .target("_blank")
            .rel("noopener noreferrer nofollow ugc")
            .child(name)
            .into_any(),
        None => name.into_any(),
    };
    let badge = comment.badge.map(|given| badge(given, card));
    let edited = comment.edited.map(|at| {
        html::span()
            .class("edited")
            .title(move || card.locale.get().date_time(at))
            .child(card.word(|w| w.comment_edited))
    });
    let mark = |is_there: bool, class: &'static str, word: fn(&Catalogue) -> &'static str| {
        is_there.then(|| html::span().class(class).attr("part", "badge").child(card.word(word)))
    };
    (
        html::div().class("who").child((
            face,
            html::b().class("name").attr("part", "comment-name").id(name_id(&element_id(&comment.id))).child(name),
            badge,
            comment.posted.map(|at| time::ago(at, card)),
            edited,
            mark(comment.is_pinned, "tag quiet", |w| w.comment_pinned),
            mark(comment.is_featured, "tag quiet", |w| w.comment_featured),
            mark(comment.state == State::Pending, "tag wait", |w| w.comment_pending),
        )),
        said.place().names_parent.then(|| answers(comment, parts)),
    )
}

/// Whom a comment answers that does not stand under what it replies to.
fn answers(comment: &Comment, parts: Parts) -> AnyView {
    let card = parts.card;
    let parent = comment.parent.clone().unwrap_or_default();
    let name = parts.thread.find(&parent).map(|said| said.comment.with_untracked(|parent| parent.name.clone()));
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return html::p().class("answers").child(card.word(|w| w.in_reply_to_other)).into_any();
    };
    let name = bidi::isolate(&name);
    let label = move || fill(card.locale.get().words.in_reply_to, "name", &name);
    let href = [seek::FRAGMENT, &String::from(js_sys::encode_uri_component(&parent))].concat();
    // The comment stands here: the page's address need not change to get there.
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        parts.thread.seek(&parent);
    };
    html::p().class("answers").child(html::a().href(href).on(ev::click, go).child(label)).into_any()
}

/// The text; a long one is folded.
fn text(comment: &Comment, card: CardContext) -> AnyView {
    let say = html::div().class("say").attr("part", "comment-body");
    let body = markup(comment.text.safe(), "", card);
    if !is_long(comment.text.source_bytes(), &comment.typed) {
        return say.child(body).into_any();
    }
    let is_folded = RwSignal::new(true);
    let label = move || {
        let words = card.locale.get().words;
        if is_folded.get() { words.comment_more } else { words.comment_less }
    };
    (
        // Whatever brings a reader inside (the keyboard, a search in the page) unfolds it.
        say.class(move || if is_folded.get() { "say long folded" } else { "say long" })
            .on(ev::focusin, move |_| is_folded.set(false))
            .on(ev::scroll, move |_| is_folded.set(false))
            .child(body),
        html::button()
            .class("unfold")
            .r#type("button")
            .aria_expanded(move || if is_folded.get() { "false" } else { "true" })
            .on(ev::click, move |_| is_folded.update(|folded| *folded = !*folded))
            .child(label),
    )
        .into_any()
}
