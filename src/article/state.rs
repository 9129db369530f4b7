//! Where the article of a card stands: on its way, there, or not to be had; and when it is asked for again.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::load;
use super::{ArticleError, Loaded};
use crate::fetch::pause::{self, Pause};
use crate::fetch::shared::{Age, LONGEST_SILENT_PAUSE};
use crate::fetch::{Cause, Undelivered};
use crate::outward::{Fault, FaultCode, Outgoing, Outward};
use crate::settings::{Settings, Source};

/// The longest pause after which the article is asked for again by itself, where the server wants one, in seconds.
const LONGEST_PAUSE: u32 = 60 * 60;

/// Where the article stands.
#[derive(Clone, PartialEq)]
pub enum State {
    /// On its way.
    Loading,
    /// Here.
    Ready(Arc<Loaded>),
    /// Not to be had.
    Failed(Arc<ArticleError>),
    /// The attribute that names it is wrong.
    Unset,
}

/// Loads the article, and loads it again where its source changes. The request of a former source is aborted.
pub fn follow(
    settings: RwSignal<Settings>,
    light_dom: RwSignal<u32>,
    reload: RwSignal<u32>,
    host: StoredValue<web_sys::Element, LocalStorage>,
    outward: Outward,
) -> RwSignal<State> {
    let state = RwSignal::new(State::Loading);
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
        let again = same && state.with_untracked(|s| matches!(s, State::Ready(_)));
        if !again {
            // What was fetched for the former one is kept until this one is there: it may be another article of the same feed.
            state.set(State::Loading);
        }
        let Some(wanted) = source.clone() else {
            state.set(State::Unset);
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
                        let ready = State::Ready(Arc::new(loaded));
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
                let failed = State::Failed(Arc::new(error.clone()));
                let stands = again && matches!(error, ArticleError::Fetch(_)) || state.with_untracked(|s| *s == failed);
                if !stands {
                    state.set(failed);
                }
                let error = load::explain(&wanted, error).await;
                outward.send(Outgoing::Fault(article_fault(&error)));
                let stays = matches!(&error, ArticleError::Fetch(undelivered) if undelivered.blocked);
                let Some((pause, timed)) = next.filter(|_| !stays) else { return };
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
        // Beyond the longest it is the reader who asks again.
        _ => failure
            .cause
            .retry_after()
            .filter(|seconds| (LONGEST_SILENT_PAUSE + 1..=LONGEST_PAUSE).contains(seconds) && !sat_out)
            .map(|seconds| (pause::sleep(Duration::from_secs(seconds.into())), true)),
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
