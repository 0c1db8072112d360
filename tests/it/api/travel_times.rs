//! How far people travel, to which site, what a new one changes; tables of journeys; each time with its basis.

use axum::http::StatusCode;

use crate::client::{ask, ask_by_road, refusal};

/// Neighbourhood 5 stands in the second column and row.
fn middle_of(code: &str) -> String {
    let centre = ask(&format!("/api/areas/{code}")).json()["centroid"].clone();
    format!("{},{}", centre[0], centre[1])
}

#[test]
fn the_nearest_hospital_of_every_neighbourhood_says_how_its_time_is_known() {
    insta::assert_json_snapshot!(ask("/api/travel-times?to=hospitals:acute").json());
}

/// One published time less: 11 neighbourhoods by published minutes, the last by the estimate.
#[test]
fn published_and_estimated_times_are_counted_apart_and_named_in_the_sentence() {
    let answer = ask("/api/travel-times?to=hospitals").json();
    let basis: Vec<String> = answer["basis"].as_array().unwrap().iter().map(|one| format!("{} {} {}", one["basis"], one["areas"], one["population"])).collect();
    assert_eq!(basis, ["\"published\" 11 16500.0", "\"estimate\" 1 2100.0"]);
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains("11 neighbourhoods by published times") && sentence.contains("1 neighbourhood by times estimated"), "{sentence}");
    assert!(answer["notes"][0].as_str().unwrap().starts_with("Times of different kinds stand side by side"));
}

#[test]
fn from_the_site_or_at_another_time_no_published_minute_is_used() {
    let from = ask("/api/travel-times?to=hospitals&direction=from").json();
    assert_eq!(from["basis"][0]["basis"], "estimate");
    assert_eq!(from["areas"][0]["basis"], "estimate");
    assert!(refusal("/api/travel-times?to=hospitals&time=morning-peak").contains("this edition holds no road network"));
}

#[test]
fn nearest_by_kilometres_is_the_straight_line_and_says_so() {
    let answer = ask("/api/travel-times?to=practices&by=kilometres").json();
    // Neighbourhood 0 has Magna in its middle, neighbourhood 11 has Parva.
    assert_eq!((&answer["areas"][0]["kilometres"], &answer["areas"][11]["kilometres"]), (&0.0.into(), &0.0.into()));
    assert_eq!((&answer["areas"][0]["site"], &answer["areas"][11]["site"]), (&0.into(), &1.into()));
    assert_eq!(answer["sites"].as_array().unwrap().len(), 2);
    assert!(answer["sentence"].as_str().unwrap().contains("he straight line, not the road"), "{}", answer["sentence"]);
    assert_eq!(answer["within"][0], serde_json::json!({"kilometres": 2.0, "people": 18600.0, "share": 1.0}));
    assert!(answer["notes"].as_array().unwrap().iter().any(|note| note.as_str().unwrap().contains("Empty Surgery")), "{}", answer["notes"]);
}

#[test]
fn bands_hold_every_neighbourhood_and_everybody_once() {
    for bands in ["standard", "local"] {
        let answer = ask(&format!("/api/travel-times?to=hospitals&bands={bands}&within=E07000000")).json();
        let classes = answer["bands"]["classes"].as_array().unwrap();
        let areas: u64 = classes.iter().map(|class| class["areas"].as_u64().unwrap()).sum();
        let people: f64 = classes.iter().map(|class| class["population"].as_f64().unwrap()).sum();
        assert_eq!((areas, people), (6, 8700.0), "{bands}");
        for (area, row) in answer["areas"].as_array().unwrap().iter().map(|area| (area, &classes[usize::try_from(area["band"].as_u64().unwrap()).unwrap()])) {
            let minutes = area["minutes"].as_f64().unwrap();
            assert!(row["min"].as_f64().is_none_or(|min| min <= minutes) && row["max"].as_f64().is_none_or(|max| minutes <= max), "{area} {row}");
        }
    }
}

#[test]
fn a_site_that_is_added_says_whom_it_is_nearer_to_and_what_they_save() {
    let address = format!("/api/travel-times?to=hospitals&adding={},=New%20Clinic&minutes=5,8", middle_of("E01000011"));
    let answer = ask(&address).json();
    insta::assert_json_snapshot!(serde_json::json!({ "change": answer["change"], "sentence": answer["sentence"], "site": answer["sites"][1] }));
    // From the site no time is published, and estimates are the same both ways: the yardstick by which an added site is judged.
    let before = ask("/api/travel-times?to=hospitals&direction=from&minutes=5,8").json();
    for (change, (before, after)) in
        answer["change"]["within"].as_array().unwrap().iter().zip(before["within"].as_array().unwrap().iter().zip(answer["within"].as_array().unwrap()))
    {
        assert_eq!((&change["before"], &change["after"]), (&before["people"], &after["people"]));
    }
}

#[test]
fn a_site_on_the_very_point_of_another_is_nearer_to_nobody() {
    let point = |answer: &serde_json::Value| format!("{},{}", answer["sites"][0]["lon"], answer["sites"][0]["lat"]);
    let there = point(&ask("/api/travel-times?to=hospitals").json());
    for (answer, like_with_like) in [
        (ask(&format!("/api/travel-times?to=hospitals&adding={there},Twin")).json(), true),
        (ask_by_road(&format!("/api/travel-times?to=hospitals&adding={there},Twin")).json(), false),
        (ask_by_road(&format!("/api/travel-times?to=hospitals&adding={there},Twin&mode=walk")).json(), false),
    ] {
        let change = &answer["change"];
        assert_eq!((&change["people"], &change["areas"]), (&0.0.into(), &0.into()), "{change}");
        assert!(change["within"].as_array().unwrap().iter().all(|within| within["gained"] == 0.0), "{change}");
        let noted = answer["notes"].as_array().unwrap().iter().any(|note| note.as_str().unwrap().starts_with("To compare like with like"));
        assert_eq!(noted, like_with_like, "{}", answer["notes"]);
    }
}

