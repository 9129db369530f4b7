//! What happens while the conversation is read: server-sent events, or asking again and again where they do not come.
//!
//! Nobody is asked while the page is hidden or the conversation far off screen; what happened meanwhile comes first when
//! the reader is back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use maqal_contract::Sort;
use maqal_contract::live::CHANGE_EVENT;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent, VisibilityState};

use super::Thread;
use crate::engines::{Comment, Part};

/// How often the endpoint is asked where no events come.
const POLL: Duration = Duration::from_secs(30);

/// After this many failures without an event in between, events are given up for asking.
const FAILURES: u32 = 3;

/// After this many answers in a row, events are tried once more.
const ANSWERS: u32 = 4;

/// Follows the conversation while `is_seen`; each comment that came or changed goes to `heard`, with the new total.
pub fn follow(thread: Thread, is_seen: Memo<bool>, heard: impl Fn(Comment, Option<u64>) + Clone + 'static) {
    let moment = StoredValue::new(None::<String>);
    let line = StoredValue::new_local(None::<Line>);
    Effect::new(move || {
        let Some(first) = thread.live.get() else { return };
        moment.set_value(first);
        line.set_value(None);
        let heard = heard.clone();
        Effect::new(move || {
            let new = is_seen.get().then(|| Line::open(thread, moment, Rc::new(heard.clone())));
            // The former line is closed when its place is taken.
            line.try_set_value(new);
        });
    });
    on_cleanup(move || _ = line.try_set_value(None));
}

/// Whether the page is before the reader's eyes.
pub fn page_is_visible() -> ReadSignal<bool> {
    let now = || document().visibility_state() != VisibilityState::Hidden;
    let (is_visible, set) = signal(now());
    let changed =
        leptos::leptos_dom::helpers::window_event_listener_untyped("visibilitychange", move |_| set.set(now()));
    on_cleanup(move || changed.remove());
    is_visible
}

type Heard = Rc<dyn Fn(Comment, Option<u64>)>;

/// A line to the endpoint; dropping it hangs up.
struct Line(Rc<State>);

struct State {
    thread: Thread,
    moment: StoredValue<Option<String>>,
    heard: Heard,
    /// Its listeners hold the state in turn: hanging up takes it away.
    source: RefCell<Option<Source>>,
    is_closed: Cell<bool>,
    failures: Cell<u32>,
    answers: Cell<u32>,
    timer: Cell<Option<TimeoutHandle>>,
}

/// An event source and its listeners.
struct Source {
    source: EventSource,
    _changed: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut()>,
}

impl Line {
    fn open(thread: Thread, moment: StoredValue<Option<String>>, heard: Heard) -> Self {
        let state = Rc::new(State {
            thread,
            moment,
            heard,
            source: RefCell::new(None),
            is_closed: Cell::new(false),
            failures: Cell::new(0),
            answers: Cell::new(0),
            timer: Cell::new(None),
        });
        state.clone().listen();
        Self(state)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.is_closed.set(true);
        if let Some(timer) = self.0.timer.take() {
            timer.clear();
        }
        drop(self.0.source.take());
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.source.close();
        REOPENED.with(|reopened| self.source.set_onerror(Some(reopened.as_ref().unchecked_ref())));
    }
}

thread_local! {
    /// WebKit opens a source again that was closed while its page was put aside, once the reader is back on the page: an error
    /// comes first.
    static REOPENED: Closure<dyn Fn(Event)> = Closure::new(|event: Event| {
        if let Some(source) = event.target().and_then(|target| target.dyn_into::<EventSource>().ok()) {
            source.close();
        }
    });
}

impl Source {
    fn open(state: &Rc<State>, since: &str) -> Option<Self> {
        let conversation = state.thread.conversation();
        let address = conversation.engine().stream(&conversation.scope().thread, since);
        let source = EventSource::new(&address).ok()?;
        let changed = Closure::<dyn FnMut(MessageEvent)>::new({
            let state = state.clone();
            move |event: MessageEvent| state.hear(&event)
        });
        let failed = Closure::<dyn FnMut()>::new({
            let (state, source) = (state.clone(), source.clone());
            move || state.clone().fail(&source)
        });
        source.add_event_listener_with_callback(CHANGE_EVENT, changed.as_ref().unchecked_ref()).ok()?;
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Some(Self { source, _changed: changed, _failed: failed })
    }
}

impl State {
    /// Has the endpoint tell what happens; where it does not, it is asked.
    fn listen(self: Rc<Self>) {
        let source = self.moment.get_value().and_then(|since| Source::open(&self, &since));
        let is_open = source.is_some();
        self.source.replace(source);
        if !is_open {
            self.poll_later();
        }
    }

    fn hear(&self, event: &MessageEvent) {
        if self.is_closed.get() {
            return;
        }
        self.failures.set(0);
        let id = event.last_event_id();
        if !id.is_empty() {
            self.moment.try_set_value(Some(id));
        }
        let data = event.data().as_string().unwrap_or_default();
        // One that cannot be read is passed over: the comment comes with the next page.
        if let Some((comment, total)) = self.thread.conversation().engine().event(&data) {
            (self.heard)(comment, Some(total));
        }
    }

    /// The browser connects again by itself, unless the endpoint refused; after some failures it is asked instead.
    fn fail(self: Rc<Self>, source: &EventSource) {
        if self.is_closed.get() {
            return;
        }
        self.failures.set(self.failures.get() + 1);
        if source.ready_state() == EventSource::CLOSED || self.failures.get() >= FAILURES {
            source.close();
            self.poll_later();
        }
    }

    fn poll_later(self: Rc<Self>) {
        let state = self.clone();
        let timer = set_timeout_with_handle(move || state.poll(), POLL).ok();
        if let Some(former) = self.timer.replace(timer) {
            former.clear();
        }
    }

    fn poll(self: Rc<Self>) {
        if self.is_closed.get() {
            return;
        }
        let conversation = self.thread.conversation();
        conversation.spawn(async move {
            let (engine, name) = (conversation.engine(), conversation.scope().thread);
            let more = match self.moment.get_value() {
                Some(since) => match engine.changes(&name, &since).await {
                    Ok(changes) if !self.is_closed.get() => {
                        self.answers.set(self.answers.get() + 1);
                        self.moment.set_value(changes.live);
                        for comment in changes.comments {
                            (self.heard)(comment, Some(changes.total));
                        }
                        changes.more
                    }
                    _ => {
                        self.answers.set(0);
                        false
                    }
                },
                // An endpoint without changes: its first page has what is new.
                None => {
                    if let Ok(page) = engine.page(&name, Sort::Newest, &Part::First).await
                        && !self.is_closed.get()
                    {
                        for comment in page.comments.into_iter().rev() {
                            (self.heard)(comment, Some(page.total));
                        }
                    }
                    false
                }
            };
            if self.is_closed.get() {
                return;
            }
            if self.answers.get() >= ANSWERS {
                self.answers.set(0);
                self.failures.set(0);
                self.listen();
            } else if more {
                self.poll();
            } else {
                self.poll_later();
            }
        });
    }
}
