//! Shapes: circles, polygons and lists of areas, in an address or in a body.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::client::{Answer, ask, county, refusal, send};

fn post(address: &str, body: &str) -> Answer {
    send(county(), Request::builder().method("POST").uri(address).header("content-type", "application/json").body(Body::from(body.to_owned())).unwrap())
}

/// The outline of the whole county, with room around it.
fn everything() -> String {
    let bbox = ask("/api").json()["extent"]["bbox"].clone();
    let [west, south, east, north] = [0, 1, 2, 3].map(|at| bbox[at].as_f64().unwrap());
    let (west, south, east, north) = (west - 0.01, south - 0.01, east + 0.01, north + 0.01);
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

#[test]
fn a_polygon_around_everything_holds_the_totals_of_the_edition() {
    let answer = ask(&format!("/api/catchments/polygon?polygon={}", everything().replace(' ', "%20"))).json();
    let (own, edition) = (&answer["profile"][0], answer["profile"].as_array().unwrap().last().unwrap());
    for part in ["areas", "residents", "ages", "deprivation", "fuel_poverty", "life_expectancy"] {
        assert_eq!(own[part], edition[part], "{part}");
    }
    assert_eq!((&answer["summary"]["residents"], &answer["summary"]["areas"]), (&18600.0.into(), &12.into()));
    assert_eq!(answer["summary"]["registered"], 6435.0);
}

#[test]
fn a_shape_in_a_body_is_answered_as_one_in_the_address() {
    let text = "POLYGON((-0.83 52.76,-0.76 52.76,-0.76 52.77,-0.83 52.77,-0.83 52.76))";
    let in_address = ask(&format!("/api/catchments/polygon?polygon={}", text.replace(' ', "%20"))).json();
    let body = r#"{"polygon":{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[-0.83,52.76],[-0.76,52.76],[-0.76,52.77],[-0.83,52.77],[-0.83,52.76]]]}}}"#;
    let in_body = post("/api/catchments", body).json();
    for part in ["summary", "areas", "profile", "sentence", "registered_with"] {
        assert_eq!(in_address[part], in_body[part], "{part}");
    }
    assert_eq!(in_body["links"], serde_json::json!([]));
    assert!(in_body["summary"]["areas"].as_u64().unwrap() > 0);
}

#[test]
fn a_circle_holds_the_areas_whose_centre_lies_in_it_or_shares_of_all_it_touches() {
    // Around the middle of neighbourhood 5, 1,100 metres reach the centres beside it and none at the corners.
    let centre = ask("/api/areas/E01000005").json()["centroid"].clone();
    let address = format!("/api/catchments/radius?lon={}&lat={}&metres=1100", centre[0], centre[1]);
    let whole = ask(&address).json();
    let codes: Vec<_> = whole["areas"].as_array().unwrap().iter().map(|area| area["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(codes, ["E01000001", "E01000004", "E01000005", "E01000006", "E01000009"]);
    let shared = ask(&format!("{address}&membership=area-share")).json();
    let weight: f64 = shared["areas"].as_array().unwrap().iter().map(|area| area["weight"].as_f64().unwrap()).sum();
    assert!((weight - std::f64::consts::PI * 1.21).abs() < 0.01, "{weight}");
    assert_eq!((&shared["summary"]["estimated"], &whole["summary"]["estimated"]), (&true.into(), &false.into()));
}

#[test]
fn larger_areas_stand_for_the_smaller_ones_in_them() {
    let district = ask("/api/catchments/areas?areas=E07000000&practice=A00001&compare=E07000000").json();
    assert_eq!(district["summary"]["areas"], 6);
    assert_eq!(district["profile"][0]["deprivation"]["quintiles"][0]["people"], district["profile"][1]["deprivation"]["quintiles"][0]["people"]);
}

#[test]
fn what_is_no_shape_of_this_edition_is_refused_by_parameter() {
    let refusals = [
        "/api/catchments/moon",
        "/api/catchments/radius?lon=-0.8&lat=52.77&metres=-5",
        "/api/catchments/radius?lon=151&lat=-33&metres=500",
        "/api/catchments/radius?lon=1.2&lat=51.1&metres=500",
        "/api/catchments/radius?lon=east&lat=52&metres=500",
        "/api/catchments/polygon?polygon=POLYGON((-0.83%2052.76,-0.76%2052.77,-0.76%2052.76,-0.83%2052.77,-0.83%2052.76))",
        "/api/catchments/polygon?polygon=POLYGON((-0.83%2052.76,-0.76%2052.77))",
        "/api/catchments/polygon?polygon=POLYGON((151%20-33,151.1%20-33,151.1%20-33.1,151%20-33))",
        "/api/catchments/polygon?polygon=POLYGON((1%2051,1.1%2051,1.1%2051.1,1%2051))",
        "/api/catchments/polygon?polygon=LINESTRING(0%200,1%201)",
        "/api/catchments/polygon?polygon=%3Cscript%3E",
        "/api/catchments/polygon",
        "/api/catchments/polygon?polygon=POLYGON((-0.83%2052.76,-0.76%2052.76,-0.76%2052.77,-0.83%2052.76))&metres=5",
        "/api/catchments/areas?areas=E99999999",
        "/api/catchments/areas?areas=E07000000&membership=somehow",
        "/api/catchments/areas?areas=E07000000&membership=area-share",
        "/api/catchments/radius?definition=core&lon=-0.8&lat=52.77",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn what_is_no_shape_in_a_body_is_refused_by_parameter() {
    let many: Vec<String> = (0..100_000).map(|at| format!("[{},52.0]", f64::from(at) / 1e6)).collect();
    let many = format!(r#"{{"polygon":{{"type":"Polygon","coordinates":[[{}]]}}}}"#, many.join(","));
    let bodies =
        ["", "{}", "[]", "no JSON", r#"{"polygon":{"type":"Point","coordinates":[0,0]}}"#, r#"{"polygon":7,"colour":"red"}"#, r#"{"areas":[]}"#, many.as_str()];
    let refusals = bodies.map(|body| {
        let answer = post("/api/catchments", body);
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::BAD_REQUEST, "application/problem+json"));
        let problem = answer.json();
        format!("{}: {}", problem["parameter"].as_str().unwrap(), problem["detail"].as_str().unwrap())
    });
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn a_valid_polygon_with_a_hole_or_several_parts_works() {
    let holed = r#"{"polygon":{"type":"Polygon","coordinates":[[[-0.9,52.7],[-0.7,52.7],[-0.7,52.9],[-0.9,52.9],[-0.9,52.7]],[[-0.8,52.752],[-0.78,52.752],[-0.78,52.78],[-0.8,52.78],[-0.8,52.752]]]}}"#;
    let areas = |body: &str| post("/api/catchments", body).json()["summary"]["areas"].as_u64().unwrap();
    assert!((1..12).contains(&areas(holed)), "{}", areas(holed));
    let parts = r#"{"polygon":{"type":"MultiPolygon","coordinates":[[[[-0.83,52.74],[-0.8,52.74],[-0.8,52.79],[-0.83,52.79],[-0.83,52.74]]],[[[-0.79,52.74],[-0.75,52.74],[-0.75,52.79],[-0.79,52.79],[-0.79,52.74]]]]}}"#;
    assert!(areas(parts) >= areas(holed));
}

#[test]
fn a_travel_time_says_how_it_is_known_and_holds_the_neighbourhoods_in_time() {
    let centre = ask("/api/areas/E01000005").json()["centroid"].clone();
    let point = format!("lon={}&lat={}", centre[0], centre[1]);
    let answer = ask(&format!("/api/catchments/travel-time?{point}&minutes=7.5")).json();
    insta::assert_json_snapshot!(serde_json::json!({
        "label": answer["catchment"]["label"], "text": answer["catchment"]["definition_text"], "parameters": answer["catchment"]["parameters"],
        "membership": answer["catchment"]["membership_text"], "notes": answer["catchment"]["notes"], "sentence": answer["sentence"],
    }));
    // A kilometre is 7.2 minutes by the estimate: the neighbourhoods beside it, none at the corners.
    let codes =
        |answer: &serde_json::Value| answer["areas"].as_array().unwrap().iter().map(|area| area["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(codes(&answer), ["E01000001", "E01000004", "E01000005", "E01000006", "E01000009"]);
    assert_eq!(answer["profile"][0]["id"], "catchment");
    let by_place = ask(&format!("/api/catchments/travel-time?at={},{}&minutes=7.5", centre[0], centre[1])).json();
    assert_eq!(codes(&by_place), codes(&answer));
    let growth = ask(&format!("/api/housing-growth?{point}&minutes=7.5")).json();
    let radius = ask(&format!("/api/housing-growth?{point}&metres=1125")).json();
    assert_eq!(growth["sites"], radius["sites"]);
    assert_eq!(growth["assumptions"][0]["value"], "Within 7.5 minutes by car (estimated from the straight line, off by about 2 minutes on average)");
}

#[test]
fn around_a_hospital_published_times_decide_and_no_shape_is_drawn() {
    let answer = ask("/api/catchments/travel-time?at=hospitals&minutes=5").json();
    assert_eq!(answer["summary"]["areas"], 3);
    assert_eq!(answer["catchment"]["shape"], serde_json::Value::Null);
    assert!(answer["catchment"]["label"].as_str().unwrap().contains("published, outside peak hours"), "{}", answer["catchment"]["label"]);
    assert_eq!(ask("/api/catchments/travel-time?at=hospitals&minutes=5&f=csv").text().lines().count(), 4);
}

#[test]
fn what_is_no_travel_time_is_refused_by_parameter() {
    let refusals = [
        "/api/catchments/travel-time",
        "/api/catchments/travel-time?lon=-0.8&lat=52.77&minutes=0",
        "/api/catchments/travel-time?lon=-0.8&lat=52.77&minutes=1000",
        "/api/catchments/travel-time?lon=-0.8&lat=52.77&minutes=ten",
        "/api/catchments/travel-time?lon=-0.8&lat=52.77&minutes=1",
        "/api/catchments/travel-time?lon=-0.8&lat=52.77&mode=walk",
        "/api/catchments/travel-time?lon=-0.8&lat=52.77&mode=rocket",
        "/api/catchments/travel-time?lon=-0.8&lat=52.77&at=hospitals",
        "/api/catchments/travel-time?lon=151&lat=-33&minutes=10",
        "/api/catchments/travel-time?at=moon",
        "/api/catchments/travel-time?at=hospitals&metres=500",
        "/api/catchments/travel-time?at=hospitals&membership=area-share",
        "/api/catchments/radius?lon=-0.8&lat=52.77&minutes=10",
        "/api/practices/A00004/catchment?definition=travel-time",
        "/api/practices/A00001/definitions?minutes=10",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}