#[test]
fn who_is_there_already_needs_no_time() {
    for answer in [
        ask("/api/travel-times/matrix?from=E01000000;E01000005&to=E01000000;E01000005").json(),
        ask_by_road("/api/travel-times/matrix?from=E01000000;E01000005&to=E01000000;E01000005&mode=walk").json(),
    ] {
        for at in [0, 1] {
            assert_eq!((&answer["minutes"][at][at], &answer["kilometres"][at][at]), (&0.0.into(), &0.0.into()));
            assert!(answer["minutes"][at][1 - at].as_f64().unwrap() > 0.0, "{answer}");
        }
    }
}

#[test]
fn times_are_a_table_and_features_too_and_no_cell_runs_as_a_formula() {
    let address = format!("/api/travel-times?to=hospitals;{},=2%2B2&within=E07000001", middle_of("E01000011"));
    insta::assert_snapshot!(ask(&format!("{address}&f=csv")).text());
    let features = ask(&format!("{address}&f=geojson")).json();
    assert_eq!((features["features"].as_array().unwrap().len(), features["sites"][1]["name"].as_str()), (6, Some("=2+2")));
    assert_eq!(features["features"][0]["properties"]["basis"], "published");
}

#[test]
fn a_table_of_journeys_gives_minutes_kilometres_and_miles_with_the_basis_of_each() {
    let address = format!("/api/travel-times/matrix?from=E01000000;{},Home&to=hospitals;practices", middle_of("E01000005"));
    insta::assert_json_snapshot!(ask(&address).json());
    let table = ask(&format!("{address}&f=csv")).text();
    assert_eq!(table.lines().count(), 7, "{table}");
    assert!(table.lines().nth(1).unwrap().starts_with("E01000000,"), "{table}");
    let one = ask("/api/travel-times/matrix?from=E01000000&to=hospitals").json();
    assert_eq!((&one["minutes"], &one["basis_of"]), (&serde_json::json!([[4.0]]), &serde_json::json!([["published"]])));
}

#[test]
fn what_is_no_question_of_travel_is_refused_by_parameter() {
    let long = "x".repeat(61);
    let many = vec!["-0.8,52.75"; 1001].join(";");
    let refusals = [
        "/api/travel-times",
        "/api/travel-times?to=",
        "/api/travel-times?to=;;",
        "/api/travel-times?to=moon",
        "/api/travel-times?to=hospitals:imaginary",
        "/api/travel-times?to=pharmacies",
        "/api/travel-times?to=housing-sites",
        "/api/travel-times?to=practices:Z99999",
        "/api/travel-times?to=practices:A00003",
        "/api/travel-times?to=E99999999",
        "/api/travel-times?to=151,-33",
        "/api/travel-times?to=NaN,52",
        "/api/travel-times?to=-0.8",
        &format!("/api/travel-times?to=-0.8,52.75,{long}"),
        "/api/travel-times?to=-0.8,52.75,two%0Alines",
        &format!("/api/travel-times?to={many}"),
        "/api/travel-times?to=hospitals&mode=walk",
        "/api/travel-times?to=hospitals&mode=cycle",
        "/api/travel-times?to=hospitals&mode=transit",
        "/api/travel-times?to=hospitals&mode=rocket",
        "/api/travel-times?to=hospitals&mode=walk&time=off-peak",
        "/api/travel-times?to=hospitals&time=midnight",
        "/api/travel-times?to=hospitals&direction=up",
        "/api/travel-times?to=hospitals&by=money",
        "/api/travel-times?to=hospitals&minutes=0",
        "/api/travel-times?to=hospitals&minutes=-5",
        "/api/travel-times?to=hospitals&minutes=1000",
        "/api/travel-times?to=hospitals&minutes=ten",
        "/api/travel-times?to=hospitals&minutes=",
        "/api/travel-times?to=hospitals&minutes=1,2,3,4,5,6,7,8,9,10,11",
        "/api/travel-times?to=hospitals&minutes=10&by=kilometres",
        "/api/travel-times?to=hospitals&bands=odd",
        "/api/travel-times?to=hospitals&area-type=parish",
        "/api/travel-times?to=hospitals&within=E99999999",
        "/api/travel-times?to=hospitals&adding=practices",
        "/api/travel-times?to=hospitals&adding=hospitals",
        "/api/travel-times?to=hospitals&colour=red",
        "/api/travel-times/matrix?from=hospitals",
        "/api/travel-times/matrix?from=hospitals&to=nowhere",
        "/api/travel-times/matrix?from=hospitals&to=practices&mode=transit",
        "/api/travel-times/matrix?from=hospitals&to=practices&f=geojson",
    ]
    .map(|address| refusal(address).replace(&long, "x…"));
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn areas_of_a_larger_type_are_answered_by_the_estimate() {
    let answer = ask("/api/travel-times?to=hospitals&area-type=msoa11").json();
    assert_eq!((answer["areas"].as_array().unwrap().len(), &answer["basis"][0]["basis"]), (4, &"estimate".into()));
    assert_eq!(ask("/api/travel-times?to=hospitals&f=pdf").status, StatusCode::BAD_REQUEST);
}
