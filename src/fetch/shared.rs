//! One request for several cards: whoever wants the same address while it is asked for waits for the same answer, and
//! whoever comes later gets it, as long as a card lives that holds it.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use web_sys::RequestCache;

use super::{Answer, Ask, Cause, Encoding, Undelivered, pause};

/// A longer wait than this is not sat out where a reader sees nothing meanwhile.
pub const LONGEST_SILENT_PAUSE: u32 = 10;

/// What a request comes to.
pub type Outcome = Result<Rc<Answer>, Undelivered>;

/// How old an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// As old as the server lets the HTTP cache keep it.
    Cached,
    /// Asked for anew: the server says whether what the HTTP cache has still holds (RFC 9111, section 4.3).
    Fresh,
}

thread_local! {
    static RESOURCES: RefCell<Vec<Weak<Resource>>> = const { RefCell::new(Vec::new()) };
}

/// A share in the document at an address. What was answered is kept as long as one share in it is.
#[derive(Clone)]
pub struct Lease(Rc<Resource>);

struct Resource {
    url: String,
    accept: &'static str,
    answer: RefCell<Option<Rc<Answer>>>,
    request: Cell<Option<Request>>,
    waiting: RefCell<Vec<Rc<Seat>>>,
    bell: Arc<Bell>,
}

/// What is on its way.
struct Request {
    future: Pin<Box<dyn Future<Output = Outcome>>>,
    age: Age,
}

/// Where the outcome is put for one who waits.
type Seat = Cell<Option<Outcome>>;

/// Wakes all who wait: any of them may be the one that goes on with the request.
#[derive(Default)]
struct Bell(Mutex<Vec<Waker>>);

impl Bell {
    fn wakers(&self) -> std::sync::MutexGuard<'_, Vec<Waker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let wakers = std::mem::take(&mut *self.wakers());
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Lease {
    /// A share in the document at `url`, whose fragment is of no account. Nothing is sent yet.
    #[must_use]
    pub fn new(url: &str, accept: &'static str) -> Self {
        let url = url.split('#').next().unwrap_or(url);
        RESOURCES.with_borrow_mut(|resources| {
            resources.retain(|resource| resource.strong_count() > 0);
            let known = resources.iter().filter_map(Weak::upgrade).find(|resource| resource.url == url);
            Self(known.unwrap_or_else(|| {
                let resource = Rc::new(Resource {
                    url: url.to_owned(),
                    accept,
                    answer: RefCell::default(),
                    request: Cell::default(),
                    waiting: RefCell::default(),
                    bell: Arc::default(),
                });
                resources.push(Rc::downgrade(&resource));
                resource
            }))
        })
    }

    /// The document: from those who have it, or by a request. A passing failure is tried once more before it is told.
    ///
    /// A fresh answer replaces what is on its way for others, who get it too; one that is on its way is fresh enough.
    /// Dropping the future of the last one who waits aborts the request.
    ///
    /// # Errors
    /// [`Undelivered`] where no answer came, or its status is not 2xx.
    pub async fn get(&self, age: Age) -> Outcome {
        if age == Age::Cached
            && let Some(answer) = &*self.0.answer.borrow()
        {
            return Ok(answer.clone());
        }
        let request = self.0.request.take().filter(|request| age == Age::Cached || request.age == Age::Fresh);
        self.0.request.set(Some(request.unwrap_or_else(|| self.0.ask(age))));
        Waiting::new(&self.0).await
    }
}

impl Resource {
    fn ask(&self, age: Age) -> Request {
        Request { future: Box::pin(ask_twice(self.url.clone(), self.accept, age)), age }
    }

    /// Goes on with the request. Nothing is borrowed meanwhile: whatever it calls may come back here.
    fn advance(&self) {
        let Some(mut request) = self.request.take() else { return };
        let waker = Waker::from(self.bell.clone());
        match request.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Pending => {
                let newer = self.request.take();
                self.request.set(newer.or(Some(request)));
            }
            Poll::Ready(outcome) => {
                if let Ok(answer) = &outcome {
                    self.answer.replace(Some(answer.clone()));
                }
                for seat in self.waiting.take() {
                    seat.set(Some(outcome.clone()));
                }
                waker.wake();
            }
        }
    }
}

