//! A lock of one comment among the tabs of a browser: Web Locks (<https://w3c.github.io/web-locks/>).
//!
//! Browsers have them in secure contexts only, and may refuse them (a sandboxed frame). Then nobody is locked out, and the
//! idempotency key alone sees to it that no comment is there twice.

use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::set_timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// How long a lock outlasts what was changed under it: a change of the storage reaches a tab of another process after a
/// moment, and the lock must not be faster.
const LINGER: Duration = Duration::from_millis(250);

#[wasm_bindgen]
extern "C" {
    /// `LockManager`, which web-sys has among its unstable interfaces only.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &Object, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// A lock that this tab holds until it is dropped.
#[must_use = "dropping it lets the others in"]
pub struct Lock(Option<Function>);

impl Lock {
    /// Lets the others in a moment later, once they can see what was changed.
    pub fn linger(self) {
        if self.0.is_some() {
            set_timeout(move || drop(self), LINGER);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            // Settling a promise throws nothing.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// The lock `name`, asked for now; `None` where another tab, or another card, has it.
pub fn claim(name: &str) -> impl Future<Output = Option<Lock>> + use<> {
    request(name, true)
}

/// The lock `name`, once whoever has it has ended or died.
pub async fn wait(name: &str) -> Lock {
    request(name, false).await.unwrap_or(Lock(None))
}

fn request(name: &str, only_if_free: bool) -> impl Future<Output = Option<Lock>> + use<> {
    // Heard from now on: nobody else is to hear that a browser refuses.
    let asked = ask(name, only_if_free).map(|(answer, lock)| (JsFuture::from(answer), lock));
    async move {
        let Some((answer, lock)) = asked else { return Some(Lock(None)) };
        match answer.await {
            Ok(answer) if answer.is_null() => None,
            Ok(_) => Some(lock),
            Err(_) => Some(Lock(None)),
        }
    }
}

/// Asks the browser: a promise of the lock or of nothing, and what lets it go; `None` where it gives none.
fn ask(name: &str, only_if_free: bool) -> Option<(Promise, Lock)> {
    let locks = manager()?;
    let options = Object::new();
    // A fresh object takes every property.
    let _ = Reflect::set(&options, &"ifAvailable".into(), &only_if_free.into());
    let (held, release) = deferred();
    let (answered, answer) = deferred();
    // Runs once, or never, where the browser refuses: that is all there is to leak.
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let _ = answer.call1(&JsValue::NULL, &lock);
        if lock.is_null() { JsValue::UNDEFINED } else { held.into() }
    });
    let ended = locks.request(name, &options, &granted).ok()?;
    Some((Promise::race(&Array::of2(&answered, &ended)), Lock(Some(release))))
}

fn manager() -> Option<Locks> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    Reflect::get(&locks, &"request".into()).is_ok_and(|request| request.is_function()).then(|| locks.unchecked_into())
}

/// A promise, and the function that settles it.
fn deferred() -> (Promise, Function) {
    // Not `Function::default()`: that is `new Function()`, which content policies take for `eval`.
    let mut resolve = None;
    // The executor runs at once (ECMA-262, section 27.2.3.1).
    let promise = Promise::new(&mut |settle, _| resolve = Some(settle));
    (promise, resolve.unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into()))
}
