//! One module per published product; each reads one file into the words of the model and reports what it notices.

pub mod mhclg_deprivation;
pub mod ons_area_boundaries;
pub mod ons_lookup;
pub mod ons_population_weighted_centroids;
