//! Passing one comment on: its own address, on the device's sheet or the clipboard; and what is remarked beside a comment.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::Actions;
use crate::comments::list::seek;
use crate::engines::Comment;
use crate::fetch::Cause;
use crate::i18n::{Locale, fill};
use crate::text::bidi;
use crate::ui::share::{self, Shared};
use crate::ui::{CardContext, failure};
use crate::url::HttpUrl;

/// How much of a comment is passed on, in Unicode scalar values.
const BEGINNING: usize = 140;

/// How long it is said that the address was copied.
const SAID: Duration = Duration::from_secs(4);

/// What stands beside a comment for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Its address is on the clipboard.
    Copied,
    /// Its address is to be copied by hand.
    ByHand(String),
    /// The endpoint was not told that the reader likes it, or does no longer.
    LikeFailed {
        /// What the reader wanted.
        wanted: bool,
        /// Why.
        cause: Cause,
    },
}

impl Remark {
    /// What is said; nothing where a field takes the focus.
    pub(super) fn sentence(&self, locale: &Locale) -> String {
        match self {
            Self::Copied => locale.words.link_copied.to_owned(),
            Self::ByHand(_) => String::new(),
            Self::LikeFailed { wanted, cause } => {
                let template = if *wanted { locale.words.like_failed } else { locale.words.unlike_failed };
                fill(template, "cause", &failure::sentence(cause, locale))
            }
        }
    }

    pub(super) fn view(self, card: CardContext) -> AnyView {
        match self {
            Self::ByHand(url) => share::by_hand(url, |w| w.comment_link, card).into_any(),
            Self::Copied => html::p().class("remark").child(card.word(|w| w.link_copied)).into_any(),
            failed @ Self::LikeFailed { .. } => {
                html::p().class("remark bad").child(move || failed.sentence(&card.locale.get())).into_any()
            }
        }
    }
}

/// The address of the comment `id`: the page's, and which comment. `None` where the page has no address to pass on.
#[must_use]
pub fn permalink(id: &str) -> Option<HttpUrl> {
    let here = web_sys::window()?.document()?.url().ok()?;
    let page = HttpUrl::parse(&here, &here).ok()?;
    let id: String = js_sys::encode_uri_component(id).into();
    HttpUrl::parse(&[seek::FRAGMENT, &id].concat(), page.as_str()).ok()
}

impl Actions {
    /// Puts the address of `comment` on the clipboard, or where it can be copied by hand.
    pub(super) fn copy_link(self, comment: &Comment) {
        let Some(url) = permalink(&comment.id) else { return };
        let (id, url) = (comment.id.clone(), url.as_str().to_owned());
        self.conversation().spawn(async move { self.copied(id, url).await });
    }

    /// Passes `comment` on through the device's sheet, and as above where that fails.
    pub(super) fn share(self, comment: &Comment) {
        let Some(url) = permalink(&comment.id) else { return };
        let words = self.conversation().card.locale.get_untracked().words;
        let shared = Shared {
            url: url.as_str().to_owned(),
            title: Some(fill(words.comment_of, "name", &bidi::isolate(&comment.name))),
            text: Some(beginning(&comment.text.safe().text())),
        };
        let id = comment.id.clone();
        self.conversation().spawn(async move {
            if !share::hand_over(&shared).await {
                self.copied(id, shared.url).await;
            }
        });
    }

    async fn copied(self, id: String, url: String) {
        if !share::copy(&url).await {
            self.remark(&id, Some(Remark::ByHand(url)));
            return;
        }
        self.remark(&id, Some(Remark::Copied));
        set_timeout(
            move || {
                let is_said = self.remark.try_with_value(|remark| *remark == Some((id.clone(), Remark::Copied)));
                if is_said == Some(true) {
                    self.remark(&id, None);
                }
            },
            SAID,
        );
    }
}

/// The beginning of `text`, on one line.
fn beginning(text: &str) -> String {
    let mut rest = text.chars();
    let mut line = bidi::line(&rest.by_ref().take(BEGINNING).collect::<String>());
    if rest.next().is_some() {
        line.push('…');
    }
    line
}
