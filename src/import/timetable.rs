//! Timetables in the General Transit Feed Specification, put into the words of the model: one ordinary week of what runs.

mod calls;
mod feed;
mod frequencies;
mod patterns;
mod routes;
mod stops;
mod week;
mod within;

pub use feed::Feed;
pub use within::within;

use super::day::Day;
use super::error::ImportError;
use super::input::Input;
use super::report::{Finding, Report, Severity};
use crate::model::timetable::Timetable;

/// Reads a feed: the trips of the week in which the given day lies, or of the first whole week in which most trips run.
///
/// # Errors
/// When it is no feed, lacks a file or column without which nothing runs, breaks off, has no stop in Great Britain, or nothing runs in the week.
pub fn timetable(input: &Input, week_of: Option<Day>, report: &mut Report) -> Result<Timetable, ImportError> {
    let mut feed = Feed::open(input)?;
    let stops = stops::read(&feed.required("stops.txt")?, report)?;
    let routes = routes::routes(&feed.required("routes.txt")?, report)?;
    let [calendar, dates] = [feed.file("calendar.txt")?, feed.file("calendar_dates.txt")?];
    if calendar.is_none() && dates.is_none() {
        return Err(feed.lacks("calendar.txt or calendar_dates.txt"));
    }
    let services = week::Services::read(calendar.as_ref(), dates.as_ref(), report)?;
    let mut trips = routes::trips(&feed.required("trips.txt")?, &routes, &services, report)?;
    if let Some(frequencies) = feed.file("frequencies.txt")? {
        frequencies::read(&frequencies, &mut trips, report)?;
    }
    let week = services.week(week_of, &trips.runs_of_services(), input.name(), report)?;
    trips.keep_week(&services, week, input.name(), report);
    let calls = calls::read(&feed.required("stop_times.txt")?, &trips, &stops, report)?;
    if feed.holds("transfers.txt") {
        let message = "transfers.txt is not read: people change within walking distance, on foot".to_owned();
        report.add(Finding::of_file(Severity::Note, "transfers-not-read", input.name(), message));
    }
    let (stops, patterns) = patterns::patterns(stops, &trips, calls, input.name(), report);
    Ok(Timetable { source: String::new(), first_day: week.to_string(), last_day: week.after(6).to_string(), stops, patterns })
}
