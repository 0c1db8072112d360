//! `/healthz` and `/readyz`.

use axum::extract::State as Shared;

use crate::representation::json::Health;
use crate::server::answer::Answer;
use crate::server::problem::Problem;
use crate::server::state::State;

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "Health", responses((status = 200, body = Health)))]
pub async fn alive(state: Shared<State>) -> Result<Answer, Problem> {
    ready(state).await
}

/// The edition is loaded.
///
/// A server listens only from then on, so whoever gets an answer gets this one.
#[utoipa::path(get, path = "/readyz", tag = "Health", responses((status = 200, body = Health)))]
pub async fn ready(Shared(state): Shared<State>) -> Result<Answer, Problem> {
    Answer::json(&Health { status: "ok", edition: state.store.version().to_owned(), version: env!("CARGO_PKG_VERSION") })
}
