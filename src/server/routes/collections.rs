//! `/api/collections`, one collection, and the properties of its features.

use axum::extract::{Path, State as Shared};

use super::landing::JsonOnly;
use crate::representation::json::{self, Collection, Collections, Queryables};
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;

/// The collection with this id.
///
/// # Errors
/// When there is none, naming those that there are.
pub fn known(state: &State, id: &str) -> Result<Collection, Problem> {
    let mut all = json::collections(&state.store, &state.base).collections;
    let wanted = id.to_ascii_lowercase();
    if let Some(position) = all.iter().position(|collection| collection.id == wanted) {
        return Ok(all.swap_remove(position));
    }
    let expected = format!("one of the collections {}", all.iter().map(|collection| collection.id.as_str()).collect::<Vec<_>>().join(", "));
    Err(Problem { code: ProblemCode::UnknownName, ..Problem::bad_parameter("collection", id, expected) })
}

/// All collections.
#[utoipa::path(get, path = "/api/collections", tag = "Collections", params(JsonOnly), responses((status = 200, body = Collections)))]
pub async fn collections(Shared(state): Shared<State>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(&json::collections(&state.store, &state.base))
}

/// One collection.
#[utoipa::path(get, path = "/api/collections/{collection}", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), JsonOnly),
    responses((status = 200, body = Collection), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn collection(Shared(state): Shared<State>, Path(id): Path<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(&known(&state, &id)?)
}

/// The properties of a collection's features that `properties` can name.
#[utoipa::path(get, path = "/api/collections/{collection}/queryables", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), JsonOnly),
    responses((status = 200, body = Queryables, content_type = "application/schema+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn queryables(Shared(state): Shared<State>, Path(id): Path<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    properties(&state, &id, &parameters, "queryables")
}

/// The properties of a collection's features.
#[utoipa::path(get, path = "/api/collections/{collection}/schema", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), JsonOnly),
    responses((status = 200, body = Queryables, content_type = "application/schema+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn schema(Shared(state): Shared<State>, Path(id): Path<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    properties(&state, &id, &parameters, "schema")
}

fn properties(state: &State, id: &str, parameters: &JsonOnly, name: &str) -> Result<Answer, Problem> {
    parameters.check()?;
    let collection = known(state, id)?;
    let own = state.base.href(&format!("/api/collections/{}/{name}", collection.id));
    Ok(Answer::json(&Queryables::new(&state.store, &collection, own))?.of_type("application/schema+json"))
}
