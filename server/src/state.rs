//! What every handler may ask for: the comments, and the operator's rules for them.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;

use crate::config::{Config, ModeratorToken};
use crate::store::Store;
use crate::streams::Streams;

/// The router's state.
#[derive(Clone)]
pub struct App {
    /// The comments.
    pub store: Store,
    /// The rules.
    pub rules: Arc<Rules>,
    /// Who listens.
    pub streams: Streams,
}

/// The operator's rules.
#[derive(Clone, Debug)]
pub struct Rules {
    /// How long an author may change a comment, counted from when it was stored; zero for never.
    pub edit_window: Duration,
    /// Whether a new comment waits for a moderator.
    pub moderate: bool,
    /// Whether only readers whom the host page knows may add comments.
    pub require_identity: bool,
    /// What makes a request a moderator's.
    pub moderator: Option<ModeratorToken>,
}

impl App {
    /// The state of an endpoint that is configured so.
    #[must_use]
    pub fn new(store: Store, config: &Config) -> Self {
        let rules = Rules {
            edit_window: config.edit_window(),
            moderate: config.moderate,
            require_identity: config.identities.require_identity,
            moderator: config.moderator_token.clone(),
        };
        Self { store, rules: Arc::new(rules), streams: Streams::new(&config.limits) }
    }
}

impl FromRef<App> for Store {
    fn from_ref(app: &App) -> Self {
        app.store.clone()
    }
}

impl FromRef<App> for Streams {
    fn from_ref(app: &App) -> Self {
        app.streams.clone()
    }
}

impl FromRef<App> for Arc<Rules> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.rules)
    }
}
