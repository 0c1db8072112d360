//! `/api/search`: what a typed name may mean.

use axum::extract::{OriginalUri, State as Shared};
use serde::Deserialize;

use crate::query;
use crate::representation::json::SearchAnswer;
use crate::server::answer::Answer;
use crate::server::parameters::{Parameters, list, whole};
use crate::server::problem::{Problem, ProblemDetails};
use crate::server::state::State;

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchParameters {
    /// A name, alias or code, or the start of its words.
    q: Option<String>,
    /// Area types or `place`, with commas between; everything otherwise.
    #[serde(rename = "type")]
    kinds: Option<String>,
    /// At most so many, 1 to 50; 10 otherwise.
    limit: Option<String>,
    /// The format: `json`.
    f: Option<String>,
}

/// Areas and places by name, alias or code; several candidates when a name is several things.
#[utoipa::path(get, path = "/api/search", tag = "Areas", params(SearchParameters), responses((status = 200, body = SearchAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn search(Shared(state): Shared<State>, uri: OriginalUri, Parameters(asked): Parameters<SearchParameters>) -> Result<Answer, Problem> {
    if let Some(f) = asked.f.as_deref().filter(|f| *f != "json") {
        return Err(Problem::bad_parameter("f", f, "json"));
    }
    let limit = whole("limit", asked.limit.as_deref(), 10, 1, 50)?;
    let query = asked.q.unwrap_or_default();
    let candidates = query::search(&state.store, &query, &list(asked.kinds.as_deref()), limit).map_err(|error| Problem::from_query(&error, ""))?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    Answer::json(&SearchAnswer::new(&state.store, &query, &candidates, &state.base, &own))
}
