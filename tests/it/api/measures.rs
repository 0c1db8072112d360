//! Measures, values and classes.

use crate::client::ask;

#[test]
fn every_measure_says_where_it_is_held_and_how_it_can_be_classed() {
    insta::assert_json_snapshot!(ask("/api/measures").json());
}

#[test]
fn values_carry_rank_decile_people_and_class_and_say_why_a_number_is_missing() {
    insta::assert_json_snapshot!(ask("/api/measures/imd-2019.score/values?area-type=lsoa11&within=E07000001&method=national-quintiles").json());
}

#[test]
fn values_with_limits_come_for_the_sex_that_was_asked_for() {
    let answer = ask("/api/measures/life-expectancy/values?sex=Female&within=E07000000").json();
    assert_eq!(answer["measure"]["label"], "Life expectancy at birth: years, females");
    assert_eq!(answer["values"][0]["value"], 82.0);
    assert_eq!(answer["values"][0]["lower"], 80.5);
    assert_eq!(ask("/api/measures/life-expectancy/values").json()["measure"]["sex"], "persons");
}

#[test]
fn values_as_csv_say_on_every_row_what_the_number_is() {
    let answer = ask("/api/measures/imd-2019/values?area-type=lsoa11&within=E02000003&f=csv&method=national-quintiles");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"imd-2019-score-lsoa11.csv\"");
    insta::assert_snapshot!(answer.text());
}

#[test]
fn values_as_geojson_have_the_same_numbers_with_shapes() {
    let rows = ask("/api/measures/imd-2019/values?area-type=lsoa11&method=national-quintiles").json();
    let features = ask("/api/measures/imd-2019/values?area-type=lsoa11&method=national-quintiles&f=geojson").json();
    assert_eq!(rows["measure"], features["measure"]);
    assert_eq!(rows["extent"], features["extent"]);
    for (row, feature) in rows["values"].as_array().unwrap().iter().zip(features["features"].as_array().unwrap()) {
        assert_eq!(row, &feature["properties"]);
        assert_eq!(feature["geometry"]["type"], "Polygon");
    }
}

#[test]
fn national_quintiles_go_by_the_published_decile_most_deprived_first() {
    insta::assert_json_snapshot!(ask("/api/measures/imd-2019.score/classes?area-type=lsoa11").json());
}

fn key(query: &str) -> String {
    let answer = ask(&format!("/api/measures/{query}")).json();
    let lines = answer["classes"].as_array().unwrap().iter().map(|class| {
        format!("{} | {} | {} areas | {} people", class["label"].as_str().unwrap(), class["name"].as_str().unwrap_or("-"), class["areas"], class["population"])
    });
    let head = format!("{} ({})", answer["direction"].as_str().unwrap(), answer["method"]["note"].as_str().unwrap());
    std::iter::once(head).chain(lines).chain([format!("missing: {}", answer["missing"]["by_status"])]).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_method_prints_ranges_areas_and_people() {
    let keys = [
        "imd-2019.score/classes?method=quantiles&classes=3",
        "imd-2019.score/classes?method=equal-intervals&classes=4",
        "imd-2019.score/classes?method=natural-breaks&classes=3",
        "imd-2019.score/classes?breaks=20,40,100",
        "imd-2019.rank/classes?method=quantiles&classes=2",
        "imd-2019.decile/classes?method=national-deciles",
        "life-expectancy/classes?classes=2",
        "population/classes?method=quantiles&classes=2&within=E07000000",
    ]
    .map(key);
    insta::assert_snapshot!(keys.join("\n\n"));
}

#[test]
fn the_breaks_of_an_answer_give_the_same_classes_elsewhere() {
    let own = ask("/api/measures/imd-2019.score/classes?method=natural-breaks&classes=3").json();
    let breaks = own["breaks"].as_array().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let kept = ask(&format!("/api/measures/imd-2019.score/classes?method=given-breaks&breaks={breaks}")).json();
    let areas = |answer: &serde_json::Value| answer["classes"].as_array().unwrap().iter().map(|class| class["areas"].clone()).collect::<Vec<_>>();
    assert_eq!(areas(&own), areas(&kept));
}
