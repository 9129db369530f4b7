//! The card: the article above, the conversation below, and a sentence for each thing that is wrong.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::article::load::{self, has_light_dom};
use crate::article::{ArticleError, Loaded, view};
use crate::comments;
use crate::comments::scope::Scope;
use crate::fetch::pause::{self, Pause};
use crate::fetch::shared::{Age, LONGEST_SILENT_PAUSE};
use crate::fetch::{Cause, Undelivered};
use crate::i18n::{Locale, Timestamp, fill};
use crate::outward::{Fault, FaultCode, Outgoing, Outward};
use crate::settings::{AttributeError, AttributeFault, Settings, Source, ThreadSetting};
use crate::ui::notice::{Tone, action, notice};
use crate::ui::{CardContext, children, failure};
use crate::url::HttpUrl;
use maqal_contract::validate;

/// The longest pause that a server may ask for before the article is tried again, in seconds.
const LONGEST_PAUSE: u32 = 60 * 60;

/// How long the conversation waits for the article.
const PATIENCE: Duration = Duration::from_secs(4);

/// What the element tells the app while it lives.
#[derive(Clone)]
pub struct Inputs {
    /// The attributes, parsed; set anew when one changes.
    pub settings: ArcRwSignal<Settings>,
    /// Counts the changes of the element's children.
    pub light_dom: ArcRwSignal<u32>,
    /// Counts the calls to load everything again.
    pub reload: ArcRwSignal<u32>,
}

/// Where the article stands.
#[derive(Clone, PartialEq)]
enum ArticleState {
    /// On its way.
    Loading,
    /// Here.
    Ready(Arc<Loaded>),
    /// Not to be had.
    Failed(Arc<ArticleError>),
    /// The attribute that names it is wrong.
    Unset,
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
    let locale = Memo::new(move |_| settings.with(|s| Locale::new(&s.language)));
    let card = CardContext { locale, now: clock(), outward };
    let host = StoredValue::new_local(host);

    let errors = Memo::new(move |_| settings.with(|s| s.errors.clone()));
    Effect::new(move |told: Option<Vec<AttributeError>>| {
        let errors = errors.get();
        for error in errors.iter().filter(|error| told.as_ref().is_none_or(|told| !told.contains(error))) {
            outward.send(Outgoing::Fault(Fault::from(error)));
        }
        errors
    });

    let light_dom: RwSignal<u32> = inputs.light_dom.into();
    let reload: RwSignal<u32> = inputs.reload.into();
    let state = article_state(settings, light_dom, reload, host, outward);
    let children = Memo::new(move |_| {
        light_dom.track();
        match state.get() {
            ArticleState::Ready(_) => false,
            // Nothing to show yet is what the skeleton is for.
            ArticleState::Loading => host.with_value(has_light_dom),
            ArticleState::Failed(_) | ArticleState::Unset => true,
        }
    });
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

