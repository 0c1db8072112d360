//! Hospitals: the short table `name, type, lon, lat, source`.

use std::collections::BTreeSet;

use geo_types::Point;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::organisations::HospitalRecord;
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::crs::LonLat;
use crate::model::organisation::{Hospital, Location, Precision};

/// Reads hospitals in the order of the file.
///
/// # Errors
/// When it is not a table or lacks a column.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<HospitalRecord>, ImportError> {
    let mut table = Table::open(input)?;
    let [name, kind, lon, lat] = table.require([&["name"], &["type"], &["lon", "longitude"], &["lat", "latitude"]])?;
    let source = table.column(&["source"]);
    let mut ids = BTreeSet::new();
    let mut hospitals = Vec::new();
    while let Some(row) = table.next_row(report)? {
        let id = id_of(row.text(&name));
        if id.is_empty() || !ids.insert(id.clone()) {
            let message = format!("expected a name that stands once, found {:?}; the row was left out", row.text(&name));
            report.add(row.finding(Severity::Error, "hospital", Some(&name), message));
            continue;
        }
        // A point that was looked up by its postcode says so in the words of its source.
        let postcode = source.as_ref().and_then(|column| row.text(column).strip_prefix("postcode ")).map(str::to_owned);
        let precision = if postcode.is_some() { Precision::Postcode } else { Precision::Exact };
        let location = location(&row, &lon, &lat, precision, report);
        let (name, kind) = (row.text(&name).to_owned(), row.text(&kind).to_owned());
        let hospital = Hospital { id, name, kind, sector: String::new(), address: String::new(), postcode, location };
        hospitals.push(HospitalRecord { place: row.place(), hospital });
    }
    report.count(input.name(), table.rows_read(), hospitals.len() as u64);
    Ok(hospitals)
}

/// A name in small letters and hyphens: `queens-medical-centre` of `Queen's Medical Centre`.
fn id_of(name: &str) -> String {
    let plain: String =
        name.chars().filter(|c| !matches!(c, '\'' | '’')).map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    plain.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn location(row: &Row, lon: &Column, lat: &Column, precision: Precision, report: &mut Report) -> Option<Location> {
    let (x, y) = (row.number(lon, report).number()?, row.number(lat, report).number()?);
    match LonLat(Point::new(x, y)).to_bng() {
        Ok(point) => Some(Location { point, precision }),
        Err(outside) => {
            report.add(row.finding(Severity::Error, "outside-great-britain", Some(lon), format!("{outside}; kept as not located")));
            None
        }
    }
}
