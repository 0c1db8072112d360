//! HTTP: routes, formats, tags and problems. The only module that names axum and tower.

mod answer;
mod catchment_parameters;
mod figures;
mod format;
mod keeping;
mod link;
mod link_reading;
mod link_words;
mod listening;
mod openapi;
mod outermost;
mod page;
mod parameters;
mod problem;
mod routes;
mod shapes;
mod state;
mod travel_parameters;
mod view_parameters;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;

pub use figures::figure;
pub use link::Link;
pub use listening::serve;
pub use openapi::openapi;
pub use problem::{Problem, ProblemCode, ProblemDetails};
pub use state::{Settings, State};

use keeping::Keeper;
use outermost::Outermost;

/// Shapes are the only bodies that are read: a hundred thousand corners fit, so that they can be refused by number.
const MOST_BODY_BYTES: usize = 4 << 20;

/// What a running server needs besides its state.
#[derive(Debug, Clone)]
pub struct Serving {
    /// Differs from start to start, so that request ids of two runs do not meet.
    pub seed: u64,
    /// Bytes of answers to keep.
    pub kept_bytes: u64,
}

/// The whole server as one service.
pub fn router(state: State, serving: &Serving) -> Router {
    // Links and the basemap stand in answers: other settings, other tags.
    let settings = format!("{} {}", state.base.href(""), state.basemap_style.as_deref().unwrap_or_default());
    let keeper = Keeper::new(state.store.version(), &settings, serving.kept_bytes);
    let origin = state.basemap_style.as_deref().and_then(basemap_origin);
    let own = Arc::new(Outermost::new(serving.seed, origin.as_deref()));
    let (interface, _) = routes::interface().split_for_parts();
    let not_found =
        |uri: axum::http::Uri| async move { Problem::new(ProblemCode::NotFound, format!("there is nothing at {}; /api lists what there is", uri.path())) };
    let wrong_method = || async {
        Problem::new(
            ProblemCode::MethodNotAllowed,
            "expected GET or HEAD: everything here is read-only; shapes too long for an address go to /api/catchments and /api/housing-growth with POST",
        )
    };
    let kept = interface
        .route("/api/openapi.json", axum::routing::get(openapi::document))
        .route("/api/{*rest}", axum::routing::any(not_found))
        .fallback_service(axum::routing::get(page::page).fallback(wrong_method))
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(keeper, keeping::keep));
    let (health, _) = routes::health().split_for_parts();
    kept.merge(health.method_not_allowed_fallback(wrong_method))
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(RequestBodyLimitLayer::new(MOST_BODY_BYTES))
        .layer(CatchPanicLayer::custom(outermost::after_a_panic))
        .layer(middleware::from_fn_with_state(own, outermost::outermost))
        .with_state(state)
}

/// Scheme, host and port of a basemap's address: what the content security policy names; none of an address with anything else before its path.
#[must_use]
pub fn basemap_origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || ".:-[]".contains(c));
    (["http", "https"].contains(&scheme) && plain(host)).then(|| format!("{scheme}://{host}"))
}
