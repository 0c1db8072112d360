//! `/api/housing-growth`: homes in a catchment, the people in them, whose list grows, and what that needs.

use axum::body::Bytes;
use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use crate::query::{self, GrowthRequest};
use crate::representation::catchments::{growth_csv, growth_geojson};
use crate::representation::json::GrowthAnswer;
use crate::server::answer::Answer;
use crate::server::catchment_parameters::{GrowthParameters, Sent, ShapeBody};
use crate::server::format::Format;
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;

/// Housing growth in any catchment, each assumption beside its number.
#[utoipa::path(get, path = "/api/housing-growth", tag = "Housing", params(GrowthParameters),
    responses((status = 200, description = "JSON; CSV and GeoJSON of the sites by `f` or `Accept`", body = GrowthAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn housing_growth(
    Shared(state): Shared<State>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<GrowthParameters>,
) -> Result<Answer, Problem> {
    answered(&state, &headers, &asked, Sent::default(), Some(&uri))
}

/// The same for a shape too long for an address; the body is that of `/api/catchments`.
#[utoipa::path(post, path = "/api/housing-growth", tag = "Housing", params(GrowthParameters), request_body(content = serde_json::Value, content_type = "application/json"),
    responses((status = 200, description = "JSON; CSV and GeoJSON of the sites by `f` or `Accept`", body = GrowthAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn housing_growth_of_shape(
    Shared(state): Shared<State>,
    headers: HeaderMap,
    Parameters(asked): Parameters<GrowthParameters>,
    body: Bytes,
) -> Result<Answer, Problem> {
    answered(&state, &headers, &asked, ShapeBody::read(&body)?, None)
}

fn answered(state: &State, headers: &HeaderMap, asked: &GrowthParameters, sent: Sent, uri: Option<&OriginalUri>) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), headers, &[Format::Json, Format::Csv, Format::GeoJson])?;
    let request = GrowthRequest { catchment: asked.words().request(sent, None)?, assumed: asked.assumed_of_one()? };
    let growth = query::growth(&state.store, &request).map_err(|error| Problem::from_query(&error, ""))?;
    let own = uri.and_then(|uri| uri.path_and_query()).map(ToString::to_string);
    let answer = GrowthAnswer::new(&state.store, &growth, &state.base, own.as_deref());
    let file = format!("housing-growth-{}", growth.catchment.label());
    match format {
        Format::Csv => Ok(Answer::new(format, growth_csv(&state.store, &answer)).saved_as(&format!("{file}.csv"))),
        Format::GeoJson => Ok(Answer::new(format, growth_geojson(&answer, &growth)).saved_as(&format!("{file}.geojson"))),
        _ => Answer::json(&answer),
    }
}
