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
    insta::assert_snapshot!(refusal(|edition| edition.practices.items.swap(0, 1)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.practices.items[0].branches.swap(0, 1)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.hospitals.items[1].id = "RWE".into()), @"");
    insta::assert_snapshot!(refusal(|edition| edition.hospitals.items[0].id.clear()), @"");
    insta::assert_snapshot!(refusal(|edition| edition.pharmacies.items.reverse()), @"");
    insta::assert_snapshot!(refusal(|edition| edition.housing_sites.items.swap(1, 2)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.hospitals.sources.push("hearsay".into())), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[1].source = "hearsay".into()), @"");
}

#[test]
fn points_and_outlines_can_be_drawn() {
    let nowhere = Some(Location { point: Bng(Point::new(f64::NAN, 1.0)), precision: Precision::Exact });
    insta::assert_snapshot!(refusal(|edition| edition.practices.items[1].organisation.location = nowhere), @"");
    insta::assert_snapshot!(refusal(|edition| edition.practices.items[0].branches[0].location = nowhere), @"");
    insta::assert_snapshot!(refusal(|edition| edition.hospitals.items[1].location = nowhere), @"");
    insta::assert_snapshot!(refusal(|edition| edition.pharmacies.items[0].location = nowhere), @"");
    insta::assert_snapshot!(refusal(|edition| edition.housing_sites.items[2].location.as_mut().unwrap().location = nowhere.unwrap()), @"");
    insta::assert_snapshot!(refusal(|edition| {
        let outline = edition.housing_sites.items[0].location.as_mut().unwrap().outline.as_mut().unwrap();
        outline.0.0[1].exterior_mut(|ring| ring.0.truncate(2));
    }), @"");
    insta::assert_snapshot!(refusal(|edition| edition.context[0].id = "hospitals".into()), @"");
}

#[test]
fn a_register_counts_patients_of_practices_and_areas_that_are_there() {
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[0].counts[0].with = RegisteredWith::Practice(2)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[0].counts[1].residence = Residence::Area(4)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[0].counts[2].patients = 0), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[0].counts[2].patients = u32::MAX), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[0].counts.swap(4, 5)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[0].counts[1].residence = Residence::Area(0)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[1].sex = edition.registered_patients[0].sex), @"");
    insta::assert_snapshot!(refusal(|edition| edition.registered_patients[1].area_type = AreaType::parse("msoa21").unwrap()), @"");
}

#[test]
fn a_site_is_part_of_another_and_never_of_itself() {
    insta::assert_snapshot!(refusal(|edition| edition.housing_sites.items[1].part_of = Some("H9".into())), @"");
    insta::assert_snapshot!(refusal(|edition| edition.housing_sites.items[1].part_of = Some("H2".into())), @"");
    insta::assert_snapshot!(refusal(|edition| {
        edition.housing_sites.items[0].part_of = Some("H3".into());
        edition.housing_sites.items[2].part_of = Some("H2".into());
    }), @"");
    insta::assert_snapshot!(refusal(|edition| edition.housing_sites.items[0].first_year = Some(2037)), @"");
    insta::assert_snapshot!(refusal(|edition| edition.housing_requirements.items[0].to_year = 2010), @"");
    insta::assert_snapshot!(refusal(|edition| edition.housing_requirements.items[0].household_size = Some(0.0)), @"");
}
