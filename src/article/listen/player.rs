//! What speaks: one sentence after the other, one card of the page at a time.
//!
//! **Pausing is cancelling, and remembering the sentence.** `speechSynthesis.pause()` does nothing on Android, is
//! forgotten by Chromium's remote voices after some seconds, and stops whatever else speaks on the page; a sentence
//! that is begun anew is understood, and works with every voice.
//!
//! **What is let go has no handlers.** Browsers differ in what they tell of a cancelled utterance, and when. Its handlers
//! are taken away before it is cancelled, so whatever an utterance tells is of the sentence at hand.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Reflect;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, Event, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, SpeechSynthesis,
    SpeechSynthesisUtterance, SpeechSynthesisVoice,
};

use super::blocks::{Block, Script};
use super::highlight::Mark;
use super::voice::Wanted;
use crate::outward::{FaultCode, Outward};
use crate::ui::focus;

thread_local! {
    /// The player that spoke last: the synthesis is the page's, and only one card may use it.
    static SPEAKER: RefCell<Weak<Player>> = const { RefCell::new(Weak::new()) };
}

/// Where the reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Not begun, or at its end.
    Silent,
    /// Under way.
    Speaking,
    /// Stopped before the sentence that comes next.
    Paused,
    /// The same, not by the reader's wish.
    Failed(Trouble),
}

/// Why a voice fell silent, by what a reader can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The browser wants the reader's own press of a button.
    Denied,
    /// The voice is not on the device.
    Network,
    /// The voice, or the device's sound.
    Voice,
}

/// What a player is given.
pub(super) struct Parts {
    /// The browser's synthesis.
    pub synthesis: SpeechSynthesis,
    /// The article's element.
    pub text: NodeRef<html::Article>,
    /// The language to read in.
    pub wanted: Memo<Wanted>,
    /// Where the reading stands, for the view.
    pub stage: RwSignal<Stage>,
    /// The button that is always there, and the one that goes with the reading.
    pub buttons: [NodeRef<html::Button>; 2],
    /// Opens the part of the article that stands collapsed.
    pub reveal: Box<dyn Fn()>,
    /// The way to the developer.
    pub outward: Outward,
}

/// The reading of one article. It falls silent when it is dropped.
pub(super) struct Player {
    parts: Parts,
    script: RefCell<Option<Rc<Script>>>,
    /// The sentence at hand.
    at: Cell<usize>,
    voice: RefCell<Option<SpeechSynthesisVoice>>,
    /// What is being spoken. Chromium lets an utterance go that nobody holds, and then tells nothing more of it.
    utterance: RefCell<Option<SpeechSynthesisUtterance>>,
    mark: RefCell<Option<Mark>>,
    /// The block of the sentence that was heard last without a pause.
    followed: Cell<Option<usize>>,
    events: OnceCell<Closure<dyn Fn(Event)>>,
}

impl Player {
    pub(super) fn new(parts: Parts) -> Rc<Self> {
        let player = Rc::new(Self {
            parts,
            script: RefCell::new(None),
            at: Cell::new(0),
            voice: RefCell::new(None),
            utterance: RefCell::new(None),
            mark: RefCell::new(None),
            followed: Cell::new(None),
            events: OnceCell::new(),
        });
        let weak = Rc::downgrade(&player);
        player.events.get_or_init(|| {
            // `Fn`, not `FnMut`: an event may come while another is dealt with.
            Closure::new(move |event: Event| {
                if let Some(player) = weak.upgrade() {
                    player.heard(&event);
                }
            })
        });
        player
    }

    /// The reader's one button: begins, pauses, goes on.
    pub(super) fn toggle(self: &Rc<Self>) {
        match self.parts.stage.get_untracked() {
            Stage::Speaking => self.pause(),
            Stage::Paused | Stage::Failed(_) => self.play(),
            Stage::Silent => {
                let Some(article) = self.parts.text.get_untracked() else { return };
                let script = self.parts.wanted.with_untracked(|wanted| Script::of(&article, &wanted.tag));
                self.script.replace(Some(Rc::new(script)));
                self.at.set(0);
                self.play();
            }
        }
    }

    /// Ends the reading.
    pub(super) fn stop(&self) {
        self.hush();
        self.mark.take();
        self.script.take();
        let [always, passing] = self.parts.buttons.map(|button| button.get_untracked());
        if passing.is_some_and(|button| focus::held(&button).is_some_and(|held| held.is_same_node(Some(&button)))) {
            // The keyboard is not lost with the button that goes. Focusing fails only where the card leaves the page.
            let _ = always.map(|button| button.focus());
        }
        self.parts.stage.set(Stage::Silent);
    }

    fn pause(&self) {
        self.hush();
        self.parts.stage.set(Stage::Paused);
    }

