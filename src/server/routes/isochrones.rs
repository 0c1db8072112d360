//! `/api/isochrones`: what can be reached around places, and who lives there.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use crate::query::travel::isochrones;
use crate::representation::json::travel::IsochronesFrame;
use crate::representation::travel::{isochrones_csv, isochrones_geojson};
use crate::server::answer::Answer;
use crate::server::format::Format;
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;
use crate::server::travel_parameters::IsochroneParameters;

/// Nested shapes around places, one place each, together or in common, with the people within reach by the times of their neighbourhoods.
#[utoipa::path(get, path = "/api/isochrones", tag = "Travel", params(IsochroneParameters),
    responses((status = 200, description = "GeoJSON with these members beside `features`; CSV by `f` or `Accept`", body = IsochronesFrame), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn shapes(
    Shared(state): Shared<State>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<IsochroneParameters>,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &[Format::GeoJson, Format::Csv])?;
    let request = asked.request()?;
    let found = isochrones(&state.store, &request).map_err(|error| Problem::from_query(&error, ""))?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let frame = IsochronesFrame::new(&state.store, &request, &found, &state.base, &own);
    if format == Format::Csv {
        return Ok(Answer::new(format, isochrones_csv(&state.store, &found, &frame)).saved_as("isochrones.csv"));
    }
    Ok(Answer::new(format, isochrones_geojson(&found, &frame)))
}
