//! `/api/measures`, one measure, its values and its classes.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use super::landing::JsonOnly;
use crate::query::{self, Classification, QueryError, View, ViewRequest};
use crate::representation::json::{ClassesAnswer, MeasureAnswer, MeasuresAnswer, Provenance, ValuesAnswer};
use crate::representation::{csv, geojson};
use crate::server::answer::Answer;
use crate::server::format::Format;
use crate::server::parameters::{Names, Parameters};
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;
use crate::server::view_parameters::ViewParameters;

fn in_measure(error: &QueryError) -> Problem {
    Problem::from_query(error, "measure")
}

fn own_address(uri: &OriginalUri) -> String {
    uri.path_and_query().map(ToString::to_string).unwrap_or_default()
}

/// Everything that can be mapped.
#[utoipa::path(get, path = "/api/measures", tag = "Measures", params(JsonOnly), responses((status = 200, body = MeasuresAnswer)))]
pub async fn measures(Shared(state): Shared<State>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(&MeasuresAnswer::new(&state.store, &state.base))
}

/// One measure.
#[utoipa::path(get, path = "/api/measures/{measure}", tag = "Measures", params(("measure" = String, Path, description = "`imd-2019`"), JsonOnly),
    responses((status = 200, body = MeasureAnswer), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn measure(Shared(state): Shared<State>, Names(id): Names<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    let view = query::view(&state.store, &ViewRequest { measure: id, ..ViewRequest::default() }).map_err(|error| in_measure(&error))?;
    Answer::json(&MeasureAnswer::new(&state.store, view.measure, &state.base))
}

/// The figures of a view, one row per area; with a class method, each row with its class.
#[utoipa::path(get, path = "/api/measures/{measure}/values", tag = "Measures", params(("measure" = String, Path, description = "`imd-2019` or `imd-2019.score`"), ViewParameters),
    responses((status = 200, description = "JSON; GeoJSON and CSV by `f` or `Accept`", body = ValuesAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn values(
    Shared(state): Shared<State>,
    Names(id): Names<String>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<ViewParameters>,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &[Format::Json, Format::GeoJson, Format::Csv])?;
    let view = asked.view(&state.store, &id)?;
    let choice = asked.choice()?;
    let classification = asked.names_classes().then(|| query::classification(&state.store, &view, &choice)).transpose().map_err(|error| in_measure(&error))?;
    represented(&state, &view, classification.as_ref(), format, &own_address(&uri))
}

fn represented(state: &State, view: &View<'_>, classification: Option<&Classification<'_>>, format: Format, own: &str) -> Result<Answer, Problem> {
    let file = format!("{}-{}-{}", view.measure.id, view.field.id, view.layer.area_type());
    match format {
        Format::Csv => Ok(Answer::new(format, csv::values(&state.store, view, classification)).saved_as(&format!("{file}.csv"))),
        Format::GeoJson => {
            let drawing =
                state.drawings.of(&view.layer.area_type().to_string()).ok_or_else(|| Problem::new(ProblemCode::Internal, "the layer has no drawing"))?;
            let links = vec![state.base.link(own, "self", format.media_type())];
            let provenance = Provenance::of(&state.store, [view.measure.source.as_str(), view.layer.source()], links);
            Ok(Answer::new(format, geojson::values(&state.store, view, classification, drawing, provenance)).saved_as(&format!("{file}.geojson")))
        }
        _ => Answer::json(&ValuesAnswer::new(&state.store, view, classification, &state.base, own)),
    }
}

/// The classes of a view: the key of the map.
#[utoipa::path(get, path = "/api/measures/{measure}/classes", tag = "Measures", params(("measure" = String, Path, description = "`imd-2019` or `imd-2019.score`"), ViewParameters),
    responses((status = 200, body = ClassesAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn classes(
    Shared(state): Shared<State>,
    Names(id): Names<String>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<ViewParameters>,
) -> Result<Answer, Problem> {
    Format::choose(asked.format(), &headers, &[Format::Json])?;
    let view = asked.view(&state.store, &id)?;
    let classification = query::classification(&state.store, &view, &asked.choice()?).map_err(|error| in_measure(&error))?;
    Answer::json(&ClassesAnswer::new(&state.store, &view, &classification, &state.base, &own_address(&uri)))
}
