//! `/api/areas/{code}`: the card of an area.

use axum::extract::State as Shared;

use super::landing::JsonOnly;
use crate::query;
use crate::representation::json::AreaCard;
use crate::server::answer::Answer;
use crate::server::parameters::{Names, Parameters};
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;

/// Everything said about one area: parents, children, residents, and every measure held with ranks among its parents.
#[utoipa::path(get, path = "/api/areas/{code}", tag = "Areas", params(("code" = String, Path, description = "An area code, in either case"), JsonOnly),
    responses((status = 200, body = AreaCard), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn area(Shared(state): Shared<State>, Names(code): Names<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    let card = query::card(&state.store, &code).map_err(|error| Problem::from_query(&error, "code"))?;
    Answer::json(&AreaCard::new(&state.store, &card, &state.base))
}
