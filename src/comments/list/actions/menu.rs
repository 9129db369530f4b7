//! The menu of what else can be done with a comment: one for the conversation, built when it opens.
//!
//! It keeps to the menu button pattern of the ARIA Authoring Practices Guide: the arrows go through, Escape closes, and the
//! keyboard is back at the button. It stands beside the list and not in the comment, whose containment would cut it off.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

use super::share::permalink;
use super::{ACT, Actions, act_of};
use crate::comments::own;
use crate::comments::thread::{Open, Said};
use crate::i18n::fill;
use crate::text::bidi;
use crate::ui::focus;
use crate::ui::share::has_sheet;

/// The least distance from the card's edges, in CSS pixels.
const EDGE: f64 = 6.0;

/// A menu that stands open.
#[derive(Clone)]
pub(super) struct OpenMenu {
    said: Said,
    button: HtmlElement,
}

impl Actions {
    /// Opens the menu of `said` at its `button`, or closes it.
    pub(super) fn toggle_menu(self, said: Said, button: HtmlElement) {
        let is_this = self.menu.with_untracked(|menu| menu.as_ref().is_some_and(|menu| menu.button == button));
        self.close_menu();
        if !is_this {
            self.remark(&said.id(), None);
            let _ = button.set_attribute("aria-expanded", "true");
            self.menu.set(Some(OpenMenu { said, button }));
        }
    }

    /// Closes the menu, and gives the button that opened it.
    fn close_menu(self) -> Option<HtmlElement> {
        if self.menu.with_untracked(Option::is_none) {
            return None;
        }
        let button = self.menu.try_update(Option::take).flatten()?.button;
        let _ = button.set_attribute("aria-expanded", "false");
        Some(button)
    }

    /// As [`close_menu`](Self::close_menu), and the keyboard goes on at the button.
    fn leave_menu(self) -> Option<HtmlElement> {
        let button = self.close_menu()?;
        let _ = button.focus();
        Some(button)
    }
}

/// The place of the menu: nothing stands there until it opens.
pub fn view(acts: Actions) -> impl IntoView {
    move || acts.menu.get().map(|open| menu(&open, acts))
}

fn menu(open: &OpenMenu, acts: Actions) -> impl IntoView + use<> {
    let card = acts.conversation().card;
    let said = open.said;
    let comment = said.comment.get_untracked();
    let name = bidi::isolate(&comment.name);
    let element = NodeRef::<html::Div>::new();

    // Whoever presses elsewhere is done with it.
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let path = event.composed_path();
        let is_in = |node: &JsValue| path.includes(node, 0);
        let on_button = acts.menu.with_untracked(|menu| menu.as_ref().is_some_and(|menu| is_in(&menu.button)));
        let in_menu = element.try_get_untracked().flatten().is_some_and(|menu| is_in(&menu));
        if !on_button && !in_menu {
            acts.close_menu();
        }
    });
    let resized = window_event_listener(ev::resize, move |_| settle(acts, element));
    on_cleanup(move || {
        outside.remove();
        resized.remove();
    });

    let is_own = own::find(&acts.conversation().scope(), &comment.id).is_some();
    let own = {
        let id = comment.id.clone();
        move || {
            let words = card.locale.get().words;
            let can_change = is_own && acts.is_open(&id);
            // An item that goes may have had the focus.
            request_animation_frame(move || settle(acts, element));
            can_change
                .then(|| (item("edit", words.comment_edit.to_owned()), item("delete", words.comment_delete.to_owned())))
        }
    };
    let rest = {
        let words = card.locale.get_untracked().words;
        let is_shared = permalink(&comment.id).is_some();
        let is_reported = acts.reported.with_value(|reported| reported.contains(&comment.id));
        let can_quote = acts.quote.with_value(Option::is_some);
        let mute = if acts.muted.is_muted(&comment.name) { ("unmute", words.unmute) } else { ("mute", words.mute) };
        let items = [
            can_quote.then_some(("quote", words.comment_quote)),
            is_shared.then_some(("copy", words.copy_link)),
            (is_shared && has_sheet()).then_some(("share", words.share)),
            (!is_own).then_some(mute),
            (!is_own).then_some(("report", if is_reported { words.reported } else { words.report })),
        ];
        items.into_iter().flatten().map(|(act, word)| item(act, fill(word, "name", &name))).collect::<Vec<_>>()
    };
    html::div()
        .node_ref(element)
        .class("menu")
        .attr("part", "menu")
        .role("menu")
        .aria_label(move || fill(card.locale.get().words.acts, "name", &name))
        .on(ev::keydown, move |event| on_key(&event, element, acts))
        .on(ev::click, move |event| chosen(&event, said, acts))
        .child((own, rest))
}

