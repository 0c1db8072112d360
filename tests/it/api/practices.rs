//! Practices, their catchments, and the definitions side by side.

use crate::client::{ask, refusal};

#[test]
fn a_practice_is_answered_with_its_list_its_network_and_its_branches() {
    insta::assert_json_snapshot!(ask("/api/practices/a00001").json());
}

#[test]
fn a_network_is_answered_with_its_practices() {
    let network = ask("/api/practices/U00001").json();
    assert_eq!((&network["kind"], &network["name"], &network["list_size"]), (&"pcn".into(), &"Wold PCN".into(), &6000.into()));
    assert_eq!(network["practices"].as_array().unwrap().len(), 2);
}

/// Section 6: 900, 700, 400, 250, 150 and about 100 patients with T = 0.75 keep three areas, 80 % of the list.
#[test]
fn the_worked_example_of_the_core_keeps_three_areas() {
    let answer = ask("/api/practices/A00001/catchment?definition=core&f=json").json();
    insta::assert_json_snapshot!(answer);
    assert_eq!((&answer["summary"]["areas"], &answer["summary"]["share_of_list"]), (&3.into(), &0.8.into()));
}

#[test]
fn a_catchment_is_geojson_unless_asked_otherwise_and_a_table_when_asked() {
    let answer = ask("/api/practices/A00001/catchment?definition=reach");
    assert_eq!(answer.header("content-type"), "application/geo+json");
    let answer = answer.json();
    assert_eq!(answer["features"].as_array().unwrap().len(), 6);
    assert_eq!(answer["features"][5]["properties"]["patients"], 80.0);
    assert!(answer["summary"]["registered_patients"] == 2480.0 && answer["sources"].as_array().unwrap().len() > 1);
    insta::assert_snapshot!(ask("/api/practices/A00001/catchment?definition=plurality&f=csv").text());
}

#[test]
fn counts_below_the_threshold_are_withheld_and_in_no_sum() {
    let answer = ask("/api/practices/A00001/catchment?definition=areas&areas=E01000005,E01000006,E01000007&f=json").json();
    let patients: Vec<_> = answer["areas"].as_array().unwrap().iter().map(|area| (area["patients"].as_f64(), area["status"].as_str())).collect();
    assert_eq!(patients, [(Some(80.0), None), (None, Some("suppressed")), (None, Some("suppressed"))]);
    assert_eq!((&answer["summary"]["registered_patients"], &answer["summary"]["withheld_areas"]), (&80.0.into(), &2.into()));
    assert_eq!(
        refusal("/api/practices/A00001/catchment?definition=reach&patients=4"),
        "400 bad-parameter patients: patients: expected 5 patients or more, because smaller counts are withheld, found 4"
    );
}

#[test]
fn several_practices_and_a_network_are_one_catchment() {
    let both = ask("/api/practices/A00001,A00002/catchment?definition=reach&f=json").json();
    let network = ask("/api/practices/U00001/catchment?definition=reach&f=json").json();
    assert_eq!(both["summary"], network["summary"]);
    assert_eq!(both["summary"]["registered_patients"], 5980.0);
    assert!(network["sentence"].as_str().unwrap().contains("of Wold PCN"), "{}", network["sentence"]);
}

#[test]
fn the_definitions_stand_side_by_side_with_the_number_each_gives() {
    let answer = ask("/api/practices/A00001/definitions").json();
    insta::assert_json_snapshot!((&answer["sentence"], &answer["rows"], &answer["plans"]));
    assert!(ask("/api/practices/A00001/definitions?f=csv").text().starts_with("definition,label,meaning,areas"));
}

#[test]
fn what_cannot_be_a_catchment_is_refused_by_parameter() {
    let refusals = [
        "/api/practices/Z99999",
        "/api/practices/Z99999/catchment",
        "/api/practices/no-code/catchment",
        "/api/practices/A00003/catchment",
        "/api/practices/A00004/catchment",
        "/api/practices/A00001/catchment?definition=declared",
        "/api/practices/A00001/catchment?definition=core&share=0",
        "/api/practices/A00001/catchment?definition=core&share=1.2",
        "/api/practices/A00001/catchment?definition=market-share&share=-0.1",
        "/api/practices/A00001/catchment?definition=market-share&share=NaN",
        "/api/practices/A00001/catchment?definition=plurality&share=0.5",
        "/api/practices/A00001/catchment?definition=reach&patients=many",
        "/api/practices/A00001/catchment?definition=radius&metres=0",
        "/api/practices/A00001/catchment?definition=radius&metres=1000000",
        "/api/practices/A00001/catchment?definition=radius&lon=-0.8",
        "/api/practices/A00001,A00002/catchment?definition=radius",
        "/api/practices/A00001/catchment?definition=polygon",
        "/api/practices/A00001/catchment?definition=areas&areas=",
        "/api/practices/A00001/catchment?practice=A00002",
        "/api/practices/A00001/catchment?compare=E99999999",
        "/api/practices/A00001/catchment?membership=centroid",
        "/api/practices/A00001/definitions?definition=core",
        "/api/practices/A00001/definitions?core=7",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn a_practice_has_a_travel_time_around_its_point_with_its_own_patients() {
    let answer = ask("/api/practices/A00001/catchment?definition=travel-time&minutes=8&f=json").json();
    // The practice stands in the middle of neighbourhood 0: 2.2 minutes there, 7.2 to those beside it.
    let codes: Vec<&str> = answer["areas"].as_array().unwrap().iter().map(|area| area["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["E01000000", "E01000001", "E01000004"]);
    assert_eq!(answer["summary"]["registered_patients"], 900.0 + 700.0 + 150.0);
}
