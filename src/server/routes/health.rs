//! `/healthz` and `/readyz`.

use axum::extract::State as Shared;

use crate::representation::json::Health;
use crate::server::answer::Answer;
use crate::server::problem::Problem;
use crate::server::state::State;

/// The process lives.
pub async fn alive(state: Shared<State>) -> Result<Answer, Problem> {
    ready(state).await
}

/// The edition is loaded: a server listens only from then on, so whoever gets an answer gets this one.
pub async fn ready(Shared(state): Shared<State>) -> Result<Answer, Problem> {
    Answer::json(&Health { status: "ok", edition: state.store.version().to_owned(), version: env!("CARGO_PKG_VERSION") })
}
