//! Postcodes of the ONS Postcode Directory with their points, terminated ones too: a practice may still print an old postcode.

use geo_types::Point;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::postcodes::Postcode;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::crs::{Bng, on_the_grid};

/// A postcode with its point, if it has one.
pub type PostcodeRow = (Postcode, Option<Bng<Point<f64>>>);

/// Reads postcodes in the order of the file.
///
/// # Errors
/// When it is not a table or lacks a column.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<PostcodeRow>, ImportError> {
    let mut table = Table::open(input)?;
    let [postcode, easting, northing] = table.require([&["pcds", "pcd", "pcd2", "pcd7", "pcd8"], &["oseast1m", "east1m"], &["osnrth1m", "north1m"]])?;
    let (mut row, mut postcodes) = (table.blank_row(), Vec::new());
    while table.read_row(&mut row, report)? {
        postcodes.extend(postcode_row(&row, &postcode, [&easting, &northing], report));
    }
    count(input, table.rows_read(), &postcodes, report);
    Ok(postcodes)
}

/// A postcode and its point as their row gives them; a row without a postcode becomes a finding.
pub(super) fn postcode_row(row: &Row, column: &Column, [easting, northing]: [&Column; 2], report: &mut Report) -> Option<PostcodeRow> {
    let Some(postcode) = Postcode::parse(row.text(column)) else {
        let message = format!("expected a postcode such as LE13 1NX, found {:?}; the row was left out", row.text(column));
        report.add(row.finding(Severity::Error, "not-a-postcode", Some(column), message));
        return None;
    };
    // Points of Northern Ireland are on the Irish grid.
    if row.text(easting).is_empty() || postcode.off_the_grid() {
        return Some((postcode, None));
    }
    let (Some(x), Some(y)) = (row.number(easting, report).number(), row.number(northing, report).number()) else { return Some((postcode, None)) };
    let point = Point::new(x, y);
    // A pair of zeros is how a point that is not known is written.
    if x == 0.0 && y == 0.0 {
        return Some((postcode, None));
    }
    if !on_the_grid(&Bng(geo_types::Rect::new(point.0, point.0))) {
        let message = format!("expected metres of the British National Grid, found {x}, {y}; the point was left out");
        report.add(row.finding(Severity::Error, "outside-great-britain", Some(easting), message));
        return Some((postcode, None));
    }
    Some((postcode, Some(Bng(point))))
}

/// Counts the rows of a file of postcodes, and those of them that have no point.
pub(super) fn count(input: &Input, rows_read: u64, postcodes: &[PostcodeRow], report: &mut Report) {
    let without = postcodes.iter().filter(|(_, point)| point.is_none()).count();
    if without > 0 {
        let message = format!("known without a point: {without} of {} postcodes", postcodes.len());
        report.add(Finding::of_file(Severity::Note, "postcodes-without-point", input.name(), message));
    }
    report.count(input.name(), rows_read, postcodes.len() as u64);
}
