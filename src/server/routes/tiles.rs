//! `/api/collections/{collection}/tiles/WebMercatorQuad`: the tile set and its tiles.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::collections::known;
use crate::representation::tiles::{DEEPEST_ZOOM, TileSet, collection_tile};
use crate::server::answer::Answer;
use crate::server::format::Format;
use crate::server::parameters::{Names, Parameters, whole};
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;

/// What a tile set is asked with.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TileSetParameters {
    /// `tilejson` or `json`: the same.
    f: Option<String>,
}

/// What a tile is asked with.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TileParameters {
    /// The version of the edition, so that the address names bytes that never change. It chooses nothing.
    edition: Option<String>,
    /// `mvt`.
    f: Option<String>,
}

/// The tile set of a collection as TileJSON.
#[utoipa::path(get, path = "/api/collections/{collection}/tiles/WebMercatorQuad", tag = "Tiles", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), TileSetParameters),
    responses((status = 200, body = TileSet), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn tile_set(Shared(state): Shared<State>, Names(id): Names<String>, Parameters(asked): Parameters<TileSetParameters>) -> Result<Answer, Problem> {
    if let Some(f) = asked.f.as_deref().filter(|f| !["tilejson", "json"].contains(f)) {
        return Err(Problem::bad_parameter("f", f, "tilejson or json"));
    }
    let collection = known(&state, &id)?;
    let bounds = collection.extent.as_ref().and_then(|extent| extent.spatial.bbox.first().copied());
    Answer::json(&TileSet::new(&state.store, &collection.id, bounds, &state.base))
}

/// A vector tile; row before column, as OGC API – Tiles has it.
#[utoipa::path(get, path = "/api/collections/{collection}/tiles/WebMercatorQuad/{zoom}/{row}/{column}", tag = "Tiles",
    params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), ("zoom" = String, Path, description = "0 to 14"), ("row" = String, Path, description = "From the north"), ("column" = String, Path, description = "From the west"), TileParameters),
    responses((status = 200, description = "A Mapbox vector tile", content_type = "application/vnd.mapbox-vector-tile", body = Vec<u8>), (status = 204, description = "Nothing lies in this tile"), (status = 400, body = ProblemDetails, content_type = "application/problem+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn tile(
    Shared(state): Shared<State>,
    Names((id, zoom, row, column)): Names<(String, String, String, String)>,
    Parameters(asked): Parameters<TileParameters>,
) -> Result<Response, Problem> {
    let TileParameters { edition: _version_of_the_address, f } = asked;
    if let Some(f) = f.as_deref().filter(|f| *f != "mvt") {
        return Err(Problem::bad_parameter("f", f, "mvt"));
    }
    let collection = known(&state, &id)?;
    let zoom = whole("zoom", Some(&zoom), 0, 0, DEEPEST_ZOOM)?;
    let last = (1u32 << zoom) - 1;
    let row = whole("row", Some(&row), 0, 0, last)?;
    let column = whole("column", Some(&column), 0, 0, last)?;
    let drawing = state.drawings.of(&collection.id).ok_or_else(|| Problem::new(ProblemCode::Internal, "the collection has no drawing"))?;
    let bytes = collection_tile(&state.store, drawing, zoom, column, row);
    Ok(if bytes.is_empty() { StatusCode::NO_CONTENT.into_response() } else { Answer::new(Format::VectorTile, bytes).into_response() })
}
