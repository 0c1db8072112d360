//! `/api/access`: how much supply each area has within reach.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use super::drawing_of;
use crate::query::travel::access;
use crate::representation::json::travel::AccessAnswer;
use crate::representation::travel::{access_csv, access_geojson};
use crate::server::answer::Answer;
use crate::server::format::Format;
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;
use crate::server::travel_parameters::AccessParameters;

/// Two-step floating catchments: what every site gives is shared by everybody within reach; every area adds up its shares.
#[utoipa::path(get, path = "/api/access", tag = "Travel", params(AccessParameters),
    responses((status = 200, description = "JSON; CSV and GeoJSON by `f` or `Accept`", body = AccessAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn scores(
    Shared(state): Shared<State>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<AccessParameters>,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &[Format::Json, Format::Csv, Format::GeoJson])?;
    let request = asked.request()?;
    let found = access(&state.store, &request).map_err(|error| Problem::from_query(&error, ""))?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let answer = AccessAnswer::new(&state.store, &request, &found, &state.base, &own);
    match format {
        Format::Csv => Ok(Answer::new(format, access_csv(&state.store, &found, &answer)).saved_as("access.csv")),
        Format::GeoJson => Ok(Answer::new(format, access_geojson(&state.store, &answer, drawing_of(&state, found.layer)?)).saved_as("access.geojson")),
        _ => Answer::json(&answer),
    }
}
