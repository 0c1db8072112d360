//! Buses and trains of a feed in the General Transit Feed Specification: `stops.txt`, `routes.txt`, `trips.txt`, `stop_times.txt` and the calendar.

use serde::Deserialize;

use crate::import::day::Day;
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::Report;
use crate::import::timetable::timetable;
use crate::model::timetable::Timetable;

/// What a recipe may say about a feed.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedOptions {
    /// A day of the week to take, `2023-06-13`; else the first whole week in which most trips run.
    pub week_of: Option<String>,
    /// How far from the edition's extent stops may lie, kilometres; any distance where nothing is said.
    pub within_km: Option<f64>,
}

/// Reads a feed; its source is not yet said, and stops lie at any distance.
///
/// # Errors
/// When it is no feed, lacks a file or column without which nothing runs, breaks off, has no stop in Great Britain, nothing runs in the week, or the
/// options name no day.
pub fn read(input: &Input, options: &FeedOptions, report: &mut Report) -> Result<Timetable, ImportError> {
    let day = |text: &String| {
        let problem = format!("{}: expected a day such as 2023-06-13 for week_of, found {text:?}", input.name());
        Day::parse(text).ok_or(ImportError::Recipe { file: "recipe".into(), problem })
    };
    timetable(input, options.week_of.as_ref().map(day).transpose()?, report)
}
