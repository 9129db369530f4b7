//! Starts an engine's WebDriver server, and says how a session on it is asked for.

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::ConnectionExt;

use crate::child::Child;
use crate::engine::Engine;
use crate::environment;
use crate::firefox_profile;

/// How a Chromium of the tests is started. Without a display, without its own chatter with its maker, and without the
/// sandbox that root cannot have.
const SWITCHES: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=ar",
];

/// The reader whose browser it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The size of text where no page says otherwise, in CSS pixels.
    pub text: u32,
    /// The time zone of the device, by its name in the IANA database; without it the machine's.
    pub timezone: Option<&'static str>,
    /// What pages may keep on the device.
    pub storage: Storage,
}

/// What a browser lets pages keep (cookies and what comes with them). WebKit's driver can set none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// What the browser lets them by itself.
    Allowed,
    /// Nothing.
    Denied,
    /// Nothing to pages in a frame of another site's page.
    ThirdPartiesDenied,
}

impl Storage {
    /// Chromium's preferences: its setting for each site, 2 is «block», and what it does with third parties.
    fn in_chromium(self) -> Value {
        match self {
            Self::Allowed => json!({}),
            Self::Denied => json!({ "profile.default_content_setting_values.cookies": 2 }),
            Self::ThirdPartiesDenied => {
                json!({ "profile.cookie_controls_mode": 1, "profile.block_third_party_cookies": true })
            }
        }
    }

    /// Firefox's `network.cookie.cookieBehavior`: 5 is its own default, 2 denies all pages, 1 third parties.
    fn in_firefox(self) -> u8 {
        match self {
            Self::Allowed => 5,
            Self::Denied => 2,
            Self::ThirdPartiesDenied => 1,
        }
    }
}

/// A reader who has changed nothing.
pub const USUAL: Reader = Reader { text: 16, timezone: None, storage: Storage::Allowed };

/// A driver that listens; dropping it ends it with every browser of it.
#[derive(Debug)]
pub struct Driver {
    /// Where it listens on this machine.
    port: u16,
    /// What to ask for in a new session.
    capabilities: Capabilities,
    /// What it and its browser have written to standard output.
    pub output: Output,
    // The driver before what it is shown on.
    _processes: Vec<Child>,
}

/// Lines that a process writes, as they come.
#[derive(Clone, Debug, Default)]
pub struct Output(Arc<Mutex<Vec<String>>>);

impl Output {
    /// The lines so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets them.
    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn push(&self, line: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned());
    }
}

impl Driver {
    /// Starts the driver of the current engine, with what it writes in `folder`.
    pub async fn start(reader: Reader, folder: &Path) -> Self {
        match Engine::current() {
            Engine::Chromium => chromium(reader, folder).await,
            Engine::Firefox => firefox(reader, folder).await,
            Engine::WebKit => webkit(reader, folder).await,
        }
    }

    /// Opens a browser. The connection to it lives as long as the runtime that this is awaited on.
    pub fn open(&self) -> impl Future<Output = Client> + Send + use<> {
        let (capabilities, address) = (self.capabilities.clone(), format!("http://127.0.0.1:{}", self.port));
        async move {
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities)
                .connect(&address)
                .await
                .unwrap_or_else(|error| panic!("{} does not start: {error}", Engine::current()))
        }
    }
}

async fn chromium(reader: Reader, folder: &Path) -> Driver {
    let command = [environment::chromedriver().into(), "--port=0".into()];
    let (child, port, output) = listening(reader, &command, folder, "started successfully on port ").await;
    let mut profile = OsString::from("--user-data-dir=");
    profile.push(folder.join("profile"));
    let mut switches: Vec<String> = SWITCHES.map(str::to_owned).into();
    switches.push(profile.to_string_lossy().into_owned());
    let mut preferences = object(reader.storage.in_chromium());
    preferences.insert("webkit.webprefs.default_font_size".to_owned(), json!(reader.text));
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": environment::chromium(),
            "args": switches,
            "prefs": preferences,
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    Driver { port, capabilities: object(capabilities), output, _processes: vec![child] }
}

async fn firefox(reader: Reader, folder: &Path) -> Driver {
    let profile = folder.join("profile");
    firefox_profile::copy_to(&profile).await;
    firefox_on(&profile, reader, folder).await
}

