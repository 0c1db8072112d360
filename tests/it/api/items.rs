//! Features: pages, rectangles, areas within areas, properties, systems, CSV.

use crate::client::ask;

fn codes(address: &str) -> Vec<String> {
    ask(address).json()["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn one_feature_carries_its_shape_names_parents_and_sources() {
    insta::assert_json_snapshot!(ask("/api/collections/lsoa11/items/e01000000").json());
}

#[test]
fn next_links_lead_through_every_feature_once() {
    let mut address = "/api/collections/lsoa11/items?limit=5&f=geojson".to_owned();
    let mut seen = Vec::new();
    let mut pages = 0;
    loop {
        let page = ask(&address).json();
        assert_eq!(page["numberMatched"], 12);
        seen.extend(page["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap().to_owned()));
        pages += 1;
        let Some(next) = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next") else { break };
        next["href"].as_str().unwrap().clone_into(&mut address);
    }
    assert_eq!(pages, 3);
    assert_eq!(seen.len(), 12);
    assert!(seen.is_sorted());
}

#[test]
fn a_rectangle_keeps_the_features_that_share_a_point_with_it_in_any_system() {
    // The lower left corner of the county, half a neighbourhood wide and high.
    let grid = "/api/collections/lsoa11/items?bbox=480100,318100,480900,318900&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/27700";
    assert_eq!(codes(grid), ["E01000000"]);
    let four = "/api/collections/lsoa11/items?bbox=480900,318900,481100,319100&bbox-crs=EPSG:27700";
    assert_eq!(codes(four), ["E01000000", "E01000001", "E01000004", "E01000005"]);
    let shape = &ask("/api/collections/lsoa11/items/E01000005").json()["geometry"]["coordinates"][0];
    let corners: Vec<(f64, f64)> = shape.as_array().unwrap().iter().map(|corner| (corner[0].as_f64().unwrap(), corner[1].as_f64().unwrap())).collect();
    let (x, y) = (corners.iter().map(|c| c.0).sum::<f64>() / 5.0, corners.iter().map(|c| c.1).sum::<f64>() / 5.0);
    assert_eq!(codes(&format!("/api/collections/lsoa11/items?bbox={},{},{},{}", x - 1e-4, y - 1e-4, x + 1e-4, y + 1e-4)), ["E01000005"]);
    // EPSG:4326 has latitude first.
    assert_eq!(codes(&format!("/api/collections/lsoa11/items?bbox={},{},{},{}&bbox-crs=EPSG:4326", y - 1e-4, x - 1e-4, y + 1e-4, x + 1e-4)), ["E01000005"]);
}

#[test]
fn a_table_says_in_its_headers_that_there_is_more() {
    let answer = ask("/api/collections/lsoa11/items?f=csv&limit=5");
    assert_eq!(answer.header("ogc-numbermatched"), "12");
    assert_eq!(answer.header("ogc-numberreturned"), "5");
    assert_eq!(answer.header("link"), "</api/collections/lsoa11/items?f=csv&limit=5&offset=5>; rel=\"next\"");
    assert_eq!(ask("/api/collections/lsoa11/items?f=csv").header("link"), "");
}

#[test]
fn a_rectangle_around_the_world_holds_everything_and_one_elsewhere_nothing() {
    assert_eq!(codes("/api/collections/lsoa11/items?bbox=-180,-90,180,90").len(), 12);
    assert_eq!(codes("/api/collections/lsoa11/items?bbox=150,-35,152,-33").len(), 0);
    assert_eq!(codes("/api/collections/lsoa11/items?bbox=-20037508,-20037508,20037508,20037508&bbox-crs=EPSG:3857").len(), 12);
}

#[test]
fn within_keeps_the_areas_of_any_area_or_of_several() {
    assert_eq!(codes("/api/collections/lsoa11/items?within=E07000000").len(), 6);
    assert_eq!(codes("/api/collections/lsoa11/items?within=E02000001,e02000003"), ["E01000008", "E01000009", "E01000010", "E01000011"]);
    assert_eq!(codes("/api/collections/msoa11/items?within=E07000001"), ["E02000002", "E02000003"]);
    assert_eq!(codes("/api/collections/lad19/items?within=E07000001"), ["E07000001"]);
    assert_eq!(codes("/api/collections/lsoa11/items?within=E07000000&bbox=480900,318900,482100,319100&bbox-crs=EPSG:27700").len(), 4);
}

#[test]
fn properties_choose_columns_and_a_withheld_figure_is_not_a_missing_one() {
    let answer = ask("/api/collections/lsoa11/items?properties=name,imd-2019.score&within=E02000001,E02000003").json();
    let properties: Vec<&serde_json::Value> = answer["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]).collect();
    insta::assert_json_snapshot!(properties);
    assert_eq!(answer["sources"].as_array().unwrap().len(), 2);
}

#[test]
fn csv_has_a_head_one_row_per_area_and_its_attribution() {
    let answer = ask("/api/collections/lsoa11/items?f=csv&within=E02000003&properties=code,alias,parents,imd-2019.score");
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    insta::assert_snapshot!(answer.text());
}

#[test]
fn the_shape_comes_in_the_system_that_was_asked_for() {
    let answer = ask("/api/collections/lsoa11/items/E01000000?crs=http://www.opengis.net/def/crs/EPSG/0/27700");
    assert_eq!(answer.header("content-crs"), "<http://www.opengis.net/def/crs/EPSG/0/27700>");
    assert_eq!(answer.json()["geometry"]["coordinates"][0][0], serde_json::json!([481_000, 318_000]));
}

#[test]
fn neighbours_and_places_are_listed_with_their_names() {
    assert_eq!(ask("/api/collections/neighbours/items").json()["features"][0]["properties"]["name"], "Elsewhere");
    let place = ask("/api/collections/places/items").json();
    assert_eq!(place["features"][0]["properties"], serde_json::json!({"name": "Wold Magna", "rank": 2, "population": 9000}));
    assert_eq!(place["features"][0]["geometry"]["type"], "Point");
}
