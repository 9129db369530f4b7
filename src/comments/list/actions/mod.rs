//! What a reader does with one comment beside reading it: likes it, answers it, and in a menu all the rest.
//!
//! There may be ten thousand comments. So each row has one listener and one effect, there is one menu for all, and what is
//! known of few comments (a like on its way, a remark) stands in tables beside them: a row hears of a change through its
//! comment's own signal.

mod delete;
mod like;
pub(super) mod menu;
mod report;
pub mod share;

use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::State;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

use self::like::Likes;
use self::menu::OpenMenu;
use self::share::Remark;
use crate::comments::conversation::Conversation;
use crate::comments::kept::KeptSet;
use crate::comments::muted::Muted;
use crate::comments::own;
use crate::comments::thread::{Open, Said, Thread};
use crate::engines::Comment;
use crate::i18n::{Locale, fill};
use crate::outward::FaultCode;
use crate::text::bidi;
use crate::ui::icon::{HEART, MORE, icon};

/// Takes a text into a composer as a quotation, in answer to the comment.
pub type Quote = Rc<dyn Fn(&str, Said)>;

/// The attribute that says which button of a row or a menu was pressed.
const ACT: &str = "data-act";

/// What the comments of one conversation share: made once for each.
#[derive(Clone, Copy)]
pub struct Actions {
    /// The names that are not to be seen.
    pub muted: Muted,
    thread: Thread,
    likes: Likes,
    /// The ids of the comments that this device's reader has reported.
    reported: StoredValue<KeptSet>,
    menu: RwSignal<Option<OpenMenu>, LocalStorage>,
    /// What stands beside one comment for a while.
    remark: StoredValue<Option<(String, Remark)>>,
    quote: StoredValue<Option<Quote>, LocalStorage>,
    /// The buttons that opened what stands open, by the comment's id.
    openers: StoredValue<HashMap<String, HtmlElement>, LocalStorage>,
}

impl Actions {
    /// The actions on the comments of `thread`, with what this device keeps of former ones.
    #[must_use]
    pub fn new(thread: Thread) -> Self {
        let scope = thread.conversation().scope();
        Self {
            muted: Muted::new(&scope),
            thread,
            likes: Likes::new(&scope),
            reported: StoredValue::new(KeptSet::load(scope.storage_key("reported"))),
            menu: RwSignal::new_local(None),
            remark: StoredValue::new(None),
            quote: StoredValue::new_local(None),
            openers: StoredValue::new_local(HashMap::new()),
        }
    }

    /// From now on a comment can be quoted: `quote` gets its text.
    pub fn on_quote(self, quote: Quote) {
        self.quote.set_value(Some(quote));
    }

    /// Closes what stands open beside `said`, and leads the keyboard back to the button that opened it.
    pub fn close(self, said: Said) {
        let opener = self.openers.try_update_value(|openers| openers.remove(&said.id())).flatten();
        said.open.set(None);
        if let Some(opener) = opener {
            let _ = opener.focus();
        }
    }

    /// Opens `what` beside `said`; `opener` is the button that asked for it.
    fn open(self, said: Said, what: Open, opener: HtmlElement) {
        self.opened_by(said, opener);
        said.open.set(Some(what));
    }

    fn opened_by(self, said: Said, opener: HtmlElement) {
        self.openers.update_value(|openers| _ = openers.insert(said.id(), opener));
    }

    pub(super) fn conversation(self) -> Conversation {
        self.thread.conversation()
    }

    /// Puts a remark beside the comment `id`, in the place of any other.
    fn remark(self, id: &str, remark: Option<Remark>) {
        if self.remark.is_disposed() {
            return;
        }
        if let Some(remark) = &remark {
            let conversation = self.conversation();
            conversation.announce(remark.sentence(&conversation.card.locale.get_untracked()));
        }
        let remark = remark.map(|remark| (id.to_owned(), remark));
        let former = self.remark.try_update_value(|known| std::mem::replace(known, remark)).flatten();
        for id in former.iter().map(|(id, _)| id.as_str()).filter(|former| *former != id).chain([id]) {
            self.tell(id);
        }
    }

    /// Has the row of the comment `id` look at the tables again.
    fn tell(self, id: &str) {
        if let Some(said) = self.thread.find(id) {
            said.comment.notify();
        }
    }

