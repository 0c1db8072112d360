//! Truth: what the default edition says, against figures that others have printed.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use needsmap::dataset::{self, Location};
use needsmap::server::{Serving, Settings, State, router};
use needsmap::store::Store;

use crate::client::send;

fn default_edition() -> Router {
    static SERVICE: OnceLock<Router> = OnceLock::new();
    SERVICE
        .get_or_init(|| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/dataset");
            let store = Store::new(dataset::read(Location::Directory(&folder)).unwrap()).unwrap();
            router(State::new(Arc::new(store), &Settings::default()), &Serving { seed: 1, kept_bytes: 1 << 20 })
        })
        .clone()
}

fn ask(address: &str) -> serde_json::Value {
    send(default_edition(), Request::builder().uri(address).body(Body::empty()).unwrap()).json()
}

/// A health plan of North West Leicestershire prints this key.
#[test]
fn the_national_quintiles_of_north_west_leicestershire_are_those_that_its_plan_prints() {
    let answer = ask("/api/measures/imd-2019.score/classes?area-type=lsoa11&within=E07000134&method=national-quintiles");
    let key: Vec<String> =
        answer["classes"].as_array().unwrap().iter().map(|class| format!("{}: {}", class["label"].as_str().unwrap(), class["areas"])).collect();
    assert_eq!(key, ["33.26 to 92.73: 2", "21.56 to 33.25: 10", "14.25 to 21.55: 9", "8.63 to 14.24: 23", "0.54 to 8.62: 14"]);
}

#[test]
fn the_edition_holds_the_areas_it_says() {
    let answer = ask("/api/collections");
    let counts: Vec<String> = answer["collections"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["kind"] == "area")
        .map(|one| format!("{} {}", one["id"].as_str().unwrap(), one["count"]))
        .collect();
    assert_eq!(counts, ["lsoa11 611", "msoa11 125", "lad19 9", "cty19 1"]);
}

/// The same rectangle over the boundaries of the whole country, read by other programs, holds 311 areas.
#[test]
fn a_rectangle_over_leicester_holds_the_areas_that_other_programs_find() {
    assert_eq!(ask("/api/collections/lsoa11/items?bbox=-1.22,52.57,-1.02,52.70&limit=1")["numberMatched"], 311);
}

#[test]
fn residents_of_neighbourhoods_communities_and_districts_add_up_to_the_same_people() {
    let sum = |area_type: &str| -> f64 {
        ask(&format!("/api/measures/population.number/values?area-type={area_type}"))["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["value"].as_f64().unwrap())
            .sum()
    };
    let people = sum("lsoa11");
    assert!((people - sum("msoa11")).abs() < 0.5 && (people - sum("lad19")).abs() < 0.5, "{people}");
    assert!((1_000_000.0..1_200_000.0).contains(&people), "{people}");
}

#[test]
fn every_measure_can_be_mapped_on_every_area_type_it_is_held_for_by_every_method_it_offers() {
    for measure in ask("/api/measures")["measures"].as_array().unwrap() {
        for held in measure["held"].as_array().unwrap() {
            for method in held["methods"].as_array().unwrap().iter().filter(|method| *method != "given-breaks") {
                let address = format!(
                    "/api/measures/{}.{}/classes?area-type={}&method={}",
                    measure["id"].as_str().unwrap(),
                    held["field"].as_str().unwrap(),
                    held["area_type"].as_str().unwrap(),
                    method.as_str().unwrap()
                );
                let answer = ask(&address);
                let classes = answer["classes"].as_array().unwrap_or_else(|| panic!("{address}: {answer}"));
                let areas: u64 = classes.iter().map(|class| class["areas"].as_u64().unwrap()).sum::<u64>() + answer["missing"]["areas"].as_u64().unwrap();
                assert_eq!(areas, ask(&format!("/api/collections/{}", held["area_type"].as_str().unwrap()))["count"].as_u64().unwrap(), "{address}");
            }
        }
    }
}

#[test]
fn every_card_can_be_read() {
    for code in ["E01025965", "E02005394", "E07000133", "E06000016", "E10000018"] {
        let card = ask(&format!("/api/areas/{code}"));
        assert_eq!(card["code"], code);
        assert!(card["measures"].as_array().unwrap().len() > 15, "{code}");
    }
}

#[test]
fn the_attribution_says_everything_once() {
    let landing = ask("/api");
    let line = landing["attribution"].as_str().unwrap();
    let sentences: Vec<&str> = line.trim_end_matches('.').split(". ").collect();
    for (position, sentence) in sentences.iter().enumerate() {
        assert!(!sentences[..position].contains(sentence), "{line}");
    }
    for words in ["Open Government Licence v3.0", "Crown copyright", "Open Parliament Licence", "GeoNames"] {
        assert!(line.contains(words), "{line}");
    }
}
