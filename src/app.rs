//! The card: the article above, the conversation below, and a sentence for each thing that is wrong.

use std::sync::Arc;
use std::time::Duration;

use leptos::control_flow::{For, ForProps};
use leptos::html;
use leptos::prelude::*;

use crate::article::load::has_light_dom;
use crate::article::state::{self, State};
use crate::article::{ArticleError, Loaded, view};
use crate::comfort::Looks;
use crate::comments;
use crate::comments::scope::Scope;
use crate::engines::{Identity, IdentityFault};
use crate::fetch::Cause;
use crate::i18n::{Catalogue, Locale, Timestamp, fill};
use crate::outward::{Fault, FaultCode, Outgoing, Outward};
use crate::settings::{AttributeError, AttributeFault, HeadingLevel, Settings, Source, ThreadSetting};
use crate::text::bidi;
use crate::ui::notice::{Tone, action, notice};
use crate::ui::{CardContext, children, failure};
use crate::url;
use maqal_contract::validate;

/// How long the conversation waits for the article.
const PATIENCE: Duration = Duration::from_secs(4);

/// What the element tells the app while it lives.
#[derive(Clone)]
pub struct Inputs {
    /// The attributes, parsed; set anew when one changes.
    pub settings: ArcRwSignal<Settings>,
    /// The words of the card's language; set anew when the loader has those of another.
    pub words: ArcRwSignal<&'static Catalogue>,
    /// Counts the changes of the element's children.
    pub light_dom: ArcRwSignal<u32>,
    /// Counts the calls to load everything again.
    pub reload: ArcRwSignal<u32>,
    /// The reader, where the host page knows the reader; or why its word for him is not taken.
    pub identity: ArcRwSignal<Result<Option<Identity>, IdentityFault>>,
}

/// Where the conversation stands.
#[derive(Clone, PartialEq)]
enum Talk {
    /// There is one.
    Open(Scope),
    /// Its name is known once the article is.
    Waiting,
    /// The attributes name none.
    Unset,
    /// The article's address is no name that an endpoint takes; why, for the developer.
    Unnamed(String),
}