    /// What stands beside the comment `id`.
    fn remark_of(self, id: &str) -> Option<Remark> {
        self.remark.with_value(|remark| remark.as_ref().filter(|(of, _)| of == id).map(|(_, remark)| remark.clone()))
    }

    /// Whether the comment `id` was written here and may still be changed. It is read reactively: time passes.
    fn is_open(self, id: &str) -> bool {
        let own = own::find(&self.conversation().scope(), id);
        own.is_some_and(|own| own.is_open(self.conversation().card.now.get().milliseconds()))
    }

    fn fault(self, message: String) {
        self.conversation().card.outward.fault(FaultCode::Comment, message);
    }
}

/// The row under a comment.
pub fn row(said: Said, acts: Actions) -> impl IntoView {
    let card = acts.conversation().card;
    move || {
        let comment = said.comment.get();
        let locale = card.locale.get();
        let buttons = match comment.state {
            State::Published if !acts.muted.hides(said) => published(said, &comment, acts, &locale),
            State::Pending if acts.is_open(&comment.id) => pending(&locale),
            _ => return None,
        };
        let remark = acts.remark_of(&comment.id).map(|remark| remark.view(card));
        Some(html::div().class("do").on(ev::click, move |event| pressed(&event, said, acts)).child((buttons, remark)))
    }
}

fn published(said: Said, comment: &Comment, acts: Actions, locale: &Locale) -> AnyView {
    let words = locale.words;
    let of = |template| fill(template, "name", &bidi::isolate(&comment.name));
    let (is_liked, likes) = acts.likes.of(comment);
    let mut label = of(words.like);
    if likes > 0 {
        label.push_str(". ");
        label.push_str(&locale.plural(&words.likes, likes));
    }
    let is_answered = said.open.get() == Some(Open::Reply);
    let like = html::button()
        .attr("part", "action")
        .r#type("button")
        .class("like")
        .attr(ACT, "like")
        .aria_label(label)
        .aria_pressed(if is_liked { "true" } else { "false" })
        .child((icon(HEART), (likes > 0).then(|| html::span().child(locale.number(likes)))));
    let reply = html::button()
        .attr("part", "action")
        .r#type("button")
        .attr(ACT, "reply")
        .aria_label(of(words.reply_to))
        .aria_expanded(if is_answered { "true" } else { "false" })
        .child(words.reply);
    let more = html::button()
        .attr("part", "action")
        .r#type("button")
        .class("more")
        .attr(ACT, "menu")
        .aria_label(of(words.acts))
        .aria_haspopup("menu")
        .aria_expanded("false")
        .child(icon(MORE));
    (like, reply, more).into_any()
}

/// What its author may do with a comment that nobody else sees yet.
fn pending(locale: &Locale) -> AnyView {
    let button = |act, label| html::button().attr("part", "action").r#type("button").attr(ACT, act).child(label);
    (button("edit", locale.words.comment_edit), button("delete", locale.words.comment_delete)).into_any()
}

/// The button of a row or a menu on which `event` came, and its word.
fn act_of(event: &web_sys::Event) -> Option<(HtmlElement, String)> {
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let button = clicked.closest(&["[", ACT, "]"].concat()).ok()??;
    let act = button.get_attribute(ACT)?;
    Some((button.dyn_into().ok()?, act))
}

fn pressed(event: &MouseEvent, said: Said, acts: Actions) {
    let Some((button, act)) = act_of(event) else { return };
    match act.as_str() {
        "like" => acts.like(said),
        "reply" if said.open.get_untracked() == Some(Open::Reply) => acts.close(said),
        "reply" => acts.open(said, Open::Reply, button),
        "menu" => acts.toggle_menu(said, button),
        "edit" => acts.open(said, Open::Edit, button),
        "delete" => acts.open(said, Open::Delete, button),
        _ => {}
    }
}

/// What stands open under a comment: the report's form, or the question whether it is to go.
pub fn opened(said: Said, acts: Actions) -> impl IntoView {
    move || match said.open.get() {
        Some(Open::Report) => Some(report::form(said, acts).into_any()),
        Some(Open::Delete) => Some(delete::question(said, acts).into_any()),
        Some(Open::Reply | Open::Edit) | None => None,
    }
}
