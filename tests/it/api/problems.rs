//! Bad input: every refusal names the parameter and what was expected, and nothing is answered by half.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::client::{ask, county, refusal, send};

#[test]
fn an_unknown_name_is_a_404_that_says_which_names_there_are() {
    let refusals = [
        "/api/areas/E99999999",
        "/api/areas/Melton",
        "/api/measures/happiness",
        "/api/measures/imd-2019.median/values",
        "/api/collections/parishes",
        "/api/collections/lsoa11/items/E02000000",
        "/api/nothing",
        "/nothing",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn a_parameter_that_cannot_be_right_is_named_with_what_was_expected() {
    let refusals = [
        "/api/collections/lsoa11/items?bbox=1,2,3",
        "/api/collections/lsoa11/items?bbox=1,2,3,4,5",
        "/api/collections/lsoa11/items?bbox=-1,53,-0.5,52",
        "/api/collections/lsoa11/items?bbox=a,b,c,d",
        "/api/collections/lsoa11/items?bbox=NaN,1,2,3",
        "/api/collections/lsoa11/items?limit=-1",
        "/api/collections/lsoa11/items?limit=0",
        "/api/collections/lsoa11/items?limit=1000000000",
        "/api/collections/lsoa11/items?limit=ten",
        "/api/collections/lsoa11/items?offset=-5",
        "/api/collections/lsoa11/items?crs=EPSG:9999",
        "/api/collections/lsoa11/items?f=shapefile",
        "/api/collections/lsoa11/items?within=E99999999",
        "/api/collections/lsoa11/items?within=Melton",
        "/api/collections/lsoa11/items?properties=colour",
        "/api/collections/lsoa11/items?colour=red",
        "/api/collections/lsoa11/items?limit=1&limit=2",
        "/api/collections/places/items?bbox=0,0,1,1",
        "/api/collections/lad19/items?within=E01000000",
        "/api/measures/imd-2019/values?area-type=msoa11",
        "/api/measures/imd-2019/values?area-type=parish",
        "/api/measures/imd-2019/values?period=1066",
        "/api/measures/imd-2019/values?sex=females",
        "/api/measures/life-expectancy/values?sex=robots",
        "/api/measures/imd-2019/classes?method=magic",
        "/api/measures/imd-2019/classes?method=quantiles&classes=1",
        "/api/measures/imd-2019/classes?method=quantiles&classes=99",
        "/api/measures/imd-2019/classes?method=given-breaks",
        "/api/measures/imd-2019/classes?breaks=30,20",
        "/api/measures/imd-2019/classes?breaks=one",
        "/api/measures/imd-2019/classes?breaks=10&method=quantiles",
        "/api/measures/imd-2019/classes?method=national-quintiles&classes=7",
        "/api/measures/imd-2019/classes?breaks=10,20&classes=7",
        "/api/measures/imd-2019/values?within=",
        "/api/collections/lsoa11/items?properties=",
        "/api/measures/imd-2019/classes?scheme=rainbow",
        "/api/measures/population/classes?method=national-quintiles",
        "/api/search",
        "/api/search?q=wold&type=planet",
        "/api/search?q=wold&limit=1000",
        "/api/collections/lsoa11/tiles/WebMercatorQuad/15/0/0",
        "/api/collections/lsoa11/tiles/WebMercatorQuad/2/4/0",
        "/api/collections/lsoa11/tiles/WebMercatorQuad/2/0/-1",
        "/api?colour=red",
        "/api/openapi.json?colour=red",
    ]
    .map(refusal);
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn a_path_that_climbs_out_of_the_tree_is_refused() {
    for path in ["/../etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/a/..%5cb"] {
        let answer = ask(path);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.json()["code"], "bad-path");
    }
}

#[test]
fn a_path_that_is_no_text_is_refused_as_any_other() {
    assert_eq!(refusal("/api/areas/%FF"), "400 bad-path -: the path holds bytes that are no text");
}

#[test]
fn many_properties_are_refused_and_repeated_ones_are_given_once() {
    let many = (0..100).map(|n| format!("p{n}")).collect::<Vec<_>>().join(",");
    assert!(refusal(&format!("/api/collections/lsoa11/items?properties={many}")).starts_with("400 bad-parameter properties"));
    let answer = ask("/api/collections/lsoa11/items?f=csv&limit=1&properties=imd-2019.score,IMD-2019.score,imd-2019.score");
    assert!(answer.text().starts_with("imd-2019.score,imd-2019.score.status,longitude"), "{}", answer.text());
}

#[test]
fn only_reading_is_possible() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        for address in ["/api/collections", "/", "/healthz", "/nothing"] {
            let request = Request::builder().method(method.clone()).uri(address).body(Body::empty()).unwrap();
            let answer = send(county(), request);
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
            assert_eq!(answer.json()["code"], "method-not-allowed");
        }
    }
}

#[test]
fn a_body_larger_than_anything_here_takes_is_refused() {
    let request =
        Request::builder().method(Method::POST).uri("/api/collections").header("content-length", "10000000").body(Body::from(vec![0; 10_000_000])).unwrap();
    let answer = send(county(), request);
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["code"], "body-too-large");
}

#[test]
fn what_a_client_writes_comes_back_as_text_never_as_markup() {
    let answer = ask("/api/search?q=wold&type=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
}

#[test]
fn a_problem_is_never_kept() {
    let answer = ask("/api/areas/E99999999");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("etag"), "");
}
