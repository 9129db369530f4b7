//! What of a long article is folded, and how it opens: at a click, by a search of the page, where a link or a voice leads.

use leptos::ev::Custom;
use leptos::html;
use leptos::prelude::*;

use crate::ui::focus;

/// The identifier of what is folded, inside the card's own tree.
pub(super) const REST_ID: &str = "article-rest";

/// The fold of one article.
#[derive(Clone, Copy)]
pub(super) struct Fold {
    unfolded: RwSignal<bool>,
    rest: NodeRef<html::Div>,
}

impl Fold {
    /// A fold that is open where `unfolded` says so.
    pub(super) fn new(unfolded: RwSignal<bool>) -> Self {
        Self { unfolded, rest: NodeRef::new() }
    }

    /// Whether the rest shows.
    pub(super) fn is_open(self) -> bool {
        self.unfolded.get()
    }

    /// Shows the rest.
    pub(super) fn open(self) {
        self.unfolded.set(true);
        // At once, and not with the next effects: what is revealed may be gone to in the same turn.
        if let Some(rest) = self.rest.get_untracked() {
            let _ = rest.remove_attribute("hidden");
        }
    }

    /// Shows the rest and moves the keyboard to where it begins, while nothing else moves.
    pub(super) fn go_on(self) {
        self.open();
        if let Some(rest) = self.rest.get_untracked() {
            focus::on(&rest, true);
        }
    }

    /// The element of the rest.
    pub(super) fn rest(self, content: AnyView) -> impl IntoView {
        html::div()
            .id(REST_ID)
            .class("rest-of-text")
            .node_ref(self.rest)
            .attr("hidden", move || (!self.is_open()).then_some("until-found"))
            // A search of the page found something in it, and the browser is about to show it (HTML, section 6.1).
            .on(Custom::<web_sys::Event>::new("beforematch"), move |_| self.unfolded.set(true))
            .child(content)
    }
}
