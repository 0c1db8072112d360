//! `/api/collections`, one collection, and the properties of its features.

use axum::extract::State as Shared;

use super::landing::JsonOnly;
use crate::representation::json::{Collection, Collections, Queryables};
use crate::server::answer::Answer;
use crate::server::parameters::{Names, Parameters};
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;

/// The collection with this id.
///
/// # Errors
/// When there is none, naming those that there are.
pub fn known<'s>(state: &'s State, id: &str) -> Result<&'s Collection, Problem> {
    let all = &state.collections.collections;
    let wanted = id.to_ascii_lowercase();
    all.iter().find(|collection| collection.id == wanted).ok_or_else(|| {
        let expected = format!("one of the collections {}", all.iter().map(|collection| collection.id.as_str()).collect::<Vec<_>>().join(", "));
        Problem { code: ProblemCode::UnknownName, ..Problem::bad_parameter("collection", id, expected) }
    })
}

/// All collections.
#[utoipa::path(get, path = "/api/collections", tag = "Collections", params(JsonOnly), responses((status = 200, body = Collections)))]
pub async fn collections(Shared(state): Shared<State>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(state.collections.as_ref())
}

/// One collection.
#[utoipa::path(get, path = "/api/collections/{collection}", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), JsonOnly),
    responses((status = 200, body = Collection), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn collection(Shared(state): Shared<State>, Names(id): Names<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    parameters.check()?;
    Answer::json(known(&state, &id)?)
}

/// The properties of a collection's features that `properties` can name.
#[utoipa::path(get, path = "/api/collections/{collection}/queryables", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), JsonOnly),
    responses((status = 200, body = Queryables, content_type = "application/schema+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn queryables(Shared(state): Shared<State>, Names(id): Names<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    properties(&state, &id, &parameters, "queryables")
}

/// The properties of a collection's features.
#[utoipa::path(get, path = "/api/collections/{collection}/schema", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), JsonOnly),
    responses((status = 200, body = Queryables, content_type = "application/schema+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn schema(Shared(state): Shared<State>, Names(id): Names<String>, Parameters(parameters): Parameters<JsonOnly>) -> Result<Answer, Problem> {
    properties(&state, &id, &parameters, "schema")
}

fn properties(state: &State, id: &str, parameters: &JsonOnly, name: &str) -> Result<Answer, Problem> {
    parameters.check()?;
    let collection = known(state, id)?;
    let own = state.base.href(&format!("/api/collections/{}/{name}", collection.id));
    Ok(Answer::json(&Queryables::new(&state.store, collection, own))?.of_type("application/schema+json"))
}
