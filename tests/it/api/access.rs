//! Access by two-step floating catchments.

use crate::client::{ask, refusal};

#[test]
fn what_the_areas_get_is_what_the_sites_give() {
    let answer = ask("/api/access?sites=practices&supply=list-size").json();
    let given: f64 = answer["sites"].as_array().unwrap().iter().map(|site| site["supply"].as_f64().unwrap()).sum();
    let areas = answer["areas"].as_array().unwrap();
    let taken: f64 = areas.iter().map(|area| area["accessibility_per_1000"].as_f64().unwrap() * area["population"].as_f64().unwrap() / 1000.0).sum();
    assert!((given - taken).abs() < 0.1, "{given} against {taken}");
}

#[test]
fn access_of_two_practices_with_a_doctor_each() {
    insta::assert_json_snapshot!(ask("/api/access?sites=practices&supply=A00001:2,A00002:3&bands=5,10&weights=1,0.5&within=E07000000").json());
}

#[test]
fn access_is_a_table_and_features_too() {
    let table = ask("/api/access?sites=practices&f=csv&within=E01000000").text();
    insta::assert_snapshot!(table);
    assert_eq!(ask("/api/access?sites=practices&f=geojson").json()["features"].as_array().unwrap().len(), 12);
}

#[test]
fn bands_weights_and_supplies_that_do_not_go_together_are_refused() {
    let refusals = [
        "/api/access",
        "/api/access?sites=practices&supply=many",
        "/api/access?sites=practices&supply=0",
        "/api/access?sites=hospitals&supply=list-size",
        "/api/access?sites=practices&supply=A00001:1",
        "/api/access?sites=practices&supply=A00001:1,Z99999:1",
        "/api/access?sites=practices&bands=20,10",
        "/api/access?sites=practices&bands=10,10",
        "/api/access?sites=practices&bands=0,10",
        "/api/access?sites=practices&bands=10,20&weights=1",
        "/api/access?sites=practices&bands=10,20&weights=0.5,1",
        "/api/access?sites=practices&weights=1,0.5,-1",
        "/api/access?sites=practices&mode=walk",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}
