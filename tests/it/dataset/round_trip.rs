//! What is written is read again, and the bytes are a function of the contents.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use needsmap::dataset::{Location, read, write};
use proptest::prelude::*;

use super::editions::{any_edition, hillshire, hillshire_of_version_1, told};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_edition_written_and_read_again_is_the_same_edition(edition in any_edition()) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dataset");
        write(&edition, &out).unwrap();
        let again = read(Location::Directory(&out)).unwrap();
        prop_assert_eq!(told(&again), told(&edition));
        write(&again, &folder.path().join("again")).unwrap();
        prop_assert!(files_of(&out) == files_of(&folder.path().join("again")));
    }
}

#[test]
fn a_dataset_of_the_first_version_is_read_as_an_edition_without_organisations() {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dataset-version-1");
    let manifest = fs::read_to_string(stored.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"format_version\": 1,"));
    let edition = read(Location::Directory(&stored)).unwrap();
    assert_eq!(told(&edition), told(&hillshire_of_version_1()));
}

#[test]
fn two_writes_of_one_edition_give_identical_bytes() {
    let folder = tempfile::tempdir().unwrap();
    write(&hillshire(), &folder.path().join("first")).unwrap();
    write(&hillshire(), &folder.path().join("second")).unwrap();
    assert!(files_of(&folder.path().join("first")) == files_of(&folder.path().join("second")));
}

#[test]
fn a_planner_finds_files_named_after_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    write(&hillshire(), &out).unwrap();
    let names: Vec<String> = files_of(&out).into_keys().collect();
    insta::assert_debug_snapshot!(names, @r#"
    [
        "branches.fgb",
        "figures-lsoa11.parquet",
        "figures-msoa11.parquet",
        "hospitals.fgb",
        "housing-site-outlines.fgb",
        "housing-sites.fgb",
        "lsoa11.fgb",
        "manifest.json",
        "msoa11.fgb",
        "neighbours.fgb",
        "pharmacies.fgb",
        "places.fgb",
        "practices.fgb",
        "published-times-car-lsoa11.parquet",
        "registered-patients-lsoa11-males.parquet",
        "registered-patients-lsoa11-persons.parquet",
        "roads-junctions.parquet",
        "roads-links.parquet",
        "roads-shape.parquet",
        "timetable-pattern-stops.parquet",
        "timetable-patterns.parquet",
        "timetable-stops.parquet",
        "timetable-times.parquet",
        "timetable-trips.parquet",
    ]
    "#);
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let columns: Vec<&serde_json::Value> = manifest["series"].as_array().unwrap().iter().map(|series| &series["columns"]).collect();
    insta::assert_json_snapshot!(columns, @r#"
    [
      {
        "lower": "life-expectancy.years 2016 to 2020 males all ages lower",
        "upper": "life-expectancy.years 2016 to 2020 males all ages upper",
        "value": "life-expectancy.years 2016 to 2020 males all ages"
      },
      {
        "status": "imd-2019.score 2019 status",
        "value": "imd-2019.score 2019"
      },
      {
        "lower": "life-expectancy.years 2016 to 2020 males all ages lower (2)",
        "upper": "life-expectancy.years 2016 to 2020 males all ages upper (2)",
        "value": "life-expectancy.years 2016 to 2020 males all ages (2)"
      }
    ]
    "#);
}

#[test]
fn an_edition_built_into_the_program_is_read_by_name() {
    static FILES: std::sync::OnceLock<BTreeMap<String, Vec<u8>>> = std::sync::OnceLock::new();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    write(&hillshire(), &out).unwrap();
    FILES.set(files_of(&out)).unwrap();
    let edition = read(Location::Embedded(|name| FILES.get()?.get(name).map(|bytes| bytes.clone().into()))).unwrap();
    assert_eq!(told(&edition), told(&hillshire()));
    let error = read(Location::Embedded(|_| None)).unwrap_err();
    assert_eq!(error.to_string(), "built-in dataset: manifest.json: expected a file of the dataset, found none");
}

pub fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}
