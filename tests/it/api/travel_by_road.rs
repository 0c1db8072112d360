//! The same questions where the edition holds roads: a square grid of them, with one street that is one way.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use needsmap::model::edition::Edition;
use needsmap::server::{Serving, Settings, State, router};
use needsmap::store::Store;

use crate::client::{ask, ask_by_road, send};

fn middle_of(code: &str) -> String {
    let centre = ask(&format!("/api/areas/{code}")).json()["centroid"].clone();
    format!("{},{}", centre[0], centre[1])
}

#[test]
fn journeys_go_by_the_road_on_foot_by_bicycle_and_by_car_and_say_so() {
    for mode in ["car", "walk", "cycle"] {
        let answer = ask_by_road(&format!("/api/travel-times?to={}&mode={mode}", middle_of("E01000005"))).json();
        assert_eq!((&answer["basis"][0]["basis"], &answer["basis"][0]["areas"]), (&"network".into(), &12.into()), "{mode}");
        assert!(answer["sites"][0]["snap_metres"].as_f64().unwrap() < 1.0, "{}", answer["sites"][0]);
        let kilometres: Vec<f64> = answer["areas"].as_array().unwrap().iter().map(|area| area["kilometres"].as_f64().unwrap()).collect();
        assert_eq!(kilometres, [2.0, 1.0, 2.0, 3.0, 1.0, 0.0, 1.0, 2.0, 2.0, 1.0, 2.0, 3.0], "{mode}");
        assert!(answer["sentence"].as_str().unwrap().contains("worked out on the road network"), "{}", answer["sentence"]);
    }
}

#[test]
fn to_the_site_and_from_it_differ_where_a_street_is_one_way() {
    let kilometres = |direction: &str, mode: &str| {
        let answer = ask_by_road(&format!("/api/travel-times?to={}&direction={direction}&mode={mode}", middle_of("E01000001"))).json();
        answer["areas"][0]["kilometres"].as_f64().unwrap()
    };
    assert_eq!([kilometres("to", "car"), kilometres("from", "car"), kilometres("from", "walk")], [1.0, 3.0, 1.0]);
}

#[test]
fn a_table_agrees_with_the_map_of_times() {
    let map = ask_by_road(&format!("/api/travel-times?to={}", middle_of("E01000006"))).json();
    let table = ask_by_road(&format!("/api/travel-times/matrix?from=E01000000;E01000003&to={}", middle_of("E01000006"))).json();
    for (row, area) in [(0, 0), (1, 3)] {
        assert_eq!(table["minutes"][row][0], map["areas"][area]["minutes"]);
    }
    assert_eq!(table["basis_of"], serde_json::json!([["network"], ["network"]]));
}

#[test]
fn isochrones_nest_and_follow_the_roads() {
    let answer = ask_by_road(&format!("/api/isochrones?at={}&minutes=10,20&mode=walk", middle_of("E01000005"))).json();
    let people: Vec<f64> = answer["people"].as_array().unwrap().iter().map(|one| one["people"].as_f64().unwrap()).collect();
    assert!(people[0] <= people[1], "{people:?}");
    assert_eq!(answer["features"][0]["properties"]["basis"], "network");
    assert!(answer["features"].as_array().unwrap().iter().all(|feature| feature["geometry"]["coordinates"].is_array()));
    let overlap = ask_by_road(&format!("/api/isochrones?at={};{}&minutes=5&mode=walk&combine=overlap", middle_of("E01000000"), middle_of("E01000011")));
    assert_eq!((overlap.status, &overlap.json()["features"][0]["geometry"]), (StatusCode::OK, &serde_json::Value::Null));
}

#[test]
fn a_place_off_the_roads_is_estimated_by_car_and_refused_on_foot() {
    let far = "-0.9,52.9,Far%20Hill";
    let car = ask_by_road(&format!("/api/travel-times?to={far}")).json();
    assert_eq!(car["basis"][0]["basis"], "estimate");
    assert!(car["notes"].as_array().unwrap().iter().any(|note| note.as_str().unwrap().contains("Not near any road")), "{}", car["notes"]);
    let walk = ask_by_road(&format!("/api/travel-times?to={far}&mode=walk"));
    assert_eq!(walk.status, StatusCode::BAD_REQUEST);
    assert!(walk.text().contains("within 1000 m of a road or path open to walkers"), "{}", walk.text());
    assert_eq!(ask_by_road(&format!("/api/travel-times?to={far}&mode=transit")).status, StatusCode::BAD_REQUEST);
}

#[test]
fn areas_too_large_for_one_point_are_refused_with_those_that_fit() {
    for address in ["travel-times?to", "access?sites"] {
        let answer = ask_by_road(&format!("/api/{address}={}&mode=walk&area-type=lad19", middle_of("E01000005")));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text().contains("one point cannot stand for a district; ask with area-type=lsoa11 or msoa11"), "{}", answer.text());
    }
}

