//! Browsers that are started, and lent to one test after the other: a start takes longer than most of a test. Each test has a tab of
//! its own, of a site that no test before had (`crate::http` gives no port twice).

use std::ops::Deref;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

use fantoccini::Client;
use fantoccini::error::CmdError;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::console;
use crate::driver::{Driver, Output, Reader};
use crate::engine::Engine;
use crate::firefox;
use crate::scratch;

/// Where connections to drivers live: a test's own runtime ends with it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime can be started")
});

/// Those that no test has now. They end with the process (`crate::child`).
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// A browser, and the session with it.
#[derive(Debug)]
struct Session {
    reader: Reader,
    client: Client,
    // The processes end before their folder goes.
    driver: Driver,
    _folder: TempDir,
}

impl Session {
    async fn start(reader: Reader) -> Self {
        let folder = scratch::folder();
        let driver = Driver::start(reader, folder.path()).await;
        let asked = RUNTIME.spawn(driver.open());
        let client = asked.await.expect("the connection is made");
        if Engine::current() == Engine::Firefox {
            firefox::listen(&client).await;
        }
        Self { reader, client, driver, _folder: folder }
    }

    /// Closes what the test before had open, and with it all that it had set.
    async fn clear(&self) -> Result<(), CmdError> {
        let former = self.client.windows().await?;
        let tab = self.client.new_window(true).await?.handle;
        for window in former {
            self.client.switch_to_window(window).await?;
            self.client.close_window().await?;
        }
        self.client.switch_to_window(tab).await?;
        match Engine::current() {
            // The driver gives each line once.
            Engine::Chromium => _ = self.client.issue_cmd(console::chromedrivers()).await?,
            Engine::Firefox => {
                firefox::forget(&self.client).await;
                firefox::written(&self.client, &self.driver.output).await;
                self.driver.output.clear();
            }
            Engine::WebKit => unreachable!("none of it is lent twice"),
        }
        Ok(())
    }
}

/// A browser that a test has; dropping this gives it back.
#[derive(Debug)]
pub(crate) struct Lent {
    session: Option<Session>,
    /// Nobody else had it or gets it.
    alone: bool,
}

impl Lent {
    /// A browser of this reader, who was never here.
    pub(crate) async fn to(reader: Reader) -> Self {
        let idle = || {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            let at = idle.iter().position(|session| session.reader == reader)?;
            Some(idle.swap_remove(at))
        };
        // One that cannot be cleared ends here.
        while let Some(session) = idle() {
            if session.clear().await.is_ok() {
                return Self { session: Some(session), alone: false };
            }
        }
        Self { session: Some(Session::start(reader).await), alone: false }
    }

    /// A browser that was never used, and ends when this is dropped: not all that a browser has compiled and cached can be
    /// taken from it.
    pub(crate) async fn alone(reader: Reader) -> Self {
        Self { session: Some(Session::start(reader).await), alone: true }
    }

    pub(crate) fn output(&self) -> &Output {
        &self.session().driver.output
    }

    fn session(&self) -> &Session {
        self.session.as_ref().expect("it is there until it is dropped")
    }
}

impl Deref for Lent {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.session().client
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // What a failed test has left behind is not known. WebKit's MiniBrowser is fast to start, and not sure of itself in a
        // second tab.
        let can_go_on = !self.alone && !thread::panicking() && Engine::current() != Engine::WebKit;
        if let Some(session) = self.session.take().filter(|_| can_go_on) {
            // A page that nobody looks at any more would go on moving. Where it does not go, clearing will tell.
            let client = session.client.clone();
            RUNTIME.spawn(async move { _ = client.goto("about:blank").await });
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        }
    }
}
