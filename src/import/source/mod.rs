//! One module per published product; each reads one file into the words of the model and reports what it notices.

pub mod desnz_fuel_poverty;
pub mod general_site_table;
pub mod general_table;
pub mod geonames_places;
pub mod gtfs_timetable;
pub mod mhclg_brownfield_register;
pub mod mhclg_deprivation;
pub mod nhs_hospitals;
pub mod nhs_ods_branches;
pub mod nhs_ods_dispensaries;
pub mod nhs_ods_networks;
pub mod nhs_ods_practices;
pub mod nhs_practice_mapping;
pub mod nhs_registered_patients;
pub mod ons_area_boundaries;
pub mod ons_life_expectancy;
pub mod ons_lookup;
pub mod ons_population;
pub mod ons_population_weighted_centroids;
pub mod ons_postcodes;
pub mod os_code_point_open;
pub mod osm_roads;
pub mod plan_requirements;
pub mod published_travel_times;
