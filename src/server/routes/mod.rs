//! Every route on one screen; one file per noun.

mod access;
mod areas;
mod catchments;
mod collections;
mod health;
mod housing_growth;
mod isochrones;
mod items;
mod landing;
mod measures;
mod practices;
mod road_network;
mod search;
mod sheets;
mod tables;
mod tiles;
mod travel_times;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::State;
use super::problem::{Problem, ProblemCode};
use crate::representation::drawing::Drawing;
use crate::store::Layer;

/// The interface under `/api`, with its description.
pub fn interface() -> OpenApiRouter<State> {
    held().merge(asked()).merge(travelled()).merge(printed())
}

/// What the edition holds: collections, tiles, measures.
fn held() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(landing::landing))
        .routes(routes!(landing::conformance))
        .routes(routes!(collections::collections))
        .routes(routes!(collections::collection))
        .routes(routes!(collections::queryables))
        .routes(routes!(collections::schema))
        .routes(routes!(items::items))
        .routes(routes!(items::item))
        .routes(routes!(tiles::tile_set))
        .routes(routes!(tiles::tile))
        .routes(routes!(measures::measures))
        .routes(routes!(measures::measure))
        .routes(routes!(measures::values))
        .routes(routes!(measures::classes))
}

/// What is asked of it: cards, names, catchments, growth.
fn asked() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(areas::area))
        .routes(routes!(search::search))
        .routes(routes!(practices::practice))
        .routes(routes!(practices::catchment))
        .routes(routes!(practices::definitions))
        .routes(routes!(catchments::catchment))
        .routes(routes!(catchments::catchment_of_shape))
        .routes(routes!(housing_growth::housing_growth, housing_growth::housing_growth_of_shape))
}

/// How far things are.
fn travelled() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(travel_times::times))
        .routes(routes!(travel_times::table))
        .routes(routes!(isochrones::shapes))
        .routes(routes!(access::scores))
        .routes(routes!(road_network::network))
}

/// Any link of the page on paper, and the numbers behind it.
fn printed() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(sheets::map)).routes(routes!(tables::map))
}

/// The shapes of a layer's areas.
fn drawing_of<'s>(state: &'s State, layer: &Layer) -> Result<&'s Drawing, Problem> {
    let drawing = state.drawings.of(&layer.area_type().to_string());
    drawing.ok_or_else(|| Problem::new(ProblemCode::Internal, "the layer has no drawing"))
}

/// Whether the server lives and is ready: never kept, for whoever watches it.
pub fn health() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(health::alive)).routes(routes!(health::ready))
}
