//! The browser engine that this run of the tests is about.

use std::env;
use std::fmt;

/// A browser engine; each is met in one browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink, in Chromium: what Chrome, Edge, Opera and Android's web views are made of.
    Chromium,
    /// Gecko, in Firefox.
    Firefox,
    /// WebKit, in WebKitGTK's MiniBrowser: what Safari and all browsers of iOS are made of.
    WebKit,
}

impl Engine {
    /// What `MAQAL_E2E_ENGINE` names; Chromium where it names none.
    #[must_use]
    pub fn current() -> Self {
        match env::var("MAQAL_E2E_ENGINE").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("MAQAL_E2E_ENGINE is {other}: it is chromium, firefox or webkit"),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}
