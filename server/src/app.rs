//! The router, and the layers that every request passes.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, patch, post, put};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

use crate::config::{Config, Limits};
use crate::cors::{self, Origins};
use crate::identity::{self, Verifier};
use crate::rate_limit::{self, RateLimit};
use crate::routes::{comments, fallback, health, openapi};
use crate::state::App;
use crate::{access_log, body, limits, problem};

/// The whole endpoint.
pub fn router(app: App, config: &Config) -> Router {
    let origins = config.allow_origins.iter().cloned().collect();
    guard(routes(app, config), origins, &config.limits)
}

/// The addresses, each with the limit of those methods that change something, and with the readers' identities where
/// they matter: what everybody may read, an identity that has expired does not bar.
fn routes(app: App, config: &Config) -> Router {
    let known = from_fn_with_state(Verifier::new(&config.identities), identity::read);
    let comments = from_fn_with_state(RateLimit::of_comments(&config.limits), rate_limit::check);
    let light = from_fn_with_state(RateLimit::of_light_requests(&config.limits), rate_limit::check);
    let at = |rest: &str| format!("{}{rest}", comments::PATH);
    // A layer holds for the methods that stand before it; the one that was added last comes first.
    let all = post(comments::post).route_layer(known.clone()).route_layer(comments.clone()).get(comments::list);
    let one = patch(comments::edit).delete(comments::delete).route_layer(comments.clone());
    let one = one.get(comments::one).route_layer(known.clone());
    let like = put(comments::like).delete(comments::unlike).route_layer(known.clone()).route_layer(light.clone());
    let report = post(comments::report).route_layer(known).route_layer(comments);
    Router::new()
        .route(comments::PATH, all.clone())
        // An embedder's `endpoint` may well end in a slash; a redirect would fail in the preflight.
        .route(&at("/"), all)
        .route(&at("/{id}"), one)
        .route(&at("/{id}/like"), like)
        .route(&at("/{id}/reports"), report)
        .route(&at("/preview"), post(comments::preview).route_layer(light))
        .route(&at("/count"), get(comments::count))
        .route(&at("/changes"), get(comments::changes))
        .route(&at("/stream"), get(comments::stream))
        .route("/openapi.json", get(openapi::document))
        .route("/health", get(health::check))
        .with_state(app)
}

/// Puts the layers around `routes`; each answer of theirs is problem details and passes the outer ones too, so that a
/// page can read it and the log shows it.
pub fn guard(routes: Router, origins: Origins, limits: &Limits) -> Router {
    let cors = origins.layer();
    let places = Arc::new(Semaphore::new(limits.max_requests as usize));
    // A router applies first the layer that was added last.
    routes
        .fallback(fallback::not_found)
        .method_not_allowed_fallback(fallback::method_not_allowed)
        .layer(from_fn_with_state(origins, cors::refuse_foreign))
        .layer(from_fn_with_state(limits.max_request_bytes as usize, body::buffer))
        .layer(from_fn_with_state(limits.request_timeout(), limits::timeout))
        .layer(from_fn_with_state(places, limits::shed))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(cors)
        .layer(from_fn(access_log::record))
}