/// The app of one card. `host` is the element; what happens leaves through `sink`.
pub fn app(inputs: Inputs, host: web_sys::Element, sink: impl Fn(Outgoing) + 'static) -> impl IntoView {
    let settings: RwSignal<Settings> = inputs.settings.into();
    let outward = Outward::new(sink);
    let locale = Memo::new(move |_| {
        let words = inputs.words.get();
        settings.with(|s| Locale::new(&s.language, words.with(&s.words)))
    });
    let card = CardContext { locale, heading: Memo::new(move |_| settings.with(|s| s.heading)), now: clock(), outward };
    let looks = Looks::new(settings);
    let host = StoredValue::new_local(host);

    let errors = Memo::new(move |_| settings.with(|s| s.errors.clone()));
    Effect::new(move |told: Option<Vec<AttributeError>>| {
        let errors = errors.get();
        for error in errors.iter().filter(|error| told.as_ref().is_none_or(|told| !told.contains(error))) {
            outward.send(Outgoing::Fault(Fault::from(error)));
        }
        errors
    });

    let identity = Memo::new(move |_| inputs.identity.get());
    Effect::new(move || {
        if let Err(fault) = identity.get() {
            outward.fault(FaultCode::Identity, fault.to_string());
        }
    });

    let light_dom: RwSignal<u32> = inputs.light_dom.into();
    let reload: RwSignal<u32> = inputs.reload.into();
    let state = state::follow(settings, light_dom, reload, host, outward);
    let children = Memo::new(move |_| {
        light_dom.track();
        match state.get() {
            State::Ready(_) => false,
            // Nothing to show is what the skeleton, or the sentence alone, is for.
            _ => host.with_value(has_light_dom),
        }
    });
    let reading = comments::Reading {
        reload,
        level: level(state, children, card),
        identity,
        asks: Memo::new(move |_| settings.with(|s| s.asks)),
        sort: Memo::new(move |_| settings.with(|s| s.sort)),
        autoload: Memo::new(move |_| settings.with(|s| s.autoload)),
    };
    Effect::new(move || {
        let shown = children.get();
        host.with_value(|host| children::show(host, shown));
    });
    let unfolded = unfolded(settings);
    let held_back = held_back(state);
    let talk = Memo::new(move |_| settings.with(|settings| talk(settings, &state.get(), host)));

    Effect::new(move || {
        if let Talk::Unnamed(why) = talk.get() {
            let message = [
                "<maqal-card>: the article's address cannot be the conversation's name: ",
                &why,
                ". Give one: thread=\"article-42\".",
            ];
            let fault = Fault { code: FaultCode::Attribute, attribute: Some("thread"), message: message.concat() };
            outward.send(Outgoing::Fault(fault));
        }
    });

    // Foreign markup is appended by hand: an article that has changed, or stands at another level, is built anew.
    // `For` holds on to its reactive owner until its next turn: in a closure that is not the card's, which ends at once.
    let articles = move || {
        For(ForProps::builder()
            .each(move || [(state.get(), card.heading.get())])
            .key(|(state, heading): &(State, HeadingLevel)| (key_of(state), *heading))
            .children(move |(state, _)| article_area(&state, children, unfolded, looks, reload, card))
            .build())
    };
    let shown = html::div()
        .class("card")
        // While the element's children stand for the article, an empty card under them would only move away later.
        .hidden(move || held_back.get() && children.get() && errors.with(Vec::is_empty))
        // The theme is a part too: a host sets its colours for each.
        .attr("part", move || ["card ", looks.scheme()].concat())
        .attr("data-theme", move || looks.scheme())
        .attr("data-digits", move || locale.with(Locale::digits_name))
        .lang(move || locale.with(|l| l.tag().to_owned()))
        .dir(card.dir())
        .child((
            move || errors.get().iter().map(|error| attribute_notice(error, card)).collect::<Vec<_>>(),
            articles,
            // It loads beside the article, and shows when that has its place: nothing moves then.
            html::div().hidden(move || held_back.get()).child(move || match talk.get() {
                Talk::Open(scope) => comments::conversation(scope, reading, card).into_any(),
                Talk::Waiting => comments::closed(card.word(|w| w.comments_wait), reading.level, card).into_any(),
                Talk::Unset | Talk::Unnamed(_) => {
                    comments::closed(card.word(|w| w.comments_unset), reading.level, card).into_any()
                }
            }),
        ));
    html::div()
        .class("container")
        .attr("data-text-size", move || looks.text_size())
        .attr("data-line-spacing", move || looks.line_spacing())
        .child(shown)
}

/// The level of the conversation's heading: under the article's, or in its place where there is none.
fn level(state: RwSignal<State>, children: Memo<bool>, card: CardContext) -> Memo<u8> {
    Memo::new(move |_| {
        let has_title = state.with(|state| matches!(state, State::Ready(loaded) if loaded.article.title.is_some()));
        card.heading.get().get() + u8::from(has_title || children.get())
    })
}

/// Whether the reader has unfolded the article: until it is another one.
fn unfolded(settings: RwSignal<Settings>) -> RwSignal<bool> {
    let unfolded = RwSignal::new(false);
    let source = Memo::new(move |_| settings.with(|s| s.source.clone()));
    Effect::new(move |former: Option<Option<Source>>| {
        let source = source.get();
        if former.is_some_and(|former| former != source) {
            unfolded.set(false);
        }
        source
    });
    unfolded
}

/// Whether the conversation is still to be shown: until the article is there, or has kept the reader waiting.
fn held_back(state: RwSignal<State>) -> Memo<bool> {
    let patience = RwSignal::new(true);
    match set_timeout_with_handle(move || patience.set(false), PATIENCE) {
        Ok(timer) => on_cleanup(move || timer.clear()),
        Err(_) => patience.set(false),
    }
    let is_loading = Memo::new(move |_| state.with(|state| *state == State::Loading));
    Memo::new(move |_| is_loading.get() && patience.get())
}

/// A clock that moves with the minutes, as long as the card lives.
fn clock() -> RwSignal<Timestamp> {
    let now = RwSignal::new(Timestamp::now());
    if let Ok(ticks) = set_interval_with_handle(move || now.set(Timestamp::now()), Duration::from_secs(60)) {
        on_cleanup(move || ticks.clear());
    }
    now
}

