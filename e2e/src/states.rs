//! The page of states (`demo/states.html`): each state of the card, without any server but that of the files.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::card::Card;
use crate::cdn::Cdn;
use crate::driver::{Reader, USUAL as USUAL_READER};

/// How a state is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// `light`, `dark` or `sepia`.
    pub theme: &'static str,
    /// The card's language.
    pub lang: &'static str,
}

/// Arabic, light.
pub const USUAL: Shown = Shown { theme: "light", lang: "ar" };

/// The page of states.
#[derive(Debug)]
pub struct States {
    cdn: Cdn,
}

impl States {
    /// Serves the page.
    pub async fn start() -> Self {
        Self { cdn: Cdn::start().await }
    }

    /// A reader, whose clock is set as in the place that the states are about.
    pub async fn reader(&self) -> Browser {
        Browser::start_as(Reader { timezone: Some("Africa/Casablanca"), ..USUAL_READER }).await
    }

    /// The address of the page of all states.
    #[must_use]
    pub fn url(&self) -> String {
        [&self.cdn.origin(), "/demo/states.html"].concat()
    }

    /// The name of every state, in the page's order.
    pub async fn names(&self, browser: &Browser) -> Vec<String> {
        browser.open(&[&self.url(), "?state=closed"].concat()).await;
        let names = browser.until("the page of states knows them", "return window.states?.names").await;
        names.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect()
    }

    /// Opens the state `name` alone on the page, and waits until it stands.
    pub async fn open<'a>(&self, browser: &'a Browser, name: &str, shown: Shown) -> Card<'a> {
        let Shown { theme, lang } = shown;
        browser.open(&format!("{}?state={name}&theme={theme}&lang={lang}&framed", self.url())).await;
        // Resolves at once where it stands already.
        let script =
            "window.states?.ready.then(() => { window.stands = true; }, (error) => { window.broken = String(error); });
            if (window.broken) throw new Error(window.broken);
            return window.stands";
        browser.until(&format!("the state `{name}` stands"), script).await;
        browser.card("maqal-card")
    }

    /// Shows what is open in another theme.
    pub async fn dress(&self, browser: &Browser, theme: &str) {
        browser.run("window.states.dress({ theme: arguments[0] })", vec![json!(theme)]).await;
        let settled = "const root = document.querySelector('maqal-card').shadowRoot;
            const ends = (animation) => animation.effect.getComputedTiming().iterations !== Infinity;
            return !root.getAnimations().some((animation) => ends(animation) && animation.playState !== 'finished')";
        browser.painted().await;
        browser.until("the theme has been taken on", settled).await;
    }
}

/// Where `value` is a list of texts, these.
#[must_use]
pub fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}
