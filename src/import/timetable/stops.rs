//! Stops by id, each with its point on the National Grid.

use std::collections::HashMap;

use geo_types::Point;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::{Report, Severity};
use crate::import::row::Table;
use crate::model::crs::{Bng, LonLat};
use crate::model::timetable::Stop;

/// The stops of a feed.
pub struct Stops {
    /// Those with a point in Great Britain, in the order of the file.
    pub kept: Vec<Stop>,
    /// Position of each id in `kept`; none where the file lists it but it has no point.
    pub by_id: HashMap<String, Option<u32>>,
}

/// Reads `stops.txt`.
///
/// # Errors
/// When it lacks a column, or no stop lies in Great Britain.
pub fn read(input: &Input, report: &mut Report) -> Result<Stops, ImportError> {
    let mut table = Table::open(input)?;
    let [id, lat, lon] = table.require([&["stop_id"], &["stop_lat"], &["stop_lon"]])?;
    let name = table.column(&["stop_name"]);
    let mut stops = Stops { kept: Vec::new(), by_id: HashMap::new() };
    let (mut outside, mut first_outside) = (Vec::new(), None);
    while let Some(row) = table.next_row(report)? {
        let stop = row.text(&id);
        if stop.is_empty() || stops.by_id.contains_key(stop) {
            let message = format!("expected an id that stands once, found {stop:?}; the row was left out");
            report.add(row.finding(Severity::Error, "duplicate-stop", Some(&id), message));
            continue;
        }
        let (x, y) = (row.number(&lon, report).number(), row.number(&lat, report).number());
        let point = if let Some((x, y)) = x.zip(y) {
            LonLat(Point::new(x, y)).to_bng().map_err(|error| {
                first_outside.get_or_insert((x, y));
                outside.push(row.finding(Severity::Error, "outside-great-britain", Some(&lon), format!("{error}; stop {stop:?} was left out")));
            })
        } else {
            let message = format!("expected a latitude and a longitude, found {:?} and {:?}; stop {stop:?} was left out", row.text(&lat), row.text(&lon));
            report.add(row.finding(Severity::Error, "stop-without-point", Some(if y.is_none() { &lat } else { &lon }), message));
            Err(())
        };
        let place = point.ok().map(|point: Bng<Point<f64>>| {
            let name = name.as_ref().map_or("", |name| row.text(name));
            stops.kept.push(Stop { id: stop.to_owned(), name: if name.is_empty() { stop } else { name }.to_owned(), point });
            u32::try_from(stops.kept.len() - 1).expect("a feed has fewer than 2^32 stops")
        });
        stops.by_id.insert(stop.to_owned(), place);
    }
    if stops.kept.is_empty() {
        let found = first_outside.map_or_else(|| "none".to_owned(), |(x, y)| format!("only such as lie elsewhere ({}), the first at {x}, {y}", outside.len()));
        return Err(ImportError::WrongFormat { file: input.name().into(), expected: "stops in Great Britain".into(), found });
    }
    for finding in outside {
        report.add(finding);
    }
    report.count(input.name(), table.rows_read(), stops.kept.len() as u64);
    Ok(stops)
}
