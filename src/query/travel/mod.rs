//! Travel: how far people have to go, to which site, who is within reach, and what a new site would change.
//!
//! Section 7 of the calculations. Every time carries its basis: worked out on a network, published, or estimated from the straight
//! line; `basis.rs` alone decides which. People are counted where they live, at population-weighted centroids, never from a shape.

mod access;
mod bands;
mod basis;
mod by_timetable;
mod change;
pub mod estimate;
mod isochrones;
mod looks;
mod matrix;
mod nearest;
pub(in crate::query) mod notes;
mod places;
mod times;
mod within;

pub use access::{Access, AccessRequest, SiteAccess, Supply, access, floating_catchment};
pub use bands::{Band, BandKind, Bands, standard_limits, text as limit_text};
pub use basis::{By, How, Leg, Times};
pub use by_timetable::{WEEKDAYS, When};
pub use change::{Change, Gain};
pub(in crate::query) use isochrones::outlines;
pub use isochrones::{Combine, Isochrone, IsochroneRequest, Isochrones, MOST_ISOCHRONE_PLACES, isochrones};
pub use looks::{SiteLook, mark_of, site_looks};
pub use matrix::{MOST_PAIRS, Matrix, matrix};
pub use nearest::{Nearest, nearest};
pub use notes::BasisCount;
pub(in crate::query) use notes::Counting;
pub use places::{MOST_PLACES, Place, PlaceKind, Places, places};
pub use times::{Allocated, MOST_LIMITS, MOST_MINUTES, TravelTimes, TravelTimesRequest, limits, travel_times};
pub use within::{AgeSpread, DistrictSpread, Quintiles, Reached, Spread};
