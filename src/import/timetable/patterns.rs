//! Trips grouped by route and stops, sorted, parted where one overtakes another, over the stops at which something calls.

use std::collections::{BTreeMap, BTreeSet};

use super::calls::TripCalls;
use super::routes::Trips;
use super::stops::Stops;
use crate::import::report::{Finding, Report, Severity};
use crate::model::timetable::{Days, Pattern, Stop, Trip};
use crate::routing::raptor::in_lines;

/// The runs over the same stops: times, and the days on which somebody runs at them.
type Runs = BTreeMap<Vec<(u32, u32)>, Days>;

/// The stops and patterns of a timetable.
#[must_use]
pub fn patterns(stops: Stops, trips: &Trips, calls: Vec<TripCalls>, file: &str, report: &mut Report) -> (Vec<Stop>, Vec<Pattern>) {
    let mut by_stops: BTreeMap<(String, Vec<u32>), Runs> = BTreeMap::new();
    let known = stops.kept.len();
    let (kept, position) = stops_used(stops.kept, calls.iter().flat_map(|one| one.stops.iter().copied()));
    if kept.len() < known {
        let message = format!("stops left out, because nothing calls there in the week: {} of {known}", known - kept.len());
        report.add(Finding::of_file(Severity::Note, "stops-without-calls", file, message));
    }
    for TripCalls { trip, stops, times } in calls {
        let trip = &trips.all[trip as usize];
        let stops = stops.into_iter().map(|stop| position[stop as usize]).collect();
        let runs = by_stops.entry((trip.route.clone(), stops)).or_default();
        let mut add = |times| runs.entry(times).or_default().0 |= trip.days.0;
        if trip.repeated {
            let begin = times[0].1;
            for &departure in &trip.departures {
                // What stands before the first departure stays before it, but no earlier than midnight.
                let moved = |time: u32| (time + departure).saturating_sub(begin);
                add(times.iter().map(|&(arrival, departure)| (moved(arrival), moved(departure))).collect());
            }
        } else {
            add(times);
        }
    }
    (kept, parted(by_stops))
}

/// Patterns sorted by route and stops, each parted so that no trip overtakes another.
fn parted(by_stops: BTreeMap<(String, Vec<u32>), Runs>) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for ((route, stops), runs) in by_stops {
        for times in in_lines(runs.keys().cloned().collect()) {
            let trips = times.into_iter().map(|times| Trip { days: runs[&times], times }).collect();
            patterns.push(Pattern { route: route.clone(), stops: stops.clone(), trips });
        }
    }
    patterns
}

/// The stops at which something calls, sorted by id, and the new position of each.
fn stops_used(stops: Vec<Stop>, called: impl Iterator<Item = u32>) -> (Vec<Stop>, Vec<u32>) {
    let used: BTreeSet<u32> = called.collect();
    let mut kept: Vec<(u32, Stop)> = (0..).zip(stops).filter(|(old, _)| used.contains(old)).collect();
    kept.sort_by(|one, other| one.1.id.cmp(&other.1.id));
    let mut position = vec![u32::MAX; used.last().map_or(0, |last| *last as usize + 1)];
    for (new, (old, _)) in (0..).zip(&kept) {
        position[*old as usize] = new;
    }
    (kept.into_iter().map(|(_, stop)| stop).collect(), position)
}

/// The part of a timetable that calls at the stops for which `near` holds: vehicles still run between them, whatever way they take.
#[must_use]
pub fn only_at(stops: Vec<Stop>, patterns: Vec<Pattern>, near: impl Fn(&Stop) -> bool) -> (Vec<Stop>, Vec<Pattern>) {
    let is_near: Vec<bool> = stops.iter().map(near).collect();
    let mut cut: Vec<(String, Vec<u32>, Vec<Trip>)> = Vec::new();
    for Pattern { route, stops, trips } in patterns {
        let places: Vec<usize> = (0..stops.len()).filter(|&place| is_near[stops[place] as usize]).collect();
        if places.len() > 1 {
            let trips = trips.into_iter().map(|trip| Trip { days: trip.days, times: places.iter().map(|&place| trip.times[place]).collect() });
            cut.push((route, places.iter().map(|&place| stops[place]).collect(), trips.collect()));
        }
    }
    let (kept, position) = stops_used(stops, cut.iter().flat_map(|(_, stops, _)| stops.iter().copied()));
    let mut by_stops: BTreeMap<(String, Vec<u32>), Runs> = BTreeMap::new();
    for (route, stops, trips) in cut {
        let runs = by_stops.entry((route, stops.into_iter().map(|stop| position[stop as usize]).collect())).or_default();
        for trip in trips {
            runs.entry(trip.times).or_default().0 |= trip.days.0;
        }
    }
    (kept, parted(by_stops))
}
