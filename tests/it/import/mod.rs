//! Importers on small twins, on the default inputs, and on the publishers' own files where they are at hand.

mod default_edition;
mod desnz_fuel_poverty;
mod england;
mod general_site_table;
mod general_table;
mod geonames_places;
mod gtfs_timetable;
mod housing;
mod larger_areas;
mod mhclg_brownfield_register;
mod mhclg_deprivation;
mod national_breaks;
mod nhs_hospitals;
mod nhs_ods_branches;
mod nhs_ods_dispensaries;
mod nhs_ods_networks;
mod nhs_ods_practices;
mod nhs_practice_mapping;
mod nhs_registered_patients;
mod ons_area_boundaries;
mod ons_life_expectancy;
mod ons_lookup;
mod ons_population;
mod ons_population_weighted_centroids;
mod ons_postcodes;
mod organisations;
mod os_code_point_open;
mod osm_roads;
mod plan_requirements;
mod published_travel_times;
mod recipes;
mod workbook;

use std::path::PathBuf;

/// A file of `../shared/official`, or nothing with a line that says so.
pub fn official(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/official");
    if !folder.exists() {
        println!("skipped: ../shared/official is absent");
        return None;
    }
    Some(folder.join(path))
}

/// A file of `../shared/roads`, or nothing with a line that says so.
pub fn roads_and_timetables(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/roads");
    if !folder.exists() {
        println!("skipped: ../shared/roads is absent");
        return None;
    }
    Some(folder.join(path))
}

/// A file of the repository.
pub fn ours(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}