/// Starts Firefox's driver for one browser, whose profile is in the folder `profile`.
pub(crate) async fn firefox_on(profile: &Path, reader: Reader, folder: &Path) -> Driver {
    // With access to the browser's own scripts, which can do what WebDriver has no command for (`crate::firefox`).
    let mut command: Vec<OsString> = vec![environment::geckodriver().into()];
    command.extend(["--port=0", "--allow-system-access"].map(OsString::from));
    let (child, port, output) = listening(reader, &command, folder, "Listening on 127.0.0.1:").await;
    let capabilities = json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": environment::firefox(),
            "args": ["-headless", "-profile", profile],
            "prefs": {
                "intl.accept_languages": "ar",
                "font.size.variable.ar": reader.text,
                "font.size.variable.x-western": reader.text,
                "network.cookie.cookieBehavior": reader.storage.in_firefox(),
                // As Chromium's `--hide-scrollbars`: they take no room.
                "widget.gtk.overlay-scrollbars.enabled": true,
                "ui.useOverlayScrollbars": 1,
                // What scripts say on the console goes to standard output too, and the browser's own chatter nowhere.
                "devtools.console.stdout.content": true,
                "services.settings.server": "data:,#remote-settings-dummy/v1",
                "messaging-system.rsexperimentloader.enabled": false,
                "browser.chrome.site_icons": false,
                "browser.backup.enabled": false,
                "app.normandy.enabled": false,
                "app.shield.optoutstudies.enabled": false,
                "nimbus.rollouts.enabled": false,
                "browser.search.update": false,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                // Processes for pages that no test opens, and for extensions, take a second of each start.
                "browser.newtab.preload": false,
                "browser.newtabpage.enabled": false,
                "browser.startup.page": 0,
                "dom.ipc.processPrelaunch.enabled": false,
                "extensions.webextensions.remote": false,
            },
        },
    });
    Driver { port, capabilities: object(capabilities), output, _processes: vec![child] }
}

async fn webkit(reader: Reader, folder: &Path) -> Driver {
    // An X server for each browser: the focus is the window's, and there is one for each server.
    let xvfb = environment::xvfb();
    let arguments =
        ["-displayfd", "1", "-screen", "0", "1600x2200x24", "-noreset", "-nolisten", "tcp"].map(AsRef::as_ref);
    let number = |line: &str| line.trim().parse::<u32>().ok();
    let started = Child::start(&xvfb, &arguments, &folder.join("xvfb.log"), number).await;
    let (screen, display) = started.unwrap_or_else(|why| panic!("{why}"));
    focus_at_origin(display).unwrap_or_else(|error| panic!("the X server does not take the pointer: {error}"));
    let port = free_port();
    let command: [OsString; 8] = [
        "env".into(),
        format!("DISPLAY=:{display}").into(),
        "WEBKIT_DISABLE_COMPOSITING_MODE=1".into(),
        "LANGUAGE=ar".into(),
        // It says nothing when it listens.
        "sh".into(),
        "-c".into(),
        format!("echo 'started on {port}'; exec \"$0\" --port={port}").into(),
        environment::webkitdriver().into(),
    ];
    let (child, port, output) = listening(reader, &command, folder, "started on ").await;
    crate::wait::until("WebKit's driver listens", || async {
        TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(())
    })
    .await;
    let capabilities = json!({
        "webkitgtk:browserOptions": {
            "binary": environment::minibrowser(),
            // On the full screen it has no bars, whose buttons would keep its window wide.
            "args": ["--automation", "--full-screen"],
        },
    });
    Driver { port, capabilities: object(capabilities), output, _processes: vec![child, screen] }
}

/// Without a window manager the window under the pointer has the focus: the pointer is put where each window is, however
/// small.
fn focus_at_origin(display: u32) -> Result<(), Box<dyn std::error::Error>> {
    let (server, screen) = x11rb::connect(Some(&format!(":{display}")))?;
    let root = server.setup().roots.get(screen).ok_or("it has no screen")?.root;
    server.warp_pointer(x11rb::NONE, root, 0, 0, 0, 0, 0, 0)?.check()?;
    Ok(())
}

/// Starts a driver, which says its port after `mark`; where another program took that first, once more.
async fn listening(reader: Reader, command: &[OsString], folder: &Path, mark: &'static str) -> (Child, u16, Output) {
    // Browsers that are killed leave what they have in the folder for temporary files.
    let mut temporary = OsString::from("TMPDIR=");
    temporary.push(folder);
    let mut arguments = vec![temporary];
    arguments.extend(reader.timezone.map(|zone| format!("TZ={zone}").into()));
    arguments.extend_from_slice(command);
    let arguments: Vec<_> = arguments.iter().map(AsRef::as_ref).collect();
    let mut refusal = String::new();
    for _ in 0..5 {
        let output = Output::default();
        let lines = output.clone();
        let ready = move |line: &str| {
            lines.push(line);
            let port = line.split_once(mark)?.1.trim_end_matches('.');
            port.parse::<u16>().ok()
        };
        match Child::start(Path::new("env"), &arguments, &folder.join("driver.log"), ready).await {
            Ok((child, port)) => return (child, port, output),
            Err(why) => refusal = why,
        }
    }
    panic!("{refusal}");
}

/// A port that nobody listens on now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a bound listener has an address").port()
}

fn object(value: Value) -> Capabilities {
    let Value::Object(object) = value else { unreachable!("capabilities are written as an object") };
    object
}