fn item(act: &'static str, word: String) -> impl IntoView {
    html::button().r#type("button").role("menuitem").tabindex("-1").attr(ACT, act).child(word)
}

fn chosen(event: &MouseEvent, said: Said, acts: Actions) {
    let Some((_, act)) = act_of(event) else { return };
    let Some(button) = acts.leave_menu() else { return };
    let comment = said.comment.get_untracked();
    match act.as_str() {
        "edit" => acts.open(said, Open::Edit, button),
        "delete" => acts.open(said, Open::Delete, button),
        "report" => acts.open(said, Open::Report, button),
        "copy" => acts.copy_link(&comment),
        "share" => acts.share(&comment),
        "mute" => {
            said.open.set(None);
            acts.muted.mute(said);
            let conversation = acts.conversation();
            let words = conversation.card.locale.get_untracked().words;
            conversation.announce(fill(words.muted_now, "name", &bidi::isolate(&comment.name)));
        }
        "unmute" => acts.muted.unmute(&comment.name),
        "quote" => {
            let quote = acts.quote.with_value(Clone::clone);
            let typed = if comment.typed.is_empty() { comment.text.safe().text() } else { comment.typed.clone() };
            if let Some(quote) = quote {
                acts.opened_by(said, button);
                quote(&typed, said);
            }
        }
        _ => {}
    }
}

fn on_key(event: &KeyboardEvent, element: NodeRef<html::Div>, acts: Actions) {
    let Some(menu) = element.get_untracked() else { return };
    let items = items(&menu);
    let at = focus::held(&menu).and_then(|focused| items.iter().position(|item| **item == focused));
    let last = items.len().saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => at.map_or(0, |at| if at == last { 0 } else { at + 1 }),
        "ArrowUp" => at.map_or(last, |at| at.checked_sub(1).unwrap_or(last)),
        "Home" => 0,
        "End" => last,
        "Escape" => {
            // Not the host's dialog too.
            event.stop_propagation();
            event.prevent_default();
            acts.leave_menu();
            return;
        }
        // From the button on, as if the menu had not been.
        "Tab" => {
            acts.leave_menu();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = items.get(to) {
        let _ = item.focus();
    }
}

fn items(menu: &Element) -> Vec<HtmlElement> {
    let Ok(list) = menu.query_selector_all("button") else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// Puts the menu at its button, inside the card, and the focus into it.
fn settle(acts: Actions, element: NodeRef<html::Div>) {
    let open = acts.menu.try_get_untracked().flatten();
    let (Some(open), Some(menu)) = (open, element.try_get_untracked().flatten()) else { return };
    place(&menu, &open.button);
    let is_in = focus::held(&menu).is_some_and(|focused| menu.contains(Some(&focused)));
    if let (false, Some(first)) = (is_in, items(&menu).first()) {
        let _ = first.focus();
    }
}

/// Under the button, or over it where there is more room; no edge of it outside the card.
fn place(menu: &HtmlElement, button: &Element) -> Option<()> {
    let style = HtmlElement::style(menu);
    for property in ["left", "top", "max-block-size"] {
        let _ = style.remove_property(property);
    }
    let card = menu.closest(".card").ok()??.get_bounding_client_rect();
    let origin = menu.offset_parent()?.get_bounding_client_rect();
    let (at, own) = (button.get_bounding_client_rect(), menu.get_bounding_client_rect());
    let is_rtl = menu.closest("[dir]").ok()??.get_attribute("dir").as_deref() == Some("rtl");

    let start = if is_rtl { at.right() - own.width() } else { at.left() };
    let left = start.min(card.right() - own.width() - EDGE).max(card.left() + EDGE);
    let screen = web_sys::window()?.inner_height().ok()?.as_f64()?;
    let (over, under) = (at.top() - card.top().max(0.0) - EDGE, card.bottom().min(screen) - at.bottom() - EDGE);
    let is_under = own.height() <= under || under >= over;
    let height = own.height().min(if is_under { under } else { over }.max(4.0 * at.height()));
    let top = if is_under { at.bottom() } else { at.top() - height };
    let pixels = |length: f64| [&*(length as i32).to_string(), "px"].concat();
    let _ = style.set_property("left", &pixels(left - origin.left()));
    let _ = style.set_property("top", &pixels(top - origin.top()));
    style.set_property("max-block-size", &pixels(height)).ok()
}
