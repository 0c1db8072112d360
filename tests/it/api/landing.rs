//! The landing page, conformance, and the OpenAPI document against the routes.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use needsmap::server::{Settings, openapi};

use crate::client::{ask, send, service};

#[test]
fn the_landing_page_says_what_is_served_and_where_to_go_on() {
    insta::assert_json_snapshot!(ask("/api").json());
}

#[test]
fn links_start_with_the_public_url_and_never_with_a_header_that_a_client_writes() {
    let request = axum::http::Request::builder().uri("/api").header("host", "evil.example").body(axum::body::Body::empty()).unwrap();
    let settings = Settings { public_url: "https://needs.example.org/".to_owned(), basemap_style: Some("https://tiles.example.org/style.json".to_owned()) };
    let answer = send(service(&settings), request);
    assert_eq!(answer.json()["links"][0]["href"], "https://needs.example.org/api");
    assert!(!answer.text().contains("evil"));
    assert_eq!(answer.json()["basemap_style"], "https://tiles.example.org/style.json");
    assert!(answer.header("content-security-policy").contains("connect-src 'self' https://tiles.example.org;"));
}

#[test]
fn the_openapi_document_is_version_3_1_and_every_path_in_it_answers() {
    let document = ask("/api/openapi.json");
    assert_eq!(document.header("content-type"), "application/vnd.oai.openapi+json;version=3.1");
    let document = document.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    // What only takes a body is asked with one elsewhere.
    for path in document["paths"].as_object().unwrap().iter().filter(|(_, methods)| methods["get"].is_object()).map(|(path, _)| path) {
        let address = path
            .replace("{collection}", "lsoa11")
            .replace("items/{code}", "items/E01000000")
            .replace("{code}", "E01000000")
            .replace("{measure}", "imd-2019")
            .replace("{ods}", "A00001")
            .replace("{definition}", "areas")
            .replace("{zoom}/{row}/{column}", "0/0/0")
            + match path.as_str() {
                "/api/search" => "?q=wold",
                "/api/housing-growth" => "?practice=A00001",
                "/api/catchments/{definition}" => "?areas=E01000000",
                "/api/travel-times" => "?to=hospitals",
                "/api/travel-times/matrix" => "?from=practices&to=hospitals",
                "/api/isochrones" => "?at=hospitals",
                "/api/access" => "?sites=practices",
                _ => "",
            };
        let status = ask(&address).status;
        assert!(status == StatusCode::OK || status == StatusCode::NO_CONTENT, "{address}: {status}");
    }
}

#[test]
fn every_route_stands_in_the_openapi_document_with_every_parameter_it_takes() {
    let document = openapi().unwrap();
    let paths: BTreeSet<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    insta::assert_snapshot!(paths.iter().copied().collect::<Vec<_>>().join("\n"));
    for path in paths.into_iter().filter(|path| !path.ends_with('z') && document["paths"][path]["get"].is_object()) {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().cloned().unwrap_or_default();
        // The server refuses unknown parameters with a list of the known ones: the two lists must be one.
        let address = path
            .replace("{collection}", "lsoa11")
            .replace("{code}", "E01000000")
            .replace("{measure}", "imd-2019")
            .replace("{ods}", "A00001")
            .replace("{definition}", "areas")
            .replace("{zoom}/{row}/{column}", "0/0/0");
        let problem = ask(&format!("{address}?surely-not=1")).json();
        let expected = problem["expected"].as_str().unwrap().trim_start_matches("one of ").replace("no parameters", "");
        let known: BTreeSet<&str> = expected.split(", ").filter(|name| !name.is_empty()).collect();
        let in_query: BTreeSet<&str> =
            parameters.iter().filter(|parameter| parameter["in"] == "query").filter_map(|parameter| parameter["name"].as_str()).collect();
        assert_eq!(known, in_query, "{path}");
    }
}

#[test]
fn every_response_in_the_openapi_document_says_what_it_means() {
    let document = openapi().unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let method = ["get", "post"].into_iter().find(|method| methods[method].is_object()).unwrap();
        let responses = methods[method]["responses"].as_object().unwrap();
        assert!(responses.values().all(|response| response["description"].as_str().is_some_and(|words| !words.is_empty())), "{path}");
        assert!(responses.contains_key("400") && responses.contains_key("404"), "{path}");
    }
}

#[test]
fn every_schema_that_the_document_points_to_is_in_it() {
    let text = openapi().unwrap().to_string();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    for part in text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is missing");
    }
}