    /// Speaks from the sentence at hand on.
    fn play(self: &Rc<Self>) {
        let other = SPEAKER.with(|speaker| speaker.replace(Rc::downgrade(self))).upgrade();
        if let Some(other) = other.filter(|other| other.is_speaking() && !Rc::ptr_eq(other, self)) {
            other.stop();
        }
        let Parts { synthesis, wanted, .. } = &self.parts;
        // What the reader asks for comes before what the page may be saying. And where Chromium's synthesis is stuck,
        // only this frees it.
        if synthesis.speaking() || synthesis.pending() {
            synthesis.cancel();
        }
        // Another script may have left it paused: nothing would be heard.
        if synthesis.paused() {
            synthesis.resume();
        }
        let Some(voice) = wanted.with_untracked(|wanted| wanted.choose(synthesis)) else { return self.stop() };
        self.voice.replace(Some(voice));
        self.followed.set(None);
        self.parts.stage.set(Stage::Speaking);
        self.speak();
    }

    fn is_speaking(&self) -> bool {
        self.utterance.borrow().is_some()
    }

    /// Speaks the sentence at hand.
    fn speak(&self) {
        let script = self.script.borrow().clone();
        let Some((passage, block)) = script.as_deref().and_then(|script| passage(script, self.at.get())) else {
            return self.stop();
        };
        if block.element.closest("[hidden]").is_ok_and(|hidden| hidden.is_some()) {
            (self.parts.reveal)();
        }
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&passage.spoken) else {
            return self.fail(Trouble::Voice, "no SpeechSynthesisUtterance");
        };
        if let Some(voice) = self.voice.borrow().as_ref() {
            // Android goes by the language alone, and wants it with a hyphen where it writes an underscore itself.
            utterance.set_lang(&voice.lang().replace('_', "-"));
            utterance.set_voice(Some(voice));
        }
        let events = self.events.get().map(|events| events.as_ref().unchecked_ref());
        utterance.set_onstart(events);
        utterance.set_onend(events);
        utterance.set_onpause(events);
        utterance.set_onerror(events);
        self.utterance.replace(Some(utterance.clone()));
        self.parts.synthesis.speak(&utterance);
    }

    /// Lets go of the utterance at hand. Returns whether there was one.
    fn let_go(&self) -> bool {
        let Some(utterance) = self.utterance.take() else { return false };
        utterance.set_onstart(None);
        utterance.set_onend(None);
        utterance.set_onpause(None);
        utterance.set_onerror(None);
        true
    }

    /// Falls silent, where it is this card that speaks.
    fn hush(&self) {
        if self.let_go() {
            self.parts.synthesis.cancel();
        }
    }

    /// The browser tells of the utterance at hand.
    fn heard(&self, event: &Event) {
        match event.type_().as_str() {
            "start" => self.show(),
            "end" => {
                self.let_go();
                self.at.set(self.at.get() + 1);
                self.speak();
            }
            // Not by us, who never do: another script, or the system's media keys.
            "pause" => self.pause(),
            _ => {
                self.let_go();
                let code = Reflect::get(event, &"error".into()).ok().and_then(|code| code.as_string());
                match code.as_deref().unwrap_or("error") {
                    // Not by us, whose utterances have no handlers by then: another script has cancelled all.
                    "canceled" | "interrupted" => self.pause(),
                    code @ "not-allowed" => self.fail(Trouble::Denied, code),
                    code @ "network" => self.fail(Trouble::Network, code),
                    code => self.fail(Trouble::Voice, code),
                }
            }
        }
    }

    fn fail(&self, trouble: Trouble, code: &str) {
        let voice = self.voice.borrow().clone();
        let voice = voice.map(|voice| [&voice.name(), " (", &voice.lang(), ")"].concat()).unwrap_or_default();
        self.parts.stage.set(Stage::Failed(trouble));
        let message = ["speech synthesis stopped: ", code, "; voice: ", &voice, ". The reader can go on by a button."];
        // Last: the host's listeners may remove the card.
        self.parts.outward.fault(FaultCode::Listen, message.concat());
    }

    /// Marks the sentence at hand, now that it can be heard, and brings a new block into view for one who reads along.
    fn show(&self) {
        let script = self.script.borrow().clone();
        let Some(script) = script.as_deref() else { return };
        let Some((sentence, block)) = passage(script, self.at.get()) else { return };
        self.mark.take();
        self.mark.replace(Some(Mark::new(block, &sentence.range)));
        let index = script.passages.get(self.at.get()).map(|passage| passage.block);
        let before = self.followed.replace(index);
        if before != index
            && let Some(before) = before.and_then(|before| script.blocks.get(before))
            // A reader who has scrolled away from what was read is not taken back to it.
            && on_screen(&before.element)
        {
            bring_into_view(&block.element);
        }
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.hush();
    }
}

fn passage(script: &Script, at: usize) -> Option<(&super::sentences::Sentence, &Block)> {
    let passage = script.passages.get(at)?;
    Some((&passage.sentence, script.blocks.get(passage.block)?))
}

/// Whether any of `element` is within the window's height.
fn on_screen(element: &Element) -> bool {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default();
    let place = element.get_bounding_client_rect();
    place.bottom() > 0.0 && place.top() < height
}

fn bring_into_view(element: &Element) {
    let still = web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok()?);
    let still = still.is_some_and(|query| query.matches());
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    options.set_behavior(if still { ScrollBehavior::Instant } else { ScrollBehavior::Smooth });
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