/// One who waits.
struct Waiting {
    resource: Rc<Resource>,
    seat: Rc<Seat>,
}

impl Waiting {
    fn new(resource: &Rc<Resource>) -> Self {
        let seat = Rc::new(Seat::default());
        resource.waiting.borrow_mut().push(seat.clone());
        Self { resource: resource.clone(), seat }
    }
}

impl Future for Waiting {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        self.resource.bell.wakers().push(context.waker().clone());
        self.resource.advance();
        self.seat.take().map_or(Poll::Pending, Poll::Ready)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let nobody = {
            let mut waiting = self.resource.waiting.borrow_mut();
            waiting.retain(|seat| !Rc::ptr_eq(seat, &self.seat));
            waiting.is_empty()
        };
        if nobody {
            drop(self.resource.request.take());
        }
    }
}

async fn ask_twice(url: String, accept: &'static str, age: Age) -> Outcome {
    let cache = match age {
        Age::Cached => RequestCache::Default,
        Age::Fresh => RequestCache::NoCache,
    };
    let ask = |cache| {
        let may_be_handed = matches!(cache, RequestCache::Default);
        Ask { cache, may_be_handed, encoding: Encoding::Declared, ..Ask::get(&url, accept) }
    };
    let mut outcome = ask(cache).answer().await;
    if let Err(undelivered) = &outcome
        && let Some(wait) = silent_pause(undelivered, js_sys::Math::random())
    {
        pause::sleep(wait).await;
        // What is in the cache may be what failed.
        outcome = ask(RequestCache::NoCache).answer().await;
    }
    outcome.map(Rc::new)
}

/// How long to wait before asking once more, unseen by the reader; `None` where that is in vain, or takes too long.
/// `chance` is between 0 and 1: not all cards of all readers come back at the same moment.
fn silent_pause(undelivered: &Undelivered, chance: f64) -> Option<Duration> {
    let cause = &undelivered.failure.cause;
    if undelivered.blocked || !cause.is_passing() || matches!(cause, Cause::Offline | Cause::Garbage) {
        return None;
    }
    match cause.retry_after() {
        Some(seconds) => (seconds <= LONGEST_SILENT_PAUSE).then(|| Duration::from_secs(seconds.into())),
        None => Some(Duration::from_millis(750 + (chance * 500.0) as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::silent_pause;
    use crate::fetch::{Cause, Failure, Undelivered};
    use std::time::Duration;

    fn pause(cause: Cause, blocked: bool) -> Option<Duration> {
        silent_pause(&Undelivered { failure: Failure { cause, detail: String::new() }, blocked }, 0.5)
    }

    #[test]
    fn what_may_pass_is_asked_again_after_a_second_or_so() {
        for cause in [Cause::Unreachable, Cause::TimedOut, Cause::Gateway(502, None), Cause::Server(500)] {
            assert_eq!(pause(cause.clone(), false), Some(Duration::from_secs(1)), "{cause:?}");
        }
    }

    #[test]
    fn a_server_that_names_a_time_is_obeyed_unless_it_is_long() {
        assert_eq!(pause(Cause::Throttled(Some(4)), false), Some(Duration::from_secs(4)));
        assert_eq!(pause(Cause::Gateway(503, Some(10)), false), Some(Duration::from_secs(10)));
        assert_eq!(pause(Cause::Gateway(503, Some(11)), false), None);
    }

    #[test]
    fn what_will_not_pass_is_not_asked_again() {
        for cause in [Cause::Offline, Cause::NotFound(404), Cause::Forbidden(403), Cause::Refused(400, None)] {
            assert_eq!(pause(cause.clone(), false), None, "{cause:?}");
        }
        assert_eq!(pause(Cause::Unreachable, true), None, "what the browser refuses to send");
    }
}
