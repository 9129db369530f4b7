//! What an author gives of himself: a name, and what else the host page asks for; or, where that vouches for him, who he
//! is.

use leptos::prelude::*;
use leptos::{ev, html};
use maqal_contract::validate::Field;

use super::sentences;
use super::state::{Composer, Input};
use crate::engines::{Identity, IdentityFault};
use crate::i18n::{Catalogue, fill};
use crate::settings::Ask;
use crate::text::bidi;
use crate::ui::CardContext;
use crate::ui::avatar::{avatar, portrait};
use crate::ui::badge::badge;

/// The author's fields, as the host page sets them.
pub fn author(composer: Composer) -> impl IntoView {
    let conversation = composer.conversation;
    move || match conversation.identity.get() {
        Some(identity) => vouched(&identity, conversation.card),
        None => {
            let asks = conversation.asks.get();
            let [name, email, website] = [0, 1, 2].map(|index| move |ask| given(composer, index, ask));
            let more: Vec<_> = [email(asks.email), website(asks.website)].into_iter().flatten().collect();
            let more = (!more.is_empty()).then(|| html::div().class("fields").child(more));
            (refused_identity(composer), name(Ask::Required), more).into_any()
        }
    }
}

/// Who the host page says its reader is.
fn vouched(identity: &Identity, card: CardContext) -> AnyView {
    let face = match &identity.picture {
        Some(src) => portrait(&identity.name, src).into_any(),
        None => avatar(&identity.name).into_any(),
    };
    let name = bidi::isolate(&identity.name);
    let badge = identity.badge.map(|given| badge(given, card));
    html::div()
        .class("field who vouched")
        .child((face, html::span().child(move || fill(card.locale.get().words.writing_as, "name", &name)), badge))
        .into_any()
}

/// Why the host page's word for its reader is not taken.
fn refused_identity(composer: Composer) -> impl IntoView {
    let conversation = composer.conversation;
    move || {
        conversation.identity_fault.get().map(|fault| {
            let sentence = move || {
                let words = conversation.card.locale.get().words;
                match fault {
                    IdentityFault::Unreadable => words.identity_unreadable,
                    IdentityFault::Expired => words.identity_expired,
                }
            };
            html::p().class("note wait").role("status").child(sentence)
        })
    }
}

fn given(composer: Composer, index: usize, ask: Ask) -> Option<AnyView> {
    if ask == Ask::No {
        return None;
    }
    let card = composer.conversation.card;
    let input = composer.author_inputs[index];
    let (label, kind, autocomplete, input_mode): (fn(&Catalogue) -> &'static str, _, _, _) = match input.field {
        Field::Email => (|w| w.email_label, "email", "email", Some("email")),
        // `url` as a type would have the keyboard of a phone, and refuse an address without its scheme.
        Field::Website => (|w| w.website_label, "text", "url", Some("url")),
        _ => (|w| w.name_label, "text", "name", None),
    };
    let is_address = input.field != Field::Name;
    let id = composer.id(input.field.as_str());
    let error = [&id, "-error"].concat();
    let hint = (input.field == Field::Email).then(|| [&id, "-hint"].concat());
    let described = [hint.as_deref().unwrap_or_default(), " ", &error].concat();
    let label = html::label().r#for(id.clone()).child((
        card.word(label),
        (ask == Ask::Optional).then(|| html::small().child((" ", card.word(|w| w.field_optional)))),
        // It describes the field, and is no part of its name.
        hint.map(|id| html::small().id(id).aria_hidden("true").child((" ", card.word(|w| w.email_hint)))),
    ));
    let field = html::input()
        .attr("part", "field")
        .node_ref(composer.author_fields[index])
        .id(id)
        .name(input.field.as_str())
        .attr("type", kind)
        .attr("inputmode", input_mode)
        .attr("autocomplete", autocomplete)
        .attr("autocapitalize", is_address.then_some("none"))
        .attr("spellcheck", is_address.then_some("false"))
        .dir(move || if is_address { "ltr" } else { sentences::direction(input, card) })
        .required(ask == Ask::Required)
        .attr("aria-invalid", invalid(input))
        .attr("aria-describedby", described.trim().to_owned())
        .prop("value", move || input.text.get())
        .on(ev::input, move |event| composer.typed(input, event_target_value(&event)));
    Some(html::div().class("field").child((label, field, refusal(error, input, card))).into_any())
}

/// The value of `aria-invalid`.
pub fn invalid(input: Input) -> impl Fn() -> Option<&'static str> + Send {
    move || input.refusal.with(Option::is_some).then_some("true")
}

/// Why the field was refused, or nothing.
pub fn refusal(id: String, input: Input, card: CardContext) -> impl IntoView {
    // It is read with its field, which has the focus; what is announced is said once, for all fields together.
    html::p()
        .id(id)
        .class("refusal")
        .child(move || input.refusal.get().map(|reason| sentences::refusal(input.field, reason, &card.locale.get())))
}