fn talk(settings: &Settings, state: &State, host: StoredValue<web_sys::Element, LocalStorage>) -> Talk {
    let Some(endpoint) = settings.endpoint.clone() else { return Talk::Unset };
    let thread = match (&settings.thread, state) {
        (ThreadSetting::Wrong, _) => return Talk::Unset,
        (ThreadSetting::Named(name), _) => name.clone(),
        (ThreadSetting::FromArticle, State::Ready(loaded)) => {
            // The article of a former source says nothing of this one's conversation.
            if settings.source.as_ref() != Some(&loaded.source) {
                return Talk::Waiting;
            }
            thread_of(loaded, &host.get_value())
        }
        (ThreadSetting::FromArticle, _) => return Talk::Waiting,
    };
    match validate::thread(&thread) {
        Ok(thread) => Talk::Open(Scope { endpoint, thread }),
        Err(refused) => Talk::Unnamed(refused.detail),
    }
}

/// The conversation's name where the host gives none: the article's canonical address, else where it was fetched,
/// else the page's own canonical address.
fn thread_of(loaded: &Loaded, host: &web_sys::Element) -> String {
    let canonical = loaded.article.url.as_ref().and_then(|url| url.resolve(&loaded.base));
    let fetched = match &loaded.source {
        // The articles of a feed have a conversation each.
        Source::Url { url, item: Some(item) } if canonical.is_none() => {
            return [url.without_fragment(), "#", item].concat();
        }
        Source::Url { url, .. } => Some(url.clone()),
        Source::Inline => None,
    };
    let page = || url::of_page(&host.owner_document()?);
    let url = canonical.or(fetched).or_else(page);
    url.map_or_else(|| loaded.base.clone(), |url| url.without_fragment().to_owned())
}

fn attribute_notice(error: &AttributeError, card: CardContext) -> AnyView {
    let attribute = error.attribute;
    let missing = matches!(error.cause, AttributeFault::Missing | AttributeFault::Empty);
    let sentence = move || {
        let words = card.locale.get().words;
        let name = bidi::isolate(attribute);
        fill(if missing { words.attribute_missing } else { words.attribute_wrong }, "attribute", &name)
    };
    notice(Tone::Bad, sentence, Vec::new()).into_any()
}

/// What sets one state apart from the next.
fn key_of(state: &State) -> usize {
    match state {
        State::Loading => 0,
        State::Unset => 1,
        State::Ready(loaded) => Arc::as_ptr(loaded).addr(),
        State::Failed(error) => Arc::as_ptr(error).addr(),
    }
}

fn article_area(
    state: &State,
    children: Memo<bool>,
    unfolded: RwSignal<bool>,
    looks: Looks,
    reload: RwSignal<u32>,
    card: CardContext,
) -> AnyView {
    match state {
        State::Ready(loaded) => view::article(loaded, unfolded, looks, card).into_any(),
        State::Loading => (move || (!children.get()).then(|| view::skeleton(card))).into_any(),
        State::Failed(error) => article_notice(error, reload, card),
        State::Unset => ().into_any(),
    }
}

fn article_notice(error: &Arc<ArticleError>, reload: RwSignal<u32>, card: CardContext) -> AnyView {
    let actions = match **error {
        ArticleError::Missing => Vec::new(),
        _ => vec![action(card.word(|w| w.retry), move || reload.update(|n| *n += 1))],
    };
    let error = error.clone();
    let sentence = move || {
        let locale = card.locale.get();
        let words = locale.words;
        let cause = match &*error {
            ArticleError::Missing => return words.article_missing.to_owned(),
            ArticleError::Read { .. } => words.article_unreadable.to_owned(),
            ArticleError::Fetch(failed) => match failed.failure.cause {
                Cause::NotFound(_) => words.article_not_found.to_owned(),
                _ => failure::sentence(&failed.failure.cause, &locale),
            },
        };
        fill(words.article_failed, "cause", &cause)
    };
    notice(Tone::Bad, sentence, actions).into_any()
}
