//! The button that passes the article on: the device's own sheet (Web Share), else the address on the clipboard, else the
//! address to copy by hand.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use leptos::{ev, html};

use crate::article::model::Article;
use crate::ui::CardContext;
use crate::ui::icon::{DONE, LINK, SHARE, icon};
use crate::ui::share::{self, Shared};
use crate::url::{self, HttpUrl};

/// How long the button says that the address was copied.
const SAID: Duration = Duration::from_secs(4);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    /// It is on the clipboard.
    Copied,
    /// The browser lets no script copy it.
    ByHand,
}

/// The address that readers may pass on: the article's own, else the page's canonical one, else the page's.
pub(super) fn address(article: &Article, base: &str) -> Option<HttpUrl> {
    let own = article.url.as_ref().and_then(|url| url.resolve(base));
    own.or_else(|| {
        let document = web_sys::window()?.document()?;
        url::of_page(&document).or_else(|| {
            let here = document.url().ok()?;
            HttpUrl::parse(&here, &here).ok()
        })
    })
}

/// The button; nothing where there is no address.
pub(super) fn share(title: Option<String>, address: Option<HttpUrl>, card: CardContext) -> Option<AnyView> {
    let address = address?;
    let has_sheet = share::has_sheet();
    let state = RwSignal::new(State::Idle);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    on_cleanup(move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    });
    let url = address.as_str().to_owned();
    let click = {
        let shared = Shared { url: url.clone(), title, text: None };
        move |_| {
            let shared = shared.clone();
            spawn_local_scoped_with_cancellation(async move {
                if has_sheet && share::hand_over(&shared).await {
                    return;
                }
                state.set(if share::copy(&shared.url).await { State::Copied } else { State::ByHand });
                let forget = set_timeout_with_handle(
                    move || {
                        // The field for copying by hand stays: the reader may be at it.
                        if state.try_get_untracked() == Some(State::Copied) {
                            state.set(State::Idle);
                        }
                    },
                    SAID,
                );
                if let Some(former) = timer.try_update_value(|timer| std::mem::replace(timer, forget.ok())).flatten() {
                    former.clear();
                }
            });
        }
    };
    let label = move || {
        let words = card.locale.get().words;
        match state.get() {
            State::Copied => words.link_copied,
            _ if has_sheet => words.share,
            _ => words.copy_link,
        }
    };
    let drawing = move || {
        icon(if state.get() == State::Copied {
            DONE
        } else if has_sheet {
            SHARE
        } else {
            LINK
        })
    };
    let button = html::button()
        .r#type("button")
        .class("tool")
        .attr("part", "tool share")
        .on(ev::click, click)
        .child((drawing, html::span().class("tool-label").child(label)));
    let spoken = html::span()
        .class("sr")
        .role("status")
        .child(move || (state.get() == State::Copied).then(|| card.locale.get().words.link_copied));
    let by_hand = move || (state.get() == State::ByHand).then(|| share::by_hand(url.clone(), |w| w.link_to_copy, card));
    Some((button, spoken, by_hand).into_any())
}
