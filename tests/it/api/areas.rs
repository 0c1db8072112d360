//! The card of an area.

use crate::client::ask;

#[test]
fn a_card_says_where_the_area_lies_who_lives_there_and_how_it_stands_among_its_neighbours() {
    insta::assert_json_snapshot!(ask("/api/areas/E01000004").json());
}

#[test]
fn the_card_of_a_district_counts_the_areas_within() {
    let card = ask("/api/areas/e07000001").json();
    assert_eq!(card["children"].as_array().unwrap().len(), 2);
    assert_eq!(card["children"][0]["count"], 6);
    assert_eq!(card["population"]["value"], 9900.0);
}
