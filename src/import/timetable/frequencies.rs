//! Trips that are repeated every so many minutes, each repetition a trip of its own.

use super::calls::seconds;
use super::routes::Trips;
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::{Report, Severity};
use crate::import::row::Table;

/// How many repetitions one row may mean: one every fifteen seconds, all day.
const MOST_REPETITIONS: u32 = 5_760;

/// Reads `frequencies.txt` into the departures of the trips.
///
/// # Errors
/// When it lacks a column.
pub fn read(input: &Input, trips: &mut Trips, report: &mut Report) -> Result<(), ImportError> {
    let mut table = Table::open(input)?;
    let [trip_id, start, end, headway] = table.require([&["trip_id"], &["start_time"], &["end_time"], &["headway_secs"]])?;
    let mut kept = 0;
    while let Some(row) = table.next_row(report)? {
        let Some(&trip) = trips.by_id.get(row.text(&trip_id)) else {
            let message = format!("expected a trip that is held, found {:?}; the row was left out", row.text(&trip_id));
            report.add(row.finding(Severity::Error, "unknown-trip", Some(&trip_id), message));
            continue;
        };
        // A trip whose row is broken does not run at the times of its pattern, which only say how long it takes.
        let trip = &mut trips.all[trip as usize];
        trip.repeated = true;
        let (from, to) = (seconds(&row, &start, report), seconds(&row, &end, report));
        let every = row.text(&headway).parse::<u32>().ok().zip(from.zip(to));
        let every = every.filter(|&(every, (from, to))| every > 0 && to > from && (to - from) / every < MOST_REPETITIONS);
        let Some((every, (from, to))) = every else {
            let found = format!("{:?} from {} to {}", row.text(&headway), row.text(&start), row.text(&end));
            let message = format!("expected an end after the start and at most {MOST_REPETITIONS} repetitions, found {found}; the row was left out");
            report.add(row.finding(Severity::Error, "headway", Some(&headway), message));
            continue;
        };
        trip.departures.extend((0..).map(|n| from + n * every).take_while(|departure| *departure < to));
        kept += 1;
    }
    report.count(input.name(), table.rows_read(), kept);
    Ok(())
}
