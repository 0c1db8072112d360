//! `/api/catchments`: who lives within a radius, a travel time, a drawn shape, or some areas.

use axum::body::Bytes;
use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use crate::query::{self, CatchmentAnswer};
use crate::representation::catchments::{catchment_csv, catchment_geojson};
use crate::representation::json::CatchmentAnswerRef;
use crate::server::answer::Answer;
use crate::server::catchment_parameters::{CatchmentParameters, Sent, ShapeBody};
use crate::server::format::Format;
use crate::server::parameters::{Names, Parameters};
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;

/// The formats of a catchment where nobody asks for one by name.
const FORMATS: [Format; 3] = [Format::Json, Format::GeoJson, Format::Csv];

/// Who lives within a shape: `radius`, `travel-time`, `polygon` or `areas`.
#[utoipa::path(get, path = "/api/catchments/{definition}", tag = "Practices", params(("definition" = String, Path, description = "`radius`, `travel-time`, `polygon` or `areas`"), CatchmentParameters),
    responses((status = 200, description = "JSON; GeoJSON and CSV by `f` or `Accept`", body = CatchmentAnswerRef), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn catchment(
    Shared(state): Shared<State>,
    Names(definition): Names<String>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<CatchmentParameters>,
) -> Result<Answer, Problem> {
    if !["radius", "travel-time", "polygon", "areas"].contains(&definition.as_str()) {
        let problem =
            Problem::bad_parameter("definition", &definition, "radius, travel-time, polygon or areas; others belong to /api/practices/{ods}/catchment");
        return Err(Problem { code: ProblemCode::UnknownName, ..problem });
    }
    let format = Format::choose(asked.format(), &headers, &FORMATS)?;
    let request = asked.words().defined(&definition)?.request(Sent::default(), asked.compare())?;
    let answer = query::catchment_answer(&state.store, &state.comparators, &request).map_err(|error| Problem::from_query(&error, ""))?;
    represented(&state, &answer, format, Some(&uri))
}

/// The same for a shape too long for an address: `{"polygon": GeoJSON}` or `{"areas": [codes]}`, with `practice` and `membership` where wanted.
#[utoipa::path(post, path = "/api/catchments", tag = "Practices", params(CatchmentParameters), request_body(content = serde_json::Value, content_type = "application/json"),
    responses((status = 200, description = "JSON; GeoJSON and CSV by `f` or `Accept`", body = CatchmentAnswerRef), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn catchment_of_shape(
    Shared(state): Shared<State>,
    headers: HeaderMap,
    Parameters(asked): Parameters<CatchmentParameters>,
    body: Bytes,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &FORMATS)?;
    let request = asked.words().request(ShapeBody::read(&body)?, asked.compare())?;
    let answer = query::catchment_answer(&state.store, &state.comparators, &request).map_err(|error| Problem::from_query(&error, ""))?;
    represented(&state, &answer, format, None)
}

/// A catchment in a format; `uri` is the address that was asked, if an address can ask for it.
pub fn represented(state: &State, answer: &CatchmentAnswer<'_>, format: Format, uri: Option<&OriginalUri>) -> Result<Answer, Problem> {
    let own = uri.and_then(|uri| uri.path_and_query()).map(ToString::to_string);
    let (store, comparators) = (&state.store, &state.comparators);
    let file = format!("catchment-{}", answer.catchment.label());
    match format {
        Format::Csv => Ok(Answer::new(format, catchment_csv(store, comparators, answer)).saved_as(&format!("{file}.csv"))),
        Format::GeoJson => {
            let drawing = state.drawings.of(&answer.catchment.layer.area_type().to_string());
            let drawing = drawing.ok_or_else(|| Problem::new(ProblemCode::Internal, "the layer has no drawing"))?;
            let bytes = catchment_geojson(store, comparators, answer, drawing, &state.base, own.as_deref());
            Ok(Answer::new(format, bytes).saved_as(&format!("{file}.geojson")))
        }
        _ => Answer::json(&CatchmentAnswerRef::new(store, comparators, answer, &state.base, own.as_deref())),
    }
}
