//! Postcodes of the Ordnance Survey's Code-Point Open: ten columns without a header line, one file for each postcode area.

use super::ons_postcodes::{PostcodeRow, count, postcode_row};
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::Report;
use crate::import::row::Table;

/// What the columns hold.
const COLUMNS: [&str; 10] = [
    "postcode",
    "positional quality indicator",
    "eastings",
    "northings",
    "country code",
    "nhs regional ha code",
    "nhs ha code",
    "admin county code",
    "admin district code",
    "admin ward code",
];

/// Reads postcodes in the order of the file.
///
/// # Errors
/// When it is not a table of ten columns.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<PostcodeRow>, ImportError> {
    let mut table = Table::open_headless(input, &COLUMNS)?;
    let [postcode, easting, northing] = table.require([&["postcode"], &["eastings"], &["northings"]])?;
    let (mut row, mut postcodes) = (table.blank_row(), Vec::new());
    while table.read_row(&mut row, report)? {
        postcodes.extend(postcode_row(&row, &postcode, [&easting, &northing], report));
    }
    count(input, table.rows_read(), &postcodes, report);
    Ok(postcodes)
}
