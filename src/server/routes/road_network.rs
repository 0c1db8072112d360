//! `/api/road-network`: what journeys the edition knows.

use axum::extract::State as Shared;

use super::landing::JsonOnly;
use crate::representation::json::travel::RoadNetworkAnswer;
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::State;

/// The road network, timetable and published times that the edition holds, and the estimate for everything else.
#[utoipa::path(get, path = "/api/road-network", tag = "Travel", params(JsonOnly), responses((status = 200, body = RoadNetworkAnswer)))]
pub async fn network(Shared(state): Shared<State>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(&RoadNetworkAnswer::new(&state.store, &state.base))
}
