//! What a request may wait for: a time, or the network's return. Dropping the wait ends its timer or its listener.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::{set_timeout_with_handle, window_event_listener_untyped};

/// A wait that has begun; it is over once `Bell` has rung.
#[must_use = "it ends when dropped"]
pub struct Pause {
    bell: Rc<Bell>,
    end: Option<Box<dyn FnOnce()>>,
}

#[derive(Default)]
struct Bell {
    rung: Cell<bool>,
    waker: Cell<Option<Waker>>,
}

impl Bell {
    fn ring(&self) {
        self.rung.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// Waits for `duration`, an hour at most in practice: browsers count in 31 bits of milliseconds.
pub fn sleep(duration: Duration) -> Pause {
    let bell = Rc::new(Bell::default());
    let ringing = bell.clone();
    let timer = set_timeout_with_handle(move || ringing.ring(), duration).ok();
    if timer.is_none() {
        bell.ring();
    }
    Pause { bell, end: timer.map(|timer| Box::new(move || timer.clear()) as Box<dyn FnOnce()>) }
}

/// Waits until the browser says that the network is back.
pub fn online() -> Pause {
    let bell = Rc::new(Bell::default());
    let ringing = bell.clone();
    let listener = window_event_listener_untyped("online", move |_| ringing.ring());
    Pause { bell, end: Some(Box::new(move || listener.remove())) }
}

impl Future for Pause {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.bell.rung.get() {
            return Poll::Ready(());
        }
        self.bell.waker.set(Some(context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end();
        }
    }
}
