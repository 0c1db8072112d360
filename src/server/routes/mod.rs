//! Every route on one screen; one file per noun.

mod areas;
mod catchments;
mod collections;
mod health;
mod housing_growth;
mod items;
mod landing;
mod measures;
mod practices;
mod search;
mod tiles;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::State;

/// The interface under `/api`, with its description.
pub fn interface() -> OpenApiRouter<State> {
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
        .routes(routes!(areas::area))
        .routes(routes!(practices::practice))
        .routes(routes!(practices::catchment))
        .routes(routes!(practices::definitions))
        .routes(routes!(catchments::catchment))
        .routes(routes!(catchments::catchment_of_shape))
        .routes(routes!(housing_growth::housing_growth, housing_growth::housing_growth_of_shape))
        .routes(routes!(search::search))
}

/// Whether the server lives and is ready: never kept, for whoever watches it.
pub fn health() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(health::alive)).routes(routes!(health::ready))
}
