//! A card in a frame: a page whose policy forbids WebAssembly, and the way into the frame and out of it.

use crate::browser::Browser;
use crate::card::Card;
use crate::stage::Stage;

/// The card inside the frame: within it the element has the same name as outside.
pub const INSIDE: &str = "maqal-card";

/// The policy of the tests: scripts of the widget's origin, and no WebAssembly.
#[must_use]
pub fn policy(stage: &Stage) -> String {
    format!("script-src {} 'unsafe-inline'", stage.cdn.origin())
}

/// Puts a page at `path` with this `policy` and `body` in it.
pub fn put_page(stage: &Stage, path: &str, policy: &str, body: &str) {
    let headers = [("content-security-policy", policy)];
    stage.host.put_with(path, 200, "text/html; charset=utf-8", &headers, stage.html("", body));
}

/// Waits until the card that `selector` finds stands in its frame, goes in, and gives the card there.
pub async fn enter<'a>(browser: &'a Browser, selector: &str) -> Card<'a> {
    let frame = format!("document.querySelector({selector:?})?.shadowRoot?.querySelector('iframe.stands')");
    browser.until("the card stands in a frame", &format!("return Boolean({frame})")).await;
    let found = browser.element(&format!("return {frame}"), Vec::new()).await;
    browser.enter(found.expect("the frame was there")).await;
    browser.card(INSIDE)
}

/// Goes back to the page.
pub async fn leave(browser: &Browser) {
    browser.leave().await;
}
