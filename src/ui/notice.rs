//! A sentence that says what went wrong, and the button that leads on.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something is not right yet.
    Wait,
    /// Something failed.
    Bad,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Wait => "note wait",
            Self::Bad => "note bad",
        }
    }
}

/// The notice. It is read out when it appears (`role=alert`).
pub fn notice(tone: Tone, sentence: impl Fn() -> String + Send + 'static, actions: Vec<AnyView>) -> impl IntoView {
    build(tone, Some("alert"), sentence, actions)
}

/// A notice that is not read out: for what appears again and again while the network is away.
pub fn quiet(tone: Tone, sentence: impl Fn() -> String + Send + 'static, actions: Vec<AnyView>) -> impl IntoView {
    build(tone, None, sentence, actions)
}

fn build(
    tone: Tone,
    role: Option<&'static str>,
    sentence: impl Fn() -> String + Send + 'static,
    actions: Vec<AnyView>,
) -> impl IntoView {
    html::div()
        .class(tone.class())
        .attr("part", "notice")
        .role(role)
        .child((html::p().child(sentence), (!actions.is_empty()).then(|| html::div().class("actions").child(actions))))
}

/// A button of a notice.
pub fn action(label: impl Fn() -> &'static str + Send + 'static, act: impl Fn() + 'static) -> AnyView {
    html::button().r#type("button").on(ev::click, move |_| act()).child(label).into_any()
}
