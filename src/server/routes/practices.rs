//! `/api/practices/{ods}`: a practice, several or a network; its catchment; the definitions side by side.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use super::catchments::represented;
use super::landing::JsonOnly;
use crate::query;
use crate::representation::catchments::definitions_csv;
use crate::representation::json::{CatchmentAnswerRef, DefinitionsAnswer, PracticeAnswer};
use crate::server::answer::Answer;
use crate::server::catchment_parameters::{CatchmentParameters, GrowthParameters, Sent, codes};
use crate::server::format::Format;
use crate::server::parameters::{Names, Parameters};
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;

/// A practice: name, address, point, list, network, branches. Several codes with commas between, or that of a network, answer with all of them.
#[utoipa::path(get, path = "/api/practices/{ods}", tag = "Practices", params(("ods" = String, Path, description = "`C82038`, `C82038,C82066`, or the code of a primary care network"), JsonOnly),
    responses((status = 200, body = PracticeAnswer), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn practice(Shared(state): Shared<State>, Names(ods): Names<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    let (cards, network) = query::practice_cards(&state.store, &codes("practice", Some(&ods))?).map_err(|error| Problem::from_query(&error, "practice"))?;
    Answer::json(&PracticeAnswer::new(&state.store, &cards, network, &state.base))
}

/// The catchment of a practice by a definition: its areas with patients and shares, what they add up to, who lives there.
#[utoipa::path(get, path = "/api/practices/{ods}/catchment", tag = "Practices", params(("ods" = String, Path, description = "`C82038`, `C82038,C82066`, or the code of a primary care network"), CatchmentParameters),
    responses((status = 200, description = "GeoJSON; JSON and CSV by `f` or `Accept`", body = CatchmentAnswerRef), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn catchment(
    Shared(state): Shared<State>,
    Names(ods): Names<String>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<CatchmentParameters>,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &[Format::GeoJson, Format::Json, Format::Csv])?;
    let request = asked.words().of_practice(&ods)?.request(Sent::default(), asked.compare())?;
    let answer = query::catchment_answer(&state.store, &state.comparators, &request).map_err(|error| Problem::from_query(&error, "practice"))?;
    represented(&state, &answer, format, Some(&uri))
}

/// Every definition of a practice's catchment side by side, each with the people and the homes that it gives.
#[utoipa::path(get, path = "/api/practices/{ods}/definitions", tag = "Practices", params(("ods" = String, Path, description = "`C82038`, `C82038,C82066`, or the code of a primary care network"), GrowthParameters),
    responses((status = 200, description = "JSON; CSV by `f` or `Accept`", body = DefinitionsAnswer), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn definitions(
    Shared(state): Shared<State>,
    Names(ods): Names<String>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<GrowthParameters>,
) -> Result<Answer, Problem> {
    let format = Format::choose(asked.format(), &headers, &[Format::Json, Format::Csv])?;
    let rows = query::definitions(&state.store, &state.comparators, &asked.definitions(&ods)?).map_err(|error| Problem::from_query(&error, "practice"))?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let answer = DefinitionsAnswer::new(&state.store, &state.comparators, &rows, &state.base, &own);
    if format == Format::Csv {
        let table = definitions_csv(&state.store, &state.comparators, &answer, &ods);
        return Ok(Answer::new(format, table).saved_as(&format!("definitions-{ods}.csv")));
    }
    Answer::json(&answer)
}
