//! Towns and villages for labels, from a short table of GeoNames places: `geonameid, name, rank, population, lon, lat`.

use std::collections::BTreeSet;

use geo_types::Point;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::crs::LonLat;
use crate::model::edition::Place;

/// Reads places, most important first: by rank, then by population, then by number.
///
/// # Errors
/// When it is not a table or lacks a column.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<Place>, ImportError> {
    let mut table = Table::open(input)?;
    let [number, name, rank, population, lon, lat] = table.require([&["geonameid"], &["name"], &["rank"], &["population"], &["lon"], &["lat"]])?;
    let mut places: Vec<Place> = Vec::new();
    let mut numbers = BTreeSet::new();
    while let Some(row) = table.next_row(report)? {
        let id: Option<u32> = whole(&row, &number, 1..=u32::MAX, report);
        let rank = whole(&row, &rank, 1..=4, report).and_then(|rank| u8::try_from(rank).ok());
        let (Some(id), Some(rank)) = (id, rank) else { continue };
        if row.text(&name).is_empty() || !numbers.insert(id) {
            let message = format!("expected a name and a number that stands once, found {:?} and {id}; the row was left out", row.text(&name));
            report.add(row.finding(Severity::Error, "place", Some(&name), message));
            continue;
        }
        let (x, y) = (row.number(&lon, report).number(), row.number(&lat, report).number());
        match LonLat(Point::new(x.unwrap_or(f64::NAN), y.unwrap_or(f64::NAN))).to_bng() {
            Ok(point) => {
                let population = if row.text(&population).is_empty() { Some(0) } else { whole(&row, &population, 0..=u32::MAX, report) };
                places.push(Place { id, name: row.text(&name).to_owned(), population: population.unwrap_or(0), rank, point });
            }
            Err(outside) => report.add(row.finding(Severity::Error, "outside-great-britain", Some(&lon), format!("{outside}; the row was left out"))),
        }
    }
    places.sort_by_key(|place| (place.rank, std::cmp::Reverse(place.population), place.id));
    report.count(input.name(), table.rows_read(), places.len() as u64);
    Ok(places)
}

fn whole(row: &Row, column: &Column, range: std::ops::RangeInclusive<u32>, report: &mut Report) -> Option<u32> {
    let number = row.text(column).parse().ok().filter(|number| range.contains(number));
    if number.is_none() {
        let message = format!("expected a whole number from {} to {}, found {:?}", range.start(), range.end(), row.text(column));
        report.add(row.finding(Severity::Error, "not-a-number", Some(column), message));
    }
    number
}
