//! `/api/travel-times`: how far people travel to the nearest of some sites; and tables of journeys.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use super::drawing_of;
use crate::query::travel::{matrix, travel_times};
use crate::representation::json::travel::{MatrixAnswer, TravelTimesAnswer, TravelTimesFrame};
use crate::representation::travel::{matrix_csv, times_csv, times_geojson};
use crate::server::answer::Answer;
use crate::server::format::Format;
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;
use crate::server::travel_parameters::{MatrixParameters, TravelTimesParameters};

/// For every area the nearest of some sites, in minutes or kilometres; people within reach by district, deprivation and age; what one more site would change.
#[utoipa::path(get, path = "/api/travel-times", tag = "Travel", params(TravelTimesParameters),
    responses((status = 200, description = "JSON; CSV and GeoJSON by `f` or `Accept`", body = TravelTimesAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn times(
    Shared(state): Shared<State>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<TravelTimesParameters>,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &[Format::Json, Format::Csv, Format::GeoJson])?;
    let request = asked.request()?;
    let found = travel_times(&state.store, &request).map_err(|error| Problem::from_query(&error, ""))?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let frame = || TravelTimesFrame::new(&state.store, &request, &found, &state.base, &own);
    match format {
        Format::Csv => Ok(Answer::new(format, times_csv(&state.store, &found, &frame())).saved_as("travel-times.csv")),
        Format::GeoJson => {
            let drawing = drawing_of(&state, found.layer)?;
            Ok(Answer::new(format, times_geojson(&state.store, &found, &frame(), drawing)).saved_as("travel-times.geojson"))
        }
        _ => Answer::json(&TravelTimesAnswer::new(&state.store, &request, &found, &state.base, &own)),
    }
}

/// Journeys from each of some places to each of some others.
#[utoipa::path(get, path = "/api/travel-times/matrix", tag = "Travel", params(MatrixParameters),
    responses((status = 200, description = "JSON; CSV, one row for each pair, by `f` or `Accept`", body = MatrixAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn table(
    Shared(state): Shared<State>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<MatrixParameters>,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &[Format::Json, Format::Csv])?;
    let (from, to, how) = asked.request()?;
    let found = matrix(&state.store, from, to, how).map_err(|error| Problem::from_query(&error, ""))?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let answer = MatrixAnswer::new(&state.store, &found, (from, to), &state.base, &own);
    if format == Format::Csv {
        return Ok(Answer::new(format, matrix_csv(&state.store, &answer)).saved_as("travel-times-matrix.csv"));
    }
    Answer::json(&answer)
}
