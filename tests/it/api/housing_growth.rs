//! Housing growth: homes, people, lists and need, each with what it assumes.

use axum::body::Body;
use axum::http::Request;

use crate::client::{ask, county, refusal, send};

#[test]
fn growth_says_which_homes_how_many_people_and_what_was_assumed() {
    insta::assert_json_snapshot!(ask("/api/housing-growth?practice=A00001&definition=core").json());
}

/// Neighbourhood 0 has 900 of 1,050 people with Magna, neighbourhood 1 has 700 of 750: (80 × 900/1050 + 50 × 700/750) × 2.4.
#[test]
fn people_join_as_their_neighbours_have() {
    let answer = ask("/api/housing-growth?practice=A00001&definition=core").json();
    let expected: f64 = (80.0 * 900.0 / 1050.0 + 50.0 * 700.0 / 750.0) * 2.4;
    assert!((answer["list_growth"]["people"].as_f64().unwrap() - expected).abs() < 0.06);
    let joined: f64 = answer["joining"].as_array().unwrap().iter().map(|one| one["people"].as_f64().unwrap()).sum();
    assert!((joined - answer["totals"]["people"].as_f64().unwrap()).abs() < 0.2);
}

#[test]
fn a_site_inside_a_larger_one_counts_once_and_other_statuses_are_listed_not_added() {
    let answer = ask("/api/housing-growth?practice=A00001&definition=core").json();
    assert_eq!(answer["totals"], serde_json::json!({"sites": 2, "dwellings": 130.0, "people": 312.0}));
    let why = |id: &str| answer["sites"].as_array().unwrap().iter().find(|site| site["id"] == id).unwrap()["why_not"].clone();
    assert_eq!((why("W-2"), why("W-4")), ("counted once, as part of W-1".into(), "its status is not added up".into()));
    assert_eq!(answer["not_located"][0]["list"][0]["name"], "Somewhere");
    assert_eq!(answer["plans"][0]["unexplained"], 400.0 - 130.0 - 30.0);
}

#[test]
fn need_is_not_set_until_its_parameters_are_given() {
    let need = |query: &str| ask(&format!("/api/housing-growth?areas=E01000000&{query}")).json()["need"].clone();
    assert_eq!(need("")["square_metres"], serde_json::json!({"status": "not set", "missing": ["square-metres-per-patient"]}));
    let given = need("square-metres-per-patient=0.0685714&cost-per-square-metre=2300&count=total&household-size=2.4");
    // The one site that counts in neighbourhood 0 has 100 dwellings: section 8's own example.
    assert_eq!((&given["people"], &given["square_metres"]["value"]), (&240.0.into(), &16.46.into()));
    assert!((given["contribution"]["value"].as_f64().unwrap() - 37_851.43).abs() < 0.05, "{given}");
}

#[test]
fn years_statuses_and_shares_are_as_asked() {
    let answer = ask("/api/housing-growth?areas=E01000001&from=2024&to=2030").json();
    assert_eq!(answer["by_year"], serde_json::json!([{"year": 2024, "dwellings": 10.0, "people": 24.0}, {"year": 2025, "dwellings": 10.0, "people": 24.0}]));
    let options = ask("/api/housing-growth?areas=E01000002&status=option&share-new=0.385").json();
    assert_eq!(options["totals"]["people"], 462.0);
    let given = ask("/api/housing-growth?practice=A00002&areas=E01000001&joining=A00001:0.4,A00002:0.6").json();
    assert_eq!(given["list_growth"]["people"], 72.0);
    assert_eq!(ask("/api/housing-growth?practice=A00002&areas=E01000001&joins=all").json()["list_growth"]["people"], 120.0);
}

#[test]
fn growth_is_a_table_and_features_too_and_no_cell_runs_as_a_formula() {
    let table = ask("/api/housing-growth?practice=A00001&definition=core&f=csv").text();
    insta::assert_snapshot!(table);
    let features = ask("/api/housing-growth?practice=A00001&definition=core&f=geojson").json();
    assert_eq!(features["features"].as_array().unwrap().len(), 4);
    assert_eq!(features["features"][0]["geometry"]["type"], "Point");
}

#[test]
fn a_shape_in_a_body_grows_as_well() {
    let body = r#"{"polygon":{"type":"Polygon","coordinates":[[[-0.9,52.7],[-0.7,52.7],[-0.7,52.9],[-0.9,52.9],[-0.9,52.7]]]},"practice":"A00001"}"#;
    let request = Request::builder().method("POST").uri("/api/housing-growth?household-size=2.39").body(Body::from(body)).unwrap();
    assert_eq!(send(county(), request).json()["totals"]["dwellings"], 130.0);
}

#[test]
fn an_assumption_that_cannot_be_right_is_refused_by_parameter() {
    let refusals = [
        "/api/housing-growth",
        "/api/housing-growth?practice=A00001&household-size=0",
        "/api/housing-growth?practice=A00001&household-size=-1",
        "/api/housing-growth?practice=A00001&household-size=many",
        "/api/housing-growth?practice=A00001&share-new=1.1",
        "/api/housing-growth?practice=A00001&share-new=0",
        "/api/housing-growth?practice=A00001&status=dreamt",
        "/api/housing-growth?practice=A00001&status=",
        "/api/housing-growth?practice=A00001&count=twice",
        "/api/housing-growth?practice=A00001&from=2030&to=2020",
        "/api/housing-growth?practice=A00001&from=soon",
        "/api/housing-growth?practice=A00001&joins=somehow",
        "/api/housing-growth?areas=E01000001&joins=all",
        "/api/housing-growth?practice=A00001&joins=given",
        "/api/housing-growth?practice=A00001&joining=A00001:0.4,A00002:0.4",
        "/api/housing-growth?practice=A00001&joining=A00001:1.4,A00002:-0.4",
        "/api/housing-growth?practice=A00001&joining=A00001",
        "/api/housing-growth?practice=A00001&joining=Z99999:1",
        "/api/housing-growth?practice=A00001&square-metres-per-patient=0",
        "/api/housing-growth?practice=A00001&cost-per-square-metre=-3",
        "/api/housing-growth?practice=A00001&utilisation=1.5",
        "/api/housing-growth?practice=A00001&core=0.5",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}
