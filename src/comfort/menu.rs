//! The reader's menu: one quiet button in the article's line of tools, and what it opens.
//!
//! It keeps to the disclosure pattern of the ARIA Authoring Practices Guide, with radio buttons and buttons of the browser
//! within: Escape closes it and leads back to its button, and so does nothing else; a press elsewhere closes it, and so
//! does the keyboard when it goes on to what stands under it (WCAG 2.2, criterion 2.4.11).

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::Looks;
use super::choices::{LineSpacing, choose};
use crate::i18n::{Catalogue, fill};
use crate::settings::Theme;
use crate::ui::CardContext;

const MENU_ID: &str = "comfort-menu";

/// The button and its menu; nothing where the host offers nothing.
pub fn controls(looks: Looks, card: CardContext) -> impl IntoView {
    let is_offered = Memo::new(move |_| !looks.offered.get().is_none());
    move || is_offered.get().then(|| disclosure(looks, card))
}

fn disclosure(looks: Looks, card: CardContext) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let (place, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let place = place.try_get_untracked().flatten();
        if place.is_none_or(|place| !event.composed_path().includes(&place, 0)) {
            // A card that has gone has no menu.
            let _ = is_open.try_set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let letter = card.word(|w| w.comfort_letter);
    html::div()
        .node_ref(place)
        .class("comfort")
        .on(ev::keydown, move |event| {
            if event.key() == "Escape" && is_open.get_untracked() {
                // Not the host's dialog too.
                event.stop_propagation();
                event.prevent_default();
                is_open.set(false);
                if let Some(button) = button.get_untracked() {
                    // It fails only where the button has left the page.
                    let _ = button.focus();
                }
            }
        })
        .on(ev::focusout, move |event| {
            let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
            let place = place.get_untracked();
            if next.is_some_and(|next| place.is_none_or(|place| !place.contains(Some(&next)))) {
                is_open.set(false);
            }
        })
        .child((
            html::button()
                .node_ref(button)
                .r#type("button")
                .class("tool")
                .attr("part", "tool comfort")
                .aria_label(card.word(|w| w.comfort))
                .title(card.word(|w| w.comfort))
                .aria_expanded(move || if is_open.get() { "true" } else { "false" })
                .aria_controls(MENU_ID)
                .on(ev::click, move |_| is_open.update(|is_open| *is_open = !*is_open))
                // Drawn by the sheet: a letter that is read as a drawing is no label (WCAG 2.2, criterion 2.5.3).
                .child(html::span().class("letters").attr("data-letter", letter)),
            html::div()
                .id(MENU_ID)
                .class("comfort-menu")
                .attr("part", "menu")
                .role("group")
                .aria_label(card.word(|w| w.comfort))
                .hidden(move || !is_open.get())
                .child((
                    move || looks.offered.get().text_size.then(|| text_size(looks, card)),
                    move || looks.offered.get().line_spacing.then(|| line_spacing(looks, card)),
                    move || looks.offered.get().theme.then(|| theme(looks, card)),
                )),
        ))
}

/// The two buttons for the size of the text, and how large it is.
fn text_size(looks: Looks, card: CardContext) -> impl IntoView {
    let size = move || looks.choices.with(|choices| choices.text_size);
    let now = move || {
        let locale = card.locale.get();
        fill(locale.words.text_size_now, "n", &locale.number(size().percent().into()))
    };
    let step = move |is_up: bool, name: fn(&Catalogue) -> &'static str| {
        html::button()
            .r#type("button")
            .class(if is_up { "larger" } else { "smaller" })
            .aria_label(card.word(name))
            // It stays where the keyboard is.
            .attr("aria-disabled", move || size().step(is_up).is_none().then_some("true"))
            .on(ev::click, move |event| {
                if let Some(size) = size().step(is_up) {
                    let Some(button) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) else {
                        return;
                    };
                    let former = button.get_bounding_client_rect().top();
                    choose(looks.choices, |choices| choices.text_size = size);
                    // What stands above has grown too: the button stays under the finger.
                    request_animation_frame(move || {
                        window().scroll_by_with_x_and_y(0.0, button.get_bounding_client_rect().top() - former);
                    });
                }
            })
            .attr("data-letter", card.word(|w| w.comfort_letter))
    };
    html::div().class("sizes").role("group").aria_label(card.word(|w| w.text_size)).child((
        step(false, |w| w.text_smaller),
        html::p().role("status").child((html::span().child(card.word(|w| w.text_size)), " ", html::bdi().child(now))),
        step(true, |w| w.text_larger),
    ))
}

/// One of several: its name for the browser, whether it holds, what choosing it does, how it is drawn, its words.
fn radio(
    group: &'static str,
    is_chosen: impl Fn() -> bool + Send + 'static,
    act: impl Fn() + 'static,
    drawing: AnyView,
    word: impl Fn() -> &'static str + Send + 'static,
) -> AnyView {
    let input = html::input().r#type("radio").name(group).prop("checked", is_chosen).on(ev::change, move |_| act());
    html::label().child((input, drawing, html::span().child(word))).into_any()
}

fn line_spacing(looks: Looks, card: CardContext) -> impl IntoView {
    let word = |spacing| -> fn(&Catalogue) -> &'static str {
        match spacing {
            LineSpacing::Normal => |w| w.line_spacing_normal,
            LineSpacing::Wide => |w| w.line_spacing_wide,
            LineSpacing::Wider => |w| w.line_spacing_wider,
        }
    };
    let radios = LineSpacing::ALL.map(|spacing| {
        radio(
            "line-spacing",
            move || looks.choices.with(|choices| choices.line_spacing) == spacing,
            move || choose(looks.choices, |choices| choices.line_spacing = spacing),
            html::span().class("lines").attr("data-lines", spacing.as_str()).aria_hidden("true").into_any(),
            card.word(word(spacing)),
        )
    });
    html::fieldset().child((html::legend().child(card.word(|w| w.line_spacing)), Vec::from(radios)))
}

fn theme(looks: Looks, card: CardContext) -> impl IntoView {
    let word = |theme| -> fn(&Catalogue) -> &'static str {
        match theme {
            Theme::Auto => |w| w.theme_auto,
            Theme::Light => |w| w.theme_light,
            Theme::Sepia => |w| w.theme_sepia,
            Theme::Dark => |w| w.theme_dark,
        }
    };
    let radios: Vec<_> = Theme::ALL
        .into_iter()
        .map(|theme| {
            // A small paper in its colours; the system's choice is half light, half dark.
            let papers: &[Theme] = if theme == Theme::Auto { &[Theme::Light, Theme::Dark] } else { &[theme] };
            let papers: Vec<_> = papers.iter().map(|paper| html::span().attr("data-theme", paper.as_str())).collect();
            radio(
                "theme",
                move || looks.theme() == theme,
                move || choose(looks.choices, |choices| choices.theme = Some(theme)),
                html::span().class("papers").aria_hidden("true").child(papers).into_any(),
                card.word(word(theme)),
            )
        })
        .collect();
    html::fieldset().child((html::legend().child(card.word(|w| w.theme)), radios))
}
