//! Listening to an article: a voice of the device reads it sentence by sentence, and each is highlighted as it is heard.
//!
//! `sentences` cuts, `blocks` finds the text, `voice` chooses who reads, `player` speaks, `highlight` marks. There is
//! nothing to see where the browser has no speech synthesis (Web Speech API) or the device no voice of the language.

mod blocks;
mod highlight;
mod player;
mod sentences;
mod voice;

use leptos::html;
use leptos::prelude::*;
use leptos::{ev, ev::Event};

use self::player::{Parts, Player, Stage, Trouble};
use self::voice::{VoicesWatch, Wanted, synthesis};
use crate::i18n::{Catalogue, LanguageTag, fill};
use crate::ui::CardContext;
use crate::ui::icon::{LISTEN, icon};
use crate::ui::notice::{Tone, notice};

/// A triangle, which points to the right in every language.
const PLAY: &str = "M6 4l10 6-10 6z";
/// Two bars.
const PAUSE: &str = "M7 4.5v11m6-11v11";
/// A square.
const STOP: &str = "M5 5h10v10H5z";

/// The buttons that read `text` aloud, and the sentence for what may go wrong; nothing while there is no voice.
///
/// `text` is the article's element: its `.title`, `.lead` and `.body` are read, in the voice of `language` (the card's
/// where it is none). `reveal` opens what stands folded in `[hidden]`, before it is read.
///
/// A press changes the button's own label, which keeps the keyboard's focus; the voice is the answer that anybody hears,
/// so no status speaks into it.
pub fn controls(
    text: NodeRef<html::Article>,
    language: Option<String>,
    card: CardContext,
    reveal: impl Fn() + 'static,
) -> impl IntoView {
    synthesis().map(|synthesis| {
        // `ar_MA`, as in Open Graph's `og:locale`, is no tag but means one.
        let language = language.as_deref().and_then(LanguageTag::of_document);
        let wanted = Memo::new(move |_| {
            card.locale.with(|locale| Wanted::new(language.as_ref().map(LanguageTag::as_str), locale.tag()))
        });
        let changes = RwSignal::new(0_u32);
        let watch = VoicesWatch::start(&synthesis, move || {
            let _ = changes.try_update(|count| *count += 1);
        });
        let voices = StoredValue::new_local((synthesis.clone(), watch));
        let available = Memo::new(move |_| {
            changes.track();
            voices.with_value(|(synthesis, _)| wanted.with(|wanted| wanted.choose(synthesis).is_some()))
        });

        let stage = RwSignal::new(Stage::Silent);
        let buttons = [NodeRef::new(), NodeRef::new()];
        let parts = Parts { synthesis, text, wanted, stage, buttons, reveal: Box::new(reveal), outward: card.outward };
        // The card's end drops it, and with it all that it listens to.
        let player = StoredValue::new_local(Player::new(parts));
        let stop = move || {
            if let Some(player) = player.try_get_value().filter(|_| stage.get_untracked() != Stage::Silent) {
                player.stop();
            }
        };
        Effect::new(move || {
            if !available.get() {
                stop();
            }
        });
        // Browsers speak on after the page has gone.
        let leaving = window_event_listener_untyped("pagehide", move |_: Event| stop());
        on_cleanup(move || leaving.remove());

        move || available.get().then(|| bar(player, stage, buttons, card))
    })
}

fn bar(
    player: StoredValue<std::rc::Rc<Player>, LocalStorage>,
    stage: RwSignal<Stage>,
    [always, passing]: [NodeRef<html::Button>; 2],
    card: CardContext,
) -> impl IntoView {
    let label = move || card.locale.with(|locale| label(stage.get(), locale.words));
    let drawing = move || {
        icon(match stage.get() {
            Stage::Silent => LISTEN,
            Stage::Speaking => PAUSE,
            Stage::Paused | Stage::Failed(_) => PLAY,
        })
    };
    let begun = Memo::new(move |_| stage.get() != Stage::Silent);
    let trouble = Memo::new(move |_| match stage.get() {
        Stage::Failed(trouble) => Some(trouble),
        _ => None,
    });
    html::div().class("listen").child((
        html::button()
            .node_ref(always)
            .r#type("button")
            .class("tool")
            .attr("part", "tool listen")
            .on(ev::click, move |_| player.get_value().toggle())
            .child((drawing, html::span().class("tool-label").child(label))),
        move || {
            begun.get().then(|| {
                html::button()
                    .node_ref(passing)
                    .r#type("button")
                    .class("tool")
                    .attr("part", "tool listen")
                    .on(ev::click, move |_| player.get_value().stop())
                    .child((icon(STOP), html::span().class("tool-label").child(card.word(|w| w.listen_stop))))
            })
        },
        move || {
            trouble.get().map(|trouble| {
                let sentence = move || {
                    let words = card.locale.with(|locale| locale.words);
                    let template = match trouble {
                        Trouble::Denied => words.listen_denied,
                        Trouble::Network => words.listen_network,
                        Trouble::Voice => words.listen_broken,
                    };
                    fill(template, "resume", words.listen_resume)
                };
                notice(Tone::Bad, sentence, Vec::new())
            })
        },
    ))
}

/// What a press on the first button does.
fn label(stage: Stage, words: &'static Catalogue) -> &'static str {
    match stage {
        Stage::Silent => words.listen,
        Stage::Speaking => words.listen_pause,
        Stage::Paused | Stage::Failed(_) => words.listen_resume,
    }
}
