//! `/api` and `/api/conformance`.

use axum::extract::State as Shared;
use serde::Deserialize;

use crate::representation::json::{Conformance, Landing};
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;

/// Addresses that take nothing but the usual format.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JsonOnly {
    /// The format: `json`.
    f: Option<String>,
}

impl JsonOnly {
    /// Refuses every other format.
    ///
    /// # Errors
    /// When `f` names another.
    pub fn check(&self) -> Result<(), Problem> {
        match self.f.as_deref() {
            None | Some("json") => Ok(()),
            Some(other) => Err(Problem::bad_parameter("f", other, "json")),
        }
    }
}

/// What this is, which edition it serves, and where to go on.
#[utoipa::path(get, path = "/api", tag = "Landing", params(JsonOnly), responses((status = 200, body = Landing), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn landing(Shared(state): Shared<State>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(&Landing::new(&state.store, &state.base, state.basemap_style.clone()))
}

/// The standards that the interface keeps to.
#[utoipa::path(get, path = "/api/conformance", tag = "Landing", params(JsonOnly), responses((status = 200, body = Conformance)))]
pub async fn conformance(Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(&Conformance::default())
}
