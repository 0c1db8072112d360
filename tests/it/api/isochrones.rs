//! Isochrones: nested shapes with the people within reach.

use crate::client::{ask, refusal};

fn middle_of(code: &str) -> String {
    let centre = ask(&format!("/api/areas/{code}")).json()["centroid"].clone();
    format!("{},{}", centre[0], centre[1])
}

#[test]
fn shapes_nest_longest_first_and_count_people_by_times() {
    let answer = ask(&format!("/api/isochrones?at={},Clinic&minutes=8,5,7", middle_of("E01000005"))).json();
    let mut said = answer.clone();
    for feature in said["features"].as_array_mut().unwrap() {
        assert_eq!(feature["geometry"]["coordinates"][0].as_array().unwrap().len(), 129);
        feature["geometry"]["coordinates"] = "129 corners".into();
    }
    insta::assert_json_snapshot!(said);
}

#[test]
fn several_places_stand_apart_together_or_in_common() {
    let at = format!("{};{}", middle_of("E01000004"), middle_of("E01000007"));
    let of = |combine: &str| ask(&format!("/api/isochrones?at={at}&minutes=10&combine={combine}")).json();
    let (separate, union, overlap) = (of("separate"), of("union"), of("overlap"));
    assert_eq!([&separate, &union, &overlap].map(|answer| answer["features"].as_array().unwrap().len()), [2, 1, 1]);
    let people = |answer: &serde_json::Value| answer["people"][0]["people"].as_f64().unwrap();
    let of_each: f64 = separate["features"].as_array().unwrap().iter().map(|one| one["properties"]["people"].as_f64().unwrap()).sum();
    // Whoever is within reach of both is counted once in the union and once in the overlap.
    assert_eq!((people(&separate), of_each), (people(&union), people(&union) + people(&overlap)));
    assert!(people(&overlap) > 0.0 && people(&overlap) < people(&union));
    let apart = ask(&format!("/api/isochrones?at={at}&minutes=3&combine=overlap")).json();
    assert_eq!((&apart["features"][0]["geometry"], &apart["people"][0]["people"]), (&serde_json::Value::Null, &0.0.into()));
}

#[test]
fn a_time_too_short_to_set_out_reaches_nothing_and_is_said_in_the_table() {
    let table = ask(&format!("/api/isochrones?at={}&minutes=1,5&f=csv", middle_of("E01000005"))).text();
    insta::assert_snapshot!(table);
}

#[test]
fn a_hospital_with_published_times_is_drawn_by_the_estimate_and_says_so() {
    let answer = ask("/api/isochrones?at=hospitals").json();
    let notes = answer["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note.as_str().unwrap().starts_with("For Wold Infirmary published times are held")), "{notes:?}");
    assert_eq!(answer["features"][0]["properties"]["basis"], "estimate");
}

#[test]
fn what_is_no_isochrone_is_refused_by_parameter() {
    let eleven = vec!["-0.8,52.75"; 11].join(";");
    let refusals = [
        "/api/isochrones",
        "/api/isochrones?at=",
        &format!("/api/isochrones?at={eleven}"),
        "/api/isochrones?at=151,-33",
        "/api/isochrones?at=-0.8,52.75&minutes=0",
        "/api/isochrones?at=-0.8,52.75&minutes=241",
        "/api/isochrones?at=-0.8,52.75&minutes=ten",
        "/api/isochrones?at=-0.8,52.75&mode=walk",
        "/api/isochrones?at=-0.8,52.75&mode=transit",
        "/api/isochrones?at=-0.8,52.75&combine=mix",
        "/api/isochrones?lon=-0.8&lat=52.75",
        "/api/isochrones?at=-0.8,52.75&f=mvt",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}
