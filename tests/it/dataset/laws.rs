//! An edition whose organisations, registers or sites contradict themselves is never written.

use std::fs;

use geo_types::Point;
use needsmap::dataset::write;
use needsmap::model::area::AreaType;
use needsmap::model::crs::Bng;
use needsmap::model::edition::Edition;
use needsmap::model::organisation::{Location, Precision};
use needsmap::model::registered_patients::{RegisteredWith, Residence};

use super::editions::hillshire;

/// What `write` says of the county after this change.
fn refusal(change: impl FnOnce(&mut Edition)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut edition = hillshire();
    change(&mut edition);
    let error = write(&edition, &folder.path().join("dataset")).unwrap_err();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    error.to_string().trim_start_matches("edition hillshire-2022: ").to_owned()
}

#[test]
fn lists_are_sorted_and_name_sources_of_the_edition() {
    let refusals = [
        refusal(|edition| edition.practices.items.swap(0, 1)),
        refusal(|edition| edition.practices.items[0].branches.swap(0, 1)),
        refusal(|edition| edition.hospitals.items[1].id = "RWE".into()),
        refusal(|edition| edition.hospitals.items[0].id.clear()),
        refusal(|edition| edition.pharmacies.items.reverse()),
        refusal(|edition| edition.housing_sites.items.swap(1, 2)),
        refusal(|edition| edition.hospitals.sources.push("hearsay".into())),
        refusal(|edition| edition.registered_patients[1].source = "hearsay".into()),
    ];
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    practices: expected practices sorted by code, no code twice, found C82002 before C82001
    practice C82001: expected branches sorted by code, no code twice, found C82001002 before C82001001
    hospitals: expected hospitals sorted by id, no id twice, found RWE before RWE
    hospital Hill Infirmary: expected an id, found none
    pharmacies: expected pharmacies sorted by code, no code twice, found FA002 before FA001
    housing sites: expected sites sorted by id, no id twice, found H3 before H2
    hospitals: expected a source of the edition, found "hearsay"
    registered patients: expected a source of the edition, found "hearsay"
    "#);
}

#[test]
fn points_and_outlines_can_be_drawn() {
    let place = Location { point: Bng(Point::new(f64::NAN, 1.0)), precision: Precision::Exact };
    let nowhere = Some(place);
    let refusals = [
        refusal(|edition| edition.practices.items[1].organisation.location = nowhere),
        refusal(|edition| edition.practices.items[0].branches[0].location = nowhere),
        refusal(|edition| edition.hospitals.items[1].location = nowhere),
        refusal(|edition| edition.pharmacies.items[0].location = nowhere),
        refusal(|edition| edition.housing_sites.items[2].location.as_mut().unwrap().location = place),
        refusal(|edition| {
            let outline = edition.housing_sites.items[0].location.as_mut().unwrap().outline.as_mut().unwrap();
            outline.0.0[1].exterior_mut(|ring| ring.0.truncate(2));
        }),
        refusal(|edition| edition.context[0].id = "hospitals".into()),
    ];
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    practice C82002: expected finite coordinates, found NaN, 1
    branch C82001001: expected finite coordinates, found NaN, 1
    hospital old-infirmary: expected finite coordinates, found NaN, 1
    pharmacy FA001: expected finite coordinates, found NaN, 1
    housing site H3: expected finite coordinates, found NaN, 1
    housing site H1: expected closed rings of four positions or more, found 3 positions
    context layer "hospitals": expected an id of its own in small letters and hyphens, found "hospitals"
    "#);
}

#[test]
fn a_register_counts_patients_of_practices_and_areas_that_are_there() {
    let refusals = [
        refusal(|edition| edition.registered_patients[0].counts[0].with = RegisteredWith::Practice(2)),
        refusal(|edition| edition.registered_patients[0].counts[1].residence = Residence::Area(4)),
        refusal(|edition| edition.registered_patients[0].counts[2].patients = 0),
        refusal(|edition| edition.registered_patients[0].counts[2].patients = u32::MAX),
        refusal(|edition| edition.registered_patients[0].counts.swap(4, 5)),
        refusal(|edition| edition.registered_patients[0].counts[1].residence = Residence::Area(0)),
        refusal(|edition| edition.registered_patients[1].sex = edition.registered_patients[0].sex),
        refusal(|edition| edition.registered_patients[1].area_type = AreaType::parse("msoa21").unwrap()),
    ];
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    registered patients lsoa11 persons: expected practices and areas of the edition, found Practice(2), Area(0)
    registered patients lsoa11 persons: expected practices and areas of the edition, found Practice(0), Area(4)
    registered patients lsoa11 persons: expected 1 to 2147483647 patients in every count, found 0
    registered patients lsoa11 persons: expected 1 to 2147483647 patients in every count, found 4294967295
    registered patients lsoa11 persons: expected counts sorted by practice and residence, no pair twice, found OtherPractices, Outside before OtherPractices, Area(1)
    registered patients lsoa11 persons: expected counts sorted by practice and residence, no pair twice, found Practice(0), Area(0) before Practice(0), Area(0)
    registered patients lsoa11 persons: expected one register of that area type and sex, found two
    registered patients msoa21 males: expected a layer of that area type, found none
    "#);
}

#[test]
fn a_site_is_part_of_another_and_never_of_itself() {
    let refusals = [
        refusal(|edition| edition.housing_sites.items[1].part_of = Some("H9".into())),
        refusal(|edition| edition.housing_sites.items[1].part_of = Some("H2".into())),
        refusal(|edition| {
            edition.housing_sites.items[0].part_of = Some("H3".into());
            edition.housing_sites.items[2].part_of = Some("H2".into());
        }),
        refusal(|edition| edition.housing_sites.items[0].first_year = Some(2037)),
        refusal(|edition| edition.housing_requirements.items[0].to_year = 2010),
        refusal(|edition| edition.housing_requirements.items[0].household_size = Some(0.0)),
    ];
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    housing site H2: expected part_of to name a site of the edition, found "H9"
    housing site H2: expected a site that is no part of itself, found a circle of part_of
    housing site H1: expected a site that is no part of itself, found a circle of part_of
    housing site H1: expected a first year not after the last, found 2037 and 2036
    housing requirement adopted of E07000001, Hillshire Local Plan: expected a first year not after the last, found 2011 and 2010
    housing requirement adopted of E07000001, Hillshire Local Plan: expected a finite household size above zero, found 0
    "#);
}
