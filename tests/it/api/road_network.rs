//! What journeys the edition knows.

use crate::client::{ask, refusal};

#[test]
fn an_edition_without_roads_says_which_times_it_holds_all_the_same() {
    insta::assert_json_snapshot!(ask("/api/road-network").json());
    assert!(refusal("/api/road-network?mode=car").starts_with("400 unknown-parameter mode"));
}
