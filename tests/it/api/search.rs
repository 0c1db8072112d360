//! Search by name, alias and code.

use crate::client::ask;

fn found(query: &str) -> Vec<String> {
    let answer = ask(&format!("/api/search?{query}")).json();
    answer["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} ({})", one["type"].as_str().unwrap(), one["name"].as_str().unwrap(), one["detail"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_name_that_is_several_things_gives_several_typed_candidates() {
    insta::assert_snapshot!(found("q=wold%20magna").join("\n"));
}

#[test]
fn the_start_of_words_is_enough_and_accents_and_case_do_not_matter() {
    assert_eq!(found("q=WEST%20w&limit=1"), ["lad19 West Wold (District)"]);
    assert_eq!(found("q=beche&type=msoa11"), ["msoa11 West Wold 004 (Community in West Wold)"]);
    assert_eq!(found("q=nothing-like-it"), Vec::<String>::new());
}

#[test]
fn a_code_finds_its_area() {
    assert_eq!(found("q=e01000007"), ["lsoa11 West Wold 003H (Neighbourhood in West Wold)"]);
}
