//! Collections and the properties of their features.

use crate::client::ask;

#[test]
fn every_area_type_and_everything_drawn_is_a_collection() {
    let answer = ask("/api/collections").json();
    let list: Vec<String> = answer["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {} {}", one["id"], one["kind"], one["count"], one["extent"]["spatial"]["bbox"]))
        .collect();
    insta::assert_snapshot!(list.join("\n"));
}

#[test]
fn one_collection_says_where_its_features_are() {
    insta::assert_json_snapshot!(ask("/api/collections/LSOA11").json());
}

#[test]
fn the_properties_of_a_collection_include_every_measure() {
    let properties = ask("/api/collections/lsoa11/queryables").json();
    let names: Vec<&String> = properties["properties"].as_object().unwrap().keys().collect();
    assert!(names.iter().any(|name| *name == "imd-2019.score"), "{names:?}");
    assert_eq!(properties["properties"], ask("/api/collections/lsoa11/schema").json()["properties"]);
}
