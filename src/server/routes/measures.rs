//! `/api/measures`, one measure, its values and its classes.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;
use serde::Deserialize;

use super::landing::JsonOnly;
use crate::query::{self, ClassChoice, Classification, QueryError, View, ViewRequest};
use crate::representation::json::{ClassesAnswer, MeasureAnswer, MeasuresAnswer, Provenance, ValuesAnswer};
use crate::representation::{csv, geojson};
use crate::server::answer::Answer;
use crate::server::format::Format;
use crate::server::parameters::{Names, Parameters, class_choice, within};
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;
use crate::store::Store;

/// A view: which figures, where, in which classes. The link of the map has the same words.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ViewParameters {
    /// `lsoa11`; the smallest type that holds the measure otherwise.
    #[serde(rename = "area-type")]
    area_type: Option<String>,
    /// Area codes with commas between; the whole edition otherwise.
    within: Option<String>,
    /// The latest otherwise.
    period: Option<String>,
    /// `persons`, `females`, `males`.
    sex: Option<String>,
    /// An age band as the measure lists it.
    age: Option<String>,
    /// `national-quintiles`, `national-deciles`, `quantiles`, `equal-intervals`, `natural-breaks`, `given-breaks`.
    method: Option<String>,
    /// How many classes, 2 to 10; 5 otherwise.
    classes: Option<String>,
    /// Inner edges, rising, with commas between, for `given-breaks`.
    breaks: Option<String>,
    /// The colours: `purples`, `blues`, `greens`, `oranges`, `yellow-green-blue`, `greys`.
    scheme: Option<String>,
    /// The format.
    f: Option<String>,
}

impl ViewParameters {
    fn view<'s>(&self, store: &'s Store, measure: &str) -> Result<View<'s>, Problem> {
        let request = ViewRequest {
            measure: measure.to_owned(),
            area_type: self.area_type.clone(),
            within: within(self.within.as_deref())?,
            period: self.period.clone(),
            sex: self.sex.clone(),
            age: self.age.clone(),
        };
        query::view(store, &request).map_err(|error| in_measure(&error))
    }

    fn choice(&self) -> Result<ClassChoice, Problem> {
        class_choice(self.method.as_deref(), self.classes.as_deref(), self.breaks.as_deref(), self.scheme.as_deref())
    }

    fn names_classes(&self) -> bool {
        [&self.method, &self.classes, &self.breaks, &self.scheme].into_iter().any(Option::is_some)
    }
}

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
    let format = Format::choose(asked.f.as_deref(), &headers, &[Format::Json, Format::GeoJson, Format::Csv])?;
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
    Format::choose(asked.f.as_deref(), &headers, &[Format::Json])?;
    let view = asked.view(&state.store, &id)?;
    let classification = query::classification(&state.store, &view, &asked.choice()?).map_err(|error| in_measure(&error))?;
    Answer::json(&ClassesAnswer::new(&state.store, &view, &classification, &state.base, &own_address(&uri)))
}
