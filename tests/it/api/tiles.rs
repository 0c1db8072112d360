//! Vector tiles of collections.

use axum::http::StatusCode;

use crate::client::ask;

#[test]
fn a_tile_set_says_where_its_tiles_are() {
    let answer = ask("/api/collections/lsoa11/tiles/WebMercatorQuad?f=tilejson").json();
    assert_eq!(answer["tilejson"], "3.0.0");
    assert_eq!(answer["tiles"][0], "/api/collections/lsoa11/tiles/WebMercatorQuad/{z}/{y}/{x}?edition=wold");
}

#[test]
fn a_tile_over_the_county_holds_its_areas_and_one_elsewhere_is_empty() {
    let tile = ask("/api/collections/lsoa11/tiles/WebMercatorQuad/8/83/127");
    assert_eq!(tile.header("content-type"), "application/vnd.mapbox-vector-tile");
    let near = ask("/api/collections/lsoa11/tiles/WebMercatorQuad/10/334/509");
    assert_eq!(near.status, StatusCode::OK);
    for name in ["E01000000", "West Wold 003H", "lsoa11"] {
        assert!(near.text().contains(name), "{name}");
    }
    assert_eq!(ask("/api/collections/lsoa11/tiles/WebMercatorQuad/10/0/0").status, StatusCode::NO_CONTENT);
}
