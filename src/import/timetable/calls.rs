//! Where each trip calls and when: rows sorted, times filled in between timing points, and what cannot be true left out.

use super::routes::Trips;
use super::stops::Stops;
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Row, Table};

/// Times later than this many hours after midnight of the first day are taken for mistakes.
const MOST_HOURS: u32 = 72;

/// Positions of stops, with arrival and departure at each.
type StopsAndTimes = (Vec<u32>, Vec<(u32, u32)>);

/// No stop, or no time.
const NONE: u32 = u32::MAX;

/// The calls of one trip of the week.
pub struct TripCalls {
    /// The position of the trip.
    pub trip: u32,
    /// Positions of its stops, at least two.
    pub stops: Vec<u32>,
    /// Arrival and departure at each, seconds after midnight, never falling.
    pub times: Vec<(u32, u32)>,
}

struct Call {
    trip: u32,
    sequence: u32,
    line: u64,
    stop: u32,
    arrival: u32,
    departure: u32,
    /// Whether people may board, and alight.
    served: [bool; 2],
}

/// What is said once of all calls of a file.
#[derive(Default)]
struct Counts {
    without_stop: usize,
    one_way: usize,
    unserved: usize,
    filled: usize,
    past_midnight: usize,
    kept: usize,
}

/// Reads `stop_times.txt` for the trips of the week, in the order of the trips.
///
/// # Errors
/// When it lacks a column or breaks off.
pub fn read(input: &Input, trips: &Trips, stops: &Stops, report: &mut Report) -> Result<Vec<TripCalls>, ImportError> {
    let mut table = Table::open(input)?;
    let [trip_id, arrival, departure, stop_id, sequence] =
        table.require([&["trip_id"], &["arrival_time"], &["departure_time"], &["stop_id"], &["stop_sequence"]])?;
    let passengers = ["pickup_type", "drop_off_type"].map(|name| table.column(&[name]));
    let mut counts = Counts::default();
    let mut calls = Vec::new();
    let mut row = table.blank_row();
    while table.read_row(&mut row, report)? {
        let Some(&trip) = trips.by_id.get(row.text(&trip_id)) else {
            let message = format!("expected a trip of trips.txt, found {:?}; the row was left out", row.text(&trip_id));
            report.add(row.finding(Severity::Error, "unknown-trip", Some(&trip_id), message));
            continue;
        };
        if trips.all[trip as usize].days.0 == 0 {
            continue;
        }
        let Ok(sequence) = row.text(&sequence).parse() else {
            let message = format!("expected a whole number, found {:?}; the row was left out", row.text(&sequence));
            report.add(row.finding(Severity::Error, "not-a-number", Some(&sequence), message));
            continue;
        };
        let stop = stops.by_id.get(row.text(&stop_id)).copied();
        match stop {
            Some(None) => counts.without_stop += 1,
            Some(_) => {}
            None => {
                let message = format!("expected a stop of stops.txt, found {:?}; the call was left out", row.text(&stop_id));
                report.add(row.finding(Severity::Error, "unknown-stop", Some(&stop_id), message));
            }
        }
        let served = passengers.each_ref().map(|column| column.as_ref().is_none_or(|column| row.text(column) != "1"));
        calls.push(Call {
            trip,
            sequence,
            line: row.line(),
            stop: stop.flatten().unwrap_or(NONE),
            arrival: seconds(&row, &arrival, report).unwrap_or(NONE),
            departure: seconds(&row, &departure, report).unwrap_or(NONE),
            served,
        });
    }
    calls.sort_unstable_by_key(|call| (call.trip, call.sequence, call.line));
    let mut reading = Reading { file: input.name(), columns: [&arrival, &departure, &sequence].map(Column::name), counts, report };
    let mut kept = Vec::new();
    let mut without_calls = vec![true; trips.all.len()];
    for of_trip in calls.chunk_by_mut(|one, other| one.trip == other.trip) {
        let trip = of_trip[0].trip;
        without_calls[trip as usize] = false;
        let Some((stops, times)) = reading.trip(of_trip) else { continue };
        if stops.len() > 1 {
            reading.counts.kept += stops.len();
            kept.push(TripCalls { trip, stops, times });
        } else {
            let message = format!("expected a trip to call at two stops or more, found {}; it was left out", stops.len());
            reading.report.add(trips.all[trip as usize].place.finding(Severity::Warning, "trip-without-stops", message));
        }
    }
    for (trip, _) in trips.all.iter().zip(without_calls).filter(|(trip, none)| *none && trip.days.0 != 0) {
        let message = "expected a trip to call at two stops or more, found no call; it was left out".to_owned();
        reading.report.add(trip.place.finding(Severity::Warning, "trip-without-stops", message));
    }
    reading.counts.say(input.name(), table.rows_read(), reading.report);
    Ok(kept)
}

