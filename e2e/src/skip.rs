//! Steps that an engine's driver cannot do: the test leaves the step out or ends there, and either is counted by name.
//!
//! `needs!(Step::…)` ends the test, `if can(Step::…) { … }` leaves out what depends on the step and goes on.
//! `cargo xtask test` prints how often each step was left out, and where.

use std::fmt;
use std::fs::OpenOptions;
use std::io::Write;
use std::thread;

use crate::engine::Engine::{self, Chromium, Firefox, WebKit};
use crate::environment;

/// A step that not every driver can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading the accessibility tree as the engine hands it out. Those that are kept are Chromium's.
    AccessibilityTree,
    /// Hearing what the browser itself says on the console, not a script: a refused file, a blocked request.
    BrowsersConsole,
    /// Denying pages what they keep on the device.
    DeniedStorage,
    /// Emptying the HTTP cache.
    EmptyCache,
    /// Setting what the reader's system prefers (`prefers-color-scheme`, `prefers-reduced-motion`).
    Preferences,
    /// Setting that the system wants more contrast.
    Contrast,
    /// Setting that the system has colours of its own (`forced-colors`).
    ForcedColors,
    /// Keeping what servers let a browser keep: WebKit's sessions under automation keep nothing.
    HttpCache,
    /// Collecting the garbage.
    Garbage,
    /// Being told by the engine what moves on the page while it loads (`LayoutShift`).
    LayoutShifts,
    /// A window narrower than WebKitGTK's least.
    NarrowWindow,
    /// Searching the page as the reader's own search does (`window.find`): WebKit's sees nothing that is folded.
    Find,
    /// Taking the network away.
    Offline,
    /// A picture that equals the one that is kept to the pixel. Those that are kept are Chromium's.
    Pictures,
    /// Showing the page as a printer does.
    Print,
    /// Speaking to the page while its built-ins are broken, which the drivers' own scripts need.
    BrokenBuiltIns,
    /// The reader's own size of text.
    TextSize,
}

impl Step {
    /// The engines whose drivers can do it.
    const fn engines(self) -> &'static [Engine] {
        match self {
            Self::AccessibilityTree | Self::Contrast | Self::LayoutShifts | Self::Pictures | Self::BrokenBuiltIns => {
                &[Chromium]
            }
            Self::BrowsersConsole
            | Self::DeniedStorage
            | Self::EmptyCache
            | Self::Find
            | Self::HttpCache
            | Self::Preferences
            | Self::ForcedColors
            | Self::Garbage
            | Self::NarrowWindow
            | Self::Offline
            | Self::Print
            | Self::TextSize => &[Chromium, Firefox],
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AccessibilityTree => "reading the accessibility tree",
            Self::BrowsersConsole => "hearing what the browser itself says on the console",
            Self::DeniedStorage => "denying pages what they keep on the device",
            Self::EmptyCache => "emptying the HTTP cache",
            Self::Find => "searching the page for what is folded",
            Self::Preferences => "setting what the system prefers (colour scheme, motion)",
            Self::Contrast => "setting that the system wants more contrast",
            Self::ForcedColors => "setting that the system has colours of its own",
            Self::Garbage => "collecting the garbage",
            Self::HttpCache => "keeping what servers let a browser keep",
            Self::LayoutShifts => "being told what moves while the page loads",
            Self::NarrowWindow => "a window narrower than 334 pixels",
            Self::Offline => "taking the network away",
            Self::Pictures => "comparing pictures to the pixel",
            Self::Print => "showing the page as a printer does",
            Self::BrokenBuiltIns => "speaking to a page whose built-ins are broken",
            Self::TextSize => "setting the reader's own size of text",
        })
    }
}

/// Whether the engine's driver can do `step`; where it cannot, that is noted.
#[must_use]
pub fn can(step: Step) -> bool {
    let engine = Engine::current();
    // WebKit can do none of them.
    debug_assert!(!step.engines().contains(&WebKit), "a step that each driver can do is no step of this list");
    let can = step.engines().contains(&engine);
    if !can {
        note(step);
    }
    can
}

/// Ends the test here where the engine's driver cannot do the step, and notes that.
#[macro_export]
macro_rules! needs {
    ($step:expr) => {
        if !$crate::skip::can($step) {
            return;
        }
    };
}

fn note(step: Step) {
    // The test runner names a test's thread after the test.
    let thread = thread::current();
    let test = thread.name().unwrap_or("a test");
    println!("left out: {step}");
    if let Some(path) = environment::skipped() {
        let mut file =
            OpenOptions::new().create(true).append(true).open(path).expect("the list of skips can be opened");
        // One write for each line: test binaries may run beside each other.
        file.write_all(format!("{step}\t{test}\n").as_bytes()).expect("the list of skips can be written");
    }
}
