//! The part of a timetable that concerns an edition: what calls in it or near it.

use super::patterns::only_at;
use crate::import::locating::Locating;
use crate::import::postcodes::Postcodes;
use crate::import::report::{Finding, Report, Severity};
use crate::model::edition::AreaLayer;
use crate::model::organisation::{Location, Precision};
use crate::model::timetable::Timetable;

/// The timetable with the stops that lie at most so many kilometres from the extent of the areas; vehicles still run between them.
#[must_use]
pub fn within(timetable: Timetable, within_km: f64, layers: &[AreaLayer], report: &mut Report) -> Timetable {
    let postcodes = Postcodes::default();
    let locating = Locating::new(&postcodes, layers);
    let Timetable { source, first_day, last_day, stops, patterns } = timetable;
    let held = stops.len();
    let near = |point| locating.concerns(Some(Location { point, precision: Precision::Exact }), None, within_km);
    let (stops, patterns) = only_at(stops, patterns, |stop| near(stop.point));
    if stops.len() < held {
        let message =
            format!("stops left out, because they lie more than {within_km} km from the edition, or nothing rides on from there: {}", held - stops.len());
        report.add(Finding::of_file(Severity::Note, "stops-beyond", "", message));
    }
    if patterns.is_empty() {
        let message = format!("nothing of the timetable calls twice in the edition or at most {within_km} km from it");
        report.add(Finding::of_file(Severity::Error, "timetable-elsewhere", "", message));
    }
    Timetable { source, first_day, last_day, stops, patterns }
}
