//! How a text will look, as the endpoint renders it: asked for while the reader looks, once the keys have rested.

use std::time::Duration;

use leptos::control_flow::{For, ForProps};
use leptos::html;
use leptos::prelude::*;
use maqal_contract::validate::{self, Field};

use super::sentences;
use crate::comments::conversation::Conversation;
use crate::fetch::Failure;
use crate::i18n::fill;
use crate::safe_html::SafeHtml;
use crate::ui::failure;
use crate::ui::markup::markup;

/// How long the keys rest before the endpoint is asked.
const REST: Duration = Duration::from_millis(400);

/// The preview of one composer.
#[derive(Clone, Copy)]
pub struct Preview {
    /// Whether it shows.
    pub is_open: RwSignal<bool>,
    text: RwSignal<String>,
    shown: RwSignal<(u32, Shown)>,
    /// Counts the questions: an answer to a former one is not shown.
    asked: StoredValue<u32>,
    conversation: Conversation,
}

#[derive(Clone)]
enum Shown {
    Nothing,
    Text(SafeHtml),
    Refused(maqal_contract::Reason),
    Failed(Failure),
}

impl Preview {
    /// The preview of `text`; nothing is asked for until it opens.
    pub fn new(text: RwSignal<String>, conversation: Conversation) -> Self {
        Self {
            is_open: RwSignal::new(false),
            text,
            shown: RwSignal::new((0, Shown::Nothing)),
            asked: StoredValue::new(0),
            conversation,
        }
    }

    /// It shows no more.
    pub fn close(self) {
        self.is_open.set(false);
    }

    /// Follows the text while the preview is open, as long as the current reactive owner lives.
    pub fn follow(self) {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(timer) = timer.try_update_value(Option::take).flatten() {
                timer.clear();
            }
        };
        on_cleanup(stop);
        Effect::new(move |was_open: Option<bool>| {
            let is_open = self.is_open.get();
            stop();
            self.asked.update_value(|asked| *asked += 1);
            if !is_open {
                return false;
            }
            self.text.track();
            if was_open == Some(true) {
                let due = set_timeout_with_handle(move || self.ask(), REST);
                timer.set_value(due.ok());
            } else {
                self.ask();
            }
            true
        });
    }

    fn ask(self) {
        let Some(text) = self.text.try_get_untracked() else { return };
        let body = match validate::body(&text) {
            Ok(body) => body,
            Err(_) if text.trim().is_empty() => return self.show(Shown::Nothing),
            Err(refused) => return self.show(Shown::Refused(refused.reason)),
        };
        let Some(asked) = self.asked.try_get_value() else { return };
        let conversation = self.conversation;
        conversation.spawn(async move {
            let engine = conversation.engine();
            let answer = engine.preview(&body).await;
            if self.asked.try_get_value() == Some(asked) {
                self.show(match answer {
                    Ok(html) => Shown::Text(html),
                    Err(failure) => Shown::Failed(failure),
                });
            }
        });
    }

    fn show(self, what: Shown) {
        self.shown.update(|(count, shown)| {
            *count += 1;
            *shown = what;
        });
    }

    /// The region where it shows; empty while it is closed.
    pub fn region(self, id: String) -> impl IntoView {
        let card = self.conversation.card;
        move || {
            let id = id.clone();
            self.is_open.get().then(|| {
                // Foreign markup is appended by hand: another one is built anew.
                let inside = For(ForProps::builder()
                    .each(move || [self.shown.get()])
                    .key(|(count, _)| *count)
                    .children(move |(_, shown)| self.view(shown))
                    .build());
                html::div()
                    .id(id)
                    .class("preview say")
                    .attr("part", "preview")
                    .role("region")
                    .attr("aria-label", card.word(|w| w.preview))
                    .child(inside)
            })
        }
    }

    fn view(self, shown: Shown) -> AnyView {
        let card = self.conversation.card;
        match shown {
            Shown::Nothing => html::p().class("hint").child(card.word(|w| w.preview_empty)).into_any(),
            Shown::Text(html) => markup(&html, "", card),
            Shown::Refused(reason) => {
                let sentence = move || sentences::refusal(Field::Body, reason, &card.locale.get());
                html::p().class("refusal").child(sentence).into_any()
            }
            Shown::Failed(failed) => {
                let sentence = move || {
                    let locale = card.locale.get();
                    fill(locale.words.preview_failed, "cause", &failure::sentence(&failed.cause, &locale))
                };
                html::p().class("refusal").role("status").child(sentence).into_any()
            }
        }
    }
}
