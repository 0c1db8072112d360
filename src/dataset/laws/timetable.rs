//! The laws of a timetable: stops with a point, patterns over them, and trips that keep their order.

use super::{Broken, Fault, disorder};
use crate::model::edition::Edition;
use crate::model::timetable::{Pattern, Timetable, Trip};

/// The latest moment, seconds after midnight: a week, more than any vehicle runs.
const LATEST_SECONDS: u32 = 7 * 24 * 3600;
/// Every day of the week.
const WHOLE_WEEK: u8 = 0b111_1111;

/// The first law that the timetable breaks.
pub(super) fn fault(edition: &Edition) -> Option<Broken> {
    let timetable = edition.timetable.as_ref()?;
    if let Some((expected, found)) = of_stops(timetable) {
        return Some(("timetable".to_owned(), expected, found));
    }
    let mut patterns = timetable.patterns.iter().enumerate();
    patterns.find_map(|(at, pattern)| {
        let told = |(expected, found)| (format!("timetable, pattern {at} of route {:?}", pattern.route), expected, found);
        of_pattern(pattern, timetable.stops.len()).map(told)
    })
}

fn of_stops(timetable: &Timetable) -> Fault {
    if let Some(found) = disorder(&timetable.stops, |stop| stop.id.as_str()) {
        return Some(("stops sorted by id, no id twice", found));
    }
    if let Some(stop) = timetable.stops.iter().find(|stop| !(stop.point.0.x().is_finite() && stop.point.0.y().is_finite())) {
        return Some(("stops with finite coordinates", format!("{:?} of {}", stop.point.0, stop.id)));
    }
    let pair = timetable.patterns.windows(2).find(|pair| (&pair[0].route, &pair[0].stops) > (&pair[1].route, &pair[1].stops))?;
    Some(("patterns sorted by route and stops", format!("{:?} before {:?}", pair[0].route, pair[1].route)))
}

fn of_pattern(pattern: &Pattern, stops: usize) -> Fault {
    if pattern.stops.len() < 2 {
        return Some(("two stops or more", pattern.stops.len().to_string()));
    }
    if let Some(stop) = pattern.stops.iter().find(|stop| **stop as usize >= stops) {
        return Some(("stops of the timetable", format!("stop {stop} of {stops}")));
    }
    if let Some(fault) = pattern.trips.iter().find_map(|trip| of_trip(trip, pattern.stops.len())) {
        return Some(fault);
    }
    // A trip that nowhere is before the one it follows overtakes none of those before it either.
    let overtakes = |pair: &[Trip]| pair[0].times.iter().zip(&pair[1].times).any(|(first, second)| first.0 > second.0 || first.1 > second.1);
    let place = pattern.trips.windows(2).position(overtakes)?;
    Some(("trips by departure, none overtaking another", format!("trip {place} is overtaken by the next")))
}

fn of_trip(trip: &Trip, stops: usize) -> Fault {
    if trip.times.len() != stops {
        return Some(("times at every stop", format!("{} for {stops} stops", trip.times.len())));
    }
    if trip.days.0 == 0 || trip.days.0 & !WHOLE_WEEK != 0 {
        return Some(("days of the week", format!("{:#b}", trip.days.0)));
    }
    let mut moments = trip.times.iter().flat_map(|(arrival, departure)| [*arrival, *departure]);
    let mut before = 0;
    let wrong = moments.find(|moment| {
        let wrong = *moment < before || *moment > LATEST_SECONDS;
        before = *moment;
        wrong
    })?;
    Some(("ascending times of less than a week", format!("{wrong} s")))
}