    html::div()
        .class("card")
        // While the element's children stand for the article, an empty card under them would only move away later.
        .hidden(move || held_back.get() && children.get() && errors.with(Vec::is_empty))
        .attr("part", "card")
        .attr("data-theme", move || settings.with(|s| s.theme.as_str()))
        .lang(move || locale.with(|l| l.tag().to_owned()))
        .dir(move || locale.with(|l| l.direction().as_attr()))
        .child((
            move || errors.get().iter().map(|error| attribute_notice(error, card)).collect::<Vec<_>>(),
            move || article_area(&state.get(), children, unfolded, reload, card),
            // It loads beside the article, and shows when that has its place: nothing moves then.
            html::div().hidden(move || held_back.get()).child(move || match talk.get() {
                Talk::Open(scope) => comments::conversation(scope, reload, card).into_any(),
                Talk::Waiting => comments::closed(card.word(|w| w.comments_wait), card).into_any(),
                Talk::Unset | Talk::Unnamed(_) => comments::closed(card.word(|w| w.comments_unset), card).into_any(),
            }),
        ))
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
fn held_back(state: RwSignal<ArticleState>) -> Memo<bool> {
    let patience = RwSignal::new(true);
    match set_timeout_with_handle(move || patience.set(false), PATIENCE) {
        Ok(timer) => on_cleanup(move || timer.clear()),
        Err(_) => patience.set(false),
    }
    let is_loading = Memo::new(move |_| state.with(|state| *state == ArticleState::Loading));
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

/// Loads the article, and loads it again where its source changes. The request of a former source is aborted.
fn article_state(
    settings: RwSignal<Settings>,
    light_dom: RwSignal<u32>,
    reload: RwSignal<u32>,
    host: StoredValue<web_sys::Element, LocalStorage>,
    outward: Outward,
) -> RwSignal<ArticleState> {
    let state = RwSignal::new(ArticleState::Loading);
    // This card's share in what it shows.
    let lease = StoredValue::new_local(None);
    let request = Memo::new(move |_| {
        let source = settings.with(|s| s.source.clone());
        let children = if source == Some(Source::Inline) { light_dom.get() } else { 0 };
        (source, children, reload.get())
    });
    Effect::new(move |former: Option<(Option<Source>, u32)>| {
        let (source, _, reloads) = request.get();
        let same = former.as_ref().is_some_and(|(former, _)| *former == source);
        // The same article again (its children changed, or a reload) replaces itself without a flicker.
        let again = same && state.with_untracked(|s| matches!(s, ArticleState::Ready(_)));
        if !again {
            state.set(ArticleState::Loading);
            lease.set_value(None);
        }
        let Some(wanted) = source.clone() else {
            state.set(ArticleState::Unset);
            return (source, reloads);
        };
        // One who asks again wants no answer of before.
        let mut age = if former.is_some_and(|(_, before)| before != reloads) { Age::Fresh } else { Age::Cached };
        let host = host.get_value();
        spawn_local_scoped_with_cancellation(async move {
            let mut sat_out = false;
            loop {
                let error = match load::load(&wanted, &host, age).await {
                    Ok((loaded, share)) => {
                        for warning in &loaded.warnings {
                            web_sys::console::warn_1(&format!("<maqal-card>: {warning}").into());
                        }
                        let title = loaded.article.title.clone();
                        lease.set_value(share);
                        let ready = ArticleState::Ready(Arc::new(loaded));
                        // What stands already stays as it is: the reader is in the middle of it.
                        if state.with_untracked(|s| *s != ready) {
                            state.set(ready);
                        }
                        outward.send(Outgoing::Ready { title });
                        return;
                    }
                    Err(error) => error,
                };
                let next = next_try(&error, sat_out);
                // A reload that fails takes nothing from the reader, nor does a sentence that stands there already.
                let failed = ArticleState::Failed(Arc::new(error.clone()));
                let stands = again && matches!(error, ArticleError::Fetch(_)) || state.with_untracked(|s| *s == failed);
                if !stands {
                    state.set(failed);
                }
                let error = load::explain(&wanted, error).await;
                outward.send(Outgoing::Fault(article_fault(&error)));
                let Some((pause, timed)) = next else { return };
                pause.await;
                sat_out |= timed;
                age = Age::Fresh;
            }
        });
        (source, reloads)
    });
    state
}

/// What to wait for before the article is asked for once more by itself, and whether that is a time: the network's
/// return, or a long pause that the server asked for, where that was not `sat_out` before.
fn next_try(error: &ArticleError, sat_out: bool) -> Option<(Pause, bool)> {
    let ArticleError::Fetch(Undelivered { failure, .. }) = error else { return None };
    match failure.cause {
        Cause::Offline | Cause::Unreachable => Some((pause::online(), false)),
        // A shorter one was sat out before the reader was told.
        _ => failure.cause.retry_after().filter(|seconds| *seconds > LONGEST_SILENT_PAUSE && !sat_out).map(|seconds| {
            let seconds = seconds.min(LONGEST_PAUSE);
            (pause::sleep(Duration::from_secs(seconds.into())), true)
        }),
    }
}

fn article_fault(error: &ArticleError) -> Fault {
    let message = error.to_string();
    match error {
        ArticleError::Missing => Fault { code: FaultCode::Attribute, attribute: Some("src"), message },
        ArticleError::Read { .. } | ArticleError::Fetch(_) => {
            Fault { code: FaultCode::Article, attribute: None, message }
        }
    }
}

fn talk(settings: &Settings, state: &ArticleState, host: StoredValue<web_sys::Element, LocalStorage>) -> Talk {
    let Some(endpoint) = settings.endpoint.clone() else { return Talk::Unset };
    let thread = match (&settings.thread, state) {
        (ThreadSetting::Wrong, _) => return Talk::Unset,
        (ThreadSetting::Named(name), _) => name.clone(),
        (ThreadSetting::FromArticle, ArticleState::Ready(loaded)) => {
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
    let canonical = loaded.article.url.as_ref().and_then(|url| HttpUrl::parse(url.as_str(), &loaded.base).ok());
    let fetched = match &loaded.source {
        // The articles of a feed have a conversation each.
        Source::Url { url, item: Some(item) } if canonical.is_none() => {
            return [url.without_fragment(), "#", item].concat();
        }
        Source::Url { url, .. } => Some(url.clone()),
        Source::Inline => None,
    };
    let page = || {
        let document = host.owner_document()?;
        let link = document.query_selector("link[rel='canonical'][href]").ok().flatten();
        let href = link.and_then(|link| link.get_attribute("href")).or_else(|| document.url().ok())?;
        HttpUrl::parse(&href, &document.url().ok()?).ok()
    };
    let url = canonical.or(fetched).or_else(page);
    url.map_or_else(|| loaded.base.clone(), |url| url.without_fragment().to_owned())
}

fn attribute_notice(error: &AttributeError, card: CardContext) -> AnyView {
    let attribute = error.attribute;
    let missing = matches!(error.cause, AttributeFault::Missing | AttributeFault::Empty);
    let sentence = move || {
        let words = card.locale.get().words;
        // First-strong isolate: the Latin name stays in its place in the sentence (UAX #9, section 2.4).
        let name = ["\u{2068}", attribute, "\u{2069}"].concat();
        fill(if missing { words.attribute_missing } else { words.attribute_wrong }, "attribute", &name)
    };
    notice(Tone::Bad, sentence, Vec::new()).into_any()
}

fn article_area(
    state: &ArticleState,
    children: Memo<bool>,
    unfolded: RwSignal<bool>,
    reload: RwSignal<u32>,
    card: CardContext,
) -> AnyView {
    match state {
        ArticleState::Ready(loaded) => view::article(loaded, unfolded, card).into_any(),
        ArticleState::Loading => (move || (!children.get()).then(|| view::skeleton(card))).into_any(),
        ArticleState::Failed(error) => article_notice(error, reload, card),
        ArticleState::Unset => ().into_any(),
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
