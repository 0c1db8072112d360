//! A timetable as five Parquet tables: stops; patterns; the stops of all patterns, the trips of all patterns and the times
//! of all trips, one after the other.

use bytes::Bytes;
use geo_types::Point;

use super::DatasetError;
use super::manifest::{TableEntry, TimetableEntry};
use super::table::{self, Table, Values};
use crate::model::crs::Bng;
use crate::model::timetable::{Days, Pattern, Stop, Timetable, Trip};

const ID: &str = "id";
const NAME: &str = "name";
const EASTING: &str = "easting";
const NORTHING: &str = "northing";
const ROUTE: &str = "route";
/// How many of the next rows of the table of stops, or of trips, belong to the pattern.
const STOPS: &str = "stops";
const TRIPS: &str = "trips";
const STOP: &str = "stop";
const DAYS: &str = "days";
const ARRIVAL: &str = "arrival";
const DEPARTURE: &str = "departure";

/// Puts the timetable's files with the others; the laws have found every number to fit into its column.
pub(super) fn write(timetable: &Timetable, files: &mut Vec<(String, Vec<u8>)>) -> Result<TimetableEntry, DatasetError> {
    let Timetable { source, first_day, last_day, stops, patterns } = timetable;
    let mut put = |name: &str, rows: usize, columns: &[(&str, Values)]| -> Result<TableEntry, DatasetError> {
        files.push((name.to_owned(), table::write(name, "timetable", columns)?));
        Ok(TableEntry { rows: rows as u64, table: name.to_owned() })
    };
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let trips = || patterns.iter().flat_map(|pattern| &pattern.trips);
    let called: Vec<i32> = patterns.iter().flat_map(|pattern| &pattern.stops).map(|stop| stop.cast_signed()).collect();
    let days: Vec<i32> = trips().map(|trip| i32::from(trip.days.0)).collect();
    let (arrivals, departures): (Vec<i32>, Vec<i32>) =
        trips().flat_map(|trip| &trip.times).map(|(arrival, departure)| (arrival.cast_signed(), departure.cast_signed())).unzip();
    let stop_columns = [
        (ID, Values::Text(stops.iter().map(|stop| table::text(&stop.id)).collect())),
        (NAME, Values::Text(stops.iter().map(|stop| table::text(&stop.name)).collect())),
        (EASTING, Values::Number(stops.iter().map(|stop| stop.point.0.x()).collect())),
        (NORTHING, Values::Number(stops.iter().map(|stop| stop.point.0.y()).collect())),
    ];
    let pattern_columns = [
        (ROUTE, Values::Text(patterns.iter().map(|pattern| table::text(&pattern.route)).collect())),
        (STOPS, Values::Repeated(patterns.iter().map(|pattern| count(pattern.stops.len())).collect())),
        (TRIPS, Values::Repeated(patterns.iter().map(|pattern| count(pattern.trips.len())).collect())),
    ];
    Ok(TimetableEntry {
        source: source.clone(),
        first_day: first_day.clone(),
        last_day: last_day.clone(),
        stops: put("timetable-stops.parquet", stops.len(), &stop_columns)?,
        patterns: put("timetable-patterns.parquet", patterns.len(), &pattern_columns)?,
        pattern_stops: put("timetable-pattern-stops.parquet", called.len(), &[(STOP, Values::Whole(called))])?,
        trips: put("timetable-trips.parquet", days.len(), &[(DAYS, Values::Repeated(days))])?,
        times: put("timetable-times.parquet", arrivals.len(), &[(ARRIVAL, Values::Whole(arrivals)), (DEPARTURE, Values::Whole(departures))])?,
    })
}

/// Brings the timetable back; `bytes` gives a file by its name, and what errors call it.
pub(super) fn read(entry: TimetableEntry, bytes: impl Fn(&str) -> Result<(String, Bytes), DatasetError>) -> Result<Timetable, DatasetError> {
    let (file, content) = bytes(&entry.stops.table)?;
    let stops = stops(&Table::open(&file, content, entry.stops.rows)?)?;
    let (file, content) = bytes(&entry.pattern_stops.table)?;
    let mut called = Table::open(&file, content, entry.pattern_stops.rows)?.whole::<u32>(STOP)?.into_iter();
    let (file, content) = bytes(&entry.trips.table)?;
    let mut days = Table::open(&file, content, entry.trips.rows)?.whole::<u8>(DAYS)?.into_iter();
    let (file, content) = bytes(&entry.times.table)?;
    let table = Table::open(&file, content, entry.times.rows)?;
    let mut times = table.whole::<u32>(ARRIVAL)?.into_iter().zip(table.whole::<u32>(DEPARTURE)?);

    let (file, content) = bytes(&entry.patterns.table)?;
    let table = Table::open(&file, content, entry.patterns.rows)?;
    let short = |row, of: &str| table.fault(ROUTE, Some(row), &format!("as many {of} as the other tables hold"), "more".to_owned());
    let counts = table.whole::<usize>(STOPS)?.into_iter().zip(table.whole::<usize>(TRIPS)?);
    let mut patterns = Vec::new();
    for (row, (route, (stop_count, trip_count))) in table.text(ROUTE)?.into_iter().zip(counts).enumerate() {
        let stops: Vec<u32> = called.by_ref().take(stop_count).collect();
        if stops.len() != stop_count {
            return Err(short(row, "stops"));
        }
        let mut trips = Vec::new();
        for days in days.by_ref().take(trip_count) {
            let times: Vec<(u32, u32)> = times.by_ref().take(stop_count).collect();
            if times.len() != stop_count {
                return Err(short(row, "times"));
            }
            trips.push(Trip { days: Days(days), times });
        }
        if trips.len() != trip_count {
            return Err(short(row, "trips"));
        }
        patterns.push(Pattern { route, stops, trips });
    }
    if called.next().is_some() || days.next().is_some() || times.next().is_some() {
        return Err(table.fault(ROUTE, None, "a pattern for every stop, trip and time", "rows without one".to_owned()));
    }
    Ok(Timetable { source: entry.source, first_day: entry.first_day, last_day: entry.last_day, stops, patterns })
}

fn stops(table: &Table<'_>) -> Result<Vec<Stop>, DatasetError> {
    let (ids, names) = (table.text(ID)?, table.text(NAME)?);
    let (eastings, northings) = (table.number(EASTING)?, table.number(NORTHING)?);
    let stop = |((id, name), (easting, northing))| Stop { id, name, point: Bng(Point::new(easting, northing)) };
    Ok(ids.into_iter().zip(names).zip(eastings.into_iter().zip(northings)).map(stop).collect())
}
