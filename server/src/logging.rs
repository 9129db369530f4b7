//! Structured logs on standard error, as text or as JSON lines.

use std::io::stderr;

use clap::ValueEnum;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Sends events that `filter` lets through to standard error, and panics too.
///
/// A panic is logged by its place alone: the message may quote what a reader wrote (slicing a string does).
pub fn init(format: LogFormat, filter: Targets) {
    let layer = tracing_subscriber::fmt::layer().with_writer(stderr);
    let layer = match format {
        LogFormat::Text => layer.with_ansi(false).boxed(),
        LogFormat::Json => layer.json().flatten_event(true).boxed(),
    };
    // Only a second call can fail, and then the first one's subscriber stands.
    let _already_set = tracing_subscriber::registry().with(layer.with_filter(filter)).try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a task panicked");
    }));
}