#[test]
fn where_every_time_is_known_nobody_is_left_out_of_a_share() {
    let answer = ask_by_road(&format!("/api/travel-times?to={}&mode=walk&minutes=15", middle_of("E01000005"))).json();
    assert!(answer["sentence"].as_str().unwrap().contains(" of 18,600 residents of Wold ("), "{}", answer["sentence"]);
    assert_eq!((&answer["all"]["known"], &answer["bands"]["missing"]["no_time_held"]), (&serde_json::Value::Null, &serde_json::Value::Null));
}

#[test]
fn a_walking_catchment_holds_the_neighbourhoods_in_time_with_an_outline() {
    let answer = ask_by_road(&format!("/api/catchments/travel-time?at={}&mode=walk&minutes=15", middle_of("E01000005"))).json();
    let codes: Vec<&str> = answer["areas"].as_array().unwrap().iter().map(|area| area["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["E01000001", "E01000004", "E01000005", "E01000006", "E01000009"]);
    assert!(answer["catchment"]["shape"]["coordinates"].is_array());
    assert!(answer["catchment"]["label"].as_str().unwrap().starts_with("Within 15 minutes on foot (worked out on the road network"));
}

#[test]
fn the_network_says_what_it_holds() {
    let answer = ask_by_road("/api/road-network").json();
    assert_eq!((&answer["held"], &answer["junctions"], &answer["by_mode"][0]["links"]), (&true.into(), &12.into(), &17.into()));
    assert_eq!(answer["modes"], serde_json::json!(["car", "walk", "cycle"]));
}

/// Asks the county with roads in its southern row only: the northern row lies two kilometres from any.
fn ask_by_southern_road(address: &str) -> serde_json::Value {
    let mut roads = crate::county::travel::roads();
    roads.junctions.truncate(4);
    roads.links.retain(|link| link.tail < 4 && link.head < 4);
    roads.ranks = std::array::from_fn(|_| (0..4).collect());
    let store = Store::new(Edition { roads: Some(roads), ..crate::county::edition() }).unwrap();
    let service = router(State::new(Arc::new(store), &Settings::default()), &Serving { seed: 1, kept_bytes: 1 << 20 });
    send(service, Request::builder().uri(address).body(Body::empty()).unwrap()).json()
}

#[test]
fn people_far_from_any_road_are_not_counted_in_a_shape_along_the_roads() {
    let here = middle_of("E01000001");
    let found = ask_by_southern_road(&format!("/api/isochrones?at={here}&minutes=60"));
    let shape = &found["features"][0]["properties"];
    assert_eq!((&shape["basis"], found["basis"].as_array().unwrap().len()), (&"network".into(), 1), "{}", found["basis"]);
    assert!(shape["areas"].as_u64().unwrap() <= 8, "{shape}");
    let catchment = ask_by_southern_road(&format!("/api/catchments/travel-time?at={here}&minutes=60"));
    assert_eq!(catchment["areas"].as_array().unwrap().len() as u64, shape["areas"].as_u64().unwrap());
    for notes in [&found["notes"], &catchment] {
        assert!(notes.to_string().contains("lie where this edition holds no roads: they are not counted"), "{notes}");
    }
}

#[test]
fn a_shape_says_mixed_where_its_people_are_known_in_several_ways() {
    let at = format!("{};-0.9,52.9,Far%20Hill", middle_of("E01000005"));
    let overlap = ask_by_road(&format!("/api/isochrones?at={at}&minutes=60&combine=overlap")).json();
    assert_eq!(overlap["features"][0]["properties"]["basis"], "mixed");
    let apart = ask_by_road(&format!("/api/isochrones?at={at}&minutes=60")).json();
    let of: Vec<&str> = apart["features"].as_array().unwrap().iter().map(|one| one["properties"]["basis"].as_str().unwrap()).collect();
    assert_eq!(of, ["network", "estimate"]);
    let table = ask_by_road(&format!("/api/isochrones?at={at}&minutes=60&combine=overlap&f=csv")).text();
    assert!(table.contains(",mixed,") && table.contains("worked out on the road network"), "{table}");
}

#[test]
fn who_reached_no_site_before_saves_no_minutes_but_is_named() {
    let answer = ask_by_southern_road(&format!("/api/travel-times?to=E01000009&mode=walk&adding={},Clinic", middle_of("E01000001")));
    assert!(answer["change"]["people"].as_f64().unwrap() > 0.0, "{}", answer["change"]);
    assert!(answer["change"]["minutes_saved_mean"].is_null(), "{}", answer["change"]);
    assert!(answer["notes"].to_string().contains("had no known journey before"), "{}", answer["notes"]);
    assert!(!answer["sentence"].as_str().unwrap().contains("save 0.0"), "{}", answer["sentence"]);
}

#[test]
fn an_added_site_far_from_any_road_is_compared_by_the_estimate() {
    let answer = ask_by_road(&format!("/api/travel-times?to={}&adding=-0.9,52.9,Far%20Hill", middle_of("E01000005"))).json();
    assert_eq!((&answer["basis"][0]["basis"], answer["basis"].as_array().unwrap().len()), (&"estimate".into(), 1));
    assert!(answer["notes"].to_string().contains("To compare like with like, times before and after are all estimated"), "{}", answer["notes"]);
}
