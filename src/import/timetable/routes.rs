//! Routes by id, and the trips that run on them.

use std::collections::HashMap;

use super::week::Services;
use crate::import::day::Day;
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{RowPlace, Table};
use crate::model::timetable::Days;

/// Reads `routes.txt`: what passengers call each route.
///
/// # Errors
/// When it lacks a column.
pub fn routes(input: &Input, report: &mut Report) -> Result<HashMap<String, String>, ImportError> {
    let mut table = Table::open(input)?;
    let [id] = table.require([&["route_id"]])?;
    let names = ["route_short_name", "route_long_name"].map(|name| table.column(&[name]));
    let mut routes = HashMap::new();
    while let Some(row) = table.next_row(report)? {
        let route = row.text(&id);
        let name = names.iter().flatten().map(|name| row.text(name)).find(|name| !name.is_empty()).unwrap_or(route);
        if route.is_empty() || routes.contains_key(route) {
            let message = format!("expected an id that stands once, found {route:?}; the row was left out");
            report.add(row.finding(Severity::Error, "duplicate-route", Some(&id), message));
            continue;
        }
        routes.insert(route.to_owned(), name.to_owned());
    }
    report.count(input.name(), table.rows_read(), routes.len() as u64);
    Ok(routes)
}

/// A trip, its times not yet read.
pub struct TripEntry {
    /// What passengers call its route.
    pub route: String,
    /// Its service, a position in the services; none where the calendar does not know it, so that the trip never runs.
    pub service: Option<u32>,
    /// Its days in the week that is taken; none before the week is chosen.
    pub days: Days,
    /// Where it departs from its first stop, seconds after midnight, where `frequencies.txt` says so; else its own times hold.
    pub departures: Vec<u32>,
    /// Whether `frequencies.txt` speaks of it.
    pub repeated: bool,
    /// Where it stands.
    pub place: RowPlace,
}

/// The trips of a feed.
#[derive(Default)]
pub struct Trips {
    /// In the order of the file.
    pub all: Vec<TripEntry>,
    /// Position of each id.
    pub by_id: HashMap<String, u32>,
}

/// Reads `trips.txt`.
///
/// # Errors
/// When it lacks a column.
pub fn trips(input: &Input, routes: &HashMap<String, String>, services: &Services, report: &mut Report) -> Result<Trips, ImportError> {
    let mut table = Table::open(input)?;
    let [route_id, service_id, trip_id] = table.require([&["route_id"], &["service_id"], &["trip_id"]])?;
    let mut trips = Trips::default();
    while let Some(row) = table.next_row(report)? {
        let [route, service, trip] = [&route_id, &service_id, &trip_id].map(|column| row.text(column));
        if trip.is_empty() || trips.by_id.contains_key(trip) {
            let message = format!("expected an id that stands once, found {trip:?}; the row was left out");
            report.add(row.finding(Severity::Error, "duplicate-trip", Some(&trip_id), message));
            continue;
        }
        let known = services.position(service);
        if known.is_none() {
            let message = format!("expected a service of the calendar, found {service:?}; trip {trip:?} was left out");
            report.add(row.finding(Severity::Error, "unknown-service", Some(&service_id), message));
        }
        let name = routes.get(route).cloned().unwrap_or_else(|| {
            let message = format!("expected a route of routes.txt, found {route:?}; it was taken as the route's name");
            report.add(row.finding(Severity::Warning, "unknown-route", Some(&route_id), message));
            route.to_owned()
        });
        let position = u32::try_from(trips.all.len()).expect("a feed has fewer than 2^32 trips");
        trips.by_id.insert(trip.to_owned(), position);
        trips.all.push(TripEntry { route: name, service: known, days: Days(0), departures: Vec::new(), repeated: false, place: row.place() });
    }
    let kept = trips.all.iter().filter(|trip| trip.service.is_some()).count();
    report.count(input.name(), table.rows_read(), kept as u64);
    Ok(trips)
}

impl Trips {
    /// How many runs each service has on a day.
    #[must_use]
    pub fn runs_of_services(&self) -> HashMap<u32, u64> {
        let mut runs = HashMap::new();
        for trip in &self.all {
            let Some(service) = trip.service else { continue };
            *runs.entry(service).or_default() += if trip.repeated { trip.departures.len() as u64 } else { 1 };
        }
        runs
    }

    /// Gives every trip its days in the week that begins on a Monday.
    pub fn keep_week(&mut self, services: &Services, monday: Day, file: &str, report: &mut Report) {
        for trip in &mut self.all {
            trip.days = trip.service.map_or(Days(0), |service| services.days(service, monday));
        }
        let idle = self.all.iter().filter(|trip| trip.days.0 == 0 && trip.service.is_some()).count();
        if idle > 0 {
            let message = format!("trips left out, because they do not run in the week of {monday}: {idle} of {}", self.all.len());
            report.add(Finding::of_file(Severity::Note, "not-in-the-week", file, message));
        }
    }
}
