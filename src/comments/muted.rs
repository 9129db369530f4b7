//! The names whose comments this device's reader does not want to see, and what stands in such a comment's place.

use std::collections::HashSet;

use js_sys::JsString;
use leptos::html;
use leptos::prelude::*;
use maqal_contract::unicode;
use web_sys::Element;

use super::focus::{self, element_id, name_id};
use super::kept::KeptSet;
use super::scope::Scope;
use super::thread::Said;
use crate::i18n::fill;
use crate::text::bidi;
use crate::ui::CardContext;
use crate::ui::notice::action;

/// The muted names of one endpoint.
#[derive(Clone, Copy)]
pub struct Muted(RwSignal<State>);

#[derive(Debug, Default)]
struct State {
    /// Each as [`essence`] writes it.
    names: KeptSet,
    /// The ids of comments that the reader wanted to see all the same.
    shown: HashSet<String>,
    /// The id of the comment at which a name was muted last: undoing it is offered there.
    latest: Option<String>,
}

impl Muted {
    /// What this device keeps for the endpoint of `scope`.
    #[must_use]
    pub fn new(scope: &Scope) -> Self {
        let names = KeptSet::load(scope.endpoint_key("muted"));
        Self(RwSignal::new(State { names, ..State::default() }))
    }

    /// Whether `name` is muted, in whatever spelling that looks the same. It is read reactively.
    #[must_use]
    pub fn is_muted(self, name: &str) -> bool {
        self.0.with(|state| state.has(name))
    }

    /// Whether a placeholder stands for `said`. It is read reactively.
    #[must_use]
    pub fn hides(self, said: Said) -> bool {
        self.0.with(|state| {
            !state.names.is_empty()
                && said.comment.with(|comment| state.has(&comment.name) && !state.shown.contains(&comment.id))
        })
    }

    /// Mutes the author of `said`, and offers in its place to undo that.
    pub fn mute(self, said: Said) {
        let (id, name) = said.comment.with_untracked(|comment| (comment.id.clone(), essence(&comment.name)));
        self.0.update(|state| {
            state.names.set(&name, true);
            state.shown.remove(&id);
            state.latest = Some(id);
        });
    }

    /// Lets `name` be seen again.
    pub fn unmute(self, name: &str) {
        self.0.update(|state| {
            state.names.set(&essence(name), false);
            state.latest = None;
        });
    }

    /// Shows the comment of this id, until the conversation is loaded anew.
    fn show(self, id: &str) {
        self.0.update(|state| _ = state.shown.insert(id.to_owned()));
    }
}

impl State {
    fn has(&self, name: &str) -> bool {
        !self.names.is_empty() && !name.is_empty() && self.names.contains(&essence(name))
    }
}

/// What stands in the place of `said` while its author is muted.
pub fn placeholder(said: Said, muted: Muted, card: CardContext) -> impl IntoView {
    let (id, name) = said.comment.with_untracked(|comment| (comment.id.clone(), comment.name.clone()));
    // Once: a view that is built again must not take the focus again.
    let is_latest = muted.0.try_update_untracked(|state| state.latest.take_if(|latest| *latest == id).is_some());
    let is_latest = is_latest == Some(true);
    let element = NodeRef::<html::Div>::new();
    let label = id.clone();
    let back = {
        let id = id.clone();
        move || {
            if let Some(element) = element.get_untracked() {
                focus::comment(&element, &id);
            }
        }
    };
    let unmute = {
        let (name, back) = (name.clone(), back.clone());
        move || {
            back();
            muted.unmute(&name);
        }
    };
    let actions = if is_latest {
        vec![action(card.word(|w| w.undo), unmute)]
    } else {
        let show = move || {
            back();
            muted.show(&id);
        };
        vec![action(card.word(|w| w.muted_show), show), action(card.word(|w| w.muted_end), unmute)]
    };
    let sentence = move || {
        let words = card.locale.get().words;
        if is_latest { fill(words.muted_now, "name", &bidi::isolate(&name)) } else { words.muted_comment.to_owned() }
    };
    html::div()
        .node_ref(element)
        .class("unseen")
        .attr("part", "muted")
        .directive(
            move |element: Element| {
                // The menu in which the name was muted has gone with its comment.
                if is_latest {
                    focus::first(&element, "button");
                }
            },
            (),
        )
        .child((
            html::p().id(name_id(&element_id(&label))).child(sentence),
            html::div().class("actions").child(actions),
        ))
}

/// `name` less what a reader does not see or read past: case, marks of direction and other hidden characters, tatweel,
/// vowel signs and accents, and the two letters that Persian keyboards write otherwise.
fn essence(name: &str) -> String {
    let whole = if name.is_ascii() { name.to_owned() } else { JsString::from(name).normalize("NFKD").into() };
    fold(&whole)
}

/// As [`essence`], of a name whose letters stand apart from their marks (Unicode Standard Annex #15, form NFKD).
fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            _ if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ if unicode::is_invisible(c) || unicode::is_mark(c) || c == 'ـ' => {}
            'ک' => out.push('ك'),
            'ی' | 'ى' => out.push('ي'),
            _ => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    // A name of nothing else is itself.
    if out.is_empty() { name.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_name_is_the_same_in_every_spelling_that_a_reader_takes_for_it() {
        for (one, other) in [
            ("سلمى", "سـلـمى"),
            ("سلمى", "سَلْمَى"),
            ("سلمى", "س\u{200D}لمى\u{200F}"),
            ("سلمى", "\u{202E}سلمى\u{202C}"),
            ("سلمى العلوي", " سلمى\u{00A0}  العلوی "),
            ("كمال", "کمال"),
            ("Julie", "jUlIe\u{FE0F}"),
            ("Jose\u{301}", "JOSE"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn other_names_stay_other_names() {
        for (one, other) in [("سلمى", "سليم"), ("سلمى", "سلمى ب."), ("ـ", "ــ"), ("राम", "रमा"), ("ماهر", "مآرب")]
        {
            assert_ne!(fold(one), fold(other), "{one} and {other}");
        }
        assert_eq!(fold("ـ"), "ـ");
    }
}