impl Counts {
    /// Says what is said once.
    fn say(&self, file: &str, rows: u64, report: &mut Report) {
        let said = [
            (Severity::Warning, "call-without-stop", self.without_stop, "calls left out, because their stop has no point in Great Britain"),
            (Severity::Note, "call-not-served", self.unserved, "calls left out, because nobody may board or alight there"),
            (Severity::Note, "one-way-call", self.one_way, "calls at which people may only board or only alight, which the timetable does not keep apart"),
            (Severity::Note, "times-filled", self.filled, "calls without a time, filled in by equal steps between the calls before and after"),
            (Severity::Note, "past-midnight", self.past_midnight, "trips that run past 24:00, which were kept on the day they begin"),
        ];
        for (severity, rule, count, message) in said.into_iter().filter(|(_, _, count, _)| *count > 0) {
            report.add(Finding::of_file(severity, rule, file, format!("{message}: {count}")));
        }
        report.count(file, rows, self.kept as u64);
    }
}

struct Reading<'a> {
    file: &'a str,
    /// The names of the columns of arrival, departure and sequence.
    columns: [&'a str; 3],
    counts: Counts,
    report: &'a mut Report,
}

impl Reading<'_> {
    fn add(&mut self, call: &Call, rule: &'static str, column: usize, message: String) {
        let column = Some(self.columns[column].to_owned());
        self.report.add(Finding { severity: Severity::Error, rule, file: self.file.to_owned(), line: Some(call.line), column, message });
    }

    /// The stops and times of a trip, whose calls are sorted; none where its times cannot be true.
    fn trip(&mut self, calls: &mut [Call]) -> Option<StopsAndTimes> {
        let mut list: Vec<&mut Call> = Vec::with_capacity(calls.len());
        for call in calls {
            if list.last().is_some_and(|last| last.sequence == call.sequence) {
                self.add(call, "duplicate-call", 2, format!("expected each number once in a trip, found {} twice; the row was left out", call.sequence));
                continue;
            }
            match (call.arrival, call.departure) {
                (NONE, departure) => call.arrival = departure,
                (arrival, NONE) => call.departure = arrival,
                _ => {}
            }
            list.push(call);
        }
        let timed: Vec<usize> = (0..list.len()).filter(|&at| list[at].arrival != NONE).collect();
        let (first, last) = (timed.first().copied().unwrap_or(list.len()), timed.last().map_or(list.len(), |last| last + 1));
        for call in list[..first].iter().chain(&list[last..]) {
            self.add(call, "no-time", 0, "expected a time at the first and last call of a trip, found none; the call was left out".into());
        }
        let mut now = 0;
        for &at in &timed {
            let call = &list[at];
            let column = usize::from(call.arrival >= now);
            if call.arrival < now || call.departure < call.arrival {
                let [earlier, found] = if column == 0 { [now, call.arrival] } else { [call.arrival, call.departure] }.map(clock);
                self.add(call, "backwards", column, format!("expected a time that is not before {earlier}, found {found}; the trip was left out"));
                return None;
            }
            now = call.departure;
        }
        for pair in timed.windows(2) {
            let (from, to) = (list[pair[0]].departure, list[pair[1]].arrival);
            let steps = u64::try_from(pair[1] - pair[0]).expect("a trip has fewer than 2^64 calls");
            for (step, call) in (1..).zip(&mut list[pair[0] + 1..pair[1]]) {
                let time = u64::from(from) + u64::from(to - from) * step / steps;
                call.arrival = u32::try_from(time).expect("it lies between two times");
                call.departure = call.arrival;
                self.counts.filled += 1;
            }
        }
        let list = &list[first.min(last)..last];
        for (at, call) in list.iter().enumerate() {
            // Nobody alights where a trip begins, or boards where it ends, whatever the file says.
            let [board, alight] = [call.served[0] || at + 1 == list.len(), call.served[1] || at == 0];
            self.counts.unserved += usize::from(call.served == [false; 2]);
            self.counts.one_way += usize::from(call.served != [false; 2] && !(board && alight));
        }
        let kept: Vec<&Call> = list.iter().map(|call| &**call).filter(|call| call.stop != NONE && call.served != [false; 2]).collect();
        self.counts.past_midnight += usize::from(now >= 24 * 3600);
        Some((kept.iter().map(|call| call.stop).collect(), kept.iter().map(|call| (call.arrival, call.departure)).collect()))
    }
}

/// A time of day as people read it; past 24:00 on the day after.
fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The seconds after midnight in a cell, which may lie past 24:00; none where it is empty, and none with a finding where it is no time.
pub fn seconds(row: &Row, column: &Column, report: &mut Report) -> Option<u32> {
    let text = row.text(column);
    if text.is_empty() {
        return None;
    }
    let time = seconds_from_text(text);
    if time.is_none() {
        let shown: String = text.chars().take(40).collect();
        let message = format!("expected a time such as 08:05:00, up to {MOST_HOURS}:00:00, found {shown:?}; taken as not given");
        report.add(row.finding(Severity::Error, "not-a-time", Some(column), message));
    }
    time
}

fn seconds_from_text(text: &str) -> Option<u32> {
    let mut parts = text.split(':').map(|part| ((1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?);
    let (hours, minutes, seconds): (u32, u32, u32) = (parts.next()??, parts.next()??, parts.next()??);
    let time = hours * 3600 + minutes * 60 + seconds;
    (parts.next().is_none() && minutes < 60 && seconds < 60 && time <= MOST_HOURS * 3600).then_some(time)
}
